// Package templates holds the use cases of the Word templates that offices have of their own for
// their papers: one mechanism for every kind of paper.
//
// Which paper it is, who may read it and who writes it says the room of the paper, which hands a
// Paper over; what the paper offers a template is what its reader may read on its page.
package templates

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/docxtemplate"
	"hoicho/internal/fact"
	"hoicho/internal/papertemplate"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/report/fields"
	"hoicho/internal/store"
	stored "hoicho/internal/store/papertemplate"
)

// Field is a value of a paper by the name under which a template asks for it.
type Field = fields.Field

// Service runs the use cases. New makes one.
type Service struct{ *core.Core }

// New makes a Service on what all share.
func New(c *core.Core) *Service { return &Service{c} }

// Owner is who may have a template for a paper.
type Owner struct {
	Key    string
	Name   string
	All    bool // it stands above: its template is for all below it that have none
	Writes bool // the actor manages it
	Scope  registry.Scope
}

// Owners are who may have a template for a paper, nearest first: the first that has one gives it.
type Owners []Owner

// Writes reports whether the actor manages the template of any of them.
func (o Owners) Writes() bool {
	return slices.ContainsFunc(o, func(owner Owner) bool { return owner.Writes })
}

// InUse is the nearest owner that has a template; false if none has.
func (o Owners) InUse(ctx context.Context, tx *store.Tx, kind papertemplate.Kind) (Owner, bool, error) {
	keys := make([]string, len(o))
	for i, owner := range o {
		keys[i] = owner.Key
	}
	having, err := stored.Having(ctx, tx, kind, keys)
	if i := slices.IndexFunc(o, func(owner Owner) bool { return slices.Contains(having, owner.Key) }); i >= 0 {
		return o[i], true, err
	}
	return Owner{}, false, err
}

// Above is the province that a unit lies in as an owner. Its key is its code alone: a province goes
// on having its template in another edition of the units.
func Above(province registry.Area, scope registry.Scope, writes bool) Owner {
	return Owner{Key: province.Ref.Code, Name: province.FullName(), All: true, Writes: writes, Scope: scope}
}

// OfArea are the owners of a paper about a place: the unit, and its province above it.
func OfArea(areas *registry.Areas, ref registry.AreaRef, writes func(registry.Scope) bool) (list Owners) {
	if unit, ok := areas.Lookup(ref); ok && !ref.IsProvince() {
		scope := areas.Scope(ref)
		list = append(list, Owner{Key: ref.String(), Name: unit.FullName(), Writes: writes(scope), Scope: scope})
	}
	if province, ok := areas.Province(ref); ok {
		scope := areas.Scope(province.Ref)
		list = append(list, Above(province, scope, writes(scope)))
	}
	return list
}

// Paper is a paper as a template sees it.
type Paper struct {
	Kind   papertemplate.Kind
	Owners Owners
	Fields fields.Paper // as far as the actor reads the paper
	Waits  error        // why it does not go out yet; nil for one that does
	Lang   string
	Name   string // of a file, without its ending
	Object string // how the audit log names what the paper is about
	ID     string
}

// Sheet is the template of an owner beside a paper whose values show what each field says.
type Sheet struct {
	Paper
	Owner    Owner
	Template papertemplate.Template // of version 0 if there is none
	Used     Owner                  // whose template the paper is written into; its key is "" if nobody has one
}

// owner finds the owner of a key among those whose template the actor manages; the nearest one for
// "". NotFound for another one.
func (p Paper) owner(key string) (Owner, error) {
	for _, o := range p.Owners {
		if o.Writes && (key == "" || o.Key == key) {
			return o, nil
		}
	}
	return Owner{}, core.ErrHidden()
}

// Sheet returns the template of an owner, "" for the nearest. NotFound for whoever does not manage
// it.
func (a *Service) Sheet(ctx context.Context, p Paper, owner string) (s Sheet, err error) {
	s.Paper = p
	if s.Owner, err = p.owner(owner); err != nil {
		return s, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if s.Template, err = stored.Template(ctx, tx, papertemplate.Key{Kind: p.Kind, Owner: s.Owner.Key}); err != nil {
			return err
		}
		s.Used, _, err = p.Owners.InUse(ctx, tx, p.Kind)
		return err
	})
	return s, err
}

// Input is a template as it was uploaded.
type Input struct {
	Owner    string // "" for the nearest
	FileName string
	Data     []byte
	Version  int64 // of the one that was read; 0 where there was none
}

// Save makes a Word document the template of an owner. It is filled with the paper before it is
// stored. Invalid at "file" for one that cannot be filled; Conflict if a colleague was quicker;
// NotFound for whoever does not manage it.
func (a *Service) Save(ctx context.Context, actor registry.Actor, p Paper, in Input) error {
	owner, err := p.owner(in.Owner)
	if err != nil {
		return err
	}
	if len(in.Data) == 0 {
		return registry.At("file", "template.error.none")
	}
	if _, err := p.Fields.Fill(in.Data); err != nil {
		if fault := docxtemplate.FaultOf(err); fault != nil {
			err = registry.At("file", "template.error."+string(fault.What), fault.Text)
		}
		return err
	}
	name := core.Input{}
	t := papertemplate.Template{Key: papertemplate.Key{Kind: p.Kind, Owner: owner.Key}, Data: in.Data, SavedBy: actor.Name, Version: in.Version,
		FileName: name.Line("file", path.Base(strings.ReplaceAll(in.FileName, "\\", "/")), 200)}
	if err := name.Faults.Err(); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		return p.change("template.save", owner, t.FileName), stored.Save(ctx, tx, t, actor.Account)
	})
}

// Drop takes the template of an owner out of use. Conflict if a colleague was quicker; NotFound as
// Save.
func (a *Service) Drop(ctx context.Context, actor registry.Actor, p Paper, in Input) error {
	owner, err := p.owner(in.Owner)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		key := papertemplate.Key{Kind: p.Kind, Owner: owner.Key}
		t, err := stored.Template(ctx, tx, key)
		if err != nil {
			return none, err
		}
		return p.change("template.drop", owner, t.FileName), stored.Drop(ctx, tx, key, in.Version)
	})
}

// change is how the audit log names what was done with a template.
func (p Paper) change(action string, o Owner, file string) registry.Change {
	return registry.Change{Action: action, Object: p.Object, ID: p.ID, Scope: o.Scope,
		Detail: fact.Facts{fact.Code("template.kind", fact.PaperKind, p.Kind), fact.Said("template.owner", o.Name), fact.Said("template.file", file)}}
}

// File is the template of an owner as it was uploaded. NotFound where there is none, and as Sheet.
func (a *Service) File(ctx context.Context, p Paper, owner string) (f registry.File, err error) {
	s, err := a.Sheet(ctx, p, owner)
	if err == nil && !s.Template.Is() {
		err = core.ErrHidden()
	}
	return registry.File{Name: s.Template.FileName, ContentType: report.DOCXType, Data: s.Template.Data}, err
}

// Sample is the paper with marks, to begin a template with. NotFound for whoever manages no template
// for it.
func (a *Service) Sample(p Paper) (f registry.File, err error) {
	if _, err := p.owner(""); err != nil {
		return f, err
	}
	f = registry.File{Name: "mau-bao-cao.docx", ContentType: report.DOCXType}
	f.Data, err = report.Sample(cmp.Or(p.Lang, "vi"), p.Fields)
	return f, err
}

// Filled is the paper in the template of the nearest owner that has one, for whoever reads the paper.
// NotFound where nobody has one; Conflict where it asks for what this paper does not have, and for a
// paper that does not go out yet.
func (a *Service) Filled(ctx context.Context, p Paper) (f registry.File, err error) {
	if p.Waits != nil {
		return f, p.Waits
	}
	var t papertemplate.Template
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		owner, has, err := p.Owners.InUse(ctx, tx, p.Kind)
		if err == nil && !has {
			err = registry.E(registry.NotFound, "error.not_found")
		}
		if err == nil {
			t, err = stored.Template(ctx, tx, papertemplate.Key{Kind: p.Kind, Owner: owner.Key})
		}
		return err
	})
	if err != nil {
		return f, err
	}
	f = registry.File{Name: p.Name + "-theo-mau.docx", ContentType: report.DOCXType}
	f.Data, err = p.Fields.Fill(t.Data)
	if fault := docxtemplate.FaultOf(err); fault != nil { // the forms of another year have other figures
		err = registry.E(registry.Conflict, "template.error.not_of_period", fault.Text)
	}
	return f, err
}
