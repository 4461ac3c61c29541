package floorplans_test

import (
	"strconv"
	"testing"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestAPlanChangesNoBoothOfADraw: while a list is locked its booths stay as they are listed, and a booth that was drawn keeps the
// number under which it was; what has nothing to do with the draw is published.
func TestAPlanChangesNoBoothOfADraw(t *testing.T) {
	s := testkit.NewStage(t)
	s.Applied(registry.AppApproved)
	s.Applied(registry.AppApproved)
	s.Booths(s.Fair.ID, "A", 2)
	draws, ctx := s.App.Draws, t.Context()
	d := desk(s)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: floorplan.New(floorplan.Street, d.Given(), 4, store.NewID[string])})
	publish(s)
	testkit.Works(t, draws.Prepare(ctx, s.Reviewer, s.Fair.ID, appdraw.Input{Place: "sân xã", Callers: "3"}))
	ref := func() appdraw.Ref {
		x, err := draws.Desk(ctx, s.Reviewer, s.Fair.ID)
		testkit.Works(t, err)
		return appdraw.Ref{Event: s.Fair.ID, ID: x.Open.ID, Version: x.Open.Version}
	}
	x, err := draws.Desk(ctx, s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	testkit.Works(t, draws.Lock(ctx, s.Reviewer, ref(), x.Mark))
	// to draws a draft from what is published, and says whether it could be published.
	to := func(change func(*floorplan.Layout)) error {
		l := desk(s).InForce.Layout.Clone()
		change(&l)
		save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: l})
		r := desk(s).Ref()
		testkit.Works(t, s.App.FloorPlans.Check(ctx, s.Reviewer, r))
		err := s.App.FloorPlans.Publish(ctx, s.Reviewer, confirmed(s, r))
		if err != nil {
			testkit.Works(t, s.App.FloorPlans.SetAside(ctx, s.Reviewer, r))
		}
		return err
	}
	swap := func(l *floorplan.Layout) { l.Objects[0].Code, l.Objects[1].Code = l.Objects[1].Code, l.Objects[0].Code }
	for what, change := range map[string]func(*floorplan.Layout){
		"renamed": swap,
		"resized": func(l *floorplan.Layout) { l.Objects[3].W = 600 },
		"removed": func(l *floorplan.Layout) { l.Objects = l.Objects[1:] },
	} {
		testkit.Refused(t, what, to(change), registry.Conflict, "draw.error.booth_listed")
	}
	for i, name := range []string{"Hoàng Văn Thành", "Nông Thị Mai", "Lường Thị Duyên"} {
		testkit.Works(t, draws.Call(ctx, s.Reviewer, ref(), appdraw.CallInput{Name: name, Number: strconv.Itoa(i)}))
	}
	testkit.Works(t, draws.Reveal(ctx, s.Reviewer, ref()))
	testkit.Refused(t, "renamed once it was drawn", to(swap), registry.Conflict, "draw.error.numbered")
	testkit.Works(t, to(func(l *floorplan.Layout) { l.Objects[3].W = 600 }))
}
