package periods

import (
	"context"

	"hoicho/internal/app/templates"
	"hoicho/internal/papertemplate"
	"hoicho/internal/period"
	"hoicho/internal/registry"
)

// owners are who may have a template for the paper of a committee: its province.
func (a *Service) owners(p Paper) templates.Owners {
	province, _ := a.Areas.Lookup(p.Communes.Province)
	owner := templates.Above(province, a.Areas.Scope(province.Ref), p.Writes())
	owner.All = false // it is the committee's own
	return templates.Owners{owner}
}

// TemplatePaper is the paper of a period as a template sees it. NotFound as Paper.
func (a *Service) TemplatePaper(ctx context.Context, actor registry.Actor, q Query) (t templates.Paper, err error) {
	p, err := a.Paper(ctx, actor, q)
	if err != nil {
		return t, err
	}
	return templates.Paper{Kind: papertemplate.OfPeriod, Owners: a.owners(p), Fields: p.Fields(), Name: p.fileName(), Object: "period"}, nil
}

// unitKinds are the kinds of paper of the forms that units report on.
var unitKinds = map[period.FormCode]papertemplate.Kind{period.CommuneForm: papertemplate.OfCommune, period.BranchForm: papertemplate.OfBranch}

// unitOwners are who may have a template for the paper of a unit: whoever files its report for the
// unit alone, the level above for all units of the province that have none.
func (a *Service) unitOwners(f File) templates.Owners {
	own := templates.Owner{Key: string(f.Unit.Body), Name: f.Unit.Name, Writes: f.Files, Scope: f.Unit.scope}
	if f.Unit.Body == "" {
		own.Key = f.Unit.Ref.String()
	}
	province, _ := a.Areas.Lookup(f.Province)
	return templates.Owners{own, templates.Above(province, a.Areas.Scope(f.Province), f.Above)}
}

// UnitTemplatePaper is the paper of a report as a template sees it. NotFound as UnitPaper.
func (a *Service) UnitTemplatePaper(ctx context.Context, actor registry.Actor, k period.Key) (t templates.Paper, err error) {
	p, err := a.UnitPaper(ctx, actor, k)
	if err != nil {
		return t, err
	}
	return templates.Paper{Kind: unitKinds[k.Form], Owners: p.Owners, Fields: p.Fields(), Name: unitFileName(k), Object: "period"}, nil
}
