package admission

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

// relayLog gathers the rows that one book adds to a relay's log.
type relayLog struct {
	fresh, amended map[*registry.Scan]bool
	counts         map[*registry.Count]bool
	rows           []registry.RelayRow
}

// logRelay writes what came new in this book at the end of a relay's log, in the
// order in which it came. A server that is no relay keeps no log.
func (b *book) logRelay(ctx context.Context, works []*gateWork) error {
	if !b.app.isRelay {
		return nil
	}
	l := relayLog{fresh: setOf(b.newScans), amended: setOf(b.amended), counts: setOf(b.newCounts)}
	if err := l.retimed(b.retimed); err != nil {
		return err
	}
	for _, w := range works {
		for i := range w.scans {
			sent := &w.scans[i].sent
			if err := l.scan(b.scans[scanKey{sent.ID, w.device.ID}], sent); err != nil {
				return err
			}
		}
		for i := range w.counts {
			sent := &w.counts[i]
			if err := l.count(b.counts[scanKey{sent.ID, w.device.ID}], sent); err != nil {
				return err
			}
		}
	}
	return b.tx.AppendRelayLog(ctx, l.rows)
}

func setOf[T any](list []*T) map[*T]bool {
	set := make(map[*T]bool, len(list))
	for _, v := range list {
		set[v] = true
	}
	return set
}

// scan adds a scan that is new, or what its phone says of it in addition.
func (l *relayLog) scan(s *registry.Scan, sent *gate.SentScan) error {
	first := l.fresh[s]
	switch {
	case first:
		delete(l.fresh, s)
	case l.amended[s]:
		delete(l.amended, s)
	default:
		return nil
	}
	payload, err := json.Marshal(gate.RelayScan{Device: s.Device, Boot: s.Boot, CorrectedAt: s.CorrectedAt, Answered: s.Verdict, Scan: *sent})
	l.rows = append(l.rows, registry.RelayRow{Kind: registry.RelayScan, Device: s.Device, Seq: s.Seq, Amends: !first, Payload: string(payload)})
	return err
}

// retimed tells the server anew of scans that were earlier than it was told.
func (l *relayLog) retimed(scans map[*registry.Scan]bool) error {
	for _, s := range slices.SortedFunc(maps.Keys(scans), registry.CompareScans) {
		if s.Code == "" && s.VoidOf == "" {
			continue // no pass: it moves nothing
		}
		sent := gate.SentScan{ID: s.ID, Seq: s.Seq, Code: s.Code, Direction: s.Direction, Gate: s.Gate, Booth: s.Booth, At: s.At, MonoMS: s.MonoMS,
			Mode: s.Mode, Verdict: s.DeviceVerdict, ForcedBy: s.ForcedBy, Training: s.Training, VoidOf: s.VoidOf, VoidReason: s.VoidReason}
		payload, err := json.Marshal(gate.RelayScan{Device: s.Device, Boot: s.Boot, CorrectedAt: s.CorrectedAt, Answered: s.Verdict, Scan: sent})
		if err != nil {
			return err
		}
		l.rows = append(l.rows, registry.RelayRow{Kind: registry.RelayScan, Device: s.Device, Seq: s.Seq, Amends: true, Payload: string(payload)})
	}
	return nil
}

func (l *relayLog) count(c *registry.Count, sent *gate.SentCount) error {
	if !l.counts[c] {
		return nil
	}
	delete(l.counts, c)
	payload, err := json.Marshal(gate.RelayCount{Device: c.Device, Boot: c.Boot, CorrectedAt: c.CorrectedAt, Count: *sent})
	l.rows = append(l.rows, registry.RelayRow{Kind: registry.RelayCount, Device: c.Device, Seq: c.Seq, Payload: string(payload)})
	return err
}
