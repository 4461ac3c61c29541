package report

import (
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// SlipPaper is what stands on the slip by which a tip is handed over (phiếu chuyển).
type SlipPaper struct {
	Number     string
	On         string // YYYY-MM-DD
	Issuer     string // who organises the event; "" leaves room to write it
	Body       string // whom it goes to
	Ask        string
	DueOn      string
	Tip        string // number of the tip
	Kind       registry.TipKind
	ReceivedOn string
	SentN      int // how many sent it
	Event      string
	Booth      string
	Vendor     string
	Product    string
	Place      string
	Texts      []string // in the senders' words, without what leads to a person
	Photos     int
	Sealed     bool // the office holds a sealed contact
}

// TipSlip writes a slip as a PDF in a language.
func TipSlip(lang string, s SlipPaper) ([]byte, error) {
	t := texts(lang)
	about := Table{Name: "slip", Columns: []Column{{Weight: 2.2}, {Weight: 6}}}
	add := func(key, value string) {
		if value != "" {
			about.Rows = append(about.Rows, Row{Cells: []Cell{text(t.T("slip." + key)), text(value)}})
		}
	}
	add("tip", t.T("slip.tip_of", s.Tip, vn.ShowDate(s.ReceivedOn), s.SentN))
	add("kind", t.T("tip.kind."+string(s.Kind)))
	add("event", s.Event)
	if s.Booth != "" {
		add("booth", t.T("tip.booth", s.Booth))
	}
	add("vendor", s.Vendor)
	add("product", s.Product)
	add("place", s.Place)
	if s.Photos > 0 {
		add("photos", t.T("slip.photos_n", s.Photos))
	}
	if s.Sealed {
		add("contact", t.T("slip.sealed"))
	}
	ask := []string{t.T("slip.due", vn.ShowDate(s.DueOn))}
	if s.Ask != "" {
		ask = append([]string{s.Ask}, ask...)
	}
	d := Document{Lang: lang, Title: t.T("slip.title"), Subject: t.T("slip.subject"),
		Paper: registry.ResultPaper{Authority: nothingYet, Issuer: orDots(s.Issuer), Number: s.Number, SignedOn: s.On, Recipients: t.T("slip.recipients"),
			SignerTitle: t.T("slip.signer")},
		Sections: []Section{
			{Heading: t.T("slip.to", s.Body), Paragraphs: []string{t.T("slip.lead")}, Tables: []Table{about}},
			{Heading: t.T("slip.words"), Paragraphs: s.Texts},
			{Heading: t.T("slip.ask"), Paragraphs: append(ask, t.T("slip.answer"))},
		}}
	return d.PDF()
}

// nothingYet is room for the name of the authority above an issuer.
const nothingYet = "………………"
