package lifecycle_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// hanoi is a ward of another province than the one in which events of tests stand.
var hanoi = registry.AreaRef{Edition: registry.Edition2025, Code: "00004"}

func deskOf(t *testing.T, k *testkit.Kit, actor registry.Actor) lifecycle.Desk {
	t.Helper()
	d, err := k.App.Lifecycle.Desk(t.Context(), actor)
	testkit.Works(t, err)
	return d
}

// sends has a phone send a scan.
func sends(t *testing.T, k *testkit.Kit, p *testkit.Phone, s gate.SentScan) {
	t.Helper()
	_, err := k.App.Admission.Scan(t.Context(), p.Device, p.Batch(s))
	testkit.Works(t, err)
}

func TestDeskGathersTheWorkOfToday(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	viewer, _ := k.Officer(registry.Viewer, "01906")
	ahead := k.Event()
	k.Booths(ahead.ID, "A", 3)
	k.Application(ahead, k.Vendor().ID)
	k.Application(ahead, k.Vendor().ID, testkit.Standing(registry.AppApproved))
	k.Event(testkit.InArea(hanoi))
	k.Event(testkit.OnDays(registry.AddDays(k.App.Today(), 40), 2))
	k.Event(testkit.InState(registry.Ended))
	running := k.Event(testkit.InState(registry.Running))
	k.Gates(running.ID, 1)
	phone := k.Phone(running.ID, registry.Steward, 1)
	testkit.Works(t, testkit.Second(k.App.Admission.Count(t.Context(), phone.Device, phone.Presses(2))))
	k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.State = registry.VendorNew }))
	k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.State, v.Area = registry.VendorNew, hanoi }))
	in := testkit.TipAbout("")
	in.Place = "chợ Ba Bể"
	testkit.SendTip(t, k, in)

	d := deskOf(t, k, organiser)
	for name, c := range map[string]struct{ got, want int }{
		"applications":         {len(d.Queue.Rows), 1},
		"tips":                 {d.Tips, 1},
		"new vendors":          {d.NewVendors, 1},
		"events on":            {len(d.Running), 1},
		"visits":               {d.Visits, 2},
		"events ahead":         {len(d.Ahead), 1},
		"booths left":          {d.Left, 2},
		"events to report":     {d.ToReport, 1},
		"mail":                 {d.Mail, 0},
		"communes without one": {d.Communes - d.Uncovered, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("%d, want %d", c.got, c.want)
			}
		})
	}
	t.Run("a viewer of a commune sees its events alone", func(t *testing.T) {
		d := deskOf(t, k, viewer)
		if d.Reviews || len(d.Queue.Rows) != 0 || d.Tips != 0 || d.NewVendors != 0 || d.Communes != 0 || len(d.Running) != 1 || len(d.Ahead) != 1 || d.ToReport != 1 {
			t.Errorf("desk %+v", d)
		}
	})
	t.Run("without a province no commune is missed", func(t *testing.T) {
		k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), testkit.ProvinceKey, "") })
		k.Restart()
		if d := deskOf(t, k, organiser); d.Communes != 0 || d.Uncovered != 0 {
			t.Errorf("%d of %d communes", d.Uncovered, d.Communes)
		}
	})
}

func TestDeskTellsWhatIsLate(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	k.Event()
	late := k.Event(func(e *registry.Event) { e.Legal = registry.LegalBasis{Registration: registry.RegistrationToFile} })
	d := deskOf(t, k, organiser)
	if len(d.Todo) == 0 || slices.ContainsFunc(d.Todo, func(x lifecycle.EventToDo) bool { return x.Event.ID != late.ID || !x.Bad }) {
		t.Errorf("told of %+v, want the event that was not filed alone", d.Todo)
	}
}

func TestDeskNamesEventsToCallAbout(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	for _, option := range []testkit.EventOption{testkit.InArea(testkit.BaBe), testkit.InArea(hanoi)} {
		e := k.Event(option)
		k.Application(e, k.Vendor().ID) // nobody has an address of theirs
		testkit.StepEvent(t, k, registry.SystemActor("test"), &e, registry.Postponed)
	}
	d := deskOf(t, k, organiser)
	if len(d.Calls) != 1 || d.Calls[0].N != 1 || d.Calls[0].Event.Area != testkit.BaBe {
		t.Errorf("calls %+v, want one vendor of the event here", d.Calls)
	}
	viewer, _ := k.Officer(registry.Viewer, "19")
	if d := deskOf(t, k, viewer); len(d.Calls) != 0 {
		t.Errorf("a viewer is to make %d calls", len(d.Calls))
	}
}

func TestDeskTellsWhatWaitsAtTheGates(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	silent, ended, quiet := k.Event(testkit.InState(registry.Running)), k.Event(testkit.InState(registry.Running)), k.Event(testkit.InState(registry.Running))
	for _, e := range []registry.Event{silent, ended, quiet} {
		k.Gates(e.ID, 1)
	}
	k.Phone(silent.ID, registry.Steward, 1)
	revoked := k.Issued(ended, registry.OfficialPass, 1)[0]
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, revoked.ID, registry.PassRevoked, "mất thẻ"))
	phone := k.Phone(ended.ID, registry.Steward, 1)
	sends(t, k, phone, phone.Scan(revoked, testkit.Offline(registry.VerdictOK)))
	testkit.StepEvent(t, k, organiser, &ended, registry.Ended)
	k.Clock.Add(6 * time.Minute)
	got := map[registry.EventID]string{}
	for _, g := range deskOf(t, k, organiser).Gates {
		got[g.Event.ID] = fmt.Sprint(g.Differences, " ", len(g.Silent))
	}
	if len(got) != 2 || got[silent.ID] != "0 1" || got[ended.ID] != "1 0" {
		t.Errorf("waiting (differences, phones): %v, want 0 1 and 1 0", got)
	}
	viewer, _ := k.Officer(registry.Viewer, "19")
	if d := deskOf(t, k, viewer); len(d.Gates) != 0 {
		t.Errorf("who may not see figures sees %d gates", len(d.Gates))
	}
	k.Clock.Add(12 * 24 * time.Hour)
	if d := deskOf(t, k, organiser); slices.ContainsFunc(d.Gates, func(g admission.GateToDo) bool { return g.Event.ID == ended.ID }) {
		t.Error("after more than a week it is still told")
	}
}

func TestEventDeskOffersWhatItsStateAllows(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	for state, want := range map[registry.EventState]string{
		registry.Draft: "edit drop", registry.Open: "edit move", registry.Running: "edit", registry.Reported: "", registry.Cancelled: "",
		registry.Postponed: "edit move",
	} {
		t.Run(string(state), func(t *testing.T) {
			e := k.Event(testkit.InState(state), func(e *registry.Event) {
				if state != registry.Draft {
					e.PublishedAt = e.CreatedAt
				}
			})
			d, err := k.App.Lifecycle.EventDesk(t.Context(), organiser, e.ID)
			testkit.Works(t, err)
			var may []string
			for name, ok := range map[string]bool{"edit": d.MayEdit, "move": d.MayMove, "drop": d.MayDrop} {
				if ok {
					may = append(may, name)
				}
			}
			slices.Sort(may)
			have := strings.Fields(want)
			slices.Sort(have)
			if !slices.Equal(may, have) || !d.MayClone || !d.MayBooth || !d.MayGate {
				t.Errorf("may %v, want %v; clone %v, booths %v, gates %v", may, have, d.MayClone, d.MayBooth, d.MayGate)
			}
		})
	}
	t.Run("its figures", func(t *testing.T) {
		e := k.Event()
		k.Booths(e.ID, "A", 3)
		k.Gates(e.ID, 2)
		k.Application(e, k.Vendor().ID)
		d, err := k.App.Lifecycle.EventDesk(t.Context(), organiser, e.ID)
		if err != nil || d.Figures.Booths != 3 || d.Gates != 2 || d.Waiting != 1 {
			t.Errorf("%d booths, %d gates, %d waiting (%v)", d.Figures.Booths, d.Gates, d.Waiting, err)
		}
	})
	t.Run("for nobody of another province", func(t *testing.T) {
		elsewhere, _ := k.Officer(registry.Organiser, "01")
		_, err := k.App.Lifecycle.EventDesk(context.Background(), elsewhere, k.Event().ID)
		testkit.Refused(t, "read", err, registry.NotFound, "error.not_found")
	})
}
