package app_test

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// stage is an event with its organiser, on which vendors apply and get booths.
type stage struct {
	*testkit.Kit
	t       *testing.T
	event   registry.Event
	officer registry.Actor
}

// applicant is a vendor with an owner and a product.
type applicant struct {
	vendor  registry.Vendor
	owner   registry.Actor
	product registry.Product
	id      registry.ApplicationID
}

func newStage(t *testing.T, options ...testkit.EventOption) *stage {
	t.Helper()
	k := testkit.NewApp(t)
	officer, _ := k.Officer(registry.Organiser, "19")
	return &stage{k, t, k.Event(options...), officer}
}

func selfPick(e *registry.Event) { e.SelfPick = true }

// vendor makes a vendor with its papers that has not applied yet.
func (s *stage) vendor() applicant {
	s.t.Helper()
	p := s.newcomer()
	s.Papers(p.vendor, p.product)
	return p
}

// newcomer makes a vendor without any paper.
func (s *stage) newcomer() applicant {
	s.t.Helper()
	v, owner, _ := s.OwnVendor()
	return applicant{vendor: v, owner: owner, product: s.Product(v)}
}

// applied makes a vendor whose application stands in a state.
func (s *stage) applied(state registry.ApplicationState, options ...func(*registry.Application)) applicant {
	s.t.Helper()
	return s.apply(s.vendor(), state, options...)
}

// apply makes an application of a vendor that stands in a state.
func (s *stage) apply(p applicant, state registry.ApplicationState, options ...func(*registry.Application)) applicant {
	s.t.Helper()
	options = append([]func(*registry.Application){testkit.Standing(state), testkit.Bringing(p.product)}, options...)
	p.id = s.Application(s.event, p.vendor.ID, options...).ID
	return p
}

// read returns an application as it is stored.
func (s *stage) read(id registry.ApplicationID) (a registry.Application) {
	s.t.Helper()
	s.Read(func(tx *store.Tx) (err error) {
		a, err = tx.Application(s.t.Context(), id)
		return err
	})
	return a
}

// state fails the test unless an application stands in a state.
func (s *stage) state(p applicant, want registry.ApplicationState) registry.Application {
	s.t.Helper()
	a := s.read(p.id)
	if a.State != want {
		s.t.Errorf("application %d is %s, want %s", a.Number, a.State, want)
	}
	return a
}

// now is a decision about an application as it stands.
func (s *stage) now(p applicant, granted int, reason string) app.Decision {
	return app.Decision{Version: s.read(p.id).Version, Granted: granted, Reason: reason}
}

// mail returns the keys of the notices to a vendor's owner, in order.
func (s *stage) mail(p applicant) (keys []string) {
	s.t.Helper()
	s.Write(func(tx *store.Tx) error {
		account, err := tx.Account(s.t.Context(), p.owner.Account)
		if err != nil {
			return err
		}
		messages, err := tx.LeaseMessages(s.t.Context(), 100, 0)
		for _, m := range messages {
			if m.To == account.Email {
				keys = append(keys, m.Key)
			}
		}
		return err
	})
	return keys
}

// booth returns a booth as it is stored.
func (s *stage) booth(id registry.BoothID) (b registry.Booth) {
	s.t.Helper()
	s.Read(func(tx *store.Tx) (err error) {
		b, err = tx.Booth(s.t.Context(), s.event.ID, id)
		return err
	})
	return b
}

// ref names a booth of the stage's event.
func (s *stage) ref(b registry.Booth) app.BoothRef {
	return app.BoothRef{Event: s.event.ID, Booth: b.ID}
}

// works fails the test on an error.
func works(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused fails the test unless an error is of a kind and names the key.
func refused(t *testing.T, what string, err error, kind registry.Kind, key string) {
	t.Helper()
	if registry.KindOf(err) != kind || !hasKey(err, key) {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func hasKey(err error, key string) bool {
	switch e := err.(type) {
	case *registry.Error:
		return e.Key == key
	case registry.Faults:
		for _, f := range e {
			if f.Key == key {
				return true
			}
		}
	}
	return false
}

// race runs fn n times at once and returns how often it succeeded; the others
// must be told of a conflict, or of one of the kinds lost.
func race(t *testing.T, n int, fn func(i int) error, lost ...registry.Kind) int {
	t.Helper()
	var won atomic.Int32
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			err := fn(i)
			switch {
			case err == nil:
				won.Add(1)
			case registry.KindOf(err) != registry.Conflict && !slices.Contains(lost, registry.KindOf(err)):
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	return int(won.Load())
}
