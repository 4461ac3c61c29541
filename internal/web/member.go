package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// membersPage is who acts for a vendor, and how more come.
type membersPage struct {
	base
	Action  string
	Members []memberRow
	Owner   bool // the reader may change the list
	Issues  bool // the reader may issue join codes
	Codes   []string
	Code    string // just issued, shown once
	CodeFor string // until when, and for what
	Fields  []Field
	Faults  []FieldFault
}

// memberRow is a member as the list shows them.
type memberRow struct {
	Account registry.AccountID
	Name    string
	Contact string
	Role    string
	Since   string
	Owner   bool
	Self    bool
}

// showMembers lists who acts for a vendor.
func (s *Server) showMembers(c *fiber.Ctx) error {
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

func (s *Server) members(c *fiber.Ctx, status int, f memberForm, faults map[string]string) error {
	p, err := s.membersPage(c, f, faults)
	if err != nil {
		return err
	}
	return s.renderStatus(c, status, layoutVendor, "members", p)
}

func (s *Server) membersPage(c *fiber.Ctx, f memberForm, faults map[string]string) (p membersPage, err error) {
	v, err := s.ownVendor(c)
	if err != nil {
		return p, err
	}
	members, codes, err := s.app.Vendors.Members(c.UserContext(), actor(c), v.ID)
	if err != nil {
		return p, err
	}
	p = membersPage{base: s.vendorPage(c, v, "vendor.tab.members"), Action: stallRoot(v.ID) + "/thanh-vien",
		Owner: actor(c).OwnerOf(v.ID), Issues: actor(c).OwnerOf(v.ID) || !actor(c).Owns(v.ID)}
	for _, m := range members {
		p.Members = append(p.Members, memberRow{Account: m.Account, Name: m.Name, Contact: contact(m), Role: p.T("vendor.role." + string(m.Role)),
			Since: showDay(m.AddedAt), Owner: m.Role == registry.Owner, Self: m.Account == actor(c).Account})
	}
	for _, j := range codes {
		p.Codes = append(p.Codes, p.codeLine(j.Role, j.ExpiresAt))
	}
	p.Fields = []Field{{Name: "login", Label: p.T("vendor.member.login"), Hint: p.T("vendor.member.login_hint"), Value: f.Login, Error: faults["login"], Max: 254},
		{Name: "role", Type: "radios", Label: p.T("vendor.member.role"), Options: p.roleOptions(f.role())}}
	p.Faults = summary(p.base, faults, "login")
	p.HasError = len(faults) > 0
	return p, nil
}

func (b base) codeLine(role registry.MemberRole, until int64) string {
	return b.T("vendor.code.line", b.T("vendor.role."+string(role)), showInstant(until))
}

func (b base) roleOptions(chosen registry.MemberRole) []Option {
	return withHints(b, options(b, "vendor.role.", []registry.MemberRole{registry.Member, registry.Owner}, string(chosen)), "vendor.role_hint.")
}

// contact is how the other members reach a member.
func contact(m registry.VendorMember) string {
	if m.Phone != "" {
		return vn.ShowPhone(m.Phone)
	}
	return m.Email
}

// addMember adds the account with a phone or e-mail.
func (s *Server) addMember(c *fiber.Ctx) error {
	var f memberForm
	if err := bind(c, &f); err != nil {
		return err
	}
	err := s.app.Vendors.AddMember(c.UserContext(), actor(c), vendorParam(c), f.Login, f.role())
	return s.afterMembers(c, err, f, "vendor.member.added")
}

// afterMembers goes back to the list after a change, or shows it with what was wrong.
func (s *Server) afterMembers(c *fiber.Ctx, err error, f memberForm, done string) error {
	if err != nil {
		texts, ok := faultTexts(s.page(c, "vendor.tab.members"), err)
		if !ok {
			return err
		}
		return s.members(c, fiber.StatusUnprocessableEntity, f, texts)
	}
	flash(c, done)
	return c.Redirect(stallRoot(vendorParam(c))+"/thanh-vien", fiber.StatusSeeOther)
}

// setMemberRole makes a member an owner, or an owner a plain member.
func (s *Server) setMemberRole(c *fiber.Ctx) error {
	var f memberForm
	if err := bind(c, &f); err != nil {
		return err
	}
	err := s.app.Vendors.SetMemberRole(c.UserContext(), actor(c), vendorParam(c), registry.AccountID(c.Params("account")), f.role())
	return s.afterMembers(c, err, memberForm{}, "vendor.member.changed")
}

// removeMember ends a membership; whoever ends their own has no list to come back to.
func (s *Server) removeMember(c *fiber.Ctx) error {
	account := registry.AccountID(c.Params("account"))
	err := s.app.Vendors.RemoveMember(c.UserContext(), actor(c), vendorParam(c), account)
	if err == nil && account == actor(c).Account {
		flash(c, "vendor.member.left")
		return c.Redirect("/gian-hang", fiber.StatusSeeOther)
	}
	return s.afterMembers(c, err, memberForm{}, "vendor.member.removed")
}

// issueCode makes a join code and shows it, once.
func (s *Server) issueCode(c *fiber.Ctx) error {
	var f memberForm
	if err := bind(c, &f); err != nil {
		return err
	}
	code, err := s.app.Vendors.IssueJoinCode(c.UserContext(), actor(c), vendorParam(c), f.role())
	if err != nil {
		return err
	}
	p, err := s.membersPage(c, memberForm{}, nil)
	if err != nil {
		return err
	}
	p.Code = code
	p.CodeFor = p.T("vendor.code.for", p.T("vendor.role."+string(f.role())))
	return s.render(c, layoutVendor, "members", p)
}
