package booths

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"hoicho/internal/registry"
)

// Wish is an approved application that is owed booths, with what it asked for.
type Wish struct {
	Application registry.ApplicationID
	Number      int64
	SubmittedAt int64
	Version     int64
	Vendor      string // name
	Blocked     bool   // the vendor is suspended
	Zone        string // "" = any
	Power       bool
	Owed        int
}

// PlacingReason is why a booth was proposed, or why none was.
type PlacingReason string

// Why a booth was proposed. The first three that hold are told.
const (
	PlacedHeld     PlacingReason = "held"      // the booth that the vendor holds itself
	PlacedBeside   PlacingReason = "beside"    // next to its other booth
	PlacedZone     PlacingReason = "zone"      // in the zone that it wished for
	PlacedZoneFull PlacingReason = "zone_full" // that zone has no fitting booth left
	PlacedPower    PlacingReason = "power"     // has the power that it needs
	PlacedOrder    PlacingReason = "order"     // no wish: the next in the order of the plan
	PlacedKind     PlacingReason = "kind"      // no standard booth is left that fits
	PlacedDrawn    PlacingReason = "drawn"     // it was drawn in public
)

// Why none was.
const (
	UnplacedNoBooth PlacingReason = "no_booth" // no booth is free
	UnplacedNoPower PlacingReason = "no_power" // no free booth has the power that it needs
	UnplacedKept    PlacingReason = "kept"     // what is left has power and is kept for who needs it
	UnplacedBlocked PlacingReason = "blocked"  // the vendor is suspended
	UnplacedTaken   PlacingReason = "taken"    // somebody has the drawn booth, or it is gone or locked
	UnplacedEnough  PlacingReason = "enough"   // the application has all its booths
	UnplacedGone    PlacingReason = "gone"     // the application was withdrawn or is not approved any more
)

// Placement is a booth proposed to an application.
type Placement struct {
	Wish
	Booth registry.Booth
	Why   []PlacingReason
}

// Unplaced is an application that gets fewer booths than it is owed.
type Unplaced struct {
	Wish
	Left int // booths still owed
	Why  PlacingReason
}

// Proposal proposes a booth to every application that is owed one.
type Proposal struct {
	Placed   []Placement // in the order of the applications
	Unplaced []Unplaced
	Mark     string // another one when wishes or booths differ
}

// Place proposes booths, those who sent their application first choosing first: the booth that the vendor holds
// itself, else next to its other booth, in its zone, of the standard kind, without power that it does not need, in the order of
// the booths. Who needs power gets no booth without; booths with power are kept for them while there are no more of these than they
// need. The same wishes and booths give the same proposal.
func Place(wishes []Wish, booths []registry.Booth) Proposal {
	wishes = slices.Clone(wishes)
	slices.SortFunc(wishes, func(x, y Wish) int {
		return cmp.Or(cmp.Compare(x.SubmittedAt, y.SubmittedAt), cmp.Compare(x.Number, y.Number))
	})
	p := placer{taken: map[registry.BoothID]registry.ApplicationID{}, booths: booths}
	out := Proposal{Mark: placingMark(wishes, booths)}
	for _, w := range wishes {
		if w.Power && !w.Blocked {
			p.needing += w.Owed
		}
	}
	for _, w := range wishes {
		left := w.Owed
		for ; left > 0 && !w.Blocked; left-- {
			b, why, ok := p.choose(w)
			if !ok {
				break
			}
			p.taken[b.ID] = w.Application
			if w.Power {
				p.needing--
			}
			out.Placed = append(out.Placed, Placement{w, b, why})
		}
		if left > 0 {
			out.Unplaced = append(out.Unplaced, Unplaced{w, left, p.refusal(w)})
			if w.Power && !w.Blocked {
				p.needing -= left
			}
		}
	}
	return out
}

// placer places booth by booth.
type placer struct {
	booths  []registry.Booth
	taken   map[registry.BoothID]registry.ApplicationID
	needing int // booths with power that are still owed
}

// free are the booths that an application may be given.
func (p *placer) free(w Wish) (free []registry.Booth, powered int) {
	for _, b := range p.booths {
		mine := b.State == registry.BoothHeld && b.Application == w.Application
		if p.taken[b.ID] != "" || b.State != registry.BoothFree && !mine {
			continue
		}
		free = append(free, b)
		if b.Power {
			powered++
		}
	}
	return free, powered
}

// choose finds the best free booth for an application.
func (p *placer) choose(w Wish) (best registry.Booth, why []PlacingReason, ok bool) {
	free, powered := p.free(w)
	fits := slices.DeleteFunc(free, func(b registry.Booth) bool {
		held := b.State == registry.BoothHeld
		return w.Power && !b.Power || !w.Power && b.Power && powered <= p.needing && !held
	})
	if len(fits) == 0 {
		return best, nil, false
	}
	rank := func(b registry.Booth) []int {
		return []int{flagRank(b.State == registry.BoothHeld), flagRank(p.beside(w, b)), flagRank(w.Zone != "" && b.Zone == w.Zone),
			slices.Index(registry.BoothKinds, b.Kind), flagRank(b.Power == w.Power)}
	}
	best = slices.MinFunc(fits, func(x, y registry.Booth) int { return slices.Compare(rank(x), rank(y)) })
	return best, p.reasons(w, best), true
}

// flagRank is 0 for what is better.
func flagRank(better bool) int {
	if better {
		return 0
	}
	return 1
}

// beside reports whether a booth stands next to one that the application has or is to get.
func (p *placer) beside(w Wish, b registry.Booth) bool {
	return slices.ContainsFunc(p.booths, func(o registry.Booth) bool {
		mine := p.taken[o.ID] == w.Application || o.State == registry.BoothAssigned && o.Application == w.Application
		return mine && o.Zone == b.Zone && o.Row == b.Row && max(o.Col-b.Col, b.Col-o.Col) == 1
	})
}

// reasons say why a booth was chosen.
func (p *placer) reasons(w Wish, b registry.Booth) (why []PlacingReason) {
	for _, r := range []struct {
		holds bool
		why   PlacingReason
	}{{b.State == registry.BoothHeld, PlacedHeld}, {p.beside(w, b), PlacedBeside}, {w.Zone != "" && b.Zone == w.Zone, PlacedZone},
		{w.Zone != "" && b.Zone != w.Zone, PlacedZoneFull}, {w.Power, PlacedPower}, {b.Kind != registry.StandardBooth, PlacedKind}} {
		if r.holds {
			why = append(why, r.why)
		}
	}
	if len(why) == 0 {
		why = append(why, PlacedOrder)
	}
	return why
}

// refusal says why an application gets no further booth.
func (p *placer) refusal(w Wish) PlacingReason {
	free, powered := p.free(w)
	switch {
	case w.Blocked:
		return UnplacedBlocked
	case len(free) == 0:
		return UnplacedNoBooth
	case w.Power && powered == 0:
		return UnplacedNoPower
	}
	return UnplacedKept
}

// placingMark tells whether wishes and booths are still those that were looked at.
func placingMark(wishes []Wish, booths []registry.Booth) string {
	sum := sha256.New()
	for _, w := range wishes {
		fmt.Fprintln(sum, w.Application, w.Version, w.Owed, w.Blocked)
	}
	for _, b := range booths {
		fmt.Fprintln(sum, b.ID, b.Version, b.State)
	}
	return hex.EncodeToString(sum.Sum(nil)[:12])
}
