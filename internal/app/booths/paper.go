package booths

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// The papers of an event's booths.
const (
	PaperPlan   = "so-do.pdf"
	PaperPlanA3 = "so-do-a3.pdf"
	PaperBooths = "danh-sach.pdf"
	PaperLoadIn = "vao-hang.pdf"
)

// Papers lists them.
var Papers = []string{PaperPlan, PaperPlanA3, PaperBooths, PaperLoadIn}

// Paper writes a paper of an event's booths as a PDF. It is NotFound for whoever does not see the office of its area, and for
// a paper that is none; the load-in, which names number plates, is for who manages booths.
func (a *Service) Paper(ctx context.Context, actor registry.Actor, event registry.EventID, paper, lang string) (registry.File, error) {
	right := registry.ViewOffice
	if paper == PaperLoadIn {
		right = registry.ManageBooths
	}
	var p Plan
	var rows []print.ListedBooth
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if p.Event, err = a.Events.EventFor(ctx, tx, actor, right, event); err != nil {
			return err
		}
		if !slices.Contains(Papers, paper) {
			return registry.E(registry.NotFound, "error.not_found")
		}
		if err := p.read(ctx, tx); err != nil {
			return err
		}
		rows, err = listed(ctx, tx, p)
		return err
	})
	if err != nil {
		return registry.File{}, err
	}
	var buf bytes.Buffer
	if paper == PaperPlan || paper == PaperPlanA3 {
		var gates []string
		for _, g := range p.Gates {
			gates = append(gates, g.Name)
		}
		plan := print.BoothPlan{Lang: lang, Event: a.Passes.PaperEvent(p.Event), Booths: rows, Gates: gates, PrintedAt: a.DB.Now().In(vn.Zone), Large: paper == PaperPlanA3}
		if p.Layout == nil {
			err = print.WriteBoothPlan(&buf, plan)
		} else {
			err = print.WriteDrawnPlan(&buf, plan, *p.Layout)
		}
	} else {
		if paper == PaperLoadIn {
			rows = slices.DeleteFunc(rows, func(l print.ListedBooth) bool { return l.Vendor == "" })
		}
		err = print.WriteBoothList(&buf, print.BoothList{Lang: lang, Event: a.Passes.PaperEvent(p.Event), Rows: rows, LoadIn: paper == PaperLoadIn, PrintedAt: a.DB.Now().In(vn.Zone)})
	}
	return registry.File{ContentType: "application/pdf", Name: strings.TrimSuffix(paper, ".pdf") + "-" + p.Event.Slug + ".pdf", Data: buf.Bytes()}, err
}

// listed are the booths of a plan with who has them and what these bring. Vehicles stand with the first booth of who brings them.
func listed(ctx context.Context, tx *store.Tx, p Plan) (rows []print.ListedBooth, err error) {
	apps, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: p.Event.ID, States: []registry.ApplicationState{registry.AppApproved}})
	if err != nil {
		return nil, err
	}
	byID := map[registry.ApplicationID]registry.ApplicationRow{}
	for _, r := range apps {
		byID[r.ID] = r
	}
	had := map[registry.ApplicationID]bool{}
	for _, b := range p.Booths {
		l := print.ListedBooth{Booth: b}
		if b.State == registry.BoothAssigned {
			l.Vendor, l.Goods, l.Staff = p.Vendors[b.ID].Name, strings.Join(p.Vendors[b.ID].Goods, ", "), byID[b.Application].StaffN
			if !had[b.Application] {
				l.Vehicles = byID[b.Application].Vehicles
			}
			had[b.Application] = true
		}
		rows = append(rows, l)
	}
	return rows, nil
}
