package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/app/events"
	"hoicho/internal/app/planning"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

const newSeries = "/quan-ly/lich-nam/loat/moi"

// seriesFrom makes a series of two sessions that copy a draft.
func seriesFrom(t *testing.T, k *testkit.Kit, organiser registry.Actor) recurrence.SeriesID {
	t.Helper()
	pattern := k.Event(testkit.InState(registry.Draft))
	in := planning.Input{Pattern: string(pattern.ID), Kind: "branch", Branches: []string{"5", "11"}, First: "1/1/2027", Last: "31/1/2027"}
	s, _, err := k.App.Planning.Create(t.Context(), organiser, in, []string{"2027-01-02", "2027-01-08"})
	if err != nil {
		t.Fatal(err)
	}
	return s.ID
}

// plans is an organiser in front of the form of a series.
type plans struct {
	*testkit.Client
	k       *testkit.Kit
	pattern registry.Event
}

func newPlans(t *testing.T) plans {
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Organiser, "19")
	p := plans{testkit.NewClient(t, k.Serve()), k, k.Event(testkit.InState(registry.Draft))}
	p.SignInAs(token)
	return p
}

func (p plans) form(change url.Values) url.Values {
	f := url.Values{"pattern": {string(p.pattern.ID)}, "kind": {"lunar_days"}, "days": {"5-10-15-20-25-30"}, "short": {"skip"}, "first": {"01/01/2027"},
		"last": {"31/03/2027"}, "do": {"xem"}}
	for name, values := range change {
		f[name] = values
	}
	return f
}

func TestSeriesIsPlannedWithoutScript(t *testing.T) {
	p := newPlans(t)
	if list := p.Get("/quan-ly/su-kien").Body; !strings.Contains(list, newSeries) {
		t.Error("the list of events does not lead to a series")
	}
	choose := p.Get(newSeries)
	if choose.Status != 200 || !strings.Contains(choose.Body, newSeries+"?mau="+string(p.pattern.ID)) {
		t.Fatalf("%d: the pattern is not offered", choose.Status)
	}
	form := p.Get(newSeries + "?mau=" + string(p.pattern.ID) + "&chu-ky=5%E2%80%9310")
	if form.Status != 200 || !strings.Contains(form.Body, `value="5-10-15-20-25-30"`) {
		t.Fatalf("%d: the usual cycle is not filled in", form.Status)
	}
	shown := p.Post(newSeries, p.form(nil))
	for _, want := range []string{"17 ngày họp", "T6 05/02/2027", "Tháng 12 âm chỉ có 29 ngày, không có ngày 30: bỏ phiên này", "Họp ngày 5, 10, 15, 20, 25 và 30 âm lịch hằng tháng"} {
		if !strings.Contains(shown.Body, want) {
			t.Errorf("the days do not say %q", want)
		}
	}
	if strings.Contains(shown.Body, `name="keys" value="2027-02-05"`) {
		t.Error("a day that is left out can be ticked")
	}
	rule := recurrence.Rule{Kind: recurrence.LunarDays, Days: []int{5, 10, 15, 20, 25, 30}, Short: recurrence.ShortSkip, First: "2027-01-01", Last: "2027-03-31"}
	create := url.Values{"do": {"tao"}, "shown": {rule.Encode()}, "keys": {"2027-01-02", "2027-01-12"}}
	changed := p.Post(newSeries, p.form(url.Values{"do": {"tao"}, "shown": {"{}"}, "keys": {"2027-01-02"}}))
	if changed.Status != 200 || !strings.Contains(changed.Body, "Cách họp đã đổi") {
		t.Errorf("a rule that was changed after its days were shown: %d", changed.Status)
	}
	made := p.Post(newSeries, p.form(create))
	if made.Status != 303 {
		t.Fatalf("created: %d\n%s", made.Status, made.Body)
	}
	if again := p.Post(newSeries, p.form(create)); again.Status != 422 || !strings.Contains(again.Body, "đã có bản sao") {
		t.Errorf("sent twice: %d", again.Status)
	}
	if strings.Contains(form.Body, "Phiên này thuộc loạt") {
		t.Error("the pattern, which is of no series, is said to be of one")
	}
	session := testkit.Page(t, p.Get(made.Location).Body).In("table a").Attr("href")
	of := testkit.Page(t, p.Get(newSeries+"?mau="+session[strings.LastIndex(session, "/")+1:]).Body).In("main .banner a")
	if of.HasText("Họp ngày 5, 10, 15, 20, 25 và 30 âm lịch"); of.Attr("href") != made.Location {
		t.Errorf("a session leads to %s, want its series", of.Attr("href"))
	}
	p.changeDays(t, made.Location)
}

// changeDays leaves a day out, puts it back and removes the drafts.
func (p plans) changeDays(t *testing.T, page string) {
	t.Helper()
	got := p.Get(page).Body
	if !strings.Contains(got, "2 phiên, 2 phiên còn là bản nháp") {
		t.Errorf("the series says nothing of its sessions: %s", got)
	}
	day := func(version string) url.Values { return url.Values{"key": {"2027-01-12"}, "version": {version}} }
	if r := p.Post(page+"/bo", day("1")); r.Status != 303 {
		t.Errorf("left out: %d", r.Status)
	}
	if r := p.Post(page+"/bo", day("1")); r.Status != 409 || !strings.Contains(r.Body, "đã bỏ rồi") {
		t.Errorf("left out twice: %d", r.Status)
	}
	if r := p.Post(page+"/lai", day("2")); r.Status != 303 {
		t.Errorf("put back: %d", r.Status)
	}
	if r := p.Post(page+"/xoa", url.Values{"version": {"1"}}); r.Status != 409 {
		t.Errorf("removed in an old version: %d", r.Status)
	}
	if r := p.Post(page+"/xoa", url.Values{"version": {"3"}}); r.Status != 303 {
		t.Errorf("removed: %d", r.Status)
	}
	if r := p.Get(page); r.Status != 404 {
		t.Errorf("the page of a series that is gone: %d", r.Status)
	}
}

func TestBadFormsOfASeries(t *testing.T) {
	p := newPlans(t)
	for name, c := range map[string]struct {
		change url.Values
		status int
		says   string
	}{
		"a day that is none":      {url.Values{"days": {"2-7-31"}}, 422, "không phải ngày"},
		"no day":                  {url.Values{"days": {""}}, 422, "f-days"},
		"a kind that is none":     {url.Values{"kind": {"daily"}}, 422, "Hãy chọn một mục"},
		"a field of another kind": {url.Values{"branches": {"1"}}, 422, "thuộc cách họp khác"},
		"thirteen months":         {url.Values{"last": {"31/01/2028"}}, 422, "12 tháng"},
		"turned round":            {url.Values{"last": {"31/12/2026"}}, 422, "từ ngày đầu trở đi"},
		"no such event":           {url.Values{"pattern": {"khong-co"}}, 404, ""},
		"a field of nobody":       {url.Values{"moon": {"1"}}, 400, ""},
	} {
		if got := p.Post(newSeries, p.form(c.change)); got.Status != c.status || !strings.Contains(got.Body, c.says) {
			t.Errorf("%s: %d without %q", name, got.Status, c.says)
		}
	}
	for _, kind := range recurrence.Kinds {
		if got := p.Get(newSeries + "?mau=" + string(p.pattern.ID) + "&kieu=" + string(kind)); got.Status != 200 {
			t.Errorf("the form of %s: %d", kind, got.Status)
		}
	}
	got := p.Get(newSeries + "?mau=" + string(p.pattern.ID) + "&kieu=daily")
	if got.Status != 200 || !strings.Contains(got.Body, "daily") {
		t.Errorf("a kind that is none in the address: %d", got.Status)
	}
}

// ticked are the days that are ticked on a page, and those that it holds without showing them.
func ticked(page string) (shown, kept int) {
	for tag := range strings.SplitSeq(page, "<input ") {
		tag, _, _ = strings.Cut(tag, ">")
		if strings.Contains(tag, `name="keys"`) && strings.Contains(tag, " checked") {
			shown++
		}
		if strings.Contains(tag, `name="keys"`) && strings.Contains(tag, `type="hidden"`) {
			kept++
		}
	}
	return shown, kept
}

// TestTicksOutliveAChangeOfTheRule: who unticked days does not do it again.
func TestTicksOutliveAChangeOfTheRule(t *testing.T) {
	p := newPlans(t)
	rule := recurrence.Rule{Kind: recurrence.LunarDays, Days: []int{5, 10, 15, 20, 25, 30}, Short: recurrence.ShortSkip, First: "2027-01-01", Last: "2027-03-31"}
	sent := url.Values{"shown": {rule.Encode()}, "keys": {"2027-01-02", "2027-01-12"}}
	longer := url.Values{"last": {"30/04/2027"}}
	for name, values := range sent {
		longer[name] = values
	}
	// two of the seventeen days that were shown, and six of April that were not
	if shown, kept := ticked(p.Post(newSeries, p.form(longer)).Body); shown != 2+6 || kept != 0 {
		t.Errorf("a month longer: %d days are ticked, %d kept", shown, kept)
	}
	longer.Set("last", "x")
	faulty := p.Post(newSeries, p.form(longer)).Body
	if shown, kept := ticked(faulty); shown != 0 || kept != 2 || !strings.Contains(faulty, `name="shown"`) {
		t.Errorf("a date that is none: %d days are ticked, %d kept", shown, kept)
	}
	if shown, kept := ticked(p.Post(newSeries, p.form(nil)).Body); shown != 17 || kept != 0 {
		t.Errorf("at first %d days are ticked, %d kept", shown, kept)
	}
}

// TestASeriesWithoutSessionsCanGo: else the event that it copies could never be deleted.
func TestASeriesWithoutSessionsCanGo(t *testing.T) {
	p := newPlans(t)
	rule := recurrence.Rule{Kind: recurrence.LunarDays, Days: []int{5, 10, 15, 20, 25, 30}, Short: recurrence.ShortSkip, First: "2027-01-01", Last: "2027-03-31"}
	page := p.Post(newSeries, p.form(url.Values{"do": {"tao"}, "shown": {rule.Encode()}, "keys": {"2027-01-12"}})).Location
	if r := p.Post(page+"/bo", url.Values{"key": {"2027-01-12"}, "version": {"1"}}); r.Status != 303 {
		t.Fatalf("left out: %d", r.Status)
	}
	empty := p.Get(page).Body
	if !strings.Contains(empty, page+"/xoa") || !strings.Contains(empty, "không còn phiên nào") {
		t.Error("a series without sessions cannot be deleted")
	}
	gone := p.Post(page+"/xoa", url.Values{"version": {"2"}})
	if list := p.Get(gone.Location).Body; gone.Status != 303 || !strings.Contains(list, "Đã xóa loạt phiên.") {
		t.Errorf("deleted: %d", gone.Status)
	}
	if err := p.k.App.Events.DeleteEvent(t.Context(), registry.SystemActor("test"), p.pattern.ID, p.pattern.Version); err != nil {
		t.Errorf("the event that was copied stays: %v", err)
	}
}

// TestAChangedSessionLeadsToItsOwnDeletion, which says what goes with it.
func TestAChangedSessionLeadsToItsOwnDeletion(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, token := k.Officer(registry.Organiser, "19")
	page := "/quan-ly/lich-nam/loat/" + string(seriesFrom(t, k, organiser))
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	session := testkit.Page(t, c.Get(page).Body).In("table a").Attr("href")
	if strings.Contains(c.Get(page).Body, session+"/xoa") {
		t.Error("a session as it was copied is deleted on a page of its own")
	}
	id := registry.EventID(session[strings.LastIndex(session, "/")+1:])
	e, err := k.App.Events.OfficeEvent(t.Context(), organiser, registry.ManageEvents, id)
	if err == nil {
		in := events.EventInputOf(e)
		in.Title = "Phiên chợ đầu năm"
		_, err = k.App.Events.EditEvent(t.Context(), organiser, id, in)
	}
	if err != nil || !strings.Contains(c.Get(page).Body, session+"/xoa") || c.Get(session+"/xoa").Status != 200 {
		t.Errorf("no way to delete a session that was changed: %v", err)
	}
}

// TestARuleIsChangedWithoutScript: what would happen is shown in numbers before it does.
func TestARuleIsChangedWithoutScript(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, token := k.Officer(registry.Organiser, "19")
	page := "/quan-ly/lich-nam/loat/" + string(seriesFrom(t, k, organiser))
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	if !strings.Contains(c.Get(page).Body, page+"/doi") {
		t.Fatal("the series does not lead to its change")
	}
	form := testkit.Page(t, c.Get(page+"/doi").Body)
	form.In(`input[name="version"]`)
	for _, chosen := range []string{"5", "11"} {
		form.In(`input[name="branches"][value="` + chosen + `"][checked]`)
	}
	form.In(`a[href="` + page + `/doi?kieu=weekly"]`)
	sent := url.Values{"kind": {"weekly"}, "weekdays": {"0"}, "every": {"1"}, "first": {"5/1/2027"}, "last": {"31/1/2027"}, "version": {"1"}, "do": {"xem"}}
	shown := testkit.Page(t, c.Post(page+"/doi", sent).Body)
	shown.In("main").HasText("1 phiên trước ngày bắt đầu").HasText("1 phiên nháp không theo cách họp này")
	sent.Set("do", "tao")
	sent.Set("shown", shown.In(`input[name="shown"]`).Attr("value"))
	sent.Set("keys", "2027-01-17")
	done := c.Post(page+"/doi", sent)
	after := c.Get(done.Location).Body
	if done.Status != 303 || done.Location == page || !strings.Contains(after, "xóa 1 phiên nháp") || !strings.Contains(after, "17/01/2027") {
		t.Errorf("%d to %s", done.Status, done.Location)
	}
	if again := c.Post(page+"/doi", sent); again.Status != 409 {
		t.Errorf("sent twice: %d", again.Status)
	}
}

// TestNoChangeOfARuleIsValid: it says so, and nothing is written.
func TestNoChangeOfARuleIsValid(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, token := k.Officer(registry.Organiser, "19")
	page := "/quan-ly/lich-nam/loat/" + string(seriesFrom(t, k, organiser))
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	sent := url.Values{"kind": {"branch"}, "branches": {"5", "11"}, "first": {"1/1/2027"}, "last": {"31/1/2027"}, "version": {"1"}, "do": {"xem"}}
	shown := testkit.Page(t, c.Post(page+"/doi", sent).Body)
	sent.Set("do", "tao")
	sent.Set("shown", shown.In(`input[name="shown"]`).Attr("value"))
	done := c.Post(page+"/doi", sent)
	if done.Status != 303 || done.Location != page || !strings.Contains(c.Get(page).Body, "Không có gì thay đổi.") {
		t.Errorf("%d to %s", done.Status, done.Location)
	}
	sent.Set("first", "3/1/2027")
	sent.Set("last", "4/1/2027")
	sent.Set("do", "xem")
	ends := testkit.Page(t, c.Post(page+"/doi", sent).Body)
	ends.In("main").HasText("1 phiên nháp không theo cách họp này").HasText("không có ngày nào")
	ends.In(`button[value="tao"]`)
	sent.Set("first", "1/1/2027")
	sent.Set("last", "31/1/2027")
	if f, err := k.App.Planning.Series(t.Context(), organiser, recurrence.SeriesID(page[strings.LastIndex(page, "/")+1:])); err != nil || f.Series.Version != 1 {
		t.Errorf("version %d after no change: %v", f.Series.Version, err)
	}
	for name, bad := range map[string]url.Values{"from a past day": {"first": {"1/1/2020"}, "last": {"1/2/2020"}}, "no date": {"last": {"x"}}, "too long": {"last": {"1/6/2029"}}} {
		for field, values := range sent {
			if bad[field] == nil {
				bad[field] = values
			}
		}
		if got := c.Post(page+"/doi", bad); got.Status != 422 || !strings.Contains(got.Body, `aria-invalid="true"`) {
			t.Errorf("%s: %d", name, got.Status)
		}
	}
}
