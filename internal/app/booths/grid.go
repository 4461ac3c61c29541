package booths

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Limits of a booth grid.
const (
	maxBooths       = 2000 // of one event; the largest fair found had 350
	maxBoothNumber  = 999
	maxBoothColumns = 40
	minBoothCM      = 50
	maxBoothCM      = 10000
	maxFeeDong      = 1_000_000_000
)

// BoothGrid is a run of booths of one zone as an officer types it in: A, 1 to
// 20, ten to a row. Width and Depth are in metres ("3", "3,5"), Fee in đồng.
type BoothGrid struct {
	Zone    string
	From    int
	To      int
	Columns int
	Width   string
	Depth   string
	Kind    registry.BoothKind
	Power   bool
	Fee     string
	Unread  registry.Faults // what could not be read at all, told with the rest
}

var zoneForm = regexp.MustCompile(`^[A-Z]{1,2}$`)

// booths turns the grid into booths of an event, or tells the faults at its
// fields. Rows are counted from the first one of the grid.
func (g BoothGrid) booths(event registry.EventID) ([]registry.Booth, error) {
	faults := g.Unread
	proto := registry.Booth{Event: event, Zone: strings.ToUpper(strings.TrimSpace(g.Zone)), Kind: g.Kind, Power: g.Power,
		State: registry.BoothFree}
	faults.Check(zoneForm.MatchString(proto.Zone), "zone", "error.booth.zone")
	faults.Check(g.From >= 1 && g.From <= maxBoothNumber, "from", "error.booth.number", maxBoothNumber)
	faults.Check(g.To >= 1 && g.To <= maxBoothNumber, "to", "error.booth.number", maxBoothNumber)
	faults.Check(g.From <= g.To, "to", "error.booth.range")
	faults.Check(g.Columns >= 1 && g.Columns <= maxBoothColumns, "columns", "error.booth.columns", maxBoothColumns)
	faults.Check(slices.Contains(registry.BoothKinds, g.Kind), "kind", "error.choose")
	var ok bool
	proto.WidthCM, ok = readSide(g.Width)
	faults.Check(ok, "width", "error.booth.size")
	proto.DepthCM, ok = readSide(g.Depth)
	faults.Check(ok, "depth", "error.booth.size")
	proto.FeeDong, ok = parseFee(g.Fee)
	faults.Check(ok, "fee", "error.booth.fee")
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return g.lay(proto), nil
}

// lay places copies of a booth row by row.
func (g BoothGrid) lay(proto registry.Booth) []registry.Booth {
	booths := make([]registry.Booth, 0, g.To-g.From+1)
	for n := g.From; n <= g.To; n++ {
		b, i := proto, n-g.From
		b.ID, b.Code = store.NewID[registry.BoothID](), fmt.Sprintf("%s%02d", proto.Zone, n)
		b.Row, b.Col = i/g.Columns+1, i%g.Columns+1
		booths = append(booths, b)
	}
	return booths
}

// readSide reads how wide or deep a booth is, in centimetres.
func readSide(s string) (cm int, ok bool) {
	cm, ok = vn.ParseMetres(s)
	return cm, ok && cm >= minBoothCM && cm <= maxBoothCM
}

// parseFee reads an amount; an empty one is free of charge.
func parseFee(s string) (dong int64, ok bool) {
	if strings.TrimSpace(s) == "" {
		return 0, true
	}
	dong, err := vn.ParseDong(s)
	return dong, err == nil && dong <= maxFeeDong
}

// PreviewBooths returns what a grid would add to an event, and nothing is
// changed. The booths that are there already are told apart by their ids.
func (a *Service) PreviewBooths(ctx context.Context, actor registry.Actor, event registry.EventID, g BoothGrid) (added []registry.Booth, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.Events.EventFor(ctx, tx, actor, registry.ManageBooths, event); err != nil {
			return err
		}
		added, err = newBooths(ctx, tx, event, g)
		return err
	})
	return added, err
}

// AddBooths makes the booths of a grid; new rows follow the rows of their zone.
// It is Invalid if a number is used already or the event has too many booths. The
// new places are offered to who waits longest.
func (a *Service) AddBooths(ctx context.Context, actor registry.Actor, event registry.EventID, g BoothGrid) (n int, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.lockPlan(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		added, err := newBooths(ctx, tx, event, g)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.InsertBooths(ctx, added); err != nil {
			return registry.Change{}, err
		}
		n = len(added)
		return registry.Change{Action: "booth.add", Object: "event", ID: string(event), Scope: a.Areas.Scope(e.Area), Detail: gridFacts(g, added[0])},
			a.offerPlaces(ctx, tx, e, n)
	})
	return n, err
}

// gridFacts are what the audit log keeps of a grid; every booth is like b.
func gridFacts(g BoothGrid, b registry.Booth) fact.Facts {
	return fact.Facts{fact.Said("zone", b.Zone), fact.Number("from", g.From), fact.Number("to", g.To), fact.Count("columns", g.Columns),
		fact.Number("width_cm", b.WidthCM), fact.Number("depth_cm", b.DepthCM), fact.Code("kind", fact.BoothKind, b.Kind),
		fact.Yes("power", b.Power), fact.Amount("fee", b.FeeDong)}
}

// newBooths lays a grid below the rows that its zone has.
func newBooths(ctx context.Context, tx *store.Tx, event registry.EventID, g BoothGrid) ([]registry.Booth, error) {
	added, err := g.booths(event)
	if err != nil {
		return nil, err
	}
	there, err := tx.Booths(ctx, event)
	if err != nil {
		return nil, err
	}
	if len(there)+len(added) > maxBooths {
		return nil, registry.At("to", "error.booth.too_many", maxBooths)
	}
	lastRow, codes := 0, map[string]bool{}
	for _, b := range there {
		codes[b.Code] = true
		if b.Zone == added[0].Zone {
			lastRow = max(lastRow, b.Row)
		}
	}
	var twice []string
	for i := range added {
		added[i].Row += lastRow
		if codes[added[i].Code] {
			twice = append(twice, added[i].Code)
		}
	}
	if len(twice) > 0 {
		return nil, registry.At("from", "error.booth.codes_taken", shorten(twice, 5))
	}
	return added, nil
}

// shorten joins a list, leaving out what is beyond the most.
func shorten(items []string, most int) string {
	if len(items) > most {
		items = append(slices.Clone(items[:most]), "…")
	}
	return strings.Join(items, ", ")
}
