package web_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

func TestAPIPlansAnEvent(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	token, err := k.App.Accounts.CreateAPIToken(t.Context(), organiser, accounts.NewAPIToken{Name: "lịch của tỉnh", Days: 30, Scopes: registry.APIScopes})
	if err != nil {
		t.Fatal(err)
	}
	base := k.Serve()
	const draft = `{"kind":"market_session","level":"commune","title":"Phiên chợ Nghĩa Tá","area":"2025:01906","venue":"Sân UBND",` +
		`"organiser":"Trung tâm XTTM","registration":"not_needed","legal_number":"717/QĐ-UBND","first_day":"2026-12-10","last_day":"2026-12-12",` +
		`"opens_at":"8:00","closes_at":"21:00","booths":20,"staff_passes":4}`
	status, body := contract.Call(t, token, "POST", base+"/api/v1/office/events", draft)
	if status != 201 {
		t.Fatalf("create: %d %s", status, body)
	}
	var made struct {
		ID, Slug string
		Version  int64
	}
	if err := json.Unmarshal([]byte(body), &made); err != nil {
		t.Fatal(err)
	}
	if status, _ := contract.Call(t, "", "GET", base+"/api/v1/events/"+made.Slug, ""); status != 404 {
		t.Errorf("a draft is public: %d", status)
	}
	if status, body := contract.Call(t, token, "POST", base+"/api/v1/office/events/"+made.ID+"/state", `{"to":"announced","version":1}`); status != 204 {
		t.Fatalf("announce: %d %s", status, body)
	}
	status, body = contract.Call(t, "", "GET", base+"/api/v1/events?area=19", "")
	if status != 200 || !strings.Contains(body, made.Slug) {
		t.Errorf("list: %d %s", status, body)
	}
	if status, body := contract.Call(t, token, "POST", base+"/api/v1/office/events/"+made.ID+"/booths", `{"zone":"A","from":1,"to":20,"columns":10,"kind":"standard","width":"3","depth":"3"}`); status != 201 || !strings.Contains(body, "20") {
		t.Errorf("booths: %d %s", status, body)
	}
	if status, body := contract.Call(t, token, "GET", base+"/api/v1/office/events/"+made.ID+"/booths", ""); status != 200 || !strings.Contains(body, `"code":"A20"`) {
		t.Errorf("list booths: %d %s", status, body)
	}
}

func TestAPIRefusesWhatItDoesNotKnow(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	token, err := k.App.Accounts.CreateAPIToken(t.Context(), organiser, accounts.NewAPIToken{Name: "x", Days: 30, Scopes: registry.APIScopes})
	if err != nil {
		t.Fatal(err)
	}
	base := k.Serve()
	for name, test := range map[string]struct {
		token, body string
		want        int
	}{
		"no token":      {"", `{}`, 401},
		"wrong token":   {"hoicho_" + strings.Repeat("0", 64), `{}`, 401},
		"unknown field": {token, `{"titel":"x"}`, 400},
		"wrong type":    {token, `{"title":5}`, 400},
		"two values":    {token, `{} {}`, 400},
		"not JSON":      {token, `kind=fair`, 400},
		"bad UTF-8":     {token, "{\"title\":\"\xff\"}", 400},
		"empty":         {token, `{}`, 422},
	} {
		if status, body := contract.Call(t, test.token, "POST", base+"/api/v1/office/events", test.body); status != test.want {
			t.Errorf("%s: %d %s, want %d", name, status, body, test.want)
		}
	}
}

func TestAPITokenIsShownOnceAndRevoked(t *testing.T) {
	k := testkit.NewApp(t)
	_, session := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(session)
	if got := c.Post("/tai-khoan/ma-api", url.Values{"name": {""}, "days": {"0"}}); got.Status != 422 {
		t.Errorf("empty form: %d", got.Status)
	}
	made := c.Post("/tai-khoan/ma-api", url.Values{"name": {"lịch"}, "days": {"30"}, "scopes": {"read", "gate"}})
	token := regexp.MustCompile(`hoicho_[0-9a-f]{64}`).FindString(made.Body)
	if token == "" {
		t.Fatalf("no token shown: %d", made.Status)
	}
	list := c.Get("/tai-khoan/ma-api")
	if strings.Contains(list.Body, token) {
		t.Error("the token is shown again")
	}
	if status, _ := contract.Call(t, token, "GET", c.Base+"/api/v1/office/applications", ""); status != 200 {
		t.Errorf("use: %d", status)
	}
	form := testkit.Page(t, list.Body).In("main").Find("form").Each()
	c.Post(form[0].Attr("action"), url.Values{})
	if status, _ := contract.Call(t, token, "GET", c.Base+"/api/v1/office/applications", ""); status != 401 {
		t.Errorf("after revoking: %d", status)
	}
}
