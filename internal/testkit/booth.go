package testkit

import (
	"fmt"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Booths adds n free standard booths in a zone, ten to a row: "A01" to "A20".
func (k *Kit) Booths(event registry.EventID, zone string, n int) []registry.Booth {
	k.T.Helper()
	booths := make([]registry.Booth, n)
	for i := range booths {
		booths[i] = registry.Booth{ID: store.NewID[registry.BoothID](), Event: event, Code: fmt.Sprintf("%s%02d", zone, i+1),
			Zone: zone, Row: i/10 + 1, Col: i%10 + 1, WidthCM: 300, DepthCM: 300, Kind: registry.StandardBooth,
			State: registry.BoothFree, Version: 1}
	}
	k.Write(func(tx *store.Tx) error { return tx.InsertBooths(k.T.Context(), booths) })
	return booths
}

// Assign gives a booth to an approved application.
func (k *Kit) Assign(booth registry.Booth, to registry.Application) {
	k.T.Helper()
	k.Write(func(tx *store.Tx) error { return tx.AssignBooth(k.T.Context(), booth.ID, to.ID) })
}

// TypedGrid is the form of a row of booths of 3 x 3 m in a zone.
func TypedGrid(zone string, from, to int) booths.BoothGrid {
	return booths.BoothGrid{Zone: zone, From: from, To: to, Columns: 10, Width: "3", Depth: "3,5", Kind: registry.StandardBooth, Fee: "500.000"}
}

// Drawn draws the plan of an event from a template, for so many booths at least, and publishes it if it is to be.
func (k *Kit) Drawn(event registry.EventID, t floorplan.Template, n int, publish bool) floorplan.Layout {
	k.T.Helper()
	ctx, system, rooms := k.T.Context(), registry.SystemActor("test"), k.App.FloorPlans
	d, err := rooms.Desk(ctx, system, event)
	Works(k.T, err)
	saved, err := rooms.Save(ctx, system, floorplans.Input{Ref: d.Ref(), Layout: floorplan.New(t, d.Given(), n, store.NewID[string])})
	Works(k.T, err)
	if publish {
		at := floorplans.Ref{Event: event, N: saved.Plan.N, Version: saved.Plan.Version}
		Works(k.T, rooms.Check(ctx, system, at))
		x, err := rooms.Effect(ctx, system, event)
		Works(k.T, err)
		Works(k.T, rooms.Publish(ctx, system, floorplans.Publication{Ref: at, Seen: x.Digest()}))
	}
	return saved.Plan.Layout
}
