package testkit

import (
	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

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
		Works(k.T, rooms.Publish(ctx, system, at))
	}
	return saved.Plan.Layout
}
