package vouchers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/pass"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// PaperVouchers is the kind of the job that prints vouchers.
const PaperVouchers = "vouchers.pdf"

// Sheets is how many A4 sheets so many vouchers take.
func Sheets(n int) int { return (n + print.VouchersASheet - 1) / print.VouchersASheet }

// PaperInput asks for vouchers of a pack on paper.
type PaperInput struct {
	From, Until string // serials as typed; empty: the first and the last
	Lang        string
}

// paperJob is what the worker reads.
type paperJob struct {
	Event registry.EventID `json:"event"`
	Pack  int              `json:"pack"`
	From  int              `json:"from"`
	Until int              `json:"until"`
	Lang  string           `json:"lang"`
}

// read checks which serials are asked for.
func (in *PaperInput) read(pack *registry.Pack) (from, until int, err error) {
	var typed core.Input
	from, until = 1, pack.Count
	if in.From != "" {
		from = typed.Count("from", in.From)
	}
	if in.Until != "" {
		until = typed.Count("until", in.Until)
	}
	typed.Faults.Check(from >= 1 && from <= pack.Count, "from", "voucher.error.serial", pack.Count)
	typed.Faults.Check(until >= from && until <= pack.Count, "until", "voucher.error.serial", pack.Count)
	return from, until, typed.Faults.Err()
}

// StartPaper queues the printing of vouchers of a pack and returns the job to watch. The
// actor needs ManageEvents in the event's area. Invalid at a serial; Conflict for a pack
// that was called in.
func (a *Service) StartPaper(ctx context.Context, actor registry.Actor, ref PackRef, in PaperInput) (job registry.JobID, err error) {
	err = a.changePack(ctx, actor, ref, func(tx *store.Tx, event registry.Event, pack registry.Pack) (registry.Change, error) {
		from, until, err := in.read(&pack)
		if err != nil {
			return registry.Change{}, err
		}
		if pack.State == registry.PassRevoked {
			return registry.Change{}, registry.E(registry.Conflict, "voucher.error.step")
		}
		job, err = core.StartJob(ctx, tx, registry.Job{Kind: PaperVouchers, TotalN: until - from + 1, CreatedBy: actor.Account},
			paperJob{Event: ref.Event, Pack: ref.Number, From: from, Until: until, Lang: in.Lang})
		return a.change("voucher.print", event, pack, fact.Number("voucher.from", from), fact.Number("voucher.until", until)), err
	})
	return job, err
}

// printVouchers is the worker that prints vouchers.
func (a *Service) printVouchers(ctx context.Context, job registry.Job, progress func(done, total int)) (registry.File, error) {
	var in paperJob
	if err := json.Unmarshal([]byte(job.Payload), &in); err != nil {
		return registry.File{}, err
	}
	var sheet print.VoucherSheet
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		sheet, err = a.voucherSheet(ctx, tx, in)
		return err
	})
	if err != nil {
		return registry.File{}, err
	}
	sheet.Progress = progress
	var buf bytes.Buffer
	if err := print.WriteVouchers(&buf, sheet); err != nil {
		return registry.File{}, fmt.Errorf("vouchers of pack %d of %s: %w", in.Pack, in.Event, err)
	}
	if err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.NotePackPrinted(ctx, in.Event, in.Pack) }); err != nil {
		return registry.File{}, err
	}
	name := fmt.Sprintf("phieu-tap-%d-so-%d-%d.pdf", in.Pack, in.From, in.Until)
	return registry.File{ContentType: "application/pdf", Name: name, Data: buf.Bytes(), Event: in.Event}, nil
}

// voucherSheet is what is printed.
func (a *Service) voucherSheet(ctx context.Context, tx *store.Tx, in paperJob) (s print.VoucherSheet, err error) {
	event, err := tx.Event(ctx, in.Event)
	if err != nil {
		return s, err
	}
	pack, err := tx.Pack(ctx, in.Event, in.Pack)
	if err != nil {
		return s, err
	}
	vouchers, err := tx.PackVouchers(ctx, in.Event, in.Pack, in.From, in.Until)
	s = print.VoucherSheet{Lang: in.Lang, Event: a.Passes.PaperEvent(event), Pack: pack.Number, Title: pack.Title, Value: vn.Dong(pack.ValueDong),
		Words: vn.DongWords(pack.ValueDong), FirstDay: pack.FirstDay, Days: pack.Days, Scope: pack.Scope, Groups: pack.Groups, Booths: pack.Booths, Test: pack.Test}
	for i := range vouchers {
		v := &vouchers[i]
		if v.State == registry.PassValid {
			s.Vouchers = append(s.Vouchers, print.Voucher{Code: v.Code, QRText: pass.Text(a.BaseURL, v.Code, v.Proof), Serial: v.Ordinal})
		}
	}
	return s, err
}

// HandoutPaper writes the list with which vouchers of a pack are handed out as a PDF:
// serials and room for signatures. The actor needs ViewFigures in the event's area.
// Invalid at a serial.
func (a *Service) HandoutPaper(ctx context.Context, actor registry.Actor, ref PackRef, in PaperInput) (registry.File, error) {
	d, pack, err := a.Pack(ctx, actor, ref)
	if err != nil {
		return registry.File{}, err
	}
	from, until, err := in.read(&pack.Pack)
	if err != nil {
		return registry.File{}, err
	}
	sheet := print.HandoutSheet{Sheet: a.sheet(d.Event, in.Lang), Pack: ref.Number, Title: pack.Title, Value: vn.Dong(pack.ValueDong), From: from, Until: until}
	var buf bytes.Buffer
	if err := print.WriteHandout(&buf, sheet); err != nil {
		return registry.File{}, fmt.Errorf("hand-out list of pack %d of %s: %w", ref.Number, ref.Event, err)
	}
	return registry.File{ContentType: "application/pdf", Name: fmt.Sprintf("phat-phieu-tap-%d.pdf", ref.Number), Data: buf.Bytes()}, nil
}

// sheet is what stands on every list.
func (a *Service) sheet(e registry.Event, lang string) print.Sheet {
	return print.Sheet{Lang: lang, Event: a.Passes.PaperEvent(e), PrintedAt: a.DB.Now().In(vn.Zone)}
}
