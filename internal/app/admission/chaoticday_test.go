package admission_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// chaoticDay is a market day on which everything goes wrong that may: phones lose
// the network, start anew with their clocks set back, passes are replaced while
// their bearers are inside, keys are killed, the server is ended and put back.
type chaoticDay struct {
	*market
	t       *testing.T
	r       *rand.Rand
	teller  *teller
	truths  []truth
	bearers []registry.PassRow // each with the pass that it carries now
	phones  []*chaoticPhone
	backup  string
}

// chaoticPhone keeps every scan until it is in a backup.
type chaoticPhone struct {
	*testkit.Phone
	kept    []keptScan
	waiting int // of the last of kept, those that were never sent
	away    bool
}

type keptScan struct {
	gate.SentScan
	boot  string
	ahead int64
	truth int
}

func newChaoticDay(t *testing.T) *chaoticDay {
	t.Helper()
	d := &chaoticDay{market: newMarket(t, "sqlite"), t: t, r: rand.New(rand.NewPCG(7, 11)), teller: &teller{}}
	rows := d.passes
	for stall := range 9 {
		rows = append(rows, d.Stall(d.event, 10+stall)...)
	}
	rows = append(rows, d.Issued(d.event, registry.OfficialPass, 60)...)
	d.Issued(d.event, registry.VisitorPass, 1000)
	rows = append(rows, d.Issued(d.event, registry.VisitorPass, 1000)...) // all of both
	for _, row := range rows {
		if row.Kind != registry.BoothPass {
			d.bearers = append(d.bearers, row)
			d.teller.kinds, d.teller.codes = append(d.teller.kinds, row.Kind), append(d.teller.codes, row.Code)
		}
	}
	for i := range 6 {
		role := map[bool]registry.DeviceRole{false: registry.Steward, true: registry.Supervisor}[i >= 4]
		p := &chaoticPhone{Phone: d.Phone(d.event.ID, role, [][]int{{1}, {2}, {1, 2}}[i%3]...)}
		p.Start(int64(i-3) * 7 * 60_000)
		d.phones = append(d.phones, p)
		d.teller.phones = append(d.teller.phones, tellerPhone{p.Device.ID, role == registry.Supervisor})
	}
	list, _, err := d.GateSnapshot(d.phones[0].Device, "", "")
	testkit.Works(t, err)
	d.teller.day = list.GateDay
	return d
}

// inside is where a bearer is by the truths alone.
func (d *chaoticDay) inside(bearer int) bool {
	for _, s := range slices.Backward(d.truths) {
		if s.pass == bearer && s.admitted && s.voids == "" {
			return !s.out
		}
	}
	return false
}

// step is one scan: mostly of somebody who goes the other way than last time,
// sometimes of the same symbol again, sometimes the taking back of the last one.
func (d *chaoticDay) step() {
	d.Clock.Add(time.Duration(200+d.r.IntN(14_000)) * time.Millisecond)
	n, bearer := d.r.IntN(len(d.phones)), d.r.IntN(len(d.bearers))
	out := d.inside(bearer) != (d.r.IntN(12) == 0)
	p := d.phones[n]
	if last := len(p.kept) - 1; last >= 0 && d.r.IntN(12) == 0 {
		was := d.truths[p.kept[last].truth]
		switch {
		case was.voids == "" && d.r.IntN(3) == 0:
			d.scan(n, truth{phone: n, pass: was.pass, out: was.out, gate: was.gate, voids: was.id})
			return
		case was.voids == "":
			bearer, out = was.pass, was.out
		}
	}
	d.scan(n, truth{phone: n, pass: bearer, out: out, gate: p.Device.Gates[d.r.IntN(len(p.Device.Gates))]})
}

// scan makes one scan and sends it at once where the phone has a network.
func (d *chaoticDay) scan(n int, s truth) {
	p, row := d.phones[n], d.bearers[s.pass]
	s.offline = p.away && s.voids == ""
	sent := p.Scan(row, func(c *gate.SentScan) {
		c.Gate, c.VoidOf = s.gate, s.voids
		if s.out {
			testkit.Going(c)
		}
		switch {
		case s.voids != "":
			c.QR = ""
		case s.offline:
			s.admitted = d.r.IntN(10) > 0
			c.Mode, c.Verdict = registry.Offline, map[bool]registry.VerdictCode{true: registry.VerdictOK, false: registry.VerdictBlocked}[s.admitted]
		case d.teller.phones[n].supervisor && d.r.IntN(20) == 0:
			s.forced, c.ForcedBy = true, "Tổ trưởng"
		}
	})
	s.id, s.seq, s.at = sent.ID, sent.Seq, d.App.NowMS()
	d.truths = append(d.truths, s)
	p.kept = append(p.kept, keptScan{sent, p.Boot, p.Ahead, len(d.truths) - 1})
	if p.waiting++; !p.away {
		d.upload(p, p.kept[len(p.kept)-p.waiting:])
	}
}

// upload sends scans of a phone, those of each start of its app by themselves, and
// notes whom the server let in.
func (d *chaoticDay) upload(p *chaoticPhone, scans []keptScan) {
	for len(scans) > 0 {
		n := 1
		for n < len(scans) && n < 500 && scans[n].boot == scans[0].boot {
			n++
		}
		batch := gate.ScanBatch{DeviceSeqFrom: p.kept[0].Seq, Boot: scans[0].boot, SentAt: d.App.NowMS() + scans[0].ahead}
		for _, s := range scans[:n] {
			batch.Scans = append(batch.Scans, s.SentScan)
		}
		a, err := d.App.Admission.Scan(d.t.Context(), p.Device, batch)
		testkit.Works(d.t, err)
		for i, raw := range a.Results {
			var result gate.ScanResult
			testkit.Works(d.t, json.Unmarshal(raw, &result))
			s := &d.truths[scans[i].truth]
			if !s.offline && s.voids == "" && scans[i].Verdict == "" {
				s.admitted = slices.Contains([]registry.VerdictCode{"ok", "ok_again", "exit_ok"}, result.Verdict)
				for k := range p.kept {
					if p.kept[k].ID == result.ID {
						p.kept[k].Verdict = result.Verdict // what was done at the gate, for another telling
					}
				}
			}
		}
		if scans = scans[n:]; len(scans) == 0 {
			p.waiting = 0
		}
		d.forget(p, a.BackedUpSeq)
	}
}

// forget drops what is in a backup.
func (d *chaoticDay) forget(p *chaoticPhone, seq int64) {
	p.kept = slices.DeleteFunc(slices.Clone(p.kept), func(s keptScan) bool { return s.Seq <= seq })
	p.waiting = min(p.waiting, len(p.kept))
}

// trouble is what happens besides.
func (d *chaoticDay) trouble(n int) {
	p := d.phones[d.r.IntN(len(d.phones))]
	switch {
	case n == 1200 || n == 3700:
		d.killKey()
	case n == 2000:
		dir := d.t.TempDir()
		testkit.Works(d.t, d.App.BackupTo(d.t.Context(), dir))
		found, _ := filepath.Glob(filepath.Join(dir, "*.db"))
		d.backup = found[0]
	case n == 2500:
		d.restore(d.t, d.backup)
		for _, p := range d.phones {
			d.upload(p, slices.Clone(p.kept))
		}
	case n%800 == 799:
		d.reopen()
	case n%40 == 0: // the network comes or goes
		if p.away = !p.away; !p.away && p.waiting > 0 {
			waits := slices.Clone(p.kept[len(p.kept)-p.waiting:])
			d.upload(p, waits)
			if n%80 == 0 { // the answer was lost
				d.upload(p, slices.DeleteFunc(waits, func(s keptScan) bool { return s.Seq < firstOf(p) }))
			}
		}
	case n%90 == 0: // started anew, its clock set by a person
		p.Start(int64(d.r.IntN(5)-3) * 11 * 60_000)
	case n%60 == 0 && (n < 2000 || n > 2500):
		d.reissueInside()
	}
}

func firstOf(p *chaoticPhone) int64 {
	if len(p.kept) == 0 {
		return 1 << 60
	}
	return p.kept[0].Seq
}

// reissueInside replaces the pass of somebody who is inside.
func (d *chaoticDay) reissueInside() {
	for range 50 {
		b := d.r.IntN(len(d.bearers))
		if !d.inside(b) {
			continue
		}
		if _, err := d.App.Passes.ReissuePass(d.t.Context(), chief, d.bearers[b].ID, "mất thẻ"); err != nil {
			d.t.Fatal(err)
		}
		d.newPasses()
		return
	}
}

// killKey kills the key that signs and issues every pass anew.
func (d *chaoticDay) killKey() {
	keys, err := d.App.Passes.Keys(d.t.Context(), chief)
	testkit.Works(d.t, err)
	for _, key := range keys {
		if key.State == registry.KeyActive {
			testkit.Works(d.t, d.App.Passes.KillKey(d.t.Context(), chief, key.ID, key.Passes))
		}
	}
	_, err = d.App.Passes.ReissueKilled(d.t.Context(), chief, d.event.ID)
	testkit.Works(d.t, err)
	d.newPasses()
}

// newPasses gives each bearer the pass that is in force.
func (d *chaoticDay) newPasses() {
	d.Read(func(tx *store.Tx) error {
		rows, err := tx.Passes(d.t.Context(), registry.PassFilter{Event: d.event.ID, State: registry.PassValid})
		now := map[registry.PassID]registry.PassRow{}
		for _, row := range rows {
			now[row.Bearer] = row
		}
		for i, b := range d.bearers {
			if row, ok := now[b.Bearer]; ok {
				d.bearers[i] = row
			}
		}
		return err
	})
}

// reopen ends the server and starts it on the same file.
func (d *chaoticDay) reopen() {
	d.App.Close()
	path := d.DB.Path()
	testkit.Works(d.t, d.DB.Close())
	db, err := store.Open(d.t.Context(), path)
	testkit.Works(d.t, err)
	db.Now = d.Clock.Now
	d.DB = db
	d.App = d.Another()
}

// recount is the day by its truths alone: what every page has to say.
type recount struct {
	people          int
	staff, vehicles map[string]int // by booth
	others          map[registry.PassKind]int
	hours           map[int64]gate.HourStats
	gates           map[int]gate.GateStats
	visits          int
	unplaced        int // entries of who was inside already
}

func (d *chaoticDay) recount() recount {
	c := recount{staff: map[string]int{}, vehicles: map[string]int{}, others: map[registry.PassKind]int{},
		hours: map[int64]gate.HourStats{}, gates: map[int]gate.GateStats{}}
	standing := d.teller.standing(d.truths)
	slices.SortFunc(standing, d.teller.order)
	last, came := map[int]truth{}, map[int]bool{}
	for _, s := range standing {
		at := s.at / registry.HourMS * registry.HourMS
		h, g := c.hours[at], c.gates[s.gate]
		h.FromAt, g.Number = at, s.gate
		switch {
		case s.out:
			h.Out, g.Out = h.Out+1, g.Out+1
		default:
			h.In, g.In = h.In+1, g.In+1
			if d.teller.kinds[s.pass] == registry.VisitorPass && !came[s.pass] {
				h.Visits, g.Visits, c.visits = h.Visits+1, g.Visits+1, c.visits+1
			}
			came[s.pass] = true
			if before, ok := last[s.pass]; ok && !before.out {
				c.unplaced++
			}
		}
		c.hours[at], c.gates[s.gate], last[s.pass] = h, g, s
	}
	for pass, s := range last {
		row := d.bearers[pass]
		switch {
		case s.out:
		case row.Kind == registry.VehiclePass:
			c.vehicles[row.Label]++
		case row.BoothCode != "":
			c.staff[row.BoothCode]++
			c.people++
		default:
			c.others[row.Kind]++
			c.people++
		}
	}
	return c
}

// differences are where the pages that tell figures of the day differ from the
// recount.
func (d *chaoticDay) differences() (found []string) {
	c := d.recount()
	d.t.Logf("%d scans: %d people inside, %d visits, %d unplaced", len(d.truths), c.people, c.visits, c.unplaced)
	same := func(page string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			found = append(found, fmt.Sprintf("%s: %v, the recount %v", page, got, want))
		}
	}
	hours := slices.SortedFunc(maps.Values(c.hours), func(a, b gate.HourStats) int { return int(a.FromAt - b.FromAt) })
	gates := slices.SortedFunc(maps.Values(c.gates), func(a, b gate.GateStats) int { return a.Number - b.Number })
	stats := d.stats(d.t, d.phones[0].Phone)
	same("a phone, inside", stats.Inside, c.people)
	same("a phone, hours", stats.Hours, hours)
	same("a phone, gates", stats.Gates, gates)
	live, err := d.App.Admission.GateLive(d.t.Context(), chief, d.event.ID)
	testkit.Works(d.t, err)
	same("the live page, inside", live.Inside, c.people)
	same("the live page, unplaced", live.Unplaced, c.unplaced)
	same("the live page, hours", live.Hours, hours)
	same("the live page, gates", live.ByGate, gates)
	same("the live page, visits", live.Visits.Total, c.visits)
	sheet, err := d.App.Admission.Evacuation(d.t.Context(), chief, d.event.ID)
	testkit.Works(d.t, err)
	staff, vehicles, others := sheetOf(sheet)
	same("the evacuation sheet, people", sheet.People, c.people)
	same("the evacuation sheet, unplaced", sheet.Unplaced, c.unplaced)
	same("the evacuation sheet, staff", staff, c.staff)
	same("the evacuation sheet, vehicles", vehicles, c.vehicles)
	same("the evacuation sheet, others", others, c.others)
	figures, err := d.App.Admission.GateFigures(d.t.Context(), chief, d.event.ID, "")
	testkit.Works(d.t, err)
	same("the page of visits, inside", figures.Inside, c.people)
	same("the page of visits, the day", figures.Visits.Total, c.visits)
	public, err := d.App.Admission.Visits(d.t.Context(), d.event.ID)
	testkit.Works(d.t, err)
	same("the public page, visits", public.Total.Total, c.visits)
	report, err := d.App.Reports.EventReport(d.t.Context(), chief, d.event.ID)
	testkit.Works(d.t, err)
	n, _ := report.Figure("visits")
	same("the report, visits", n, c.visits)
	return found
}

// sheetOf is what an evacuation sheet says: staff by booth, plates, others by kind.
func sheetOf(e admission.Evacuation) (staff, vehicles map[string]int, others map[registry.PassKind]int) {
	staff, vehicles, others = map[string]int{}, map[string]int{}, map[registry.PassKind]int{}
	for _, b := range e.Booths {
		if b.Staff > 0 {
			staff[b.Booth] = b.Staff
		}
		for _, plate := range b.Vehicles {
			vehicles[plate]++
		}
	}
	for _, o := range e.Others {
		others[o.Kind] = o.N
	}
	return staff, vehicles, others
}

// TestLongChaoticDay recounts a day of five thousand scans from what happened at the
// gates alone; every page that tells figures of the day tells the same. The control
// puts the same truths together in wrong ways, which the pages then contradict.
func TestLongChaoticDay(t *testing.T) {
	need.Long(t)
	testkit.WithinADay(t)
	d := newChaoticDay(t)
	for n := range testkit.Rounds(5000) {
		d.step()
		d.trouble(n)
	}
	for _, p := range d.phones {
		d.upload(p, slices.Clone(p.kept))
	}
	for _, line := range d.differences() {
		t.Error(line)
	}
	for name, wrong := range map[string]folding{"no repeats": {noRepeats: true}, "no voids": {noVoids: true}} {
		d.teller.fold = wrong
		if len(d.differences()) == 0 {
			t.Errorf("%s: no page contradicts", name)
		}
	}
}
