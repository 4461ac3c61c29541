package admission

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// GateList is who is expected at a gate on a day (danh sách kiểm soát), in the
// order of the paper: by booth, then kind.
type GateList struct {
	Event  registry.Event
	Gates  []registry.Gate
	Gate   int    // number; 0 = all gates together
	Day    string // one of Days
	Days   []string
	Passes []registry.PassRow // BoothCode of a vendor's vehicle is that of its first booth
}

// GateQuery says which gate and day a list or a paper is for.
type GateQuery struct {
	Day  string // YYYY-MM-DD
	Gate int    // number; 0 = all gates together
	Lang string // of a paper
}

// GateName is the name of the list's gate, empty for all gates together.
func (l *GateList) GateName() string {
	if l.Gate == 0 {
		return ""
	}
	return l.Gates[l.Gate-1].Name
}

// GateList returns the passes expected at a gate of an event on a day: those that
// enter, blocked ones too, so that they are known; revoked ones are not on it. The
// day is the nearest that has a list where it is none, gate 0 stands for all gates.
// The actor needs ManageGate in the event's area. NotFound for a gate that is none.
func (a *Service) GateList(ctx context.Context, actor registry.Actor, id registry.EventID, q GateQuery) (l GateList, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if l.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id); err != nil {
			return err
		}
		l, err = a.gateList(ctx, tx, l.Event, q)
		return err
	})
	return l, err
}

// gateList reads a list for whoever may see it.
func (a *Service) gateList(ctx context.Context, tx *store.Tx, event registry.Event, q GateQuery) (GateList, error) {
	l, err := a.gateDay(ctx, tx, event, q)
	if err != nil {
		return l, err
	}
	rows, err := tx.Passes(ctx, registry.PassFilter{Event: event.ID})
	if err != nil {
		return l, err
	}
	giveBooths(rows)
	l.Passes = slices.DeleteFunc(rows, func(r registry.PassRow) bool { return !l.expects(&r) })
	slices.SortStableFunc(l.Passes, onPaper)
	return l, nil
}

// gateDay finds the gate and the day that are asked for: a list without passes.
func (a *Service) gateDay(ctx context.Context, tx *store.Tx, event registry.Event, q GateQuery) (GateList, error) {
	l := GateList{Event: event, Gate: q.Gate}
	desk, err := a.desk(ctx, tx, event.ID)
	if err != nil {
		return l, err
	}
	l.Gates, l.Days = desk.gates, listDays(&event, &desk.settings.Policy)
	if q.Gate < 0 || q.Gate > len(l.Gates) {
		return l, registry.E(registry.NotFound, "error.not_found")
	}
	if l.Day = q.Day; !slices.Contains(l.Days, q.Day) {
		l.Day = nearestDay(&event, q.Day, a.Today())
	}
	return l, nil
}

// listDays are the days that have a list: those of the event, and those on which
// vehicles load before and after it.
func listDays(e *registry.Event, policy *registry.GatePolicy) []string {
	var days []string
	for _, d := range e.Days {
		days = append(days, d.Day)
	}
	for _, w := range policy.LoadWindows {
		days = append(days, vn.DateOf(time.UnixMilli(w.FromAt)))
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// expects reports whether a pass may come to the list's gate on its day.
func (l *GateList) expects(p *registry.PassRow) bool {
	shift := 0
	if p.Kind == registry.VehiclePass {
		shift = 1 // it loads the evening before and the morning after
	}
	return p.Kind.Enters() && !p.Test && p.State != registry.PassRevoked && (l.Gate == 0 || l.Gates[l.Gate-1].Admits(p.Kind)) &&
		l.Day >= registry.AddDays(p.FirstDay, -shift) && l.Day <= registry.AddDays(p.LastDay(), shift)
}

// giveBooths puts what belongs to no booth, as vehicles, with their vendor's first.
func giveBooths(rows []registry.PassRow) {
	first := map[registry.VendorID]string{}
	for _, r := range rows {
		if had, ok := first[r.Vendor]; r.BoothCode != "" && r.State != registry.PassRevoked && (!ok || r.BoothCode < had) {
			first[r.Vendor] = r.BoothCode
		}
	}
	for i := range rows {
		if r := &rows[i]; r.BoothCode == "" && r.Vendor != "" {
			r.BoothCode = first[r.Vendor]
		}
	}
}

// onPaper is the order of a gate list: booths first, then who belongs to none.
func onPaper(x, y registry.PassRow) int {
	if (x.BoothCode == "") != (y.BoothCode == "") {
		return cmp.Compare(y.BoothCode, x.BoothCode)
	}
	return cmp.Or(cmp.Compare(x.BoothCode, y.BoothCode), cmp.Compare(x.Kind.Number(), y.Kind.Number()),
		cmp.Compare(x.Ordinal, y.Ordinal), cmp.Compare(x.Label, y.Label), cmp.Compare(x.Code, y.Code))
}

// GateListPaper writes a gate list as a PDF to be ticked by hand, in a language of
// i18n. Rights and faults are those of GateList.
func (a *Service) GateListPaper(ctx context.Context, actor registry.Actor, id registry.EventID, q GateQuery) (registry.File, error) {
	l, err := a.GateList(ctx, actor, id, q)
	if err != nil {
		return registry.File{}, err
	}
	paper := print.GateList{Sheet: a.sheet(l.Event, l.GateName(), l.Day, q.Lang)}
	for i := range l.Passes {
		p := &l.Passes[i]
		line := print.ListedPass{Booth: p.BoothCode, Vendor: p.VendorName, Kind: p.Kind, Label: ListedLabel(p), Ordinal: p.Ordinal,
			OrdinalOf: p.OrdinalOf, Code: p.Code, Blocked: p.State == registry.PassBlocked}
		paper.Passes = append(paper.Passes, line)
	}
	var buf bytes.Buffer
	if err := print.WriteGateList(&buf, paper); err != nil {
		return registry.File{}, fmt.Errorf("gate list of %s: %w", id, err)
	}
	return registry.File{ContentType: "application/pdf", Name: "danh-sach-cong-" + l.Day + ".pdf", Data: buf.Bytes()}, nil
}

// ListedLabel is what a list says of a pass beside its kind; the booth stands in a
// column of its own.
func ListedLabel(p *registry.PassRow) string {
	if p.Label == p.BoothCode {
		return ""
	}
	return p.Label
}

// sheet is what stands on every paper that is filled in at a gate.
func (a *Service) sheet(e registry.Event, gate, day, lang string) print.Sheet {
	return print.Sheet{Lang: lang, Event: a.Passes.PaperEvent(e), Gate: gate, Day: vn.Weekday(day, lang) + " " + vn.ShowDate(day),
		PrintedAt: a.DB.Now().In(vn.Zone)}
}

// TallyPaper writes the tally sheets of a day as a PDF: of a gate, or one page for
// each gate. The actor needs ManageGate in the event's area. NotFound for a gate
// that is none.
func (a *Service) TallyPaper(ctx context.Context, actor registry.Actor, id registry.EventID, q GateQuery) (registry.File, error) {
	l, err := a.GateList(ctx, actor, id, q)
	if err != nil {
		return registry.File{}, err
	}
	hours := openHours(&l.Event, l.Day)
	var sheets []print.TallySheet
	for _, g := range l.Gates {
		if q.Gate == 0 || q.Gate == g.Number {
			sheets = append(sheets, print.TallySheet{Sheet: a.sheet(l.Event, g.Name, l.Day, q.Lang), Hours: hours})
		}
	}
	if len(sheets) == 0 {
		sheets = []print.TallySheet{{Sheet: a.sheet(l.Event, "", l.Day, q.Lang), Hours: hours}}
	}
	var buf bytes.Buffer
	if err := print.WriteTallySheets(&buf, q.Lang, sheets); err != nil {
		return registry.File{}, fmt.Errorf("tally sheets of %s: %w", id, err)
	}
	return registry.File{ContentType: "application/pdf", Name: "phieu-dem-" + l.Day + ".pdf", Data: buf.Bytes()}, nil
}

// openHours are the full hours in which a day is open, those of the first day for
// a day that is none of the event's.
func openHours(e *registry.Event, day string) []int {
	d, ok := e.Day(day)
	if !ok {
		d = e.Days[0]
	}
	var hours []int
	for h := d.OpensAt / 60; h*60 < d.ClosesAt && h < 24; h++ {
		hours = append(hours, h)
	}
	return hours
}
