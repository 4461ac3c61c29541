package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

const scanColumns = `s.id, d.id, d.event_id, COALESCE(p.id, ''), COALESCE(p.code, ''), s.code, s.direction, s.gate_n, s.booth, s.vendor_id, b.boot, s.seq,
	s.corrected_at, s.ahead_ms, s.wait_ms, s.mono_ms, s.mode, s.training, s.device_verdict, s.relay_verdict, s.verdict, s.kept, s.forced_by, s.void_of,
	s.void_reason, s.day, s.moves`

const scanTables = ` FROM scans s` + scanNames

// scanNames joins what a scan names by short keys.
const scanNames = ` JOIN devices d ON d.n = s.device_n JOIN phone_starts b ON b.device_n = s.device_n AND b.n = s.start_n
	LEFT JOIN passes p ON p.n = s.pass_n`

func scanScan(row scanner) (s registry.Scan, err error) {
	var code *int64
	var ahead, wait int64
	err = row.Scan(uuidCell[registry.ScanID]{&s.ID}, &s.Device, &s.Event, &s.Pass, &s.Code, &code, word[registry.Direction]{&s.Direction, directionWords},
		&s.Gate, &s.Booth, &s.Vendor, &s.Boot, &s.Seq, &s.CorrectedAt, &ahead, &wait, &s.MonoMS, word[registry.ScanMode]{&s.Mode, modeWords}, &s.Training,
		verdictCell(&s.DeviceVerdict), verdictCell(&s.RelayVerdict), verdictCell(&s.Verdict), &s.Kept, &s.ForcedBy, uuidCell[registry.ScanID]{&s.VoidOf},
		&s.VoidReason, dayCell{&s.Day}, &s.Moves)
	s.At, s.ReceivedAt = s.CorrectedAt+ahead, s.CorrectedAt+wait
	if code != nil {
		s.Code = codeText(code)
	}
	return s, err
}

func verdictCell(to *registry.VerdictCode) word[registry.VerdictCode] {
	return word[registry.VerdictCode]{to, verdictWords}
}

// ofEvent is the condition that a scan is of the event of the statement's first argument.
const ofEvent = `s.device_n IN (SELECT n FROM devices WHERE event_id = $1)`

// scansWhere returns scans, of which rest says which and in what order.
func (tx *Tx) scansWhere(ctx context.Context, rest string, args ...any) ([]registry.Scan, error) {
	return collect(ctx, tx, scanScan, `SELECT `+scanColumns+scanTables+rest, args...)
}

// ScansByID returns the scans with these ids, which several devices may have
// used.
func (tx *Tx) ScansByID(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	if err := amongIDs(tx, &w, "s.id", ids); err != nil {
		return nil, err
	}
	return tx.scansWhere(ctx, w.String(), w.args...)
}

// VoidsOf returns the scans that take one of these scans back.
func (tx *Tx) VoidsOf(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	if err := amongIDs(tx, &w, "s.void_of", ids); err != nil {
		return nil, err
	}
	return tx.scansWhere(ctx, w.String(), w.args...)
}

// VoidsByDevice returns what takes scans back, one row for each of them and each
// device that did it, however often: its time is that of the first one, its reason
// one that was given. Only what Void looks at is filled in.
func (tx *Tx) VoidsByDevice(ctx context.Context, ids []registry.ScanID) ([]registry.Scan, error) {
	var w where
	if err := amongIDs(tx, &w, "s.void_of", ids); err != nil {
		return nil, err
	}
	w.add("s.training = 0")
	return collect(ctx, tx, func(row scanner) (s registry.Scan, err error) {
		err = row.Scan(uuidCell[registry.ScanID]{&s.VoidOf}, &s.Device, &s.CorrectedAt, &s.VoidReason)
		return s, err
	}, `
		SELECT s.void_of, d.id, MIN(s.corrected_at), MAX(s.void_reason)
		FROM scans s JOIN devices d ON d.n = s.device_n`+w.String()+` GROUP BY s.void_of, d.id`, w.args...)
}

// NewestScan returns the newest scan that counts of a pass, if there is one.
func (tx *Tx) NewestScan(ctx context.Context, pass registry.PassID) ([]registry.Scan, error) {
	keys, err := tx.passKeys(ctx, []registry.PassID{pass})
	if err != nil {
		return nil, err
	}
	return tx.scansWhere(ctx, ` WHERE s.pass_n = $1 AND s.moves = 1
		ORDER BY s.corrected_at DESC, d.id DESC, s.seq DESC LIMIT 1`, keys[pass].n)
}

// FirstEntry returns the first entry that counts of a pass, or of a voucher the first
// taking, on a gate day, if there
// is one, looking in a stretch of corrected time.
func (tx *Tx) FirstEntry(ctx context.Context, pass registry.PassID, day string, within registry.TimeWindow) ([]registry.Scan, error) {
	keys, err := tx.passKeys(ctx, []registry.PassID{pass})
	if err != nil {
		return nil, err
	}
	return tx.scansWhere(ctx, `
		WHERE s.pass_n = $1 AND s.moves = 1 AND s.corrected_at >= $2 AND s.corrected_at < $3 AND s.day = $4 AND s.direction <> `+outNumber+`
		ORDER BY s.corrected_at, s.gate_n, s.booth, CASE s.mode WHEN `+paperNumber+` THEN 1 ELSE 0 END LIMIT 1`,
		keys[pass].n, within.FromAt, within.UntilAt, dayNumber(day))
}

// Numbers of words as statements say them.
var (
	inNumber    = strconv.Itoa(number(directionWords, registry.In))
	outNumber   = strconv.Itoa(number(directionWords, registry.Out))
	spendNumber = strconv.Itoa(number(directionWords, registry.Spend))
	paperNumber = strconv.Itoa(number(modeWords, registry.Paper))
)

// DayScans returns the scans that count of passes, by their codes, in a stretch of
// corrected time and its order.
func (tx *Tx) DayScans(ctx context.Context, codes []string, within registry.TimeWindow) ([]registry.Scan, error) {
	var w where
	if err := among(tx, &w, "code", codes); err != nil {
		return nil, err
	}
	w = where{conds: []string{"s.moves = 1", "s.pass_n IN (SELECT bearer_n FROM passes" + w.String() + ")"}, args: w.args}
	w.add("s.corrected_at >= ? AND s.corrected_at < ?", within.FromAt, within.UntilAt)
	return tx.scansWhere(ctx, w.String()+` ORDER BY s.corrected_at, d.id, s.seq`, w.args...)
}

// DeviceScans returns the scans that count of a device at a gate in a stretch of
// corrected time, in the order in which it made them.
func (tx *Tx) DeviceScans(ctx context.Context, device registry.DeviceID, gate int, within registry.TimeWindow) ([]registry.Scan, error) {
	return tx.scansWhere(ctx, `
		WHERE d.id = $1 AND s.gate_n = $2 AND s.corrected_at >= $3 AND s.corrected_at < $4 AND s.moves = 1
		ORDER BY s.seq`, string(device), gate, within.FromAt, within.UntilAt)
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

// ScansNear returns the scans of passes in stretches of time that do not overlap,
// all or those that count. PostgreSQL learns the types of the stretches from the first
// of them.
func (tx *Tx) ScansNear(ctx context.Context, near []Near, counting bool) (all []registry.Scan, err error) {
	moves := "s.moves IN (0, 1)"
	if counting {
		moves = "s.moves = 1"
	}
	passes, err := tx.passKeys(ctx, distinct(near, func(n *Near) registry.PassID { return n.Pass }))
	if err != nil {
		return nil, err
	}
	for batch := range slices.Chunk(near, nearBatch) {
		args := make([]any, 0, 3*len(batch))
		for _, n := range batch {
			args = append(args, passes[n.Pass].n, n.FromAt, n.UntilAt)
		}
		scans, err := collect(ctx, tx, scanScan, `
			WITH near (pass, from_at, until_at) AS (VALUES `+strings.Replace(values(len(batch), 3),
			"($1, $2, $3)", "(CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT))", 1)+`)
			SELECT `+scanColumns+`
			FROM near JOIN scans s ON s.pass_n = pass AND s.corrected_at BETWEEN from_at AND until_at`+scanNames+`
			WHERE `+moves, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, scans...)
	}
	return all, nil
}

// ErrTaken says that a scan is stored already that was inserted as a new one. DB.Write
// runs a transaction that returns it once more.
var ErrTaken = errors.New("a scan that was taken for new is stored already")

// InsertScans stores new scans. The same id of the same device twice is ErrTaken:
// look with ScansByID first.
func (tx *Tx) InsertScans(ctx context.Context, scans []registry.Scan) error {
	if len(scans) == 0 {
		return nil
	}
	keys, err := tx.keysOfScans(ctx, scans)
	if err != nil {
		return err
	}
	const columns = 26
	args := make([]any, 0, len(scans)*columns)
	for i := range scans {
		s := &scans[i]
		device := keys.devices[s.Device]
		pass, code := keys.pass(s)
		args = append(args, uuidBytes(s.ID), device, pass, code, number(directionWords, s.Direction), s.Gate, s.Booth, string(s.Vendor),
			keys.starts[phoneStart{device, s.Boot}], s.Seq, s.CorrectedAt, s.At-s.CorrectedAt, s.ReceivedAt-s.CorrectedAt, s.MonoMS,
			number(modeWords, s.Mode), flag(s.Training), number(verdictWords, s.DeviceVerdict), number(verdictWords, s.RelayVerdict),
			number(verdictWords, s.Verdict), s.Kept, s.ForcedBy, nullID(s.VoidOf), s.VoidReason, dayNumber(s.Day), flag(s.Moves), flag(s.Differs()))
	}
	err = tx.insertRows(ctx, `
		INSERT INTO scans (id, device_n, pass_n, code, direction, gate_n, booth, vendor_id, start_n, seq, corrected_at, ahead_ms, wait_ms,
			mono_ms, mode, training, device_verdict, relay_verdict, verdict, kept, forced_by, void_of, void_reason, day, moves, differs)
		VALUES `, columns, args)
	if isUnique(err) {
		err = errors.Join(ErrTaken, err)
	}
	return err
}

// scanKeys are the short keys that new scans name.
type scanKeys struct {
	devices map[registry.DeviceID]int64
	passes  map[registry.PassID]passKey
	starts  map[phoneStart]int64
}

// pass is what a scan's row says of its pass: the short key, nil for none, and the code
// where it is another than the pass's own.
func (k *scanKeys) pass(s *registry.Scan) (n, code any) {
	if s.Pass == "" {
		return nil, codeNumber(s.Code)
	}
	p := k.passes[s.Pass]
	if p.code == s.Code {
		return p.n, nil
	}
	return p.n, codeNumber(s.Code)
}

func (tx *Tx) keysOfScans(ctx context.Context, scans []registry.Scan) (k scanKeys, err error) {
	if k.devices, err = tx.deviceKeys(ctx, distinct(scans, func(s *registry.Scan) registry.DeviceID { return s.Device })); err != nil {
		return k, err
	}
	if k.passes, err = tx.passKeys(ctx, distinct(scans, func(s *registry.Scan) registry.PassID { return s.Pass })); err != nil {
		return k, err
	}
	starts := map[phoneStart]bool{}
	for i := range scans {
		starts[phoneStart{k.devices[scans[i].Device], scans[i].Boot}] = true
	}
	k.starts, err = tx.startKeys(ctx, slices.SortedFunc(maps.Keys(starts), func(a, b phoneStart) int {
		return cmp.Or(cmp.Compare(a.device, b.device), strings.Compare(a.boot, b.boot))
	}))
	return k, err
}

// nullID is a column that holds the bytes of a UUID, or NULL for none.
func nullID[T ~string](id T) any {
	if id == "" {
		return nil
	}
	return uuidBytes(id)
}

// AmendScan notes what became of a scan whose answer came too late for the phone:
// that it let in by itself, with its own verdict, and whether that counts.
func (tx *Tx) AmendScan(ctx context.Context, s registry.Scan) error {
	devices, err := tx.deviceKeys(ctx, []registry.DeviceID{s.Device})
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE scans SET mode = $5, device_verdict = $3, moves = $4, differs = $6
		WHERE id = $1 AND device_n = $2 AND mode = $7 AND device_verdict = 0`,
		uuidBytes(s.ID), devices[s.Device], number(verdictWords, s.DeviceVerdict), flag(s.Moves), number(modeWords, registry.Offline), flag(s.Differs()),
		number(modeWords, registry.Online))
	return err
}

// TurnScan stores whether a scan counts for the place of its pass and in the
// figures.
func (tx *Tx) TurnScan(ctx context.Context, s registry.Scan) error {
	devices, err := tx.deviceKeys(ctx, []registry.DeviceID{s.Device})
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE scans SET moves = $3 WHERE id = $1 AND device_n = $2`, uuidBytes(s.ID), devices[s.Device], flag(s.Moves))
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
		SELECT d.id, COALESCE((SELECT MAX(seq) FROM scans WHERE device_n = d.n), 0)
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
			SELECT seq FROM scans WHERE device_n = (SELECT n FROM devices WHERE id = $1) AND seq > $2 ORDER BY seq LIMIT $3`, string(device), after, seqPage)
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
