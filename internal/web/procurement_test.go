package web_test

import (
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestABodyReportsWhatItBoughtFromItsPhone(t *testing.T) {
	k := testkit.NewApp(t)
	b := k.Body()
	c := testkit.NewClient(t, k.Serve())
	_, token := k.ActsFor(b)
	c.SignInAs(token)
	over := committee.QuarterOver(k.App.Today())
	page := testkit.Page(t, c.Get("/quan-ly/mua-sam/ghi").Body)
	page.In("#f-body").HasText("Ủy ban nhân dân xã Ba Bể")
	typed := url.Values{"version": {"0"}, "body": {string(b.ID)}, "year": {over.FirstDay()[:4]}, "part": {string(over.Part)}, "group": {"computers"},
		"total": {"1.000.000"}, "domestic": {"1.200.000"}, "paper": {"15/BC"}, "note": {""}}
	t.Run("more domestic than all comes back at its field", func(t *testing.T) {
		got := c.Post("/quan-ly/mua-sam/ghi", typed)
		if got.Status != 422 {
			t.Errorf("%d", got.Status)
		}
		testkit.Page(t, got.Body).In("#e-domestic").HasText("không thể lớn hơn")
		testkit.Page(t, got.Body).Find("#f-paper").HasAttr("value", "15/BC")
	})
	typed.Set("domestic", "834.000")
	got := c.Post("/quan-ly/mua-sam/ghi", typed)
	if got.Status != 303 {
		t.Fatalf("entering gives %d: %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	at := got.Header.Get("Location")
	testkit.Page(t, c.Get(at).Body).Find("h1").HasText("83,4 % hàng trong nước")
	testkit.Page(t, c.Get("/quan-ly/mua-sam?nam="+over.FirstDay()[:4]).Body).Find("h1").HasText("83,4 % hàng trong nước, 1 trên 1 đơn vị đã gửi")
	t.Run("the same again leads to what is there", func(t *testing.T) {
		got := c.Post("/quan-ly/mua-sam/ghi", typed)
		if got.Status != 422 || !strings.Contains(got.Body, `href="`+at+`"`) {
			t.Errorf("%d, and no link to %s", got.Status, at)
		}
	})
	t.Run("a correction needs its reason and keeps it", func(t *testing.T) {
		fix := url.Values{"version": {"1"}, "total": {"1.000.000"}, "domestic": {"900.000"}, "paper": {""}, "note": {""}, "reason": {""}}
		if got := c.Post(at+"/sua", fix); got.Status != 422 {
			t.Errorf("without a reason: %d", got.Status)
		}
		fix.Set("reason", "gõ thiếu")
		if got := c.Post(at+"/sua", fix); got.Status != 303 {
			t.Errorf("%d", got.Status)
		}
		testkit.Page(t, c.Get(at).Body).In("main").HasText("gõ thiếu")
	})
	t.Run("somebody of another body finds nothing", func(t *testing.T) {
		other := testkit.NewClient(t, k.Serve())
		_, token := k.Officer(registry.Branch, testkit.BaBe.Code)
		other.SignInAs(token)
		if got := other.Get(at); got.Status != 404 {
			t.Errorf("%d", got.Status)
		}
		testkit.Page(t, other.Get("/quan-ly/mua-sam?nam="+over.FirstDay()[:4]).Body).Find("h1").HasText("Chưa có số liệu mua sắm")
	})
	t.Run("a closed period says so", func(t *testing.T) {
		organiser := testkit.NewClient(t, k.Serve())
		_, token := k.Officer(registry.Organiser, "19")
		organiser.SignInAs(token)
		form := url.Values{"area": {"19"}, "year": {over.FirstDay()[:4]}, "part": {string(over.Part)}, "reason": {"Hết hạn theo Công văn 20"}}
		if got := organiser.Post("/quan-ly/mua-sam/chot", form); got.Status != 422 {
			t.Errorf("without the tick: %d", got.Status)
		}
		form.Set("sure", "1")
		if got := organiser.Post("/quan-ly/mua-sam/chot", form); got.Status != 303 {
			t.Errorf("closing gives %d", got.Status)
		}
		typed.Set("group", "food")
		got := c.Post("/quan-ly/mua-sam/ghi", typed)
		testkit.Page(t, got.Body).In("#e-part").HasText("Hết hạn theo Công văn 20")
		if page := c.Get(at + "/sua"); page.Status != 404 {
			t.Errorf("the form of a correction: %d", page.Status)
		}
	})
}

func TestAMatchingStandsOnTheDeskUntilItIsAskedAbout(t *testing.T) {
	k := testkit.NewApp(t)
	m := k.Matched()
	c := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Organiser, "19")
	c.SignInAs(token)
	testkit.Page(t, c.Get("/quan-ly").Body).In("#todo").HasText("1 mối kết nối cung cầu đến hạn hỏi lại")
	at := "/quan-ly/ho-tro/ket-noi/" + string(m.ID)
	got := c.Post(at+"/theo-doi/3", url.Values{"version": {"1"}, "outcome_3": {"trading"}, "result_3": {""}})
	if got.Status != 422 {
		t.Errorf("without words: %d", got.Status)
	}
	testkit.Page(t, got.Body).Find("#e-result_3")
	if got := c.Post(at+"/theo-doi/3", url.Values{"version": {"1"}, "outcome_3": {"trading"}, "result_3": {"giao đều 2 tấn"}}); got.Status != 303 {
		t.Errorf("%d: %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	testkit.Page(t, c.Get(at).Body).In("main").HasText("giao đều 2 tấn")
	if page := c.Get("/quan-ly"); strings.Contains(page.Body, "đến hạn hỏi lại") {
		t.Error("the desk still asks")
	}
	testkit.Page(t, c.Get("/quan-ly/ho-tro/ket-noi?xem=den-han").Body).Find("h1").HasText("0 mối kết nối đến hạn hỏi lại")
}

func TestSupportIsEnteredAndListed(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Organiser, testkit.BaBe.Code)
	c.SignInAs(token)
	today := vn.ShowDate(k.App.Today())
	typed := url.Values{"version": {"0"}, "kind": {"brand"}, "producer": {"HTX miến Ba Bể"}, "area": {"Ba Bể"}, "provider": {""}, "body": {""}, "since_on": {today}, "amount": {"45tr"}}
	got := c.Post("/quan-ly/ho-tro/ghi", typed)
	testkit.Page(t, got.Body).In("#e-provider").HasText("Hãy chọn cơ quan")
	typed.Set("provider", "Quỹ Hỗ trợ nông dân")
	if got = c.Post("/quan-ly/ho-tro/ghi", typed); got.Status != 303 {
		t.Fatalf("%d: %s", got.Status, testkit.Page(t, got.Body).In("main").Text())
	}
	testkit.Page(t, c.Get("/quan-ly/ho-tro").Body).Find("h1").HasText("1 cơ sở được hỗ trợ, 45.000.000 ₫")
	testkit.Page(t, c.Get(got.Header.Get("Location")).Body).Find("h1").HasText("HTX miến Ba Bể: Xây dựng thương hiệu")
}
