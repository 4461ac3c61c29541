package office

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/stall"
	"hoicho/internal/web/view"
)

// officeProductsPage is the work of looking at evidence: what waits, then the rest.
type officeProductsPage struct {
	view.Base
	Tabs     []view.FilterLink
	Work     []view.FilterLink
	Query    string // typed text
	Kind     string // which work
	Count    string
	Products []officeProductRow
	More     string
	First    string
	Empty    view.Empty
}

// evidenceWork are the queues of the office by what the address calls them, the
// first one shown first.
var evidenceWork = []struct {
	code   string
	label  string
	filter registry.ProductFilter
}{
	{"cho-xem", "product.office.waiting", registry.ProductFilter{Evidence: registry.Documented}},
	{"sao", "product.office.stars", registry.ProductFilter{Claimed: true}},
	{"nghi-van", "product.office.disputed", registry.ProductFilter{Evidence: registry.Disputed}},
	{"tu-khai", "product.office.declared", registry.ProductFilter{Evidence: registry.Declared}},
	{"loai", "product.office.excluded", registry.ProductFilter{Evidence: registry.Excluded}},
	{"tat-ca", "product.office.all", registry.ProductFilter{}},
}

// readProducts reads which queue the address asks for, and what of it.
func readProducts(c *fiber.Ctx) (at int, f registry.ProductFilter) {
	var codes []string
	for _, w := range evidenceWork {
		codes = append(codes, w.code)
	}
	at = max(0, slices.Index(codes, frame.OneOf(c, "viec", codes...)))
	f = evidenceWork[at].filter
	f.Text, f.After, f.Limit = frame.AskedText(c, "q"), c.Query("tu"), 50
	return at, f
}

// showOfficeProducts lists the products of the reader's areas by what is to be done.
func (s *Door) showOfficeProducts(c *fiber.Ctx) error {
	at, f := readProducts(c)
	text, kind := f.Text, evidenceWork[at].code
	l, err := s.App.Vendors.OfficeProducts(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "tu", len(l.Products))
	p := officeProductsPage{Base: s.OfficePage(c, "vendor.office.products"), Query: text, Kind: kind}
	p.Tabs, p.Count = registerTabs(p.Base, true), p.T("product.list.count", l.Total)
	p.Empty = view.Empty{Icon: "badge-check", Title: p.T("product.office.none"), Text: p.T("product.office.none_text")}
	const path = "/quan-ly/co-so/san-pham"
	for i, w := range evidenceWork {
		p.Work = append(p.Work, view.FilterLink{Href: view.Query(path, "viec", w.code, "q", text), Label: p.T(w.label), Current: i == at})
	}
	for _, x := range l.Products {
		p.Products = append(p.Products, s.officeProductRow(p.Base, x))
	}
	if f.After != "" {
		p.First = view.Query(path, "viec", kind, "q", text)
	}
	if l.More {
		p.More = view.Query(path, "viec", kind, "q", text, "tu", l.Products[len(l.Products)-1].Slug)
	}
	return s.Render(c, frame.LayoutOffice, "office/products", p)
}

func (s *Door) officeProductRow(b view.Base, p registry.ProductCard) officeProductRow {
	today := s.App.Today()
	row := officeProductRow{Href: view.ProductFile(p.Vendor, p.ID), Name: p.Name, Vendor: p.VendorName,
		Group: b.GroupName(p.Group), Origin: b.OriginPhrase(p.Product), Proof: b.EvidenceChip(p.EvidenceOn(today)), Stars: b.StarsOn(p.Product, today)}
	for _, r := range p.Ratings {
		if r.Claimed && r.ValidTo >= today {
			row.Marks = append(row.Marks, view.Chip{Class: "wait", Icon: "clock", Label: b.T("product.rating.claimed")})
		}
	}
	if p.Hidden {
		row.Marks = append(row.Marks, view.Chip{Class: "off", Label: b.T("product.own.hidden")})
	}
	return row
}

// officeProductPage is the file of a product, on which its evidence is decided.
type officeProductPage struct {
	view.Base
	view.Form
	Head    view.PageHead
	Product registry.Product
	Action  string
	Facts   []view.SummaryRow
	Photos  []string
	Proof   view.Proof
	Fields  []view.Field // of the decision, none without the right
	Papers  []stall.PaperRow
	Ratings []stall.RatingRow
	Reviews bool
	History []historyLine
}

// historyLine is a line of the audit log on a product, in words.
type historyLine struct {
	When string
	Who  string
	What string
	Note string
}

// evidenceForm is what the form of a decision sends.
type evidenceForm struct {
	Version  int64  `form:"version"`
	Evidence string `form:"evidence"`
	Note     string `form:"note" lines:"many"`
	Until    string `form:"until"`
}

// showOfficeProduct shows the file of a product.
func (s *Door) showOfficeProduct(c *fiber.Ctx) error {
	return s.officeProduct(c, fiber.StatusOK, evidenceForm{}, nil)
}

func (s *Door) officeProduct(c *fiber.Ctx, status int, f evidenceForm, faults map[string]string) error {
	file, err := s.App.Vendors.OfficeProduct(c.UserContext(), frame.Actor(c), stall.ProductRef(c))
	if err != nil {
		return err
	}
	product, v := file.Product, file.Vendor
	p := officeProductPage{Base: s.OfficeNav(c, s.Titled(c, product.Name)), Product: product,
		Action:  view.ProductFile(v.ID, product.ID),
		Reviews: frame.Actor(c).Can(registry.ReviewEvidence, s.App.Areas.Scope(v.Area)) && !frame.Actor(c).Owns(v.ID)}
	p.Head = view.PageHead{BackHref: view.VendorFile(v.ID), Back: v.Name, Kicker: p.GroupName(product.Group), Title: product.Name}
	p.Proof = p.ProofOn(product, s.App.Today())
	p.Facts = productFacts(p.Base, product)
	for _, id := range product.Photos {
		p.Photos = append(p.Photos, view.Photo(id))
	}
	p.Papers, _ = stall.PaperRows(p.Base, file.Papers, []registry.Product{product}, s.App.Today())
	p.Ratings = stall.RatingRows(p.Base, product, s.App.Today())
	for _, e := range file.History {
		if strings.HasPrefix(e.Action, "product.photo_") {
			continue // says nothing of the origin
		}
		p.History = append(p.History, history(p.Base, e))
	}
	p.Form = view.NewForm(&p.Base, faults)
	if p.Reviews {
		p.Fields = p.Take(f.fields(p.Base, product, faults == nil)...)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "office/product", p)
}

// productFacts lists what the vendor says of a product.
func productFacts(b view.Base, p registry.Product) []view.SummaryRow {
	rows := []view.SummaryRow{{Label: b.T("product.origin_label"), Value: b.OriginPhrase(p)}}
	add := func(label, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: label, Value: value})
		}
	}
	add(b.T("product.field.label"), b.LabelText(p.Label))
	add(b.T("product.field.description"), p.Description)
	add(b.T("product.field.price"), b.PriceText(p))
	add(b.T("product.gtin"), p.GTIN)
	if vn.GTINLicensedByVietnam(p.GTIN) {
		rows[len(rows)-1].Value += ". " + b.T("product.gtin_893")
	}
	return rows
}

// fields draws the form of a decision, filled in with how things stand.
func (f evidenceForm) fields(b view.Base, p registry.Product, fresh bool) []view.Field {
	if f.Evidence == "" && fresh {
		f = evidenceForm{Evidence: string(p.Evidence), Note: p.EvidenceNote, Until: vn.ShowDate(p.EvidenceUntil)}
	}
	rungs := append(append([]registry.Evidence{}, registry.EvidenceLadder...), registry.Disputed, registry.Excluded)
	choices := view.Options(b, "product.evidence.", rungs, f.Evidence)
	for i := range choices {
		choices[i].Hint = b.T("product.evidence.plain." + choices[i].Value)
	}
	return []view.Field{
		{Name: "evidence", Type: "radios", Label: b.T("product.office.decide"), Options: choices},
		{Name: "note", Type: "textarea", Label: b.T("product.office.note"), Hint: b.T("product.office.note_hint"), Value: f.Note, Rows: 3, Max: 500},
		{Name: "until", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("product.office.until"), Hint: b.T("product.office.until_hint"), Value: f.Until},
	}
}

// history tells a line of the audit log in words.
func history(b view.Base, e registry.AuditEntry) historyLine {
	l := historyLine{When: view.ShowInstant(e.At), Who: e.Name, What: b.T("product.history." + strings.TrimPrefix(e.Action, "product."))}
	facts, _ := fact.Parse(e.Detail) // without facts, action, who and when still stand
	for _, f := range facts {
		switch {
		case f.Field == "evidence" && f.Before != nil:
			l.What = evidenceStep(b, "product.history.step", f)
		case f.Field == "evidence_fell":
			l.What = evidenceStep(b, "product.history.fell", f)
		case f.Field == "note":
			l.Note = strings.Join(f.After, "")
		}
	}
	return l
}

// evidenceStep tells from where to where the evidence went.
func evidenceStep(b view.Base, key string, f fact.Fact) string {
	rung := func(codes []string) string { return b.T("product.evidence." + strings.Join(codes, "")) }
	return b.T(key, rung(f.Before), rung(f.After))
}

// decideEvidence sets a product's place on the ladder of proof.
func (s *Door) decideEvidence(c *fiber.Ctx) error {
	var f evidenceForm
	err := frame.Bind(c, &f)
	if err == nil {
		err = s.App.Vendors.DecideEvidence(c.UserContext(), frame.Actor(c), stall.ProductRef(c), f.Version, vendors.EvidenceInput{Evidence: f.Evidence, Note: f.Note, Until: f.Until})
	}
	if err != nil {
		texts, ok := view.FaultTexts(s.Page(c, "vendor.office.products"), err)
		if !ok {
			return err
		}
		return s.officeProduct(c, fiber.StatusUnprocessableEntity, f, texts)
	}
	frame.Flash(c, "product.office.decided")
	return c.Redirect(view.ProductFile(frame.VendorParam(c), registry.ProductID(c.Params("product"))), fiber.StatusSeeOther)
}

// confirmRating notes that a claimed rank has been compared with its decision.
func (s *Door) confirmRating(c *fiber.Ctx) error {
	if err := s.App.Vendors.ConfirmRating(c.UserContext(), frame.Actor(c), stall.ProductRef(c), c.Params("issued")); err != nil {
		return err
	}
	frame.Flash(c, "product.rating.confirmed")
	return c.Redirect(view.ProductFile(frame.VendorParam(c), registry.ProductID(c.Params("product"))), fiber.StatusSeeOther)
}
