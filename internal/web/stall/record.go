package stall

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// recordPage is a record of officers as the vendor reads it.
type recordPage struct {
	view.Base
	Kicker   string
	Heading  string
	Facts    []view.SummaryRow
	Findings []foundLine
	Answers  []view.SummaryRow
	Photos   []view.NavItem
	Minutes  string // address of the minutes; "" while the record has no number
}

type foundLine struct {
	Words, Remedy, Due string
	Chip               view.Chip
}

// showRecord shows a vendor what was found at its stall.
func (s *Door) showRecord(c *fiber.Ctx) error {
	vendor := frame.VendorParam(c)
	f, err := s.App.Inspections.File(c.UserContext(), frame.Actor(c), registry.InspectionID(c.Params("record")))
	if err != nil {
		return err
	}
	v, err := s.App.Vendors.VendorDesk(c.UserContext(), frame.Actor(c), vendor)
	if err != nil {
		return err
	}
	if f.Subject.Vendor != vendor {
		return registry.E(registry.NotFound, "error.not_found")
	}
	p := recordPage{Base: s.vendorPage(c, v.Vendor, "inspection.file_title", f.Subject.Name), Kicker: f.Number()}
	if f.Number() != "" {
		p.Minutes = view.StallRecord(vendor, f.ID) + "/bien-ban.pdf"
	}
	p.Heading = p.T("inspection.all_met")
	if f.Bad > 0 || len(f.Findings) > 0 {
		p.Heading = p.T("inspection.to_remedy", len(f.Findings))
	}
	p.Facts = []view.SummaryRow{{Label: p.T("inspection.field.kind"), Value: p.T("inspection.kind." + string(f.Kind))}, {Label: p.T("inspection.field.day"), Value: vn.ShowDate(f.On)},
		{Label: p.T("inspection.field.event"), Value: f.Event.Title}}
	for _, person := range f.People {
		p.Facts = append(p.Facts, view.SummaryRow{Label: p.T("inspection.field.people"), Value: view.SaidLine(person.Name, person.Body)})
	}
	for _, x := range f.Findings {
		line := foundLine{Words: x.Words, Remedy: x.Remedy, Due: p.T("inspection.due_on", vn.ShowDate(x.Due(f.On))), Chip: view.Chip{Class: "stop", Label: p.T("inspection.finding_state." + string(x.State))}}
		if x.State.Settled() {
			line.Chip.Class = "go"
		}
		p.Findings = append(p.Findings, line)
	}
	for _, said := range f.Last {
		item, _ := f.List.Item(said.Item)
		p.Answers = append(p.Answers, view.SummaryRow{Label: item.Text(p.Lang), Value: view.SaidLine(p.T("inspection.answer."+string(said.Answer)), said.Note)})
	}
	for i, photo := range f.Photos {
		if photo.File != "" && photo.Item != inspection.Signature {
			p.Photos = append(p.Photos, view.NavItem{Href: view.StallRecord(vendor, f.ID) + "/anh/" + photo.Hash, Label: p.T("inspection.photo_n", i+1, "")})
		}
	}
	return s.Render(c, frame.LayoutVendor, "stall/record", p)
}

// showRecordPhoto sends a photo of a record.
func (s *Door) showRecordPhoto(c *fiber.Ctx) error {
	f, err := s.App.Inspections.Photo(c.UserContext(), frame.Actor(c), registry.InspectionID(c.Params("record")), c.Params("hash"), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(f.Data)
}

// recordMinutes sends the minutes of a record, of which the law gives the vendor a copy.
func (s *Door) recordMinutes(c *fiber.Ctx) error {
	f, err := s.App.Inspections.MinutesFile(c.UserContext(), frame.Actor(c), registry.InspectionID(c.Params("record")), inspections.MinutesAsked{Form: "pdf", Lang: frame.Lang(c)})
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
