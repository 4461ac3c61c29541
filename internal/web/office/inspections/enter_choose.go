package inspections

import (
	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// unfit says why a record cannot be written about what was chosen, at the choices' fields.
func (f enterForm) unfit() error {
	kind, of := inspection.Kind(f.Kind), inspection.SubjectKind(f.Of)
	if !kind.About(of) {
		return registry.Faults{registry.At("ve", "inspection.error.subject")}
	}
	if f.Event == "" && kind.AtEvent(of) {
		return registry.Faults{registry.At("su-kien", "error.required")}
	}
	return nil
}

// choose asks what the record is about.
func (p *enterPage) choose(f enterForm, ch inspections.Choices) {
	events := []view.Option{{Label: p.T("register.no_event")}}
	for _, e := range ch.Events {
		events = append(events, view.Option{Value: string(e.ID), Label: view.SaidLine(e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn)), Selected: string(e.ID) == f.Event})
	}
	if f.Kind == "" {
		f.Kind = string(inspection.Inspection)
	}
	if f.Of == "" {
		f.Of = string(inspection.OfBooth)
	}
	p.Choose = p.Take(
		view.Field{Name: "loai", Type: "radios", Label: p.T("inspection.field.kind"), Options: view.Options(p.Base, "inspection.kind.", inspection.Kinds, f.Kind)},
		view.Field{Name: "ve", Type: "radios", Label: p.T("inspection.field.subject"), Options: view.Options(p.Base, "inspection.subject.", inspection.SubjectKinds, f.Of)},
		view.Field{Name: "su-kien", Type: "select", Label: p.T("inspection.field.event"), Hint: p.T("inspection.field.event.hint"), Options: events})
}
