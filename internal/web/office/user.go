package office

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// usersPage lists accounts.
type usersPage struct {
	view.Base
	Text  string
	Kinds []view.Option
	Lines []userLine
	Next  string
}

// userLine is an account in the list.
type userLine struct {
	ID       registry.AccountID
	Name     string
	Login    string
	Roles    []frame.RoleLine
	Disabled bool
	New      bool // never signed in
}

// readUsers is which accounts an address asks for.
func readUsers(c *fiber.Ctx) (kind string, f accounts.UserFilter) {
	kind = frame.OneOf(c, "loai", "tat-ca", "khoa")
	f = accounts.UserFilter{Text: frame.AskedText(c, "q"), All: kind == "tat-ca", After: frame.AskedIf(c, "sau", strings.Contains(c.Query("sau"), "."))}
	if kind == "khoa" {
		f.All, f.State = true, registry.AccountDisabled
	}
	return kind, f
}

// showUsers lists the accounts that the reader manages.
func (s *Door) showUsers(c *fiber.Ctx) error {
	kind, f := readUsers(c)
	lines, next, err := s.App.Accounts.Users(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "sau", len(lines))
	p := usersPage{Base: s.OfficePage(c, "user.title"), Text: f.Text}
	for _, k := range [][2]string{{"", "office"}, {"tat-ca", "all"}, {"khoa", "disabled"}} {
		p.Kinds = append(p.Kinds, view.Option{Value: k[0], Label: p.T("user.kind." + k[1]), Selected: k[0] == kind})
	}
	for _, l := range lines {
		p.Lines = append(p.Lines, s.userLine(p.Base, l))
	}
	if next != "" {
		p.Next = "/quan-ly/nguoi-dung?q=" + view.QueryEscape(f.Text) + "&loai=" + view.QueryEscape(kind) + "&sau=" + view.QueryEscape(next)
	}
	return s.Render(c, frame.LayoutOffice, "office/users", p)
}

func (s *Door) userLine(b view.Base, l accounts.AccountLine) userLine {
	line := userLine{ID: l.ID, Name: l.Name, Login: showLogin(l.Account), Disabled: l.State == registry.AccountDisabled, New: l.EnteredAt == 0}
	for _, g := range l.Grants {
		line.Roles = append(line.Roles, s.RoleLine(b, g))
	}
	return line
}

// showLogin is what a person signs in with, as people read it.
func showLogin(a registry.Account) string {
	if a.Phone != "" {
		return vn.ShowPhone(a.Phone)
	}
	return a.Email
}

// officerPage asks for a new officer.
type officerPage struct {
	view.Base
	view.Form
	Fields []view.Field
}

// officerForm is what the page of a new officer sends.
type officerForm struct {
	Name  string `form:"name"`
	Login string `form:"login"`
	Role  string `form:"role"`
	Area  string `form:"area"`
	Ref   string `form:"area_ref"`
}

func (f officerForm) grant() grantForm { return grantForm{f.Role, f.Area, f.Ref} }

// grantForm is a role in an area as forms send it.
type grantForm struct {
	Role string `form:"role"`
	Area string `form:"area"`
	Ref  string `form:"area_ref"`
}

// showNewOfficer asks for a new officer.
func (s *Door) showNewOfficer(c *fiber.Ctx) error {
	return s.Render(c, frame.LayoutOffice, "office/user_new", s.officerPage(c, officerForm{}, nil))
}

func (s *Door) officerPage(c *fiber.Ctx, form officerForm, faults map[string]string) officerPage {
	p := officerPage{Base: s.OfficePage(c, "user.add")}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(append([]view.Field{
		{Name: "name", Label: p.T("account.name"), Value: form.Name, Autocomplete: "off", Max: 80},
		{Name: "login", Label: p.T("account.login"), Hint: p.T("user.login_hint"), Value: form.Login, InputMode: "email",
			Autocomplete: "off", Max: 254},
	}, s.grantFields(c, p.Base, form.grant())...)...)
	return p
}

// grantFields asks for a role and an area. Whoever manages the whole country may
// leave the area empty; whoever manages one area finds it filled in.
func (s *Door) grantFields(c *fiber.Ctx, b view.Base, form grantForm) []view.Field {
	role := view.Field{Name: "role", Label: b.T("user.role"), Type: "radios"}
	for _, r := range registry.Roles {
		role.Options = append(role.Options, view.Option{Value: string(r), Label: b.T("role." + string(r)),
			Hint: b.T("role_hint." + string(r)), Selected: string(r) == form.Role})
	}
	area := view.Field{Name: "area", Label: b.T("user.area"), Type: "area", Value: form.Area, Ref: form.Ref}
	codes, all := frame.Actor(c).Reach(registry.ManageUsers)
	if all {
		area.Hint = b.T("user.area_hint_all")
	} else {
		area.Hint = b.T("user.area_hint")
	}
	if !all && form == (grantForm{}) && len(codes) > 0 {
		ref := registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]}
		area.Value, area.Ref = s.AreaName(ref), ref.String()
	}
	return []view.Field{role, area}
}

// grant reads the form of a role. An empty area is the whole country.
func (s *Door) grant(form grantForm) (registry.Grant, error) {
	ref, fault := s.PickedArea(form.Area, form.Ref, s.App.Today())
	if fault != nil {
		fault.Field = "area"
		return registry.Grant{}, fault
	}
	return registry.Grant{Role: registry.Role(form.Role), Area: ref.Code}, nil
}

// addOfficer makes the account of an officer and shows the code to hand over.
func (s *Door) addOfficer(c *fiber.Ctx) error {
	var form officerForm
	err := frame.Bind(c, &form)
	var g registry.Grant
	if err == nil {
		g, err = s.grant(form.grant())
	}
	var id registry.AccountID
	var code string
	if err == nil {
		id, code, err = s.App.Accounts.AddOfficer(c.UserContext(), frame.Actor(c), accounts.NewOfficer{Name: form.Name, Login: form.Login,
			Role: g.Role, Area: g.Area, Lang: "vi"})
	}
	if err != nil {
		faults, ok := view.FaultTexts(s.Page(c, "user.add"), err)
		if !ok {
			return err
		}
		return s.RenderStatus(c, frame.FaultStatus(c, err), frame.LayoutOffice, "office/user_new", s.officerPage(c, form, faults))
	}
	return s.showPaperCode(c, id, code)
}

// paperCodePage is the slip of paper with a one-time code.
type paperCodePage struct {
	view.Base
	ID      registry.AccountID
	Name    string
	Login   string
	Code    string
	Address string
	Until   string
}

// showPaperCode shows a code, once.
func (s *Door) showPaperCode(c *fiber.Ctx, id registry.AccountID, code string) error {
	u, err := s.App.Accounts.User(c.UserContext(), frame.Actor(c), id)
	if err != nil {
		return err
	}
	p := paperCodePage{Base: s.OfficePage(c, "user.paper_title"), ID: id, Name: u.Name, Login: showLogin(u.Account),
		Code: code, Address: s.Config.BaseURL + "/dat-lai-mat-khau", Until: view.ShowInstant(s.App.Accounts.PaperCodeUntil())}
	return s.Render(c, frame.LayoutOffice, "office/reset_slip", p)
}

// userPage is an account as an officer who manages users sees it.
type userPage struct {
	view.Base
	view.Form
	Person   accounts.User
	Login    string
	Email    string
	Since    string
	Entered  string
	Roles    []userRole
	Fields   []view.Field
	Self     bool
	Active   bool
	TOTP     bool
	AuditURL string
}

// userRole is a role of the account with what a form needs to take it away.
type userRole struct {
	frame.RoleLine
	RoleCode string
	AreaCode string
	Mine     bool
}

// showUser shows an account.
func (s *Door) showUser(c *fiber.Ctx) error {
	p, err := s.userPage(c, grantForm{}, nil)
	if err != nil {
		return err
	}
	return s.Render(c, frame.LayoutOffice, "office/user", p)
}

func (s *Door) userPage(c *fiber.Ctx, form grantForm, faults map[string]string) (userPage, error) {
	u, err := s.App.Accounts.User(c.UserContext(), frame.Actor(c), registry.AccountID(c.Params("id")))
	if err != nil {
		return userPage{}, err
	}
	p := userPage{Base: s.OfficeNav(c, s.Titled(c, u.Name)), Person: u, Login: showLogin(u.Account), Since: view.ShowInstant(u.CreatedAt),
		Self: u.ID == frame.Actor(c).Account, Active: u.State == registry.AccountActive, TOTP: u.TOTPSecret != ""}
	if u.Phone != "" {
		p.Email = u.Email
	}
	if u.EnteredAt > 0 {
		p.Entered = view.ShowInstant(u.EnteredAt)
	}
	if frame.Actor(c).CanSomewhere(registry.ViewAudit) {
		p.AuditURL = "/quan-ly/nhat-ky?loai=account&ma=" + view.QueryEscape(string(u.ID))
	}
	for _, g := range u.Grants {
		p.Roles = append(p.Roles, userRole{s.RoleLine(p.Base, g.Grant), string(g.Role), g.Area, g.Mine})
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(s.grantFields(c, p.Base, form)...)
	return p, nil
}

// userAgain shows the account again with what is wrong.
func (s *Door) userAgain(c *fiber.Ctx, err error, form grantForm) error {
	faults, ok := view.FaultTexts(s.Page(c, "user.title"), err)
	if !ok {
		return err
	}
	p, fault := s.userPage(c, form, faults)
	if fault != nil {
		return fault
	}
	return s.RenderStatus(c, frame.FaultStatus(c, err), frame.LayoutOffice, "office/user", p)
}
