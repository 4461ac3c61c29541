package imports

import (
	"context"
	"encoding/json"
	"errors"
	"math"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
)

// partRows is how many rows are written in one transaction: some 30 ms, so that a gate waits
// for no more than that.
const partRows = 50

// order is what a job has to do.
type order struct{ Import intake.ID }

// Start has the rows of an import written by a job, if they still mean what was shown, which
// its digest says; else it is a Conflict. Rows of which one is wrong are not written.
func (s *Service) Start(ctx context.Context, actor registry.Actor, id intake.ID, shown string) error {
	p, err := s.Preview(ctx, actor, id) // not in the transaction that writes: gates would wait
	if err != nil {
		return err
	}
	if err := p.ready(shown); err != nil {
		return err
	}
	x := p.Import
	x.Shown, x.Total, x.Same = p.Digest, p.Added+p.Changed, p.Same
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		if err := intake.Start(ctx, tx, x); err != nil {
			return err
		}
		return s.queue(ctx, tx, writeJob, actor, x)
	})
}

// ready refuses to write what is wrong, or not what was shown.
func (p *Plan) ready(shown string) error {
	switch {
	case p.Digest != shown:
		return registry.E(registry.Conflict, "import.error.moved")
	case p.Wrong > 0:
		return registry.E(registry.Conflict, "import.error.wrong", p.Wrong)
	case !p.Writes():
		return registry.E(registry.Conflict, "import.error.nothing")
	}
	return nil
}

// queue has a job do the rest, in the name of the actor.
func (s *Service) queue(ctx context.Context, tx *store.Tx, kind string, actor registry.Actor, x intake.Import) error {
	_, err := core.StartJob(ctx, tx, registry.Job{Kind: kind, TotalN: x.Total, CreatedBy: actor.Account}, order{x.ID})
	return err
}

// begin reads what a job works on, as the one whose writes count from now on.
func (s *Service) begin(ctx context.Context, job registry.Job) (x intake.Import, actor registry.Actor, err error) {
	var o order
	if err := json.Unmarshal([]byte(job.Payload), &o); err != nil {
		return x, actor, err
	}
	err = s.DB.Write(ctx, func(tx *store.Tx) error {
		if err := intake.Claim(ctx, tx, o.Import, job.Lease); err != nil {
			return err
		}
		if x, err = intake.Get(ctx, tx, o.Import); err != nil {
			return err
		}
		actor, err = actorOf(ctx, tx, job.CreatedBy)
		return err
	})
	return x, actor, err
}

// actorOf is an account as it may act now; nobody once it is disabled.
func actorOf(ctx context.Context, tx *store.Tx, id registry.AccountID) (registry.Actor, error) {
	account, err := tx.Account(ctx, id)
	if err != nil || account.State != registry.AccountActive {
		return registry.Actor{}, err
	}
	return tx.Actor(ctx, account)
}

// write is the worker that writes the rows. What stops it leaves nothing written.
func (s *Service) write(ctx context.Context, job registry.Job, progress func(done, total int)) (registry.File, error) {
	x, actor, err := s.begin(ctx, job)
	if err != nil {
		return registry.File{}, err
	}
	err = s.empty(ctx, actor, &x, progress) // what a worker that died has written
	if err == nil {
		err = s.writeRows(ctx, actor, &x, progress)
	}
	if err == nil || ctx.Err() != nil {
		return registry.File{}, err
	}
	return registry.File{}, s.giveUp(ctx, actor, x, progress, err)
}

// writeRows writes all rows, part by part.
func (s *Service) writeRows(ctx context.Context, actor registry.Actor, x *intake.Import, progress func(done, total int)) error {
	var p Plan
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		p, err = s.plan(ctx, tx, actor, *x)
		return err
	})
	if err == nil {
		err = p.ready(x.Shown)
	}
	if err != nil {
		return err
	}
	x.Done, x.Added, x.Changed = 0, 0, 0
	rows := p.written()
	for n := 1; len(rows) > 0; n++ {
		part := rows[:min(partRows, len(rows))]
		if err := s.writePart(ctx, actor, x, n, part); err != nil {
			return err
		}
		rows = rows[len(part):]
		progress(x.Done, x.Total)
	}
	return s.finish(ctx, actor, *x)
}

// written are the rows that write anything.
func (p *Plan) written() (rows []*Row) {
	for i := range p.Rows {
		if act := p.Rows[i].Act; act == intake.Added || act == intake.Changed {
			rows = append(rows, &p.Rows[i])
		}
	}
	return rows
}

func (s *Service) writePart(ctx context.Context, actor registry.Actor, x *intake.Import, n int, rows []*Row) error {
	next := *x
	err := s.DB.Write(ctx, func(tx *store.Tx) error {
		next = *x // a transaction that is run again begins anew
		part := intake.Part{N: n}
		for _, row := range rows {
			e, err := s.registers[x.Kind].put(ctx, tx, actor, row)
			if err != nil {
				return err
			}
			part.Entries = append(part.Entries, e)
			tally(&next, e.Act)
		}
		if err := intake.InsertPart(ctx, tx, x.ID, part); err != nil {
			return err
		}
		return intake.Advance(ctx, tx, next)
	})
	*x = next
	return err
}

// tally counts a row that was written.
func tally(x *intake.Import, act intake.Act) {
	x.Done++
	if act == intake.Added {
		x.Added++
	} else {
		x.Changed++
	}
}

func (s *Service) finish(ctx context.Context, actor registry.Actor, x intake.Import) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		c := change("import.done", x, actor.Scope(s.registers[x.Kind].right()), fact.Count("added", x.Added), fact.Count("changed", x.Changed), fact.Count("same", x.Same))
		return c, intake.Finish(ctx, tx, x)
	})
}

// giveUp takes back what was written and notes why.
func (s *Service) giveUp(ctx context.Context, actor registry.Actor, x intake.Import, progress func(done, total int), why error) error {
	var now intake.Import
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		now, err = intake.Get(ctx, tx, x.ID)
		return err
	})
	if err != nil || now.Worker != x.Worker {
		return errors.Join(why, err) // another worker has it
	}
	x.Fault = "import.error.failed"
	if e, ok := errors.AsType[*registry.Error](why); ok && e.Key != "error.stale" {
		x.Fault = e.Key
	} else if now.Stopped {
		x.Fault = "import.error.stopped"
	}
	if actor.Anonymous() { // disabled meanwhile: what is half done is taken back all the same
		actor = registry.SystemActor("import")
	}
	if err := s.empty(ctx, actor, &x, progress); err != nil {
		return errors.Join(why, err)
	}
	if x.Fault == "import.error.failed" {
		s.Log.Error("import given up", "import", x.ID, "error", why.Error())
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error { return intake.Fail(ctx, tx, x) })
}

// empty takes back all that an import has written, the last first. Rows from which
// something else has gone on stay, and are counted.
func (s *Service) empty(ctx context.Context, actor registry.Actor, x *intake.Import, progress func(done, total int)) error {
	x.Done, x.Kept = 0, 0
	for below := math.MaxInt32; ; {
		var part intake.Part
		err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
			part, err = intake.LastPart(ctx, tx, x.ID, below)
			return err
		})
		if err != nil || part.N == 0 {
			return err
		}
		if err := s.emptyPart(ctx, actor, x, part); err != nil {
			return err
		}
		below = part.N
		progress(x.Done, x.Total)
	}
}

// emptyPart takes back the rows of a part in one transaction; where that fails, each in one
// of its own, because an engine may give up the whole of a transaction for one of them.
func (s *Service) emptyPart(ctx context.Context, actor registry.Actor, x *intake.Import, part intake.Part) error {
	left, err := s.emptyTogether(ctx, actor, *x, part)
	if kind := registry.KindOf(err); kind == registry.Conflict || kind == registry.Invalid {
		left, err = s.emptySingly(ctx, actor, *x, part)
	}
	if err != nil {
		return err
	}
	x.Done += len(part.Entries) - left
	x.Kept += left
	return s.DB.Write(ctx, func(tx *store.Tx) error { return intake.AdvanceUndo(ctx, tx, *x) })
}

func (s *Service) emptyTogether(ctx context.Context, actor registry.Actor, x intake.Import, part intake.Part) (left int, err error) {
	err = s.DB.Write(ctx, func(tx *store.Tx) error {
		stays := intake.Part{N: part.N}
		for i := len(part.Entries) - 1; i >= 0; i-- {
			e := part.Entries[i]
			switch err := s.registers[x.Kind].free(ctx, tx, actor, e); {
			case kept(err):
				stays.Entries = append([]intake.Entry{e}, stays.Entries...)
				continue
			case err != nil:
				return err
			}
			if err := s.registers[x.Kind].back(ctx, tx, actor, e); err != nil {
				return err
			}
		}
		left = len(stays.Entries)
		return intake.LeavePart(ctx, tx, x.ID, stays)
	})
	return left, err
}

// kept reports whether an error says that a row stays: somebody has gone on from it, it is
// gone, or it is not the actor's any more.
func kept(err error) bool {
	switch registry.KindOf(err) {
	case registry.Conflict, registry.NotFound, registry.Forbidden, registry.Invalid:
		return true
	}
	return false
}

func (s *Service) emptySingly(ctx context.Context, actor registry.Actor, x intake.Import, part intake.Part) (left int, err error) {
	stays := part
	for i := len(part.Entries) - 1; i >= 0; i-- {
		next := intake.Part{N: part.N, Entries: append(append([]intake.Entry{}, stays.Entries[:i]...), stays.Entries[i+1:]...)}
		err := s.DB.Write(ctx, func(tx *store.Tx) error {
			if err := s.registers[x.Kind].back(ctx, tx, actor, part.Entries[i]); err != nil {
				return err
			}
			return intake.LeavePart(ctx, tx, x.ID, next)
		})
		switch {
		case err == nil:
			stays = next
		case !kept(err):
			return len(stays.Entries), err
		}
	}
	return len(stays.Entries), nil
}

// Effect is what taking back an import would do.
type Effect struct {
	Removed  int // rows that it made
	Restored int // rows that it changed
	Kept     int // rows from which something else has gone on
}

// UndoEffect says what taking back an import would do now.
func (s *Service) UndoEffect(ctx context.Context, actor registry.Actor, id intake.ID) (f Effect, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		x, err := s.importFor(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		parts, err := intake.Parts(ctx, tx, id)
		for _, part := range parts {
			for _, e := range part.Entries {
				switch err := s.registers[x.Kind].free(ctx, tx, actor, e); {
				case kept(err):
					f.Kept++
				case err != nil:
					return err
				case e.Act == intake.Added:
					f.Removed++
				default:
					f.Restored++
				}
			}
		}
		return err
	})
	return f, err
}

// Undo has an import taken back by a job, as far as nothing else has gone on from its rows.
// It is a Conflict once that is too late.
func (s *Service) Undo(ctx context.Context, actor registry.Actor, id intake.ID, version int64) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		x, err := s.importFor(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if tx.Now().After(UndoUntil(x)) {
			return registry.Change{}, registry.E(registry.Conflict, "import.error.too_late")
		}
		x.Version = version
		if err := intake.StartUndo(ctx, tx, x); err != nil {
			return registry.Change{}, err
		}
		return change("import.undo", x, actor.Scope(s.registers[x.Kind].right())), s.queue(ctx, tx, undoJob, actor, x)
	})
}

// takeBackAll is the worker that takes an import back.
func (s *Service) takeBackAll(ctx context.Context, job registry.Job, progress func(done, total int)) (registry.File, error) {
	x, actor, err := s.begin(ctx, job)
	if err == nil {
		err = s.empty(ctx, actor, &x, progress)
	}
	if err != nil {
		return registry.File{}, err
	}
	return registry.File{}, s.DB.Write(ctx, func(tx *store.Tx) error { return intake.FinishUndo(ctx, tx, x) })
}
