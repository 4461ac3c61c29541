package store_test

import (
	"fmt"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/passes"
	"hoicho/internal/app/reports"
	"hoicho/internal/app/tips"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// recount says how each figure of the result report comes out of the raw rows, in
// SQL of its own: no view, counter or function of the product stands between.
var recount = map[reports.FigureKey]string{
	"booths":          `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state <> 'blocked'`,
	"booths_standard": `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state <> 'blocked' AND kind = 'standard'`,
	"booths_special":  `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state <> 'blocked' AND kind = 'special'`,
	"booths_common":   `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state <> 'blocked' AND kind = 'common'`,
	"booths_no_fee":   `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state <> 'blocked' AND fee_dong = 0`,
	"booths_given":    `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state = 'assigned'`,
	"booths_empty":    `SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state IN ('free', 'held')`,
	"booths_no_show":  `SELECT COUNT(DISTINCT d.booth_id) FROM booth_days d, booths b WHERE b.id = d.booth_id AND b.event_id = $1 AND d.state = 'no_show' AND b.state <> 'blocked'`,
	"vendors":         `SELECT COUNT(DISTINCT vendor_id) FROM applications WHERE event_id = $1 AND state = 'approved'`,
	"vendors_in": `SELECT COUNT(*) FROM applications a WHERE a.event_id = $1 AND a.state = 'approved' AND EXISTS (
		SELECT 1 FROM vendor_areas va, event_areas ea WHERE va.vendor_id = a.vendor_id AND ea.event_id = a.event_id AND va.code = ea.code AND LENGTH(va.code) = 2)`,
	"vendors_out": `SELECT COUNT(*) FROM applications a WHERE a.event_id = $1 AND a.state = 'approved' AND NOT EXISTS (
		SELECT 1 FROM vendor_areas va, event_areas ea WHERE va.vendor_id = a.vendor_id AND ea.event_id = a.event_id AND va.code = ea.code AND LENGTH(va.code) = 2)`,
	"products": `SELECT COUNT(*) FROM application_products p, applications a WHERE a.id = p.application_id AND a.event_id = $1 AND a.state = 'approved'`,
	"ocop":     `SELECT COUNT(*) FROM (` + starred + `) s WHERE s.stars >= 3`,
	"ocop_5":   `SELECT COUNT(*) FROM (` + starred + `) s WHERE s.stars = 5`,
	"ocop_4":   `SELECT COUNT(*) FROM (` + starred + `) s WHERE s.stars = 4`,
	"ocop_3":   `SELECT COUNT(*) FROM (` + starred + `) s WHERE s.stars = 3`,
	"visits": `SELECT (SELECT COUNT(*) FROM taps WHERE event_id = $1)
		+ (SELECT COALESCE(SUM(n), 0) FROM counts c WHERE event_id = $1 AND NOT EXISTS (SELECT 1 FROM counts v WHERE v.device_id = c.device_id AND v.void_of = c.id))
		+ (SELECT COALESCE(SUM(n), 0) FROM tallies WHERE event_id = $1 AND dropped_at = 0) + (` + scanned + `)`,
	"visits_scan":      scanned,
	"visits_tap":       `SELECT COUNT(*) FROM taps WHERE event_id = $1`,
	"visits_clicker":   `SELECT SUM(n) FROM counts c WHERE event_id = $1 AND NOT EXISTS (SELECT 1 FROM counts v WHERE v.device_id = c.device_id AND v.void_of = c.id)`,
	"visits_paper":     `SELECT SUM(n) FROM tallies WHERE event_id = $1 AND method = 'paper' AND dropped_at = 0`,
	"visits_estimated": `SELECT SUM(n) FROM tallies WHERE event_id = $1 AND method = 'estimated' AND dropped_at = 0`,
	"sales_filed":      `SELECT COUNT(*) FROM sales_returns WHERE event_id = $1`,
	"sales_missing": `SELECT COUNT(*) FROM applications a WHERE a.event_id = $1 AND a.state = 'approved' AND NOT EXISTS (
		SELECT 1 FROM sales_returns s WHERE s.event_id = a.event_id AND s.vendor_id = a.vendor_id)`,
	"sales_dong":     `SELECT SUM(dong) FROM sales_days WHERE event_id = $1`,
	"sales_banded":   `SELECT SUM(dong) FROM sales_days WHERE event_id = $1 AND band <> ''`,
	"contracts":      `SELECT SUM(contracts_n) FROM sales_returns WHERE event_id = $1`,
	"contracts_dong": `SELECT SUM(contracts_dong) FROM sales_returns WHERE event_id = $1`,
	"tips":           `SELECT COUNT(*) FROM tips WHERE event_id = $1`,
	"tips_open":      `SELECT COUNT(*) FROM tips WHERE event_id = $1 AND state <> 'closed'`,
	"measures":       `SELECT COUNT(*) FROM measures WHERE event_id = $1 AND dropped_at = 0`,
	"measures_dong":  `SELECT SUM(value_dong) FROM measures WHERE event_id = $1 AND dropped_at = 0`,
	"offers":         `SELECT COUNT(*) ` + offered,
	"offer_vendors":  `SELECT COUNT(DISTINCT o.vendor_id) ` + offered,
	"vouchers":       `SELECT SUM(count_n) FROM voucher_packs WHERE event_id = $1 AND test = 0`,
	"vouchers_spent": `SELECT COUNT(DISTINCT s.pass_n) ` + taken,
	"vouchers_dong": `SELECT SUM(k.value_dong) FROM voucher_packs k, passes p WHERE k.event_id = $1 AND p.event_id = k.event_id AND p.pack_n = k.number
		AND EXISTS (SELECT 1 FROM scans s WHERE s.pass_n = p.n AND s.direction = 2 AND s.moves = 1)`,
	"passes":         `SELECT COUNT(*) FROM passes WHERE event_id = $1 AND test = 0 AND pack_n = 0`,
	"passes_revoked": `SELECT COUNT(*) FROM passes WHERE event_id = $1 AND test = 0 AND pack_n = 0 AND state = 'revoked'`,
}

// offered is the accepted offers of vendors that took part; taken is the vouchers that were
// spent; starred is the products of an event with the stars that were in force on every
// one of its days; scanned is the visitor passes that went
// in, each of them once as the event's policy has it.
const (
	offered = `FROM offers o, applications a WHERE o.event_id = $1 AND o.state = 'accepted' AND a.event_id = o.event_id AND a.vendor_id = o.vendor_id
		AND a.state = 'approved'`
	taken   = `FROM scans s, passes p WHERE p.n = s.pass_n AND p.event_id = $1 AND p.pack_n > 0 AND s.direction = 2 AND s.moves = 1`
	starred = `SELECT ap.product_id, (
			SELECT MIN(day_stars) FROM (
				SELECT COALESCE((SELECT MAX(r.stars) FROM product_ratings r WHERE r.product_id = ap.product_id
					AND r.issued_on <= d.day AND d.day <= r.valid_to), 0) AS day_stars
				FROM event_days d WHERE d.event_id = a.event_id) days) AS stars
		FROM application_products ap, applications a
		WHERE a.id = ap.application_id AND a.event_id = $1 AND a.state = 'approved'`
	scanned = `SELECT COUNT(DISTINCT s.pass_n) FROM scans s, passes p WHERE p.n = s.pass_n AND p.event_id = $1 AND p.kind = 'visitor'
		AND s.direction = 0 AND s.verdict = 1 AND s.training = 0 AND s.void_of IS NULL`
)

// TestEveryFigureIsRecounted fills an event on each engine and compares the report
// with the raw rows. Every figure but one has something to count.
func TestEveryFigureIsRecounted(t *testing.T) {
	testkit.NamesDays(t)
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) {
			f := &filled{Kit: testkit.NewAppOn(t, engine), t: t}
			f.fill()
			r, err := f.App.Reports.EventReport(t.Context(), registry.SystemActor("test"), f.event.ID)
			if err != nil {
				t.Fatal(err)
			}
			keys := 0
			for _, figure := range r.Result.Now.Figures {
				f.compare(figure.Key, figure.N)
				keys++
			}
			if keys != len(recount) {
				t.Errorf("%d figures, %d recounted", keys, len(recount))
			}
		})
	}
}

// filled is an event with rows behind every figure, and others beside it that must
// not count.
type filled struct {
	*testkit.Kit
	t       *testing.T
	event   registry.Event
	officer registry.Actor
}

func (f *filled) compare(key reports.FigureKey, got int64) {
	f.t.Helper()
	var want int64
	f.Read(func(tx *store.Tx) (err error) {
		want, err = tx.Number(f.t.Context(), recount[key], string(f.event.ID))
		return err
	})
	if got != want || want == 0 && key != "ocop_4" {
		f.t.Errorf("%s is %d, the raw rows say %d", key, got, want)
	}
}

func (f *filled) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *filled) fill() {
	f.officer, _ = f.Officer(registry.Admin, "")
	beside := f.Event(testkit.InState(registry.Running))
	f.event = f.Event(testkit.InState(registry.Running))
	gates := f.Gates(f.event.ID, 2)
	f.boothsOf()
	sellers := f.sellers()
	f.visits(gates)
	f.sales(sellers)
	f.offers(sellers, beside)
	f.tips()
	f.vouchers(beside)
	f.Gates(beside.ID, 1)
	f.Stall(beside, 3)
	f.must(f.App.Passes.IssuePasses(f.t.Context(), f.officer, f.event.ID, passes.IssueInput{Kind: registry.OfficialPass, Count: 3, FirstDay: f.event.OpensOn, Days: 4, Test: true}))
	_, passes, _, err := f.App.Passes.EventPasses(f.t.Context(), f.officer, registry.PassFilter{Event: f.event.ID, Kind: registry.StaffPass})
	f.must(err)
	_, err = f.App.Passes.ReissuePass(f.t.Context(), f.officer, passes[0].ID, "mất thẻ")
	f.must(err)
}

// offers makes offers in every state, one of a vendor that was declined, and measures of
// which one was dropped.
func (f *filled) offers(sellers []registry.Vendor, beside registry.Event) {
	for i, v := range sellers {
		goods := f.Product(v)
		f.Offer(f.event, goods, testkit.OfferIn(stimulus.States[i%len(stimulus.States)]))
		f.Offer(f.event, goods)
		f.Offer(beside, goods)
	}
	declined := f.Vendor()
	f.Application(f.event, declined.ID, testkit.Standing(registry.AppDeclined))
	f.Offer(f.event, f.Product(declined))
	f.Measure(f.event)
	f.Measure(f.event, func(m *stimulus.Measure) { m.Kind, m.ValueDong = stimulus.Gifts, 0 })
	f.Measure(f.event, func(m *stimulus.Measure) { m.DroppedAt = 7 })
	f.Measure(beside)
}

// vouchers makes packs here and at the event beside, and spends two vouchers, one of them
// twice.
func (f *filled) vouchers(beside registry.Event) {
	f.t.Helper()
	f.Pack(beside, 4)
	rows, stall := f.Pack(f.event, 10), f.Stall(f.event, 50)
	seller := f.Seller(f.event.ID, stall[0].Vendor)
	for _, v := range []registry.PassRow{rows[0], rows[1], rows[0]} {
		_, err := f.App.Admission.Scan(f.t.Context(), seller.Device, seller.Batch(seller.Scan(v, testkit.At("A50"))))
		f.must(err)
		f.Clock.Add(time.Minute)
	}
}

// boothsOf adds six standard ones, one with a fee, special and common ones, and a
// blocked one.
func (f *filled) boothsOf() {
	f.Booths(f.event.ID, "A", 6)
	extra := []registry.Booth{
		{Code: "B01", Zone: "B", Row: 1, Col: 1, Kind: registry.SpecialBooth, FeeDong: 500_000},
		{Code: "B02", Zone: "B", Row: 1, Col: 2, Kind: registry.CommonBooth},
	}
	for i := range extra {
		b := &extra[i]
		b.ID, b.Event, b.WidthCM, b.DepthCM, b.State, b.Version = store.NewID[registry.BoothID](), f.event.ID, 300, 300, registry.BoothFree, 1
	}
	f.Write(func(tx *store.Tx) error { return tx.InsertBooths(f.t.Context(), extra) })
	blocked := f.Booths(f.event.ID, "C", 1)[0]
	f.must(f.App.Booths.BlockBooth(f.t.Context(), f.officer, booths.BoothRef{Event: f.event.ID, Booth: blocked.ID}))
}

// sellers are four vendors with booths, one of them from another province, and one
// that was declined.
func (f *filled) sellers() (sellers []registry.Vendor) {
	hanoi := testkit.WithVendor(func(v *registry.Vendor) { v.Area = registry.AreaRef{Edition: registry.Edition2025, Code: "00070"} })
	rated := func(stars int, issued, until string) testkit.ProductOption {
		return func(p *registry.Product) {
			p.Ratings = []registry.Rating{{Stars: stars, Decision: "1/QĐ", IssuedOn: issued, ValidTo: until}}
		}
	}
	var free []registry.Booth
	f.Read(func(tx *store.Tx) (err error) {
		free, err = tx.Booths(f.t.Context(), f.event.ID)
		return err
	})
	for i := range 5 {
		v := f.Vendor()
		if i == 3 {
			v = f.Vendor(hanoi)
		}
		goods := []registry.Product{f.Product(v, rated(5, "2025-01-01", "2027-12-31")), f.Product(v, rated(3, "2024-01-01", f.event.ClosesOn)),
			f.Product(v, rated(4, "2024-01-01", f.event.OpensOn))} // the last one lapses during the event
		state := registry.AppApproved
		if i == 4 {
			state = registry.AppDeclined
		}
		a := f.Application(f.event, v.ID, testkit.Standing(state), testkit.Bringing(goods...))
		if state == registry.AppApproved {
			f.must(f.App.Booths.AssignBooth(f.t.Context(), f.officer, booths.BoothRef{Event: f.event.ID, Booth: free[i].ID}, a.ID))
			sellers = append(sellers, v)
		}
	}
	f.must(f.App.Booths.MarkBooth(f.t.Context(), f.officer, booths.BoothRef{Event: f.event.ID, Booth: free[0].ID}, registry.BoothNoShow))
	f.must(f.App.Booths.MarkBooth(f.t.Context(), f.officer, booths.BoothRef{Event: f.event.ID, Booth: free[1].ID}, registry.BoothOccupied))
	return sellers
}

// visits counts in all five ways, and takes some of them back.
func (f *filled) visits(gates []registry.Gate) {
	ctx := f.t.Context()
	p := f.Phone(f.event.ID, registry.Steward, 1)
	guests := f.Issued(f.event, registry.VisitorPass, 3)
	scans := []gate.SentScan{p.Scan(guests[0]), p.Scan(guests[1]), p.Scan(guests[1])}
	_, err := f.App.Admission.Scan(ctx, p.Device, p.Batch(scans...))
	f.must(err)
	for n := range 4 {
		f.Clock.Add(time.Minute)
		_, err := f.App.Admission.Count(ctx, p.Device, p.Presses(n+1))
		f.must(err)
		arrival, err := f.App.Admission.Arrival(ctx, gates[n%2].Code)
		f.must(err)
		_, err = f.App.Admission.Arrive(ctx, arrival, admission.NewPhone(), "net")
		f.must(err)
	}
	today := f.App.Today()
	for _, in := range []admission.TallyInput{{Method: registry.CountPaper, N: 70}, {Method: registry.CountPaper, N: 11}, {Method: registry.CountEstimated, N: 200, Gate: 1}} {
		in.Day, in.Hour = today[8:10]+"/"+today[5:7]+"/"+today[:4], 8
		f.must(f.App.Admission.AddTally(ctx, f.officer, f.event.ID, in))
	}
	figures, err := f.App.Admission.GateFigures(ctx, f.officer, f.event.ID, "")
	f.must(err)
	for _, tally := range figures.Tallies {
		if tally.N == 11 {
			f.must(f.App.Admission.DropTally(ctx, f.officer, f.event.ID, tally.ID))
		}
	}
}

// sales are filed by three of four vendors, one of them in a band.
func (f *filled) sales(sellers []registry.Vendor) {
	for i, v := range sellers[:3] {
		day := reports.SalesDayInput{Day: f.event.OpensOn, Amount: fmt.Sprint(1_250_000 * (i + 1))}
		if i == 2 {
			day.Amount, day.Band = "", registry.BandTo5
		}
		f.must(f.App.Reports.FileSales(f.t.Context(), f.officer, v.ID, f.event.ID, reports.SalesInput{Days: []reports.SalesDayInput{day}, Contracts: fmt.Sprint(i), ContractsDong: fmt.Sprint(30_000_000 * i)}))
	}
}

// tips are two about the event, one of them settled, and one about nothing known.
func (f *filled) tips() {
	_, passes, _, err := f.App.Passes.EventPasses(f.t.Context(), f.officer, registry.PassFilter{Event: f.event.ID, Kind: registry.BoothPass})
	f.must(err)
	for i, code := range []string{passes[0].Code, passes[1].Code, ""} {
		_, err := f.App.Tips.SendTip(f.t.Context(), tips.TipInput{Kind: registry.WrongPrice, Place: "chợ", Text: fmt.Sprintf("Chuyện thứ %d", i), PassCode: code})
		f.must(err)
	}
	desk, err := f.App.Tips.Tips(f.t.Context(), f.officer, registry.TipFilter{Event: f.event.ID})
	f.must(err)
	for i, to := range []registry.TipState{registry.TipSorted, registry.TipClosed} {
		f.must(f.App.Tips.StepTip(f.t.Context(), f.officer, desk.Rows[0].ID, tips.TipStepInput{To: to, Version: int64(i + 1), Told: "Đã nhắc."}))
	}
}
