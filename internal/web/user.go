package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// usersPage lists accounts.
type usersPage struct {
	base
	Text  string
	Kinds []Option
	Lines []userLine
	Next  string
}

// userLine is an account in the list.
type userLine struct {
	ID       registry.AccountID
	Name     string
	Login    string
	Roles    []roleLine
	Disabled bool
	New      bool // never signed in
}

// showUsers lists the accounts that the reader manages.
func (s *Server) showUsers(c *fiber.Ctx) error {
	kind, text := oneOf(c, "loai", "tat-ca", "khoa"), askedText(c, "q")
	f := accounts.UserFilter{Text: text, All: kind == "tat-ca", After: askedIf(c, "sau", strings.Contains(c.Query("sau"), "."))}
	if kind == "khoa" {
		f.All, f.State = true, registry.AccountDisabled
	}
	lines, next, err := s.app.Accounts.Users(c.UserContext(), actor(c), f)
	if err != nil {
		return err
	}
	leadsNowhere(c, "sau", len(lines))
	p := usersPage{base: s.officePage(c, "user.title"), Text: text}
	for _, k := range [][2]string{{"", "office"}, {"tat-ca", "all"}, {"khoa", "disabled"}} {
		p.Kinds = append(p.Kinds, Option{Value: k[0], Label: p.T("user.kind." + k[1]), Selected: k[0] == kind})
	}
	for _, l := range lines {
		p.Lines = append(p.Lines, s.userLine(p.base, l))
	}
	if next != "" {
		p.Next = "/quan-ly/nguoi-dung?q=" + queryEscape(text) + "&loai=" + queryEscape(kind) + "&sau=" + queryEscape(next)
	}
	return s.render(c, layoutOffice, "users", p)
}

func (s *Server) userLine(b base, l accounts.AccountLine) userLine {
	line := userLine{ID: l.ID, Name: l.Name, Login: showLogin(l.Account), Disabled: l.State == registry.AccountDisabled, New: l.EnteredAt == 0}
	for _, g := range l.Grants {
		line.Roles = append(line.Roles, s.roleLine(b, g))
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
	base
	Faults []FieldFault
	Fields []Field
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
func (s *Server) showNewOfficer(c *fiber.Ctx) error {
	return s.render(c, layoutOffice, "officer", s.officerPage(c, officerForm{}, nil))
}

func (s *Server) officerPage(c *fiber.Ctx, form officerForm, faults map[string]string) officerPage {
	p := officerPage{base: s.officePage(c, "user.add")}
	p.Fields = append([]Field{
		{Name: "name", Label: p.T("account.name"), Value: form.Name, Autocomplete: "off", Max: 80, Error: faults["name"]},
		{Name: "login", Label: p.T("account.login"), Hint: p.T("user.login_hint"), Value: form.Login, InputMode: "email",
			Autocomplete: "off", Max: 254, Error: faults["login"]},
	}, s.grantFields(c, p.base, form.grant(), faults)...)
	p.Faults, p.HasError = summary(p.base, faults, "name", "login", "role", "area"), len(faults) > 0
	return p
}

// grantFields asks for a role and an area. Whoever manages the whole country may
// leave the area empty; whoever manages one area finds it filled in.
func (s *Server) grantFields(c *fiber.Ctx, b base, form grantForm, faults map[string]string) []Field {
	role := Field{Name: "role", Label: b.T("user.role"), Type: "radios", Error: faults["role"]}
	for _, r := range registry.Roles {
		role.Options = append(role.Options, Option{Value: string(r), Label: b.T("role." + string(r)),
			Hint: b.T("role_hint." + string(r)), Selected: string(r) == form.Role})
	}
	area := Field{Name: "area", Label: b.T("user.area"), Type: "area", Value: form.Area, Ref: form.Ref, Error: faults["area"]}
	codes, all := actor(c).Reach(registry.ManageUsers)
	if all {
		area.Hint = b.T("user.area_hint_all")
	} else {
		area.Hint = b.T("user.area_hint")
	}
	if !all && form == (grantForm{}) && len(codes) > 0 {
		ref := registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]}
		area.Value, area.Ref = s.areaName(ref), ref.String()
	}
	return []Field{role, area}
}

// grant reads the form of a role. An empty area is the whole country.
func (s *Server) grant(form grantForm) (registry.Grant, error) {
	ref, fault := s.pickedArea(form.Area, form.Ref, s.app.Today())
	if fault != nil {
		fault.Field = "area"
		return registry.Grant{}, fault
	}
	return registry.Grant{Role: registry.Role(form.Role), Area: ref.Code}, nil
}

// addOfficer makes the account of an officer and shows the code to hand over.
func (s *Server) addOfficer(c *fiber.Ctx) error {
	var form officerForm
	err := bind(c, &form)
	var g registry.Grant
	if err == nil {
		g, err = s.grant(form.grant())
	}
	var id registry.AccountID
	var code string
	if err == nil {
		id, code, err = s.app.Accounts.AddOfficer(c.UserContext(), actor(c), accounts.NewOfficer{Name: form.Name, Login: form.Login,
			Role: g.Role, Area: g.Area, Lang: "vi"})
	}
	if err != nil {
		faults, ok := faultTexts(s.page(c, "user.add"), err)
		if !ok {
			return err
		}
		return s.renderStatus(c, faultStatus(c, err), layoutOffice, "officer", s.officerPage(c, form, faults))
	}
	return s.showPaperCode(c, id, code)
}

// paperCodePage is the slip of paper with a one-time code.
type paperCodePage struct {
	base
	ID      registry.AccountID
	Name    string
	Login   string
	Code    string
	Address string
	Until   string
}

// showPaperCode shows a code, once.
func (s *Server) showPaperCode(c *fiber.Ctx, id registry.AccountID, code string) error {
	u, err := s.app.Accounts.User(c.UserContext(), actor(c), id)
	if err != nil {
		return err
	}
	p := paperCodePage{base: s.officePage(c, "user.paper_title"), ID: id, Name: u.Name, Login: showLogin(u.Account),
		Code: code, Address: s.config.BaseURL + "/dat-lai-mat-khau", Until: showInstant(s.app.Accounts.PaperCodeUntil())}
	return s.render(c, layoutOffice, "papercode", p)
}

// userPage is an account as an officer who manages users sees it.
type userPage struct {
	base
	Person   accounts.User
	Login    string
	Email    string
	Since    string
	Entered  string
	Roles    []userRole
	Fields   []Field
	Faults   []FieldFault
	Self     bool
	Active   bool
	TOTP     bool
	AuditURL string
}

// userRole is a role of the account with what a form needs to take it away.
type userRole struct {
	roleLine
	RoleCode string
	AreaCode string
	Mine     bool
}

// showUser shows an account.
func (s *Server) showUser(c *fiber.Ctx) error {
	p, err := s.userPage(c, grantForm{}, nil)
	if err != nil {
		return err
	}
	return s.render(c, layoutOffice, "user", p)
}

func (s *Server) userPage(c *fiber.Ctx, form grantForm, faults map[string]string) (userPage, error) {
	u, err := s.app.Accounts.User(c.UserContext(), actor(c), registry.AccountID(c.Params("id")))
	if err != nil {
		return userPage{}, err
	}
	p := userPage{base: s.officeNav(c, s.titled(c, u.Name)), Person: u, Login: showLogin(u.Account), Since: showInstant(u.CreatedAt),
		Self: u.ID == actor(c).Account, Active: u.State == registry.AccountActive, TOTP: u.TOTPSecret != ""}
	if u.Phone != "" {
		p.Email = u.Email
	}
	if u.EnteredAt > 0 {
		p.Entered = showInstant(u.EnteredAt)
	}
	if actor(c).CanSomewhere(registry.ViewAudit) {
		p.AuditURL = "/quan-ly/nhat-ky?loai=account&ma=" + queryEscape(string(u.ID))
	}
	for _, g := range u.Grants {
		p.Roles = append(p.Roles, userRole{s.roleLine(p.base, g.Grant), string(g.Role), g.Area, g.Mine})
	}
	p.Fields = s.grantFields(c, p.base, form, faults)
	p.Faults, p.HasError = summary(p.base, faults, "role", "area"), len(faults) > 0
	return p, nil
}

// userAgain shows the account again with what is wrong.
func (s *Server) userAgain(c *fiber.Ctx, err error, form grantForm) error {
	faults, ok := faultTexts(s.page(c, "user.title"), err)
	if !ok {
		return err
	}
	p, fault := s.userPage(c, form, faults)
	if fault != nil {
		return fault
	}
	return s.renderStatus(c, faultStatus(c, err), layoutOffice, "user", p)
}
