package testkit

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// BaBe is xã Ba Bể in the province of Thái Nguyên, where events of tests stand.
var BaBe = registry.AreaRef{Edition: registry.Edition2025, Code: "01906"}

// eventsMade numbers the events of this process, so that no title stands twice.
var eventsMade atomic.Int64

// EventOption changes an event before it is stored.
type EventOption func(*registry.Event)

// InState puts an event into a state, on days that fit it at the test's start: an ended one
// lies two weeks back, a running one is on its first day, a closed one has its
// window of applications behind it, all others begin in five days.
func InState(state registry.EventState) EventOption {
	return func(e *registry.Event) {
		today := vn.DateOf(time.UnixMilli(e.CreatedAt))
		e.State = state
		switch state {
		case registry.Ended, registry.Reported:
			setDays(e, vn.AddDays(today, -14), 3)
		case registry.Running:
			setDays(e, today, 4)
		}
		switch state {
		case registry.Announced:
			setWindow(e, vn.AddDays(today, 1), e.Days[0].Day)
		case registry.Draft, registry.Planned, registry.Open:
		default:
			setWindow(e, vn.AddDays(e.Days[0].Day, -30), vn.AddDays(min(today, e.Days[0].Day), -1))
		}
		if state.NeedsReason() {
			e.StateReason = "Mưa lũ, đường vào chợ bị sạt"
		}
	}
}

// Titled names an event.
func Titled(title string) EventOption { return func(e *registry.Event) { e.Title = title } }

// OnDays puts an event on n days from the first, 8:00 to 21:00.
func OnDays(first string, n int) EventOption { return func(e *registry.Event) { setDays(e, first, n) } }

// InArea puts an event into a unit.
func InArea(ref registry.AreaRef) EventOption { return func(e *registry.Event) { e.Area = ref } }

// Event stores a market session at xã Ba Bể that takes applications and begins
// in five days. Options change it.
func (k *Kit) Event(options ...EventOption) registry.Event {
	k.T.Helper()
	start := StartFor(k.T)
	today := vn.DateOf(start)
	e := registry.Event{CreatedAt: start.UnixMilli(), Kind: registry.MarketSession, Level: registry.CommuneLevel, State: registry.Open,
		Title: fmt.Sprintf("Phiên chợ đưa hàng Việt về Ba Bể %d", eventsMade.Add(1)), Summary: "Hàng Việt về tận xã.",
		Area: BaBe, Venue: "Sân vận động xã Ba Bể", Point: registry.Point{LatE6: 22403400, LonE6: 105616600},
		Organiser: "Trung tâm Khuyến công và Xúc tiến thương mại", Phone: "02093870123",
		Legal:   registry.LegalBasis{Registration: registry.RegistrationNotNeeded, Number: "717/QĐ-UBND", IssuedOn: "2026-05-21", Issuer: "UBND tỉnh"},
		BoothsN: 20, StaffPasses: 4}
	setDays(&e, vn.AddDays(today, 5), 3)
	setWindow(&e, vn.AddDays(today, -10), vn.AddDays(today, 3))
	for _, change := range options {
		change(&e)
	}
	openAt(&e, start)
	k.Write(func(tx *store.Tx) error { return tx.InsertEvent(k.T.Context(), &e, k.App.Areas.Scope(e.Area)) })
	return e
}

func setDays(e *registry.Event, first string, n int) {
	e.Days = nil
	for i := range n {
		e.Days = append(e.Days, registry.EventDay{Day: vn.AddDays(first, i), OpensAt: opens, ClosesAt: closes})
	}
}

// Opening hours of every event, in minutes of the day.
const (
	opens  = 8 * 60
	closes = 21 * 60
)

// openAt opens an event round the clock when a test starts at night.
func openAt(e *registry.Event, start time.Time) {
	if h := start.In(vn.Zone).Hour(); h >= 8 && h < 20 {
		return
	}
	for i, d := range e.Days {
		if d.OpensAt == opens && d.ClosesAt == closes {
			e.Days[i].OpensAt, e.Days[i].ClosesAt = 0, 24*60
		}
	}
}

func setWindow(e *registry.Event, from, until string) {
	start, _ := vn.StartOf(from)
	end, _ := vn.StartOf(until)
	e.ApplyFrom, e.ApplyUntil = start.UnixMilli(), end.UnixMilli()
}

// TypedEvent is an event as an organiser fills it in.
func TypedEvent() events.EventInput {
	return events.EventInput{Kind: "market_session", Level: "commune", Title: "Phiên chợ đưa hàng Việt về Ba Bể",
		Summary: "Hàng Việt về tận xã", Area: "2025:01906", Venue: "Sân vận động xã", Place: "22.4034, 105.6166",
		Organiser: "Trung tâm Xúc tiến thương mại", CoOrganisers: "UBND xã Ba Bể\n\nHội Nông dân", Phone: "0209 3870 123",
		Registration: "not_needed", LegalNumber: "717/QĐ-UBND", LegalIssuedOn: "21/5/2026", LegalIssuer: "UBND tỉnh",
		FirstDay: "27/11/2026", LastDay: "29/11/2026", OpensAt: "8h", ClosesAt: "21h",
		ApplyFrom: "20/11/2026", ApplyUntil: "25/11/2026", Booths: "20", StaffPasses: "4",
		Quotas: []events.QuotaInput{{Group: "food", Max: "8"}},
		Items:  []events.ItemInput{{Day: "28/11/2026", StartsAt: "19h", Title: "Hát then"}, {StartsAt: "8:00", EndsAt: "9h30", Title: "Khai mạc"}, {}}}
}

// FilingOf is the window in which the registration of an event is to be filed, by the
// rules that are set, and how it stands; ok is false if no rule is in force then.
func FilingOf(k *Kit, e registry.Event) (f registry.Filing, ok bool, err error) {
	set, err := k.App.SiteSettings(k.T.Context())
	rule, ok := registry.FilingRuleOf(set.Filing, e, k.App.Today())
	return registry.FilingOf(e, rule, k.App.Today()), ok, err
}

// FieldsOf names the fields at fault, each once.
func FieldsOf(err error) (fields []string) {
	faults, ok := errors.AsType[registry.Faults](err)
	if e, one := errors.AsType[*registry.Error](err); one {
		faults, ok = registry.Faults{e}, true
	}
	for _, f := range faults {
		if f.Kind == registry.Invalid && !slices.Contains(fields, f.Field) {
			fields = append(fields, f.Field)
		}
	}
	if !ok {
		return nil
	}
	return fields
}

// StepEvent takes a step and reads the event anew.
func StepEvent(t *testing.T, k *Kit, actor registry.Actor, e *registry.Event, to registry.EventState) {
	t.Helper()
	in := lifecycle.StepInput{To: to, Version: e.Version}
	if to.NeedsReason() {
		in.Reason = "Mưa lũ"
	}
	if err := k.App.Lifecycle.StepEvent(t.Context(), actor, e.ID, in); err != nil {
		t.Fatalf("%s to %s: %v", e.State, to, err)
	}
	*e = RereadEvent(t, k, e.ID)
}

// RereadEvent returns an event as it is stored now.
func RereadEvent(t *testing.T, k *Kit, id registry.EventID) registry.Event {
	t.Helper()
	e, err := k.App.Events.Event(t.Context(), registry.SystemActor("test"), id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Series makes a series of events as they stand, which copy a pattern.
func (k *Kit) Series(pattern registry.Event, sessions ...registry.Event) recurrence.SeriesID {
	k.T.Helper()
	s := recurrence.Series{Pattern: pattern.ID, Rule: recurrence.Rule{Kind: recurrence.LunarDays, Days: []int{5, 20}, Short: recurrence.ShortSkip, First: "2026-01-01", Last: "2026-12-31"},
		CreatedBy: pattern.CreatedBy}
	k.Write(func(tx *store.Tx) error {
		if err := tx.InsertSeries(k.T.Context(), &s); err != nil {
			return err
		}
		for i, e := range sessions {
			if err := tx.LinkOccurrence(k.T.Context(), s.ID, registry.AddDays("2026-01-01", i), e.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return s.ID
}
