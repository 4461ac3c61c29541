package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// officer is a client signed in with a role.
func officer(t *testing.T, k *testkit.Kit, base string, role registry.Role, area string) (*testkit.Client, registry.Actor) {
	t.Helper()
	actor, token := k.Officer(role, area)
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	return c, actor
}

func TestAdminAddsAnOfficerWhoSetsAPassword(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	admin, _ := officer(t, k, base, registry.Admin, "19")
	page := wantStatus(t, admin.Get("/quan-ly/nguoi-dung/moi"), 200)
	testkit.Page(t, page.Body).In("#f-area").HasAttr("value", "tỉnh Thái Nguyên")
	bad := wantStatus(t, send(admin, page, "/quan-ly/nguoi-dung/moi", map[string]string{"login": "12"}), 422)
	for _, id := range []string{"#e-name", "#e-login", "#e-role"} {
		testkit.Page(t, bad.Body).In(id)
	}
	slip := wantStatus(t, send(admin, bad, "/quan-ly/nguoi-dung/moi", map[string]string{
		"name": "Hà Thị Cán", "login": "can.bo@xa-ba-be.vn", "role": "organiser", "area": "ba be", "area_ref": ""}), 200)
	code := testkit.In(t, slip.Body, ".code").Text()

	c := testkit.NewClient(t, base)
	reset := wantStatus(t, c.Get("/dat-lai-mat-khau"), 200)
	fields := map[string]string{"login": "CAN.BO@xa-ba-be.vn", "code": code, "password": "ngắn"}
	bad = wantStatus(t, send(c, reset, "/dat-lai-mat-khau", fields), 422)
	testkit.Page(t, bad.Body).In("#e-password")
	fields["password"] = goodPassword
	wantRedirect(t, send(c, bad, "/dat-lai-mat-khau", fields), "/dang-nhap")
	used := wantStatus(t, send(c, reset, "/dat-lai-mat-khau", fields), 422)
	testkit.Page(t, used.Body).In("#e-code").HasText("đã dùng")
	in := c.Post("/dang-nhap", url.Values{"login": {"can.bo@xa-ba-be.vn"}, "password": {goodPassword}})
	wantRedirect(t, in, "/xac-thuc")
	list := wantStatus(t, admin.Get("/quan-ly/nguoi-dung?q=ha+thi"), 200)
	testkit.Page(t, list.Body).In("tbody").HasText("xã Ba Bể, Thái Nguyên")
}

func TestAdminLooksAfterAnAccount(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	admin, self := officer(t, k, base, registry.Admin, "")
	them, token := k.Officer(registry.Viewer, "19")
	path := "/quan-ly/nguoi-dung/" + string(them.Account)
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	wantStatus(t, c.Get("/tai-khoan"), 200)

	page := wantStatus(t, admin.Get(path), 200)
	bad := wantStatus(t, send(admin, page, path+"/vai-tro", map[string]string{"role": "reviewer", "area": "không có xã này"}), 422)
	testkit.Page(t, bad.Body).In("#e-area")
	wantRedirect(t, send(admin, bad, path+"/vai-tro", map[string]string{"role": "reviewer", "area": "xã Ba Bể, Thái Nguyên"}), path)
	page = wantStatus(t, admin.Get(path), 200)
	testkit.Page(t, page.Body).In(".card.list").HasText("Xét duyệt")
	wantRedirect(t, admin.Post(path+"/vai-tro/thu-hoi", url.Values{"role": {"reviewer"}, "area": {"01906"}}), path)

	slip := wantStatus(t, send(admin, page, path+"/ma-giay", nil), 200)
	testkit.In(t, slip.Body, ".code")
	wantRedirect(t, send(admin, page, path+"/khoa", nil), path)
	wantStatus(t, c.Get("/tai-khoan"), 401)
	page = wantStatus(t, admin.Get(path), 200)
	wantStatus(t, admin.Post(path+"/ma-giay", nil), 409)
	wantRedirect(t, send(admin, page, path+"/mo", nil), path)
	wantStatus(t, admin.Post(path+"/bo-xac-thuc", nil), 409)
	wantStatus(t, admin.Post("/quan-ly/nguoi-dung/"+string(self.Account)+"/khoa", nil), 409)
	wantStatus(t, admin.Get("/quan-ly/nguoi-dung?loai=khoa"), 200)
}

// Fields that a form does not have change nothing and are refused.
func TestMassAssignment(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	actor, token := k.VendorAccount()
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	for _, extra := range []string{"state", "grants", "roles", "role", "area", "id", "account_id", "second_step", "totp_secret", "email", "version"} {
		wantStatus(t, c.Post("/tai-khoan", url.Values{"name": {"Tên"}, "lang": {"vi"}, extra: {"admin"}}), 400)
		wantStatus(t, testkit.NewClient(t, base).Post("/dang-ky", url.Values{"login": {"0377777777"},
			"password": {goodPassword}, "consent": {"1"}, extra: {"admin"}}), 400)
	}
	wantStatus(t, c.Post("/tai-khoan", url.Values{"name": {"A", "B"}, "lang": {"vi"}}), 400)
	if now := k.ActorOf(actor.Account); now.Office() || now.Name != actor.Name {
		t.Errorf("the account became %+v", now)
	}
}

func TestVendorsAndOtherRolesDoNotSeeUsers(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	target, _ := k.Officer(registry.Viewer, "19")
	paths := []string{"", "/moi", "/" + string(target.Account)}
	organiser, _ := officer(t, k, base, registry.Organiser, "")
	elsewhere, _ := officer(t, k, base, registry.Admin, "01")
	for _, path := range paths {
		wantStatus(t, organiser.Get("/quan-ly/nguoi-dung"+path), 404)
	}
	wantStatus(t, elsewhere.Get("/quan-ly/nguoi-dung"+paths[2]), 404)
	for _, do := range []string{"/vai-tro/thu-hoi", "/ma-giay", "/khoa", "/mo", "/bo-xac-thuc"} {
		wantStatus(t, elsewhere.Post("/quan-ly/nguoi-dung"+paths[2]+do, nil), 404)
		wantStatus(t, testkit.NewClient(t, base).Post("/quan-ly/nguoi-dung"+paths[2]+do, nil), 401)
	}
}

func TestAdminOfACommuneGivesNothingAbove(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	admin, _ := officer(t, k, base, registry.Admin, "01906")
	for _, area := range []string{"", "Thái Nguyên", "Hà Nội", "Đức Xuân, Thái Nguyên"} {
		got := admin.Post("/quan-ly/nguoi-dung/moi", url.Values{"name": {"Ai"}, "login": {"0366666666"}, "role": {"viewer"}, "area": {area}, "area_ref": {""}})
		testkit.Page(t, wantStatus(t, got, 422).Body).In("#e-area")
	}
	got := admin.Post("/quan-ly/nguoi-dung/moi", url.Values{"name": {"Ai"}, "login": {"0366666666"}, "role": {"admin"}, "area": {"ba be"}, "area_ref": {"2025:19"}})
	if wantStatus(t, got, 200); strings.Contains(got.Body, "toàn quốc") {
		t.Error("the reference beat the text")
	}
}

func TestUserListPages(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	admin, _ := officer(t, k, base, registry.Admin, "")
	for range 60 {
		k.Officer(registry.Viewer, "19")
	}
	seen := map[string]bool{}
	path, pages := "/quan-ly/nguoi-dung", 0
	for ; path != "" && pages < 5; pages++ {
		page := testkit.Page(t, wantStatus(t, admin.Get(path), 200).Body)
		for _, a := range page.Find("tbody a").Each() {
			seen[a.Attr("href")] = true
		}
		path = page.Find("p.mt a.btn").Attr("href")
	}
	if len(seen) != 61 || pages != 2 {
		t.Errorf("%d accounts on %d pages, want 61 on 2", len(seen), pages)
	}
}

// TestAccountEndsOnEveryServer disables an account in another process on the database,
// as the command line does beside a server on PostgreSQL: browser and program are
// refused at their next request here.
func TestAccountEndsOnEveryServer(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	c, them := officer(t, k, base, registry.Organiser, "19")
	token, err := k.App.Accounts.CreateAPIToken(t.Context(), them, accounts.NewAPIToken{Name: "máy trạm", Days: 30, Scopes: registry.APIScopes})
	if err != nil {
		t.Fatal(err)
	}
	tried := func() (browser, program int) {
		status, _ := contract.Call(t, token, "GET", base+"/api/v1/office/applications", "")
		return c.Get("/quan-ly").Status, status
	}
	if browser, program := tried(); browser != 200 || program != 200 {
		t.Fatalf("before: %d, %d", browser, program)
	}
	if err := k.Another().Accounts.DisableAccount(t.Context(), registry.SystemActor("system: command line"), them.Account); err != nil {
		t.Fatal(err)
	}
	if browser, program := tried(); browser != 401 || program != 401 {
		t.Errorf("after: %d, %d; want both refused", browser, program)
	}
}
