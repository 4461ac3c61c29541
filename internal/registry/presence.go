package registry

import (
	"slices"
	"strings"
)

// Mark is when and where a pass came in, or a voucher was spent. Day is the gate day of then.
type Mark struct {
	Day  string `json:"day"` // YYYY-MM-DD
	At   int64  `json:"at"`  // unix ms
	Gate int    `json:"gate"`
	// Booth is the code of the booth that took it, of a voucher; Gate is 0 then.
	Booth string `json:"booth,omitempty"`
	// Paper: ticked on a gate list, not scanned.
	Paper bool `json:"paper,omitempty"`
}

// Method is how a visit by the mark was counted.
func (m *Mark) Method() CountMethod {
	if m.Paper {
		return CountPaper
	}
	return CountScan
}

// before orders marks of a day; two of the same instant have an order too.
func (m *Mark) before(o *Mark) bool {
	switch {
	case m.At != o.At:
		return m.At < o.At
	case m.Gate != o.Gate:
		return m.Gate < o.Gate
	case m.Booth != o.Booth:
		return m.Booth < o.Booth
	}
	return !m.Paper && o.Paper
}

// Movement is an admitted scan, as far as the place of its pass goes.
type Movement struct {
	Scan        ScanID    `json:"scan"`
	Device      DeviceID  `json:"device"`
	Seq         int64     `json:"seq"`
	Direction   Direction `json:"direction"`
	Gate        int       `json:"gate"`
	Booth       string    `json:"booth,omitempty"` // code, of a voucher
	Day         string    `json:"day"`             // gate day, YYYY-MM-DD
	At          int64     `json:"at"`              // unix ms by the phone's clock
	CorrectedAt int64     `json:"corrected_at"`    // unix ms by the server's clock
	Paper       bool      `json:"paper,omitempty"` // ticked on a gate list
}

// Mark is the movement as an entry.
func (m *Movement) Mark() Mark {
	return Mark{Day: m.Day, At: m.CorrectedAt, Gate: m.Gate, Booth: m.Booth, Paper: m.Paper}
}

// After reports whether m came later than o. Movements of the same instant have
// an order too, by device and its count, so that every server finds the same.
func (m *Movement) After(o *Movement) bool {
	switch {
	case m.CorrectedAt != o.CorrectedAt:
		return m.CorrectedAt > o.CorrectedAt
	case m.Device != o.Device:
		return m.Device > o.Device
	}
	return m.Seq > o.Seq
}

// Presence is what the admitted scans of a pass and of those that it replaced come
// to: whether its bearer is inside, and on which days it came in first when. A voucher
// is nowhere: its first mark is where it was spent.
type Presence struct {
	Pass    PassID // the bearer's
	Event   EventID
	Kind    PassKind
	Last    Movement    // the newest; its Scan is empty when there was none
	Verdict VerdictCode // that the phone was answered to it
	Kept    string      // the rest of that answer; see Scan.Kept
	Used    []Mark      // the first entry of each gate day, in the order of days
	Version int64       // 0 = not stored yet
}

// Inside is the entry by which the pass is inside, or nil. Who forgot to scan out
// yesterday has one of yesterday.
func (p *Presence) Inside() *Mark {
	if p.Last.Direction != In {
		return nil
	}
	mark := p.Last.Mark()
	return &mark
}

// Add takes a movement in. The same movements come to the same presence in any
// order. came is true when it is an entry, or the spending of a voucher, on a day
// without one so far, and earlier is the mark that it takes the place of when it was
// before it.
func (p *Presence) Add(m Movement) (came bool, earlier *Mark) {
	if p.Last.Scan == "" || m.After(&p.Last) {
		p.Last = m
	}
	if m.Direction == Out {
		return false, nil
	}
	mark := m.Mark()
	i, found := slices.BinarySearchFunc(p.Used, mark.Day, func(u Mark, day string) int { return strings.Compare(u.Day, day) })
	if !found {
		p.Used = slices.Insert(slices.Clone(p.Used), i, mark)
		return true, nil
	}
	old := p.Used[i]
	if !mark.before(&old) {
		return false, nil
	}
	p.Used = slices.Clone(p.Used)
	p.Used[i] = mark
	return false, &old
}
