package admission_test

import (
	"strings"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// todo is what waits at the gates of an event.
func (m *market) todo(t *testing.T, e registry.Event) (todo admission.GateToDo) {
	t.Helper()
	m.Read(func(tx *store.Tx) (err error) {
		todo, err = m.App.Admission.GateWaiting(t.Context(), tx, e)
		return err
	})
	return todo
}

func TestWhatWaitsAtTheGatesOfAnEvent(t *testing.T) {
	testkit.WithinADay(t)
	m := newMarket(t, testkit.Engine())
	t.Run("nothing is known before a phone is paired", func(t *testing.T) {
		if got := m.todo(t, m.event); got.Paired || got.Active != 0 || got.Event.ID != m.event.ID {
			t.Errorf("%+v", got)
		}
	})
	p, other := m.Phone(m.event.ID, registry.Supervisor, 1), m.Phone(m.event.ID, registry.Steward, 2)
	m.Pack(m.event, 1)
	seller := m.Seller(m.event.ID, m.passes[0].Vendor)
	paired := m.App.NowMS()
	t.Run("phones that were just paired are not missed", func(t *testing.T) {
		if got := m.todo(t, m.event); !got.Paired || got.Active != 3 || len(got.Silent) != 0 || got.HeardAt != paired || got.Differences != 0 {
			t.Errorf("%+v", got)
		}
	})
	m.Clock.Add(5 * time.Minute)
	testkit.Works(t, m.App.Admission.NoteDevice(t.Context(), p.Device))
	heard := m.App.NowMS()
	t.Run("who has not called for five minutes is missed", func(t *testing.T) {
		if got := m.todo(t, m.event); got.Active != 3 || len(got.Silent) != 2 || got.HeardAt != heard {
			t.Errorf("%d active, %d silent, heard %d after the pairing", got.Active, len(got.Silent), got.HeardAt-paired)
		}
	})
	t.Run("what a phone tells of itself is a call", func(t *testing.T) {
		m.App.Admission.HearDevice(other.Device.ID, registry.DeviceTelling{})
		if got := m.todo(t, m.event); len(got.Silent) != 1 || got.Silent[0].ID != seller.Device.ID {
			t.Errorf("%+v", got.Silent)
		}
	})
	m.Clock.Add(time.Minute)
	testkit.Works(t, m.App.Admission.NoteDevice(t.Context(), seller.Device))
	t.Run("a seller's call says nothing of the gates", func(t *testing.T) {
		if got := m.todo(t, m.event); len(got.Silent) != 0 || got.HeardAt != heard {
			t.Errorf("%d silent, heard %d ms later", len(got.Silent), got.HeardAt-heard)
		}
	})
	m.send(t, p, p.Scan(m.staff[0], func(s *gate.SentScan) { s.ForcedBy = "Tổ trưởng" }))
	heard = m.App.NowMS()
	m.Clock.Add(time.Minute)
	t.Run("lists on paper are no phone", func(t *testing.T) {
		now := time.UnixMilli(m.App.NowMS()).In(time.FixedZone("+07", 7*3600))
		_, err := m.App.Admission.EnterTicked(t.Context(), chief, m.event.ID, admission.TickedInput{Day: m.event.OpensOn, Gate: 1,
			Rows: []admission.TickedRow{{Code: m.staff[1].Code, In: now.Format("15:04")}}})
		testkit.Works(t, err)
		if got := m.todo(t, m.event); got.Active != 3 || got.HeardAt != heard || got.Differences != 1 {
			t.Errorf("%d active, heard %d ms later, %d lines", got.Active, got.HeardAt-heard, got.Differences)
		}
	})
	testkit.Works(t, m.App.Admission.RevokeDevice(t.Context(), chief, m.event.ID, other.Device.ID))
	t.Run("who is shut out is not awaited", func(t *testing.T) {
		if got := m.todo(t, m.event); got.Active != 2 {
			t.Errorf("%d active", got.Active)
		}
	})
	t.Run("of an event that does not run the lines are counted alone", func(t *testing.T) {
		ended := m.event
		ended.State = registry.Ended
		if got := m.todo(t, ended); got.Differences != 1 || got.Active != 0 || got.HeardAt != 0 || !got.Paired {
			t.Errorf("%+v", got)
		}
	})
	t.Run("the last moment of a phone is the one before it expires", func(t *testing.T) {
		m.Clock.Set(time.UnixMilli(p.Device.ExpiresAt - 1))
		before := m.todo(t, m.event).Active
		m.Clock.Add(time.Millisecond)
		if after := m.todo(t, m.event); before == 0 || after.Active != 0 || len(after.Silent) != 0 {
			t.Errorf("%d active before, then %+v", before, after)
		}
	})
}

func TestWhoIsInsideNow(t *testing.T) {
	testkit.WithinADay(t)
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	m.send(t, p, p.Scan(m.staff[0]), p.Scan(m.staff[1]))
	m.Read(func(tx *store.Tx) error {
		n, err := m.App.Admission.InsideNow(t.Context(), tx, m.event.ID)
		if n != 2 {
			t.Errorf("%d inside", n)
		}
		return err
	})
}

// told is what an application's office shows that a phone last told.
func (m *market) told(t *testing.T, a *app.App, p *testkit.Phone) registry.DeviceTelling {
	t.Helper()
	office, err := a.Admission.GateOffice(t.Context(), chief, m.event.ID)
	testkit.Works(t, err)
	return office.Tellings[p.Device.ID]
}

// called is when an application says that a phone called last.
func (m *market) called(t *testing.T, p *testkit.Phone) int64 {
	t.Helper()
	d, err := m.App.Admission.GateDevice(t.Context(), p.Token)
	testkit.Works(t, err)
	return d.LastSeenAt
}

func TestWhatAPhoneTellsIsStoredNowAndThen(t *testing.T) {
	markets(t, func(t *testing.T, m *market) {
		p, other := m.Phone(m.event.ID, registry.Steward, 1), m.Another()
		tell := func(queue int) {
			m.App.Admission.HearDevice(p.Device.ID, registry.DeviceTelling{App: "1.0", Queue: queue})
			testkit.Works(t, m.App.Admission.NoteDevice(t.Context(), p.Device))
		}
		both := func(claim string, here, there int) {
			t.Run(claim, func(t *testing.T) {
				if h, o := m.told(t, m.App, p).Queue, m.told(t, other, p).Queue; h != here || o != there {
					t.Errorf("%d here and %d at the other server, want %d and %d", h, o, here, there)
				}
			})
		}
		tell(3)
		both("the first at once", 3, 3)
		tell(4)
		both("what is told last shows, of the same instant too", 4, 3)
		m.Clock.Add(30*time.Second - time.Millisecond)
		tell(5)
		both("not within half a minute", 5, 3)
		m.Clock.Add(time.Millisecond)
		tell(6)
		both("after half a minute", 6, 6)
		m.Clock.Add(time.Second)
		other.Admission.HearDevice(p.Device.ID, registry.DeviceTelling{Queue: 7})
		testkit.Works(t, other.Admission.NoteDevice(t.Context(), p.Device))
		both("what another server heard later wins", 7, 7)
	})
}

func TestACallIsStoredOnceAMinute(t *testing.T) {
	m := newMarket(t, testkit.Engine())
	p := m.Phone(m.event.ID, registry.Steward, 1)
	paired := m.called(t, p)
	for _, c := range []struct {
		claim string
		after time.Duration
		seen  time.Duration
	}{{"not before", time.Minute - time.Millisecond, 0}, {"from a minute on", time.Minute, time.Minute}} {
		t.Run(c.claim, func(t *testing.T) {
			m.Clock.Set(time.UnixMilli(paired).Add(c.after))
			testkit.Works(t, m.App.Admission.NoteDevice(t.Context(), p.Device))
			if got := m.called(t, p) - paired; got != c.seen.Milliseconds() {
				t.Errorf("called %d ms after the pairing", got)
			}
		})
	}
	if testkit.Engine() != "sqlite" {
		return // PostgreSQL has its own disk
	}
	t.Run("a full disk shuts no phone out", func(t *testing.T) {
		testkit.FillDisk(t, m.DB)
		defer testkit.FreeDisk(t, m.DB)
		m.Clock.Add(time.Minute)
		m.App.Admission.HearDevice(p.Device.ID, registry.DeviceTelling{App: strings.Repeat("1.0 ", 1<<18)})
		testkit.Works(t, m.App.Admission.NoteDevice(t.Context(), p.Device))
		if got := m.called(t, p) - paired; got != time.Minute.Milliseconds() {
			t.Errorf("control: there was room, called %d ms after the pairing", got)
		}
	})
}
