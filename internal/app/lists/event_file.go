package lists

import (
	"context"

	"hoicho/internal/app/vendors"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// ApplicationFile writes the applications on which the actor decides and that a filter
// chooses.
func (a *Service) ApplicationFile(ctx context.Context, actor registry.Actor, f registry.ApplicationFilter, ask Ask) (file File, err error) {
	if !actor.CanSomewhere(registry.ReviewApplications) {
		return file, registry.E(registry.NotFound, "error.not_found")
	}
	f.Office, f.After, f.Limit = true, "", report.MaxRows+1
	if codes, all := actor.Reach(registry.ReviewApplications); !all {
		f.Areas = append([]string{}, codes...)
	}
	var rows []report.ApplicationRow
	name, personal, note := "don", 0, all(actor, "application.export", "application", registry.ReviewApplications)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if f.Event != "" {
			e, err := a.Events.EventFor(ctx, tx, actor, registry.ReviewApplications, f.Event)
			if err != nil {
				return err
			}
			name, note = named("don", e), a.ofEvent(e, note.Action, note.Object)
		}
		found, err := tx.ApplicationRows(ctx, f)
		if err = tooLong(len(found) > report.MaxRows, err); err != nil {
			return err
		}
		rows, personal, err = a.applicationRows(ctx, tx, actor, found)
		return err
	})
	if err != nil {
		return file, err
	}
	note.Detail = append(note.Detail, fact.Count("export_personal", personal))
	return report.ApplicationTable(ask.Lang, rows).List(name, ask.Form, note)
}

// named is the name of a list of an event's, for a file.
func named(list string, e registry.Event) string { return list + "_" + vn.Slug(e.Title) }

// applicationRows adds to applications the phone of the vendor and its booths, and counts
// those of which the actor sees what is personal.
func (a *Service) applicationRows(ctx context.Context, tx *store.Tx, actor registry.Actor, found []registry.ApplicationRow) (rows []report.ApplicationRow, personal int, err error) {
	given, vendors := map[registry.EventID]map[registry.ApplicationID][]string{}, map[registry.VendorID]registry.Vendor{}
	for _, r := range found {
		v, read := vendors[r.Vendor]
		if !read {
			if v, err = tx.Vendor(ctx, r.Vendor); err != nil {
				return nil, 0, err
			}
			vendors[r.Vendor] = v
		}
		codes, read := given[r.Event]
		if !read {
			if codes, err = boothCodes(ctx, tx, r.Event); err != nil {
				return nil, 0, err
			}
			given[r.Event] = codes
		}
		row := report.ApplicationRow{ApplicationRow: r, Phone: v.Phone, Given: codes[r.ID]}
		if a.SeesPersonal(actor, v) {
			personal++
		} else {
			row.Phone = v.MaskedPhone()
		}
		rows = append(rows, row)
	}
	return rows, personal, nil
}

// boothCodes are the booths that applications to an event were given.
func boothCodes(ctx context.Context, tx *store.Tx, event registry.EventID) (map[registry.ApplicationID][]string, error) {
	all, err := tx.Booths(ctx, event)
	codes := map[registry.ApplicationID][]string{}
	for _, b := range all {
		if b.State == registry.BoothAssigned {
			codes[b.Application] = append(codes[b.Application], b.Code)
		}
	}
	return codes, err
}

// BoothFile writes the booths of an event as its desk shows them.
func (a *Service) BoothFile(ctx context.Context, actor registry.Actor, event registry.EventID, ask Ask) (file File, err error) {
	d, err := a.Booths.BoothDesk(ctx, actor, event)
	if err != nil {
		return file, err
	}
	rows := make([]report.BoothRow, len(d.Booths))
	for i, b := range d.Booths {
		rows[i] = report.BoothRow{Booth: b, Vendor: d.Vendors[b.ID].Name, Goods: d.Vendors[b.ID].Goods, Seen: d.Seen[b.ID]}
	}
	return report.BoothTable(ask.Lang, rows).List(named("gian", d.Event), ask.Form, a.ofEvent(d.Event, "booth.export", "booth"))
}

// PassFile writes the passes of an event that a filter chooses, with the ends of their codes.
func (a *Service) PassFile(ctx context.Context, actor registry.Actor, f registry.PassFilter, ask Ask) (file File, err error) {
	f.After, f.Limit = "", report.MaxRows+1
	event, rows, _, err := a.Passes.EventPasses(ctx, actor, f)
	if err = tooLong(len(rows) > report.MaxRows, err); err != nil {
		return file, err
	}
	return report.PassTable(ask.Lang, rows).List(named("the", event), ask.Form, a.ofEvent(event, "pass.export", "pass"))
}

// VisitFile writes what was counted at the gates of an event, hour by hour, on one of its days
// or, with "", on all. The actor needs ViewFigures there.
func (a *Service) VisitFile(ctx context.Context, actor registry.Actor, id registry.EventID, day string, ask Ask) (file File, err error) {
	var event registry.Event
	var rows []report.HourRow
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		gates, err := tx.Gates(ctx, id)
		if err != nil {
			return err
		}
		from, until := int64(0), int64(1<<62)
		if start, ok := vn.StartOf(day); ok {
			from, until = start.UnixMilli(), start.UnixMilli()+24*registry.HourMS
		}
		hours, err := tx.GateHours(ctx, id, from, until)
		rows = nil
		for _, h := range hours {
			row := report.HourRow{GateHour: h}
			for _, g := range gates {
				if g.Number == h.Gate {
					row.GateName = g.Name
				}
			}
			rows = append(rows, row)
		}
		return err
	})
	if err != nil {
		return file, err
	}
	return report.HourTable(ask.Lang, rows).List(named("khach", event), ask.Form, a.ofEvent(event, "visit.export", "event"))
}

// SalesFile writes who has told its sales at an event, and to whoever may see single returns
// what was sold. The actor needs FileSales there.
func (a *Service) SalesFile(ctx context.Context, actor registry.Actor, id registry.EventID, ask Ask) (file File, err error) {
	desk, err := a.Reports.MissingSales(ctx, actor, id)
	if err != nil {
		return file, err
	}
	rows := make([]report.SalesRow, len(desk.Dues))
	for i, d := range desk.Dues {
		rows[i] = report.SalesRow{SalesDue: d}
	}
	if desk.Sees {
		if err := a.readReturns(ctx, id, rows); err != nil {
			return file, err
		}
	}
	note := a.ofEvent(desk.Event, "sales.export", "sales", fact.Yes("export_figures", desk.Sees))
	return report.SalesTable(ask.Lang, desk.Sees, rows).List(named("doanh-thu", desk.Event), ask.Form, note)
}

// readReturns adds to vendors what they told of their sales at an event.
func (a *Service) readReturns(ctx context.Context, event registry.EventID, rows []report.SalesRow) error {
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		returns, err := tx.EventSales(ctx, event)
		if err != nil {
			return err
		}
		var best []registry.ProductID
		for _, r := range returns {
			best = append(best, r.Best...)
		}
		names, err := productNames(ctx, tx, best)
		for i := range rows {
			rows[i].Best = nil // the transaction may run again
			for _, r := range returns {
				if r.Vendor != rows[i].Vendor {
					continue
				}
				rows[i].Return = r
				for _, id := range r.Best {
					rows[i].Best = append(rows[i].Best, names[id])
				}
			}
		}
		return err
	})
}

func productNames(ctx context.Context, tx *store.Tx, ids []registry.ProductID) (map[registry.ProductID]string, error) {
	names := map[registry.ProductID]string{}
	if len(ids) == 0 {
		return names, nil
	}
	products, err := tx.ProductsByID(ctx, ids)
	for _, p := range products {
		names[p.ID] = p.Name
	}
	return names, err
}

// callRows are the vendors of a call list, those to be called first.
func (a *Service) callRows(list vendors.CallList) (rows []report.CallRow) {
	for _, part := range []struct {
		way   string
		lines []vendors.CallLine
	}{{"to_call", list.ToCall}, {"on_way", list.OnWay}, {"called", list.Called}, {"sent", list.Sent}, {"opened", list.Opened}} {
		for _, l := range part.lines {
			rows = append(rows, report.CallRow{Callee: l.Callee, Area: a.placeName(l.Area), Way: part.way, News: l.News, Last: l.LastCall(), Calls: int64(len(l.Calls)),
				WrittenAt: l.UpTo})
		}
	}
	return rows
}
