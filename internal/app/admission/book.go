package admission

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"hoicho/internal/app/admission/known"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// scanKey is what makes a scan or a count unique.
type scanKey struct {
	id     registry.ScanID
	device registry.DeviceID
}

// book is one group commit at the gates: what it read at its start, with a few
// statements for all requests, what they come to, and what is written at its end.
//
// The change numbers of its events are held from the start, so nobody else
// changes a pass or a presence of theirs before it ends.
type book struct {
	app *Service
	tx  *store.Tx

	desks   map[registry.EventID]*gateDesk
	known   map[registry.EventID]*known.Event
	devices map[registry.DeviceID]*known.Phone
	scans   map[scanKey]*registry.Scan           // stored, or new in this book
	byID    map[registry.ScanID][]*registry.Scan // the same
	voids   map[registry.ScanID][]*registry.Scan // by the scan that they take back
	counts  map[scanKey]*registry.Count
	undone  map[scanKey]bool           // counts that were taken back, perhaps before they came
	passes  map[string]*store.GatePass // by code
	clocks  map[start][]*phoneClock
	earlier map[scanKey]int64 // when scans of this book were that a relay tells of more than once
	byPass  map[registry.PassID]*store.GatePass
	byBooth map[registry.BoothID][]*store.GatePass

	newScans  []*registry.Scan
	newCounts []*registry.Count
	amended   []*registry.Scan
	fresh     map[*registry.Scan]bool // new and not stored yet
	turned    map[*registry.Scan]bool // count from now on, or not any more
	retimed   map[*registry.Scan]bool // were at another time than was known
	moved     map[registry.PassID]*store.GatePass
	hours     map[registry.GateHour]int // by counter, with N = 0

	touched map[registry.PassID][]int64 // where it is open which scans of a pass count
	stopped map[registry.PassID]bool    // of them, those that have lost a scan that counted
	stops   map[registry.PassID]int     // how often that happened in this book
	changed daysOf                      // what has to be found anew
}

// openBook reads what the works touch.
func (a *Service) openBook(ctx context.Context, tx *store.Tx, works []*gateWork) (*book, error) {
	b := &book{app: a, tx: tx, desks: map[registry.EventID]*gateDesk{}, known: map[registry.EventID]*known.Event{}, devices: map[registry.DeviceID]*known.Phone{},
		scans: map[scanKey]*registry.Scan{}, byID: map[registry.ScanID][]*registry.Scan{}, voids: map[registry.ScanID][]*registry.Scan{},
		counts: map[scanKey]*registry.Count{}, undone: map[scanKey]bool{}, passes: map[string]*store.GatePass{},
		clocks: map[start][]*phoneClock{}, earlier: map[scanKey]int64{}, byPass: map[registry.PassID]*store.GatePass{}, byBooth: map[registry.BoothID][]*store.GatePass{},
		moved: map[registry.PassID]*store.GatePass{}, fresh: map[*registry.Scan]bool{}, turned: map[*registry.Scan]bool{}, retimed: map[*registry.Scan]bool{}, hours: map[registry.GateHour]int{},
		touched: map[registry.PassID][]int64{}, stopped: map[registry.PassID]bool{}, stops: map[registry.PassID]int{}, changed: daysOf{}}
	if err := b.openEvents(ctx, works); err != nil {
		return nil, err
	}
	if err := b.openPhones(ctx, works); err != nil {
		return nil, err
	}
	if err := b.openScans(ctx, works); err != nil {
		return nil, err
	}
	if err := b.openCounts(ctx, works); err != nil {
		return nil, err
	}
	if err := b.openClocks(ctx, works); err != nil {
		return nil, err
	}
	if err := b.openVoiders(ctx); err != nil {
		return nil, err
	}
	if err := b.openPasses(ctx, works); err != nil {
		return nil, err
	}
	return b, b.settleAll(ctx) // what a clock has moved
}

// openEvents holds the change numbers before anything is read. Events go by their
// ids, so that two servers never wait for each other.
func (b *book) openEvents(ctx context.Context, works []*gateWork) error {
	ids := map[registry.EventID]bool{}
	for _, w := range works {
		ids[w.event] = true
	}
	events := slices.Sorted(maps.Keys(ids))
	seen := b.app.DB.ChangesOf(gateTables())
	held, err := b.tx.HoldChanges(ctx, events)
	if err != nil {
		return err
	}
	for _, id := range events {
		b.known[id] = b.app.known.Take(id, held[id], seen)
		desk, err := b.app.desk(ctx, b.tx, id)
		if err != nil {
			return err
		}
		b.desks[id] = desk
	}
	return nil
}

// openScans reads the scans that are known already, those to be taken back, and
// the voids that came before their scans. Only what is certainly new is known by nobody.
func (b *book) openScans(ctx context.Context, works []*gateWork) error {
	var ids, asked []registry.ScanID
	for _, w := range works {
		for i := range w.scans {
			sent := &w.scans[i].sent
			ids = append(ids, sent.ID)
			if !w.direct || !b.known[w.event].CertainlyNew(b.devices[w.device.ID], sent.Seq) {
				asked = append(asked, sent.ID)
			}
			if sent.VoidOf != "" {
				ids, asked = append(ids, sent.VoidOf), append(asked, sent.VoidOf)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	if err := b.readScans(ctx, asked); err != nil {
		return err
	}
	return b.findVoids(ctx, ids)
}

// readScans reads the scans that are stored under ids.
func (b *book) readScans(ctx context.Context, ids []registry.ScanID) error {
	if len(ids) == 0 {
		return nil
	}
	stored, err := b.tx.ScansByID(ctx, ids)
	for i := range stored {
		b.keep(&stored[i])
	}
	return err
}

// findVoids reads what takes these scans back: of each phone one that stands for
// all, however often it did.
func (b *book) findVoids(ctx context.Context, ids []registry.ScanID) error {
	voids, err := b.tx.VoidsByDevice(ctx, ids)
	for i := range voids {
		v := &voids[i]
		b.voids[v.VoidOf] = append(b.voids[v.VoidOf], v)
	}
	return err
}

// keep makes a scan findable.
func (b *book) keep(s *registry.Scan) {
	key := scanKey{s.ID, s.Device}
	if b.scans[key] == nil {
		b.scans[key] = s
		b.byID[s.ID] = append(b.byID[s.ID], s)
	}
}

func (b *book) openCounts(ctx context.Context, works []*gateWork) error {
	var ids, wanted []registry.ScanID
	for _, w := range works {
		for i := range w.counts {
			ids = append(ids, w.counts[i].ID)
			if of := w.counts[i].VoidOf; of != "" {
				wanted = append(wanted, of)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	stored, err := b.tx.CountsByID(ctx, append(slices.Clone(wanted), ids...))
	if err != nil {
		return err
	}
	for i := range stored {
		c := &stored[i]
		b.counts[scanKey{c.ID, c.Device}] = c
	}
	return b.findUndone(ctx, append(wanted, ids...))
}

// findUndone reads which of these presses were taken back.
func (b *book) findUndone(ctx context.Context, ids []registry.ScanID) error {
	undone, err := b.tx.CountsUndone(ctx, ids)
	for _, of := range undone {
		b.undone[scanKey{of.ID, of.Device}] = true
	}
	return err
}

// openPasses reads the passes that were scanned, those whose scans are taken back,
// and the staff who are inside with them.
func (b *book) openPasses(ctx context.Context, works []*gateWork) error {
	codes := map[string]bool{}
	for _, w := range works {
		for i := range w.scans {
			codes[w.scans[i].read.Code()] = true
		}
	}
	for _, s := range b.scans {
		codes[s.Code] = true
	}
	delete(codes, "")
	if others := b.remembered(codes); len(others) > 0 {
		passes, err := b.tx.GatePasses(ctx, others)
		if err != nil {
			return err
		}
		b.listAll(passes)
	}
	if err := b.openBearers(ctx); err != nil {
		return err
	}
	return b.openBooths(ctx)
}

// openBearers reads what took the place of the passes that were replaced.
func (b *book) openBearers(ctx context.Context) error {
	var bearers []registry.PassID
	for _, p := range b.passes {
		if b.byPass[p.ID] == nil {
			bearers = append(bearers, p.ID)
		}
	}
	if len(bearers) == 0 {
		return nil
	}
	passes, err := b.tx.BearersPasses(ctx, bearers)
	b.listAll(passes)
	return err
}

// list makes a pass findable: by its code, and by its bearer the one that the
// bearer has now.
func (b *book) list(p *store.GatePass) {
	if b.passes[p.Code] != nil {
		return
	}
	if b.passes[p.Code] = p; p.ReplacedBy != "" {
		return
	}
	b.byPass[p.ID] = p
	if p.Kind == registry.StaffPass && p.Booth != "" {
		b.byBooth[p.Booth] = append(b.byBooth[p.Booth], p)
	}
}

func (b *book) listAll(passes []store.GatePass) {
	for i := range passes {
		b.list(&passes[i])
	}
}

// do takes in the work of one request.
func (b *book) do(ctx context.Context, w *gateWork) error {
	w.answers = make([]json.RawMessage, len(w.scans))
	for i := range w.scans {
		answer, err := b.scan(ctx, w, &w.scans[i])
		if err != nil {
			return err
		}
		w.answers[i] = answer
	}
	for i := range w.counts {
		b.count(w, &w.counts[i])
	}
	if w.tap != nil {
		return b.tap(ctx, w)
	}
	return nil
}

// add counts at a gate in the hour of an instant.
func (b *book) add(event registry.EventID, at int64, gateN int, figure registry.Figure, n int) {
	b.hours[registry.GateHour{Event: event, HourAt: registry.HourOf(at), Gate: gateN, Figure: figure}] += n
}

// snapshot is the register as the rules need it for one pass that a phone has read: the
// pass, and of its booth who else is inside.
func (b *book) snapshot(desk *gateDesk, device *registry.Device, p *store.GatePass) *gate.Snapshot {
	s := desk.registerFor(device)
	if p == nil || p.Event != desk.event.ID {
		s.Passes = gate.Passes{}
		return &s
	}
	s.Passes = gate.Passes{p.Code: gatePass(p)}
	if p.Kind == registry.StaffPass {
		for _, other := range b.byBooth[p.Booth] {
			if other.Presence.Last.Direction == registry.In {
				s.Passes[other.Code] = gatePass(other)
			}
		}
	}
	return &s
}
