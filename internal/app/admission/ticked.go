package admission

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"hoicho/internal/app/passes"
	"hoicho/internal/fact"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

const (
	maxTickedRows  = 200
	maxTickedTimes = 12 // of one pass in one direction
	maxTypedNames  = 80 // bytes that the protocol takes of who made a scan
)

// TickedInput is a page of a gate list that was ticked by hand.
type TickedInput struct {
	Day  string // YYYY-MM-DD
	Gate int
	Rows []TickedRow
}

// TickedRow is a line of it. The times are as typed, several of them with commas or
// spaces between; a line without any is passed over.
type TickedRow struct {
	Code string
	In   string
	Out  string
}

// Ticked is what became of a typed-in list.
type Ticked struct {
	New    int // entries and exits that were stored
	Known  int // those that had been typed in before
	Differ int // of the new ones, those that the rules would have refused
}

// EnterTicked stores the entries and exits of a ticked gate list as scans of mode
// paper, all of them or none. Nothing is refused for what the rules say: both
// verdicts are kept. The same line twice counts once. The actor needs ManageGate in
// the event's area. Invalid at code-N, in-N and out-N, N counted from 0: a time that
// is none, lies ahead, or an exit before its entry.
func (a *Service) EnterTicked(ctx context.Context, actor registry.Actor, id registry.EventID, in TickedInput) (done Ticked, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id)
		if err != nil {
			return err
		}
		e := tickedEntry{app: a, tx: tx, event: event, in: in, now: tx.NowMS()}
		if done, err = e.store(ctx, actor); err != nil || done.New == 0 {
			return err
		}
		return tx.Audit(ctx, actor, a.gateChange("gate.ticked", event, fact.Number("gate", in.Gate), fact.Date("day", in.Day),
			fact.List("lines", fact.Passage, e.told()...)))
	})
	return done, err
}

// tickedEntry is the entering of one page.
type tickedEntry struct {
	app    *Service
	tx     *store.Tx
	event  registry.Event
	in     TickedInput
	now    int64
	desk   *gateDesk
	device registry.Device
	faults registry.Faults
	lines  []tickedLine
}

// tickedLine is one entry or exit.
type tickedLine struct {
	row       int
	code      string
	direction registry.Direction
	at        int64
	id        registry.ScanID
}

func (e *tickedEntry) store(ctx context.Context, actor registry.Actor) (done Ticked, err error) {
	if e.desk, err = e.app.desk(ctx, e.tx, e.event.ID); err != nil {
		return done, err
	}
	if err := e.read(); err != nil {
		return done, err
	}
	if err := e.exitsAfterEntries(ctx); err != nil {
		return done, err
	}
	if e.device, err = e.app.paperDevice(ctx, e.tx, e.event.ID, len(e.desk.gates)); err != nil {
		return done, err
	}
	typed := len(e.lines)
	if err := e.nameLines(ctx); err != nil || len(e.lines) == 0 {
		return Ticked{Known: typed}, err
	}
	done = Ticked{New: len(e.lines), Known: typed - len(e.lines)}
	if err := e.app.settle(ctx, e.tx, []*gateWork{e.work(actor)}); err != nil {
		return done, err
	}
	stored, err := e.tx.ScansByID(ctx, e.ids())
	for _, s := range stored {
		if s.Device == e.device.ID && !s.Verdict.Admits() {
			done.Differ++
		}
	}
	return done, err
}

// read takes the lines in and notes every fault at its field; it is an error by
// itself where the list is none.
func (e *tickedEntry) read() error {
	if !slices.Contains(listDays(&e.event, &e.desk.settings.Policy), e.in.Day) {
		e.faults.Add("", "error.visit.not_a_day")
	}
	e.faults.Check(e.in.Gate >= 1 && e.in.Gate <= len(e.desk.gates), "", "error.gate.choose_gate")
	e.faults.Check(len(e.in.Rows) <= maxTickedRows, "", "error.ticked.rows", maxTickedRows)
	if err := e.faults.Err(); err != nil {
		return err
	}
	for i, row := range e.in.Rows {
		e.readRow(i, row)
	}
	if len(e.lines) == 0 {
		e.faults.Check(len(e.faults) > 0, "in-0", "error.ticked.empty")
	}
	slices.SortStableFunc(e.lines, func(x, y tickedLine) int { return cmp.Compare(x.at, y.at) })
	return nil
}

func (e *tickedEntry) readRow(i int, row TickedRow) {
	if strings.TrimSpace(row.In+row.Out) == "" {
		return
	}
	code, ok := passes.PassCode(row.Code)
	e.faults.Check(ok, fmt.Sprint("code-", i), "error.ticked.code")
	for _, way := range []struct {
		field, typed string
		direction    registry.Direction
	}{{"in", row.In, registry.In}, {"out", row.Out, registry.Out}} {
		field := fmt.Sprint(way.field, "-", i)
		for _, at := range e.times(field, way.typed) {
			e.lines = append(e.lines, tickedLine{row: i, code: code, direction: way.direction, at: at})
		}
	}
}

// times reads the times of a cell, each once.
func (e *tickedEntry) times(field, typed string) (times []int64) {
	words := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(" ,;+/", r) })
	e.faults.Check(len(words) <= maxTickedTimes, field, "error.ticked.many", maxTickedTimes)
	for _, word := range words[:min(len(words), maxTickedTimes)] {
		minutes, err := vn.ParseClock(word)
		if err != nil || len(word) < 3 && !strings.HasSuffix(strings.ToLower(word), "h") {
			e.faults.Add(field, "error.ticked.time", word)
			continue
		}
		at := e.instant(minutes)
		e.faults.Check(at <= e.now, field, "error.ticked.future", word)
		times = append(times, at)
	}
	slices.Sort(times)
	return slices.Compact(times)
}

// instant is when a time of the sheet was: after midnight while the day's packing
// up goes on.
func (e *tickedEntry) instant(minutes int) int64 {
	at, _ := vn.InstantOf(e.in.Day, minutes)
	d, ok := e.event.Day(e.in.Day)
	if setup := e.desk.settings.Policy.SetupMinutes; ok && minutes < d.OpensAt-setup && minutes+24*60 < d.ClosesAt+setup {
		return at.UnixMilli() + 24*registry.HourMS
	}
	return at.UnixMilli()
}

// exitsAfterEntries refuses an exit of a pass that came in that day, but only
// later: one of the two hours is mistyped. Entries that were scanned count too.
func (e *tickedEntry) exitsAfterEntries(ctx context.Context) error {
	stored, err := e.tx.DayScans(ctx, e.codes(), e.bounds())
	if err != nil {
		return err
	}
	first := map[string]int64{}
	note := func(code string, at int64) {
		if had, ok := first[code]; !ok || at < had {
			first[code] = at
		}
	}
	for _, s := range stored {
		if s.Direction == registry.In && s.Event == e.event.ID {
			note(s.Code, s.CorrectedAt)
		}
	}
	for _, l := range e.lines {
		if l.direction == registry.In {
			note(l.code, l.at)
		}
	}
	for _, l := range e.lines {
		if came, ok := first[l.code]; ok && l.code != "" && l.direction == registry.Out && l.at < came {
			e.faults.Add(fmt.Sprint("out-", l.row), "error.ticked.order", clockAt(l.at), clockAt(came))
		}
	}
	return e.faults.Err()
}

func (e *tickedEntry) codes() []string {
	codes := make([]string, len(e.lines))
	for i, l := range e.lines {
		codes[i] = l.code
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func clockAt(at int64) string { return vn.ClockOf(time.UnixMilli(at)) }

// bounds are the first instant of the list's day and the first after it.
func (e *tickedEntry) bounds() registry.TimeWindow {
	from, until := dayBounds(e.in.Day)
	return registry.TimeWindow{FromAt: from, UntilAt: until}
}

// nameLines gives every line the id that it will always have, so that the same
// line typed twice is one, and drops those that are stored. One that was taken back
// may be typed again and is another then.
func (e *tickedEntry) nameLines(ctx context.Context) error {
	var fresh []tickedLine
	for again, left := 0, e.lines; len(left) > 0; again++ {
		for i := range left {
			left[i].id = e.lineID(&left[i], again)
		}
		had, dropped, err := e.stored(ctx, idsOf(left))
		if err != nil {
			return err
		}
		var next []tickedLine
		for _, l := range left {
			switch {
			case !had[l.id]:
				fresh = append(fresh, l)
			case dropped[l.id]:
				next = append(next, l)
			}
		}
		left = next
	}
	slices.SortStableFunc(fresh, func(x, y tickedLine) int { return cmp.Compare(x.at, y.at) })
	e.lines = fresh
	return nil
}

// lineID is a UUID made of what the line says.
func (e *tickedEntry) lineID(l *tickedLine, again int) registry.ScanID {
	return namedID("ticked", e.event.ID, l.code, l.direction, e.in.Gate, l.at, again)
}

// namedID is a UUID (version 8) made of what it names.
func namedID(parts ...any) registry.ScanID {
	h := sha256.Sum256(fmt.Append(nil, parts...))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return registry.ScanID(fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16]))
}

// stored reports which lines are stored, and which of them were taken back.
func (e *tickedEntry) stored(ctx context.Context, ids []registry.ScanID) (had, dropped map[registry.ScanID]bool, err error) {
	had, dropped = map[registry.ScanID]bool{}, map[registry.ScanID]bool{}
	scans, err := e.tx.ScansByID(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range scans {
		had[s.ID] = had[s.ID] || s.Device == e.device.ID
	}
	voids, err := e.tx.VoidsOf(ctx, ids)
	for _, v := range voids {
		dropped[v.VoidOf] = dropped[v.VoidOf] || v.Verdict.Admits()
	}
	return had, dropped, err
}

func idsOf(lines []tickedLine) []registry.ScanID {
	ids := make([]registry.ScanID, len(lines))
	for i := range lines {
		ids[i] = lines[i].id
	}
	return ids
}

func (e *tickedEntry) ids() []registry.ScanID { return idsOf(e.lines) }

// work is the lines as a phone would send them. The steward let in and out, so that
// is the verdict of the paper.
func (e *tickedEntry) work(actor registry.Actor) *gateWork {
	w := &gateWork{event: e.event.ID, device: e.device, received: e.now, boot: typedBy(actor), sentAt: e.now, seqFrom: 1}
	for i, l := range e.lines {
		sent := gate.SentScan{ID: l.id, Seq: e.device.AckedSeq + 1 + int64(i), Code: l.code, Direction: l.direction, Gate: e.in.Gate,
			At: l.at, Mode: registry.Paper, Verdict: registry.VerdictOK}
		if l.direction == registry.Out {
			sent.Verdict = registry.VerdictExitOK
		}
		w.scans = append(w.scans, e.desk.open(sent, &e.device))
	}
	return w
}

// typedBy is who typed a list in, as a scan keeps it in the place of the phone's
// start.
func typedBy(actor registry.Actor) string {
	name := actor.Name
	for i := range name {
		if i > maxTypedNames {
			return name[:i]
		}
	}
	return cmp.Or(name, "?")
}

// told is what the audit log keeps of the lines.
func (e *tickedEntry) told() []string {
	told := make([]string, len(e.lines))
	for i, l := range e.lines {
		told[i] = fact.Passed(l.code, l.direction, l.at)
	}
	return told
}

// DropTicked takes a typed-in entry or exit back; both stay on record. Twice is
// once. The actor needs ManageGate in the event's area. NotFound for what is no
// line of the event's lists.
func (a *Service) DropTicked(ctx context.Context, actor registry.Actor, id registry.EventID, line registry.ScanID, reason string) error {
	return a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		tx := at.tx
		device, err := a.paperDevice(ctx, tx, id, len(at.gates))
		if err != nil {
			return registry.Change{}, err
		}
		scans, err := tx.ScansByID(ctx, []registry.ScanID{line})
		if err != nil {
			return registry.Change{}, err
		}
		i := slices.IndexFunc(scans, func(s registry.Scan) bool { return s.Device == device.ID && s.VoidOf == "" })
		if i < 0 {
			return registry.Change{}, registry.E(registry.NotFound, "error.not_found")
		}
		s := scans[i]
		sent := gate.SentScan{ID: namedID("drop", line), Seq: device.AckedSeq + 1, Direction: s.Direction, Gate: s.Gate, At: tx.NowMS(),
			Mode: registry.Paper, VoidOf: line, VoidReason: reason}
		w := &gateWork{event: id, device: device, received: tx.NowMS(), boot: typedBy(actor), sentAt: tx.NowMS(), seqFrom: 1, scans: []scanWork{{sent: sent}}}
		return a.gateChange("gate.ticked_drop", at.event, fact.Number("gate", s.Gate),
				fact.List("line", fact.Passage, fact.Passed(s.Code, s.Direction, s.CorrectedAt))),
			a.settle(ctx, tx, []*gateWork{w})
	})
}

// paperDevice is what stands in the place of a phone for the lists that are typed
// in at an event: one for all of them. It is made when it is first needed, and the
// change numbers of the event are held, so its count goes on without gaps.
func (a *Service) paperDevice(ctx context.Context, tx *store.Tx, event registry.EventID, gates int) (registry.Device, error) {
	if _, err := tx.HoldChanges(ctx, []registry.EventID{event}); err != nil {
		return registry.Device{}, err
	}
	hash := registry.PaperToken + string(event)
	d, err := tx.DeviceByToken(ctx, hash)
	if registry.KindOf(err) != registry.NotFound {
		return d, err
	}
	d = registry.Device{ID: store.NewID[registry.DeviceID](), Event: event, Name: "Danh sách giấy", Role: registry.Supervisor,
		State: registry.DeviceActive, TokenHash: hash, PairedAt: tx.NowMS()}
	for n := range gates {
		d.Gates = append(d.Gates, n+1)
	}
	return d, tx.InsertDevice(ctx, d)
}
