package store

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/registry"
)

const scanColumns = `id, device_id, event_id, COALESCE(pass_id, ''), code, direction, gate_n, booth, vendor_id, boot, seq, at, corrected_at, mono_ms,
	received_at, mode, training, device_verdict, relay_verdict, verdict, answer, forced_by, void_of, void_reason, day, moves`

func scanScan(row scanner) (s registry.Scan, err error) {
	err = row.Scan(&s.ID, &s.Device, &s.Event, &s.Pass, &s.Code, &s.Direction, &s.Gate, &s.Booth, &s.Vendor, &s.Boot, &s.Seq, &s.At, &s.CorrectedAt, &s.MonoMS,
		&s.ReceivedAt, &s.Mode, &s.Training, &s.DeviceVerdict, &s.RelayVerdict, &s.Verdict, &s.Answer, &s.ForcedBy, &s.VoidOf, &s.VoidReason, &s.Day, &s.Moves)
	return s, err
}

// ScansByID returns the scans with these ids, which several devices may have
// used.
func (tx *Tx) ScansByID(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	if err := among(tx, &w, "id", ids); err != nil {
		return nil, err
	}
	return collect(ctx, tx, scanScan, `SELECT `+scanColumns+` FROM scans`+w.String(), w.args...)
}

// VoidsOf returns the scans that take one of these scans back.
func (tx *Tx) VoidsOf(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	if err := among(tx, &w, "void_of", ids); err != nil {
		return nil, err
	}
	w.add("void_of <> ''")
	return collect(ctx, tx, scanScan, `SELECT `+scanColumns+` FROM scans`+w.String(), w.args...)
}

// VoidsByDevice returns what takes scans back, one row for each of them and each
// device that did it, however often: its time is that of the first one, its reason
// one that was given. Only what Void looks at is filled in.
func (tx *Tx) VoidsByDevice(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	if err := among(tx, &w, "void_of", ids); err != nil {
		return nil, err
	}
	w.add("void_of <> '' AND training = 0")
	return collect(ctx, tx, func(row scanner) (s registry.Scan, err error) {
		err = row.Scan(&s.VoidOf, &s.Device, &s.CorrectedAt, &s.VoidReason)
		return s, err
	}, `
		SELECT void_of, device_id, MIN(corrected_at), MAX(void_reason)
		FROM scans`+w.String()+` GROUP BY void_of, device_id`, w.args...)
}

// NewestScan returns the newest scan that counts of a pass, if there is one.
func (tx *Tx) NewestScan(ctx context.Context, pass registry.PassID) ([]registry.Scan, error) {
	return collect(ctx, tx, scanScan, `
		SELECT `+scanColumns+` FROM scans WHERE pass_id = $1 AND moves = 1
		ORDER BY corrected_at DESC, device_id DESC, seq DESC LIMIT 1`, string(pass))
}

// FirstEntry returns the first entry that counts of a pass, or of a voucher the first
// taking, on a gate day, if there
// is one, looking in a stretch of corrected time.
func (tx *Tx) FirstEntry(ctx context.Context, pass registry.PassID, day string, within registry.TimeWindow) ([]registry.Scan, error) {
	return collect(ctx, tx, scanScan, `
		SELECT `+scanColumns+` FROM scans
		WHERE pass_id = $1 AND moves = 1 AND corrected_at >= $2 AND corrected_at < $3 AND day = $4 AND direction <> 'out'
		ORDER BY corrected_at, gate_n, booth, CASE mode WHEN 'paper' THEN 1 ELSE 0 END LIMIT 1`,
		string(pass), within.FromAt, within.UntilAt, day)
}

// DayScans returns the scans that count of passes, by their codes, in a stretch of
// corrected time and its order.
func (tx *Tx) DayScans(ctx context.Context, codes []string, within registry.TimeWindow) ([]registry.Scan, error) {
	var w where
	if err := among(tx, &w, "code", codes); err != nil {
		return nil, err
	}
	w = where{conds: []string{"moves = 1", "pass_id IN (SELECT bearer_id FROM passes" + w.String() + ")"}, args: w.args}
	w.add("corrected_at >= ? AND corrected_at < ?", within.FromAt, within.UntilAt)
	return collect(ctx, tx, scanScan, `
		SELECT `+scanColumns+` FROM scans`+w.String()+` ORDER BY corrected_at, device_id, seq`, w.args...)
}

// DeviceScans returns the scans that count of a device at a gate in a stretch of
// corrected time, in the order in which it made them.
func (tx *Tx) DeviceScans(ctx context.Context, device registry.DeviceID, gate int, within registry.TimeWindow) ([]registry.Scan, error) {
	return collect(ctx, tx, scanScan, `
		SELECT `+scanColumns+` FROM scans
		WHERE device_id = $1 AND gate_n = $2 AND corrected_at >= $3 AND corrected_at < $4 AND moves = 1
		ORDER BY seq`, string(device), gate, within.FromAt, within.UntilAt)
}

// Near is a stretch of corrected time in which a pass is looked at, its ends
// included.
type Near struct {
	Pass    registry.PassID
	FromAt  int64
	UntilAt int64
}

// nearBatch is how many stretches one statement looks at: it bounds the
// placeholders.
const nearBatch = 500

// nearColumns is what tells whether a scan counts.
const nearColumns = `id, device_id, event_id, pass_id, direction, gate_n, seq, corrected_at, mode, training, device_verdict, relay_verdict,
	verdict, forced_by, void_of, day, moves`

func scanNear(row scanner) (s registry.Scan, err error) {
	err = row.Scan(&s.ID, &s.Device, &s.Event, &s.Pass, &s.Direction, &s.Gate, &s.Seq, &s.CorrectedAt, &s.Mode, &s.Training, &s.DeviceVerdict,
		&s.RelayVerdict, &s.Verdict, &s.ForcedBy, &s.VoidOf, &s.Day, &s.Moves)
	return s, err
}

// ScansNear returns the scans of passes in stretches of time that do not overlap,
// all or those that count, as far as it takes to tell whether they count.
// PostgreSQL learns the types of the stretches from the first of them.
func (tx *Tx) ScansNear(ctx context.Context, near []Near, counting bool) (all []registry.Scan, err error) {
	moves := "moves IN (0, 1)"
	if counting {
		moves = "moves = 1"
	}
	for batch := range slices.Chunk(near, nearBatch) {
		args := make([]any, 0, 3*len(batch))
		for _, n := range batch {
			args = append(args, string(n.Pass), n.FromAt, n.UntilAt)
		}
		scans, err := collect(ctx, tx, scanNear, `
			WITH near (pass, from_at, until_at) AS (VALUES `+strings.Replace(values(len(batch), 3),
			"($1, $2, $3)", "(CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT))", 1)+`)
			SELECT `+nearColumns+`
			FROM near JOIN scans ON pass_id = pass AND corrected_at BETWEEN from_at AND until_at
			WHERE `+moves, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, scans...)
	}
	return all, nil
}

// InsertScans stores new scans. The same id of the same device twice is an error:
// look with ScansByID first.
func (tx *Tx) InsertScans(ctx context.Context, scans []registry.Scan) error {
	if len(scans) == 0 {
		return nil
	}
	const columns = 26
	args := make([]any, 0, len(scans)*columns)
	for i := range scans {
		s := &scans[i]
		args = append(args, string(s.ID), string(s.Device), string(s.Event), null(s.Pass), s.Code, string(s.Direction), s.Gate,
			s.Booth, string(s.Vendor), s.Boot, s.Seq, s.At, s.CorrectedAt, s.MonoMS, s.ReceivedAt, string(s.Mode), flag(s.Training),
			string(s.DeviceVerdict), string(s.RelayVerdict), string(s.Verdict), s.Answer, s.ForcedBy, string(s.VoidOf), s.VoidReason, s.Day, flag(s.Moves))
	}
	return tx.insertRows(ctx, `
		INSERT INTO scans (id, device_id, event_id, pass_id, code, direction, gate_n, booth, vendor_id, boot, seq, at, corrected_at, mono_ms,
			received_at, mode, training, device_verdict, relay_verdict, verdict, answer, forced_by, void_of, void_reason, day, moves)
		VALUES `, columns, args)
}

// AmendScan notes what became of a scan whose answer came too late for the phone:
// that it let in by itself, with its own verdict, and whether that counts.
func (tx *Tx) AmendScan(ctx context.Context, s registry.Scan) error {
	_, err := tx.exec(ctx, `
		UPDATE scans SET mode = 'offline', device_verdict = $3, moves = $4
		WHERE id = $1 AND device_id = $2 AND mode = 'online' AND device_verdict = ''`,
		string(s.ID), string(s.Device), string(s.DeviceVerdict), flag(s.Moves))
	return err
}

// TurnScan stores whether a scan counts for the place of its pass and in the
// figures.
func (tx *Tx) TurnScan(ctx context.Context, s registry.Scan) error {
	_, err := tx.exec(ctx, `UPDATE scans SET moves = $3 WHERE id = $1 AND device_id = $2`,
		string(s.ID), string(s.Device), flag(s.Moves))
	return err
}

// NewestSeqs returns the largest seq that is stored of the scans of each device,
// 0 for one without.
func (tx *Tx) NewestSeqs(ctx context.Context, devices []registry.DeviceID) (map[registry.DeviceID]int64, error) {
	var w where
	if err := among(tx, &w, "d.id", devices); err != nil {
		return nil, err
	}
	newest := make(map[registry.DeviceID]int64, len(devices))
	_, err := collect(ctx, tx, func(row scanner) (seq int64, err error) {
		var id registry.DeviceID
		err = row.Scan(&id, &seq)
		newest[id] = seq
		return seq, err
	}, `
		SELECT d.id, COALESCE((SELECT MAX(seq) FROM scans WHERE device_id = d.id), 0)
		FROM devices d`+w.String(), w.args...)
	return newest, err
}

// seqPage is how many numbers walkSeqs reads at a time.
const seqPage = 500

// ScansUpTo returns up to which seq all scans of a device are stored, looking
// from after on.
func (tx *Tx) ScansUpTo(ctx context.Context, device registry.DeviceID, after int64) (int64, error) {
	return walkSeqs(after, func(after int64) ([]int64, error) {
		return collect(ctx, tx, column[int64], `
			SELECT seq FROM scans WHERE device_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`, string(device), after, seqPage)
	})
}

// walkSeqs counts on from after as long as the numbers have no gap.
func walkSeqs(after int64, page func(after int64) ([]int64, error)) (int64, error) {
	for {
		seqs, err := page(after)
		if err != nil {
			return after, err
		}
		for _, seq := range seqs {
			if seq > after+1 {
				return after, nil
			}
			after = seq
		}
		if len(seqs) < seqPage {
			return after, nil
		}
	}
}
