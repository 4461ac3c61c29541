package demo

import (
	"context"
	"fmt"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// phone is a paired gate phone.
type phone struct {
	device registry.Device
	scans  int64 // made so far
	counts int64
	unsent bool // some of its scans are still on it
}

// gates plans the gates of a session and what went through them, day by day.
func (f *filler) gates(s *session) {
	if len(s.Gates) == 0 {
		return
	}
	f.line.add(s.day(s.ApplyUntil), "16:00", "gates of "+s.Title, func(ctx context.Context) error { return f.addGates(ctx, s) })
	f.line.add(s.on(0), "0:05", "phones of "+s.Title, func(ctx context.Context) error { return f.pairPhones(ctx, s) })
	for n := range s.Days {
		for _, t := range s.Visits {
			if n < len(t.Days) {
				f.visits(s, t, n)
			}
		}
	}
}

// gateNames are the gates of a session: those of its story, more or fewer of the
// running one where the options say so.
func (f *filler) gateNames(s *session) []string {
	names := s.Gates
	if !s.runs() || f.options.Gates == 0 {
		return names
	}
	for n := len(names); n < f.options.Gates; n++ {
		names = append(names, fmt.Sprintf("Cổng %d", n+1))
	}
	return names[:f.options.Gates]
}

// runs reports whether the session takes place today.
func (s *session) runs() bool { return s.on(0) <= s.today && s.today <= s.on(s.Days-1) }

// gateSetup is how many minutes before opening and after closing staff may come in
// the running session: a demo may be tried at night.
const gateSetup = 720

// addGates gives a session its gates and their rules.
func (f *filler) addGates(ctx context.Context, s *session) error {
	chief := f.gateChief(s)
	for _, name := range f.gateNames(s) {
		if err := f.app.Admission.AddGate(ctx, chief, s.event.ID, admission.GateInput{Name: name}); err != nil {
			return err
		}
	}
	if !s.runs() {
		return nil
	}
	office, err := f.app.Admission.GateOffice(ctx, chief, s.event.ID)
	if err != nil {
		return err
	}
	return f.app.Admission.SaveGatePolicy(ctx, chief, s.event.ID, admission.PolicyInput{MaxInside: s.StaffPasses, SetupMinutes: gateSetup,
		VisitorRule: registry.VisitorDaily, Version: office.Settings.Version})
}

// gateChief is who looks after the gates of a session.
func (f *filler) gateChief(s *session) registry.Actor {
	if o := f.organiser(s); o.Account == f.admin.Account {
		return o
	}
	return f.officers[registry.GateChief]
}

// pairPhones pairs a phone with each gate.
func (f *filler) pairPhones(ctx context.Context, s *session) error {
	for n, name := range f.gateNames(s) {
		p, err := f.pair(ctx, s, n+1, "Máy "+name)
		if err != nil {
			return err
		}
		s.phones = append(s.phones, p)
	}
	return nil
}

func (f *filler) pair(ctx context.Context, s *session, number int, name string) (*phone, error) {
	invited, err := f.app.Admission.NewPairing(ctx, f.gateChief(s), s.event.ID, admission.PairInput{Gates: []int{number}, Role: registry.Steward})
	if err != nil {
		return nil, err
	}
	paired, err := f.app.Admission.Pair(ctx, "demo", gate.PairRequest{Token: invited.Token, Name: name})
	if err != nil {
		return nil, err
	}
	d, err := f.app.Admission.GateDevice(ctx, paired.Token)
	return &phone{device: d}, err
}

// crowd is how a day's visitors spread over the hours from opening on.
var crowd = []int{5, 9, 12, 14, 10, 6, 5, 8, 11, 9, 5, 3, 2, 1}

// visits plans that the visitors of a day were counted, in the middle of each hour
// by the clicker or afterwards from paper.
func (f *filler) visits(s *session, t tally, n int) {
	opens, closes := s.hours()
	hours := crowd[:min(len(crowd), closes-opens)]
	whole := 0
	for _, share := range hours {
		whole += share
	}
	for i, share := range hours {
		count, hour := t.Days[n]*share/whole, opens+i
		if registry.CountMethod(t.Method) == registry.CountClicker {
			f.line.add(s.on(n), fmt.Sprintf("%d:55", hour), "clicker of "+s.Title, func(ctx context.Context) error {
				return f.click(ctx, s, count)
			})
		}
	}
	if registry.CountMethod(t.Method) != registry.CountClicker {
		f.line.add(vn.AddDays(s.on(n), 1), "8:15", "tally of "+s.Title, func(ctx context.Context) error {
			if registry.CountMethod(t.Method) == registry.CountPaper {
				return f.sheets(ctx, s, t, n)
			}
			return f.tally(ctx, s, t, n)
		})
	}
}

// hours are the hours at which a day opens and closes.
func (s *session) hours() (opens, closes int) {
	from, _ := vn.ParseClock(s.Opens)
	until, _ := vn.ParseClock(s.Closes)
	return from / 60, until / 60
}

// click counts visitors of the last hour at all gates.
func (f *filler) click(ctx context.Context, s *session, n int) error {
	now := f.clock.Now()
	for i, p := range s.phones {
		left := n * (i + 1) / len(s.phones)
		left -= n * i / len(s.phones)
		batch := gate.CountBatch{Boot: "demo", SentAt: now.UnixMilli()}
		for k := 0; left > 0; k++ {
			count := gate.SentCount{ID: store.NewID[registry.ScanID](), Gate: p.device.Gates[0], N: min(left, 1+k%7), Who: registry.Person,
				At: now.Add(-time.Duration(k%50) * time.Minute).UnixMilli()}
			if count.N > 2 {
				count.Who = registry.Group
			}
			left -= count.N
			p.counts++
			count.Seq = p.counts
			batch.Counts = append(batch.Counts, count)
		}
		if len(batch.Counts) == 0 {
			continue
		}
		if _, err := f.app.Admission.Count(ctx, p.device, batch); err != nil {
			return err
		}
	}
	return nil
}

// tally types in what was estimated that day, in the morning and in the afternoon.
func (f *filler) tally(ctx context.Context, s *session, t tally, n int) error {
	morning := t.Days[n] * 5 / 9
	for _, half := range []struct{ hour, n int }{{10, morning}, {16, t.Days[n] - morning}} {
		err := f.app.Admission.AddTally(ctx, f.gateChief(s), s.event.ID, admission.TallyInput{Day: vn.ShowDate(s.on(n)), Hour: half.hour, Gate: 0,
			Method: registry.CountMethod(t.Method), N: half.n, Note: f.facts.madeUp.Defaults["tally_"+t.Method]})
		if err != nil {
			return err
		}
	}
	return nil
}
