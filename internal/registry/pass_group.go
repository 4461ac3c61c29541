package registry

import (
	"cmp"
	"slices"
	"strconv"
)

// PassGroup is the passes of a booth with the vehicles of who has it, or those of no
// booth that say the same.
type PassGroup struct {
	Key     string // of the group within its event
	Booth   BoothID
	Code    string   // of the booth, "A05"; empty for a group of no booth
	Vendor  string   // name
	Kind    PassKind // of a group of no booth
	Label   string   // printed on the passes of such a group
	Part    int      // of such a group where it is long: 1 and on; 0 = it is whole
	Rows    []PassRow
	Changes []PassChange // why passes of it are not on paper yet
}

// PassChange is what made passes of a group new: the passes in whose place they were issued,
// or those of who had the booth before.
type PassChange struct {
	Reason  string // as in Pass.StateReason of the old passes
	At      int64  // unix ms, when these died
	From    string // code of the booth of the old passes, where it is another one
	Swapped bool   // those of this booth went to that one in turn
	Former  string // name of the vendor that had the booth, where it gave it back
	Passes  int    // old passes
	Collect int    // of them on paper, to be collected
}

// Count counts the passes of the group that a test picks.
func (g *PassGroup) Count(pick func(*PassRow) bool) (n int) {
	for i := range g.Rows {
		if pick(&g.Rows[i]) {
			n++
		}
	}
	return n
}

// ToPrint reports whether a pass is in force and not on paper yet.
func (r *PassRow) ToPrint() bool { return r.State == PassValid && r.PrintedAt == 0 }

// PrintedAt is when a pass of the group was last put on paper, unix ms; 0 if none was.
func (g *PassGroup) PrintedAt() (at int64) {
	for i := range g.Rows {
		at = max(at, g.Rows[i].PrintedAt)
	}
	return at
}

// GroupPasses puts passes together by booth, in the order of the booths, and those of no booth
// after them by kind and label; dead are the revoked passes of the event. Vehicles stand with the first
// booth of who has them.
func GroupPasses(rows, dead []PassRow, booths []Booth) []PassGroup {
	place, first := map[BoothID]int{}, map[ApplicationID]*Booth{}
	for i := range booths {
		b := &booths[i]
		place[b.ID] = i
		if b.State == BoothAssigned && first[b.Application] == nil {
			first[b.Application] = b
		}
	}
	var groups []PassGroup
	at := map[string]int{}
	for _, r := range rows {
		g := groupOf(r, first[r.Application])
		whole := g.Key
		i, ok := at[whole]
		if ok && g.Booth == "" && len(groups[i].Rows) == PassesInGroup {
			groups[i].Part = max(groups[i].Part, 1)
			g.Part, ok = groups[i].Part+1, false
			g.Key += ":" + strconv.Itoa(g.Part)
		}
		if !ok {
			i, at[whole] = len(groups), len(groups)
			groups = append(groups, g)
		}
		groups[i].Rows = append(groups[i].Rows, r)
		groups[i].Vendor = cmp.Or(groups[i].Vendor, r.VendorName)
	}
	order := func(g PassGroup) int {
		if i, ok := place[g.Booth]; ok && g.Booth != "" {
			return i
		}
		return len(booths) + g.Kind.Number()
	}
	slices.SortStableFunc(groups, func(x, y PassGroup) int { return order(x) - order(y) })
	tellChanges(groups, dead)
	return groups
}

// PassesInGroup is how many passes of no booth stand in one group; longer ones come in parts.
const PassesInGroup = 60

// groupOf is the empty group in which a pass stands; first is the first booth of who has it.
func groupOf(r PassRow, first *Booth) PassGroup {
	if r.Booth != "" {
		return PassGroup{Key: string(r.Booth), Booth: r.Booth, Code: r.BoothCode}
	}
	if first != nil && r.Application != "" {
		return PassGroup{Key: string(first.ID), Booth: first.ID, Code: first.Code}
	}
	return PassGroup{Key: string(r.Kind) + ":" + r.Label, Kind: r.Kind, Label: r.Label}
}

// tellChanges finds for each group why passes of it are to be printed.
func tellChanges(groups []PassGroup, dead []PassRow) {
	heirs := map[PassID]PassID{}
	went := map[[2]string]bool{} // from booth to booth
	for i := range dead {
		heirs[dead[i].ID] = dead[i].ReplacedBy
	}
	home := map[PassID]*PassGroup{} // of passes to be printed
	fresh := map[BoothID]*PassGroup{}
	for i := range groups {
		for j := range groups[i].Rows {
			if r := &groups[i].Rows[j]; r.ToPrint() {
				home[r.ID], fresh[groups[i].Booth] = &groups[i], &groups[i]
			}
		}
	}
	for i := range dead {
		if g := home[lastHeir(heirs, dead[i].ID)]; g != nil {
			went[[2]string{dead[i].BoothCode, g.Code}] = true
		}
	}
	for i := range dead {
		d := &dead[i]
		if g := home[lastHeir(heirs, d.ID)]; g != nil {
			c := PassChange{Reason: d.StateReason, At: d.RevokedAt}
			if d.BoothCode != "" && d.BoothCode != g.Code {
				c.From, c.Swapped = d.BoothCode, went[[2]string{g.Code, d.BoothCode}]
			}
			g.note(c, d)
		} else if g := fresh[d.Booth]; g != nil && d.Booth != "" && d.ReplacedBy == "" && d.StateReason == ReasonReleased && d.PrintedAt > 0 {
			g.note(PassChange{Reason: d.StateReason, At: d.RevokedAt, Former: d.VendorName}, d)
		}
	}
}

// ReasonReleased is the state reason of passes that died when their booth was given back.
const ReasonReleased = "booth_released"

// lastHeir follows the passes that took each other's place to the last one.
func lastHeir(heirs map[PassID]PassID, id PassID) PassID {
	for range len(heirs) + 1 {
		next := heirs[id]
		if next == "" {
			return id
		}
		id = next
	}
	return ""
}

// note counts an old pass in the change that it belongs to.
func (g *PassGroup) note(c PassChange, old *PassRow) {
	i := slices.IndexFunc(g.Changes, func(o PassChange) bool {
		return o.Reason == c.Reason && o.From == c.From && o.Former == c.Former
	})
	if i < 0 {
		i, g.Changes = len(g.Changes), append(g.Changes, c)
	}
	g.Changes[i].Passes++
	g.Changes[i].At = max(g.Changes[i].At, old.RevokedAt)
	if old.PrintedAt > 0 {
		g.Changes[i].Collect++
	}
}
