package events_test

import (
	"fmt"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestMapCountsTheEventsOfCommunes(t *testing.T) {
	k := testkit.NewApp(t)
	communes := k.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	for i, n := range []int{7, 2, 1} {
		for range n {
			k.Event(testkit.InArea(communes[i].Ref), testkit.InState(registry.Ended))
		}
	}
	m, err := k.App.Events.EventsHeld(t.Context(), true)
	if err != nil || m.Province.Ref.Code != "19" || len(m.Communes) != len(communes) || m.Without != len(communes)-3 || m.Total != 10 {
		t.Fatalf("%d communes, %d without, %d events of %s (%v)", len(m.Communes), m.Without, m.Total, m.Province.Name, err)
	}
	var most []string
	for _, c := range m.Communes[:4] {
		most = append(most, fmt.Sprint(c.N, " ", m.Shade(c.N)))
	}
	if fmt.Sprint(m.Steps) != "[1 2 4 6]" || fmt.Sprint(most) != "[7 4 2 2 1 1 0 0]" {
		t.Errorf("steps %v, counts with their shades %v", m.Steps, most)
	}
	if m.Communes[0].Area.Ref != communes[0].Ref || m.Box == registry.EmptyBox {
		t.Errorf("first stands %s in %v", m.Communes[0].Area.Name, m.Box)
	}
}

func TestMapOfAProvinceThatIsNotChosen(t *testing.T) {
	k := testkit.NewApp(t)
	k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), testkit.ProvinceKey, "") })
	k.Restart()
	m, err := k.App.Events.EventsHeld(t.Context(), false)
	if err != nil || len(m.Communes) != 0 {
		t.Errorf("%d communes (%v)", len(m.Communes), err)
	}
	if p, err := k.App.Events.Province(t.Context()); err != nil || p.Ref.Code != "" {
		t.Errorf("province %+v (%v)", p, err)
	}
}

func TestMapOfThisYearForgetsTheLast(t *testing.T) {
	k := testkit.NewApp(t)
	k.Event(testkit.InState(registry.Ended), testkit.OnDays(registry.AddDays(k.App.Today(), -400), 2))
	for ever, want := range map[bool]int{true: 1, false: 0} {
		if m, err := k.App.Events.EventsHeld(t.Context(), ever); err != nil || m.Total != want {
			t.Errorf("ever %v: %d events (%v), want %d", ever, m.Total, err, want)
		}
	}
}
