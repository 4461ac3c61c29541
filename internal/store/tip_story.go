package store

import (
	"context"
	"strconv"

	"hoicho/internal/registry"
)

// TipSteps returns the story of a tip, first to last.
func (tx *Tx) TipSteps(ctx context.Context, id registry.TipID) ([]registry.TipStep, error) {
	return collect(ctx, tx, func(row scanner) (s registry.TipStep, err error) {
		err = row.Scan(&s.N, &s.Act, &s.At, &s.By, &s.State, &s.Body, &s.Told, &s.Note)
		return s, err
	}, `SELECT n, act, at, by_name, state, body, told, note FROM tip_steps WHERE tip_id = $1 ORDER BY n`, string(id))
}

// StepTip adds a line to the story of a tip as it was read, and moves the tip to the state of
// the line. It is a Conflict if somebody else has added one since. The words of a closed tip,
// and of those joined to it, make a new tip when they are sent again.
func (tx *Tx) StepTip(ctx context.Context, t *registry.Tip, step registry.TipStep, by registry.AccountID) error {
	at := t.StateAt
	if step.State != t.State {
		at = tx.NowMS()
	}
	err := tx.must(ctx, errStale(), `
		UPDATE tips
		SET state = $4, state_at = $5, version = version + 1, same_key = CASE WHEN $4 = 'closed' THEN id ELSE same_key END
		WHERE id = $1 AND state = $2 AND version = $3`,
		string(t.ID), string(t.State), t.Version, string(step.State), at)
	if err != nil {
		return err
	}
	t.State, t.StateAt, t.Version = step.State, at, t.Version+1
	if step.State == registry.TipClosed {
		if _, err := tx.exec(ctx, `UPDATE tips SET same_key = id WHERE lead_id = $1`, string(t.ID)); err != nil {
			return err
		}
	}
	_, err = tx.exec(ctx, `
		INSERT INTO tip_steps (tip_id, n, act, state, at, by_id, by_name, body, told, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(t.ID), t.Version, string(step.Act), string(step.State), tx.NowMS(), string(by), step.By, step.Body, step.Told, step.Note)
	return err
}

// LeadTip joins a tip to another one, or with "" lets it go its own way again.
func (tx *Tx) LeadTip(ctx context.Context, id, lead registry.TipID) error {
	return tx.must(ctx, errStale(), `UPDATE tips SET lead_id = $2 WHERE id = $1`, string(id), null(lead))
}

// slipCounter begins the name of the counter of a year's slips.
const slipCounter = "slips of "

// InsertTipSlip stores the slip of a tip under the next number of its year.
func (tx *Tx) InsertTipSlip(ctx context.Context, s *registry.TipSlip, by registry.AccountID) error {
	n, err := tx.NextNumber(ctx, slipCounter+strconv.Itoa(s.Year))
	if err != nil {
		return err
	}
	s.N, s.IssuedAt = int(n), tx.NowMS()
	_, err = tx.exec(ctx, `
		INSERT INTO tip_slips (tip_id, year, n, body, ask, due_on, issued_at, by_id, by_name, answered_on, answer_paper, reminded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '')`,
		string(s.Tip), s.Year, s.N, s.Body, s.Ask, s.DueOn, s.IssuedAt, string(by), s.By)
	return err
}

const slipColumns = `k.tip_id, k.year, k.n, k.body, k.ask, k.due_on, k.issued_at, k.by_name, k.answered_on, k.answer_paper, k.reminded`

func scanSlip(row scanner) (s registry.TipSlip, err error) {
	err = row.Scan(&s.Tip, &s.Year, &s.N, &s.Body, &s.Ask, &s.DueOn, &s.IssuedAt, &s.By, &s.AnsweredOn, &s.AnswerPaper, &s.Reminded)
	return s, err
}

// TipSlip returns the slip of a tip; the zero one for a tip that was not handed over.
func (tx *Tx) TipSlip(ctx context.Context, id registry.TipID) (registry.TipSlip, error) {
	return one(ctx, tx, orZero(scanSlip), `SELECT `+slipColumns+` FROM tip_slips k WHERE k.tip_id = $1`, string(id))
}

// OpenSlips returns the slips of tips that are not closed whose answer is due on a day or was
// before it and is not in, the oldest first.
func (tx *Tx) OpenSlips(ctx context.Context, until string) ([]registry.TipSlip, error) {
	return collect(ctx, tx, scanSlip, `
		SELECT `+slipColumns+` FROM tip_slips k JOIN tips t ON t.id = k.tip_id
		WHERE k.answered_on = '' AND k.due_on <= $1 AND t.state <> 'closed' ORDER BY k.due_on, k.tip_id`, until)
}

// AnswerSlip notes the answer to the slip of a tip. It is a Conflict if one is noted.
func (tx *Tx) AnswerSlip(ctx context.Context, s registry.TipSlip) error {
	return tx.must(ctx, errStale(), `
		UPDATE tip_slips SET answered_on = $2, answer_paper = $3 WHERE tip_id = $1 AND answered_on = ''`,
		string(s.Tip), s.AnsweredOn, s.AnswerPaper)
}

// SlipReminded notes that a reminder of a slip was written. It is a Conflict if it was noted
// before, or the answer is in.
func (tx *Tx) SlipReminded(ctx context.Context, id registry.TipID, stage string) error {
	return tx.must(ctx, errStale(), `
		UPDATE tip_slips SET reminded = $2 WHERE tip_id = $1 AND answered_on = '' AND reminded <> $2`, string(id), stage)
}
