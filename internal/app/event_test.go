package app_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
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
		"anybody, public":      {registry.Actor{}, public.ID, registry.Internal},
		"anybody, draft":       {registry.Actor{}, draft.ID, registry.NotFound},
		"vendor, draft":        {vendor, draft.ID, registry.NotFound},
		"other office, draft":  {theirs, draft.ID, registry.NotFound},
		"own office, draft":    {ours, draft.ID, registry.Internal},
		"own office, no event": {ours, "none", registry.NotFound},
	} {
		e, err := k.App.Event(t.Context(), c.actor, c.id)
		if registry.KindOf(err) != c.want || (err == nil) != (e.ID == c.id) {
			t.Errorf("%s: %q, %v", name, e.ID, err)
		}
		if bySlug, again := k.App.EventBySlug(t.Context(), c.actor, e.Slug); err == nil && (again != nil || bySlug.ID != e.ID) {
			t.Errorf("%s by slug %q: %q, %v", name, e.Slug, bySlug.ID, again)
		}
	}
}
