package api_test

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/api"
	"hoicho/internal/app"
	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/app/templates"
	"hoicho/internal/floorplan"
	"hoicho/internal/gate"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// desk is a fair with what each endpoint of the office is tried on: an event that
// takes applications, with one to decide and one that was approved, and its booths.
type desk struct {
	*fair
	open          registry.Event
	draft         registry.Event
	sent, granted registry.Application
	booths        []registry.Booth // the first is given to granted
	all           string           // a token of the administrator for everything
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{fair: newFair(t)}
	d.open, d.draft = d.k.Event(), d.k.Event(testkit.InState(registry.Draft))
	for _, c := range []struct {
		state registry.ApplicationState
		to    *registry.Application
	}{{registry.AppSubmitted, &d.sent}, {registry.AppApproved, &d.granted}} {
		v := d.k.Vendor()
		p := d.k.Product(v)
		d.k.Papers(v, p)
		*c.to = d.k.Application(d.open, v.ID, testkit.Standing(c.state), testkit.Bringing(p), testkit.Wishing(2))
	}
	d.booths = d.k.Booths(d.open.ID, "B", 3)
	d.k.Assign(d.booths[0], d.granted)
	d.all = d.token(registry.APIScopes...)
	return d
}

// officer is a token for everything of somebody with a role in a province.
func (d *desk) officer(role registry.Role, area string) string {
	d.t.Helper()
	actor, _ := d.k.Officer(role, area)
	token, err := d.k.App.Accounts.CreateAPIToken(d.t.Context(), actor, accounts.NewAPIToken{Name: "thử", Days: 30, Scopes: registry.APIScopes})
	if err != nil {
		d.t.Fatal(err)
	}
	return token
}

// ask sends a request and returns the status, and the key of the error, if any.
func (d *desk) ask(token, route, body string) (status int, key string) {
	d.t.Helper()
	method, path, _ := strings.Cut(route, " ")
	status, answer := contract.Call(d.t, token, method, d.base+path, body)
	if m := errorKey.FindStringSubmatch(answer); m != nil {
		key = m[1]
	}
	return status, key
}

var errorKey = regexp.MustCompile(`^\{"error":"([^"]+)"`)

// good is a request to each endpoint of the office that is carried out, in an order
// in which all are.
func (d *desk) good() []goodCall {
	event, booth := "/office/events/"+string(d.open.ID), "/office/events/"+string(d.open.ID)+"/booths/"+string(d.booths[1].ID)
	return []goodCall{
		{"POST /office/events", "/office/events", `{"kind":"market_session","level":"commune","title":"Phiên chợ Nghĩa Tá","area":"2025:01906","venue":"Sân UBND",` +
			`"organiser":"Trung tâm XTTM","registration":"not_needed","legal_number":"12/QĐ-UBND","first_day":"2027-12-10","last_day":"2027-12-12",` +
			`"opens_at":"8:00","closes_at":"21:00","booths":20,"staff_passes":4}`, 201},
		{"POST /office/plans/check", "/office/plans/check", d.plan(nil), 200},
		{"POST /office/plans", "/office/plans", d.plan(map[string]any{"key": "plan-of-the-test-1", "shown": d.shown(d.plan(nil))}), 201},
		{"POST /office/events/:id/state", "/office/events/" + string(d.draft.ID) + "/state", d.json(map[string]any{"to": "announced", "version": d.draft.Version}), 204},
		{"GET /office/events/:id/booths", event + "/booths", "", 200},
		{"POST /office/events/:id/booths", event + "/booths", `{"zone":"C","from":1,"to":4,"columns":2,"kind":"standard","width":"3","depth":"3"}`, 201},
		{"POST /office/events/:id/booths/:booth/assign", booth + "/assign", d.json(map[string]any{"application": d.granted.ID}), 204},
		{"POST /office/events/:id/booths/:booth/release", booth + "/release", "", 204},
		{"GET /office/events/:id/layout", event + "/layout", "", 200},
		{"PUT /office/events/:id/layout", event + "/layout", `{"n":0,"version":0,"layout":` + floorplan.Encode(floorplan.New(floorplan.Street, nil, 4, store.NewID[string])) + `}`, 200},
		{"GET /office/events/:id/passes", event + "/passes?kind=staff&state=valid", "", 200},
		{"POST /office/events/:id/passes", event + "/passes", d.json(map[string]any{"kind": "visitor", "count": 2, "label": "Khách mời", "days": 1, "first_day": d.open.OpensOn}), 201},
		{"GET /office/events/:id/report", "/office/events/" + string(d.event.ID) + "/report", "", 200},
		{"GET /office/events/:id/report/filled", "/office/events/" + string(d.templated()) + "/report/filled", "", 200},
		{"GET /office/series/:series/report/filled", "/office/series/" + string(d.templatedSeries()) + "/report/filled", "", 200},
		{"GET /office/series/:series/report", "/office/series/" + string(d.k.Series(d.draft, d.event, d.open)) + "/report", "", 200},
		{"POST /office/passes/:pass/state", "/office/passes/" + string(d.staff[0].ID) + "/state", `{"to":"blocked","reason":"Mất thẻ"}`, 204},
		{"GET /office/applications", "/office/applications?event=" + string(d.open.ID), "", 200},
		{"POST /office/applications/:id/decision", "/office/applications/" + string(d.sent.ID) + "/decision", d.json(map[string]any{"decision": "approve", "granted": 1, "version": d.sent.Version}), 204},
	}
}

// templated is an event that has ended in a place that has a template for its reports.
func (d *desk) templated() registry.EventID {
	e := d.k.Event(testkit.InState(registry.Ended))
	p, err := d.k.App.Reports.TemplatePaper(d.k.T.Context(), registry.SystemActor("test"), e.ID, "vi")
	d.sampleOf(p, err)
	return e.ID
}

// templatedSeries is a series in a place that has a template for its papers.
func (d *desk) templatedSeries() recurrence.SeriesID {
	id := d.k.Series(d.k.Event(testkit.InState(registry.Ended)), d.k.Event(testkit.InState(registry.Ended)))
	p, err := d.k.App.SeriesPaper.TemplatePaper(d.k.T.Context(), registry.SystemActor("test"), id, "vi")
	d.sampleOf(p, err)
	return id
}

// sampleOf makes the sample of a paper the template of its place, which may have it already.
func (d *desk) sampleOf(p templates.Paper, err error) {
	d.k.T.Helper()
	f, sampleErr := d.k.App.Templates.Sample(p)
	if err = cmp.Or(err, sampleErr); err == nil {
		err = d.k.App.Templates.Save(d.k.T.Context(), registry.SystemActor("test"), p, templates.Input{FileName: f.Name, Data: f.Data})
	}
	if err != nil && registry.KindOf(err) != registry.Conflict {
		d.k.T.Fatal(err)
	}
}

type goodCall struct {
	route string // as api.Routes has it, without /api/v1
	path  string
	body  string
	want  int
}

func (c goodCall) method() string { return strings.Fields(c.route)[0] }

// posts reports whether the endpoint reads a body.
func (c goodCall) posts() bool {
	return c.method() != "GET" && !strings.HasSuffix(c.route, "/release")
}

// TestOfficeRoutes tries every endpoint of the office: what is wrong with who asks,
// with the request and with what it names, and then that it works.
func TestOfficeRoutes(t *testing.T) {
	testkit.NamesDays(t)
	d := newDesk(t)
	viewer, elsewhere := d.officer(registry.Viewer, "19"), d.officer(registry.Organiser, "01")
	left := map[string]bool{}
	for _, r := range api.Routes(&app.App{}, nil) {
		if r.Access == api.Token {
			left[r.Method+" "+strings.TrimPrefix(r.Path, "/api/v1")] = true
		}
	}
	for _, c := range d.good() {
		t.Run(c.route, func(t *testing.T) {
			delete(left, c.route)
			d.refuses(t, c, refusal{"no token", "", c.path, c.body, 401, "apitoken.none"})
			d.refuses(t, c, refusal{"a phone's token", d.phone.Token, c.path, c.body, 401, "apitoken.none"})
			if strings.Contains(c.route, "/:") {
				d.refuses(t, c, refusal{"of another province", elsewhere, c.path, c.body, 404, ""})
				d.refuses(t, c, refusal{"what is not there", d.all, regexp.MustCompile(`[0-9a-f-]{36}`).ReplaceAllString(c.path, "khong-co"), c.body, 404, ""})
			}
			if c.method() != "GET" {
				d.refuses(t, c, refusal{"who may only look", viewer, c.path, c.body, 403, "forbidden"})
			}
			if c.posts() {
				for name, body := range badBodies {
					want := map[bool]string{true: "unknown_json"}[name == "an unknown field"]
					d.refuses(t, c, refusal{name, d.all, c.path, body, 400, want})
				}
				d.refuses(t, c, refusal{"too large", d.all, c.path, strings.Repeat(" ", 2<<20), 413, "too_large"})
			}
			if status, key := d.ask(d.all, c.method()+" "+c.path, c.body); status != c.want {
				t.Errorf("%d %s, want %d", status, key, c.want)
			}
		})
	}
	if len(left) > 0 {
		t.Errorf("not tried: %q", slices.Sorted(maps.Keys(left)))
	}
}

// badBodies are no requests at all.
var badBodies = map[string]string{
	"nothing": " ", "not JSON": "kind=fair", "a list": "[]", "two values": "{}{}", "torn": `{"kind":`, "no UTF-8": "{\"kind\":\"\xff\"}",
	"an unknown field": `{"titel":"x"}`,
}

type refusal struct {
	name, token, path, body string
	want                    int
	key                     string // "" any
}

func (d *desk) refuses(t *testing.T, c goodCall, r refusal) {
	t.Helper()
	if status, key := d.ask(r.token, c.method()+" "+r.path, r.body); status != r.want || r.key != "" && key != r.key {
		t.Errorf("%s: %d %s, want %d %s", r.name, status, key, r.want, r.key)
	}
}

// TestOfficeRoutesRefuseWhatCannotBe tries what is well formed and breaks a rule, or
// comes after somebody else.
func TestOfficeRoutesRefuseWhatCannotBe(t *testing.T) {
	testkit.NamesDays(t)
	d := newDesk(t)
	event, given := "/office/events/"+string(d.open.ID), "/office/events/"+string(d.open.ID)+"/booths/"+string(d.booths[0].ID)
	decision, staff := "/office/applications/"+string(d.sent.ID)+"/decision", "/office/passes/"+string(d.staff[0].ID)+"/state"
	for _, c := range []struct {
		name, route, body string
		want              int
		key               string
	}{
		{"an event without anything", "POST /office/events", `{}`, 422, "choose"},
		{"a step from an older version", "POST " + event + "/state", `{"to":"closed","version":7}`, 409, "stale"},
		{"a step that is none", "POST " + event + "/state", `{"to":"gone","version":1}`, 409, ""},
		{"cancelling without a reason", "POST " + event + "/state", `{"to":"cancelled","version":1}`, 422, ""},
		{"codes that are taken", "POST " + event + "/booths", `{"zone":"B","from":1,"to":3,"columns":3,"kind":"standard","width":"3","depth":"3"}`, 422, "booth.codes_taken"},
		{"a booth of no size", "POST " + event + "/booths", `{"zone":"D","from":1,"to":3,"columns":3,"kind":"standard","width":"0","depth":"3"}`, 422, ""},
		{"a booth that is given", "POST " + given + "/assign", d.json(map[string]any{"application": d.granted.ID}), 409, ""},
		{"a booth to nobody", "POST " + given + "/assign", `{}`, 409, "booth.not_approved"},
		{"a booth taken from another", "POST " + given + "/release?application=" + string(d.sent.ID), "", 409, ""},
		{"no plan", "PUT " + event + "/layout", `{}`, 400, ""},
		{"a plan with what it does not know", "PUT " + event + "/layout", `{"layout":{"w":3000,"h":3000,"lane":400,"objects":[],"roof":1}}`, 400, ""},
		{"a plan with a booth of no size", "PUT " + event + "/layout",
			`{"layout":{"w":3000,"h":3000,"lane":400,"objects":[{"id":"a","kind":"booth","x":0,"y":0,"w":0,"h":300}]}}`, 422, "floor_plan.error.width"},
		{"a plan from a version that is none", "PUT " + event + "/layout", `{"n":7,"version":1,"layout":{"w":3000,"h":3000,"lane":400,"objects":[]}}`, 404, ""},
		{"a kind of pass that is none", "GET " + event + "/passes?kind=dragon", "", 400, "filter"},
		{"a state of passes that is none", "GET " + event + "/passes?state=lost", "", 400, "filter"},
		{"passes of a booth", "POST " + event + "/passes", d.json(map[string]any{"kind": "booth", "count": 1, "days": 1, "first_day": d.open.OpensOn}), 422, ""},
		{"a pass made valid that is", "POST " + staff, `{"to":"valid","reason":"Tìm thấy"}`, 409, ""},
		{"a decision that is none", "POST " + decision, `{"decision":"maybe","version":1}`, 422, "choose"},
		{"a decision on an older version", "POST " + decision, `{"decision":"approve","granted":1,"version":77}`, 409, "stale"},
		{"asking for a field that is none", "POST " + decision, d.json(map[string]any{"decision": "ask", "ask": []string{"application:shoes"}, "version": d.sent.Version}), 422, ""},
		{"asking for another's goods", "POST " + decision, d.json(map[string]any{"decision": "ask", "ask": []string{"product:x"}, "version": d.sent.Version}), 422, ""},
		{"asking for nothing", "POST " + decision, d.json(map[string]any{"decision": "ask", "version": d.sent.Version}), 422, ""},
		{"declining without a reason", "POST " + decision, d.json(map[string]any{"decision": "decline", "version": d.sent.Version}), 422, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status, key := d.ask(d.all, c.route, c.body); status != c.want || c.key != "" && key != c.key {
				t.Errorf("%s: %d %s, want %d %s", c.route, status, key, c.want, c.key)
			}
		})
	}
	for word, body := range map[string]string{"waitlist": `"granted":0`, "ask": `"reason":"Thiếu giấy ATTP"`, "decline": `"reason":"Không đúng nhóm hàng"`} {
		v := d.k.Vendor()
		a := d.k.Application(d.open, v.ID, testkit.Bringing(d.k.Product(v)))
		path, in := "POST /office/applications/"+string(a.ID)+"/decision", `{"decision":"`+word+`",`+body+`,"version":1}`
		if status, key := d.ask(d.all, path, in); status != 204 {
			t.Errorf("%s: %d %s", word, status, key)
		}
		if status, _ := d.ask(d.all, path, in); status != 409 {
			t.Errorf("%s again: %d, want 409", word, status)
		}
	}
}

// TestAskingByName: things named in a decision are asked of the vendor.
func TestAskingByName(t *testing.T) {
	d := newDesk(t)
	keys := []string{"application:days", "paper:food_cert:missing"}
	if status, key := d.ask(d.all, "POST /office/applications/"+string(d.sent.ID)+"/decision",
		d.json(map[string]any{"decision": "ask", "ask": keys, "version": d.sent.Version})); status != 204 {
		t.Fatalf("%d %s", status, key)
	}
	d.k.Read(func(tx *store.Tx) error {
		a, err := tx.Application(t.Context(), d.sent.ID)
		if len(a.Asks) != 2 || a.Asks[0].Key() != keys[0] || a.Asks[1].Key() != keys[1] || a.State != registry.AppNeedsInfo {
			t.Errorf("it is %s and asks for %+v", a.State, a.Asks)
		}
		return err
	})
}

// TestPublicRoutes: what the pages show to anybody, and no list that would ignore a
// filter that it cannot read.
func TestPublicRoutes(t *testing.T) {
	d := newDesk(t)
	for route, want := range map[string]int{
		"/openapi.yaml": 200, "/areas?q=ba+be&on=2024-05-01": 200, "/areas": 200, "/areas?on=mai": 400,
		"/events?kind=market_session&area=19&from=2020-01-01&to=2099-12-31&q=cho": 200,
		"/events?kind=party":                   400,
		"/events?area=99999":                   400,
		"/events?from=31/12/2026":              400,
		"/events?to=2026-02-30":                400,
		"/events?after_day=mai":                400,
		"/events/" + d.open.Slug:               200,
		"/events/" + d.open.Slug + "/vendors":  200,
		"/events/" + d.draft.Slug:              404,
		"/events/" + d.draft.Slug + "/vendors": 404,
		"/events/khong-co/vendors":             404,
	} {
		status, answer := contract.Call(t, "", "GET", d.base+route, "")
		if status != want || want == 400 && !strings.Contains(answer, `"error":"filter"`) {
			t.Errorf("%s: %d %s, want %d", route, status, answer, want)
		}
	}
	_, answer := contract.Call(t, "", "GET", d.base+"/events/"+d.open.Slug+"/vendors", "")
	if !strings.Contains(answer, `"booths":["B01"]`) {
		t.Errorf("who has a booth: %s", answer)
	}
}

// TestGateRoutes: who is no phone, which phone may what, and requests that none sends.
func TestGateRoutes(t *testing.T) {
	d := newDesk(t)
	shut, relay := d.k.Phone(d.event.ID, registry.Steward, 1), d.k.Phone(d.event.ID, registry.Relay, 1, 2)
	if err := d.k.App.Admission.RevokeDevice(t.Context(), d.admin, d.event.ID, shut.Device.ID); err != nil {
		t.Fatal(err)
	}
	for _, r := range api.Routes(&app.App{}, nil) {
		if r.Access != api.Device {
			continue
		}
		route := r.Method + " " + strings.TrimPrefix(r.Path, "/api/v1")
		own := d.phone.Token
		if strings.HasSuffix(route, "/relay") {
			own = relay.Token
		}
		for _, c := range []struct {
			name, token, body string
			want              int
			key               string
		}{
			{"no token", "", "{}", 401, "device_unknown"},
			{"a program's token", d.all, "{}", 401, "device_unknown"},
			{"a phone that was shut out", shut.Token, "{}", 401, "device_revoked"},
		} {
			if status, key := d.ask(c.token, route, c.body); status != c.want || key != c.key {
				t.Errorf("%s, %s: %d %s, want %d %s", route, c.name, status, key, c.want, c.key)
			}
		}
		if r.Method != "POST" {
			continue
		}
		for name, body := range badBodies {
			if status, key := d.ask(own, route, body); status != 400 {
				t.Errorf("%s, %s: %d %s, want 400", route, name, status, key)
			}
		}
		if status, _ := d.ask(own, route, strings.Repeat(" ", 2<<20)); status != 413 {
			t.Errorf("%s, too large: %d", route, status)
		}
	}
	batch := d.json(gate.RelayBatch{SentAt: d.k.App.NowMS(), Scans: []gate.RelayScan{}, Counts: []gate.RelayCount{}, Phones: []gate.RelayPhone{}})
	for _, c := range []struct {
		name, token, route, body string
		want                     int
		key                      string
	}{
		{"a phone asks for what relays know", d.phone.Token, "GET /gate/relay", "", 403, ""},
		{"a phone hands on", d.phone.Token, "POST /gate/relay", batch, 403, ""},
		{"a list since a cursor that is none", d.phone.Token, "GET /gate/snapshot?since=gestern", "", 400, ""},
		{"a relay's list since a cursor that is none", relay.Token, "GET /gate/relay?since=gestern", "", 400, ""},
		{"scans of another phone's gate", d.phone.Token, "POST /gate/scans", strings.Replace(d.json(d.phone.Batch(d.phone.Scan(d.staff[0]))), `"gate":1`, `"gate":2`, 1), 400, ""},
		{"a press of nobody", d.phone.Token, "POST /gate/counts", strings.Replace(d.json(d.phone.Presses(1)), `"n":1`, `"n":0`, 1), 400, ""},
		{"a relay hands on", relay.Token, "POST /gate/relay", batch, 200, ""},
	} {
		if status, key := d.ask(c.token, c.route, c.body); status != c.want || c.key != "" && key != c.key {
			t.Errorf("%s: %d %s, want %d %s", c.name, status, key, c.want, c.key)
		}
	}
}

// TestPairOpensOnce: a token pairs one phone, and guessing is slowed down.
func TestPairOpensOnce(t *testing.T) {
	d := newDesk(t)
	invited, err := d.k.App.Admission.NewPairing(t.Context(), d.admin, d.event.ID, admission.PairInput{Gates: []int{1}, Role: registry.Steward})
	if err != nil {
		t.Fatal(err)
	}
	body := d.json(map[string]any{"token": invited.Token, "name": "Máy của Lan"})
	if status, key := d.ask("", "POST /gate/pair", strings.Replace(body, "Lan", strings.Repeat("L", 200), 1)); status != 422 {
		t.Errorf("a long name: %d %s", status, key)
	}
	for i, want := range []int{200, 404} {
		if status, key := d.ask("", "POST /gate/pair", body); status != want {
			t.Errorf("use %d of a token: %d %s, want %d", i+1, status, key, want)
		}
	}
	for _, bad := range badBodies {
		if status, _ := d.ask("", "POST /gate/pair", bad); status != 400 {
			t.Errorf("%q: %d", bad, status)
		}
	}
	limited := false
	for range 40 {
		status, _ := d.ask("", "POST /gate/pair", `{"token":"123456789012","name":"x"}`)
		limited = limited || status == 429
	}
	if !limited {
		t.Error("guessing is not slowed down")
	}
}

// plan is a plan of two sessions, with what is different about it.
func (d *desk) plan(more map[string]any) string {
	year := d.draft.OpensOn[:4]
	in := map[string]any{"pattern": d.draft.ID, "year": json.Number(year),
		"rows": []map[string]any{{"commune": "Nghĩa Tá", "date": "19-21/12/" + next(year), "booths": "20"}, {"commune": "Na Rì", "date": "30/12/" + next(year)}}}
	maps.Copy(in, more)
	return d.json(in)
}

func next(year string) string {
	n, _ := strconv.Atoi(year)
	return strconv.Itoa(n + 1)
}

// shown is what the check of a plan answers.
func (d *desk) shown(body string) string {
	d.t.Helper()
	_, answer := contract.Call(d.t, d.all, "POST", d.base+"/office/plans/check", body)
	var trial struct{ Shown string }
	if err := json.Unmarshal([]byte(answer), &trial); err != nil {
		d.t.Fatal(answer, err)
	}
	return trial.Shown
}

// TestAPlanByProgram: rows are told as they are understood, a guess is confirmed by its text, and a
// plan is made once, of what was shown.
func TestAPlanByProgram(t *testing.T) {
	testkit.NamesDays(t)
	d := newDesk(t)
	year := next(d.draft.OpensOn[:4])
	rows := []map[string]any{{"commune": "Na Ri", "date": "19/6/" + year}, {"commune": "Ba Bể", "date": "31/6/" + year}, {"commune": "Nghĩa Tá", "date": "19/6/" + year}}
	check := func() (answer string) {
		_, answer = contract.Call(t, d.all, "POST", d.base+"/office/plans/check", d.plan(map[string]any{"rows": rows}))
		return answer
	}
	for _, want := range []string{`"ready":false`, `"n":{"new":1,"there":0,"confirm":1,"wrong":1}`, `"confirm":[{"field":"commune","means":"xã Na Rì, Thái Nguyên"}]`,
		`"wrong":[{"field":"date","error":"paste.error.month_days"}]`, `"first_day":"` + year + `-06-19"`} {
		if answer := check(); !strings.Contains(answer, want) {
			t.Errorf("the check lacks %s: %s", want, answer)
		}
	}
	made := map[string]any{"rows": rows, "key": "plan-of-a-program", "shown": d.shown(d.plan(map[string]any{"rows": rows}))}
	if status, key := d.ask(d.all, "POST /office/plans", d.plan(made)); status != 409 || key != "paste.error.wrong" {
		t.Errorf("a plan with a wrong row: %d %s", status, key)
	}
	rows[0]["commune"], rows[1]["date"] = "xã Na Rì, Thái Nguyên", "30/6/"+year
	if status, key := d.ask(d.all, "POST /office/plans", d.plan(made)); status != 409 || key != "paste.error.moved" {
		t.Errorf("a plan that was not shown so: %d %s", status, key)
	}
	made["shown"] = d.shown(d.plan(map[string]any{"rows": rows}))
	for _, want := range []int{201, 200} {
		if status, key := d.ask(d.all, "POST /office/plans", d.plan(made)); status != want {
			t.Errorf("made: %d %s, want %d", status, key, want)
		}
	}
	if answer := check(); !strings.Contains(answer, `"n":{"new":0,"there":3,"confirm":0,"wrong":0}`) {
		t.Errorf("what was made is not known: %s", answer)
	}
	for name, more := range map[string]map[string]any{"no rows": {"rows": rows[:0]}, "a year of no dates": {"year": 1}, "too many": {"rows": slices.Repeat(rows, 200)}} {
		if status, _ := d.ask(d.all, "POST /office/plans/check", d.plan(more)); status != 422 {
			t.Errorf("%s: %d", name, status)
		}
	}
}
