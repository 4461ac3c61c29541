package demo_test

import (
	"encoding/csv"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/data"
	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/app/vendors"
	"hoicho/internal/demo"
	"hoicho/internal/fact"
	"hoicho/internal/gate"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	_ "hoicho/internal/testkit/site"
	"hoicho/internal/vn"
)

// options ask for a little more than the story tells, so that scaling is seen.
var options = demo.Options{Files: data.Demo, Gates: 3, Passes: 20, Scans: 300}

func TestDemoIsWhole(t *testing.T) {
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			k := testkit.NewAppOn(t, engine)
			k.App.Demo = true
			base := k.Serve()
			m, err := demo.Fill(t.Context(), k.App, options)
			if err != nil {
				t.Fatal(err)
			}
			if got := k.DB.Now(); !got.Equal(testkit.Start) {
				t.Errorf("the clock was left at %s", got)
			}
			d := filled{k, m, testkit.NewClient(t, base), map[string]int64{}}
			t.Run("events", d.events)
			t.Run("people", d.people)
			t.Run("communications", d.communications)
			t.Run("goods", d.goods)
			t.Run("source plan", d.sourcePlan)
			t.Run("gates", d.gates)
			t.Run("tips", d.tips)
			t.Run("audit", d.audit)
			t.Run("audit links", d.auditLinks)
			t.Run("figures", d.recounted)
			defer t.Run("tampered", d.tampered)
			if _, err := demo.Fill(t.Context(), k.App, options); !errors.Is(err, demo.ErrNotEmpty) {
				t.Errorf("filling it again: %v", err)
			}
		})
	}
}

// filled is a database that has been filled.
type filled struct {
	k *testkit.Kit
	m demo.Manifest
	c *testkit.Client

	asked map[string]int64 // what queries of events counted
}

// get fetches a page that must be there.
func (d *filled) get(t *testing.T, path string) testkit.Answer {
	t.Helper()
	a := d.c.Get(path)
	if a.Status != http.StatusOK {
		t.Errorf("%s: %d", path, a.Status)
	}
	return a
}

func (d *filled) events(t *testing.T) {
	states, now := map[string]int{}, d.k.App.NowMS()
	for _, e := range d.m.Events {
		states[e.State]++
	}
	for state, least := range map[registry.EventState]int{registry.Running: 1, registry.Open: 2, registry.Closed: 1, registry.Announced: 1,
		registry.Postponed: 1, registry.Planned: 1, registry.Draft: 1, registry.Ended: 2, registry.Reported: 45} {
		if states[string(state)] < least {
			t.Errorf("%d events are %s, want %d", states[string(state)], state, least)
		}
	}
	if states[string(registry.Running)] != 1 || d.m.Running() != "phien-cho-dua-hang-viet-ve-ba-be" {
		t.Errorf("running: %q of %v", d.m.Running(), states)
	}
	withResults := 0
	for _, e := range d.m.Events {
		event, err := d.k.App.Events.EventBySlug(t.Context(), registry.SystemActor("test"), e.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if !event.State.Public() {
			continue
		}
		d.get(t, "/su-kien/"+e.Slug)
		visits, err := d.k.App.Admission.Visits(t.Context(), event.ID)
		if err != nil {
			t.Fatal(err)
		}
		vendors, err := d.k.App.Booths.EventVendors(t.Context(), event)
		if err != nil {
			t.Fatal(err)
		}
		if event.EndsAt < now && visits.Total.Total > 1000 && len(vendors) > 2 {
			withResults++
		}
	}
	d.sales(t)
	d.paper(t)
	if withResults < 6 {
		t.Errorf("%d past events with vendors and visits", withResults)
	}
}

// paper looks for a session that was counted on paper: every visit of its story,
// children among them, and a day whose gate list was typed in.
func (d *filled) paper(t *testing.T) {
	system := registry.SystemActor("test")
	e, err := d.k.App.Events.EventBySlug(t.Context(), system, "phien-cho-dua-hang-viet-ve-cho-don")
	if err != nil {
		t.Fatal(err)
	}
	visits, err := d.k.App.Admission.Visits(t.Context(), e.ID)
	if err != nil || len(visits.Total.By) != 1 || visits.Total.By[0] != (registry.VisitsBy{Method: registry.CountPaper, N: 2140 + 2870 + 2260 + 1180}) {
		t.Errorf("visits %+v, %v", visits.Total, err)
	}
	list, err := d.k.App.Admission.TickedList(t.Context(), system, e.ID, admission.TickedQuery{GateQuery: admission.GateQuery{Day: e.OpensOn}})
	typed := 0
	for _, p := range list.Rows {
		typed += len(p.Scans)
	}
	if err != nil || typed < 20 {
		t.Errorf("%d entries and exits typed in, %v", typed, err)
	}
	sheet, err := d.k.App.Admission.TallySheet(t.Context(), system, e.ID, admission.GateQuery{Day: e.OpensOn, Gate: 2})
	if err != nil || sheet.Hours[2].Adults == 0 || sheet.Hours[2].Children == 0 {
		t.Errorf("sheet %+v, %v", sheet.Hours, err)
	}
}

// sales looks for returns that are in, and for some to be chased.
func (d *filled) sales(t *testing.T) {
	system := registry.SystemActor("test")
	e, err := d.k.App.Events.EventBySlug(t.Context(), system, "phien-cho-dua-hang-viet-ve-ngan-son")
	if err != nil {
		t.Fatal(err)
	}
	desk, err := d.k.App.Reports.MissingSales(t.Context(), system, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	if missing := len(desk.Missing()); missing < 2 || len(desk.Dues)-missing < 4 {
		t.Errorf("%d returns of %d to be chased", missing, len(desk.Dues))
	}
}

func (d *filled) people(t *testing.T) {
	roles := map[string]int{}
	for _, u := range d.m.Users {
		roles[u.Role]++
		entered, err := d.k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: u.Login, Password: u.Password})
		if err != nil {
			t.Fatalf("%s: %v", u.Login, err)
		}
		in, err := d.k.App.Accounts.Authenticate(t.Context(), entered.Token)
		if err != nil {
			t.Fatal(err)
		}
		holds := slices.ContainsFunc(in.Actor.Grants, func(g registry.Grant) bool { return string(g.Role) == u.Role })
		if !holds && (u.Role != demo.VendorRole || len(in.Actor.Members) != 1) {
			t.Errorf("%s is no %s", u.Login, u.Role)
		}
		if entered.SecondStep {
			t.Errorf("%s is asked for a second step", u.Login)
		}
	}
	for _, role := range registry.Roles {
		if roles[string(role)] == 0 {
			t.Errorf("nobody is %s", role)
		}
	}
	if roles[demo.VendorRole] < 3 {
		t.Errorf("%d owners of vendors", roles[demo.VendorRole])
	}
	actor, err := d.k.App.Accounts.AuthenticateAPI(t.Context(), d.m.APIToken, registry.ScopeEvents)
	if err != nil || !actor.Can(registry.ManageUsers, nil) {
		t.Errorf("the API token: %+v, %v", actor, err)
	}
}

func (d *filled) goods(t *testing.T) {
	rungs, inForce, lapsed, photos := map[registry.Evidence]int{}, 0, 0, 0
	var products []registry.ProductCard
	d.k.Read(func(tx *store.Tx) (err error) {
		products, _, err = tx.Products(t.Context(), registry.ProductFilter{Limit: 200})
		return err
	})
	today := d.k.App.Today()
	for _, p := range products {
		rungs[p.EvidenceOn(today)]++
		if _, ok := p.Stars(today); ok {
			inForce++
		} else if len(p.Ratings) > 0 {
			lapsed++
		}
		for _, id := range p.Photos {
			photos++
			for _, address := range []string{"/tep/" + string(id), "/tep/" + string(id) + "/nho"} {
				if a := d.get(t, address); a.Header.Get("Content-Type") != "image/jpeg" || len(a.Body) < 1000 {
					t.Errorf("photo of %s: %s, %d bytes", p.Name, a.Header.Get("Content-Type"), len(a.Body))
				}
			}
		}
	}
	if len(products) < 44 || photos != len(products) {
		t.Errorf("%d products with %d photos", len(products), photos)
	}
	for _, e := range append(slices.Clone(registry.EvidenceLadder), registry.Disputed, registry.Excluded) {
		if rungs[e] == 0 {
			t.Errorf("no product is %s", e)
		}
	}
	if inForce < 5 || lapsed < 5 {
		t.Errorf("stars: %d in force, %d lapsed", inForce, lapsed)
	}
	d.found(t)
}

func (d *filled) gates(t *testing.T) {
	if len(d.m.GatePairTokens) != options.Gates || len(d.m.GateCodes) != options.Gates {
		t.Fatalf("%d tokens and %d codes of %d gates", len(d.m.GatePairTokens), len(d.m.GateCodes), options.Gates)
	}
	kinds := map[string]int{}
	for _, p := range d.m.Passes {
		kinds[p.Kind]++
		if p.Event != d.m.Running() || !strings.HasPrefix(p.QRText, d.m.BaseURL+"/t/"+p.Code+"#") {
			t.Errorf("pass %+v", p)
		}
	}
	for kind, least := range map[registry.PassKind]int{registry.BoothPass: 14, registry.StaffPass: 25, registry.VehiclePass: 4,
		registry.OfficialPass: 10, registry.VisitorPass: 150 + options.Passes} {
		if kinds[string(kind)] < least {
			t.Errorf("%d %s passes, want %d", kinds[string(kind)], kind, least)
		}
	}
	d.get(t, "/t/"+d.m.Passes[0].Code)
	i := slices.IndexFunc(d.m.Passes, func(p demo.ManifestPass) bool { return p.Kind == string(registry.BoothPass) })
	for n, token := range d.m.GatePairTokens {
		paired, err := d.k.App.Admission.Pair(t.Context(), "test", gate.PairRequest{Token: token, Name: "Máy thử"})
		if err != nil {
			t.Fatal(err)
		}
		device, err := d.k.App.Admission.GateDevice(t.Context(), paired.Token)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := d.k.App.Admission.Scan(t.Context(), device, gate.ScanBatch{Boot: "b", SentAt: d.k.App.NowMS(), DeviceSeqFrom: 1, Scans: []gate.SentScan{{
			ID: store.NewID[registry.ScanID](), Seq: 1, QR: d.m.Passes[i].QRText, Direction: registry.In, Gate: n + 1,
			At: d.k.App.NowMS(), Mode: registry.Online}}})
		if err != nil || !strings.Contains(string(answer.Results[0]), `"verdict":"checked"`) {
			t.Errorf("a booth pass at gate %d: %s, %v", n+1, answer.Results, err)
		}
		arrival, err := d.k.App.Admission.Arrival(t.Context(), d.m.GateCodes[n])
		if err != nil || arrival.Day != d.k.App.Today() || arrival.Event.Slug != d.m.Running() {
			t.Errorf("gate code %d: %q at %q, %v", n+1, arrival.Day, arrival.Event.Slug, err)
		}
	}
	d.figures(t)
}

// figures looks at what the gates counted today.
func (d *filled) figures(t *testing.T) {
	system := registry.SystemActor("test")
	e, err := d.k.App.Events.EventBySlug(t.Context(), system, d.m.Running())
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.k.App.Admission.GateFigures(t.Context(), system, e.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	by := map[registry.Figure]int{}
	for _, h := range f.Hours {
		by[h.Figure] += h.N
	}
	for figure, least := range map[registry.Figure]int{registry.FigureIn: 100, registry.FigureOut: 50,
		registry.FigureOf(registry.CountScan): 5, registry.FigureOf(registry.CountTap): 5, registry.FigureOf(registry.CountClicker): 100} {
		if by[figure] < least {
			t.Errorf("%s is %d today, want %d", figure, by[figure], least)
		}
	}
}

func (d *filled) tips(t *testing.T) {
	desk, err := d.k.App.Tips.Tips(t.Context(), registry.SystemActor("test"), registry.TipFilter{Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range []registry.TipState{registry.TipReceived, registry.TipSorted, registry.TipHandedOver, registry.TipClosed} {
		if desk.Own[state] == 0 {
			t.Errorf("no tip is %s", state)
		}
	}
	for _, tip := range desk.Rows {
		if tip.EventTitle == "" {
			t.Errorf("the tip %q belongs to no event", tip.Text)
		}
	}
}

func (d *filled) audit(t *testing.T) {
	n, broken, err := d.k.DB.CheckAudit(t.Context())
	if err != nil || broken != 0 || n < 1000 {
		t.Errorf("%d lines, broken from %d, %v", n, broken, err)
	}
	var lines []registry.AuditEntry
	d.k.Read(func(tx *store.Tx) (err error) {
		lines, err = tx.AuditLines(t.Context(), store.AuditQuery{Limit: 5000, Everywhere: true})
		return err
	})
	if !slices.IsSortedFunc(lines, func(a, b registry.AuditEntry) int { return int((b.At - a.At) / 1000) }) {
		t.Error("the audit log is not in the order of time")
	}
	if lines[0].At > d.k.App.NowMS() {
		t.Error("the audit log reaches into the future")
	}
	for _, l := range lines {
		if _, err := fact.Parse(l.Detail); err != nil {
			t.Errorf("%s says %s: %v", l.Action, l.Detail, err)
		}
	}
	d.auditInWords(t)
}

// unworded is what no line of the log may show: ids, JSON, instants as numbers, keys
// and codes.
var unworded = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-|[{}\[\]"]|\b1[0-9]{12}\b|\b[a-z]+\.[a-z]+\.[a-z_.]+|\b[a-z]+_[a-z_]+\b|\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b`)

// auditInWords reads the whole log as an administrator does, in both languages.
func (d *filled) auditInWords(t *testing.T) {
	_, token := d.k.Officer(registry.Admin, "")
	d.c.SignInAs(token)
	for _, lang := range i18n.Languages {
		d.c.Get("/ngon-ngu/" + lang)
		next, read := "/quan-ly/nhat-ky", 0
		for next != "" {
			page := testkit.Page(t, d.c.Get(next).Body)
			for _, row := range page.Find("ol.audit dl div").Each() {
				read++
				if bad := unworded.FindString(row.Text()); bad != "" {
					t.Errorf("%s: %q shows %s", lang, row.Text(), bad)
				}
			}
			next = ""
			if older := page.Find("main a.btn.line"); older.Count() > 0 {
				next = older.Attr("href")
			}
		}
		if read < 200 {
			t.Errorf("%s: only %d facts were read", lang, read)
		}
	}
}

// found searches for all published facts as people type them, without marks.
func (d *filled) found(t *testing.T) {
	for _, file := range []struct {
		name, column string
		least        int
		names        func(vendors.Found) []string
	}{
		{"ocop-bac-kan.csv", "product", 44, func(f vendors.Found) []string {
			return names(f.Products, func(p registry.ProductCard) string { return p.Name })
		}},
		{"ocop-bac-kan.csv", "producer", 24, func(f vendors.Found) []string {
			return names(f.Vendors, func(v registry.Vendor) string { return v.Name })
		}},
		{"fairs-real.csv", "title", 35, func(f vendors.Found) []string {
			return names(slices.Concat(f.Events, f.Past), func(e registry.Event) string { return e.Title })
		}},
	} {
		n := 0
		for _, name := range published(t, file.name, file.column) {
			results, err := d.k.App.Vendors.Search(t.Context(), vn.Fold(name))
			if err != nil {
				t.Fatal(err)
			}
			if n++; !slices.Contains(file.names(results), name) {
				t.Errorf("%q is not found by %q", name, vn.Fold(name))
			}
		}
		if n < file.least {
			t.Errorf("%d of %s, want %d", n, file.column, file.least)
		}
	}
}

func names[T any](items []T, name func(T) string) (all []string) {
	for _, item := range items {
		all = append(all, name(item))
	}
	return all
}

// published reads the different names in a column of the published facts. Sums
// over several events and producers without a name are none.
func published(t *testing.T, file, column string) []string {
	t.Helper()
	f, err := data.Demo.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at, status := slices.Index(rows[0], column), slices.Index(rows[0], "status")
	var found []string
	for _, row := range rows[1:] {
		unnamed := row[at] == "" || strings.HasPrefix(row[at], "Cơ sở hộ sản xuất")
		if sum := status >= 0 && row[status] == "aggregate"; !unnamed && !sum && !slices.Contains(found, row[at]) {
			found = append(found, row[at])
		}
	}
	return found
}
