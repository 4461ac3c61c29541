package web_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// officeClient is a browser signed in with a role in an area.
func officeClient(t *testing.T, k *testkit.Kit, base string, role registry.Role, area string) *testkit.Client {
	t.Helper()
	_, token := k.Officer(role, area)
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	return c
}

// sendForm posts a form as multipart, as its page asks, with a cover if there is one.
func sendForm(t *testing.T, c *testkit.Client, path string, fields url.Values, cover []byte) testkit.Answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, v := range values {
			w.WriteField(name, v)
		}
	}
	if cover != nil {
		part, err := w.CreateFormFile("cover", "a.png")
		if err != nil {
			t.Fatal(err)
		}
		part.Write(cover)
	}
	w.Close()
	return c.Do(http.MethodPost, path, w.FormDataContentType(), &body)
}

func TestOrganiserMakesEditsAndAnnouncesAnEvent(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	form := testkit.Page(t, organiser.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi")
	if form.Enctype != "multipart/form-data" {
		t.Errorf("the form is sent as %q", form.Enctype)
	}
	var cover bytes.Buffer
	if err := png.Encode(&cover, image.NewRGBA(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	form = form.Set("title", "Phiên chợ Ba Bể").Set("first_day", "27/11/2026").Set("last_day", "29/11").Set("area", "ba be").Set("venue", "Sân vận động").
		Set("place", "https://www.openstreetmap.org/#map=16/22.4034/105.6166").Set("organiser", "Trung tâm XTTM").
		Set("item_day", "28/11", "", "").Set("item_starts", "16h", "8h", "").Set("item_ends", "", "", "").
		Set("item_title", "Hát then", "Khai mạc", "").Set("item_place", "", "sân khấu", "").
		Set("apply_from", "22/11/2026").Set("apply_until", "25/11/2026").Set("booths", "20")
	made := sendForm(t, organiser, form.Action, form.Fields, cover.Bytes())
	if made.Status != http.StatusSeeOther {
		t.Fatalf("creating answers %d: %s", made.Status, testkit.Page(t, made.Body).Find(".faults").Text())
	}
	hub := testkit.Page(t, organiser.Get(made.Location).Body)
	hub.In("h1").HasText("Phiên chợ Ba Bể")
	hub.In(".flash").HasText("Đã lưu bản nháp")
	hub.In("main").HasText("Bản nháp").HasText("xã Ba Bể, Thái Nguyên").HasText("T6 27/11/2026: 07:30–17:00").HasText("Khai mạc").
		HasText("Sự kiện nằm trong quyết định hoặc kế hoạch nào").HasText("22/11/2026 đến hết 25/11/2026")

	edit := testkit.Page(t, organiser.Get(made.Location+"/sua").Body).Form(strings.TrimPrefix(made.Location, "") + "/sua")
	edit = edit.Set("title", "Phiên chợ Ba Bể 2026").Set("day_out", "28/11/2026").Set("day_closes", "", "", "12h").
		Set("item_day", "29/11/2026", "", "", "", "").Set("item_title", "Bế mạc", "", "", "", "").Set("item_starts", "9h", "", "", "", "").
		Set("item_ends", "", "", "", "", "").Set("item_place", "", "", "", "", "")
	if a := sendForm(t, organiser, edit.Action, edit.Fields, nil); a.Status != http.StatusSeeOther {
		t.Fatalf("editing answers %d: %s", a.Status, testkit.Page(t, a.Body).Find(".faults").Text())
	}
	page := organiser.Get(made.Location)
	main := testkit.In(t, page.Body, "main").HasText("Phiên chợ Ba Bể 2026").HasText("CN 29/11/2026: 07:30–12:00").LacksText("28/11/2026").HasText("Bế mạc")
	ask := testkit.Page(t, organiser.Get(main.In(`a[href="`+made.Location+`/buoc?den=announced"]`).HasText("Công bố").Attr("href")).Body)
	ask.In("main").HasText("Công bố sự kiện này?").HasText("2 ngày họp (27–29/11/2026), tại Sân vận động").HasText("0 gian, 0 cổng").
		HasText("gửi đơn được ngay, đến hết 25/11/2026").HasText("không gửi thư").HasText("Rút về bản nháp được")
	announce := ask.Form(made.Location + "/buoc")
	if a := organiser.Post(announce.Action, announce.Fields); a.Status != http.StatusSeeOther {
		t.Fatalf("announcing answers %d", a.Status)
	}
	after := testkit.Page(t, organiser.Get(made.Location).Body)
	after.In(".flash").HasText("Đã công bố. Đang nhận đơn đến hết 25/11/2026.")
	after.In(`#nen-lam a[href="` + made.Location + `/gian/them"]`).HasText("Tạo gian (0/20)")
	after.In(`#nen-lam a[href="` + made.Location + `/cong"]`).HasText("Thêm cổng")
	visitor := testkit.NewClient(t, organiser.Base)
	public := testkit.Page(t, visitor.Get("/su-kien/phien-cho-ba-be").Body)
	public.In("h1").HasText("Phiên chợ Ba Bể 2026")
	public.In("main").HasText("Đang nhận đơn")
	if src := public.In(".cover img").Attr("src"); visitor.Get(src).Status != http.StatusOK {
		t.Errorf("the cover %s is not served", src)
	}
}

func TestWrongEventFormComesBackFilledIn(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	form := testkit.Page(t, organiser.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi")
	form = form.Set("title", "Phiên chợ <b>").Set("first_day", "31/02/2027").Set("opens_at", "21h").Set("closes_at", "8h").Set("area", "khong co xa nay").
		Set("venue", "").Set("place", "gần chợ").Set("item_title", "Hát then", "", "").Set("booths", "-3").
		Set("staff_passes", "abc").Set("apply_until", "25/11").Set("legal_issued_on", "30/11").Set("last_day", "15/Giêng").Set("quota_max", slices.Concat([]string{"nhiều", "5"}, form.Fields["quota_max"][2:])...)
	a := sendForm(t, organiser, form.Action, form.Fields, nil)
	if a.Status != http.StatusUnprocessableEntity {
		t.Fatalf("answers %d", a.Status)
	}
	sound(t, form.Action, a.Body)
	page := testkit.Page(t, a.Body)
	for _, link := range []string{"#f-first_day", "#f-closes_at", "#f-area", "#f-venue", "#f-place", "#f-organiser", "#f-booths", "#f-staff_passes", "#f-quotas", "#f-items"} {
		id := strings.TrimPrefix(page.In(`.faults a[href="`+link+`"]`).Attr("href"), "#")
		page.In("#" + id)
	}
	page.In("#e-area").HasText("Không")
	page.In(`.faults a[href="#f-venue"]`).HasText("Nơi tổ chức: Hãy điền ô này.")
	page.In(`.faults a[href="#f-quotas"]`).HasText("Giới hạn theo nhóm hàng: ")
	if at := page.In("#e-venue").Text(); strings.Contains(at, "Nơi tổ chức") {
		t.Errorf("at the field its name is said again: %s", at)
	}
	back := page.Form("/quan-ly/su-kien/moi").Fields
	for name, want := range map[string]string{"title": "Phiên chợ <b>", "first_day": "31/02/2027", "area": "khong co xa nay", "place": "gần chợ", "item_title": "Hát then",
		"staff_passes": "abc", "booths": "-3", "quota_max": "nhiều",
		"apply_until": "25/11/2026", "legal_issued_on": "30/11/2025", "last_day": "20/02/2027"} { // what was read, in its year
		if got := back.Get(name); got != want {
			t.Errorf("%s came back as %q, want %q", name, got, want)
		}
	}
	page.In("#e-staff_passes").HasText("Chỉ ghi số")
	page.In("#e-apply_from").HasText("nên cần cả ngày bắt đầu nhận")
	short := form.Fields
	short["item_place"] = []string{"x"}
	if a := sendForm(t, organiser, form.Action, short, nil); a.Status != http.StatusBadRequest {
		t.Errorf("columns of unequal length answer %d", a.Status)
	}
	short["item_place"], short["extra"] = []string{"", "", ""}, []string{"x"}
	if a := sendForm(t, organiser, form.Action, short, nil); a.Status != http.StatusBadRequest {
		t.Errorf("an unknown field answers %d", a.Status)
	}
	if n := len(testkit.Page(t, organiser.Get("/quan-ly/su-kien?xem=tat-ca").Body).Find("tbody tr").Each()); n != 0 {
		t.Errorf("%d events were made", n)
	}
}

func TestEveryStepIsToldInWordsOfItsOwn(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	said := map[string]string{}
	for _, from := range registry.EventStates {
		for _, to := range lifecycle.HandSteps(from) {
			edge := string(from) + "." + string(to)
			lands := []string{""}
			if to == registry.Announced {
				lands = []string{".window_none", ".announced", ".open", ".closed", ".running", ".ended"}
			}
			for _, land := range lands {
				for _, lang := range []string{i18n.Vietnamese, i18n.English} {
					text := i18n.T(lang, "event.flash.step."+edge+land, "10/02/2027")
					if !i18n.Has("event.flash.step."+edge+land) || said[text] != "" {
						t.Errorf("%s%s in %s is %q, as %s", edge, land, lang, text, said[text])
					}
					said[text] = edge + land
				}
			}
		}
	}
}

// TestAnnouncingSaysWhatFollows walks the states that an event is announced from.
func TestAnnouncingSaysWhatFollows(t *testing.T) {
	k := testkit.NewApp(t)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	for from, want := range map[registry.EventState][]string{
		registry.Draft:     {"3 ngày họp", "0 gian, 0 cổng", "không gửi thư", "Rút về bản nháp được"},
		registry.Planned:   {"3 ngày họp", "1 đơn đã có được giữ nguyên; 0 thẻ", "không rút về bản nháp được nữa"},
		registry.Postponed: {"1 đơn đã có được giữ nguyên; 0 thẻ", "1 cơ sở không có e-mail: phải gọi điện"},
	} {
		e := k.Event(testkit.InState(from))
		if from != registry.Draft {
			k.Application(e, k.Vendor().ID)
		}
		root := "/quan-ly/su-kien/" + string(e.ID)
		ask := testkit.Page(t, organiser.Get(root+"/buoc?den=announced").Body)
		for _, text := range want {
			ask.In("main").HasText(text)
		}
		form := ask.Form(root + "/buoc")
		if a := organiser.Post(form.Action, form.Fields); a.Status != http.StatusSeeOther {
			t.Errorf("announcing from %s answers %d", from, a.Status)
		}
		if a := organiser.Post(form.Action, form.Fields); a.Status != http.StatusConflict || strings.Contains(a.Body, `value="announced"`) {
			t.Errorf("announcing from %s twice answers %d", from, a.Status)
		}
	}
}

func TestFlashShowsNothingButDates(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	for value, shown := range map[string]int{"event.flash.saved": 1, "event.flash.step.closed.open@2027-02-10": 1, "event.flash.step.closed.open@anything": 0, "nothing": 0} {
		c.SetCookie("flash", value)
		if n := testkit.Page(t, c.Get("/su-kien").Body).Find(".flash").Count(); n != shown {
			t.Errorf("%s shows %d messages, want %d", value, n, shown)
		}
	}
}

func TestDateFieldsAreShapedInTheLanguageOfThePage(t *testing.T) {
	k := testkit.NewApp(t)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	for lang, shape := range map[string]string{"vi": "ngày/tháng/năm", "en": "dd/mm/yyyy"} {
		organiser.SetCookie("lang", lang)
		testkit.Page(t, organiser.Get("/quan-ly/su-kien/moi").Body).In("#f-first_day").HasAttr("placeholder", shape).HasAttr("aria-required", "true")
	}
}

func TestStaleEventFormIsAConflict(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event()
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	path := "/quan-ly/su-kien/" + string(e.ID) + "/sua"
	first := testkit.Page(t, organiser.Get(path).Body).Form(path)
	second := first.Set("title", "Tên của người thứ hai")
	if a := sendForm(t, organiser, path, first.Set("title", "Tên của người thứ nhất").Fields, nil); a.Status != http.StatusSeeOther {
		t.Fatalf("the first answers %d", a.Status)
	}
	late := sendForm(t, organiser, path, second.Fields, nil)
	if late.Status != http.StatusConflict {
		t.Fatalf("the second answers %d", late.Status)
	}
	page := testkit.Page(t, late.Body)
	page.In(".faults").HasText("Có người vừa sửa mục này")
	again := page.Form(path)
	if again.Fields.Get("title") != "Tên của người thứ hai" || again.Fields.Get("version") != "1" || again.Fields.Has("over") {
		t.Errorf("the form came back with %q, version %s", again.Fields.Get("title"), again.Fields.Get("version"))
	}
	page.In("#stale tbody tr").HasCount(1).HasText("Tên của người thứ nhất").HasText("Tên của người thứ hai")
	if a := sendForm(t, organiser, path, again.Fields, nil); a.Status != http.StatusConflict {
		t.Errorf("saving again without choosing answers %d", a.Status)
	}
	chosen := again.Set("over", page.In("#f-over").Attr("value"))
	if a := sendForm(t, organiser, path, first.Set("version", "2").Fields, nil); a.Status != http.StatusSeeOther {
		t.Fatalf("a third save answers %d", a.Status)
	}
	if a := sendForm(t, organiser, path, chosen.Fields, nil); a.Status != http.StatusConflict {
		t.Errorf("choosing against what was shown goes over what was not: %d", a.Status)
	}
	if a := sendForm(t, organiser, path, chosen.Set("over", "3").Fields, nil); a.Status != http.StatusSeeOther {
		t.Errorf("saving over it answers %d", a.Status)
	}
}

func TestEventFormTellsThatTheCoverIsLost(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	form := testkit.Page(t, organiser.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi")
	bad := sendForm(t, organiser, form.Action, form.Fields, []byte("any photo"))
	testkit.In(t, bad.Body, "#e-cover").HasText("chọn lại ảnh")
	if without := sendForm(t, organiser, form.Action, form.Fields, nil); strings.Contains(without.Body, "e-cover") {
		t.Error("who chose no photo is told to choose it again")
	}
}

func TestCancellingAsksForAReason(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event()
	v, _, _ := k.OwnVendor()
	k.Application(e, v.ID)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(e.ID)
	ask := testkit.Page(t, organiser.Get(testkit.In(t, organiser.Get(root).Body, `a[href="`+root+`/buoc?den=cancelled"]`).Attr("href")).Body)
	ask.In("main").HasText("Hủy sự kiện này?").HasText("Mọi đơn đăng ký (1) bị hủy, 0 thẻ").HasText("1 cơ sở nhận thư")
	form := ask.Form(root + "/buoc")
	empty := organiser.Post(form.Action, form.Fields)
	if empty.Status != http.StatusUnprocessableEntity {
		t.Fatalf("without a reason: %d", empty.Status)
	}
	testkit.In(t, empty.Body, `.faults a[href="#f-reason"]`)
	if a := organiser.Post(form.Action, form.Set("reason", "Bão số 9").Fields); a.Status != http.StatusSeeOther {
		t.Fatalf("cancelling answers %d", a.Status)
	}
	testkit.In(t, organiser.Get(root).Body, "main").HasText("Đã hủy").LacksText("Hủy sự kiện…").LacksText("Sửa thông tin")
	if a := organiser.Post(form.Action, form.Set("reason", "lần nữa").Fields); a.Status != http.StatusConflict {
		t.Errorf("cancelling twice answers %d", a.Status)
	}
	for _, path := range []string{"/buoc?den=cancelled", "/buoc?den=running", "/buoc?den=x"} {
		if a := organiser.Get(root + path); a.Status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, a.Status)
		}
	}
}

// TestReasonSaysWhoReadsIt walks the steps that ask for a reason: what is said of its
// readers is what becomes of it, also when the form comes back.
func TestReasonSaysWhoReadsIt(t *testing.T) {
	k := testkit.NewApp(t)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	officer, _ := k.Officer(registry.Organiser, "19")
	for _, x := range []struct {
		from, to registry.EventState
		public   bool
	}{{registry.Open, registry.Cancelled, true}, {registry.Running, registry.Postponed, true}, {registry.Running, registry.Running, false}} {
		e := k.Event(testkit.InState(x.from))
		if x.from == x.to {
			if err := k.App.Lifecycle.StepEvent(t.Context(), officer, e.ID, lifecycle.StepInput{To: registry.Ended, Version: e.Version}); err != nil {
				t.Fatal(err)
			}
		}
		root := "/quan-ly/su-kien/" + string(e.ID)
		asked := organiser.Get(root + "/buoc?den=" + string(x.to))
		form := testkit.Page(t, asked.Body).Form(root + "/buoc")
		again := organiser.Post(form.Action, form.Set("reason", " ").Fields)
		for _, page := range []testkit.Answer{asked, again} {
			hint := testkit.In(t, page.Body, "#h-reason").Text()
			if told := !strings.Contains(hint, "chỉ ghi vào nhật ký"); told != x.public {
				t.Errorf("%s to %s (%d): %q", x.from, x.to, page.Status, hint)
			}
		}
	}
}

func TestMoveAndCopyByForm(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	e := k.Event()
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(e.ID)
	move := testkit.Page(t, organiser.Get(root+"/doi").Body).Form(root + "/doi")
	if a := organiser.Post(move.Action, move.Set("area", "xa la").Fields); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a move without reason to nowhere answers %d", a.Status)
	} else {
		testkit.In(t, a.Body, `.faults a[href="#f-reason"]`)
		testkit.In(t, a.Body, `.faults a[href="#f-area"]`)
	}
	move = move.Set("reason", "Sân đang sửa").Set("first_day", "10/12/2026").Set("last_day", "12/12/2026").Set("area", "duc xuan").Set("area_ref", "")
	if a := organiser.Post(move.Action, move.Fields); a.Status != http.StatusSeeOther {
		t.Fatalf("moving answers %d: %s", a.Status, testkit.Page(t, a.Body).Find(".faults").Text())
	}
	testkit.In(t, organiser.Get(root).Body, "main").HasText("Đã dời").HasText("phường Đức Xuân").HasText("10–12/12/2026")

	clone := testkit.Page(t, organiser.Get(root+"/nhan-ban").Body).Form(root + "/nhan-ban")
	if got := clone.Fields.Get("first_day-1"); got != "17/12/2026" {
		t.Errorf("the copy is proposed on %s", got)
	}
	if a := organiser.Post(clone.Action, clone.Set("first_day-1", "31/02").Fields); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("31/02 answers %d", a.Status)
	}
	if a := organiser.Post(clone.Action, url.Values{"area-21": {"x"}}); a.Status != http.StatusBadRequest {
		t.Errorf("a row beyond the most answers %d", a.Status)
	}
	made := organiser.Post(clone.Action, clone.Fields)
	if made.Status != http.StatusSeeOther || made.Location == root {
		t.Fatalf("copying answers %d to %s", made.Status, made.Location)
	}
	testkit.In(t, organiser.Get(made.Location).Body, "main").HasText("Bản nháp").HasText("17–19/12/2026").HasText("phường Đức Xuân")
	running := k.Event(testkit.InState(registry.Running))
	if a := organiser.Get("/quan-ly/su-kien/" + string(running.ID) + "/doi"); a.Status != http.StatusConflict {
		t.Errorf("moving a running event answers %d", a.Status)
	}
}

func TestWhoOpensTheOfficePagesOfAnEvent(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Draft))
	base := k.Serve()
	root := "/quan-ly/su-kien/" + string(e.ID)
	_, vendorToken := k.VendorAccount()
	vendor := testkit.NewClient(t, base)
	vendor.SignInAs(vendorToken)
	for who, c := range map[string]struct {
		client      *testkit.Client
		read, write int
	}{
		"nobody":          {testkit.NewClient(t, base), 401, 401},
		"vendor":          {vendor, 404, 404},
		"other organiser": {officeClient(t, k, base, registry.Organiser, "01"), 404, 404},
		"other commune":   {officeClient(t, k, base, registry.Organiser, "01840"), 404, 404},
		"viewer":          {officeClient(t, k, base, registry.Viewer, "19"), 200, 404},
		"mixed roles": {func() *testkit.Client {
			a := k.Account("Hai vai", registry.Grant{Role: registry.Viewer, Area: "19"}, registry.Grant{Role: registry.Organiser, Area: "01"})
			_, token := k.SignedIn(a)
			client := testkit.NewClient(t, base)
			client.SignInAs(token)
			return client
		}(), 200, 403},
		"own organiser": {officeClient(t, k, base, registry.Organiser, "01906"), 200, 200},
	} {
		if got := c.client.Get(root).Status; got != c.read && !(c.read == 401 && got == 303) {
			t.Errorf("%s reads the hub: %d, want %d", who, got, c.read)
		}
		for _, path := range []string{"/sua", "/nhan-ban"} {
			if got := c.client.Get(root + path).Status; got != c.write && !(c.write == 401 && got == 303) {
				t.Errorf("%s opens %s: %d, want %d", who, path, got, c.write)
			}
		}
		if c.write == 200 {
			continue
		}
		for _, path := range []string{"/sua", "/buoc", "/doi", "/nhan-ban"} {
			got := c.client.Post(root+path, url.Values{"to": {"planned"}, "version": {"1"}}).Status
			if got < 400 && !(c.write == 401 && got == 303) {
				t.Errorf("%s posts to %s: %d", who, path, got)
			}
		}
	}
	k.Read(func(tx *store.Tx) error {
		got, err := tx.Event(t.Context(), e.ID)
		if got.Version != 1 {
			t.Errorf("somebody changed the event: version %d", got.Version)
		}
		return err
	})
}

func TestDeskSaysWhatWaits(t *testing.T) {
	k := testkit.NewApp(t)
	base := k.Serve()
	reviewer := officeClient(t, k, base, registry.Organiser, "19")
	testkit.In(t, reviewer.Get("/quan-ly").Body, "h1").HasText("Không có việc nào đang chờ")
	e := k.Event()
	k.Booths(e.ID, "A", 5)
	for i := range 4 {
		v := k.Vendor()
		k.Application(e, v.ID, func(a *registry.Application) { a.SubmittedAt -= int64(i) * 3 * 24 * time.Hour.Milliseconds() })
	}
	k.Event(testkit.InState(registry.Running))
	k.Event(testkit.InState(registry.Ended))
	k.Event(testkit.InState(registry.Planned), testkit.Titled("Hội chợ thương nhân"), func(e *registry.Event) {
		e.Legal = registry.LegalBasis{Registration: registry.RegistrationToFile}
	})
	page := testkit.Page(t, reviewer.Get("/quan-ly").Body)
	page.In("h1").HasText("4 đơn chờ duyệt, 2 đơn quá hạn")
	page.In(".tiles").HasText("Lượt khách hôm nay 0 Phiên chợ").HasText("Gian còn trống, 30 ngày tới 5").HasText("Xã chưa có phiên nào năm nay 91 / 92").HasText("Sự kiện chờ báo cáo 1")
	page.In("main").HasText("Hội chợ thương nhân").HasText("Đã quá hạn nộp hồ sơ đăng ký")
	for _, href := range []string{"/quan-ly", "/quan-ly/su-kien", "/quan-ly/don"} {
		page.In(`.rail a[href="` + href + `"]`)
	}
	page.None(`.rail a[href="/quan-ly/nguoi-dung"]`).None(`.rail a[href="/quan-ly/khoa"]`)
	elsewhere := testkit.Page(t, officeClient(t, k, base, registry.Organiser, "01").Get("/quan-ly").Body)
	elsewhere.In("h1").HasText("Không có việc nào đang chờ")
	elsewhere.In("main").LacksText("Hội chợ thương nhân").LacksText("Xã chưa có phiên nào năm nay")
}

func TestOfficeListKeepsToTheArea(t *testing.T) {
	k := testkit.NewApp(t)
	ours := k.Event(testkit.Titled("Phiên chợ Ba Bể xuân"))
	draft := k.Event(testkit.InState(registry.Draft))
	theirs := k.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "00004"}))
	over := k.Event(testkit.InState(registry.Ended))
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "01906")
	for path, want := range map[string][]registry.Event{
		"":                         {ours, draft},
		"?xem=nhap":                {draft},
		"?xem=da-qua":              {over},
		"?xem=tat-ca":              {ours, draft, over},
		"?xem=tat-ca&q=XUAN":       {ours},
		"?xem=tat-ca&loai=fair":    {},
		"?xem=tat-ca&q=%25&tu=x.y": {ours, draft, over},
	} {
		rows := testkit.Page(t, organiser.Get("/quan-ly/su-kien"+path).Body).Find("tbody tr")
		if rows.Count() != len(want) {
			t.Errorf("%q lists %d events, want %d", path, rows.Count(), len(want))
		}
		for _, e := range want {
			rows.HasText(e.Title)
		}
		rows.LacksText(theirs.Title)
	}
}

// TestFormsSayBeforehandWhoIsTold opens the forms that change what vendors rely on:
// they say whom that reaches; unsent drafts count nowhere.
func TestFormsSayBeforehandWhoIsTold(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	e, draft, over := k.Event(), k.Event(testkit.InState(registry.Draft)), k.Event(testkit.InState(registry.Ended))
	mailed, _, _ := k.OwnVendor()
	k.Application(e, mailed.ID, testkit.Standing(registry.AppApproved))
	k.Application(e, k.Vendor().ID)
	k.Application(e, k.Vendor().ID, testkit.Standing(registry.AppDraft))
	root := func(e registry.Event) string { return "/quan-ly/su-kien/" + string(e.ID) }
	for _, path := range []string{"/sua", "/doi"} {
		testkit.In(t, answers(t, organiser.Get(root(e)+path), 200).Body, "main .banner").HasText("1 cơ sở nhận thư; 1 cơ sở không có e-mail")
	}
	for _, other := range []registry.Event{draft, over} {
		testkit.In(t, answers(t, organiser.Get(root(other)+"/sua"), 200).Body, "main").LacksText("được báo ngay")
	}
	testkit.In(t, answers(t, organiser.Get(root(e)+"/buoc?den=postponed"), 200).Body, "main").HasText("Đơn (2)")
}
