package floorplans_test

import (
	"strconv"
	"testing"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/app/vouchers"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// numbersSwap exchanges the numbers of the first two booths of a draft.
func numbersSwap(s *testkit.Stage) {
	l := desk(s).Shown().Layout.Clone()
	l.Objects[0].Code, l.Objects[1].Code = l.Objects[1].Code, l.Objects[0].Code
	save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: l})
	testkit.Works(s.T, s.App.FloorPlans.Check(s.T.Context(), s.Reviewer, desk(s).Ref()))
}

// TestVouchersKeepNumbers: once an event has vouchers its booths keep their numbers, as the effects tell; a pack for training
// keeps none.
func TestVouchersKeepNumbers(t *testing.T) {
	for _, training := range []bool{true, false} {
		s, _ := drawn(t)
		publish(s)
		s.Pack(s.Fair, 2, func(in *vouchers.PackInput) { in.Test = training })
		numbersSwap(s)
		err := s.App.FloorPlans.Publish(t.Context(), s.Reviewer, confirmed(s, desk(s).Ref()))
		if training {
			testkit.Works(t, err)
			continue
		}
		testkit.Refused(t, "numbers that vouchers name", err, registry.Conflict, "floor_plan.error.vouchers")
		x, err := s.App.FloorPlans.Effect(t.Context(), s.Reviewer, s.Fair.ID)
		testkit.Works(t, err)
		testkit.Refused(t, "as the effects tell", x.Barred, registry.Conflict, "floor_plan.error.vouchers")
	}
}

// TestASuspendedVendorGetsNoPass: a booth of a suspended vendor gets no other number, for which passes would be issued.
func TestASuspendedVendorGetsNoPass(t *testing.T) {
	s, d := drawn(t)
	publish(s)
	v := d.Vendors[d.Booths[0].ID].Vendor
	testkit.Works(t, s.App.Vendors.BlockVendor(t.Context(), registry.SystemActor("test"), v, "bán hàng giả"))
	numbersSwap(s)
	err := s.App.FloorPlans.Publish(t.Context(), s.Reviewer, confirmed(s, desk(s).Ref()))
	testkit.Refused(t, "a suspended vendor", err, registry.Conflict, "floor_plan.error.suspended")
}

// TestWhoIsChoosingFindsTheBoothAsShown: a booth that a vendor holds while choosing keeps number and size until the hold is over.
func TestWhoIsChoosingFindsTheBoothAsShown(t *testing.T) {
	s := testkit.NewStage(t, testkit.SelfPick)
	p := s.Applied(registry.AppApproved)
	list := s.Booths(s.Fair.ID, "A", 2)
	d := desk(s)
	save(s, floorplans.Input{Ref: d.Ref(), Layout: floorplan.New(floorplan.Street, d.Given(), 2, store.NewID[string])})
	publish(s)
	testkit.Works(t, testkit.Second(s.App.Booths.HoldBooth(t.Context(), p.Owner, p.ID, list[0].ID)))
	numbersSwap(s)
	swap := func() error {
		return s.App.FloorPlans.Publish(t.Context(), s.Reviewer, confirmed(s, desk(s).Ref()))
	}
	testkit.Refused(t, "while it is held", swap(), registry.Conflict, "floor_plan.error.held")
	testkit.Works(t, s.App.Booths.DropHold(t.Context(), p.Owner, p.ID))
	testkit.Works(t, swap())
}

// TestWhoIsMovedIsTold: a booth that somebody has and that gets another place under its number is an effect, and its vendor is told.
func TestWhoIsMovedIsTold(t *testing.T) {
	s, _ := drawn(t)
	publish(s)
	l := desk(s).InForce.Layout.Clone()
	l.Objects[0].X, l.Objects[5].X = l.Objects[0].X-100, l.Objects[5].X+100
	save(s, floorplans.Input{Ref: desk(s).Ref(), Layout: l})
	x, err := s.App.FloorPlans.Effect(t.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	if len(x.Moved) != 1 || x.Moved[0].Code != "A01" || x.Vendors != 1 || x.Nothing() {
		t.Fatalf("effect %+v", x.RedrawEffect)
	}
	publish(s)
	told := 0
	s.Write(func(tx *store.Tx) error {
		messages, err := tx.LeaseMessages(t.Context(), 100, 0)
		for _, m := range messages {
			if m.Key == "application.mail.booth" && m.Args[2] == "A01" {
				told++
			}
		}
		return err
	})
	if told != 2 { // when it was assigned, and now
		t.Errorf("told %d times", told)
	}
}

// TestAPlanChangesNoBoothOfADraw: while a list is locked its booths stay where and as they are listed, and a booth that was drawn keeps the
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
		"moved":   func(l *floorplan.Layout) { l.Objects[3].X += 100 },
	} {
		testkit.Refused(t, what, to(change), registry.Conflict, "draw.error.plan_locked")
	}
	for i, name := range []string{"Hoàng Văn Thành", "Nông Thị Mai", "Lường Thị Duyên"} {
		testkit.Works(t, draws.Call(ctx, s.Reviewer, ref(), appdraw.CallInput{Name: name, Number: strconv.Itoa(i)}))
	}
	testkit.Works(t, draws.Reveal(ctx, s.Reviewer, ref()))
	testkit.Refused(t, "renamed once it was drawn", to(swap), registry.Conflict, "draw.error.numbered")
	testkit.Works(t, to(func(l *floorplan.Layout) { l.Objects[3].W = 600 }))
}
