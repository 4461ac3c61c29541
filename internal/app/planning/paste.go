package planning

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
	"hoicho/internal/yearplan"
	"hoicho/internal/yearplan/paste"
)

// PasteInput is a plan as it was pasted, with the event that its sessions are like.
type PasteInput struct {
	Pattern registry.EventID
	Year    int // of days without one
	Month   int // of days that are told alone; 0 none
	Table   paste.Table
	Key     string // of the form: one that is sent twice makes nothing twice
	Shown   string // digest of what was shown; "" nothing was
}

// PasteState says what becomes of a row.
type PasteState string

// The states of a row.
const (
	PasteNew     PasteState = "new"
	PasteThere   PasteState = "there"   // such a session is there already
	PasteConfirm PasteState = "confirm" // a guess is to be confirmed
	PasteWrong   PasteState = "wrong"
	PasteOut     PasteState = "out" // left out by whoever pasted it
)

// PasteStates are the states of a row, those first with which something is to be done.
var PasteStates = []PasteState{PasteWrong, PasteConfirm, PasteNew, PasteThere, PasteOut}

// PasteGuess is a cell that may be meant otherwise: Text is what it says once it is confirmed.
type PasteGuess struct {
	Field paste.Field
	Key   string
	Said  string
	Text  string
}

// PasteRow is a row as it is understood.
type PasteRow struct {
	paste.Row
	State       PasteState
	Unit        paste.Unit
	First, Last string
	Guesses     []PasteGuess
	Wrong       map[paste.Field]*registry.Error
	Event       registry.Event     // that is made of it
	There       registry.Event     // that is there already
	Differs     []paste.Field      // cells that say something else than what is there
	AsPattern   int                // days that it lasts because the pattern does; 0 the row says itself
	Findings    []yearplan.Finding // what stands in its way
	Advice      []events.Advice
}

// PastePlan is what becomes of a plan.
type PastePlan struct {
	Pattern registry.Event
	Table   paste.Table
	Rows    []PasteRow
	N       map[PasteState]int
	Digest  string
}

// Ready reports whether the plan can be made.
func (p PastePlan) Ready() bool {
	return p.N[PasteWrong] == 0 && p.N[PasteConfirm] == 0 && p.N[PasteNew] > 0
}

// ground is what a plan is read on.
type ground struct {
	province registry.Area
	rules    []registry.FilingRule
}

func (a *Service) ground(ctx context.Context) (g ground, err error) {
	if g.province, err = a.events.Province(ctx); err != nil {
		return g, err
	}
	set, err := a.SiteSettings(ctx)
	g.rules = set.Filing
	return g, err
}

// CheckPaste says how each row of a plan is understood, with all that is wrong and all that stands
// in its way. It stores nothing. The actor needs ManageEvents in the area of the pattern.
func (a *Service) CheckPaste(ctx context.Context, actor registry.Actor, in PasteInput) (p PastePlan, err error) {
	g, err := a.ground(ctx)
	if err != nil {
		return p, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = a.pastePlan(ctx, tx, actor, pasted{in, g})
		return err
	})
	return p, err
}

// pasted is a plan with what it is read on.
type pasted struct {
	PasteInput
	ground
}

func (a *Service) pastePlan(ctx context.Context, tx *store.Tx, actor registry.Actor, in pasted) (p PastePlan, err error) {
	if in.Year < FirstYear || in.Year > LastYear {
		return p, registry.Faults{registry.At("year", "planning.error.year", fmt.Sprint(FirstYear), fmt.Sprint(LastYear))}
	}
	if p.Pattern, err = a.events.EventFor(ctx, tx, actor, registry.ManageEvents, in.Pattern); err != nil {
		return p, err
	}
	if n := len(in.Table.Rows); n > paste.MostRows {
		return p, registry.Faults{registry.At("rows", "paste.error.many", n, paste.MostRows)}
	}
	p.Table = in.Table
	r := pasteReader{Service: a, actor: actor, pattern: p.Pattern, days: paste.Reader{Year: in.Year, Month: in.Month, From: a.Today()},
		units: &paste.Units{Index: a.communes(), Home: in.province.Ref}, lasts: in.Table.Has(paste.Until, paste.Days), twice: map[string]int{}}
	for _, row := range in.Table.Rows {
		p.Rows = append(p.Rows, r.read(row))
	}
	if err := a.meet(ctx, tx, actor, in, &p); err != nil {
		return p, err
	}
	p.sum()
	return p, nil
}

// meet holds the rows against the events that there are, and against one another.
func (a *Service) meet(ctx context.Context, tx *store.Tx, actor registry.Actor, in pasted, p *PastePlan) error {
	sessions, err := a.around(ctx, tx, actor, in, p.Rows)
	if err != nil {
		return err
	}
	there, rowOf := sessions, map[*yearplan.Session]*PasteRow{}
	for i := range p.Rows {
		r := &p.Rows[i]
		if !r.understood() {
			continue
		}
		s := a.placed([]registry.Event{r.Event})[0]
		s.Row = r.N
		if j := slices.IndexFunc(there, func(x *yearplan.Session) bool { return sameSession(x, s, p.Pattern.ID) }); j < 0 {
			rowOf[s] = r
			sessions = append(sessions, s)
		} else if r.State == PasteNew {
			r.State, r.There = PasteThere, there[j].Event
			r.differs()
		}
	}
	a.findFor(in, sessions, rowOf)
	return nil
}

// understood reports whether a row is read, so that a session can be made of it.
func (r *PasteRow) understood() bool { return r.State == PasteNew || r.State == PasteConfirm }

// around are the events from a month before the first row that is understood until a month after the
// last; nil where none is.
func (a *Service) around(ctx context.Context, tx *store.Tx, actor registry.Actor, in pasted, rows []PasteRow) ([]*yearplan.Session, error) {
	first, last := "9999", ""
	for _, r := range rows {
		if r.understood() {
			first, last = min(first, r.First), max(last, r.Last)
		}
	}
	if last == "" {
		return nil, nil
	}
	codes, all := actor.Reach(registry.ViewOffice)
	list, more, err := tx.Events(ctx, registry.EventFilter{Area: in.province.Ref.Code, Reach: codes, Limited: !all, From: vn.AddDays(first, -31), To: vn.AddDays(last, 31), Limit: yearMost})
	if err == nil && more {
		err = registry.Faults{registry.At("rows", "paste.error.full", yearMost)}
	}
	return a.placed(list), err
}

// findFor tells each row what stands in its way.
func (a *Service) findFor(in pasted, sessions []*yearplan.Session, rowOf map[*yearplan.Session]*PasteRow) {
	y := yearplan.Lay(in.Year, nil, sessions, nil)
	y.Find(yearplan.Judge{Today: a.Today(), Neighbours: a.neighbours, Rules: in.rules})
	for _, f := range y.Findings {
		if r := rowOf[f.Session]; r != nil {
			r.Findings = append(r.Findings, f)
		}
		if r := rowOf[f.Other]; r != nil {
			f.Session, f.Other = f.Other, f.Session
			r.Findings = append(r.Findings, f)
		}
	}
	for s, r := range rowOf {
		for _, x := range a.events.AdviceOn(s.Event, in.rules) {
			if x.Bad && !strings.HasPrefix(x.Key, "event.advice.filing.") { // told as a finding
				r.Advice = append(r.Advice, x)
			}
		}
	}
}

// sameSession reports whether an event is the session that a row asks for.
func sameSession(e, s *yearplan.Session, pattern registry.EventID) bool {
	if e.State == registry.Cancelled || e.OpensOn != s.OpensOn || e.Kind != s.Kind || !slices.Equal(e.Communes, s.Communes) {
		return false
	}
	return e.ClonedFrom == pattern || vn.Fold(e.Title) == vn.Fold(s.Title) || s.Venue != "" && vn.Fold(e.Venue) == vn.Fold(s.Venue)
}

// differs notes which cells say something else than the session that is there.
func (r *PasteRow) differs() {
	e, t := r.Event, r.There
	for _, x := range []struct {
		field paste.Field
		same  bool
	}{{paste.Booths, e.BoothsN == t.BoothsN}, {paste.Venue, vn.Fold(e.Venue) == vn.Fold(t.Venue)}, {paste.Days, e.ClosesOn == t.ClosesOn}, {paste.Until, e.ClosesOn == t.ClosesOn},
		{paste.Name, vn.Fold(e.Title) == vn.Fold(t.Title)}, {paste.Theme, e.Summary == t.Summary}, {paste.Hours, slices.Equal(e.Days, t.Days)}} {
		if r.Cells[x.field] != "" && !x.same {
			r.Differs = append(r.Differs, x.field)
		}
	}
}

// sum counts the rows, and makes the digest of what is shown of them.
func (p *PastePlan) sum() {
	p.N = map[PasteState]int{}
	digest := sha256.New()
	fmt.Fprintln(digest, p.Pattern.ID, p.Pattern.Version)
	for _, r := range p.Rows {
		p.N[r.State]++
		e := r.Event
		fmt.Fprintf(digest, "%d %s %v %s %s %q %q %q %v %d %s\n", r.N, r.State, e.Area, r.First, r.Last, e.Title, e.Venue, e.Summary, e.Days, e.BoothsN, r.There.ID)
		for _, f := range r.Findings {
			other := ""
			if f.Other != nil {
				other = fmt.Sprint(f.Other.ID, f.Other.Row)
			}
			fmt.Fprintln(digest, f.Kind, f.Severity, other)
		}
	}
	p.Digest = hex.EncodeToString(digest.Sum(nil)[:16])
}
