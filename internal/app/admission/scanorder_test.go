package admission_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// orderTest uploads histories to a server in whatever order, and compares.
type orderTest struct {
	*market
	t      *testing.T
	r      *rand.Rand
	teller *teller
	maker  *historyMaker
	phones []*testkit.Phone
	skews  []int64 // of the phones' clocks
	pool   map[registry.PassKind][]registry.PassRow
	rows   []registry.PassRow // by the teller's number
	truths []truth            // of all rounds
	rounds int
}

// newOrderTest has four phones: one right, one an hour ahead, one a day behind,
// and a supervisor's.
func newOrderTest(t *testing.T, engine string, histories int) *orderTest {
	t.Helper()
	o := &orderTest{market: newMarket(t, engine), t: t, r: rand.New(rand.NewPCG(11, 22)), pool: map[registry.PassKind][]registry.PassRow{}}
	for stall := range 4 {
		for _, row := range append(o.Stall(o.event, 10+stall), o.passes...) {
			o.pool[row.Kind] = append(o.pool[row.Kind], row)
		}
		o.passes = nil
	}
	for len(o.pool[registry.OfficialPass]) < 2*histories {
		o.pool[registry.OfficialPass] = o.Issued(o.event, registry.OfficialPass, min(2*histories, 1000))
	}
	for len(o.pool[registry.VisitorPass]) < histories {
		o.pool[registry.VisitorPass] = o.Issued(o.event, registry.VisitorPass, min(histories, 1000))
	}
	o.teller = &teller{}
	for i, role := range []registry.DeviceRole{registry.Steward, registry.Steward, registry.Steward, registry.Supervisor} {
		p := o.Phone(o.event.ID, role, [][]int{{1}, {2}, {1, 2}, {1, 2}}[i]...)
		o.phones = append(o.phones, p)
		o.teller.phones = append(o.teller.phones, tellerPhone{p.Device.ID, role == registry.Supervisor})
	}
	o.skews = []int64{0, registry.HourMS, -24 * registry.HourMS, 30_000}
	list, _, err := o.GateSnapshot(o.phones[0].Device, "", "")
	if err != nil {
		t.Fatal(err)
	}
	o.teller.day = list.GateDay
	o.maker = &historyMaker{Rand: o.r, w: o.teller, gates: [][]int{{1}, {2}, {1, 2}, {1, 2}},
		next: func() registry.ScanID {
			return registry.ScanID(uuid.Must(uuid.NewRandomFromReader(reader{o.r})).String())
		}}
	return o
}

// reader makes random bytes that are the same in every run.
type reader struct{ *rand.Rand }

func (r reader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r.IntN(256))
	}
	return len(p), nil
}

// take gives the teller a pass that no history has yet, and its number.
func (o *orderTest) take(kinds ...registry.PassKind) int {
	for _, kind := range kinds {
		if left := o.pool[kind]; len(left) > 0 {
			o.pool[kind] = left[1:]
			o.rows = append(o.rows, left[0])
			o.teller.kinds = append(o.teller.kinds, kind)
			o.teller.codes = append(o.teller.codes, left[0].Code)
			return len(o.rows) - 1
		}
	}
	o.t.Fatalf("no pass left of %v", kinds)
	return 0
}

// round makes n histories happen at the same time.
func (o *orderTest) round(n int) []truth {
	var truths []truth
	from := testkit.Start.UnixMilli() - registry.HourMS // when the event opens
	for range n {
		passes := []int{o.take(registry.StaffPass, registry.VehiclePass, registry.BoothPass, registry.OfficialPass),
			o.take(registry.VisitorPass), o.take(registry.OfficialPass)}
		truths = append(truths, o.maker.history(passes, from+int64(o.r.IntN(600_000)))...)
	}
	slices.SortStableFunc(truths, func(a, b truth) int { return cmp.Compare(a.at, b.at) })
	for i := range truths {
		p := o.phones[truths[i].phone]
		p.Seq++
		truths[i].seq = p.Seq
	}
	return truths
}

// sent is a truth as its phone tells it. asked is the first telling of one that
// the phone decided later.
func (o *orderTest) sent(s truth, asked bool) gate.SentScan {
	_, began, skew := o.start(s)
	scan := gate.SentScan{ID: s.id, Seq: s.seq, Direction: registry.In, Gate: s.gate, At: s.at + skew, MonoMS: s.at - began, Mode: registry.Online,
		Training: s.training, VoidOf: s.voids, VoidReason: s.reason}
	if s.out {
		scan.Direction = registry.Out
	}
	if s.forced {
		scan.ForcedBy = "Tổ trưởng"
	}
	if s.voids != "" {
		return scan
	}
	row := o.rows[s.pass]
	if s.seq%3 == 0 {
		scan.QR = pass.Text("http://localhost", row.Code, row.Proof)
	} else {
		scan.Code = row.Code
	}
	if s.offline && !asked {
		scan.Mode, scan.Verdict = registry.Offline, registry.VerdictOK
		if !s.admitted {
			scan.Verdict = registry.VerdictBlocked
		}
	}
	return scan
}

// start is the start of a phone's app in which a truth was told: a new one each four
// hours, with the phone's clock set anew by a person.
func (o *orderTest) start(s truth) (boot string, began, skew int64) {
	n := s.at / (4 * registry.HourMS)
	return fmt.Sprintf("%d of round %d", n, o.rounds), n * 4 * registry.HourMS, o.skews[s.phone] + n%5*7*60_000
}

// delays are how long uploads take, in ms.
var delays = []int64{0, 300, 900, 6_000}

// upload is a batch on its way.
type upload struct {
	telling
	delay int64
	scans []gate.SentScan
}

// telling is who tells: a phone in one of its starts.
type telling struct {
	phone int
	boot  string
	skew  int64
}

// uploads tells truths in random pieces, in random order, some of them twice.
func (o *orderTest) uploads(truths []truth) (all []upload) {
	tellings := map[telling][]gate.SentScan{}
	var starts []telling
	for _, s := range truths {
		boot, _, skew := o.start(s)
		of := telling{s.phone, boot, skew}
		if tellings[of] == nil {
			starts = append(starts, of)
		}
		tellings[of] = append(tellings[of], o.sent(s, false))
		if s.amended {
			tellings[of] = append(tellings[of], o.sent(s, true))
		}
	}
	for _, of := range starts {
		scans := tellings[of]
		o.r.Shuffle(len(scans), func(i, j int) { scans[i], scans[j] = scans[j], scans[i] })
		all = append(all, upload{of, 0, inTurn(scans[:1])}) // one of each start is quick
		for len(scans) > 0 {
			n := min(len(scans), 1+o.r.IntN(60))
			u := upload{of, delays[o.r.IntN(len(delays))], inTurn(scans[:n])}
			all = append(all, u)
			if o.r.IntN(4) == 0 {
				all = append(all, u)
			}
			all = append(all, rest(u, scans[:n])...)
			scans = scans[n:]
		}
	}
	o.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// inTurn is scans in the order of their numbers, each number once.
func inTurn(scans []gate.SentScan) []gate.SentScan {
	sorted := slices.Clone(scans)
	slices.SortStableFunc(sorted, func(a, b gate.SentScan) int { return cmp.Compare(a.Seq, b.Seq) })
	return slices.CompactFunc(sorted, func(a, b gate.SentScan) bool { return a.Seq == b.Seq })
}

// rest is what inTurn leaves out, in a batch of its own each.
func rest(u upload, scans []gate.SentScan) (all []upload) {
	seen := map[int64]bool{}
	for _, s := range scans {
		if seen[s.Seq] {
			all = append(all, upload{u.telling, u.delay, []gate.SentScan{s}})
		}
		seen[s.Seq] = true
	}
	return all
}

// send uploads one batch.
func (o *orderTest) send(u upload) {
	batch := gate.ScanBatch{DeviceSeqFrom: 1, Boot: u.boot, SentAt: o.App.NowMS() + u.skew - u.delay, Scans: u.scans}
	if _, err := o.App.Admission.Scan(o.t.Context(), o.phones[u.phone].Device, batch); err != nil {
		o.t.Error(err)
	}
}

// ends is where the server says that the histories end.
func (o *orderTest) ends() []string {
	var lines []string
	o.Read(func(tx *store.Tx) error {
		hours, err := tx.GateHours(o.t.Context(), o.event.ID, 0, 1<<60)
		for _, h := range hours {
			lines = append(lines, fmt.Sprintf("%s: %d", hourLine(h.HourAt, h.Gate, string(h.Figure)), h.N))
		}
		if err != nil {
			return err
		}
		return o.passEnds(tx, &lines)
	})
	slices.Sort(lines)
	return lines
}

func (o *orderTest) passEnds(tx *store.Tx, lines *[]string) error {
	for codes := range slices.Chunk(o.teller.codes, 500) {
		passes, err := tx.GatePasses(o.t.Context(), codes)
		if err != nil {
			return err
		}
		for _, p := range passes {
			for _, u := range p.Presence.Used {
				*lines = append(*lines, fmt.Sprintf("pass %s used %s %d %d", p.Code, u.Day, u.At, u.Gate))
			}
			if in := p.Presence.Inside(); in != nil {
				*lines = append(*lines, fmt.Sprintf("pass %s inside %d %d", p.Code, in.At, in.Gate))
			}
		}
	}
	for batch := range slices.Chunk(o.truths, 500) {
		ids := make([]registry.ScanID, len(batch))
		for i := range batch {
			ids[i] = batch[i].id
		}
		scans, err := tx.ScansByID(o.t.Context(), ids)
		if err != nil || len(scans) != len(ids) {
			return fmt.Errorf("%d of %d scans: %w", len(scans), len(ids), err)
		}
		for _, s := range scans {
			if s.Moves {
				*lines = append(*lines, fmt.Sprintf("counts %s", s.ID))
			}
		}
	}
	return nil
}

// acknowledged checks that the server says to each phone that it has all, when it sends
// one more: what is stored of it may be late while several send.
func (o *orderTest) acknowledged() {
	for _, p := range o.phones {
		more := p.Scan(o.rows[0])
		batch := gate.ScanBatch{DeviceSeqFrom: 1, Boot: "afterwards", SentAt: o.App.NowMS(), Scans: []gate.SentScan{more}}
		a, err := o.App.Admission.Scan(o.t.Context(), p.Device, batch)
		if err != nil || a.AckedSeq != more.Seq {
			o.t.Errorf("acknowledged up to %d of %d, %v", a.AckedSeq, more.Seq, err)
		}
	}
}

// TestLongTwoThousandHistories uploads random histories of four phones duplicated,
// split, re-ordered and interleaved: offline, online and forced scans and training,
// entries and exits, voids before and after what they take back, decisions that
// the server hears of late, clocks that are off. They end where the teller, who
// knows the true times and nothing of uploads, says.
func TestLongTwoThousandHistories(t *testing.T) {
	need.Long(t)
	t.Parallel()
	n := testkit.Rounds(2000)
	newOrderTest(t, "sqlite", n).run(n)
}

// TestSomeHistories is the same for the race detector.
func TestSomeHistories(t *testing.T) {
	t.Parallel()
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) { newOrderTest(t, engine, 100).run(100) })
	}
}

// TestPostgresHeavyHistories is the same for PostgreSQL, whose histories take longer each.
func TestPostgresHeavyHistories(t *testing.T) {
	need.Long(t)
	t.Parallel()
	newOrderTest(t, "postgres", 300).run(300)
}

// run uploads so many histories and looks now and then, and at the end, where they
// have ended.
func (o *orderTest) run(histories int) {
	const together = 50
	o.Clock.Add(5 * 24 * time.Hour) // all of it is over when the network is back
	for done := together; done <= histories; done += together {
		o.rounds++
		truths := o.round(together)
		o.truths = append(o.truths, truths...)
		o.Clock.Add(time.Minute)
		o.uploadAll(o.uploads(truths), done/together%2 == 0)
		if done != together && done%500 != 0 && done < histories {
			continue
		}
		if where := firstDifference(o.ends(), o.teller.ends(o.truths)); where != "" {
			o.t.Fatalf("after %d histories: %s\n%s", done, where, o.story(where))
		}
	}
	o.acknowledged()
}

// uploadAll sends batches one after the other, or four at a time.
func (o *orderTest) uploadAll(all []upload, together bool) {
	if !together {
		for _, u := range all {
			o.send(u)
		}
		return
	}
	var wg sync.WaitGroup
	for lane := range 4 {
		wg.Go(func() {
			for i := lane; i < len(all); i += 4 {
				o.send(all[i])
			}
		})
	}
	wg.Wait()
}

// story is the truths that a line of a difference is about, for whoever has to
// find the fault.
func (o *orderTest) story(line string) string {
	var b strings.Builder
	about := -1
	for i, code := range o.teller.codes {
		if strings.Contains(line, code) {
			about = i
		}
	}
	for _, s := range o.truths {
		if strings.Contains(line, string(s.id)) {
			about = s.pass
		}
	}
	for _, s := range o.truths {
		if s.pass == about {
			fmt.Fprintf(&b, "%+v\n", s)
		}
	}
	return b.String()
}
