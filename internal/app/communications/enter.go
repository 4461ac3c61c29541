package communications

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// MaxRows bounds how many entries are sent at once.
const MaxRows = 30

// Question is something about an entry that is asked back: nothing is written until the
// entry is sent again and confirmed.
type Question struct {
	Row   int // of those sent together
	Doubt committee.Doubt
	Args  []any // figures of the text "communication.doubt.<doubt>"
}

// Entered is an entry that was written.
type Entered struct {
	committee.Communication
	Before bool // it was sent before, and nothing was written again
}

// Enter writes what was done into the register: all of the rows, or none of them. What
// is not plausible comes back as questions, unless its row confirms it. The actor needs
// to keep the register in the unit, or to act for the body that did it. Faults of a row
// stand at "field.row", those of a single one at "field"; what an account has sent
// before under the same client's id is not written again.
func (a *Service) Enter(ctx context.Context, actor registry.Actor, rows []EntryInput) (done []Entered, asked []Question, err error) {
	if !actor.CanSomewhere(registry.Communicate) {
		return nil, nil, core.ErrHidden()
	}
	if len(rows) == 0 || len(rows) > MaxRows {
		return nil, nil, registry.E(registry.Invalid, "communication.error.rows", MaxRows)
	}
	for i := range rows {
		if rows[i].Client == "" {
			rows[i].Client = store.NewID[string]()
		}
		if id, err := uuid.Parse(rows[i].Client); err != nil || id.String() != rows[i].Client {
			return nil, nil, registry.E(registry.Malformed, "error.malformed")
		}
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		done, asked = nil, nil // the transaction may run again
		e := entering{Service: a, actor: actor, tx: tx}
		if e.channels, err = tx.Channels(ctx); err != nil {
			return err
		}
		for i, in := range rows {
			if err := e.row(ctx, i, in); err != nil {
				return err
			}
		}
		done, asked = e.done, e.asked
		if err := singly(e.faults, len(rows)).Err(); err != nil {
			return err
		}
		if len(asked) > 0 {
			return errAsked
		}
		return nil
	})
	if errors.Is(err, errAsked) {
		return nil, asked, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return done, nil, nil
}

// errAsked takes back what was written beside a row that is asked back.
var errAsked = registry.E(registry.Invalid, "communication.error.asked")

// singly takes the number of the row out of the fields where there is a single row.
func singly(faults registry.Faults, rows int) registry.Faults {
	for _, f := range faults {
		if rows == 1 && len(f.Field) > 2 {
			f.Field = f.Field[:len(f.Field)-len(".0")]
		}
	}
	return faults
}

// entering is rows on their way into the register.
type entering struct {
	*Service
	tx       *store.Tx
	actor    registry.Actor
	channels []committee.Channel
	done     []Entered
	asked    []Question
	faults   registry.Faults
}

// row writes one row, or keeps what is wrong with it.
func (e *entering) row(ctx context.Context, i int, in EntryInput) error {
	sent, err := e.tx.SentCommunication(ctx, e.actor.Account, in.Client)
	if err == nil {
		e.done = append(e.done, Entered{sent, true})
		return nil
	}
	if registry.KindOf(err) != registry.NotFound {
		return err
	}
	c := committee.Communication{Client: in.Client, EnteredBy: e.actor.Account, EnteredAs: e.actor.Name}
	if err = e.fill(in, e.channels, &c); err == nil {
		err = e.refer(ctx, e.tx, e.actor, committee.Communication{}, c)
	}
	if faults, ok := err.(registry.Faults); ok {
		for _, f := range faults {
			f.Field = fmt.Sprintf("%s.%d", f.Field, i)
		}
		e.faults = append(e.faults, faults...)
		return nil
	}
	if err != nil {
		return err
	}
	questions, err := e.doubts(ctx, e.tx, i, c)
	if err != nil {
		return err
	}
	if c.Asked = len(questions) > 0; c.Asked && !in.Confirm {
		e.asked = append(e.asked, questions...)
	}
	scope := e.Areas.Scope(c.Area)
	if err := e.tx.InsertCommunication(ctx, &c, scope); err != nil {
		return err
	}
	e.done = append(e.done, Entered{c, false})
	return e.tx.Audit(ctx, e.actor, registry.Change{Action: "communication.enter", Object: "communication", ID: string(c.ID), Scope: scope,
		Detail: summary(c, e.channels)})
}

// doubts are the questions about an entry that was read.
func (a *Service) doubts(ctx context.Context, tx *store.Tx, row int, c committee.Communication) (asked []Question, err error) {
	all, err := tx.Channels(ctx)
	if err != nil {
		return nil, err
	}
	channel, _ := committee.ChannelByID(all, c.Channel)
	for _, doubt := range c.Doubts(channel, a.Today()) {
		q := Question{Row: row, Doubt: doubt}
		switch doubt {
		case committee.DoubtCrowd:
			q.Args = []any{c.People, c.Times, committee.MaxGathering}
		case committee.DoubtTimes:
			q.Args = []any{c.Times, committee.MaxUsual}
		case committee.DoubtFuture:
			q.Args = []any{vn.ShowDate(max(c.From, c.Until))}
		}
		asked = append(asked, q)
	}
	twin, err := tx.TwinCommunication(ctx, &c)
	if twin > 0 {
		asked = append(asked, Question{row, committee.DoubtTwice, []any{committee.Communication{N: twin}.Number()}})
	}
	return asked, err
}
