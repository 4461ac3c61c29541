package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/passes"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestNoListIgnoresWhatItWasAsked walks every list with every filter, search box and
// cursor that it has: one that cannot be read is said on the page, in both languages;
// the list as it is linked says nothing of the kind.
func TestNoListIgnoresWhatItWasAsked(t *testing.T) {
	s := newStall(t)
	admin := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Admin, "")
	admin.SignInAs(token)
	event := "/quan-ly/su-kien/" + string(s.event.ID)
	long := strings.Repeat("x", 101)
	for path, filters := range map[string]map[string]string{
		"/su-kien":                            {"loai": "cho-dem", "luc": "mai", "dia-ban": "99999", "thang": "2026-13", "xem": "bang", "tu": "hom-qua"},
		"/doanh-nghiep":                       {"q": long, "loai": "tap-doan", "nhom": "sat-thep", "dia-ban": "xyz", "tu": "khong-co"},
		"/san-pham":                           {"q": long, "nhom": "sat-thep", "loai": "x", "nhan-hieu": "x", "sao": "9", "dia-ban": "xyz", "tu": "khong-co"},
		"/tim":                                {"q": long},
		"/ban-do":                             {"nam": "1999"},
		"/su-kien/" + s.event.Slug + "/so-do": {"q": long, "gian": "Z99"},
		"/quan-ly/su-kien":                    {"q": long, "xem": "x", "loai": "x", "tu": "x"},
		"/quan-ly/co-so":                      {"q": long, "loai": "x", "tinh-trang": "x", "dia-ban": "x", "tu": "x"},
		"/quan-ly/co-so/san-pham":             {"q": long, "viec": "x", "tu": "x"},
		"/quan-ly/don":                        {"state": "x", "event": "x", "after": "x"},
		"/quan-ly/phan-anh":                   {"trang-thai": "x", "su-kien": "x", "truoc": "x"},
		"/quan-ly/nguoi-dung":                 {"q": long, "loai": "x", "sau": "x"},
		"/quan-ly/nhat-ky":                    {"loai": "x", "truoc": "x"},
		"/quan-ly/tuyen-truyen":               {"nam": "x", "quy": "5", "kenh": "x", "don-vi": "x", "doi-tuong": "x", "co-quan": "x", "su-kien": "x", "nhiem-vu": "x", "xem": "x", "trang": "x"},
		"/quan-ly/diem-ban":                   {"q": long, "ngay": "x", "loai": "x", "don-vi": "x", "xem": "x", "trang": "x"},
		"/quan-ly/giam-sat":                   {"nam": "x", "xem": "x", "don-vi": "x", "trang": "x"},
		"/quan-ly/bao-cao":                    {"bieu": "x", "ky": "2026-q9", "tinh": "x", "so-voi": "x", "xem": "x", "cot": "x", "don-vi": "x"},
		"/quan-ly/ho-tro":                     {"nam": "x", "loai": "x", "don-vi": "x", "xem": "x", "trang": "x"},
		"/quan-ly/ho-tro/ket-noi":             {"nam": "x", "don-vi": "x", "xem": "x", "trang": "x"},
		"/quan-ly/mua-sam":                    {"nam": "x", "ky": "q5", "nhom": "x", "co-quan": "x", "don-vi": "x", "trang": "x"},
		"/diem-ban":                           {"q": long, "loai": "x", "dia-ban": "x", "trang": "x"},
		event + "/the":                        {"ma": long, "loai": "x", "trang-thai": "x", "gian": "Z99", "chua-in": "x", "sau": "x"},
		event + "/gian":                       {"gian": "Z99"},
		event + "/cong/doi-chieu":             {"xem": "x", "loai": "x", "sau": "x"},
		event + "/cong/danh-sach":             {"q": long, "trang": "x", "ngay": "2020-01-01"},
		event + "/cong/khach":                 {"ngay": "2020-01-01"},
		event + "/don":                        {"state": "x"},
	} {
		if page := admin.Get(path); page.Status != 200 {
			t.Errorf("%s: %d", path, page.Status)
		} else {
			testkit.Page(t, page.Body).None("#unread")
		}
		for name, value := range filters {
			page := admin.Get(path + "?" + url.Values{name: {value}}.Encode())
			if page.Status != 200 || !strings.Contains(page.Body, `id="unread"`) {
				t.Errorf("%s?%s=%s: %d, and nothing is said", path, name, value, page.Status)
				continue
			}
			testkit.Page(t, page.Body).In("#unread").HasText(value[:min(len(value), 40)])
		}
	}
	for _, path := range []string{"/api/v1/events?kind=x", "/api/v1/events?area=x", "/api/v1/events?from=x", "/api/v1/events?to=2026-02-30",
		"/api/v1/events?after_day=x", "/api/v1/areas?q=ba&on=x"} {
		if got := admin.Get(path); got.Status != 400 {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
	}
}

// TestPassesAreFoundAndPrintedAsAsked: digits out of a code, a booth, a plate and a
// name find passes; what is printed is what the list shows, one pass, one booth with
// its lorry, or what is new since the last printing.
func TestPassesAreFoundAndPrintedAsAsked(t *testing.T) {
	s := newStall(t)
	c := s.organiserWeb
	staff := s.pass(registry.StaffPass)
	found := func(query string) int {
		t.Helper()
		page := c.Get(s.office() + "?" + query)
		testkit.Page(t, page.Body).None("#unread")
		return strings.Count(page.Body, `<td class="num nowrap code"`)
	}
	for query, want := range map[string]int{"ma=" + staff.Code[4:9]: 1, "ma=" + url.QueryEscape(staff.Code[:4]+" "+staff.Code[4:8]+" "+staff.Code[8:]): 1,
		"ma=a05": len(s.passes), "ma=" + url.QueryEscape(s.vendor.Name): len(s.passes), "ma=A06": 0, "gian=a05": len(s.passes),
		"loai=booth": 1, "trang-thai=blocked": 0, "chua-in=1": len(s.passes)} {
		if got := found(query); got != want {
			t.Errorf("%s: %d passes, want %d", query, got, want)
		}
	}
	printed := func(form url.Values) testkit.Answer {
		t.Helper()
		form.Set("paper", "passes.pdf")
		got := c.Post(s.office()+"/in", form)
		if got.Status == 303 {
			if _, err := s.k.App.RunJob(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		return got
	}
	if got := printed(url.Values{"passes": {string(staff.ID)}}); got.Status != 303 {
		t.Fatalf("one pass: %d %s", got.Status, got.Body)
	}
	if got := found("chua-in=1"); got != len(s.passes)-1 {
		t.Errorf("%d not printed after one was", got)
	}
	if got := printed(url.Values{"gian": {"A05"}}); got.Status != 303 {
		t.Errorf("one booth: %d", got.Status)
	}
	if got := printed(url.Values{"chua-in": {"1"}}); got.Status != 409 {
		t.Errorf("nothing is new: %d", got.Status)
	}
	c.Post(s.office()+"/"+string(staff.ID), url.Values{"do": {"reissue"}, "reason": {"mất thẻ"}})
	if got := found("chua-in=1"); got != 1 {
		t.Errorf("%d not printed after one was issued anew", got)
	}
	testkit.Page(t, c.Get(s.office()+"?trang-thai=revoked").Body).In("tbody").HasText("mất thẻ").HasText("Thẻ thay")
	for name, form := range map[string]url.Values{"kind": {"loai": {"x"}}, "sheet": {"sheet": {"a0"}}} {
		if got := printed(form); got.Status != 422 {
			t.Errorf("%s that is none: %d", name, got.Status)
		}
	}
	if got := printed(url.Values{"gian": {"Z99"}}); got.Status != 404 {
		t.Errorf("a booth that is none: %d", got.Status)
	}
}

// TestSwapSaysWhichPassesDied: after two booths were swapped, the plan names the
// passes that died with it and leads to the new ones that are to be printed.
func TestSwapSaysWhichPassesDied(t *testing.T) {
	s := newStall(t)
	other := s.k.Stall(s.event, 6)[0]
	old := s.pass(registry.StaffPass)
	got := s.organiserWeb.Post("/quan-ly/su-kien/"+string(s.event.ID)+"/gian/"+string(old.Booth)+"/doi", url.Values{"with": {string(other.Booth)}})
	if got.Status != 303 {
		t.Fatalf("swap: %d %s", got.Status, got.Body)
	}
	page := s.organiserWeb.Get(got.Location)
	panel := testkit.Page(t, page.Body).In(".booth-panel")
	panel.HasText(passes.ShowPassCode(old.Code)).HasText("Đổi sang gian khác")
	list := s.organiserWeb.Get(s.office() + "?gian=A06&chua-in=1")
	if n := strings.Count(list.Body, "chưa in</span>"); n < 2 || !strings.Contains(page.Body, "/the?gian=A05&amp;chua-in=1") {
		t.Errorf("%d new passes to print at the other booth", n)
	}
	dead := s.organiserWeb.Get(s.office() + "?ma=" + old.Code)
	testkit.Page(t, dead.Body).In("tbody tr").HasText("Đổi sang gian khác").HasText("Thẻ thay")
}

// TestPagesSayWhoCannotBePlaced: an entry without a pass of the list stands on the
// live page and on the evacuation sheet.
func TestPagesSayWhoCannotBePlaced(t *testing.T) {
	s := newStall(t)
	phone := s.k.Phone(s.event.ID, registry.Supervisor, 1)
	root := "/quan-ly/su-kien/" + string(s.event.ID) + "/cong"
	for _, path := range []string{"/truc-tiep", "/so-tan"} {
		testkit.Page(t, s.organiserWeb.Get(root+path).Body).None("#unplaced")
	}
	scan := phone.Scan(s.pass(registry.StaffPass), func(sc *gate.SentScan) { sc.QR, sc.ForcedBy = "một tờ giấy", "Tổ trưởng" })
	if _, err := s.k.App.Admission.Scan(t.Context(), phone.Device, phone.Batch(scan)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/truc-tiep", "/so-tan"} {
		testkit.Page(t, s.organiserWeb.Get(root+path).Body).In("#unplaced").HasText("1").HasText("lượt vào chưa đối chiếu hoặc không có trong danh sách")
	}
}

// TestPassesOfAKilledKeyAreIssuedAnew: the list says how many died, one button issues
// them anew, and they are to be printed.
func TestPassesOfAKilledKeyAreIssuedAnew(t *testing.T) {
	s := newStall(t)
	keys, err := s.k.App.Passes.Keys(t.Context(), registry.SystemActor("t"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.k.App.Passes.KillKey(t.Context(), registry.SystemActor("t"), s.passes[0].KeyID, keys[0].Dying()); err != nil {
		t.Fatal(err)
	}
	form := testkit.Page(t, s.organiserWeb.Get(s.office()).Body).Form(s.office() + "/cap-lai")
	if got := s.organiserWeb.Post(s.office()+"/cap-lai", form.Fields); got.Status != 303 || !strings.Contains(got.Location, "chua-in=1") {
		t.Fatalf("%d %s", got.Status, got.Location)
	}
	page := s.organiserWeb.Get(s.office() + "?chua-in=1&trang-thai=valid")
	if n := strings.Count(page.Body, "chưa in</span>"); n < len(s.passes) {
		t.Errorf("%d new passes, %d died", n, len(s.passes))
	}
	testkit.Page(t, page.Body).None(`form[action="` + s.office() + `/cap-lai"]`)
	if got := s.organiserWeb.Post(s.office()+"/cap-lai", nil); got.Status != 409 {
		t.Errorf("again: %d", got.Status)
	}
}
