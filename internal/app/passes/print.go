package passes

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// The papers that a job prints.
const (
	PaperPasses = "passes.pdf" // passes, as A6 or eight on A4
	PaperSigns  = "signs.pdf"  // booth signs, one A4 page each
)

// The sheets that passes are printed on.
const (
	SheetA6 = string(print.A6)   // one pass a page
	SheetA4 = string(print.A4x8) // eight passes, to be cut
)

// PaperInput asks for printed passes of an event: of all that are in force, those
// that every field which is not empty leaves.
type PaperInput struct {
	Event     registry.EventID  `json:"event"`
	Paper     string            `json:"paper"`
	Kind      registry.PassKind `json:"kind"`
	Booth     registry.BoothID  `json:"booth"`     // its passes and the vehicles of who has it
	Passes    []registry.PassID `json:"passes"`    // these
	Text      string            `json:"text"`      // as in registry.PassFilter
	Unprinted bool              `json:"unprinted"` // not put on paper yet
	Sheet     string            `json:"sheet"`     // of passes: SheetA4 unless SheetA6
	Lang      string            `json:"lang"`
	Lacking   []string          `json:"lacking,omitempty"` // letters that the paper cannot show, found by StartPaper
}

// PaperLacks lists the letters that the paper of a job cannot show; none for a job
// that prints nothing.
func PaperLacks(job registry.Job) []string {
	var in PaperInput
	if job.Kind != PaperPasses && job.Kind != PaperSigns || json.Unmarshal([]byte(job.Payload), &in) != nil {
		return nil
	}
	return in.Lacking
}

// StartPaper queues the printing of an event's passes and returns the job to
// watch. The actor needs ManagePasses. Passes that are not valid are left out.
func (a *Service) StartPaper(ctx context.Context, actor registry.Actor, in PaperInput) (id registry.JobID, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, in.Event)
		if err != nil {
			return registry.Change{}, err
		}
		if err := in.check(); err != nil {
			return registry.Change{}, err
		}
		rows, err := tx.Passes(ctx, in.filter())
		if err != nil {
			return registry.Change{}, err
		}
		n := len(rows)
		if n == 0 {
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.nothing_to_print")
		}
		in.Lacking = a.lackingLetters(event, rows)
		id, err = core.StartJob(ctx, tx, registry.Job{Kind: in.Paper, TotalN: n, CreatedBy: actor.Account}, in)
		return registry.Change{Action: "pass.print", Object: "event", ID: string(in.Event), Scope: a.Areas.Scope(event.Area),
			Detail: fact.Facts{fact.Code("paper", fact.PassPaper, strings.TrimSuffix(in.Paper, ".pdf")), fact.Count("count", n)}}, err
	})
	return id, err
}

// lackingLetters are those of the event and its passes that no typeface has.
func (a *Service) lackingLetters(event registry.Event, rows []registry.PassRow) []string {
	paper := a.PaperEvent(event)
	texts := []string{paper.Title, paper.Venue}
	for i := range rows {
		texts = append(texts, rows[i].VendorName, rows[i].Label, rows[i].BoothCode)
	}
	return print.Lacking(texts...)
}

// check refuses what would print something else than was asked for.
func (in *PaperInput) check() error {
	var faults registry.Faults
	faults.Check(in.Paper == PaperPasses || in.Paper == PaperSigns, "paper", "error.choose")
	faults.Check(in.Kind == "" || in.Kind.Number() > 0, "kind", "error.choose")
	faults.Check(len(in.Passes) <= maxIssue, "passes", "error.pass.count", maxIssue)
	faults.Check(in.Sheet == "" || in.Sheet == SheetA4 || in.Sheet == SheetA6, "sheet", "error.choose")
	return faults.Err()
}

func (in *PaperInput) filter() registry.PassFilter {
	f := registry.PassFilter{Event: in.Event, Kind: in.Kind, Stall: in.Booth, Passes: in.Passes, Text: in.Text, Unprinted: in.Unprinted,
		State: registry.PassValid}
	if in.Paper == PaperSigns {
		f.Kind = registry.BoothPass
	}
	return f
}

// printPaper is the worker of both papers.
func (a *Service) printPaper(ctx context.Context, job registry.Job, progress func(done, total int)) (registry.File, error) {
	var in PaperInput
	if err := json.Unmarshal([]byte(job.Payload), &in); err != nil {
		return registry.File{}, err
	}
	var event registry.Event
	var rows []registry.PassRow
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if event, err = tx.Event(ctx, in.Event); err != nil {
			return err
		}
		rows, err = tx.Passes(ctx, in.filter())
		return err
	})
	if err != nil {
		return registry.File{}, err
	}
	var buf bytes.Buffer
	if in.Paper == PaperSigns {
		var signs []print.Sign
		if signs, err = a.signs(ctx, event, rows); err == nil {
			err = print.WriteBoothSigns(&buf, in.Lang, signs, progress)
		}
	} else {
		err = a.writePasses(&buf, in, event, rows, progress)
	}
	if err == nil && in.Paper == PaperPasses {
		err = a.notePrinted(ctx, rows)
	}
	return registry.File{ContentType: "application/pdf", Name: in.fileName(event), Data: buf.Bytes(), Event: in.Event}, err
}

// notePrinted remembers which passes are on paper, so that those of a change can be
// printed by themselves.
func (a *Service) notePrinted(ctx context.Context, rows []registry.PassRow) error {
	ids := make([]registry.PassID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.NotePrinted(ctx, ids) })
}

func (in *PaperInput) fileName(event registry.Event) string {
	name := "the-"
	if in.Paper == PaperSigns {
		name = "bien-gian-"
	}
	return name + event.Slug + ".pdf"
}

func (a *Service) writePasses(w io.Writer, in PaperInput, event registry.Event, rows []registry.PassRow, progress func(done, total int)) error {
	sheet := print.PassSheet{Lang: in.Lang, Layout: print.Layout(in.Sheet), Event: a.PaperEvent(event), Progress: progress}
	for i := range rows {
		sheet.Cards = append(sheet.Cards, print.CardOf(&rows[i].Pass, a.BaseURL, rows[i].BoothCode, rows[i].VendorName))
	}
	return print.WritePasses(w, sheet)
}

// signs are the booth signs of an event, with the goods of each vendor.
func (a *Service) signs(ctx context.Context, event registry.Event, rows []registry.PassRow) (signs []print.Sign, err error) {
	var goods map[registry.VendorID]string
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		goods, err = signGoods(ctx, tx, event.ID)
		return err
	})
	for i := range rows {
		signs = append(signs, print.Sign{Event: a.PaperEvent(event), Goods: goods[rows[i].Vendor],
			Card: print.CardOf(&rows[i].Pass, a.BaseURL, rows[i].BoothCode, rows[i].VendorName)})
	}
	return signs, err
}

// PaperEvent is what papers say of an event.
func (a *Service) PaperEvent(event registry.Event) print.Event {
	venue := event.Venue
	if area, ok := a.Areas.Lookup(event.Area); ok {
		venue = strings.TrimPrefix(venue+", "+a.Areas.LongName(area, event.OpensOn), ", ")
	}
	return print.Event{Title: event.Title, Venue: venue, Days: event.Days}
}

// signGoods says in one line what each vendor of an event brings.
func signGoods(ctx context.Context, tx *store.Tx, event registry.EventID) (map[registry.VendorID]string, error) {
	vendors, err := tx.BoothVendors(ctx, event)
	goods := map[registry.VendorID]string{}
	for _, v := range vendors {
		goods[v.Vendor] = strings.Join(v.Goods, ", ")
	}
	return goods, err
}

// VendorPaper writes the valid passes of a vendor at an event as a PDF of A6
// pages. Only members of the vendor get it; NotFound where there is no pass.
func (a *Service) VendorPaper(ctx context.Context, actor registry.Actor, vendor registry.VendorID, in PaperInput) (registry.File, error) {
	if !actor.Owns(vendor) {
		return registry.File{}, registry.E(registry.NotFound, "error.not_found")
	}
	var event registry.Event
	var rows []registry.PassRow
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if event, err = tx.Event(ctx, in.Event); err != nil {
			return err
		}
		rows, err = tx.Passes(ctx, registry.PassFilter{Event: in.Event, Vendor: vendor, State: registry.PassValid})
		return err
	})
	if err == nil && len(rows) == 0 {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return registry.File{}, err
	}
	var buf bytes.Buffer
	err = a.writePasses(&buf, in, event, rows, nil)
	return registry.File{ContentType: "application/pdf", Name: in.fileName(event), Data: buf.Bytes()}, err
}
