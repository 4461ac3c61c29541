package gate

import (
	"errors"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// identify finds the pass that was read, or the verdict on what is none.
func (s *Snapshot) identify(scan Scan, r Reading, now int64) (*Pass, *Verdict) {
	switch {
	case errors.Is(r.err, pass.ErrDeadKey):
		return s.findDead(scan, r.claims, now)
	case errors.Is(r.err, pass.ErrUnknownKey) && s.TakenAt != 0:
		return nil, s.unknown(ReasonKeyUnknown, Detail{}, now)
	case r.err != nil:
		return nil, notGenuine(r.err, Detail{Kind: r.claims.Kind})
	case !r.token.Typed():
		return s.find(r.claims, now)
	}
	p, ok := s.Passes[r.token.Code]
	if !ok {
		return nil, s.unknown(ReasonTyped, Detail{}, now)
	}
	return &p, nil
}

// notGenuine is the verdict on a text that does not verify.
func notGenuine(err error, detail Detail) *Verdict {
	code := registry.VerdictMalformed
	switch {
	case errors.Is(err, pass.ErrVersion):
		detail.Reason = ReasonVersion
	case errors.Is(err, pass.ErrDeadKey):
		code, detail.Reason = registry.VerdictRevoked, ReasonKeyDead
	case errors.Is(err, pass.ErrForged), errors.Is(err, pass.ErrUnknownKey):
		code = registry.VerdictForged
	}
	v := verdict(code, detail)
	return &v
}

// find looks up a pass whose proof is good.
func (s *Snapshot) find(c pass.Claims, now int64) (*Pass, *Verdict) {
	p, listed := s.Passes[c.Code]
	switch {
	case c.Test:
		return &Pass{Code: c.Code, Kind: c.Kind, Test: true, Booth: p.Booth, Label: p.Label, Vendor: p.Vendor, Pack: c.Pack, Serial: c.Serial}, nil
	case c.EventNumber != s.Event.Number:
		v := verdict(registry.VerdictWrongEvent, Detail{Kind: c.Kind, Event: c.EventNumber})
		return nil, &v
	case !listed && c.Kind == registry.VoucherPass:
		return s.findVoucher(c, now)
	case !listed:
		return nil, s.unknown(ReasonNotListed, Detail{Kind: c.Kind, FirstDay: c.FirstDay, LastDay: c.LastDay()}, now)
	case p.Kind != c.Kind || p.Test || p.Pack != c.Pack || p.Serial != c.Serial:
		// Whoever holds a key signed this code anew as something else.
		return nil, notGenuine(pass.ErrForged, Detail{})
	}
	return &p, nil
}

// findDead looks up a pass whose key was killed. Its proof proves nothing any more,
// so a pass of the list is judged as by its typed code, and as revoked: whoever is
// inside by it must get out. What is not on the list is refused at the way in only.
func (s *Snapshot) findDead(scan Scan, c pass.Claims, now int64) (*Pass, *Verdict) {
	p, listed := s.Passes[c.Code]
	switch {
	case listed && p.Kind == c.Kind && p.Test == c.Test:
		p.State = registry.PassRevoked
		return &p, nil
	case scan.Direction == registry.Out && c.Kind.Enters():
		return nil, s.unknown(ReasonNotListed, Detail{Kind: c.Kind, FirstDay: c.FirstDay, LastDay: c.LastDay()}, now)
	}
	return nil, notGenuine(pass.ErrDeadKey, Detail{Kind: c.Kind})
}

// unknown is the verdict on what this list cannot answer, with its age.
func (s *Snapshot) unknown(reason Reason, detail Detail, now int64) *Verdict {
	detail.Reason = reason
	if s.TakenAt != 0 {
		detail.AgeMS = max(0, now-s.TakenAt)
	}
	v := verdict(registry.VerdictUnknown, detail)
	return &v
}
