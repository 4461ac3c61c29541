package events_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestWhoSeesAnEvent(t *testing.T) {
	k := testkit.NewApp(t)
	public, draft := k.Event(), k.Event(testkit.InState(registry.Draft))
	ours, _ := k.Officer(registry.Viewer, "19")
	theirs, _ := k.Officer(registry.Admin, "01")
	vendor, _ := k.VendorAccount()
	for name, c := range map[string]struct {
		actor registry.Actor
		id    registry.EventID
		want  registry.Kind
	}{
		"anybody, public":      {registry.Actor{}, public.ID, registry.None},
		"anybody, draft":       {registry.Actor{}, draft.ID, registry.NotFound},
		"vendor, draft":        {vendor, draft.ID, registry.NotFound},
		"other office, draft":  {theirs, draft.ID, registry.NotFound},
		"own office, draft":    {ours, draft.ID, registry.None},
		"own office, no event": {ours, "none", registry.NotFound},
	} {
		e, err := k.App.Events.Event(t.Context(), c.actor, c.id)
		if registry.KindOf(err) != c.want || (err == nil) != (e.ID == c.id) {
			t.Errorf("%s: %q, %v", name, e.ID, err)
		}
		if bySlug, again := k.App.Events.EventBySlug(t.Context(), c.actor, e.Slug); err == nil && (again != nil || bySlug.ID != e.ID) {
			t.Errorf("%s by slug %q: %q, %v", name, e.Slug, bySlug.ID, again)
		}
	}
}

func with(change func(*events.EventInput)) events.EventInput {
	in := testkit.TypedEvent()
	change(&in)
	return in
}

func TestCreateEvent(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	in := with(func(in *events.EventInput) {
		in.Title = "Phiên chợ  Ba Bể\u200b e\u0302 🎉" // two spaces, a zero-width space, NFD, emoji
		in.Days = []events.DayInput{{Day: "28/11/2026", OpensAt: "6h", Note: "chợ sớm"}, {Day: "29/11/2026", Out: true}}
		in.Cover = pngOf(40, 30)
	})
	e, err := k.App.Events.CreateEvent(t.Context(), organiser, in)
	if err != nil {
		t.Fatal(err)
	}
	got, err := k.App.Events.Event(t.Context(), organiser, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := registry.Event{Kind: registry.MarketSession, Level: registry.CommuneLevel, State: registry.Draft,
		Title: "Phiên chợ Ba Bể ê 🎉", Summary: in.Summary, Area: testkit.BaBe, Venue: in.Venue, Point: registry.Point{LatE6: 22403400, LonE6: 105616600},
		Organiser: in.Organiser, CoOrganiser: []string{"UBND xã Ba Bể", "Hội Nông dân"}, Phone: "02093870123",
		Legal:   registry.LegalBasis{Registration: registry.RegistrationNotNeeded, Number: "717/QĐ-UBND", IssuedOn: "2026-05-21", Issuer: "UBND tỉnh"},
		OpensOn: "2026-11-27", ClosesOn: "2026-11-28", BoothsN: 20, StaffPasses: 4, CreatedBy: organiser.Account,
		Days: []registry.EventDay{{Day: "2026-11-27", OpensAt: 480, ClosesAt: 1260}, {Day: "2026-11-28", OpensAt: 360, ClosesAt: 1260, Note: "chợ sớm"}},
		Items: []registry.ProgrammeItem{{Day: "2026-11-27", StartsAt: 480, EndsAt: 570, Title: "Khai mạc"},
			{Day: "2026-11-28", StartsAt: 1140, Title: "Hát then"}},
		Quotas: []registry.Quota{{Group: registry.FoodGroup, Max: 8}}, Slug: "phien-cho-ba-be-e"}
	want.ID, want.Number, want.Cover, want.Version = e.ID, e.Number, e.Cover, 1
	want.CreatedAt, want.UpdatedAt, want.StateAt = got.CreatedAt, got.UpdatedAt, got.StateAt
	want.BeginsAt, want.EndsAt = instant("2026-11-27", 0), instant("2026-11-28", 21*60)
	want.ApplyFrom, want.ApplyUntil = instant("2026-11-20", 0), instant("2026-11-26", 0)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if f, err := k.App.File(t.Context(), registry.Actor{}, e.Cover, registry.PhotoWhole); err != nil || f.ContentType != "image/jpeg" {
		t.Errorf("the cover is %q, %v", f.ContentType, err)
	}
}

func instant(date string, minutes int) int64 {
	at, _ := vn.InstantOf(date, minutes)
	return at.UnixMilli()
}

func pngOf(w, h int) []byte {
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewRGBA(image.Rect(0, 0, w, h))); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

func TestWrongEventsAreRefusedAtTheField(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	long := strings.Repeat("ợ", 10_000)
	for name, c := range map[string]struct {
		change func(*events.EventInput)
		field  string
	}{
		"no kind":              {func(in *events.EventInput) { in.Kind = "" }, "kind"},
		"other level":          {func(in *events.EventInput) { in.Level = "x" }, "level"},
		"no title":             {func(in *events.EventInput) { in.Title = "\u200b " }, "title"},
		"long title":           {func(in *events.EventInput) { in.Title = long }, "title"},
		"long body":            {func(in *events.EventInput) { in.Body = long }, "body"},
		"broken text":          {func(in *events.EventInput) { in.Summary = "\xff" }, "summary"},
		"no organiser":         {func(in *events.EventInput) { in.Organiser = "" }, "organiser"},
		"phone":                {func(in *events.EventInput) { in.Phone = "113" }, "phone"},
		"21 co-organisers":     {func(in *events.EventInput) { in.CoOrganisers = strings.Repeat("a\n", 21) }, "co_organisers"},
		"no first day":         {func(in *events.EventInput) { in.FirstDay = "" }, "first_day"},
		"31 February":          {func(in *events.EventInput) { in.FirstDay = "31/02/2027" }, "first_day"},
		"ends before it opens": {func(in *events.EventInput) { in.LastDay = "26/11/2026" }, "last_day"},
		"61 days":              {func(in *events.EventInput) { in.LastDay = "26/01/2027" }, "last_day"},
		"a thousand years":     {func(in *events.EventInput) { in.FirstDay = "1/1/1000" }, "first_day"},
		"hours reversed":       {func(in *events.EventInput) { in.OpensAt, in.ClosesAt = "21h", "8h" }, "closes_at"},
		"25 o'clock":           {func(in *events.EventInput) { in.OpensAt = "25h" }, "opens_at"},
		"own hours reversed":   {func(in *events.EventInput) { in.Days = []events.DayInput{{Day: "27/11/2026", OpensAt: "22h"}} }, "days"},
		"all days out": {func(in *events.EventInput) {
			in.LastDay, in.Days = in.FirstDay, []events.DayInput{{Day: in.FirstDay, Out: true}}
		}, "days"},
		"no venue":           {func(in *events.EventInput) { in.Venue = "" }, "venue"},
		"place abroad":       {func(in *events.EventInput) { in.Place = "48.8566, 2.3522" }, "place"},
		"no area":            {func(in *events.EventInput) { in.Area = "" }, "area"},
		"no such area":       {func(in *events.EventInput) { in.Area = "2025:99999" }, "area"},
		"old unit, new date": {func(in *events.EventInput) { in.Area = "2025-before:01900" }, "area"},
		"new unit, old date": {func(in *events.EventInput) {
			in.FirstDay, in.LastDay, in.ApplyFrom, in.ApplyUntil, in.Items = "30/6/2025", "", "", "", nil
		}, "area"},
		"commune is a province": {func(in *events.EventInput) { in.Area = "2025:19" }, "area"},
		"area of another":       {func(in *events.EventInput) { in.Area = "2025:00004" }, "area"},
		"registration":          {func(in *events.EventInput) { in.Registration = "" }, "registration"},
		"filed when":            {func(in *events.EventInput) { in.Registration = "filed" }, "legal_filed_on"},
		"legal date":            {func(in *events.EventInput) { in.LegalIssuedOn = "hôm qua" }, "legal_issued_on"},
		"half a window":         {func(in *events.EventInput) { in.ApplyUntil = "" }, "apply_until"},
		"window reversed":       {func(in *events.EventInput) { in.ApplyFrom = "26/11/2026" }, "apply_until"},
		"window into the days":  {func(in *events.EventInput) { in.ApplyUntil = "27/11/2026" }, "apply_until"},
		"negative booths":       {func(in *events.EventInput) { in.Booths = "-1" }, "booths"},
		"too many passes":       {func(in *events.EventInput) { in.StaffPasses = "21" }, "staff_passes"},
		"capacity":              {func(in *events.EventInput) { in.Capacity = "2.000.000" }, "capacity"},
		"negative quota":        {func(in *events.EventInput) { in.Quotas[0].Max = "-1" }, "quotas"},
		"quota twice":           {func(in *events.EventInput) { in.Quotas = append(in.Quotas, in.Quotas[0]) }, "quotas"},
		"quota of nothing":      {func(in *events.EventInput) { in.Quotas[0].Group = "x" }, "quotas"},
		"item on no day":        {func(in *events.EventInput) { in.Items[0].Day = "1/12/2026" }, "items"},
		"item reversed":         {func(in *events.EventInput) { in.Items[0].EndsAt = "7h" }, "items"},
		"item without hour":     {func(in *events.EventInput) { in.Items[0].StartsAt = "" }, "items"},
		"item twice":            {func(in *events.EventInput) { in.Items = append(in.Items, in.Items[0]) }, "items"},
		"101 items":             {func(in *events.EventInput) { in.Items = manyItems(101) }, "items"},
		"cover is text":         {func(in *events.EventInput) { in.Cover = []byte("không phải ảnh") }, "cover"},
	} {
		_, err := k.App.Events.CreateEvent(t.Context(), organiser, with(c.change))
		if fields := testkit.FieldsOf(err); !slices.Equal(fields, []string{c.field}) {
			t.Errorf("%s: fields at fault %q, want %s (%v)", name, fields, c.field, err)
		}
	}
	events, _, err := k.App.Events.OfficeEvents(t.Context(), organiser, registry.EventFilter{})
	if err != nil || len(events) != 0 {
		t.Errorf("%d events after refusals, %v", len(events), err)
	}
}

func manyItems(n int) (items []events.ItemInput) {
	for i := range n {
		items = append(items, events.ItemInput{StartsAt: "8h", Title: "Mục " + strings.Repeat("i", i+1)})
	}
	return items
}

func TestAllFaultsAreToldAtOnce(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	_, err := k.App.Events.CreateEvent(t.Context(), organiser, events.EventInput{})
	want := []string{"kind", "title", "level", "organiser", "registration", "first_day", "venue", "area"}
	if diff := cmp.Diff(want, testkit.FieldsOf(err)); diff != "" {
		t.Error(diff)
	}
}

func TestEventOfAnOldUnitIsFoundUnderTodays(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	in := with(func(in *events.EventInput) {
		in.Area, in.FirstDay, in.LastDay = "2025-before:01888", "30/6/2025", "30/6/2025"
		in.ApplyFrom, in.ApplyUntil, in.Items = "", "", nil
	})
	old, err := k.App.Events.CreateEvent(t.Context(), organiser, in)
	if err != nil {
		t.Fatal(err)
	}
	testkit.StepEvent(t, k, organiser, &old, registry.Announced)
	if old.State != registry.Ended {
		t.Errorf("an announced event of the past is %s", old.State)
	}
	k.Event()
	k.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "01912"}))
	found, _, err := k.App.Events.PublicEvents(t.Context(), registry.EventFilter{Area: "01912"})
	if err != nil || len(found) != 2 || found[0].ID != old.ID {
		t.Fatalf("%d events in xã Chợ Rã, %v; want the old one and the new one", len(found), err)
	}
	names := k.App.Events.EventPlace(old)
	want := events.EventPlace{Short: "thị trấn Chợ Rã", Name: "thị trấn Chợ Rã, huyện Ba Bể, Bắc Kạn", Other: "xã Chợ Rã, Thái Nguyên", Old: true}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	now := k.App.Events.EventPlace(found[1])
	if now.Name != "xã Chợ Rã, Thái Nguyên" || now.Old || !strings.HasPrefix(now.Other, "thị trấn Chợ Rã, ") || !strings.HasSuffix(now.Other, "huyện Ba Bể, Bắc Kạn") {
		t.Errorf("today's unit: %+v", now)
	}
}

func TestTypedEventComesBackTheSame(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e, err := k.App.Events.CreateEvent(t.Context(), organiser, with(func(in *events.EventInput) {
		in.Days = []events.DayInput{{Day: "28/11/2026", Out: true}, {Day: "29/11/2026", ClosesAt: "17h", Note: "bế mạc"}}
		in.Items = in.Items[1:]
	}))
	if err != nil {
		t.Fatal(err)
	}
	again, err := k.App.Events.EditEvent(t.Context(), organiser, e.ID, events.EventInputOf(testkit.RereadEvent(t, k, e.ID)))
	if err != nil {
		t.Fatal(err)
	}
	e = testkit.RereadEvent(t, k, e.ID)
	if diff := cmp.Diff(events.EventInputOf(e), events.EventInputOf(again)); diff != "" || len(e.Days) != 2 || e.Version != 2 {
		t.Errorf("version %d, %d days: %s", e.Version, len(e.Days), diff)
	}
}

func TestEditEvent(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e := k.Event()
	in := events.EventInputOf(e)
	in.Title, in.OpensAt = "Tên mới", "7h"
	edited, err := k.App.Events.EditEvent(t.Context(), organiser, e.ID, in)
	if err != nil || edited.Title != "Tên mới" || edited.Days[0].OpensAt != 420 || edited.Slug != e.Slug || edited.State != registry.Open {
		t.Fatalf("edited: %+v, %v", edited, err)
	}
	if _, err := k.App.Events.EditEvent(t.Context(), organiser, e.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("an old version: %v, want Conflict", err)
	}
	in = events.EventInputOf(edited)
	in.LastDay = "30/11/2026"
	if _, err := k.App.Events.EditEvent(t.Context(), organiser, e.ID, in); !slices.Equal(testkit.FieldsOf(err), []string{"first_day"}) {
		t.Errorf("other days of a public event: %v", err)
	}
	in = events.EventInputOf(edited)
	in.Area = "2025:01840"
	if _, err := k.App.Events.EditEvent(t.Context(), organiser, e.ID, in); !slices.Equal(testkit.FieldsOf(err), []string{"area"}) {
		t.Errorf("another unit of a public event: %v", err)
	}
	over := k.Event(testkit.InState(registry.Reported))
	if _, err := k.App.Events.EditEvent(t.Context(), organiser, over.ID, events.EventInputOf(over)); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a reported event: %v, want Conflict", err)
	}
	if got := testkit.RereadEvent(t, k, e.ID); got.Version != 2 || got.ClosesOn != "2026-11-29" {
		t.Errorf("after refusals: version %d, until %s", got.Version, got.ClosesOn)
	}
}

func TestCloneEvent(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	source, err := k.App.Events.CreateEvent(t.Context(), organiser, with(func(in *events.EventInput) {
		in.Registration, in.LegalFiledOn = "confirmed", "1/6/2026"
		in.Days = []events.DayInput{{Day: "28/11/2026", OpensAt: "6h"}}
	}))
	if err != nil {
		t.Fatal(err)
	}
	made, err := k.App.Events.CloneEvents(t.Context(), organiser, source.ID, []events.CloneRow{{Title: source.Title, Area: "2025:01840", FirstDay: "26/02/2027"}})
	if err != nil || len(made) != 1 {
		t.Fatal(made, err)
	}
	e := testkit.RereadEvent(t, k, made[0].ID)
	if e.State != registry.Draft || e.ClonedFrom != source.ID || e.Slug == source.Slug || e.Number == source.Number || e.Area.Code != "01840" {
		t.Errorf("clone: %+v", e)
	}
	if e.OpensOn != "2027-02-26" || e.ClosesOn != "2027-02-28" || e.Days[1].OpensAt != 360 || e.Items[1].Day != "2027-02-27" ||
		e.ApplyUntil != instant("2027-02-25", 0) {
		t.Errorf("dates were not all shifted: %+v", e)
	}
	if e.Legal != (registry.LegalBasis{Registration: registry.RegistrationToFile}) {
		t.Errorf("the registration of one event was copied to another: %+v", e.Legal)
	}
}

func TestAreaForAnotherEdition(t *testing.T) {
	k := testkit.NewApp(t)
	old := registry.AreaRef{Edition: registry.Edition2025Before, Code: "01900"}
	if got := k.App.AreaFor(old, "2026-01-01"); got != testkit.BaBe {
		t.Errorf("xã Cao Thượng today is %v", got)
	}
	if got := k.App.AreaFor(testkit.BaBe, "2026-01-01"); got != testkit.BaBe {
		t.Errorf("xã Ba Bể today is %v", got)
	}
	if got := k.App.AreaFor(testkit.BaBe, "2024-01-01"); !got.IsZero() {
		t.Errorf("xã Ba Bể came from several units, not from %v", got)
	}
}

func TestEventFilingWindow(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t) // 22/11/2026
	for name, c := range map[string]struct {
		opens, filed string
		registration registry.Registration
		want         registry.FilingState
		windows      string
	}{
		"exempt":      {"2026-12-01", "", registry.RegistrationNotNeeded, registry.FilingNotNeeded, "2025-12-01/2026-11-01"},
		"overdue":     {"2026-12-21", "", registry.RegistrationToFile, registry.FilingOverdue, "2025-12-21/2026-11-21"},
		"last day":    {"2026-12-22", "", registry.RegistrationToFile, registry.FilingDue, "2025-12-22/2026-11-22"},
		"first day":   {"2027-11-22", "", registry.RegistrationToFile, registry.FilingDue, "2026-11-22/2027-10-23"},
		"too early":   {"2027-11-23", "", registry.RegistrationToFile, registry.FilingTooEarly, "2026-11-23/2027-10-24"},
		"in time":     {"2026-12-01", "2026-11-01", registry.RegistrationConfirmed, registry.FilingInTime, "2025-12-01/2026-11-01"},
		"filed late":  {"2026-12-01", "2026-11-02", registry.RegistrationFiled, registry.FilingWasLate, "2025-12-01/2026-11-01"},
		"filed early": {"2026-12-01", "2025-11-30", registry.RegistrationFiled, registry.FilingWasEarly, "2025-12-01/2026-11-01"},
	} {
		e := registry.Event{OpensOn: c.opens, Legal: registry.LegalBasis{Registration: c.registration, FiledOn: c.filed}}
		f, ok, err := testkit.FilingOf(k, e)
		if err != nil || !ok || f.State != c.want || f.From+"/"+f.Until != c.windows {
			t.Errorf("%s: %+v, %t, %v", name, f, ok, err)
		}
	}
	if _, ok, _ := testkit.FilingOf(k, registry.Event{OpensOn: "2018-09-14", Legal: registry.LegalBasis{FiledOn: "2018-07-14"}}); ok {
		t.Error("a rule holds before it was in force")
	}
	k.Write(func(tx *store.Tx) error {
		return tx.SaveSetting(t.Context(), "event.filing_rules", `[{"from":"2018-07-15","earliest_days":365,"latest_days":30},`+
			`{"from":"2027-01-01","earliest_days":100,"latest_days":10,"basis":"Nghị định mới"}]`)
	})
	if f, _, _ := testkit.FilingOf(k, registry.Event{OpensOn: "2027-01-02"}); f.Rule.LatestDays != 30 {
		t.Errorf("what is filed in 2026 follows the rule of 2027: %+v", f)
	}
	if f, _, _ := testkit.FilingOf(k, registry.Event{OpensOn: "2027-01-12", Legal: registry.LegalBasis{FiledOn: "2027-01-02"}}); f.Until != "2027-01-02" || f.State != registry.FilingInTime {
		t.Errorf("what is filed in 2027 follows another rule: %+v", f)
	}
	// An event of the year after next cannot be filed before the new rule holds.
	if f, _, _ := testkit.FilingOf(k, registry.Event{OpensOn: "2028-01-02"}); f.Until != "2027-12-23" || f.Rule.Basis != "Nghị định mới" {
		t.Errorf("the rule of 2027 is not used: %+v", f)
	}
}
