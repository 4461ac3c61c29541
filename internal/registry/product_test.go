package registry

import (
	"slices"
	"testing"
)

func TestOnlyStarsInForceAreStars(t *testing.T) {
	t.Parallel()
	p := Product{Ratings: []Rating{
		{Stars: 5, IssuedOn: "2021-01-01", ValidTo: "2024-01-01"},
		{Stars: 3, IssuedOn: "2024-01-02", ValidTo: "2027-01-02"},
		{Stars: 4, IssuedOn: "2026-01-01", ValidTo: "2029-01-01", Claimed: true},
		{Stars: 4, ValidTo: "2029-01-01"},
	}}
	for day, want := range map[string]int{"2020-12-31": 0, "2021-01-01": 5, "2024-01-01": 5, "2024-01-02": 3, "2026-06-01": 3,
		"2027-01-02": 3, "2027-01-03": 0} {
		r, ok := p.Stars(day)
		if r.Stars != want || ok != (want > 0) {
			t.Errorf("on %s: %d stars (%v), want %d", day, r.Stars, ok, want)
		}
	}
}

func TestEvidenceFallsBackAfterItsEnd(t *testing.T) {
	t.Parallel()
	for e, after := range map[Evidence]Evidence{Declared: Declared, Documented: Documented, Checked: Documented,
		Confirmed: Documented, Disputed: Disputed, Excluded: Excluded} {
		p := Product{Evidence: e, EvidenceUntil: "2026-11-22"}
		if got := p.EvidenceOn("2026-11-22"); got != e {
			t.Errorf("%s counts as %s on its last day", e, got)
		}
		if got := p.EvidenceOn("2026-11-23"); got != after {
			t.Errorf("%s counts as %s after its end, want %s", e, got, after)
		}
	}
}

func TestLadderOfEvidence(t *testing.T) {
	t.Parallel()
	all := append(slices.Clone(EvidenceLadder), Disputed, Excluded, "rumoured")
	holdsFor(t, "rungs and falls are evidence", all, Evidence.Valid, Declared, Documented, Checked, Confirmed, Disputed, Excluded)
	holdsFor(t, "disputed and excluded goods have fallen", all, Evidence.Fallen, Disputed, Excluded)
	claims(t, map[string]bool{
		"the lowest rung is the first": Declared.Rung() == 1,
		"the highest is the fourth":    Confirmed.Rung() == 4,
		"who fell is on none":          Disputed.Rung() == 0,
	})
	holdsFor(t, "packed here alone is not Vietnamese", Origins, Origin.Vietnamese, MadeIn, AssembledIn)
	holdsFor(t, "spirits are never promoted", ProductGroups, func(g ProductGroup) bool { return !g.Promotable() }, SpiritGroup)
	holdsFor(t, "no basis is a basis too", append(slices.Clone(PromotionBases), PromotionPlain, "birthday"), PromotionBasis.Valid,
		append(slices.Clone(PromotionBases), PromotionPlain)...)
}
