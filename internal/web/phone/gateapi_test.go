package phone_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"hoicho/internal/app/accounts"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// gateCall is a paired phone that talks to the real server.
type gateCall struct {
	t     *testing.T
	k     *testkit.Kit
	base  string
	event registry.Event
	phone *testkit.Phone
	staff []registry.PassRow
}

func newGateCall(t *testing.T) *gateCall {
	t.Helper()
	k := testkit.NewApp(t)
	g := &gateCall{t: t, k: k, event: k.Event(testkit.InState(registry.Running))}
	k.Gates(g.event.ID, 2)
	g.staff = testkit.PassesOfKind(k.Stall(g.event, 5), registry.StaffPass)
	g.base = k.Serve()
	g.phone = k.Phone(g.event.ID, registry.Steward, 1)
	return g
}

func (g *gateCall) scans(token string, batch any) (int, string) {
	g.t.Helper()
	raw, err := json.Marshal(batch)
	if err != nil {
		g.t.Fatal(err)
	}
	return contract.Call(g.t, token, "POST", g.base+"/api/v1/gate/scans", string(raw))
}

func TestGateOverHTTP(t *testing.T) {
	g := newGateCall(t)
	batch := g.phone.Batch(g.phone.Scan(g.staff[0]), g.phone.Scan(g.staff[1]))
	status, body := g.scans(g.phone.Token, batch)
	var answer gate.ScanAnswer
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != 200 {
		t.Fatalf("scans: %d %s", status, body)
	}
	if answer.AckedSeq != 2 || len(answer.Results) != 2 || answer.Results[1].ID != batch.Scans[1].ID ||
		answer.Results[0].Verdict != registry.VerdictOK || answer.ServerTime != g.k.App.NowMS() {
		t.Errorf("answer %+v", answer)
	}
	if _, again := g.scans(g.phone.Token, batch); again != body {
		t.Errorf("sent again: %s\nfirst: %s", again, body)
	}
	var stats gate.Stats
	status, body = contract.Call(t, g.phone.Token, "GET", g.base+"/api/v1/gate/stats", "")
	if err := json.Unmarshal([]byte(body), &stats); err != nil || status != 200 || stats.Inside != 2 {
		t.Errorf("stats: %d %s", status, body)
	}
}

func TestSnapshotOverHTTP(t *testing.T) {
	g := newGateCall(t)
	get := func(etag string) *http.Response {
		req, err := http.NewRequest("GET", g.base+"/api/v1/gate/snapshot", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+g.phone.Token)
		req.Header.Set("If-None-Match", etag)
		req.Header.Set("Accept-Encoding", "gzip")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { res.Body.Close() })
		return res
	}
	first := get("")
	if first.StatusCode != 200 || first.Header.Get("Content-Encoding") != "gzip" || first.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("snapshot: %d %v", first.StatusCode, first.Header)
	}
	if again := get(first.Header.Get("ETag")); again.StatusCode != 304 {
		t.Errorf("unchanged: %d", again.StatusCode)
	}
	g.scans(g.phone.Token, g.phone.Batch(g.phone.Scan(g.staff[0])))
	if changed := get(first.Header.Get("ETag")); changed.StatusCode != 200 {
		t.Errorf("after an entry: %d", changed.StatusCode)
	}
}

// TestMalformedBatches: each is a 400 that changes nothing; the last, which is
// well formed, is the control.
func TestMalformedBatches(t *testing.T) {
	g := newGateCall(t)
	good, err := json.Marshal(g.phone.Batch(g.phone.Scan(g.staff[0])))
	if err != nil {
		t.Fatal(err)
	}
	many := make([]gate.SentScan, gate.MaxScans+1)
	for i := range many {
		many[i] = g.phone.Scan(g.staff[0])
	}
	tooMany, err := json.Marshal(g.phone.Batch(many...))
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, fresh string) string {
		if !strings.Contains(string(good), old) {
			t.Fatalf("the batch has no %s: %s", old, good)
		}
		return strings.Replace(string(good), old, fresh, 1)
	}
	for name, body := range map[string]string{
		"empty": "", "not JSON": "scans=1", "a list": "[]", "two values": string(good) + "{}", "no scans": `{"device_seq_from":1,"boot":"b","sent_at":1,"scans":[]}`,
		"1,001 scans": string(tooMany), "unknown field": swap(`"boot"`, `"extra":1,"boot"`), "unknown field of a scan": swap(`"seq"`, `"speed":1,"seq"`),
		"seq as text": swap(`"seq":1`, `"seq":"1"`), "seq 0": swap(`"seq":1`, `"seq":0`), "seq below the smallest": swap(`"device_seq_from":1`, `"device_seq_from":2`),
		"gate of another": swap(`"gate":1`, `"gate":2`), "gate that is none": swap(`"gate":1`, `"gate":9`), "direction": swap(`"direction":"in"`, `"direction":"up"`),
		"verdict that is none": swap(`"mode":"online"`, `"mode":"offline","verdict":"maybe"`), "mode": swap(`"mode":"online"`, `"mode":"asleep"`),
		"id": swap(`"id":"`, `"id":"x`), "negative clock": swap(`"mono_ms":1`, `"mono_ms":-1`), "bad UTF-8": swap(`"boot":"boot"`, "\"boot\":\"\xff\""),
		"no boot": swap(`"boot":"boot"`, `"boot":""`), "qr and code": swap(`"direction"`, `"code":"123456789012","direction"`),
	} {
		if status, answer := contract.Call(t, g.phone.Token, "POST", g.base+"/api/v1/gate/scans", body); status != 400 || !strings.Contains(answer, "request_id") {
			t.Errorf("%s: %d %.200s, want 400", name, status, answer)
		}
	}
	if status, _ := contract.Call(t, g.phone.Token, "POST", g.base+"/api/v1/gate/scans", strings.Repeat(" ", 2<<20)); status != 413 {
		t.Errorf("2 MB: %d", status)
	}
	if s, err := g.k.App.Admission.GateStats(t.Context(), g.phone.Device); err != nil || s.Inside != 0 {
		t.Errorf("something was stored: %+v, %v", s, err)
	}
	if status, body := contract.Call(t, g.phone.Token, "POST", g.base+"/api/v1/gate/scans", string(good)); status != 200 {
		t.Errorf("control: %d %s", status, body)
	}
}

func TestMalformedCounts(t *testing.T) {
	g := newGateCall(t)
	good, err := json.Marshal(g.phone.Presses(1))
	if err != nil {
		t.Fatal(err)
	}
	post := func(body string) int {
		status, _ := contract.Call(t, g.phone.Token, "POST", g.base+"/api/v1/gate/counts", body)
		return status
	}
	for name, swap := range map[string][2]string{
		"nobody": {`"n":1`, `"n":0`}, "a crowd": {`"n":1`, `"n":501`}, "negative": {`"n":1`, `"n":-1`}, "a dog": {`"person"`, `"dog"`},
		"unknown field": {`"boot"`, `"x":1,"boot"`}, "no gate of the event": {`"gate":1`, `"gate":99`},
	} {
		if status := post(strings.Replace(string(good), swap[0], swap[1], 1)); status != 400 {
			t.Errorf("%s: %d, want 400", name, status)
		}
	}
	if status := post(string(good)); status != 200 {
		t.Errorf("control: %d", status)
	}
}

// TestWhoIsNoPhone: without a token, with one of an account, of another event's
// phone or of one that was shut out.
func TestWhoIsNoPhone(t *testing.T) {
	g := newGateCall(t)
	officer, session := g.k.Officer(registry.Organiser, "19")
	program, err := g.k.App.Accounts.CreateAPIToken(t.Context(), officer, accounts.NewAPIToken{Name: "x", Days: 30, Scopes: registry.APIScopes})
	if err != nil {
		t.Fatal(err)
	}
	revoked := g.k.Phone(g.event.ID, registry.Steward, 1)
	if err := g.k.App.Admission.RevokeDevice(t.Context(), officer, g.event.ID, revoked.Device.ID); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ token, want string }{
		"nobody": {"", "device_unknown"}, "a session": {session, "device_unknown"}, "a program": {program, "device_unknown"},
		"guessed": {strings.Repeat("0", 64), "device_unknown"}, "revoked": {revoked.Token, "device_revoked"},
	} {
		for _, call := range [][2]string{{"GET", "snapshot"}, {"GET", "stats"}, {"POST", "scans"}, {"POST", "counts"}} {
			status, body := callGate(t, c.token, call[0], g.base+"/api/v1/gate/"+call[1])
			if status != 401 || !strings.Contains(body, `"error":"`+c.want+`"`) {
				t.Errorf("%s, %s: %d %s", name, call[1], status, body)
			}
		}
	}
	other := g.k.Event(testkit.InState(registry.Running))
	g.k.Gates(other.ID, 1)
	stranger := g.k.Phone(other.ID, registry.Steward, 1)
	batch := stranger.Batch(stranger.Scan(g.staff[0]))
	if status, body := g.scans(stranger.Token, batch); status != 200 || !strings.Contains(body, `"wrong_event"`) {
		t.Errorf("a pass at another event's gate: %d %s", status, body)
	}
}

func callGate(t *testing.T, token, method, url string) (int, string) {
	t.Helper()
	return contract.Call(t, token, method, url, `{}`)
}

func TestPairOverHTTP(t *testing.T) {
	g := newGateCall(t)
	for body, want := range map[string]int{
		`{"token":"1234","name":"Máy 1"}`: 404, `{"token":"","name":"Máy 1"}`: 422, `{"token":"1234","name":""}`: 404, `{}`: 422,
		`{"token":"1234","name":"` + strings.Repeat("n", 81) + `"}`: 422,
		`{"token":"1234","name":"Máy 1","role":"supervisor"}`:       400, `{"token":1234,"name":"Máy 1"}`: 400,
	} {
		if status, answer := contract.Call(t, "", "POST", g.base+"/api/v1/gate/pair", body); status != want {
			t.Errorf("%s: %d %s, want %d", body, status, answer, want)
		}
	}
}
