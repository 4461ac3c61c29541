package admission

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Difference is a line of the reconciliation page: something at an event's gates
// that the gate chief has to look at. It is found from the stored scans each time;
// only its closing is kept.
type Difference struct {
	Key     string // names the line as long as its scans are the same
	Kind    registry.DifferenceKind
	At      int64 // corrected time, unix ms; lines go by it
	Closing registry.Closing
	Gap     registry.SeqGap    // of DiffGap
	Skew    registry.ClockSkew // of DiffClock

	Scan   *registry.Scan // of all other kinds
	Before *registry.Scan // DiffDouble: the entry before; DiffVoid: the scan taken back, nil when it never came
	Pass   ScannedPass    // of the scan, if it is on the list

	scan, before registry.ScanRef
	verdict      registry.VerdictCode // by the order of time, whatever the server said then; empty: what it said
}

// ScannedPass is what the office's pages say of a pass that was scanned. Nothing in it is personal.
type ScannedPass struct {
	Kind   registry.PassKind // empty: not on the list
	Label  string
	Booth  string
	Vendor string
	Pack   int // of a voucher, with its serial
	Serial int
}

// Device is the phone that the line is about.
func (d *Difference) Device() registry.DeviceID {
	switch d.Kind {
	case registry.DiffGap:
		return d.Gap.Device
	case registry.DiffClock:
		return d.Skew.Device
	}
	return d.scan.Device
}

// findDifferences finds the lines of an event, those closed too, the newest first.
func findDifferences(ctx context.Context, tx *store.Tx, event registry.EventID) ([]Difference, error) {
	settings, err := tx.GateSettings(ctx, event)
	if err != nil {
		return nil, err
	}
	doubles, err := tx.DoubleEntries(ctx, event, settings.Policy.VisitorRule)
	if err != nil {
		return nil, err
	}
	lines := make([]Difference, 0, len(doubles))
	told := map[registry.ScanRef]bool{}
	for _, d := range doubles {
		if told[d.Second] = true; d.Left {
			lines = append(lines, Difference{Key: scanLine(d.Second), Kind: registry.DiffLetIn, At: d.At, scan: d.Second, verdict: registry.VerdictAlreadyUsed})
			continue
		}
		lines = append(lines, doubleLine(d))
	}
	spends, err := tx.DoubleSpends(ctx, event)
	if err != nil {
		return nil, err
	}
	for _, d := range spends {
		told[d.Second] = true
		lines = append(lines, doubleLine(d))
	}
	moves, err := tx.WalkedScans(ctx, event)
	if err != nil {
		return nil, err
	}
	for _, d := range walk(settings.Policy, moves) {
		told[d.scan] = true
		lines = append(lines, d)
	}
	scans, err := tx.DifferingScans(ctx, event)
	if err != nil {
		return nil, err
	}
	for i := range scans {
		s := &scans[i]
		kind := s.Difference()
		if kind == "" || kind == registry.DiffLetIn && told[s.Ref()] || walked(s, kind) {
			continue
		}
		d := Difference{Key: scanLine(s.Ref()), Kind: kind, At: s.CorrectedAt, scan: s.Ref()}
		if kind == registry.DiffVoid {
			d.before = registry.ScanRef{ID: s.VoidOf, Device: s.Device}
		}
		lines = append(lines, d)
	}
	return findPhoneDifferences(ctx, tx, event, lines)
}

// doubleLine is the line about a pass that came in twice, or a voucher taken twice.
func doubleLine(d registry.DoubleEntry) Difference {
	return Difference{Key: registry.DoubleLine(d.First, d.Second), Kind: registry.DiffDouble, At: d.At, scan: d.Second, before: d.First}
}

// scanLine names the line about one scan.
func scanLine(s registry.ScanRef) string { return registry.ScanLine(s) }

// findPhoneDifferences adds the lines about phones, and what was said of all.
func findPhoneDifferences(ctx context.Context, tx *store.Tx, event registry.EventID, lines []Difference) ([]Difference, error) {
	gaps, err := tx.SeqGaps(ctx, event)
	if err != nil {
		return nil, err
	}
	for _, g := range gaps {
		lines = append(lines, Difference{Key: fmt.Sprintf("gap.%s.%d.%d", g.Device, g.From, g.Until), Kind: registry.DiffGap, At: g.At, Gap: g})
	}
	skews, err := tx.ClockSkews(ctx, event)
	if err != nil {
		return nil, err
	}
	for _, c := range skews {
		lines = append(lines, Difference{Key: fmt.Sprintf("clock.%s.%s", c.Device, c.Day), Kind: registry.DiffClock, At: c.LastAt, Skew: c})
	}
	said, err := tx.Closings(ctx, event)
	for i := range lines {
		lines[i].Closing = said[lines[i].Key]
	}
	slices.SortFunc(lines, func(a, b Difference) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.Key, a.Key)) })
	return lines, err
}

// DifferenceFilter narrows the lines. Empty fields do not.
type DifferenceFilter struct {
	Closed bool // those closed instead of those open
	All    bool // both
	Kind   registry.DifferenceKind
	After  string // cursor of the page before
	Limit  int
}

func (f *DifferenceFilter) takes(d *Difference) bool { return f.All || d.Closing.Closed() == f.Closed }

// Differences is a page of lines with what it takes to read them.
type Differences struct {
	Event    registry.Event
	Gates    []registry.Gate
	Devices  map[registry.DeviceID]registry.Device
	Lines    []Difference
	Next     string                          // cursor of the next page, empty at the end
	Open     int                             // lines that wait
	Closed   int                             // and those closed
	ByKind   map[registry.DifferenceKind]int // of those that the filter takes, whatever their kind
	MayClose bool                            // the actor may close lines
}

// Differences returns what differs at an event's gates between what happened and
// what the server says, the newest first. The actor needs ViewFigures in the
// event's area.
func (a *Service) Differences(ctx context.Context, actor registry.Actor, id registry.EventID, f DifferenceFilter) (p Differences, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if p.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		p.MayClose = actor.Can(registry.ManageGate, a.Areas.Scope(p.Event.Area))
		if p.Gates, err = tx.Gates(ctx, id); err != nil {
			return err
		}
		if p.Devices, err = devicesByID(ctx, tx, id); err != nil {
			return err
		}
		lines, err := findDifferences(ctx, tx, id)
		if err != nil {
			return err
		}
		p.pick(lines, f)
		return fillDifferences(ctx, tx, id, p.Lines)
	})
	return p, err
}

func devicesByID(ctx context.Context, tx *store.Tx, event registry.EventID) (map[registry.DeviceID]registry.Device, error) {
	list, err := tx.Devices(ctx, event)
	devices := make(map[registry.DeviceID]registry.Device, len(list))
	for _, d := range list {
		devices[d.ID] = d
	}
	return devices, err
}

// pick counts the lines and takes those of one page.
func (p *Differences) pick(lines []Difference, f DifferenceFilter) {
	p.ByKind = map[registry.DifferenceKind]int{}
	after, key := cursorOf(f.After)
	for i := range lines {
		d := &lines[i]
		if d.Closing.Closed() {
			p.Closed++
		} else {
			p.Open++
		}
		if !f.takes(d) {
			continue
		}
		p.ByKind[d.Kind]++
		passed := f.After != "" && (d.At > after || d.At == after && d.Key >= key)
		switch {
		case passed || f.Kind != "" && d.Kind != f.Kind:
		case len(p.Lines) < f.Limit:
			p.Lines = append(p.Lines, *d)
		case p.Next == "":
			last := p.Lines[len(p.Lines)-1]
			p.Next = strconv.FormatInt(last.At, 10) + "." + last.Key
		}
	}
}

// cursorOf reads where a page ended; what is none is the end of the list.
func cursorOf(cursor string) (at int64, key string) {
	text, key, _ := strings.Cut(cursor, ".")
	at, _ = strconv.ParseInt(text, 10, 64)
	return at, key
}

// fillDifferences reads the scans and passes that lines are about.
func fillDifferences(ctx context.Context, tx *store.Tx, event registry.EventID, lines []Difference) error {
	var ids []registry.ScanID
	for i := range lines {
		for _, ref := range []registry.ScanRef{lines[i].scan, lines[i].before} {
			if ref.ID != "" {
				ids = append(ids, ref.ID)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	scans, err := tx.ScansByID(ctx, ids)
	if err != nil {
		return err
	}
	found := map[registry.ScanRef]*registry.Scan{}
	byID := map[registry.ScanID]*registry.Scan{} // a supervisor takes back scans of other phones
	for i := range scans {
		if scans[i].Event == event {
			found[scans[i].Ref()], byID[scans[i].ID] = &scans[i], &scans[i]
		}
	}
	for i := range lines {
		d := &lines[i]
		if d.Scan = found[d.scan]; d.verdict != "" && d.Scan != nil {
			said := *d.Scan
			said.Verdict = d.verdict
			d.Scan = &said
		}
		if d.Before = found[d.before]; d.Before == nil && d.Kind == registry.DiffVoid {
			d.Before = byID[d.before.ID]
		}
	}
	return fillPasses(ctx, tx, lines)
}

func fillPasses(ctx context.Context, tx *store.Tx, lines []Difference) error {
	codes := map[string]bool{}
	for i := range lines {
		if of := lines[i].on(); of != nil && of.Pass != "" {
			codes[of.Code] = true
		}
	}
	passes, err := scannedPasses(ctx, tx, codes)
	if err != nil {
		return err
	}
	for i := range lines {
		if of := lines[i].on(); of != nil && of.Pass != "" {
			lines[i].Pass = passes[of.Code]
		}
	}
	return nil
}

// on is the scan whose pass the line is about.
func (d *Difference) on() *registry.Scan {
	if d.Kind == registry.DiffVoid {
		return d.Before
	}
	return d.Scan
}

// scannedPasses returns what to say of the passes with these codes.
func scannedPasses(ctx context.Context, tx *store.Tx, codes map[string]bool) (map[string]ScannedPass, error) {
	passes := map[string]ScannedPass{}
	if len(codes) == 0 {
		return passes, nil
	}
	list, err := tx.GatePasses(ctx, slices.Sorted(maps.Keys(codes)))
	for i := range list {
		p := &list[i]
		of := ScannedPass{Kind: p.Kind, Label: p.Label, Booth: p.BoothCode, Vendor: p.VendorName}
		if p.Kind == registry.VoucherPass {
			of.Pack, of.Serial = p.Pack, p.Ordinal
		}
		passes[p.Code] = of
	}
	return passes, err
}
