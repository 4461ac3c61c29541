package api_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/api"
	"hoicho/internal/app"
	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
	_ "hoicho/internal/testkit/site"
)

// fair is an event with passes, a paired phone and an administrator, behind HTTP.
type fair struct {
	t     *testing.T
	k     *testkit.Kit
	base  string
	admin registry.Actor
	event registry.Event
	staff []registry.PassRow
	phone *testkit.Phone
}

func newFair(t *testing.T) *fair {
	t.Helper()
	k := testkit.NewApp(t)
	f := &fair{t: t, k: k, event: k.Event(testkit.InState(registry.Running))}
	k.Gates(f.event.ID, 2)
	f.staff = testkit.PassesOfKind(k.Stall(f.event, 5), registry.StaffPass)
	f.admin, _ = k.Officer(registry.Admin, "")
	f.base = k.Serve() + "/api/v1"
	f.phone = k.Phone(f.event.ID, registry.Steward, 1)
	return f
}

// token makes an API token of the administrator.
func (f *fair) token(scopes ...registry.APIScope) string {
	f.t.Helper()
	token, err := f.k.App.Accounts.CreateAPIToken(f.t.Context(), f.admin, accounts.NewAPIToken{Name: "thử", Days: 30, Scopes: scopes})
	if err != nil {
		f.t.Fatal(err)
	}
	return token
}

// TestScopesOpenTheirPartAlone asks every office endpoint with a token of each
// scope: only those that the endpoint names let it through.
func TestScopesOpenTheirPartAlone(t *testing.T) {
	f := newFair(t)
	asked := 0
	for _, scope := range registry.APIScopes {
		token := f.token(scope)
		for _, r := range api.Routes(&app.App{}, nil) {
			if r.Access != api.Token {
				continue
			}
			asked++
			path := strings.Replace(r.Path, "events/:id", "events/"+string(f.event.ID), 1)
			path = regexp.MustCompile(`:\w+`).ReplaceAllString(strings.TrimPrefix(path, "/api/v1"), "khong-co")
			body := map[string]string{"POST": "{}"}[r.Method]
			status, answer := contract.Call(t, token, r.Method, f.base+path, body)
			if shut := strings.Contains(answer, `"error":"apitoken.scope"`); shut == slices.Contains(r.Scopes, scope) || shut && status != 403 || status == 401 {
				t.Errorf("%s %s with %s: %d %s", r.Method, r.Path, scope, status, answer)
			}
		}
	}
	if asked < 50 {
		t.Errorf("only %d asked", asked)
	}
}

// TestAnswersAreAsDescribed walks the endpoints over HTTP: good requests and bad
// ones. contract.Call compares each with openapi.yaml.
func TestAnswersAreAsDescribed(t *testing.T) {
	f := newFair(t)
	read, all := f.token(registry.ScopeRead), f.token(registry.APIScopes...)
	event, slug := "/office/events/"+string(f.event.ID), "/events/"+f.event.Slug
	scans, presses := f.json(f.phone.Batch(f.phone.Scan(f.staff[0]), f.phone.Scan(f.staff[0]))), f.json(f.phone.Presses(1))
	const draft = `{"kind":"market_session","level":"commune","title":"Phiên chợ Nghĩa Tá","area":"2025:01906","venue":"Sân UBND",` +
		`"organiser":"Trung tâm XTTM","registration":"not_needed","legal_number":"717/QĐ-UBND","first_day":"2026-12-10","last_day":"2026-12-12",` +
		`"opens_at":"8:00","closes_at":"21:00","booths":20,"staff_passes":4}`
	for _, c := range []struct {
		token, method, path, body string
		want                      int
	}{
		{"", "GET", "/openapi.yaml", "", 200},
		{"", "GET", "/areas?q=ba+be", "", 200},
		{"", "GET", "/events", "", 200},
		{"", "GET", slug, "", 200},
		{"", "GET", "/events/khong-co", "", 404},
		{"", "GET", slug + "/vendors", "", 200},
		{"", "GET", event + "/booths", "", 401},
		{"hoicho_" + strings.Repeat("0", 64), "GET", event + "/booths", "", 401},
		{read, "GET", event + "/booths", "", 200},
		{read, "GET", event + "/passes", "", 200},
		{read, "GET", "/office/applications", "", 200},
		{read, "GET", event + "/report", "", 403},
		{all, "GET", event + "/report", "", 200},
		{all, "GET", "/office/events/khong-co/report", "", 404},
		{all, "POST", "/office/events", draft, 201},
		{all, "POST", "/office/events", `{"titel":"x"}`, 400},
		{all, "POST", "/office/events", `{}`, 422},
		{all, "POST", event + "/passes", `{"kind":"visitor","count":2,"label":"Khách mời","days":1,"first_day":"` + f.event.OpensOn + `"}`, 201},
		{all, "POST", "/office/passes/" + string(f.staff[1].ID) + "/state", `{"to":"blocked","reason":"Mất thẻ"}`, 204},
		{"", "POST", "/gate/pair", `{"token":"1234","name":"Máy 1"}`, 404},
		{"", "POST", "/gate/pair", `{"token":1234}`, 400},
		{"", "GET", "/gate/snapshot", "", 401},
		{f.phone.Token, "GET", "/gate/snapshot", "", 200},
		{f.phone.Token, "POST", "/gate/scans", scans, 200},
		{f.phone.Token, "POST", "/gate/scans", `{}`, 400},
		{f.phone.Token, "POST", "/gate/counts", presses, 200},
		{f.phone.Token, "GET", "/gate/stats", "", 200},
		{f.phone.Token, "GET", "/gate/snapshot?since=0", "", 200},
		{f.phone.Token, "GET", "/gate/relay", "", 403},
	} {
		t.Run(fmt.Sprintf("%s %s %d", c.method, c.path, c.want), func(t *testing.T) {
			if status, body := contract.Call(t, c.token, c.method, f.base+c.path, c.body); status != c.want {
				t.Errorf("%d %s", status, body)
			}
		})
	}
}

// A program sees what the reviewer sees: labels, price cuts and what is wrong with
// them, each with its law and whether that was verified.
func TestApplicationsTellLabelsAndPromotions(t *testing.T) {
	testkit.NamesDays(t)
	f := newFair(t)
	v := f.k.Vendor()
	p := f.k.Product(v, func(p *registry.Product) { p.Label = registry.LabelOldLaw })
	f.k.Application(f.k.Event(testkit.OnDays("2028-02-01", 2)), v.ID, func(a *registry.Application) {
		a.Products, a.Promotion = []registry.ProductID{p.ID}, registry.Promotion{Percent: 70}
	})
	_, body := contract.Call(t, f.token(registry.ScopeRead), "GET", f.base+"/office/applications", "")
	for _, want := range []string{`"products":[{"id":"` + string(p.ID) + `","name":"` + p.Name + `","label":"old_law"}]`, `"promotion":{"percent":70}`,
		`{"kind":"label_over","product":"` + p.Name + `","on":"2028-01-23","label":"old_law","law":"Nghị định 37/2026/NĐ-CP, Điều 98","law_verified":true}`,
		`{"kind":"over_ceiling","percent":70,"ceiling":50,"law":"Thông tư 39/2025/TT-BCT","law_verified":false}`} {
		if !strings.Contains(body, want) {
			t.Errorf("%s\nlacks %s", body, want)
		}
	}
}

// A program decides on an application and gives and takes back a booth, and a relay
// pairs, fetches its list and hands on what one of its phones did.
func TestDecisionsBoothsAndRelaysAreAsDescribed(t *testing.T) {
	f := newFair(t)
	open := f.k.Event()
	v := f.k.Vendor()
	product := f.k.Product(v)
	f.k.Papers(v, product)
	a := f.k.Application(open, v.ID, testkit.Standing(registry.AppSubmitted), func(a *registry.Application) {
		a.Products = []registry.ProductID{product.ID}
	})
	booth := "/office/events/" + string(open.ID) + "/booths/" + string(f.k.Booths(open.ID, "B", 1)[0].ID)
	token := f.token(registry.APIScopes...)
	good := func(token, method, path, body string, want int) (answer string) {
		t.Helper()
		status, answer := contract.Call(t, token, method, f.base+path, body)
		if status != want {
			t.Fatalf("%s %s: %d %s", method, path, status, answer)
		}
		return answer
	}
	good(token, "POST", "/office/applications/"+string(a.ID)+"/decision", f.json(map[string]any{"decision": "approve", "granted": 1, "version": a.Version}), 204)
	good(token, "POST", booth+"/assign", f.json(map[string]any{"application": a.ID}), 204)
	good(token, "POST", booth+"/release?application="+string(a.ID), "", 204)

	invited, err := f.k.App.Admission.NewPairing(t.Context(), f.admin, f.event.ID, admission.PairInput{Gates: []int{1, 2}, Role: registry.Relay})
	if err != nil {
		t.Fatal(err)
	}
	var relay gate.PairAnswer
	if err := json.Unmarshal([]byte(good("", "POST", "/gate/pair", f.json(map[string]any{"token": invited.Token, "name": "Máy tính"}), 200)), &relay); err != nil {
		t.Fatal(err)
	}
	if _, err := f.k.App.Admission.Count(t.Context(), f.phone.Device, f.phone.Presses(3)); err != nil {
		t.Fatal(err)
	}
	if list := good(relay.Token, "GET", "/gate/relay", "", 200); !strings.Contains(list, `"figure":"clicker","n":3`) {
		t.Errorf("the list of a relay: %s", list)
	}
	batch := gate.RelayBatch{SentAt: f.k.App.NowMS(), Scans: []gate.RelayScan{}, Counts: []gate.RelayCount{},
		Phones: []gate.RelayPhone{{ID: "0192f0c4-6d6e-7c3a-8f4e-1a2b3c4d5e6f", Name: "Máy 1", Role: registry.Steward, Gates: []int{1}, PairedAt: f.k.App.NowMS()}}}
	good(relay.Token, "POST", "/gate/relay", f.json(batch), 200)
}

func (f *fair) json(v any) string {
	f.t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(raw)
}
