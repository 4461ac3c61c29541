package web_test

import (
	"fmt"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/static"
)

// TestPublicPlanIsAsDrawn: once a drawn plan is published, visitors see booths where they stand; a draft shows nobody anything.
func TestPublicPlanIsAsDrawn(t *testing.T) {
	f := newFair(t)
	list := f.Booths(f.event.ID, "A", 6)
	f.Assign(list[1], f.applied(registry.AppApproved))
	visitor, plan := testkit.NewClient(t, f.base), "/su-kien/"+f.event.Slug+"/so-do"
	get := func(query string) testkit.Doc { return testkit.Page(t, answers(t, visitor.Get(plan+query), 200).Body) }
	before := answers(t, visitor.Get(plan), 200).Body
	l := f.Drawn(f.event.ID, floorplan.Street, 8, false)
	if answers(t, visitor.Get(plan), 200).Body != before {
		t.Error("a draft is seen")
	}
	f.Drawn(f.event.ID, floorplan.Street, 8, true)
	page := get("")
	page.In(".plan svg a.b").HasCount(8)
	page.In(".plan svg .fire").HasText("Lối cứu hỏa")
	page.In(".plan svg .gate").HasText("Cổng")
	page.In(".plan svg").HasAttr("viewBox", fmt.Sprintf("-4 -4 %d %d", floorplan.Units(l.W)+8, floorplan.Units(l.H)+8))
	page.In("svg title").HasText("A02: HTX Tài Hoan").HasText("A08: còn trống")
	near := get("?gian=A02")
	near.In(".plan svg .hit").HasCount(1).HasText("A02")
	near.In("#gian .near .hit").HasCount(1).HasText("A02")
	near.In("#gian .whole .here").HasCount(1)
	near.In("#gian").HasText("m theo đường thẳng")
	get("?q=mien").In(".plan svg .hit").HasCount(1).HasText("A02")
	get("?gian=Z99").None("#gian").None("svg .hit")
	more := f.Booths(f.event.ID, "B", 1)
	f.Assign(more[0], f.rival("HTX Bản Cuôn", registry.AppApproved)) // after it was published
	testkit.Page(t, answers(t, f.office.Get(f.deskRoot()), 200).Body).In(".plan-undrawn").HasText("B01")
	for name, size := range map[string]string{booths.PaperPlan: "/MediaBox [0 0 595.28 841.89]", booths.PaperPlanA3: "/MediaBox [0 0 841.89 1190.55]"} {
		paper := answers(t, f.office.Get(f.deskRoot()+"/in/"+name), 200).Body
		if !strings.Contains(paper, size) || strings.Count(paper, "/Type /Page\n") != 1 {
			t.Errorf("%s is no single sheet of the size %s", name, size)
		}
		if text := pdfText(t, paper); !strings.Contains(text, "A08") || !strings.Contains(text, "Lối cứu hỏa") || !strings.Contains(text, "10 m") {
			t.Errorf("%s says %q", name, text)
		}
	}
}

// TestDrawnPlanOfAHundredBoothsIsLight is TestPlanOfAHundredBoothsIsLight of a drawn plan.
func TestDrawnPlanOfAHundredBoothsIsLight(t *testing.T) {
	f := newFair(t)
	for i, b := range f.Booths(f.event.ID, "A", 100) {
		f.Assign(b, f.rival(fmt.Sprintf("Hợp tác xã nông nghiệp Bản Cuôn %d", i), registry.AppApproved))
	}
	f.Drawn(f.event.ID, floorplan.DoubleRow, 100, true)
	page := answers(t, testkit.NewClient(t, f.base).Get("/su-kien/"+f.event.Slug+"/so-do"), 200)
	at, end := strings.Index(page.Body, "<svg viewBox=\"-4"), strings.LastIndex(page.Body, "</svg>")
	t.Logf("the page has %d bytes, the drawing %d", len(page.Body)-len(static.Style("css/app.css")), strings.Index(page.Body[at:end+6], "</svg>")+6)
	if drawing := strings.Index(page.Body[at:end+6], "</svg>") + 6; drawing > 40_000 {
		t.Errorf("the drawing of 100 booths weighs %d bytes, at most 40,000", drawing)
	}
}
