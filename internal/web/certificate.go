package web

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// papersPage is the papers of a vendor: what lapses next first, what was replaced
// at the end.
type papersPage struct {
	base
	Home     string
	Needed   []Task // what is missing or has lapsed
	Current  []paperRow
	Replaced []paperRow
	None     Empty
}

// paperRow is a paper in a list.
type paperRow struct {
	ID      registry.CertificateID
	Name    string
	Of      string // product, empty for the vendor as a whole
	Details string
	Note    string
	Scan    string // address of the photo, empty if there is none or the reader may not see it
	State   Chip
	Checked bool
}

// paperRows shows papers, with the names of the products they are of.
func (b base) paperRows(papers []registry.Certificate, products []registry.Product, today string) (current, replaced []paperRow) {
	names := map[registry.ProductID]string{}
	for _, p := range products {
		names[p.ID] = p.Name
	}
	for _, c := range papers {
		row := paperRow{ID: c.ID, Name: b.paperName(c.Kind), Of: names[c.Product], Details: b.paperDetails(c), Note: c.Note,
			State: b.paperState(c, today), Checked: c.CheckedAt != 0}
		if c.File != "" {
			row.Scan = photo(c.File)
		}
		if c.ReplacedAt != 0 {
			row.State = Chip{Class: "off", Label: b.T("certificate.replaced", showDay(c.ReplacedAt))}
			replaced = append(replaced, row)
			continue
		}
		current = append(current, row)
	}
	return current, replaced
}

// paperDetails is number, issuer and day of a paper in one line.
func (b base) paperDetails(c registry.Certificate) string {
	line := ""
	add := func(text string) {
		if line != "" && text != "" {
			line += " · "
		}
		line += text
	}
	if c.Number != "" {
		add(b.T("certificate.number_line", c.Number))
	}
	add(c.Issuer)
	if c.IssuedOn != "" {
		add(b.T("certificate.issued_line", vn.ShowDate(c.IssuedOn)))
	}
	return line
}

// lapsesSoon is how many days before its end a paper is marked.
const lapsesSoon = 45

// paperState says how long a paper is in force.
func (b base) paperState(c registry.Certificate, today string) Chip {
	switch {
	case c.ValidTo == "":
		return Chip{Class: "go", Icon: "check", Label: b.T("certificate.endless")}
	case c.ValidTo < today:
		return Chip{Class: "stop", Icon: "triangle-alert", Label: b.T("certificate.lapsed", vn.ShowDate(c.ValidTo))}
	case c.ValidTo <= vn.AddDays(today, lapsesSoon):
		return Chip{Class: "wait", Icon: "clock", Label: b.T("certificate.until", vn.ShowDate(c.ValidTo))}
	}
	return Chip{Class: "go", Icon: "check", Label: b.T("certificate.until", vn.ShowDate(c.ValidTo))}
}

// showPapers lists the papers of a vendor.
func (s *Server) showPapers(c *fiber.Ctx) error {
	d, err := s.app.Vendors.VendorDesk(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return err
	}
	home := stallRoot(d.Vendor.ID)
	p := papersPage{base: s.vendorPage(c, d.Vendor, "vendor.tab.papers"), Home: home}
	p.Needed = p.findingTasks(home, d.Findings)
	p.Current, p.Replaced = p.paperRows(d.Papers, d.Products, s.app.Today())
	p.None = Empty{Icon: "file-text", Title: p.T("certificate.none"), Text: p.T("certificate.none_text"), Href: home + "/giay-to/moi", Action: p.T("certificate.add")}
	return s.render(c, layoutVendor, "own-papers", p)
}

// paperForm is what the form of a paper sends.
type paperForm struct {
	Replaces string                `form:"replaces"`
	Kind     string                `form:"kind"`
	Product  string                `form:"product"`
	Number   string                `form:"number"`
	Issuer   string                `form:"issuer"`
	IssuedOn string                `form:"issued_on"`
	ValidTo  string                `form:"valid_to"`
	Note     string                `form:"note"`
	Scan     *multipart.FileHeader `form:"scan"`
}

var paperFields = []string{"kind", "product", "number", "issuer", "issued_on", "valid_to", "note", "scan"}

// newPaperPage is the form of a new paper.
type newPaperPage struct {
	base
	Action   string
	Replaces string
	Old      string // what the paper takes the place of
	Fields   []Field
	Faults   []FieldFault
	Back     string
}

// showNewPaper shows the form of a paper, filled in with what the link says: its
// kind, its product, or the paper in whose place it comes.
func (s *Server) showNewPaper(c *fiber.Ctx) error {
	f := paperForm{Kind: c.Query("loai"), Product: c.Query("san-pham"), Replaces: c.Query("thay")}
	return s.newPaper(c, fiber.StatusOK, f, nil)
}

func (s *Server) newPaper(c *fiber.Ctx, status int, f paperForm, faults map[string]string) error {
	d, err := s.app.Vendors.VendorDesk(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return err
	}
	home := stallRoot(d.Vendor.ID)
	p := newPaperPage{base: s.vendorPage(c, d.Vendor, "certificate.add"), Action: home + "/giay-to/moi", Back: home + "/giay-to"}
	for _, old := range d.Papers {
		if string(old.ID) == f.Replaces && old.ReplacedAt == 0 {
			p.Replaces, p.Old = f.Replaces, p.T("certificate.replaces", p.paperName(old.Kind), old.Number)
			if status == fiber.StatusOK {
				f.Kind, f.Product, f.Issuer = string(old.Kind), string(old.Product), old.Issuer
			}
		}
	}
	p.Fields = f.fields(p.base, d.Products, faults)
	p.Faults = summary(p.base, faults, paperFields...)
	p.HasError = len(faults) > 0
	return s.renderStatus(c, status, layoutVendor, "own-paper", p)
}

// fields draws the form of a paper.
func (f paperForm) fields(b base, products []registry.Product, faults map[string]string) []Field {
	of := []Option{{Label: b.T("certificate.whole_vendor")}}
	for _, p := range products {
		of = append(of, Option{Value: string(p.ID), Label: p.Name, Selected: string(p.ID) == f.Product})
	}
	fields := []Field{
		{Name: "kind", Type: "select", Label: b.T("certificate.field.kind"), Options: append([]Option{{Label: b.T("product.field.choose")}}, options(b, "certificate.kind.", registry.CertificateKinds, f.Kind)...)},
		{Name: "product", Type: "select", Label: b.T("certificate.field.product"), Hint: b.T("certificate.field.product_hint"), Options: of},
		{Name: "number", Label: b.T("certificate.field.number"), Value: f.Number, Max: 120},
		{Name: "issuer", Label: b.T("certificate.field.issuer"), Value: f.Issuer, Max: 120},
		{Name: "issued_on", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("certificate.field.issued_on"), Value: f.IssuedOn},
		{Name: "valid_to", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("certificate.field.valid_to"), Hint: b.T("certificate.field.valid_to_hint"), Value: f.ValidTo},
		{Name: "scan", Type: "file", Label: b.T("certificate.field.scan"), Hint: b.T("certificate.field.scan_hint"), Accept: "image/jpeg,image/png", Photo: true},
		{Name: "note", Label: b.T("certificate.field.note"), Hint: b.T("certificate.field.note_hint"), Value: f.Note, Max: 500},
	}
	for i := range fields {
		fields[i].Error = faults[fields[i].Name]
	}
	return fields
}

// addPaper keeps a paper, in the place of an old one if the form says so.
func (s *Server) addPaper(c *fiber.Ctx) error {
	var f paperForm
	scan, err := upload(c, &f, func() *multipart.FileHeader { return f.Scan })
	if err == nil {
		in := vendors.CertificateInput{Kind: f.Kind, Product: f.Product, Number: f.Number, Issuer: f.Issuer, IssuedOn: f.IssuedOn,
			ValidTo: f.ValidTo, Note: f.Note, Scan: scan}
		if f.Replaces == "" {
			_, err = s.app.Vendors.AddCertificate(c.UserContext(), actor(c), vendorParam(c), in)
		} else {
			_, err = s.app.Vendors.ReplaceCertificate(c.UserContext(), actor(c), vendorParam(c), registry.CertificateID(f.Replaces), in)
		}
	}
	if err != nil {
		b := s.page(c, "certificate.add")
		texts, ok := faultTexts(b, err)
		if !ok {
			return err
		}
		tellLostFile(b, texts, "scan", f.Scan)
		return s.newPaper(c, faultStatus(c, err), f, texts)
	}
	flash(c, "certificate.added")
	return c.Redirect(stallRoot(vendorParam(c))+"/giay-to", fiber.StatusSeeOther)
}

// withdrawPaper takes a paper out of force.
func (s *Server) withdrawPaper(c *fiber.Ctx) error {
	if err := s.app.Vendors.WithdrawCertificate(c.UserContext(), actor(c), vendorParam(c), registry.CertificateID(c.Params("paper"))); err != nil {
		return err
	}
	flash(c, "certificate.withdrawn")
	return c.Redirect(stallRoot(vendorParam(c))+"/giay-to", fiber.StatusSeeOther)
}
