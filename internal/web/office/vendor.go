package office

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/office/events"
	"hoicho/internal/web/stall"
	"hoicho/internal/web/view"
)

// officeVendorsPage is the register of vendors in the office.
type officeVendorsPage struct {
	view.Base
	Tabs   []view.FilterLink
	Query  frame.VendorQuery
	Action string
	Count  string
	Rows   []officeVendorRow
	Kinds  []view.FilterLink
	States []view.FilterLink
	More   string
	First  string
	MayAdd bool
	Empty  view.Empty
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
	State    view.Chip
}

// officeVendorQuery is the address of the register with its filters.
func officeVendorQuery(q frame.VendorQuery, state string) string {
	return view.Query("/quan-ly/co-so", "q", q.Text, "loai", q.Kind, "tinh-trang", state, "dia-ban", q.Area, "tu", q.After)
}

// vendorTabsOffice are the two registers of the office.
func registerTabs(b view.Base, products bool) []view.FilterLink {
	return []view.FilterLink{
		{Href: "/quan-ly/co-so", Label: b.T("nav.vendors"), Current: !products},
		{Href: "/quan-ly/co-so/san-pham", Label: b.T("vendor.office.products"), Current: products},
	}
}

// shownStates are the states to which the register can be narrowed.
var shownStates = []registry.VendorState{registry.VendorNew, registry.VendorBlocked}

// readVendors reads what the address of the register asks for.
func (s *Door) readVendors(c *fiber.Ctx) (q frame.VendorQuery, f registry.VendorFilter) {
	q = s.ReadVendorQuery(c)
	f = q.Filter()
	f.State, f.Limit = frame.OneOf(c, "tinh-trang", shownStates...), 50
	return q, f
}

// showOfficeVendors lists the vendors of the reader's areas.
func (s *Door) showOfficeVendors(c *fiber.Ctx) error {
	q, f := s.readVendors(c)
	state := string(f.State)
	l, err := s.App.Vendors.OfficeVendors(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "tu", len(l.Vendors))
	p := officeVendorsPage{Base: s.OfficePage(c, "vendor.office.title"), Query: q, Action: "/quan-ly/co-so",
		MayAdd: frame.Actor(c).CanSomewhere(registry.ManageVendors)}
	p.Tabs, p.Count = registerTabs(p.Base, false), p.T("vendor.list.count", l.Total)
	p.Empty = view.Empty{Icon: "store", Title: p.T("vendor.list.none"), Text: p.T("search.hint")}
	for _, v := range l.Vendors {
		p.Rows = append(p.Rows, s.officeVendorRow(p.Base, v, l.Counts[v.ID]))
	}
	p.Kinds = view.Choose(p.Base, "vendor.kind.", registry.VendorKinds, q.Kind, func(k string) string {
		next := q
		next.Kind, next.After = k, ""
		return officeVendorQuery(next, state)
	})
	p.States = view.Choose(p.Base, "vendor.state.", shownStates, state, func(to string) string {
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
	return s.Render(c, frame.LayoutOffice, "office/vendors", p)
}

func (s *Door) officeVendorRow(b view.Base, v registry.Vendor, n registry.ProductCount) officeVendorRow {
	return officeVendorRow{Href: view.VendorFile(v.ID), Name: v.Name, Kind: b.VendorKind(v.Kind), Place: s.PlaceName(v.Area),
		Phone: vn.ShowPhone(v.Phone), TaxCode: v.TaxCode.String(), Products: n.Shown, State: vendorState(b, v)}
}

// vendorState is the mark of whether a vendor takes part.
func vendorState(b view.Base, v registry.Vendor) view.Chip {
	switch v.State {
	case registry.VendorBlocked:
		return view.Chip{Class: "stop", Icon: "ban", Label: b.T("vendor.state.blocked")}
	case registry.VendorNew:
		return view.Chip{Class: "wait", Icon: "clock", Label: b.T("vendor.state.new")}
	}
	return view.Chip{Class: "go", Icon: "check", Label: b.T("vendor.state.active")}
}

// officeVendorPage is the file of a vendor.
type officeVendorPage struct {
	view.Base
	view.Form
	Head         view.PageHead
	Vendor       registry.Vendor
	Action       string
	Public       string
	Own          string // the vendor's own pages, for who may work on its behalf
	Facts        []view.SummaryRow
	Products     []officeProductRow
	Papers       []stall.PaperRow
	Replaced     []stall.PaperRow
	Findings     []string
	Members      []stall.MemberRow
	HidesMembers bool // the officer may not see them
	Applications []fileApplication
	Manages      bool
	Reviews      bool
	Reason       view.Field
	Code         string           // just issued, shown once
	ToCall       []events.CallRow // what nobody has told it yet
	Called       []events.CallRow
}

// fileApplication is an application in the file of its vendor.
type fileApplication struct {
	Href  string
	Event string
	Days  string
	State view.Chip
}

// officeProductRow is a product as the office lists it.
type officeProductRow struct {
	Href   string
	Name   string
	Vendor string
	Group  string
	Origin string
	Proof  view.Chip
	Stars  view.Stars
	Marks  []view.Chip
}

// showOfficeVendor shows the file of a vendor.
func (s *Door) showOfficeVendor(c *fiber.Ctx) error {
	p, err := s.officeVendor(c)
	if err != nil {
		return err
	}
	return s.Render(c, frame.LayoutOffice, "office/vendor", p)
}

func (s *Door) officeVendor(c *fiber.Ctx) (p officeVendorPage, err error) {
	f, err := s.App.Vendors.OfficeVendor(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return p, err
	}
	v, scope := f.Vendor, s.App.Areas.Scope(f.Vendor.Area)
	p = officeVendorPage{Base: s.OfficeNav(c, s.Titled(c, v.Name)), Vendor: v, Action: view.VendorFile(v.ID),
		HidesMembers: f.HidesMembers, Manages: frame.Actor(c).Can(registry.ManageVendors, scope) && !vendors.Emptied(f.Vendor), Reviews: frame.Actor(c).Can(registry.ReviewEvidence, scope)}
	p.Head = view.PageHead{BackHref: "/quan-ly/co-so", Back: p.T("vendor.office.title"), Kicker: p.VendorKind(v.Kind), Title: v.Name, Chips: []view.Chip{vendorState(p.Base, v)}}
	if v.State.Public() {
		p.Public = view.VendorHref(v.Slug)
	}
	if p.Manages {
		p.Own = view.StallRoot(v.ID)
	}
	calls, err := s.App.Vendors.VendorCalls(c.UserContext(), frame.Actor(c), v)
	if err != nil {
		return p, err
	}
	by := events.Caller{Base: p.Base, S: s.events, Action: p.Action + "/goi", Name: frame.Actor(c).Name}
	p.ToCall, p.Called = by.Rows(calls.ToCall), by.Rows(calls.Called)
	p.Facts = s.vendorFacts(p.Base, v)
	for _, x := range f.Products {
		p.Products = append(p.Products, s.officeProductRow(p.Base, registry.ProductCard{Product: x}))
	}
	p.Papers, p.Replaced = stall.PaperRows(p.Base, f.Papers, f.Products, s.App.Today())
	for _, x := range f.Findings {
		p.Findings = append(p.Findings, p.FindingText(x))
	}
	for _, m := range f.Members {
		p.Members = append(p.Members, stall.MemberRow{Name: m.Name, Contact: stall.Contact(m), Role: p.T("vendor.role." + string(m.Role)), Since: view.ShowDay(m.AddedAt)})
	}
	for _, a := range f.Applications {
		if a.State != registry.AppDraft {
			line := fileApplication{Event: a.EventTitle, Days: vn.ShowRange(a.OpensOn, a.ClosesOn), State: p.ApplicationChip(a.State)}
			if f.Decides[a.ID] {
				line.Href = view.ReviewRoot(a.ID)
			}
			p.Applications = append(p.Applications, line)
		}
	}
	slices.Reverse(p.Applications) // the latest first
	p.Reason = view.Field{Name: "reason", Type: "textarea", Label: p.T("vendor.office.reason"), Hint: p.T("vendor.office.reason_hint"), Rows: 3, Max: 500}
	return p, nil
}

// saidElsewhere are the fields of a vendor that its file says in its head, in the
// address or beside the phone number.
var saidElsewhere = []string{"name", "kind", "area", "village", "phone_public"}

// vendorFacts lists what the office knows of a vendor; what is not known is left out.
func (s *Door) vendorFacts(b view.Base, v registry.Vendor) []view.SummaryRow {
	var rows []view.SummaryRow
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: label, Value: value})
		}
	}
	add(b.T("vendor.address"), s.LongPlace(v))
	in := vendors.InputOf(v)
	for _, f := range vendors.Fields {
		drawn := frame.FieldOf(b, "vendor", f, in)
		said := drawn.Said(b)
		switch {
		case slices.Contains(saidElsewhere, f.Name):
		case f.Name == "phone" && said != "" && v.PhonePublic:
			add(b.T("vendor.phone"), b.T("vendor.office.phone_public", said))
		case f.Name == "phone":
			add(b.T("vendor.phone"), said)
		default:
			add(drawn.Label, said)
		}
	}
	add(b.T("vendor.office.blocked_for"), v.StateReason)
	return rows
}

// officeVendorAgain shows the file of a vendor with what was wrong in a form on it.
func (s *Door) officeVendorAgain(c *fiber.Ctx, err error, reason string) error {
	texts, ok := view.FaultTexts(s.Page(c, "vendor.office.title"), err)
	if !ok {
		return err
	}
	p, pageErr := s.officeVendor(c)
	if pageErr != nil {
		return pageErr
	}
	p.Form, p.Reason.Value = view.NewForm(&p.Base, texts), reason
	p.Reason = p.TakeOne(p.Reason)
	return s.RenderStatus(c, fiber.StatusUnprocessableEntity, frame.LayoutOffice, "office/vendor", p)
}

// backToVendorFile goes back to the file of a vendor after a change.
func backToVendorFile(c *fiber.Ctx, done string) error {
	frame.Flash(c, done)
	return c.Redirect("/quan-ly/co-so/"+url.PathEscape(c.Params("vendor")), fiber.StatusSeeOther)
}

// blockVendor takes a vendor out of the public pages and of new applications.
func (s *Door) blockVendor(c *fiber.Ctx) error {
	var f struct {
		Reason string `form:"reason" lines:"many"`
	}
	if err := frame.Bind(c, &f); err != nil {
		return s.officeVendorAgain(c, err, f.Reason)
	}
	if err := s.App.Vendors.BlockVendor(c.UserContext(), frame.Actor(c), frame.VendorParam(c), f.Reason); err != nil {
		return s.officeVendorAgain(c, err, f.Reason)
	}
	return backToVendorFile(c, "vendor.office.was_blocked")
}

// publishVendor shows a new vendor to the public.
func (s *Door) publishVendor(c *fiber.Ctx) error {
	if err := s.App.Vendors.PublishVendor(c.UserContext(), frame.Actor(c), frame.VendorParam(c)); err != nil {
		return s.officeVendorAgain(c, err, "")
	}
	return backToVendorFile(c, "vendor.office.was_published")
}

// unblockVendor takes a block back.
func (s *Door) unblockVendor(c *fiber.Ctx) error {
	if err := s.App.Vendors.UnblockVendor(c.UserContext(), frame.Actor(c), frame.VendorParam(c)); err != nil {
		return s.officeVendorAgain(c, err, "")
	}
	return backToVendorFile(c, "vendor.office.was_unblocked")
}

// handOver makes a join code for an owner and shows it, once, as a slip to print.
func (s *Door) handOver(c *fiber.Ctx) error {
	code, err := s.App.Vendors.IssueJoinCode(c.UserContext(), frame.Actor(c), frame.VendorParam(c), registry.Owner)
	if err != nil {
		return err
	}
	p, err := s.officeVendor(c)
	if err != nil {
		return err
	}
	p.Code = code
	return s.Render(c, frame.LayoutOffice, "office/vendor", p)
}

// checkPaper notes that an officer has compared a paper.
func (s *Door) checkPaper(c *fiber.Ctx) error {
	if err := s.App.Vendors.CheckCertificate(c.UserContext(), frame.Actor(c), frame.VendorParam(c), registry.CertificateID(c.Params("paper"))); err != nil {
		return s.officeVendorAgain(c, err, "")
	}
	return backToVendorFile(c, "certificate.was_checked")
}

// officeNewPage is the form by which an officer registers a vendor from paper.
type officeNewPage struct {
	view.Base
	view.Form
	Fields []view.Field
}

// showRegisterVendor shows the form by which an officer registers a vendor.
func (s *Door) showRegisterVendor(c *fiber.Ctx) error {
	return s.registerForm(c, fiber.StatusOK, stall.VendorForm{}, nil)
}

func (s *Door) registerForm(c *fiber.Ctx, status int, f stall.VendorForm, faults map[string]string) error {
	p := officeNewPage{Base: s.OfficePage(c, "vendor.office.new")}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(stall.VendorFields(p.Base, f, vendors.Fields)...)
	return s.RenderStatus(c, status, frame.LayoutOffice, "office/vendor_new", p)
}

// registerVendor registers a vendor from a paper form.
func (s *Door) registerVendor(c *fiber.Ctx) error {
	var f stall.VendorForm
	err := frame.Bind(c, &f)
	in, fault := s.stall.VendorInput(f)
	var v registry.Vendor
	if err == nil {
		v, err = s.App.Vendors.RegisterVendor(c.UserContext(), frame.Actor(c), in)
	}
	if err != nil {
		texts, ok := s.stall.VendorFaults(c, err, fault)
		if !ok {
			return err
		}
		return s.registerForm(c, fiber.StatusUnprocessableEntity, f, texts)
	}
	frame.Flash(c, "vendor.office.registered")
	return c.Redirect(view.VendorFile(v.ID), fiber.StatusSeeOther)
}
