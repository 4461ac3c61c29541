package booths

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/stall"
	"hoicho/internal/web/view"
)

// heading says whose application it is and what is wrong with it, or that nothing is.
func heading(b view.Base, v booths.ApplicationView) string {
	n := map[registry.FindingKind]int{}
	for _, f := range v.Findings {
		n[f.Kind]++
	}
	var parts []string
	for _, kind := range []registry.FindingKind{registry.Missing, registry.Lapses, registry.LabelOver, registry.OverCeiling, registry.Weak} {
		if n[kind] > 0 {
			parts = append(parts, b.T("review.heading."+string(kind), n[kind]))
		}
	}
	if left := max(v.Places.Left(), 0); v.Places.Booths > 0 && left < v.Booths && v.State == registry.AppSubmitted {
		parts = append(parts, b.T("review.heading.places", left))
	}
	if len(parts) == 0 {
		parts = []string{b.T("review.heading.none")}
	}
	return v.Vendor.Name + ": " + strings.Join(parts, ", ")
}

// heldPaper is a paper of the applicant as its reviewer reads it.
type heldPaper struct {
	stall.PaperRow
	Check bool // the reader may note that it says what was typed in
}

// heldPapers are the papers in force, each held against the last day on which the vendor
// comes.
func heldPapers(b view.Base, v booths.ApplicationView, check bool) []heldPaper {
	var current []registry.Certificate
	for _, c := range v.Papers {
		if c.ReplacedAt == 0 {
			current = append(current, c)
		}
	}
	rows, _ := stall.PaperRows(b, current, v.Products, v.ComesUntil())
	held := make([]heldPaper, len(rows))
	for i, row := range rows {
		row.State = lastsUntil(b, current[i], v.ComesUntil())
		held[i] = heldPaper{row, check && !row.Checked && row.Scan != ""}
	}
	return held
}

// lastsUntil holds the end of a paper against a last day.
func lastsUntil(b view.Base, c registry.Certificate, last string) view.Chip {
	switch {
	case c.ValidTo == "":
		return view.Chip{Class: "go", Icon: "check", Label: b.T("certificate.endless")}
	case c.ValidTo < last:
		return view.Chip{Class: "stop", Icon: "circle-x", Label: b.T("review.paper.lapses", vn.ShowDate(c.ValidTo), view.ShortDate(last))}
	}
	return view.Chip{Class: "go", Icon: "check", Label: b.T("review.paper.lasts", vn.ShowDate(c.ValidTo), view.ShortDate(last))}
}

// mayCheck reports whether an officer may note that papers of a vendor say what was
// typed in.
func (s *Door) mayCheck(actor registry.Actor, v registry.Vendor) bool {
	return actor.Can(registry.ReviewEvidence, s.App.Areas.Scope(v.Area)) && !actor.Owns(v.ID)
}

// checkPaper notes, from the page of an application, that a paper of its vendor says
// what was typed in.
func (s *Door) checkPaper(c *fiber.Ctx) error {
	id := registry.ApplicationID(c.Params("application"))
	v, err := s.App.Booths.ReviewedApplication(c.UserContext(), frame.Actor(c), id)
	if err != nil {
		return err
	}
	if err := s.App.Vendors.CheckCertificate(c.UserContext(), frame.Actor(c), v.Vendor.ID, registry.CertificateID(c.Params("paper"))); err != nil {
		return s.review(c, decisionForm{Event: c.Query("event")}, triedNote{}, err)
	}
	frame.Flash(c, "certificate.was_checked")
	return c.Redirect(view.ReviewRoot(id)+narrowing(registry.EventID(c.Query("event")))+"#giay-to", fiber.StatusSeeOther)
}
