package periods

import (
	"context"
	"slices"

	"hoicho/internal/committee"
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

// goalOf are the strands of a plan whose goal a figure reaches.
var goalOf = map[period.Code]committee.Strand{"sessions": committee.Sessions, "fairs": committee.Fairs, "communications": committee.Communications,
	"inspections": committee.Inspection, "supervisions": committee.Supervision, "outlets": committee.Outlets}

// fillGoals reads the goals of the year's plan of the province, where they are asked for.
func (a *Service) fillGoals(ctx context.Context, tx *store.Tx, _ registry.Actor, o *Overview) error {
	if o.Against != Goals || !o.Whole {
		return nil
	}
	o.Goals = map[period.Code]int64{}
	plans, err := tx.Plans(ctx, a.Areas.Scope(o.Province))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(plans, func(p committee.Plan) bool {
		return p.Year == o.Query.Period.Year && p.State != committee.PlanDraft && p.Area == o.Province
	})
	if i < 0 {
		return nil
	}
	plan, err := tx.Plan(ctx, plans[i].ID)
	for code, strand := range goalOf {
		if goal := plan.Target(strand).Goal; goal > 0 {
			o.Goals[code] = goal
		}
	}
	return err
}
