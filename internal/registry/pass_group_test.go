package registry_test

import (
	"fmt"
	"slices"
	"testing"

	"hoicho/internal/registry"
)

// swapped is an event whose booths A02 and A03 were swapped after their passes were printed; A01 was not touched, A03's vendor
// has a lorry and booth A04 too.
func swapped() (rows, dead []registry.PassRow, booths []registry.Booth) {
	for i, app := range []registry.ApplicationID{"one", "two", "three", "three"} {
		booths = append(booths, registry.Booth{ID: registry.BoothID(fmt.Sprint("b", i+1)), Code: fmt.Sprintf("A%02d", i+1), State: registry.BoothAssigned, Application: app})
	}
	pass := func(id string, booth int, app string, printed int64, change ...func(*registry.PassRow)) registry.PassRow {
		r := registry.PassRow{Pass: registry.Pass{ID: registry.PassID(id), Kind: registry.StaffPass, Application: registry.ApplicationID(app), State: registry.PassValid}, PrintedAt: printed}
		if booth > 0 {
			r.Booth, r.BoothCode, r.VendorName = booths[booth-1].ID, booths[booth-1].Code, "HTX "+app
		}
		for _, c := range change {
			c(&r)
		}
		return r
	}
	replaced := func(by, reason string) func(*registry.PassRow) {
		return func(r *registry.PassRow) {
			r.State, r.ReplacedBy, r.StateReason, r.RevokedAt = registry.PassRevoked, registry.PassID(by), reason, 9
		}
	}
	lorry := func(r *registry.PassRow) { r.Kind, r.Label = registry.VehiclePass, "97C-1" }
	guests := func(r *registry.PassRow) { r.Kind, r.Label = registry.VisitorPass, "Bản Pjoọc" }
	rows = []registry.PassRow{pass("guest", 0, "", 5, guests), pass("lorry", 0, "three", 5, lorry), pass("new3", 3, "three", 0), pass("same", 1, "one", 5), pass("new2", 2, "two", 0),
		pass("own4", 4, "three", 5)}
	dead = []registry.PassRow{pass("old2", 2, "three", 5, replaced("mid3", "booth_moved")), pass("mid3", 3, "three", 0, replaced("new3", "mất thẻ")),
		pass("old3", 3, "two", 0, replaced("new2", "booth_moved"))}
	return rows, dead, booths
}

func TestPassesStandByBooth(t *testing.T) {
	rows, dead, booths := swapped()
	groups := registry.GroupPasses(rows, dead, booths)
	var codes []string
	for _, g := range groups {
		codes = append(codes, fmt.Sprint(g.Code, len(g.Rows)))
	}
	if want := []string{"A011", "A021", "A032", "A041", "1"}; !slices.Equal(codes, want) {
		t.Fatalf("groups %v, want %v: in the order of the plan, the lorry with the first booth, guests last", codes, want)
	}
	t.Run("a booth that was swapped says with which", func(t *testing.T) {
		c := groups[1].Changes
		if len(c) != 1 || c[0].From != "A03" || !c[0].Swapped || c[0].Collect != 0 || c[0].Passes != 1 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("passes are followed through those that replaced them", func(t *testing.T) {
		var collect int
		for _, c := range groups[2].Changes {
			collect += c.Collect
		}
		if len(groups[2].Changes) != 2 || collect != 1 {
			t.Errorf("%+v, want the move with one printed pass to collect and the one lost since", groups[2].Changes)
		}
	})
	t.Run("what is printed has no change to tell", func(t *testing.T) {
		for _, i := range []int{0, 3, 4} {
			if len(groups[i].Changes) != 0 {
				t.Errorf("%s: %+v", groups[i].Code, groups[i].Changes)
			}
		}
	})
}

func TestNewHolderOfABoothCollectsThePassesOfTheFormer(t *testing.T) {
	booths := []registry.Booth{{ID: "b1", Code: "A01", State: registry.BoothAssigned, Application: "two"}}
	row := func(id string, state registry.PassState, printed int64) registry.PassRow {
		return registry.PassRow{Pass: registry.Pass{ID: registry.PassID(id), Booth: "b1", Kind: registry.BoothPass, State: state}, BoothCode: "A01", PrintedAt: printed}
	}
	old := row("old", registry.PassRevoked, 3)
	old.StateReason, old.VendorName = registry.ReasonReleased, "HTX cũ"
	for name, c := range map[string]struct {
		printed int64 // when the new pass was
		old     int64
		want    int
	}{"not printed yet": {0, 3, 1}, "printed": {4, 3, 0}, "the old one never was": {0, 0, 0}} {
		t.Run(name, func(t *testing.T) {
			old.PrintedAt = c.old
			g := registry.GroupPasses([]registry.PassRow{row("new", registry.PassValid, c.printed)}, []registry.PassRow{old}, booths)[0]
			if len(g.Changes) != c.want || c.want > 0 && (g.Changes[0].Former != "HTX cũ" || g.Changes[0].Collect != 1) {
				t.Errorf("%+v", g.Changes)
			}
		})
	}
}
