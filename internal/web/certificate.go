package web

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// certificatesPage is the papers of a vendor: what lapses next first, what was replaced
// at the end.
type certificatesPage struct {
	base
	Home     string
	Needed   []Task // what is missing or has lapsed
	Current  []certificateRow
	Replaced []certificateRow
	None     Empty
}

// certificateRow is a certificate in a list.
type certificateRow struct {
	ID      registry.CertificateID
	Name    string
	Of      string // product, empty for the vendor as a whole
	Details string
	Note    string
	Scan    string // address of the photo, empty if there is none or the reader may not see it
	State   Chip
	Checked bool
}

// certificateRows shows certificates, with the names of the products they are of.
func (b base) certificateRows(papers []registry.Certificate, products []registry.Product, today string) (current, replaced []certificateRow) {
	names := map[registry.ProductID]string{}
	for _, p := range products {
		names[p.ID] = p.Name
	}
	for _, c := range papers {
		row := certificateRow{ID: c.ID, Name: b.certificateName(c.Kind), Of: names[c.Product], Details: b.certificateDetails(c), Note: c.Note,
			State: b.certificateChip(c, today), Checked: c.CheckedAt != 0}
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

// certificateDetails is number, issuer and day of a certificate in one line.
func (b base) certificateDetails(c registry.Certificate) string {
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

// certificateChip says how long a certificate is in force.
func (b base) certificateChip(c registry.Certificate, today string) Chip {
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

// showCertificates lists the certificates of a vendor.
func (s *Server) showCertificates(c *fiber.Ctx) error {
	d, err := s.app.VendorDesk(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return err
	}
	home := stallRoot(d.Vendor.ID)
	p := certificatesPage{base: s.vendorPage(c, d.Vendor, "vendor.tab.papers"), Home: home}
	p.Needed = p.findingTasks(home, d.Findings)
	p.Current, p.Replaced = p.certificateRows(d.Papers, d.Products, s.app.Today())
	p.None = Empty{Icon: "file-text", Title: p.T("certificate.none"), Text: p.T("certificate.none_text"), Href: home + "/giay-to/moi", Action: p.T("certificate.add")}
	return s.render(c, layoutVendor, "own-papers", p)
}

// certificateForm is what the form of a certificate sends.
type certificateForm struct {
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

var certificateFields = []string{"kind", "product", "number", "issuer", "issued_on", "valid_to", "note", "scan"}

// certificateNewPage is the form of a new certificate.
type certificateNewPage struct {
	base
	Action   string
	Replaces string
	Old      string // what the paper takes the place of
	Fields   []Field
	Faults   []FieldFault
	Back     string
}

// showNewCertificate shows the form of a paper, filled in with what the link says: its
// kind, its product, or the paper in whose place it comes.
func (s *Server) showNewCertificate(c *fiber.Ctx) error {
	f := certificateForm{Kind: c.Query("loai"), Product: c.Query("san-pham"), Replaces: c.Query("thay")}
	return s.reshowNewCertificate(c, fiber.StatusOK, f, nil)
}

func (s *Server) reshowNewCertificate(c *fiber.Ctx, status int, f certificateForm, faults map[string]string) error {
	d, err := s.app.VendorDesk(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return err
	}
	home := stallRoot(d.Vendor.ID)
	p := certificateNewPage{base: s.vendorPage(c, d.Vendor, "certificate.add"), Action: home + "/giay-to/moi", Back: home + "/giay-to"}
	for _, old := range d.Papers {
		if string(old.ID) == f.Replaces && old.ReplacedAt == 0 {
			p.Replaces, p.Old = f.Replaces, p.T("certificate.replaces", p.certificateName(old.Kind), old.Number)
			if status == fiber.StatusOK {
				f.Kind, f.Product, f.Issuer = string(old.Kind), string(old.Product), old.Issuer
			}
		}
	}
	p.Fields = f.fields(p.base, d.Products, faults)
	p.Faults = summary(p.base, faults, certificateFields...)
	p.HasError = len(faults) > 0
	return s.renderStatus(c, status, layoutVendor, "own-paper", p)
}

// fields draws the form of a paper.
func (f certificateForm) fields(b base, products []registry.Product, faults map[string]string) []Field {
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

// addCertificate keeps a paper, in the place of an old one if the form says so.
func (s *Server) addCertificate(c *fiber.Ctx) error {
	var f certificateForm
	scan, err := upload(c, &f, func() *multipart.FileHeader { return f.Scan })
	if err == nil {
		in := app.CertificateInput{Kind: f.Kind, Product: f.Product, Number: f.Number, Issuer: f.Issuer, IssuedOn: f.IssuedOn,
			ValidTo: f.ValidTo, Note: f.Note, Scan: scan}
		if f.Replaces == "" {
			_, err = s.app.AddCertificate(c.UserContext(), actor(c), vendorParam(c), in)
		} else {
			_, err = s.app.ReplaceCertificate(c.UserContext(), actor(c), vendorParam(c), registry.CertificateID(f.Replaces), in)
		}
	}
	if err != nil {
		b := s.page(c, "certificate.add")
		texts, ok := faultTexts(b, err)
		if !ok {
			return err
		}
		tellLostFile(b, texts, "scan", f.Scan)
		return s.reshowNewCertificate(c, faultStatus(c, err), f, texts)
	}
	flash(c, "certificate.added")
	return c.Redirect(stallRoot(vendorParam(c))+"/giay-to", fiber.StatusSeeOther)
}

// withdrawCertificate takes a paper out of force.
func (s *Server) withdrawCertificate(c *fiber.Ctx) error {
	if err := s.app.WithdrawCertificate(c.UserContext(), actor(c), vendorParam(c), registry.CertificateID(c.Params("paper"))); err != nil {
		return err
	}
	flash(c, "certificate.withdrawn")
	return c.Redirect(stallRoot(vendorParam(c))+"/giay-to", fiber.StatusSeeOther)
}
