package procurement

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// CloseInput is the form that closes a period, or opens it again.
type CloseInput struct {
	Area   string `form:"area"` // code of a unit of today
	Year   int    `form:"year"`
	Part   string `form:"part"`
	Reason string `form:"reason"`
	Sure   bool   `form:"sure"`
}

// period reads of which period a form speaks; Malformed for what no page of ours sends.
func (a *Service) period(actor registry.Actor, in CloseInput) (p committee.Period, scope registry.Scope, err error) {
	p = committee.Period{Year: in.Year, Part: committee.Part(in.Part)}
	ref := registry.AreaRef{Edition: registry.Edition2025, Code: in.Area}
	_, known := a.Areas.Lookup(ref)
	if !known || !p.Part.Valid() || p.Year < committee.FirstPlanYear || p.Year > committee.LastPlanYear {
		return p, nil, registry.E(registry.Malformed, "error.malformed")
	}
	scope = a.Areas.Scope(ref)
	if !actor.Can(registry.ManagePlan, scope) {
		err = core.ErrHidden()
	}
	return p, scope, err
}

// Close ends that a period takes reports from the bodies of a unit; those that have not sent
// stay without. The actor needs ManagePlan there, else it is NotFound. Invalid at a field;
// Conflict for a period that is closed.
func (a *Service) Close(ctx context.Context, actor registry.Actor, in CloseInput) error {
	p, scope, err := a.period(actor, in)
	if err != nil {
		return err
	}
	r := core.Input{}
	c := committee.ProcurementClosing{Area: in.Area, Period: p, By: actor.Name, Reason: r.Needed("reason", in.Reason, committee.MaxProcurementReason)}
	r.Faults.Check(in.Sure, "sure", "procurement.error.sure")
	r.Faults.Check(p.FirstDay() <= a.Today(), "reason", "procurement.error.close_early")
	if err := r.Faults.Err(); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return closingChange("procurement.close", p, scope, c.Reason), tx.CloseProcurement(ctx, &c, actor.Account)
	})
}

// Reopen lets a closed period take reports again. The actor needs ManagePlan in the unit,
// else it is NotFound, as is a period that was not closed.
func (a *Service) Reopen(ctx context.Context, actor registry.Actor, in CloseInput) error {
	p, scope, err := a.period(actor, in)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return closingChange("procurement.reopen", p, scope, ""), tx.ReopenProcurement(ctx, in.Area, p)
	})
}

func closingChange(action string, p committee.Period, scope registry.Scope, reason string) registry.Change {
	return registry.Change{Action: action, Object: "procurement", Scope: scope, Detail: fact.Facts{fact.Number("procurement.year", p.Year),
		fact.Code("procurement.part", fact.YearPart, p.Part), fact.Said("reason", reason)}}
}
