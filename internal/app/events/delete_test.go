package events_test

import (
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestDeleteDraft removes a draft with all that the office made of it; its number is
// not given out again, its copy keeps the cover, and the log keeps a line.
func TestDeleteDraft(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	e, err := k.App.Events.CreateEvent(t.Context(), organiser, with(func(in *events.EventInput) { in.Cover = pngOf(40, 30) }))
	testkit.Works(t, err)
	testkit.Works(t, testkit.Second(k.App.Booths.AddBooths(t.Context(), organiser, e.ID, testkit.TypedGrid("A", 1, 3))))
	k.Gates(e.ID, 2)
	k.Phone(e.ID, registry.Steward, 1)
	testkit.Works(t, k.App.Admission.SaveGatePolicy(t.Context(), organiser, e.ID, admission.PolicyInput{MaxInside: 3, VisitorRule: registry.DefaultGatePolicy().VisitorRule}))
	made, err := k.App.Events.CloneEvents(t.Context(), organiser, e.ID, []events.CloneRow{{Area: "2025:01906", FirstDay: "4/12/2026"}})
	testkit.Works(t, err)
	x, err := k.App.Events.DeleteEffect(t.Context(), organiser, e.ID)
	if err != nil || x.Refused != nil || x.Booths != 3 || x.Gates != 2 || x.Phones != 1 || x.Items != 2 {
		t.Errorf("what goes: %+v, %v", x, err)
	}
	viewer, _ := k.Officer(registry.Viewer, "19")
	elsewhere, _ := k.Officer(registry.Organiser, "01")
	for name, c := range map[string]struct {
		actor   registry.Actor
		version int64
		want    registry.Kind
	}{"a viewer": {viewer, e.Version, registry.Forbidden}, "another area": {elsewhere, e.Version, registry.NotFound}, "nobody": {registry.Actor{}, e.Version, registry.NotFound},
		"an old version": {organiser, 7, registry.Conflict}} {
		if err := k.App.Events.DeleteEvent(t.Context(), c.actor, e.ID, c.version); registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := testkit.RereadEvent(t, k, e.ID).Number; n != e.Number {
		t.Errorf("number %d after refusals", n)
	}
	testkit.Works(t, k.App.Events.DeleteEvent(t.Context(), organiser, e.ID, e.Version))
	if _, err := k.App.Events.Event(t.Context(), organiser, e.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("after it was removed: %v", err)
	}
	if _, err := k.App.File(t.Context(), registry.Actor{}, testkit.RereadEvent(t, k, made[0].ID).Cover, ""); err != nil {
		t.Errorf("the cover of the copy: %v", err)
	}
	next, err := k.App.Events.CreateEvent(t.Context(), organiser, testkit.TypedEvent())
	testkit.Works(t, err)
	if next.Number <= made[0].Number {
		t.Errorf("number %d after %d", next.Number, made[0].Number)
	}
	admin, _ := k.Officer(registry.Admin, "")
	lines, err := k.App.Audit(t.Context(), admin, core.AuditFilter{Object: "event", ID: string(e.ID), Action: "event.delete"})
	if err != nil || len(lines) != 1 {
		t.Errorf("%d lines in the log, %v", len(lines), err)
	}
}

// TestWhatIsNotDeleted refuses to remove what the public has seen and what somebody
// else has a part in, with the reason.
func TestWhatIsNotDeleted(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	draft := func() registry.Event { return k.Event(testkit.InState(registry.Draft)) }
	open := k.Event()
	withdrawn := k.Event()
	testkit.Works(t, k.App.Lifecycle.StepEvent(t.Context(), organiser, withdrawn.ID, lifecycle.StepInput{To: registry.Draft, Version: 1}))
	applied := draft()
	vendor := k.Vendor()
	k.Application(applied, vendor.ID)
	told := draft()
	k.Write(func(tx *store.Tx) error {
		_, err := tx.InsertNotice(t.Context(), registry.Notice{Event: told.ID, Vendor: vendor.ID, Topic: "event", Key: "event.notice.moved"})
		return err
	})
	for name, c := range map[string]struct {
		e   registry.Event
		key string
	}{
		"a public event": {open, "event.fault.was_public"}, "one withdrawn": {testkit.RereadEvent(t, k, withdrawn.ID), "event.fault.was_public"},
		"one with an application": {applied, "event.fault.has_applications"}, "one with a notice": {told, "event.fault.held"},
	} {
		err := k.App.Events.DeleteEvent(t.Context(), organiser, c.e.ID, c.e.Version)
		if fault, ok := err.(*registry.Error); !ok || fault.Key != c.key || fault.Kind != registry.Conflict {
			t.Errorf("%s: %v", name, err)
		}
		testkit.RereadEvent(t, k, c.e.ID)
	}
}
