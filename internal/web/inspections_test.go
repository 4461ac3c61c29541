package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// filledIn is a record as the form of the office and of a vendor sends it.
func filledIn(in inspections.HandIn) url.Values {
	v := url.Values{"client": {in.Client}, "checklist": {in.Checklist}}
	remedy := map[string]inspections.Found{}
	for _, f := range in.Findings {
		remedy[f.Item] = f
	}
	for _, said := range in.Answers {
		v.Add("item", said.Item)
		v.Add("answer", said.Answer)
		v.Add("item_note", said.Note)
		v.Add("remedy", remedy[said.Item].Remedy)
		v.Add("item_due", remedy[said.Item].DueOn)
	}
	return v
}

func TestARecordOnPaperIsTypedIntoTheOffice(t *testing.T) {
	s := newStall(t)
	in := s.k.TypedInspection(s.pass(registry.BoothPass))
	typed := filledIn(in)
	for name, value := range map[string]string{"kind": in.Kind, "of": in.Subject.Kind, "event": in.Subject.Event, "booth": in.Subject.Booth, "day": in.On,
		"people": "Nông Văn A, Sở Công Thương", "place": "Sân vận động"} {
		typed.Set(name, value)
	}
	form := "/quan-ly/kiem-tra/ghi"
	page := testkit.Page(t, s.organiserWeb.Get(form+"?loai=inspection&ve=booth&su-kien="+in.Subject.Event).Body)
	page.In("select[name=booth]").HasText("A05")
	typed["answer"][0] = ""
	got := s.organiserWeb.Post(form, typed)
	testkit.Page(t, got.Body).In("#faults").HasText("Mục 1")
	typed["answer"][0] = "ok"
	first := s.organiserWeb.Post(form, typed)
	if first.Status != 303 {
		t.Fatalf("%d: %s", first.Status, testkit.Page(t, first.Body).Find("main").Text())
	}
	t.Run("sent again it is the same record", func(t *testing.T) {
		if again := s.organiserWeb.Post(form, typed); again.Status != 303 || again.Header.Get("Location") != first.Header.Get("Location") {
			t.Errorf("%d %s", again.Status, again.Header.Get("Location"))
		}
	})
	t.Run("its page waits for a person, because the stall was looked at before", func(t *testing.T) {
		page := testkit.Page(t, s.organiserWeb.Get(first.Header.Get("Location")).Body)
		page.Find("main").HasText("Hai biên bản cùng gian, cùng ngày")
		page.Find("main").HasText("2 túi miến không ghi địa chỉ")
		if got := s.organiserWeb.Post(first.Header.Get("Location")+"/ghep", url.Values{"other": {string(s.record)}, "lead": {""}}); got.Status != 303 {
			t.Errorf("%d", got.Status)
		}
		testkit.Page(t, s.organiserWeb.Get("/quan-ly/kiem-tra/"+string(s.record)).Body).Find("main").HasText("Biên bản này theo biên bản kia")
	})
	t.Run("the hub of the event counts both", func(t *testing.T) {
		testkit.Page(t, s.organiserWeb.Get("/quan-ly/su-kien/"+string(s.event.ID)).Body).In("#kiem-tra").HasText("2 biên bản, 2 điều chưa khắc phục xong")
	})
	t.Run("a finding that is handed over says to whom and what is still to come", func(t *testing.T) {
		at := "/quan-ly/kiem-tra/" + string(s.record) + "/dieu/" + string(s.finding)
		step := url.Values{"version": {"1"}, "state": {"handed_over"}, "handed_on": {s.k.App.Today()}, "handed_to": {"Đội QLTT số 3"}, "dossier": {"12"}}
		if got := s.organiserWeb.Post(at, step); got.Status != 303 {
			t.Fatalf("%d: %s", got.Status, testkit.Page(t, got.Body).Find("main").Text())
		}
		testkit.Page(t, s.organiserWeb.Get("/quan-ly/kiem-tra/"+string(s.record)).Body).In("#dieu-" + string(s.finding)).HasText("chưa trả lời")
	})
	t.Run("the file lists both and names nobody who was there", func(t *testing.T) {
		csv := s.organiserWeb.Get("/quan-ly/kiem-tra/xuat/csv").Body
		if strings.Count(csv, "A05") != 2 || strings.Contains(csv, "Nguyễn Thị C") || strings.Contains(csv, "Nông Văn A") {
			t.Errorf("%s", csv)
		}
	})
}

// TestARecordThatDoesNotFitSaysWhy chooses what no record can be about, in every kind.
func TestARecordThatDoesNotFitSaysWhy(t *testing.T) {
	s := newStall(t)
	form := "/quan-ly/kiem-tra/ghi"
	t.Run("the first visit has no fault", func(t *testing.T) {
		testkit.Page(t, s.organiserWeb.Get(form).Body).None("#faults")
	})
	for _, kind := range inspection.Kinds {
		for _, of := range inspection.SubjectKinds {
			at, words := "", ""
			if !kind.About(of) {
				at, words = "#e-ve", "không ghi về đối tượng ấy"
			} else if kind.AtEvent(of) {
				at, words = "#e-su-kien", "Hãy điền ô này"
			}
			t.Run(string(kind)+" of "+string(of), func(t *testing.T) {
				page := testkit.Page(t, s.organiserWeb.Get(form+"?loai="+string(kind)+"&ve="+string(of)).Body)
				if at == "" {
					page.None("#faults")
					page.In("select[name=answer]")
					return
				}
				page.In(at).HasText(words)
				page.In("#faults").HasText(words)
			})
		}
	}
}

func TestWhatEverybodyReadsOfAnInspection(t *testing.T) {
	k := testkit.NewApp(t)
	stall := k.Stall(k.Event(testkit.InState(registry.Running)), 1)
	booth := testkit.PassesOfKind(stall, registry.BoothPass)[0]
	c := testkit.NewClient(t, k.Serve())
	seen := func(want string) {
		t.Helper()
		testkit.Page(t, c.Get("/t/"+booth.Code).Body).In("#kiem-tra").HasText(want)
	}
	hides := func(what string) {
		t.Helper()
		if text := testkit.Page(t, c.Get("/t/"+booth.Code).Body).Find("main").Text(); strings.Contains(text, what) {
			t.Errorf("everybody reads %q", what)
		}
	}
	seen("Chưa kiểm tra ở phiên này")
	k.HandedIn(k.TypedInspection(booth))
	seen("Kiểm tra gần nhất")
	hides("Chưa đạt yêu cầu")
	safety := k.TypedInspection(booth)
	for i, said := range safety.Answers {
		if said.Item == "counterfeit" {
			safety.Answers[i].Answer, safety.Answers[i].Note = "not_ok", "chai dầu gội của bà Hoa 0912345678"
		}
	}
	k.HandedIn(safety)
	seen("Chưa đạt yêu cầu: “Không có hàng giả")
	hides("quá hạn")
	hides("bà Hoa")
	k.Clock.Set(k.Clock.Now().AddDate(0, 1, 0))
	seen("đã quá hạn")
}

func TestAVendorChecksItselfBeforeTheOpening(t *testing.T) {
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running), func(e *registry.Event) { e.SelfCheck = true })
	v, _, token := k.OwnVendor()
	organiser, _ := k.Officer(registry.Organiser, "19")
	application := k.Application(event, v.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(k.Product(v)))
	free := k.Booths(event.ID, "A", 1)
	testkit.Works(t, k.App.Booths.AssignBooth(t.Context(), organiser, booths.BoothRef{Event: event.ID, Booth: free[0].ID}, application.ID))
	_, passes, _, err := k.App.Passes.EventPasses(t.Context(), organiser, registry.PassFilter{Event: event.ID, Kind: registry.BoothPass})
	testkit.Works(t, err)
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	sign := func() string { return testkit.Page(t, c.Get("/t/"+passes[0].Code).Body).In(".seal").Text() }
	if !strings.Contains(sign(), "Gian chưa được mở") {
		t.Errorf("at first the sign says %q", sign())
	}
	home := "/gian-hang/" + string(v.ID)
	testkit.Page(t, c.Get(home).Body).Find("main").HasText("Tự kiểm tra trước khi mở gian")
	testkit.Page(t, c.Get(home+"/don/"+string(application.ID)).Body).In("#truoc-khi-mo").HasText("A01: chưa tự kiểm tra")
	send := func(bad ...string) {
		t.Helper()
		in := k.TypedCheck(registry.PassRow{Pass: passes[0].Pass}, bad...)
		in.Client = uuid.NewString()
		typed := filledIn(in)
		typed.Del("remedy")
		typed.Del("item_due")
		typed.Set("present", "Nguyễn Thị C")
		if got := c.Post(home+"/don/"+string(application.ID)+"/tu-kiem-tra", typed); got.Status != 303 {
			t.Fatalf("%d: %s", got.Status, testkit.Page(t, got.Body).Find("main").Text())
		}
	}
	send("expiry")
	testkit.Page(t, c.Get(home+"/don/"+string(application.ID)).Body).In("#truoc-khi-mo").HasText("còn mục không đạt")
	send()
	if strings.Contains(sign(), "Gian chưa được mở") {
		t.Errorf("checked, the sign says %q", sign())
	}
	t.Run("another vendor does not check for it", func(t *testing.T) {
		_, _, other := k.OwnVendor()
		stranger := testkit.NewClient(t, c.Base)
		stranger.SignInAs(other)
		if got := stranger.Get(home + "/don/" + string(application.ID) + "/tu-kiem-tra"); got.Status != 404 {
			t.Errorf("%d", got.Status)
		}
	})
	t.Run("it reads what was found at its stall and keeps a copy of the minutes", func(t *testing.T) {
		record := k.HandedIn(k.TypedInspection(registry.PassRow{Pass: passes[0].Pass}))
		page := home + "/bien-ban/" + string(record.ID)
		href := testkit.Page(t, c.Get(page).Body).In(".actions a").Attr("href")
		if got := c.Get(href); got.Status != 200 || !strings.HasPrefix(got.Body, "%PDF-") {
			t.Errorf("%d %.40q", got.Status, got.Body)
		}
		_, _, other := k.OwnVendor()
		stranger := testkit.NewClient(t, c.Base)
		stranger.SignInAs(other)
		for _, path := range []string{page, href} {
			if got := stranger.Get(path); got.Status != 404 {
				t.Errorf("another vendor reads %s: %d", path, got.Status)
			}
		}
	})
	t.Run("its own check stands in the register", func(t *testing.T) {
		n, err := k.App.Inspections.Count(t.Context(), organiser, inspection.Filter{Kind: inspection.VendorSelf})
		if err != nil || n != 2 {
			t.Errorf("%d, %v", n, err)
		}
	})
}

func TestInspectorsBeginWithWhatWaitsForThem(t *testing.T) {
	s := newStall(t)
	c := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Inspector, "19")
	c.SignInAs(token)
	testkit.Page(t, c.Get("/quan-ly").Body).In(".tiles").HasText("Kiểm tra: quá hạn khắc phục")
	_, token = s.k.Officer(registry.Inspector, "01")
	c.SignInAs(token)
	if got := c.Get("/quan-ly/kiem-tra/" + string(s.record)); got.Status != 404 {
		t.Errorf("an inspector elsewhere reads the record: %d", got.Status)
	}
}
