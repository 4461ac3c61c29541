package periods

import (
	"context"
	"slices"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// Chase is a unit whose report is missing, with who may be called about it.
type Chase struct {
	Unit
	State  period.State
	Begun  bool // something was typed
	People []stored.Caller
}

// callRoles are the roles whose holders keep the figures of a commune.
var callRoles = []registry.Role{registry.Reporter, registry.Organiser, registry.Communicator}

// fillChase lists what is missing, for the level above alone: telephones of officers for whoever
// sees those of accounts.
func (a *Service) fillChase(ctx context.Context, tx *store.Tx, actor registry.Actor, o *Overview) error {
	if !o.Above || o.Lock != nil {
		return nil
	}
	var areas []string
	for _, row := range o.Rows {
		if row.State != period.Open && row.State != period.Returned {
			continue
		}
		o.Chase = append(o.Chase, Chase{Unit: row.Unit, State: row.State, Begun: len(row.Report.Typed) > 0})
		if row.Body == "" {
			areas = append(areas, slices.DeleteFunc(slices.Clone(row.scope), func(code string) bool { return len(code) != 5 })...)
		}
	}
	callers, err := stored.Callers(ctx, tx, callRoles, areas)
	phones := actor.Can(registry.ViewPersonal, a.Areas.Scope(o.Province))
	for i := range o.Chase {
		for _, c := range callers {
			if slices.Contains(o.Chase[i].scope, c.Area) && o.Chase[i].Body == "" {
				if !phones {
					c.Phone = ""
				}
				o.Chase[i].People = append(o.Chase[i].People, c)
			}
		}
	}
	return err
}
