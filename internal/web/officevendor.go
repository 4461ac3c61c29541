package web

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// officeVendorsPage is the register of vendors in the office.
type officeVendorsPage struct {
	base
	Tabs   []filterLink
	Query  vendorQuery
	Action string
	Count  string
	Rows   []officeVendorRow
	Kinds  []filterLink
	States []filterLink
	More   string
	First  string
	MayAdd bool
	Empty  Empty
}

// officeVendorRow is a vendor in the register.
type officeVendorRow struct {
	Href     string
	Name     string
	Kind     string
	Place    string
	Phone    string
	TaxCode  string
	Products int
	State    Chip
}

// officeVendorQuery is the address of the register with its filters.
func officeVendorQuery(q vendorQuery, state string) string {
	return query("/quan-ly/co-so", "q", q.Text, "loai", q.Kind, "tinh-trang", state, "dia-ban", q.Area, "tu", q.After)
}

// vendorTabsOffice are the two registers of the office.
func (b base) registerTabs(products bool) []filterLink {
	return []filterLink{
		{Href: "/quan-ly/co-so", Label: b.T("nav.vendors"), Current: !products},
		{Href: "/quan-ly/co-so/san-pham", Label: b.T("vendor.office.products"), Current: products},
	}
}

// showOfficeVendors lists the vendors of the reader's areas.
func (s *Server) showOfficeVendors(c *fiber.Ctx) error {
	states := []registry.VendorState{registry.VendorNew, registry.VendorBlocked}
	q, state := s.readVendorQuery(c), string(oneOf(c, "tinh-trang", states...))
	f := q.filter()
	f.State, f.Limit = registry.VendorState(state), 50
	l, err := s.app.Vendors.OfficeVendors(c.UserContext(), actor(c), f)
	if err != nil {
		return err
	}
	leadsNowhere(c, "tu", len(l.Vendors))
	p := officeVendorsPage{base: s.officePage(c, "vendor.office.title"), Query: q, Action: "/quan-ly/co-so",
		MayAdd: actor(c).CanSomewhere(registry.ManageVendors)}
	p.Tabs, p.Count = p.registerTabs(false), p.T("vendor.list.count", l.Total)
	p.Empty = Empty{Icon: "store", Title: p.T("vendor.list.none"), Text: p.T("search.hint")}
	for _, v := range l.Vendors {
		p.Rows = append(p.Rows, s.officeVendorRow(p.base, v, l.Counts[v.ID]))
	}
	p.Kinds = choose(p.base, "vendor.kind.", registry.VendorKinds, q.Kind, func(k string) string {
		next := q
		next.Kind, next.After = k, ""
		return officeVendorQuery(next, state)
	})
	p.States = choose(p.base, "vendor.state.", states, state, func(to string) string {
		next := q
		next.After = ""
		return officeVendorQuery(next, to)
	})
	if q.After != "" {
		first := q
		first.After = ""
		p.First = officeVendorQuery(first, state)
	}
	if l.More {
		q.After = l.Vendors[len(l.Vendors)-1].Slug
		p.More = officeVendorQuery(q, state)
	}
	return s.render(c, layoutOffice, "office-vendors", p)
}

func (s *Server) officeVendorRow(b base, v registry.Vendor, n registry.ProductCount) officeVendorRow {
	return officeVendorRow{Href: vendorFile(v.ID), Name: v.Name, Kind: b.vendorKind(v.Kind), Place: s.placeName(v.Area),
		Phone: vn.ShowPhone(v.Phone), TaxCode: v.TaxCode.String(), Products: n.Shown, State: b.vendorState(v)}
}

// vendorState is the mark of whether a vendor takes part.
func (b base) vendorState(v registry.Vendor) Chip {
	switch v.State {
	case registry.VendorBlocked:
		return Chip{Class: "stop", Icon: "ban", Label: b.T("vendor.state.blocked")}
	case registry.VendorNew:
		return Chip{Class: "wait", Icon: "clock", Label: b.T("vendor.state.new")}
	}
	return Chip{Class: "go", Icon: "check", Label: b.T("vendor.state.active")}
}

// officeVendorPage is the file of a vendor.
type officeVendorPage struct {
	base
	Head         PageHead
	Vendor       registry.Vendor
	Action       string
	Public       string
	Own          string // the vendor's own pages, for who may work on its behalf
	Facts        []SummaryRow
	Products     []officeProductRow
	Papers       []paperRow
	Replaced     []paperRow
	Findings     []string
	Members      []memberRow
	Applications []fileApplication
	Manages      bool
	Reviews      bool
	Reason       Field
	Faults       []FieldFault
	Code         string    // just issued, shown once
	ToCall       []callRow // what nobody has told it yet
	Called       []callRow
}

// fileApplication is an application in the file of its vendor.
type fileApplication struct {
	Href  string
	Event string
	Days  string
	State Chip
}

// officeProductRow is a product as the office lists it.
type officeProductRow struct {
	Href   string
	Name   string
	Vendor string
	Group  string
	Origin string
	Proof  Chip
	Stars  Stars
	Marks  []Chip
}

// showOfficeVendor shows the file of a vendor.
func (s *Server) showOfficeVendor(c *fiber.Ctx) error {
	p, err := s.officeVendor(c)
	if err != nil {
		return err
	}
	return s.render(c, layoutOffice, "office-vendor", p)
}

func (s *Server) officeVendor(c *fiber.Ctx) (p officeVendorPage, err error) {
	f, err := s.app.Vendors.OfficeVendor(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return p, err
	}
	v, scope := f.Vendor, s.app.Areas.Scope(f.Vendor.Area)
	p = officeVendorPage{base: s.officeNav(c, s.titled(c, v.Name)), Vendor: v, Action: vendorFile(v.ID),
		Manages: actor(c).Can(registry.ManageVendors, scope), Reviews: actor(c).Can(registry.ReviewEvidence, scope)}
	p.Head = PageHead{BackHref: "/quan-ly/co-so", Back: p.T("vendor.office.title"), Kicker: p.vendorKind(v.Kind), Title: v.Name, Chips: []Chip{p.vendorState(v)}}
	if v.State.Public() {
		p.Public = vendorHref(v.Slug)
	}
	if p.Manages {
		p.Own = stallRoot(v.ID)
	}
	calls, err := s.app.Vendors.VendorCalls(c.UserContext(), actor(c), v)
	if err != nil {
		return p, err
	}
	by := caller{base: p.base, s: s, action: p.Action + "/goi", name: actor(c).Name}
	p.ToCall, p.Called = by.rows(calls.ToCall), by.rows(calls.Called)
	p.Facts = s.vendorFacts(p.base, v)
	for _, x := range f.Products {
		p.Products = append(p.Products, s.officeProductRow(p.base, registry.ProductCard{Product: x}))
	}
	p.Papers, p.Replaced = p.paperRows(f.Papers, f.Products, s.app.Today())
	for _, x := range f.Findings {
		p.Findings = append(p.Findings, p.FindingText(x))
	}
	for _, m := range f.Members {
		p.Members = append(p.Members, memberRow{Name: m.Name, Contact: contact(m), Role: p.T("vendor.role." + string(m.Role)), Since: showDay(m.AddedAt)})
	}
	for _, a := range f.Applications {
		if a.State != registry.AppDraft {
			line := fileApplication{Event: a.EventTitle, Days: vn.ShowRange(a.OpensOn, a.ClosesOn), State: p.applicationChip(a.State)}
			if f.Decides[a.ID] {
				line.Href = reviewRoot(a.ID)
			}
			p.Applications = append(p.Applications, line)
		}
	}
	slices.Reverse(p.Applications) // the latest first
	p.Reason = Field{Name: "reason", Type: "textarea", Label: p.T("vendor.office.reason"), Hint: p.T("vendor.office.reason_hint"), Rows: 3, Max: 500}
	return p, nil
}

// vendorFacts lists what the office knows of a vendor; what is not known is left out.
func (s *Server) vendorFacts(b base, v registry.Vendor) []SummaryRow {
	var rows []SummaryRow
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, SummaryRow{Label: label, Value: value})
		}
	}
	add(b.T("vendor.address"), s.longPlace(v))
	add(b.T("vendor.tax_code"), v.TaxCode.String())
	add(b.T("vendor.field.representative"), v.Representative)
	phone := vn.ShowPhone(v.Phone)
	if phone != "" && v.PhonePublic {
		phone = b.T("vendor.office.phone_public", phone)
	}
	add(b.T("vendor.phone"), phone)
	add(b.T("vendor.field.email"), v.Email)
	add(b.T("vendor.field.about"), v.About)
	add(b.T("vendor.office.blocked_for"), v.StateReason)
	return rows
}

// officeVendorAgain shows the file of a vendor with what was wrong in a form on it.
func (s *Server) officeVendorAgain(c *fiber.Ctx, err error, reason string) error {
	texts, ok := faultTexts(s.page(c, "vendor.office.title"), err)
	if !ok {
		return err
	}
	p, pageErr := s.officeVendor(c)
	if pageErr != nil {
		return pageErr
	}
	p.Reason.Value, p.Reason.Error = reason, texts["reason"]
	p.Faults, p.HasError = summary(p.base, texts, "reason"), true
	return s.renderStatus(c, fiber.StatusUnprocessableEntity, layoutOffice, "office-vendor", p)
}

// backToVendorFile goes back to the file of a vendor after a change.
func backToVendorFile(c *fiber.Ctx, done string) error {
	flash(c, done)
	return c.Redirect("/quan-ly/co-so/"+url.PathEscape(c.Params("vendor")), fiber.StatusSeeOther)
}

// blockVendor takes a vendor out of the public pages and of new applications.
func (s *Server) blockVendor(c *fiber.Ctx) error {
	var f struct {
		Reason string `form:"reason" lines:"many"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := s.app.Vendors.BlockVendor(c.UserContext(), actor(c), vendorParam(c), f.Reason); err != nil {
		return s.officeVendorAgain(c, err, f.Reason)
	}
	return backToVendorFile(c, "vendor.office.was_blocked")
}

// publishVendor shows a new vendor to the public.
func (s *Server) publishVendor(c *fiber.Ctx) error {
	if err := s.app.Vendors.PublishVendor(c.UserContext(), actor(c), vendorParam(c)); err != nil {
		return s.officeVendorAgain(c, err, "")
	}
	return backToVendorFile(c, "vendor.office.was_published")
}

// unblockVendor takes a block back.
func (s *Server) unblockVendor(c *fiber.Ctx) error {
	if err := s.app.Vendors.UnblockVendor(c.UserContext(), actor(c), vendorParam(c)); err != nil {
		return s.officeVendorAgain(c, err, "")
	}
	return backToVendorFile(c, "vendor.office.was_unblocked")
}

// handOver makes a join code for an owner and shows it, once, as a slip to print.
func (s *Server) handOver(c *fiber.Ctx) error {
	code, err := s.app.Vendors.IssueJoinCode(c.UserContext(), actor(c), vendorParam(c), registry.Owner)
	if err != nil {
		return err
	}
	p, err := s.officeVendor(c)
	if err != nil {
		return err
	}
	p.Code = code
	return s.render(c, layoutOffice, "office-vendor", p)
}

// checkPaper notes that an officer has compared a paper.
func (s *Server) checkPaper(c *fiber.Ctx) error {
	if err := s.app.Vendors.CheckCertificate(c.UserContext(), actor(c), vendorParam(c), registry.CertificateID(c.Params("paper"))); err != nil {
		return s.officeVendorAgain(c, err, "")
	}
	return backToVendorFile(c, "certificate.was_checked")
}

// officeNewPage is the form by which an officer registers a vendor from paper.
type officeNewPage struct {
	base
	Fields []Field
	Faults []FieldFault
}

// showRegisterVendor shows the form by which an officer registers a vendor.
func (s *Server) showRegisterVendor(c *fiber.Ctx) error {
	return s.registerForm(c, fiber.StatusOK, vendorForm{}, nil)
}

func (s *Server) registerForm(c *fiber.Ctx, status int, f vendorForm, faults map[string]string) error {
	p := officeNewPage{base: s.officePage(c, "vendor.office.new")}
	p.Fields = s.vendorFields(p.base, f, faults, profileFields...)
	p.Faults = summary(p.base, faults, profileFields...)
	p.HasError = len(faults) > 0
	return s.renderStatus(c, status, layoutOffice, "office-vendor-new", p)
}

// registerVendor registers a vendor from a paper form.
func (s *Server) registerVendor(c *fiber.Ctx) error {
	var f vendorForm
	err := bind(c, &f)
	in, fault := s.vendorInput(f)
	var v registry.Vendor
	if err == nil {
		v, err = s.app.Vendors.RegisterVendor(c.UserContext(), actor(c), in)
	}
	if err != nil {
		texts, ok := s.vendorFaults(c, err, fault)
		if !ok {
			return err
		}
		return s.registerForm(c, fiber.StatusUnprocessableEntity, f, texts)
	}
	flash(c, "vendor.office.registered")
	return c.Redirect(vendorFile(v.ID), fiber.StatusSeeOther)
}
