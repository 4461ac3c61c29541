package testkit

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Stage is an event with its organiser, on which vendors apply and get booths.
type Stage struct {
	*Kit
	T        *testing.T
	Fair     registry.Event
	Reviewer registry.Actor
}

// Applicant is a vendor with an owner and a product.
type Applicant struct {
	Vendor  registry.Vendor
	Owner   registry.Actor
	Product registry.Product
	ID      registry.ApplicationID
}

// NewStage makes an event with its organiser.
func NewStage(t *testing.T, options ...EventOption) *Stage {
	t.Helper()
	k := NewApp(t)
	officer, _ := k.Officer(registry.Organiser, "19")
	return &Stage{k, t, k.Event(options...), officer}
}

// SelfPick lets vendors of an event pick their booths.
func SelfPick(e *registry.Event) { e.SelfPick = true }

// NewVendor makes a vendor with its papers that has not applied yet.
func (s *Stage) NewVendor() Applicant {
	s.T.Helper()
	p := s.Newcomer()
	s.Papers(p.Vendor, p.Product)
	return p
}

// Newcomer makes a vendor without any paper.
func (s *Stage) Newcomer() Applicant {
	s.T.Helper()
	v, owner, _ := s.OwnVendor()
	return Applicant{Vendor: v, Owner: owner, Product: s.Product(v)}
}

// Applied makes a vendor whose application stands in a state.
func (s *Stage) Applied(state registry.ApplicationState, options ...func(*registry.Application)) Applicant {
	s.T.Helper()
	return s.Apply(s.NewVendor(), state, options...)
}

// Apply makes an application of a vendor that stands in a state.
func (s *Stage) Apply(p Applicant, state registry.ApplicationState, options ...func(*registry.Application)) Applicant {
	s.T.Helper()
	options = append([]func(*registry.Application){Standing(state), Bringing(p.Product)}, options...)
	p.ID = s.Application(s.Fair, p.Vendor.ID, options...).ID
	return p
}

// StoredApplication returns an application as it is stored.
func (s *Stage) StoredApplication(id registry.ApplicationID) (a registry.Application) {
	s.T.Helper()
	s.Read(func(tx *store.Tx) (err error) {
		a, err = tx.Application(s.T.Context(), id)
		return err
	})
	return a
}

// State fails the test unless an application stands in a state.
func (s *Stage) State(p Applicant, want registry.ApplicationState) registry.Application {
	s.T.Helper()
	a := s.StoredApplication(p.ID)
	if a.State != want {
		s.T.Errorf("application %d is %s, want %s", a.Number, a.State, want)
	}
	return a
}

// Now is a decision about an application as it stands.
func (s *Stage) Now(p Applicant, granted int, reason string) booths.Decision {
	return booths.Decision{Version: s.StoredApplication(p.ID).Version, Granted: granted, Reason: reason}
}

// Mail returns the keys of the notices to a vendor's owner, in order.
func (s *Stage) Mail(p Applicant) (keys []string) {
	s.T.Helper()
	s.Write(func(tx *store.Tx) error {
		account, err := tx.Account(s.T.Context(), p.Owner.Account)
		if err != nil {
			return err
		}
		messages, err := tx.LeaseMessages(s.T.Context(), 100, 0)
		for _, m := range messages {
			if m.To == account.Email {
				keys = append(keys, m.Key)
			}
		}
		return err
	})
	return keys
}

// Booth returns a booth as it is stored.
func (s *Stage) Booth(id registry.BoothID) (b registry.Booth) {
	s.T.Helper()
	s.Read(func(tx *store.Tx) (err error) {
		b, err = tx.Booth(s.T.Context(), s.Fair.ID, id)
		return err
	})
	return b
}

// Ref names a booth of the stage's event.
func (s *Stage) Ref(b registry.Booth) booths.BoothRef {
	return booths.BoothRef{Event: s.Fair.ID, Booth: b.ID}
}

// RefusedHere fails unless whoever holds a role where a thing lies was refused: that it
// is forbidden is told to those who open the office, all others do not find it.
func RefusedHere(t *testing.T, who string, err error, role registry.Role) {
	t.Helper()
	if role.Allows(registry.ViewOffice) {
		Refused(t, who, err, registry.Forbidden, "error.forbidden")
		return
	}
	Refused(t, who, err, registry.NotFound, "error.not_found")
}

// Works fails the test on an error.
func Works(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Refused fails the test unless an error is of a kind and names the key.
func Refused(t *testing.T, what string, err error, kind registry.Kind, key string) {
	t.Helper()
	if registry.KindOf(err) != kind || !HasKey(err, key) {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// HasKey reports whether an error, or one of its faults, has a key.
func HasKey(err error, key string) bool {
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

// Race runs fn n times at once and returns how often it succeeded; the others
// must be told of a conflict, or of one of the kinds lost.
func Race(t *testing.T, n int, fn func(i int) error, lost ...registry.Kind) int {
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
