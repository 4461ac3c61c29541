package admission

import (
	"context"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// RelayStatus is how a relay is: what its page shows.
type RelayStatus struct {
	Home    RelayHome
	Called  bool  // the server was called since this start
	Fault   error // of the last call to the server; nil while it answers
	FaultAt int64 // unix ms, since when the server does not answer
	Waiting int   // rows that the server does not have
	Ready   bool  // phones can be paired: the first list has come
	Gates   []registry.Gate
	Phones  []RelayedPhone
}

// RelayedPhone is a phone of a relay with how many of its rows wait.
type RelayedPhone struct {
	registry.Device
	Unsent int
}

// Reachable reports whether the server answered when it was called last.
func (s *RelayStatus) Reachable() bool { return s.Called && s.Fault == nil }

// RelayStatus returns how the relay is.
func (a *Service) RelayStatus(ctx context.Context) (s RelayStatus, err error) {
	if s.Home, err = a.RelayHome(ctx); err != nil {
		return s, err
	}
	a.relay.mu.Lock()
	s.Called, s.Fault, s.FaultAt = a.relay.called, a.relay.fault, a.relay.faultAt
	a.relay.mu.Unlock()
	s.Ready = s.Home.Event != "" && s.Home.RevokedAt == 0
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if s.Gates, err = tx.Gates(ctx, s.Home.Event); err != nil {
			return err
		}
		waiting, err := tx.WaitingRelayRows(ctx, s.Home.SentN)
		if err != nil {
			return err
		}
		phones, err := tx.Devices(ctx, s.Home.Event)
		for _, d := range phones {
			s.Phones = append(s.Phones, RelayedPhone{d, waiting[d.ID]})
			s.Waiting += waiting[d.ID]
		}
		return err
	})
	return s, err
}

// NoteServer notes whether the relay's server answered when it was called.
func (a *Service) NoteServer(fault error) {
	a.relay.mu.Lock()
	defer a.relay.mu.Unlock()
	if fault == nil {
		a.relay.faultAt = 0
	} else if a.relay.fault == nil || a.relay.faultAt == 0 {
		a.relay.faultAt = a.NowMS()
	}
	a.relay.called, a.relay.fault = true, fault
}

// PairWithRelay makes a token with which one phone pairs with this relay, at the
// address by which the phone reaches it. Invalid at a field; Conflict before the
// first list has come, and after the event.
func (a *Service) PairWithRelay(ctx context.Context, in PairInput) (Pairing, error) {
	home, err := a.RelayHome(ctx)
	if err != nil {
		return Pairing{}, err
	}
	if home.Event == "" || home.RevokedAt != 0 {
		return Pairing{}, registry.E(registry.Conflict, "error.relay.not_ready")
	}
	if in.Role == registry.Relay {
		return Pairing{}, registry.At("role", "error.choose")
	}
	return a.NewPairing(ctx, relayActor, home.Event, in)
}

// RevokeRelayed shuts a phone of this relay out for good. NotFound for a phone
// that is not its own, Conflict for one that is out already.
func (a *Service) RevokeRelayed(ctx context.Context, id registry.DeviceID) error {
	home, err := a.RelayHome(ctx)
	if err != nil {
		return err
	}
	return a.RevokeDevice(ctx, relayActor, home.Event, id)
}

// SymbolOf draws the symbol of a text as SVG; label is told to screen readers.
func SymbolOf(text, label string) (string, error) {
	symbol, err := pass.NewSymbol(text)
	if err != nil {
		return "", err
	}
	return symbol.SVG(label), nil
}

// listAt is when the list that a relay judges by was fetched; 0 at a server, which
// judges by the register itself.
func (a *Service) listAt() int64 {
	if !a.isRelay {
		return 0
	}
	a.relay.mu.Lock()
	defer a.relay.mu.Unlock()
	return a.relay.home.ListAt
}
