package public

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// tipTrackPage is what whoever sent a tip follows it by.
type tipTrackPage struct {
	view.Base
	view.Form
	Tip   tips.TipTrack
	Code  string     // as it stands in addresses
	Shown string     // grouped for reading; on the page that comes right after sending alone
	QR    string     // SVG of the address; the same
	Lost  string     // why the photo that came with it was not kept
	Photo view.Field // asks for another photo
	Panel view.Panel
	Steps []trackStep
}

// trackStep is one step of the way that a tip takes.
type trackStep struct {
	State  registry.TipState // "" for the joining to another one
	On     string            // day; empty: not yet
	Body   string
	Slip   string // number of the slip and by when it is to be answered
	Answer string // when the answer came
	Told   string
	Last   bool // where it is now
}

// followTip shows the state of a tip by its code, and right after sending the receipt and what
// happens next.
func (s *Door) followTip(c *fiber.Ctx) error { return s.tipTrack(c, nil) }

// tipTrack is the page of a tip, again with a fault of a photo that was added.
func (s *Door) tipTrack(c *fiber.Ctx, fault error) error {
	tip, err := s.App.Tips.FollowTip(c.UserContext(), c.Params("code"))
	if err != nil {
		return err
	}
	code, _ := tips.TrackingCode(c.Params("code"))
	p := tipTrackPage{Base: s.PublicNav(c, s.Page(c, "tip.track_title")), Tip: tip, Code: code}
	p.Light = true
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if c.Query("moi") == "1" {
		p.Shown = tips.ShowTrackingCode(code)
		if p.QR, err = s.App.Tips.ReceiptSymbol(code, p.T("tip.qr")); err != nil {
			return err
		}
		if lost := c.Query("anh"); slices.Contains(lostPhotos, lost) {
			p.Lost = p.T("error." + lost)
		}
	}
	p.Photo = p.TakeOne(tipPhotoField(p.Base, "tip.photo_more"))
	p.Panel = view.Panel{Title: p.T("tip.thanks"), Text: p.T("tip.your_code"), Number: p.Shown}
	p.Steps = trackSteps(p.Base, tip)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.RenderStatus(c, status, frame.LayoutForm, "public/tip", p)
}

// tipReceipt sends the receipt of a tip as a PDF.
func (s *Door) tipReceipt(c *fiber.Ctx) error {
	f, err := s.App.Tips.Receipt(c.UserContext(), c.Params("code"), s.Page(c, "tip.track_title").Lang)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return frame.SendFile(c, f)
}

// addTipPhoto takes a photo for a tip that was sent before.
func (s *Door) addTipPhoto(c *fiber.Ctx) error {
	if _, err := s.App.Tips.FollowTip(c.UserContext(), c.Params("code")); err != nil {
		return err
	}
	share := s.NewShare()
	defer share.GiveBack()
	parts, err := s.ReadParts(c, &share)
	if err == nil {
		err = frame.BindValues(parts.Values, nil, &struct{}{})
	}
	if err != nil {
		return err
	}
	defer frame.StartDeadline(c)()
	if parts.Lost != nil {
		return s.tipTrack(c, parts.Lost)
	}
	code, _ := tips.TrackingCode(c.Params("code"))
	if err := s.App.Tips.AddTipPhoto(c.UserContext(), tips.TipPhotoInput{Code: code, Photo: parts.Photo}); err != nil {
		return s.tipTrack(c, err)
	}
	frame.Flash(c, "tip.flash_photo")
	return c.Redirect("/phan-anh/"+code, fiber.StatusSeeOther)
}

// trackSteps lists the steps that were taken and those that usually follow. A step
// that was left out is not shown once the tip has gone past it.
func trackSteps(b view.Base, tip tips.TipTrack) []trackStep {
	way := []trackStep{{State: registry.TipReceived, On: view.ShowDay(tip.ReceivedAt)}}
	if tip.JoinedAt > 0 {
		way = append(way, trackStep{On: view.ShowDay(tip.JoinedAt)})
	}
	for _, step := range tip.Steps {
		line := trackStep{State: step.State, On: view.ShowDay(step.At), Body: step.Body, Told: step.Told}
		if step.State == registry.TipHandedOver && tip.Slip.N > 0 {
			line.Slip = b.T("tip.slip_due", tip.Slip.Number(), vn.ShowDate(tip.Slip.DueOn))
			if tip.Slip.AnsweredOn != "" {
				line.Answer = b.T("tip.slip_answered", vn.ShowDate(tip.Slip.AnsweredOn))
			}
		}
		way = append(way, line)
	}
	way[len(way)-1].Last = true
	reached := false
	for _, state := range registry.TipStates {
		if reached {
			way = append(way, trackStep{State: state})
		}
		reached = reached || state == tip.State
	}
	return way
}

// findTip leads from a typed code to the page of the tip.
func (s *Door) findTip(c *fiber.Ctx) error {
	code, ok := tips.TrackingCode(c.Query("ma"))
	if !ok {
		return registry.E(registry.NotFound, "error.tip.code")
	}
	return c.Redirect("/phan-anh/"+code, fiber.StatusSeeOther)
}
