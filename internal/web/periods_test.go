package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestALockedPeriodIsAttackedByEveryDoor sends every form of a period to one that is locked: none
// of them changes what was reported.
func TestALockedPeriodIsAttackedByEveryDoor(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	year := s.k.App.Today()[:4]
	root, unit := "/quan-ly/bao-cao/xa/"+year+"-year", testkit.BaBe.Code
	day, _ := vn.InstantOf(year+"-12-08", 9*60)
	s.k.Clock.Set(day)
	c := testkit.NewClient(t, s.base)
	_, token := s.k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	page := testkit.Page(t, c.Get(root+"/"+unit).Body)
	version := page.In("input[name=version]").Attr("value")
	if got := c.Post(root+"/"+unit+"/nop", url.Values{"version": {version}, "code": {"papers"}, "typed": {"4"}, "sure": {"on"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("handing in: %d %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	again := c.Post(root+"/"+unit+"/nop", url.Values{"version": {version}, "code": {"papers"}, "typed": {"9"}})
	if again.Status != http.StatusConflict {
		t.Fatalf("handing in twice: %d", again.Status)
	}
	testkit.Page(t, again.Body).In("#da-go").HasText("9") // nothing of the second is lost
	if got := c.Post(root+"/nhan", url.Values{"pick": {unit + ":1"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("accepting: %d", got.Status)
	}
	s.k.Clock.Set(day.AddDate(0, 1, 8))
	_, token = s.k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	if got := c.Post(root+"/khoa", url.Values{"lock_reason": {"Tổng hợp."}, "sure": {"on"}, "province": {"2025:19"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("locking: %d %s", got.Status, testkit.Page(t, got.Body).Text())
	}
	stands := func() string {
		return s.k.Look(`SELECT state || figures || lines FROM period_reports`)[0][0].(string)
	}
	was := stands()
	for path, form := range map[string]url.Values{
		root + "/" + unit + "/luu":       {"version": {"2"}, "code": {"papers"}, "typed": {"7"}},
		root + "/" + unit + "/nop":       {"version": {"2"}, "code": {"papers"}, "typed": {"7"}, "sure": {"on"}},
		root + "/" + unit + "/tra-lai":   {"version": {"2"}, "reason": {"x"}, "until": {vn.ShowDate(s.k.App.Today())}},
		root + "/" + unit + "/bo-sung":   {"reason": {"x"}},
		root + "/" + unit + "/het-phep":  {},
		root + "/nhan":                   {"pick": {unit + ":2"}},
		root + "/khoa":                   {"lock_reason": {"x"}, "sure": {"on"}, "province": {"2025:19"}},
		"/quan-ly/bao-cao/xa/khong/khoa": {},
	} {
		if got := c.Post(path, form); got.Status != http.StatusConflict && got.Status != http.StatusNotFound || stands() != was {
			t.Errorf("%s: %d, and the report is %s", path, got.Status, stands())
		}
	}
	testkit.Page(t, c.Get("/quan-ly/bao-cao?ky="+year+"-year").Body).In("#khoa").HasText("Kỳ đã khóa")
}

// TestBrowserPeriods looks at the overview, a report and the rows behind a figure.
func TestBrowserPeriods(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	v := newViewer(t, s.base)
	report := "/quan-ly/bao-cao/xa/" + s.k.App.Today()[:4] + "-year/" + testkit.BaBe.Code
	v.as(s.officeToken).see("periods", "/quan-ly/bao-cao")
	v.see("periods-half", "/quan-ly/bao-cao?ky="+s.k.App.Today()[:4]+"-h1&cot=tat-ca")
	v.see("period-report", report)
	v.see("period-rows", report+"/dong/sessions")
}
