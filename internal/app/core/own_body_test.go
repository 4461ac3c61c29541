package core_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestWhatOfARegisterSomebodyReads(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	branch, _ := k.Officer(registry.Branch, "19")
	before := []string{"before"}
	for claim, c := range map[string]struct {
		actor  registry.Actor
		kind   registry.Kind
		codes  []string
		bodies bool
	}{
		"the system all":                              {registry.SystemActor("test"), 0, nil, false},
		"who reads plans that of its areas":           {organiser, 0, []string{"19"}, false},
		"who acts for bodies theirs, though for none": {branch, 0, before, true},
		"anybody else nothing":                        {registry.Actor{Account: "x"}, registry.NotFound, before, false},
	} {
		t.Run(claim, func(t *testing.T) {
			codes, bodies := before, []registry.BodyID(nil)
			k.Read(func(tx *store.Tx) error {
				reach, err := core.ReachOf(t.Context(), tx, c.actor, registry.ViewTasks)
				if registry.KindOf(err) != c.kind {
					t.Errorf("%v", err)
				}
				if err == nil {
					reach.Narrow(&codes, &bodies)
				}
				return nil
			})
			if !slices.Equal(codes, c.codes) || (codes == nil) != (c.codes == nil) || (bodies != nil) != c.bodies {
				t.Errorf("areas %v, bodies %v", codes, bodies)
			}
		})
	}
}
