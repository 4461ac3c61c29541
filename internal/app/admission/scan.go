package admission

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// gateWork is what one request at a gate wants written. The group commit fills in
// what it is answered.
type gateWork struct {
	event    registry.EventID
	device   registry.Device // the zero value for a visitor's tap
	received int64           // unix ms, its first byte
	boot     string
	sentAt   int64 // the phone's clock
	seqFrom  int64 // the smallest seq that the phone still has
	direct   bool  // from the phone itself, which must be let in
	relayed  bool  // by a relay, which tells when all of it was

	scans  []scanWork
	counts []gate.SentCount
	tap    *registry.Tap
	parts  []*gateWork // of a relay's batch: what its phones sent, in order

	answers  []json.RawMessage // to the scans, in their order
	acked    int64
	backedUp int64
	first    bool // the tap is this phone's first at the event today
	refused  error
}

// Weight is about how many rows the work writes.
func (w *gateWork) Weight() int {
	n := len(w.scans) + len(w.counts)
	for _, p := range w.parts {
		n += p.Weight()
	}
	return max(1, n)
}

// scanWork is one scan with its text read.
type scanWork struct {
	sent gate.SentScan
	read gate.Reading
	keys string // the keys it was read with

	answered registry.VerdictCode // by the relay that hands it on
}

// scan is what the rules look at.
func (s *scanWork) scan(device *registry.Device) gate.Scan {
	return gate.Scan{QR: s.sent.QR, Code: s.sent.Code, Direction: s.sent.Direction, Gate: s.sent.Gate, Booth: s.sent.Booth,
		Training: s.sent.Training, Supervisor: s.sent.ForcedBy != "" || device.Role == registry.Supervisor}
}

// open reads the text of a scan.
func (d *gateDesk) open(sent gate.SentScan, device *registry.Device) scanWork {
	s := scanWork{sent: sent, keys: d.mark.Keys}
	if sent.VoidOf == "" {
		s.read = d.read(s.scan(device))
	}
	return s
}

// GateAnswer is what a phone is answered to scans or counts: as much as is durable
// of what it sent.
type GateAnswer = gate.ScanReply

// Scan takes a batch of scans of a phone and answers each. It returns once all of
// them are durable. A scan that is known by its id gets the answer that it got before:
// verdict and detail as they were, the names of the pass as they are today. The batch's list
// is the caller's again when Scan returns. Limited for
// typed codes after many that were of no pass; symbols go on. Malformed for a batch that
// no phone of ours sends, and then nothing of it is stored; Unavailable when it could
// not be written in time.
func (a *Service) Scan(ctx context.Context, device registry.Device, batch gate.ScanBatch) (GateAnswer, error) {
	if err := batch.Check(); err != nil {
		return GateAnswer{}, err
	}
	desk, err := a.someDesk(ctx, device.Event)
	if err != nil {
		return GateAnswer{}, err
	}
	for i := range batch.Scans {
		if field := desk.strange(&device, &batch.Scans[i]); field != "" {
			return GateAnswer{}, registry.E(registry.Malformed, "error.gate.field", i+1, field)
		}
	}
	if err := a.mayType(ctx, device, batch); err != nil {
		return GateAnswer{}, err
	}
	w := a.newWork(device, batch.Boot, batch.SentAt, batch.ReceivedAt)
	w.direct, w.seqFrom, w.scans = true, batch.DeviceSeqFrom, make([]scanWork, len(batch.Scans))
	for i, sent := range batch.Scans {
		w.scans[i] = desk.open(sent, &device)
	}
	answer, err := a.handIn(ctx, w)
	a.noteTyped(device, batch, answer)
	return answer, err
}

// Count takes a batch of presses of a phone's clicker, with the rules of Scan.
func (a *Service) Count(ctx context.Context, device registry.Device, batch gate.CountBatch) (gate.CountAnswer, error) {
	if err := batch.Check(); err != nil {
		return gate.CountAnswer{}, err
	}
	desk, err := a.someDesk(ctx, device.Event)
	if err != nil {
		return gate.CountAnswer{}, err
	}
	kept := make([]registry.ScanID, len(batch.Counts))
	for i := range batch.Counts {
		if device.Role == registry.Seller || !desk.standsAt(&device, batch.Counts[i].Gate, true) {
			return gate.CountAnswer{}, registry.E(registry.Malformed, "error.gate.field", i+1, "gate")
		}
		kept[i] = batch.Counts[i].ID
	}
	w := a.newWork(device, batch.Boot, batch.SentAt, batch.ReceivedAt)
	w.direct, w.seqFrom, w.counts = true, batch.DeviceSeqFrom, batch.Counts
	answer, err := a.handIn(ctx, w)
	return gate.CountAnswer{ServerTime: answer.ServerTime, AckedSeq: answer.AckedSeq, BackedUpSeq: answer.BackedUpSeq, Results: kept}, err
}

// standsAt reports whether a phone may hand in what it took in at a gate: one of
// its own, or any of its event for what has happened already. A phone that was
// paired anew for another gate still brings what it did at the one before.
func (d *gateDesk) standsAt(device *registry.Device, gateN int, happened bool) bool {
	if slices.Contains(device.Gates, gateN) {
		return true
	}
	return happened && slices.Contains(d.gateNumbers(), gateN)
}

func (d *gateDesk) gateNumbers() []int {
	numbers := make([]int, len(d.gates))
	for i, g := range d.gates {
		numbers[i] = g.Number
	}
	return numbers
}

func (a *Service) newWork(device registry.Device, boot string, sentAt, received int64) *gateWork {
	return &gateWork{event: device.Event, device: device, received: cmp.Or(received, a.NowMS()), boot: boot, sentAt: sentAt}
}

// handIn gives work to the group commit and waits until it is durable.
func (a *Service) handIn(ctx context.Context, w *gateWork) (GateAnswer, error) {
	if err := a.gates.Write(ctx, w); err != nil {
		return GateAnswer{}, err
	}
	if w.refused != nil {
		return GateAnswer{}, w.refused
	}
	return GateAnswer{ServerTime: a.NowMS(), AckedSeq: w.acked, BackedUpSeq: w.backedUp, Results: w.answers}, nil
}

// CloseGates writes and answers everything that was handed in.
func (a *Service) CloseGates() { a.gates.Close() }

// settle writes the work of several requests in one transaction.
func (a *Service) settle(ctx context.Context, tx *store.Tx, works []*gateWork) error {
	works = flat(works)
	b, err := a.openBook(ctx, tx, works)
	if err != nil {
		return err
	}
	works = b.let(works)
	for _, w := range works {
		if err := b.do(ctx, w); err != nil {
			return err
		}
	}
	if err := b.save(ctx, works); err != nil {
		if errors.Is(err, store.ErrTaken) {
			a.known.Doubt(b.known)
		}
		return err
	}
	tx.AfterCommit(b.remember)
	tx.AfterCommit(b.noteScans)
	return nil
}
