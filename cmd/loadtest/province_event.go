package main

import (
	"context"
	"fmt"
	"strings"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

const (
	vendorsAtOnce = 100 // in one transaction
	eventDays     = 3
	staffEach     = 4  // passes of a booth beside its own
	notApproved   = 2  // applications of an event that stay without a booth
	openHours     = 13 // 8:00 to 21:00
	yearsBack     = 2  // how far the events that are over reach back
	upcoming      = 12 // one event in so many is still to come
)

// addVendors adds the vendors that are missing, each with a product.
func (p *province) addVendors(ctx context.Context) error {
	for p.made.vendors < p.size.vendors-p.have.vendors {
		if err := p.app.DB.Write(ctx, func(tx *store.Tx) error {
			n := min(vendorsAtOnce, p.size.vendors-p.have.vendors-len(p.vendors))
			for range n {
				if err := p.addVendor(ctx, tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		p.made.vendors = len(p.vendors)
	}
	return nil
}

func (p *province) addVendor(ctx context.Context, tx *store.Tx) error {
	n := len(p.vendors)
	area := p.areas[p.rng.IntN(len(p.areas))]
	v := registry.Vendor{Kind: registry.Cooperative, State: registry.VendorActive, Name: fmt.Sprintf("HTX %s %d", area.Name, n+1), Representative: "Hoàng Thị Hoan",
		Phone: fmt.Sprintf("03%08d", n+1), Area: area.Ref, Village: "thôn Pác Ngòi", About: "Làm miến dong từ dong riềng trồng trên nương."}
	scope := p.app.Areas.Scope(v.Area)
	if err := tx.InsertVendor(ctx, &v, scope); err != nil {
		return err
	}
	goods := registry.Product{Vendor: v.ID, Name: fmt.Sprintf("Miến dong %s %d", area.Name, n+1), Group: registry.ProductGroups[n%len(registry.ProductGroups)],
		Description: "Sợi dai, không phẩm màu.", Origin: registry.MadeIn, OriginPlace: "Côn Minh, Na Rì, Bắc Kạn",
		PriceDong: int64(20+p.rng.IntN(200)) * 1000, PriceUnit: "kg", Evidence: registry.Declared}
	if err := tx.InsertProduct(ctx, &goods); err != nil {
		return err
	}
	paper := registry.Certificate{Vendor: v.ID, Kind: registry.FoodSafety, Number: fmt.Sprintf("%d/2024/NNPTNT-BK", n+1), Issuer: "Chi cục Quản lý chất lượng",
		IssuedOn: vn.AddDays(vn.DateOf(p.today), -400), ValidTo: vn.AddDays(vn.DateOf(p.today), 10+n%600)}
	if err := tx.InsertCertificate(ctx, &paper); err != nil {
		return err
	}
	p.vendors = append(p.vendors, stock{v.ID, goods.ID})
	return tx.Audit(ctx, p.actor, registry.Change{Action: "vendor.create", Object: "vendor", ID: string(v.ID), Scope: scope})
}

// addEvents adds the events that are missing, from the first to the last.
func (p *province) addEvents(ctx context.Context) error {
	n := p.size.events - p.have.events
	for i := range n {
		if err := p.addEvent(ctx, p.planned(i, n)); err != nil {
			return fmt.Errorf("event %d of %d: %w", i+1, n, err)
		}
	}
	p.made.events = n
	return nil
}

// fairPlan is what an event that is added shall have.
type fairPlan struct {
	n                                   int // which of the events, counted from 0
	first                               string
	state                               registry.EventState
	booths, applications, passes, scans int
}

// planned deals out what is missing to the i-th of n events. Scans lie at those that are over.
func (p *province) planned(i, n int) fairPlan {
	s, today := p.size, vn.DateOf(p.today)
	over := n - n/upcoming
	plan := fairPlan{n: i, booths: share(s.booths-p.have.booths, i, n), applications: share(s.applications-p.have.applications, i, n),
		passes: share(s.passes-p.have.passes, i, n)}
	switch {
	case s.running:
		plan.first, plan.state = today, registry.Running
	case i < over:
		plan.first, plan.state = vn.AddDays(today, -365*yearsBack*(over-i)/over-eventDays), registry.Ended
		plan.scans = share(s.scans-p.have.scans, i, over)
	default:
		plan.first, plan.state = vn.AddDays(today, 5+(i-over)%60), registry.Open
	}
	return plan
}

// addEvent adds one event with its booths, who applied, their passes and what happened at
// its gate.
func (p *province) addEvent(ctx context.Context, plan fairPlan) error {
	opens, _ := vn.InstantOf(plan.first, 8*60)
	p.clock.set(min(opens.UnixMilli(), p.today.UnixMilli()))
	e := p.event(plan)
	if err := p.app.DB.Write(ctx, func(tx *store.Tx) error { return p.insertEvent(ctx, tx, &e, plan) }); err != nil {
		return err
	}
	p.added = append(p.added, e)
	if err := p.addGuests(ctx, e, plan.passes-p.boothPasses(e, plan)); err != nil {
		return err
	}
	if plan.state == registry.Open {
		return nil
	}
	if err := p.app.Admission.AddGate(ctx, p.actor, e.ID, admission.GateInput{Name: "Cổng A"}); err != nil || plan.scans == 0 {
		return err
	}
	return p.addScans(ctx, e, plan.scans)
}

func (p *province) event(plan fairPlan) registry.Event {
	area := p.areas[plan.n%len(p.areas)]
	e := registry.Event{Kind: registry.MarketSession, Level: registry.CommuneLevel, State: plan.state, Title: fmt.Sprintf("Phiên chợ hàng Việt %s, lần %d", area.Name, plan.n+1),
		Summary: "Hàng Việt về tận xã.", Area: area.Ref, Venue: "Sân vận động " + area.Name, Point: registry.Point{LatE6: 22403400, LonE6: 105616600},
		Organiser: "Trung tâm Khuyến công và Xúc tiến thương mại", Phone: "02093870123", BoothsN: plan.booths, StaffPasses: staffEach,
		Legal: registry.LegalBasis{Registration: registry.RegistrationNotNeeded, Number: "717/QĐ-UBND", IssuedOn: vn.AddDays(plan.first, -60), Issuer: "UBND tỉnh"}}
	for i := range eventDays {
		e.Days = append(e.Days, registry.EventDay{Day: vn.AddDays(plan.first, i), OpensAt: 8 * 60, ClosesAt: (8 + openHours) * 60})
	}
	if p.running { // whenever of the day it is measured
		for i := range e.Days {
			e.Days[i].OpensAt, e.Days[i].ClosesAt = 0, 24*60
		}
	}
	from, _ := vn.StartOf(vn.AddDays(plan.first, -40))
	until, _ := vn.StartOf(vn.AddDays(plan.first, -1))
	e.ApplyFrom, e.ApplyUntil = from.UnixMilli(), until.UnixMilli()
	return e
}

// insertEvent stores an event and all that stands in its plan before it opens.
func (p *province) insertEvent(ctx context.Context, tx *store.Tx, e *registry.Event, plan fairPlan) error {
	scope := p.app.Areas.Scope(e.Area)
	if err := tx.InsertEvent(ctx, e, scope); err != nil {
		return err
	}
	booths := make([]registry.Booth, plan.booths)
	for i := range booths {
		booths[i] = registry.Booth{ID: store.NewID[registry.BoothID](), Event: e.ID, Code: fmt.Sprintf("A%02d", i+1), Zone: "A", Row: i/10 + 1, Col: i%10 + 1,
			WidthCM: 300, DepthCM: 300, Kind: registry.StandardBooth, State: registry.BoothFree, Version: 1}
	}
	if err := tx.InsertBooths(ctx, booths); err != nil {
		return err
	}
	if err := tx.Audit(ctx, p.actor, registry.Change{Action: "event.create", Object: "event", ID: string(e.ID), Scope: scope}); err != nil {
		return err
	}
	first, given := p.rng.IntN(len(p.vendors)), p.approved(*e, plan)
	for i := range plan.applications {
		wish := wanted{stock: p.vendors[(first+i)%len(p.vendors)], n: i}
		if i < given {
			wish.booth = &booths[i]
		}
		if err := p.apply(ctx, tx, *e, wish); err != nil {
			return err
		}
	}
	return nil
}

// approved is how many applications of an event get a booth.
func (p *province) approved(e registry.Event, plan fairPlan) int {
	if e.State == registry.Open {
		return 0
	}
	return max(0, min(plan.booths, plan.applications-notApproved, plan.passes/(1+staffEach)))
}

func (p *province) boothPasses(e registry.Event, plan fairPlan) int {
	return p.approved(e, plan) * (1 + staffEach)
}

// wanted is an application that is to be made.
type wanted struct {
	stock
	n     int             // which of its event, counted from 0
	booth *registry.Booth // that it gets; nil for none
}

// apply stores an application, and gives it its booth with the passes.
func (p *province) apply(ctx context.Context, tx *store.Tx, e registry.Event, w wanted) (err error) {
	a := registry.Application{ID: store.NewID[registry.ApplicationID](), Event: e.ID, Vendor: w.vendor, State: registry.AppSubmitted, Booths: 1, StaffN: staffEach,
		PledgeVersion: "v1", PledgedAt: tx.NowMS(), SubmittedAt: tx.NowMS() + int64(w.n), Products: []registry.ProductID{w.product}}
	for _, d := range e.Days {
		a.Days = append(a.Days, d.Day)
	}
	switch {
	case w.booth != nil:
		a.State, a.Granted, a.DecidedAt = registry.AppApproved, 1, tx.NowMS()
	case e.State != registry.Open:
		a.State, a.Reason, a.DecidedAt = registry.AppDeclined, "Hết gian", tx.NowMS()
	}
	if a.Number, err = tx.NextNumber(ctx, "application"); err != nil {
		return err
	}
	if _, err := tx.InsertApplication(ctx, a); err != nil {
		return err
	}
	if err := tx.SaveApplicationDays(ctx, a); err != nil {
		return err
	}
	if err := tx.SaveApplicationProducts(ctx, a); err != nil {
		return err
	}
	if w.booth != nil {
		if err := p.assign(ctx, tx, *w.booth, a.ID); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, p.actor, registry.Change{Action: "application.submit", Object: "application", ID: string(a.ID), Scope: p.app.Areas.Scope(e.Area)})
}

// assign gives a booth to an application and issues its passes, as Booths.AssignBooth does.
func (p *province) assign(ctx context.Context, tx *store.Tx, b registry.Booth, to registry.ApplicationID) error {
	if err := tx.AssignBooth(ctx, b.ID, to); err != nil {
		return err
	}
	b.Application = to
	return p.app.Passes.IssueForBooth(ctx, tx, b)
}

// addGuests issues passes that belong to no booth.
func (p *province) addGuests(ctx context.Context, e registry.Event, n int) error {
	const atOnce = 1000
	for ; n > 0; n -= atOnce {
		in := passes.IssueInput{Kind: registry.OfficialPass, Count: min(n, atOnce), Label: "Ban tổ chức", FirstDay: e.Days[0].Day, Days: eventDays}
		if err := p.app.Passes.IssuePasses(ctx, p.actor, e.ID, in); err != nil {
			return err
		}
	}
	return nil
}

// addScans lets the passes of an event go in and out on all of its days, through one phone.
func (p *province) addScans(ctx context.Context, e registry.Event, n int) error {
	var rows []registry.PassRow
	if err := p.app.DB.Read(ctx, func(tx *store.Tx) (err error) {
		rows, err = tx.Passes(ctx, registry.PassFilter{Event: e.ID})
		return err
	}); err != nil {
		return err
	}
	d, _, err := p.pair(ctx, e.ID, "Máy cổng A")
	if err != nil || len(rows) == 0 {
		return err
	}
	closes, _ := vn.InstantOf(e.Days[eventDays-1].Day, (8+openHours)*60)
	p.clock.set(closes.UnixMilli())
	for done := 0; done < n; {
		batch := gate.ScanBatch{Boot: "fill", SentAt: closes.UnixMilli(), DeviceSeqFrom: int64(done + 1)}
		for range min(gate.MaxScans, n-done) {
			batch.Scans = append(batch.Scans, nth(e, rows, done, n))
			done++
		}
		if _, err := p.app.Admission.Scan(ctx, d, batch); err != nil {
			return err
		}
	}
	return nil
}

// nth is scan k of n: the passes go in turns, in, out and in again, and the rounds are
// spread over the days.
func nth(e registry.Event, rows []registry.PassRow, k, n int) gate.SentScan {
	rounds := n/len(rows) + 1
	perDay := max(1, (rounds+eventDays-1)/eventDays)
	round := k / len(rows)
	day, turn := min(round/perDay, eventDays-1), round%perDay
	opens, _ := vn.InstantOf(e.Days[day].Day, 8*60)
	step := int64(openHours) * registry.HourMS / int64(perDay)
	s := gate.SentScan{ID: store.NewID[registry.ScanID](), Seq: int64(k + 1), Code: rows[k%len(rows)].Code, Direction: registry.In, Gate: 1, Mode: registry.Online,
		At: opens.UnixMilli() + int64(turn)*step + step*int64(k%len(rows))/int64(len(rows))}
	if turn%2 == 1 {
		s.Direction = registry.Out
	}
	return s
}

// pair pairs a phone with the first gate of an event and returns the token that it signs with.
func (p *province) pair(ctx context.Context, event registry.EventID, name string) (d registry.Device, token string, err error) {
	invited, err := p.app.Admission.NewPairing(ctx, p.actor, event, admission.PairInput{Gates: []int{1}, Role: registry.Steward})
	if err != nil {
		return d, "", err
	}
	answer, err := p.app.Admission.Pair(ctx, "loadtest", gate.PairRequest{Token: strings.ReplaceAll(invited.Token, " ", ""), Name: name})
	if err != nil {
		return d, "", err
	}
	d, err = p.app.Admission.GateDevice(ctx, answer.Token)
	return d, answer.Token, err
}
