package core_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestCounterCountsByKey(t *testing.T) {
	var c core.Counter[string]
	c.Add("in", "out")
	c.Add("in")
	if n := c.Counts(); n["in"] != 2 || n["out"] != 1 || len(n) != 2 {
		t.Errorf("counts %v", n)
	}
}

func TestCodesAreDigitsInGroups(t *testing.T) {
	for range 50 {
		if code := core.NewCode(); len(code) != 12 || strings.Trim(code, "0123456789") != "" {
			t.Fatalf("code %q", code)
		}
	}
	for code, want := range map[string]string{"123456789012": "1234 5678 9012", "12345": "1234 5", "1234": "1234"} {
		if got := core.GroupCode(code); got != want {
			t.Errorf("%s is grouped as %q, want %q", code, got, want)
		}
	}
}

func TestEmptyFieldsStayEmpty(t *testing.T) {
	in := core.Input{Today: "2026-11-22"}
	if date, clock, phone := in.Date("d", ""), in.Clock("c", "", -1), in.Phone("p", ""); date != "" || clock != -1 || phone != "" || in.Faults != nil {
		t.Errorf("read %q, %d, %q with faults %v", date, clock, phone, in.Faults)
	}
	if date, clock, phone := in.Date("d", "25/11/2026"), in.Clock("c", "8h30", -1), in.Phone("p", "0912 345 678"); date != "2026-11-25" || clock != 510 || phone != "0912345678" {
		t.Errorf("read %q, %d, %q", date, clock, phone)
	}
	in.Date("d", "32/13/2026")
	in.Clock("c", "25h", -1)
	in.Phone("p", "12")
	if got := testkit.FieldsOf(in.Faults.Err()); !slices.Equal(got, []string{"d", "c", "p"}) {
		t.Errorf("faults at %v", got)
	}
}

func TestCountsHaveBounds(t *testing.T) {
	for n, want := range map[int]string{-1: "error.negative", 0: "event.fault.between", 1: "", 5: "", 6: "event.fault.between"} {
		in := core.Input{}
		if got := testkit.FaultsAt(func() error { in.Between("n", n, 1, 5); return in.Faults.Err() }())["n"]; got != want {
			t.Errorf("%d gives %q, want %q", n, got, want)
		}
	}
}

func TestPersonalDataIsForMembersAndWhoeverHasTheRight(t *testing.T) {
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	inspector, _ := k.Officer(registry.Inspector, "19")
	organiser, _ := k.Officer(registry.Organiser, "19")
	elsewhere, _ := k.Officer(registry.Organiser, "01")
	for name, c := range map[string]struct {
		actor registry.Actor
		want  bool
	}{
		"its owner": {owner, true}, "an organiser here": {organiser, true}, "an organiser elsewhere": {elsewhere, false},
		"an inspector": {inspector, false}, "nobody": {registry.Actor{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := k.App.SeesPersonal(c.actor, v); got != c.want {
				t.Errorf("sees what is personal: %v", got)
			}
		})
	}
}

func TestAreaOfAnotherEdition(t *testing.T) {
	k := testkit.NewApp(t)
	before, now := registry.Edition2025Before, registry.Edition2025
	for name, c := range map[string]struct {
		ref  registry.AreaRef
		date string
		want registry.AreaRef
	}{
		"a province that was merged":  {registry.AreaRef{Edition: before, Code: "06"}, "2026-01-01", registry.AreaRef{Edition: now, Code: "19"}},
		"the same edition":            {registry.AreaRef{Edition: now, Code: "19"}, "2026-01-01", registry.AreaRef{Edition: now, Code: "19"}},
		"a province made of two":      {registry.AreaRef{Edition: now, Code: "19"}, "2025-01-01", registry.AreaRef{}},
		"a province that stayed":      {registry.AreaRef{Edition: now, Code: "04"}, "2025-01-01", registry.AreaRef{Edition: before, Code: "04"}},
		"the older edition, its time": {registry.AreaRef{Edition: before, Code: "06"}, "2025-01-01", registry.AreaRef{Edition: before, Code: "06"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := k.App.AreaFor(c.ref, c.date); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestSeekingCodesThatAreNoneIsSlowedDown(t *testing.T) {
	k := testkit.NewApp(t)
	none := func() error { return registry.E(registry.NotFound, "error.tip.code") }
	seek := func(agent string, find func() error) registry.Kind {
		return registry.KindOf(k.App.Seek(core.Seeker{Net: "203.0.113.0/24", Agent: agent}, find))
	}
	for range 100 {
		if got := seek("Chrome", func() error { return nil }); got != registry.None {
			t.Fatalf("a code that exists: %d", got)
		}
	}
	for range 30 {
		if got := seek("curl", none); got != registry.NotFound {
			t.Fatalf("a code that is none: %d", got)
		}
	}
	if seek("curl", none) != registry.Limited || seek("Chrome", none) != registry.NotFound {
		t.Error("the browser that guesses is not the only one that waits")
	}
	for i := range 1000 {
		seek("guess "+strings.Repeat("x", i/25), none)
	}
	if got := seek("Firefox", func() error { return nil }); got != registry.Limited {
		t.Errorf("after a thousand guesses its network: %d", got)
	}
}

func TestTextsHaveBounds(t *testing.T) {
	for name, c := range map[string]struct {
		read   func(*core.Input) any
		want   any
		faults string
	}{
		"a line of all letters":     {func(in *core.Input) any { return in.Line("x", " ạb ", 2) }, "ạb", ""},
		"a line of one more":        {func(in *core.Input) any { return in.Line("x", "ạbc", 2) }, "ạbc", "error.too_long"},
		"a text of all letters":     {func(in *core.Input) any { return in.Text("x", "ạ\nb", 3) }, "ạ\nb", ""},
		"a text of one more":        {func(in *core.Input) any { return in.Text("x", "ạ\nbc", 3) }, "ạ\nbc", "error.too_long"},
		"lines, each once":          {func(in *core.Input) any { return strings.Join(in.Lines("x", "a\n\n b\na\n", 5), "|") }, "a|b", ""},
		"nothing where it must be":  {func(in *core.Input) any { return in.Needed("x", " ", 5) }, "", "error.required"},
		"no address":                {func(in *core.Input) any { return in.Email("x", "") }, "", ""},
		"an address":                {func(in *core.Input) any { return in.Email("x", "Hoa@Vi-Du.vn") }, "hoa@vi-du.vn", ""},
		"an address that is none":   {func(in *core.Input) any { return in.Email("x", "hoa") }, "", "error.vendor.email"},
		"no number of a bar code":   {func(in *core.Input) any { return in.GTIN("x", "") }, "", ""},
		"the number of a bar code":  {func(in *core.Input) any { return in.GTIN("x", "8938505974194") }, "8938505974194", ""},
		"no amount":                 {func(in *core.Input) any { return in.Money("x", "", 5) }, int64(0), ""},
		"as much as may be":         {func(in *core.Input) any { return in.Money("x", "5.000", 5000) }, int64(5000), ""},
		"more than that":            {func(in *core.Input) any { return in.Money("x", "5.001", 5000) }, int64(5001), "error.number_too_big"},
		"no count":                  {func(in *core.Input) any { return in.Count("x", "") }, 0, ""},
		"a count":                   {func(in *core.Input) any { return in.Count("x", "1.200") }, 1200, ""},
		"a count of less than none": {func(in *core.Input) any { return in.Count("x", "-1") }, 0, "error.negative"},
	} {
		t.Run(name, func(t *testing.T) {
			in := core.Input{Today: "2026-11-22"}
			if got := c.read(&in); got != c.want || testkit.FaultsAt(in.Faults.Err())["x"] != c.faults {
				t.Errorf("read %v with faults %v", got, in.Faults)
			}
		})
	}
}

func TestAUnitIsReadAsItWasOnItsDay(t *testing.T) {
	k := testkit.NewApp(t)
	before := registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"}
	for name, c := range map[string]struct {
		text, day string
		want      registry.AreaRef
		fault     string
	}{
		"none":                         {"", "2026-01-01", registry.AreaRef{}, "error.required"},
		"one that is none":             {"2025:99999", "2026-01-01", registry.AreaRef{}, "error.area_unknown"},
		"without a day":                {testkit.BaBe.String(), "", registry.AreaRef{}, ""},
		"of today":                     {testkit.BaBe.String(), "2026-01-01", testkit.BaBe, ""},
		"of the edition of its day":    {before.String(), "2020-01-01", before, ""},
		"of a day on which it was not": {testkit.BaBe.String(), "2020-01-01", registry.AreaRef{}, "register.error.area_day"},
	} {
		t.Run(name, func(t *testing.T) {
			in := core.Input{Today: k.App.Today()}
			if got := k.App.UnitOn(&in, c.text, c.day); got != c.want || testkit.FaultsAt(in.Faults.Err())["area"] != c.fault {
				t.Errorf("it is %v with faults %v", got, in.Faults)
			}
		})
	}
}

func TestAJobIsItsOwnersAlone(t *testing.T) {
	k := testkit.NewApp(t)
	owner, _ := k.Officer(registry.Organiser, "19")
	other, _ := k.Officer(registry.Organiser, "19")
	var id registry.JobID
	k.Write(func(tx *store.Tx) (err error) {
		id, err = core.StartJob(t.Context(), tx, registry.Job{Kind: "test", TotalN: 1, CreatedBy: owner.Account}, nil)
		return err
	})
	for name, c := range map[string]struct {
		actor registry.Actor
		works bool
	}{"whoever began it": {owner, true}, "another officer": {other, false}, "nobody": {registry.Actor{}, false}, "the program": {registry.SystemActor("test"), true}} {
		t.Run(name, func(t *testing.T) {
			if job, err := k.App.Job(t.Context(), c.actor, id); (err == nil) != c.works || c.works && job.ID != id || !c.works && registry.KindOf(err) != registry.NotFound {
				t.Errorf("reads %q, %v", job.ID, err)
			}
		})
	}
}
