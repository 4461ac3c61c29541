package store

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

const passColumns = `p.id, p.event_id, p.code, p.kind, COALESCE(p.booth_id, ''), COALESCE(p.vendor_id, ''),
	COALESCE(p.application_id, ''), p.label, p.ordinal, p.ordinal_of, p.pack_n, p.first_day, p.days, p.test, p.key_id, p.proof,
	p.state, p.state_reason, p.replaced_by, p.bearer_id, p.issued_by, p.issued_at, p.blocked_at, p.revoked_at, p.version, e.number`

func passDest(p *registry.Pass) []any {
	return []any{&p.ID, &p.Event, &p.Code, &p.Kind, &p.Booth, &p.Vendor, &p.Application, &p.Label, &p.Ordinal,
		&p.OrdinalOf, &p.Pack, &p.FirstDay, &p.Days, &p.Test, &p.KeyID, &p.Proof, &p.State, &p.StateReason, &p.ReplacedBy, &p.Bearer,
		&p.IssuedBy, &p.IssuedAt, &p.BlockedAt, &p.RevokedAt, &p.Version, &p.EventNumber}
}

func scanPass(row scanner) (p registry.Pass, err error) {
	err = row.Scan(passDest(&p)...)
	return p, err
}

var errNoPass = registry.E(registry.NotFound, "error.pass.none")

// Pass returns a pass, or NotFound.
func (tx *Tx) Pass(ctx context.Context, id registry.PassID) (registry.Pass, error) {
	return one(ctx, tx, or(errNoPass, scanPass), `
		SELECT `+passColumns+` FROM passes p JOIN events e ON e.id = p.event_id WHERE p.id = $1`, string(id))
}

// PassByCode returns the pass with a code, or NotFound.
func (tx *Tx) PassByCode(ctx context.Context, code string) (registry.Pass, error) {
	return one(ctx, tx, or(errNoPass, scanPass), `
		SELECT `+passColumns+` FROM passes p JOIN events e ON e.id = p.event_id WHERE p.code = $1`, code)
}

// NextChange counts up the change number of an event's passes. Writers of one
// event queue here until they commit, so a later number is never seen first.
func (tx *Tx) NextChange(ctx context.Context, event registry.EventID) (int64, error) {
	return one(ctx, tx, orZero(column[int64]), `
		INSERT INTO event_changes (event_id, n, turn) VALUES ($1, 1, 0)
		ON CONFLICT (event_id) DO UPDATE SET n = event_changes.n + 1
		RETURNING n`, string(event))
}

// CodesTaken returns those of the codes that a pass has.
func (tx *Tx) CodesTaken(ctx context.Context, codes []string) ([]string, error) {
	var w where
	in(&w, "code", codes)
	return collect(ctx, tx, column[string], `SELECT code FROM passes`+w.String(), w.args...)
}

// CodesOf returns those of the codes that a pass of an event has.
func (tx *Tx) CodesOf(ctx context.Context, event registry.EventID, codes []string) ([]string, error) {
	var w where
	if err := among(tx, &w, "code", codes); err != nil {
		return nil, err
	}
	w.add("event_id = ?", string(event))
	return collect(ctx, tx, column[string], `SELECT code FROM passes`+w.String(), w.args...)
}

// codeBlocks is the setting that holds the blocks of pass codes which this
// database and those that it was restored from have used, the present one last.
const codeBlocks = "code_blocks"

// CodeBlock returns the block in which new pass codes lie. The first pass ever
// draws one.
func (tx *Tx) CodeBlock(ctx context.Context) (int, error) {
	used, err := tx.usedCodeBlocks(ctx)
	if err != nil {
		return 0, err
	}
	if len(used) == 0 {
		return tx.nextCodeBlock(ctx)
	}
	return used[len(used)-1], nil
}

func (tx *Tx) usedCodeBlocks(ctx context.Context) ([]int, error) {
	text, err := tx.Setting(ctx, codeBlocks)
	if err != nil {
		return nil, err
	}
	return splitNumbers(text)
}

// nextCodeBlock draws a block that was not used yet, and goes over to it. When all
// were, the longest unused half may be used again.
func (tx *Tx) nextCodeBlock(ctx context.Context) (int, error) {
	used, err := tx.usedCodeBlocks(ctx)
	if err != nil {
		return 0, err
	}
	if len(used) >= registry.CodeBlocks {
		used = used[len(used)-registry.CodeBlocks/2:]
	}
	block := rand.IntN(registry.CodeBlocks)
	for slices.Contains(used, block) {
		block = rand.IntN(registry.CodeBlocks)
	}
	return block, tx.SaveSetting(ctx, codeBlocks, joinNumbers(append(used, block)))
}

// InsertPasses stores new passes of one event under one change number. One without
// a bearer is the first of its own.
func (tx *Tx) InsertPasses(ctx context.Context, passes []registry.Pass) error {
	if len(passes) == 0 {
		return nil
	}
	change, err := tx.NextChange(ctx, passes[0].Event)
	if err != nil {
		return err
	}
	fresh := slices.Clone(passes)
	for i := range fresh {
		fresh[i].State, fresh[i].StateReason, fresh[i].ReplacedBy = registry.PassValid, "", ""
	}
	return tx.insertPassRows(ctx, fresh, change)
}

// insertPassRows stores passes as they are under a change number.
func (tx *Tx) insertPassRows(ctx context.Context, passes []registry.Pass, change int64) error {
	if len(passes) == 0 {
		return nil
	}
	first, err := tx.nextKeys(ctx, "passes", len(passes))
	if err != nil {
		return err
	}
	bearers, err := tx.bearerKeys(ctx, passes, first)
	if err != nil {
		return err
	}
	var args []any
	for i, p := range passes {
		args = append(args, first+int64(i), bearers[i], string(p.ID), p.Code, string(p.Event), string(p.Kind), null(p.Booth), null(p.Vendor),
			null(p.Application), p.Label, p.Ordinal, p.OrdinalOf, p.Pack, p.FirstDay, p.Days, flag(p.Test), p.KeyID, p.Proof,
			string(p.State), p.StateReason, string(p.ReplacedBy), string(cmp.Or(p.Bearer, p.ID)), passSortKey(&p), passWords(&p),
			string(p.IssuedBy), p.IssuedAt, p.BlockedAt, p.RevokedAt, 0, change, 1)
	}
	return tx.insertRows(ctx, `
		INSERT INTO passes (n, bearer_n, id, code, event_id, kind, booth_id, vendor_id, application_id, label, ordinal, ordinal_of, pack_n,
			first_day, days, test, key_id, proof, state, state_reason, replaced_by, bearer_id, sort_key, search_fold, issued_by,
			issued_at, blocked_at, revoked_at, printed_at, change_no, version)
		VALUES `, 31, args)
}

// bearerKeys returns for each of new passes the short key of its bearer's first pass: its
// own, counted from first, or that of the pass it takes the place of.
func (tx *Tx) bearerKeys(ctx context.Context, passes []registry.Pass, first int64) ([]int64, error) {
	var others []registry.PassID
	for _, p := range passes {
		if p.Bearer != "" && p.Bearer != p.ID {
			others = append(others, p.Bearer)
		}
	}
	known, err := tx.passKeys(ctx, others)
	if err != nil {
		return nil, err
	}
	bearers := make([]int64, len(passes))
	for i, p := range passes {
		bearers[i] = first + int64(i)
		if k, replaced := known[p.Bearer]; replaced {
			bearers[i] = k.n
		}
	}
	return bearers, nil
}

// passWords is what a search for the pass looks through.
func passWords(p *registry.Pass) string { return vn.Fold(p.Label) + " " + p.Code }

// passSortKey orders the passes of an event as people look for them: by booth, A2
// before A10, the booth's own pass before its staff; then lorries, officials and
// visitors by what is printed on them.
func passSortKey(p *registry.Pass) string {
	group := p.Kind.Number()
	if p.Booth != "" {
		group = 1
	}
	return fmt.Sprintf("%d%s%d%05d", group, vn.SortKey(p.Label), p.Kind.Number(), p.Ordinal)
}

// NotePrinted notes that passes have been put on paper.
func (tx *Tx) NotePrinted(ctx context.Context, ids []registry.PassID) error {
	var w where
	if err := among(tx, &w, "id", ids); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `UPDATE passes SET printed_at = `+w.arg(tx.NowMS())+w.String(), w.args...)
	return err
}

// StepPass moves a pass from the state it was read in to the next, with the
// reason told. Conflict if somebody moved it first.
func (tx *Tx) StepPass(ctx context.Context, p registry.Pass, next registry.PassState, reason string) error {
	change, err := tx.NextChange(ctx, p.Event)
	if err != nil {
		return err
	}
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE passes
		SET state = $3, state_reason = $4, change_no = $5, version = version + 1,
			blocked_at = CASE WHEN $3 = 'blocked' THEN CAST($6 AS BIGINT) ELSE 0 END,
			revoked_at = CASE WHEN $3 = 'revoked' THEN CAST($6 AS BIGINT) ELSE 0 END
		WHERE id = $1 AND state = $2`,
		string(p.ID), string(p.State), string(next), reason, change, tx.NowMS())
}

// ReplacePass revokes a pass in whose place another one was issued. One that died
// with its key keeps that reason. Conflict if somebody changed it first.
func (tx *Tx) ReplacePass(ctx context.Context, p registry.Pass, heir registry.PassID, reason string) error {
	change, err := tx.NextChange(ctx, p.Event)
	if err != nil {
		return err
	}
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE passes
		SET state = 'revoked', replaced_by = $3, change_no = $4, version = version + 1, blocked_at = 0,
			state_reason = CASE WHEN state = 'revoked' THEN state_reason ELSE $5 END,
			revoked_at = CASE WHEN state = 'revoked' THEN revoked_at ELSE CAST($6 AS BIGINT) END
		WHERE id = $1 AND state = $2 AND replaced_by = ''`,
		string(p.ID), string(p.State), string(heir), change, reason, tx.NowMS())
}

// RevokeBoothPasses revokes every pass of a booth that an application holds, and
// returns how many. Doing it again revokes none.
func (tx *Tx) RevokeBoothPasses(ctx context.Context, event registry.EventID, booth registry.BoothID, reason string) (int64, error) {
	change, err := tx.NextChange(ctx, event)
	if err != nil {
		return 0, err
	}
	return tx.exec(ctx, `
		UPDATE passes
		SET state = 'revoked', state_reason = $2, revoked_at = $3, change_no = $4, version = version + 1
		WHERE booth_id = $1 AND state <> 'revoked'`, string(booth), reason, tx.NowMS(), change)
}

// RevokeApplicationPasses revokes the passes of an application that belong to no
// booth of it, such as those of its vehicles.
func (tx *Tx) RevokeApplicationPasses(ctx context.Context, event registry.EventID, application registry.ApplicationID, reason string) (int64, error) {
	change, err := tx.NextChange(ctx, event)
	if err != nil {
		return 0, err
	}
	return tx.exec(ctx, `
		UPDATE passes
		SET state = 'revoked', state_reason = $2, revoked_at = $3, change_no = $4, version = version + 1
		WHERE application_id = $1 AND booth_id IS NULL AND state <> 'revoked'`, string(application), reason, tx.NowMS(), change)
}

// RevokeKeyPasses revokes every pass that a key signed.
func (tx *Tx) RevokeKeyPasses(ctx context.Context, key int, reason string) error {
	events, err := collect(ctx, tx, column[registry.EventID],
		`SELECT DISTINCT event_id FROM passes WHERE key_id = $1 AND state <> 'revoked' ORDER BY event_id`, key)
	if err != nil {
		return err
	}
	for _, event := range events {
		change, err := tx.NextChange(ctx, event)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `
			UPDATE passes
			SET state = 'revoked', state_reason = $3, revoked_at = $4, change_no = $5, version = version + 1
			WHERE key_id = $1 AND event_id = $2 AND state <> 'revoked'`,
			key, string(event), reason, tx.NowMS(), change); err != nil {
			return err
		}
	}
	return nil
}

// BlockVendorPasses blocks the passes of a vendor that are valid, or held with their booth,
// at the events that close on day or later, and returns how many. Doing it again blocks none.
func (tx *Tx) BlockVendorPasses(ctx context.Context, vendor registry.VendorID, day, reason string) (n int64, err error) {
	events, err := collect(ctx, tx, column[registry.EventID], `
		SELECT DISTINCT p.event_id FROM passes p JOIN events e ON e.id = p.event_id
		WHERE p.vendor_id = $1 AND (p.state = 'valid' OR p.state = 'blocked' AND p.state_reason = $3) AND e.closes_on >= $2
		ORDER BY p.event_id`, string(vendor), day, registry.PassHeld)
	if err != nil {
		return 0, err
	}
	return tx.changePasses(ctx, events, `
		UPDATE passes
		SET state = 'blocked', state_reason = $4, blocked_at = $5, change_no = $3, version = version + 1
		WHERE vendor_id = $1 AND event_id = $2 AND (state = 'valid' OR state = 'blocked' AND state_reason = $6)`,
		string(vendor), reason, tx.NowMS(), registry.PassHeld)
}

// UnblockVendorPasses makes the passes valid again that were blocked for a reason
// with their vendor, and returns how many. Doing it again changes none. Those of booths that
// may not open yet are held from then on.
func (tx *Tx) UnblockVendorPasses(ctx context.Context, vendor registry.VendorID, reason string) (n int64, err error) {
	events, err := collect(ctx, tx, column[registry.EventID], `
		SELECT DISTINCT event_id FROM passes
		WHERE vendor_id = $1 AND state = 'blocked' AND state_reason = $2 ORDER BY event_id`, string(vendor), reason)
	if err != nil {
		return 0, err
	}
	n, err = tx.changePasses(ctx, events, `
		UPDATE passes
		SET state = 'valid', state_reason = '', blocked_at = 0, change_no = $3, version = version + 1
		WHERE vendor_id = $1 AND event_id = $2 AND state = 'blocked' AND state_reason = $4`, string(vendor), reason)
	for _, event := range events {
		if err != nil {
			break
		}
		_, err = tx.SyncHolds(ctx, event)
	}
	return n, err
}

// changePasses runs an UPDATE for each event under a change number of its own. $1
// is whose passes, $2 the event, $3 the change number, and args follow.
func (tx *Tx) changePasses(ctx context.Context, events []registry.EventID, update, whose string, args ...any) (n int64, err error) {
	for _, event := range events {
		change, err := tx.NextChange(ctx, event)
		if err != nil {
			return n, err
		}
		changed, err := tx.exec(ctx, update, append([]any{whose, string(event), change}, args...)...)
		if err != nil {
			return n, err
		}
		n += changed
	}
	return n, nil
}
