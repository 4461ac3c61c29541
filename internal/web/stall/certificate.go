package stall

import (
	"mime/multipart"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// papersPage is the papers of a vendor: what lapses next first, what was replaced
// at the end.
type papersPage struct {
	view.Base
	Home     string
	Needed   []view.Task // what is missing or has lapsed
	Current  []PaperRow
	Replaced []PaperRow
	None     view.Empty
}

// PaperRow is a paper in a list.
type PaperRow struct {
	ID      registry.CertificateID
	Name    string
	Of      string // product, empty for the vendor as a whole
	Details string
	Note    string
	Scan    string // address of the photo, empty if there is none or the reader may not see it
	State   view.Chip
	Checked bool
}

// PaperRows shows papers, with the names of the products they are of.
func PaperRows(b view.Base, papers []registry.Certificate, products []registry.Product, today string) (current, replaced []PaperRow) {
	names := map[registry.ProductID]string{}
	for _, p := range products {
		names[p.ID] = p.Name
	}
	for _, c := range papers {
		row := PaperRow{ID: c.ID, Name: b.PaperName(c.Kind), Of: names[c.Product], Details: paperDetails(b, c), Note: c.Note,
			State: paperState(b, c, today), Checked: c.CheckedAt != 0}
		if c.File != "" {
			row.Scan = view.Photo(c.File)
		}
		if c.ReplacedAt != 0 {
			row.State = view.Chip{Class: "off", Label: b.T("certificate.replaced", view.ShowDay(c.ReplacedAt))}
			replaced = append(replaced, row)
			continue
		}
		current = append(current, row)
	}
	return current, replaced
}

// paperDetails is number, issuer and day of a paper in one line.
func paperDetails(b view.Base, c registry.Certificate) string {
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
func paperState(b view.Base, c registry.Certificate, today string) view.Chip {
	switch {
	case c.ValidTo == "":
		return view.Chip{Class: "go", Icon: "check", Label: b.T("certificate.endless")}
	case c.ValidTo < today:
		return view.Chip{Class: "stop", Icon: "triangle-alert", Label: b.T("certificate.lapsed", vn.ShowDate(c.ValidTo))}
	case c.ValidTo <= vn.AddDays(today, lapsesSoon):
		return view.Chip{Class: "wait", Icon: "clock", Label: b.T("certificate.until", vn.ShowDate(c.ValidTo))}
	}
	return view.Chip{Class: "go", Icon: "check", Label: b.T("certificate.until", vn.ShowDate(c.ValidTo))}
}

// showPapers lists the papers of a vendor.
func (s *Door) showPapers(c *fiber.Ctx) error {
	d, err := s.App.Vendors.VendorDesk(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return err
	}
	home := view.StallRoot(d.Vendor.ID)
	p := papersPage{Base: s.vendorPage(c, d.Vendor, "vendor.tab.papers"), Home: home}
	p.Needed = findingTasks(p.Base, home, d.Findings)
	p.Current, p.Replaced = PaperRows(p.Base, d.Papers, d.Products, s.App.Today())
	p.None = view.Empty{Icon: "file-text", Title: p.T("certificate.none"), Text: p.T("certificate.none_text"), Href: home + "/giay-to/moi", Action: p.T("certificate.add")}
	return s.Render(c, frame.LayoutVendor, "stall/certificates", p)
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

// newPaperPage is the form of a new paper.
type newPaperPage struct {
	view.Base
	view.Form
	Action   string
	Replaces string
	Old      string // what the paper takes the place of
	Fields   []view.Field
	Back     string
}

// showNewPaper shows the form of a paper, filled in with what the link says: its
// kind, its product, or the paper in whose place it comes.
func (s *Door) showNewPaper(c *fiber.Ctx) error {
	f := paperForm{Kind: c.Query("loai"), Product: c.Query("san-pham"), Replaces: c.Query("thay")}
	return s.newPaper(c, fiber.StatusOK, f, nil)
}

func (s *Door) newPaper(c *fiber.Ctx, status int, f paperForm, faults map[string]string) error {
	d, err := s.App.Vendors.VendorDesk(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return err
	}
	home := view.StallRoot(d.Vendor.ID)
	p := newPaperPage{Base: s.vendorPage(c, d.Vendor, "certificate.add"), Action: home + "/giay-to/moi", Back: home + "/giay-to"}
	for _, old := range d.Papers {
		if string(old.ID) == f.Replaces && old.ReplacedAt == 0 {
			p.Replaces, p.Old = f.Replaces, p.T("certificate.replaces", p.PaperName(old.Kind), old.Number)
			if status == fiber.StatusOK {
				f.Kind, f.Product, f.Issuer = string(old.Kind), string(old.Product), old.Issuer
			}
		}
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(f.fields(p.Base, d.Products)...)
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/certificate_new", p)
}

// fields draws the form of a paper.
func (f paperForm) fields(b view.Base, products []registry.Product) []view.Field {
	of := []view.Option{{Label: b.T("certificate.whole_vendor")}}
	for _, p := range products {
		of = append(of, view.Option{Value: string(p.ID), Label: p.Name, Selected: string(p.ID) == f.Product})
	}
	return []view.Field{
		{Name: "kind", Type: "select", Label: b.T("certificate.field.kind"), Options: append([]view.Option{{Label: b.T("form.choose")}}, view.Options(b, "certificate.kind.", registry.CertificateKinds, f.Kind)...)},
		{Name: "product", Type: "select", Label: b.T("certificate.field.product"), Hint: b.T("certificate.field.product_hint"), Options: of},
		{Name: "number", Label: b.T("certificate.field.number"), Value: f.Number, Max: 120},
		{Name: "issuer", Label: b.T("certificate.field.issuer"), Value: f.Issuer, Max: 120},
		{Name: "issued_on", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("certificate.field.issued_on"), Value: f.IssuedOn},
		{Name: "valid_to", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("certificate.field.valid_to"), Hint: b.T("certificate.field.valid_to_hint"), Value: f.ValidTo},
		{Name: "scan", Type: "file", Label: b.T("certificate.field.scan"), Hint: b.T("certificate.field.scan_hint"), Accept: "image/jpeg,image/png", Photo: true},
		{Name: "note", Label: b.T("certificate.field.note"), Hint: b.T("certificate.field.note_hint"), Value: f.Note, Max: 500},
	}
}

// addPaper keeps a paper, in the place of an old one if the form says so.
func (s *Door) addPaper(c *fiber.Ctx) error {
	var f paperForm
	scan, err := frame.Upload(c, &f, func() *multipart.FileHeader { return f.Scan })
	if err == nil {
		in := vendors.CertificateInput{Kind: f.Kind, Product: f.Product, Number: f.Number, Issuer: f.Issuer, IssuedOn: f.IssuedOn,
			ValidTo: f.ValidTo, Note: f.Note, Scan: scan}
		if f.Replaces == "" {
			_, err = s.App.Vendors.AddCertificate(c.UserContext(), frame.Actor(c), frame.VendorParam(c), in)
		} else {
			_, err = s.App.Vendors.ReplaceCertificate(c.UserContext(), frame.Actor(c), frame.VendorParam(c), registry.CertificateID(f.Replaces), in)
		}
	}
	if err != nil {
		b := s.Page(c, "certificate.add")
		texts, ok := view.FaultTexts(b, err)
		if !ok {
			return err
		}
		view.TellLostFile(b, texts, "scan", f.Scan != nil)
		return s.newPaper(c, frame.FaultStatus(c, err), f, texts)
	}
	frame.Flash(c, "certificate.added")
	return c.Redirect(view.StallRoot(frame.VendorParam(c))+"/giay-to", fiber.StatusSeeOther)
}

// withdrawPaper takes a paper out of force.
func (s *Door) withdrawPaper(c *fiber.Ctx) error {
	if err := s.App.Vendors.WithdrawCertificate(c.UserContext(), frame.Actor(c), frame.VendorParam(c), registry.CertificateID(c.Params("paper"))); err != nil {
		return err
	}
	frame.Flash(c, "certificate.withdrawn")
	return c.Redirect(view.StallRoot(frame.VendorParam(c))+"/giay-to", fiber.StatusSeeOther)
}
