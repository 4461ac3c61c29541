package stall

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// membersPage is who acts for a vendor, and how more come.
type membersPage struct {
	view.Base
	view.Form
	Action  string
	Members []MemberRow
	Owner   bool // the reader may change the list
	Issues  bool // the reader may issue join codes
	Codes   []string
	Code    string // just issued, shown once
	CodeFor string // until when, and for what
	Fields  []view.Field
}

// MemberRow is a member as the list shows them.
type MemberRow struct {
	Account registry.AccountID
	Name    string
	Contact string
	Role    string
	Since   string
	Owner   bool
	Self    bool
}

// showMembers lists who acts for a vendor.
func (s *Door) showMembers(c *fiber.Ctx) error {
	return s.members(c, fiber.StatusOK, memberForm{}, nil)
}

// memberForm is what the form for a new member sends.
type memberForm struct {
	Login string `form:"login"`
	Role  string `form:"role"`
}

func (f memberForm) role() registry.MemberRole {
	if f.Role == string(registry.Owner) {
		return registry.Owner
	}
	return registry.Member
}

func (s *Door) members(c *fiber.Ctx, status int, f memberForm, faults map[string]string) error {
	p, err := s.membersPage(c, f, faults)
	if err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/members", p)
}

func (s *Door) membersPage(c *fiber.Ctx, f memberForm, faults map[string]string) (p membersPage, err error) {
	v, err := s.ownVendor(c)
	if err != nil {
		return p, err
	}
	members, codes, err := s.App.Vendors.Members(c.UserContext(), frame.Actor(c), v.ID)
	if err != nil {
		return p, err
	}
	p = membersPage{Base: s.vendorPage(c, v, "vendor.tab.members"), Action: view.StallRoot(v.ID) + "/thanh-vien",
		Owner: frame.Actor(c).OwnerOf(v.ID), Issues: frame.Actor(c).OwnerOf(v.ID) || !frame.Actor(c).Owns(v.ID)}
	for _, m := range members {
		p.Members = append(p.Members, MemberRow{Account: m.Account, Name: m.Name, Contact: Contact(m), Role: p.T("vendor.role." + string(m.Role)),
			Since: view.ShowDay(m.AddedAt), Owner: m.Role == registry.Owner, Self: m.Account == frame.Actor(c).Account})
	}
	for _, j := range codes {
		p.Codes = append(p.Codes, codeLine(p.Base, j.Role, j.ExpiresAt))
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(view.Field{Name: "login", Label: p.T("vendor.member.login"), Hint: p.T("vendor.member.login_hint"), Value: f.Login, Max: 254},
		view.Field{Name: "role", Type: "radios", Label: p.T("vendor.member.role"), Options: roleOptions(p.Base, f.role())})
	return p, nil
}

func codeLine(b view.Base, role registry.MemberRole, until int64) string {
	return b.T("vendor.code.line", b.T("vendor.role."+string(role)), view.ShowInstant(until))
}

func roleOptions(b view.Base, chosen registry.MemberRole) []view.Option {
	return view.WithHints(b, view.Options(b, "vendor.role.", []registry.MemberRole{registry.Member, registry.Owner}, string(chosen)), "vendor.role_hint.")
}

// Contact is how the other members reach a member.
func Contact(m registry.VendorMember) string {
	if m.Phone != "" {
		return vn.ShowPhone(m.Phone)
	}
	return m.Email
}

// addMember adds the account with a phone or e-mail.
func (s *Door) addMember(c *fiber.Ctx) error {
	var f memberForm
	if err := frame.Bind(c, &f); err != nil {
		return s.afterMembers(c, err, f, "")
	}
	err := s.App.Vendors.AddMember(c.UserContext(), frame.Actor(c), frame.VendorParam(c), f.Login, f.role())
	return s.afterMembers(c, err, f, "vendor.member.added")
}

// afterMembers goes back to the list after a change, or shows it with what was wrong.
func (s *Door) afterMembers(c *fiber.Ctx, err error, f memberForm, done string) error {
	if err != nil {
		texts, ok := view.FaultTexts(s.Page(c, "vendor.tab.members"), err)
		if !ok {
			return err
		}
		return s.members(c, fiber.StatusUnprocessableEntity, f, texts)
	}
	frame.Flash(c, done)
	return c.Redirect(view.StallRoot(frame.VendorParam(c))+"/thanh-vien", fiber.StatusSeeOther)
}

// setMemberRole makes a member an owner, or an owner a plain member.
func (s *Door) setMemberRole(c *fiber.Ctx) error {
	var f memberForm
	if err := frame.Bind(c, &f); err != nil {
		return s.afterMembers(c, err, memberForm{}, "")
	}
	err := s.App.Vendors.SetMemberRole(c.UserContext(), frame.Actor(c), frame.VendorParam(c), registry.AccountID(c.Params("account")), f.role())
	return s.afterMembers(c, err, memberForm{}, "vendor.member.changed")
}

// removeMember ends a membership; whoever ends their own has no list to come back to.
func (s *Door) removeMember(c *fiber.Ctx) error {
	account := registry.AccountID(c.Params("account"))
	err := s.App.Vendors.RemoveMember(c.UserContext(), frame.Actor(c), frame.VendorParam(c), account)
	if err == nil && account == frame.Actor(c).Account {
		frame.Flash(c, "vendor.member.left")
		return c.Redirect("/gian-hang", fiber.StatusSeeOther)
	}
	return s.afterMembers(c, err, memberForm{}, "vendor.member.removed")
}

// issueCode makes a join code and shows it, once.
func (s *Door) issueCode(c *fiber.Ctx) error {
	var f memberForm
	if err := frame.Bind(c, &f); err != nil {
		return s.afterMembers(c, err, memberForm{}, "")
	}
	code, err := s.App.Vendors.IssueJoinCode(c.UserContext(), frame.Actor(c), frame.VendorParam(c), f.role())
	if err != nil {
		return s.afterMembers(c, err, memberForm{}, "")
	}
	p, err := s.membersPage(c, memberForm{}, nil)
	if err != nil {
		return err
	}
	p.Code = code
	p.CodeFor = p.T("vendor.code.for", p.T("vendor.role."+string(f.role())))
	return s.Render(c, frame.LayoutVendor, "stall/members", p)
}
