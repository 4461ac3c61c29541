package web_test

import (
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// deskOf is the desk of somebody with a role in an area.
func (d *gateDesk) deskOf(role registry.Role, area string) testkit.Doc {
	d.t.Helper()
	return testkit.Page(d.t, answers(d.t, officeClient(d.t, d.k, d.base, role, area).Get("/quan-ly"), 200).Body)
}

// TestDeskNamesWhatWaitsAtTheGates: what is open in the reconciliation and phones
// out of contact are told with their pages, and to nobody of another commune.
func TestDeskNamesWhatWaitsAtTheGates(t *testing.T) {
	d := newGateDesk(t)
	d.deskOf(registry.GateChief, "19").In("h1").HasText("Không có việc nào đang chờ")
	d.doubled()
	page := d.deskOf(registry.GateChief, "19")
	page.In("h1").HasText("1 điểm chênh lệch chờ xem")
	page.In("#todo").HasText("1 điểm chênh lệch chờ xem").LacksText("mất liên lạc")
	page.In("#todo a").HasAttr("href", d.root+"/doi-chieu")
	d.deskOf(registry.GateChief, "01273").None("#todo")

	form := testkit.Page(t, d.c.Get(d.root+"/doi-chieu").Body).In("main").Form(d.root+"/doi-chieu?").Set("word", "handled")
	answers(t, d.c.Post(form.Action, form.Fields), 303)
	d.deskOf(registry.GateChief, "19").None("#todo")

	d.k.Clock.Add(6 * time.Minute)
	page = d.deskOf(registry.GateChief, "19")
	page.In("h1").HasText("1 việc cần xem")
	page.In("#todo").HasText("2 máy ở cổng mất liên lạc").LacksText("điểm chênh lệch")
	page.In("#todo a").HasAttr("href", d.root+"/truc-tiep")
}

// TestDeskOfAnEventJustEnded: its open lines still wait, its phones may be silent;
// eight days later neither is told.
func TestDeskOfAnEventJustEnded(t *testing.T) {
	d := newGateDesk(t)
	d.doubled()
	d.k.Clock.Set(time.UnixMilli(d.event.EndsAt + 60_000))
	if _, err := d.k.App.Lifecycle.AdvanceEvents(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := d.deskOf(registry.GateChief, "19")
	page.In("h1").HasText("1 điểm chênh lệch chờ xem")
	page.In("#todo").LacksText("mất liên lạc")
	d.k.Clock.Add(8 * 24 * time.Hour)
	d.deskOf(registry.GateChief, "19").None("#todo")
}
