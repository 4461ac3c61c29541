package web_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// refusal is what a door of reports answers.
type refusal struct {
	status int
	says   string
}

// The four refusals of a report that may not be written, and those of what a locked period has no
// use for.
var (
	notOpen  = refusal{409, "Kỳ này chưa mở nhận báo cáo"}
	tooLate  = refusal{409, "Đã quá hạn nộp"}
	accepted = refusal{409, "Báo cáo đã được nhận ngày"}
	locked   = refusal{409, "Kỳ đã khóa ngày"}
)

// of checks that an answer is this refusal.
func (r refusal) of(t *testing.T, what string, got testkit.Answer) {
	t.Helper()
	if got.Status != r.status || !strings.Contains(got.Body, r.says) {
		t.Errorf("%s answers %d, want %d %q: %.300s", what, got.Status, r.status, r.says, testkit.Page(t, got.Body).Find("main").Text())
	}
}

// reportDoors are the doors of reports with what they are sent, and what they answer for a report
// of a locked period to which nothing has come since.
func (y *lockedYear) reportDoors() map[string]struct {
	fields url.Values
	want   refusal
} {
	type sent = struct {
		fields url.Values
		want   refusal
	}
	pick := url.Values{"province": {"2025:19"}, "pick": {testkit.BaBe.Code + ":2"}}
	again := url.Values{"province": {"2025:19"}, "lock_reason": {"Tổng hợp."}, "sure": {"true"}}
	because := url.Values{"reason": {"Xem lại."}, "until": {y.today}, "version": {"2"}}
	return map[string]sent{
		"/:unit/luu":      {url.Values{"version": {"2"}}, locked},
		"/:unit/nop":      {url.Values{"version": {"2"}, "sure": {"true"}}, locked},
		"/:unit/tra-lai":  {because, locked},
		"/nhan":           {pick, locked},
		"/khoa":           {again, refusal{409, "khóa sau ngày đó"}}, // the clock stands in the year
		"/:unit/bo-sung":  {because, refusal{409, "không có dòng nào đổi"}},
		"/:unit/het-phep": {nil, refusal{409, "sửa mục này trước"}},
		"/:unit/cho-nop":  {nil, refusal{422, "Hãy điền ô này"}}, // the way back, for a reason and until a day
		"/cho-nop":        {url.Values{"province": {"2025:19"}}, refusal{422, "Chưa chọn đơn vị nào"}},
	}
}

// reports tries the doors of reports: each says why it is closed, and what to do.
func (y *lockedYear) reports() {
	const one = "POST /quan-ly/bao-cao/:sheet/:period"
	known := y.reportDoors()
	for route, d := range y.doors {
		if sent, ok := known[strings.TrimPrefix(route, one)]; d.reports && ok {
			y.refuses(route, fill(y.stall, strings.TrimPrefix(route, "POST ")), sent.fields, sent.want)
		} else if d.reports {
			y.t.Errorf("%s writes reports: say in reportDoors what it is sent and answers", route)
		}
	}
	year := testkit.Start.Year()
	for _, act := range []string{"luu", "nop"} {
		y.refuses(act, reportPath(period.Period{Year: year + 1, Part: period.WholeYear}, testkit.BaBe.Code, act), url.Values{}, notOpen)
		y.refuses(act, reportPath(period.Period{Year: year, Part: period.SixMonths}, testkit.BaBe.Code, act), url.Values{}, tooLate)
	}
}

func reportPath(p period.Period, unit, act string) string {
	return "/quan-ly/bao-cao/xa/" + p.String() + "/" + unit + "/" + act
}

func (y *lockedYear) refuses(route, path string, fields url.Values, want refusal) {
	y.t.Helper()
	got := y.does(route, func() testkit.Answer { return y.readers["admin"].Post(path, fields) })
	want.of(y.t, path, got)
}

// scripts sends what no form of a page sends: phones, programs, and phones that were without
// a network.
func (y *lockedYear) scripts() {
	k, event := y.stall.k, y.stall.event
	phone := k.Phone(event.ID, registry.Steward, 1)
	y.sends(phone.Token, "POST /api/v1/gate/scans", "", phone.Batch(phone.Scan(k.Issued(event, registry.VisitorPass, 1)[0])))
	y.sends(phone.Token, "POST /api/v1/gate/counts", "", phone.Presses(3))
	y.relay()
	inspected, _ := json.Marshal(k.TypedInspection(y.stall.pass(registry.BoothPass)))
	y.does("POST /api/v1/inspections/records", func() testkit.Answer {
		return y.readers["admin"].Do("POST", "/api/v1/inspections/records", "application/json", strings.NewReader(string(inspected)))
	})
	_, session := k.Officer(registry.Communicator, testkit.BaBe.Code)
	commune := testkit.NewClient(y.t, y.stall.base)
	commune.SignInAs(session)
	form := testkit.Page(y.t, commune.Get("/quan-ly/tuyen-truyen/ghi").Body).Form("/quan-ly/tuyen-truyen/ghi").Set("people", "57").Set("client", uuid.NewString())
	y.does("POST /quan-ly/tuyen-truyen/gui", func() testkit.Answer { return commune.Post("/quan-ly/tuyen-truyen/gui", form.Fields) })
	y.programs()
}

// relay is a laptop that hands on what a phone pressed yesterday.
func (y *lockedYear) relay() {
	k := y.stall.k
	invited, err := k.App.Admission.NewPairing(y.t.Context(), y.stall.organiser, y.stall.event.ID, admission.PairInput{Gates: []int{1, 2}, Role: registry.Relay})
	testkit.Works(y.t, err)
	paired, err := k.App.Admission.Pair(y.t.Context(), "test", gate.PairRequest{Token: invited.Token, Name: "Máy tính"})
	testkit.Works(y.t, err)
	now, phone := k.App.NowMS(), registry.DeviceID(uuid.Must(uuid.NewV7()).String())
	press := gate.SentCount{ID: registry.ScanID(uuid.Must(uuid.NewV7()).String()), Seq: 1, Gate: 1, N: 1, Who: registry.Person, At: now, MonoMS: 1000}
	y.sends(paired.Token, "POST /api/v1/gate/relay", "", gate.RelayBatch{SentAt: now, Scans: []gate.RelayScan{},
		Phones: []gate.RelayPhone{{ID: phone, Name: "Máy 1", Role: registry.Steward, Gates: []int{1}, PairedAt: now - 60_000}},
		Counts: []gate.RelayCount{{Device: phone, Boot: "boot", CorrectedAt: now, Count: press}}})
}

// programs sends what the API of the office takes.
func (y *lockedYear) programs() {
	k, event := y.stall.k, string(y.stall.event.ID)
	admin, _ := k.Officer(registry.Admin, "")
	token, err := k.App.Accounts.CreateAPIToken(y.t.Context(), admin, accounts.NewAPIToken{Name: "thử", Days: 30, Scopes: registry.APIScopes})
	testkit.Works(y.t, err)
	other := k.Event(testkit.InState(registry.Running))
	vendor := k.Vendor()
	asks := k.Application(y.stall.event, vendor.ID, testkit.Standing(registry.AppSubmitted), testkit.Bringing(k.Product(vendor)))
	booth := string(k.Booths(y.stall.event.ID, "E", 1)[0].ID)
	const events = "POST /api/v1/office/events"
	y.sends(token, events+"/:id/booths", event, map[string]any{"zone": "F", "from": 1, "to": 4, "columns": 2, "kind": "standard", "width": "3", "depth": "3"})
	y.sends(token, "POST /api/v1/office/applications/:id/decision", string(asks.ID), map[string]any{"decision": "approve", "granted": 1, "reason": "Ghi muộn.", "version": asks.Version})
	y.sends(token, events+"/:id/booths/:booth/assign", event+" "+booth, map[string]any{"application": asks.ID})
	y.sends(token, events+"/:id/booths/:booth/release", event+" "+booth, nil)
	y.sends(token, events+"/:id/state", string(other.ID), map[string]any{"to": "cancelled", "reason": "Ghi muộn.", "version": other.Version})
}

// sends sends JSON through a door of the API, its parameters filled in one after the other.
func (y *lockedYear) sends(token, route, params string, body any) {
	y.t.Helper()
	text := ""
	if body != nil {
		raw, err := json.Marshal(body)
		testkit.Works(y.t, err)
		text = string(raw)
	}
	_, path, _ := strings.Cut(route, " ")
	for _, p := range strings.Fields(params) {
		path = strings.Replace(path, testkit.RouteParam.FindString(path), p, 1)
	}
	y.does(route, func() testkit.Answer {
		status, answer := contract.Call(y.t, token, "POST", y.stall.base+path, text)
		if status >= 300 {
			y.t.Errorf("%s answers %d %s", route, status, answer)
		}
		return testkit.Answer{Status: status, Body: answer}
	})
}

// addenda takes what came late into addenda: the reports stay as they are.
func (y *lockedYear) addenda() {
	for _, k := range y.keys {
		f := y.report(k)
		path := "/quan-ly/bao-cao/" + string(k.Form) + "/" + k.Period.String() + "/" + k.Unit
		page := y.readers["admin"].Get(path)
		if len(f.Changes) == 0 || !strings.Contains(page.Body, `action="`+path+`/bo-sung"`) {
			y.t.Errorf("%d rows changed in the report of %s, and its page offers no addendum", len(f.Changes), k.Unit)
		}
		if got := y.readers["admin"].Post(path+"/bo-sung", url.Values{"reason": {"Ghi muộn."}}); got.Status != 303 {
			y.t.Errorf("the addendum: %d", got.Status)
		}
		if f = y.report(k); len(f.Addenda) != 1 || len(f.Addenda[0].Moves) == 0 || len(f.Changes) != 0 {
			y.t.Errorf("%s has %d addenda and %d rows left", k.Unit, len(f.Addenda), len(f.Changes))
		}
	}
	if kept := y.stored(); kept != y.kept {
		y.t.Errorf("addenda changed the locked reports:\n%s", kept)
	}
}

// controls shows that the walk would see it: a door that changes the rows of a register it does
// not name, and one that writes into a locked report.
func (y *lockedYear) controls() {
	y.lines = y.counted()
	route := "POST /quan-ly/tuyen-truyen/gui"
	d := y.doors[route]
	y.doors[route] = lockedDoor{}
	if got := y.faults(route, y.lines); len(got) == 0 || !strings.Contains(got[0], "it changes rows of communication") {
		y.t.Errorf("a door that names no register is taken: %v", got)
	}
	y.doors[route] = d
	y.stall.k.Write(func(tx *store.Tx) error {
		k := y.keys[0]
		r := y.frozen[k].Report
		r.Values = period.Values{"sessions": {N: 99}}
		return stored.Save(y.t.Context(), tx, &r, "", "")
	})
	if got := y.faults("", y.lines); len(got) < 2 || !strings.Contains(got[0], "what is stored of the locked reports changed") {
		y.t.Errorf("a door that writes into a locked report is taken: %v", got)
	}
}
