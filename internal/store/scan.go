package store

import (
	"context"

	"hoicho/internal/registry"
)

const scanColumns = `id, device_id, event_id, COALESCE(pass_id, ''), code, direction, gate_n, boot, seq, at, corrected_at, mono_ms,
	received_at, mode, training, device_verdict, verdict, answer, forced_by, void_of, void_reason, day, moves`

func scanScan(row scanner) (s registry.Scan, err error) {
	err = row.Scan(&s.ID, &s.Device, &s.Event, &s.Pass, &s.Code, &s.Direction, &s.Gate, &s.Boot, &s.Seq, &s.At, &s.CorrectedAt, &s.MonoMS,
		&s.ReceivedAt, &s.Mode, &s.Training, &s.DeviceVerdict, &s.Verdict, &s.Answer, &s.ForcedBy, &s.VoidOf, &s.VoidReason, &s.Day, &s.Moves)
	return s, err
}

// ScansByID returns the scans with these ids, which several devices may have
// used.
func (tx *Tx) ScansByID(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	in(&w, "id", ids)
	return collect(ctx, tx, scanScan, `SELECT `+scanColumns+` FROM scans`+w.String(), w.args...)
}

// VoidsOf returns the scans that take one of these scans back.
func (tx *Tx) VoidsOf(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	in(&w, "void_of", ids)
	w.add("void_of <> ''")
	return collect(ctx, tx, scanScan, `SELECT `+scanColumns+` FROM scans`+w.String(), w.args...)
}

// ScansOf returns the scans of a pass that count for its place.
func (tx *Tx) ScansOf(ctx context.Context, pass registry.PassID) ([]registry.Scan, error) {
	return collect(ctx, tx, scanScan, `
		SELECT `+scanColumns+` FROM scans WHERE pass_id = $1 AND moves = 1 ORDER BY corrected_at, device_id, seq`, string(pass))
}

// InsertScans stores new scans. The same id of the same device twice is an error:
// look with ScansByID first.
func (tx *Tx) InsertScans(ctx context.Context, scans []registry.Scan) error {
	if len(scans) == 0 {
		return nil
	}
	const columns = 23
	args := make([]any, 0, len(scans)*columns)
	for i := range scans {
		s := &scans[i]
		args = append(args, string(s.ID), string(s.Device), string(s.Event), null(s.Pass), s.Code, string(s.Direction), s.Gate,
			s.Boot, s.Seq, s.At, s.CorrectedAt, s.MonoMS, s.ReceivedAt, string(s.Mode), flag(s.Training),
			string(s.DeviceVerdict), string(s.Verdict), s.Answer, s.ForcedBy, string(s.VoidOf), s.VoidReason, s.Day, flag(s.Moves))
	}
	return tx.insertRows(ctx, `
		INSERT INTO scans (id, device_id, event_id, pass_id, code, direction, gate_n, boot, seq, at, corrected_at, mono_ms,
			received_at, mode, training, device_verdict, verdict, answer, forced_by, void_of, void_reason, day, moves)
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

// StopScan makes a scan that was taken back count for nothing.
func (tx *Tx) StopScan(ctx context.Context, s registry.Scan) error {
	_, err := tx.exec(ctx, `UPDATE scans SET moves = 0 WHERE id = $1 AND device_id = $2`, string(s.ID), string(s.Device))
	return err
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
