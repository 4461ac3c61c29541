package testkit

import (
	"net/url"
	"testing"

	"hoicho/internal/testkit/need"

	"github.com/google/go-cmp/cmp"
)

const boothPage = `<!doctype html><html lang="vi"><body>
<h1 class="title big">Phiên chợ <em>Ba</em>
  Bể</h1>
<ul id="booths"><li class="booth free" data-no="A01">A01 <b>trống</b></li><li class="booth">A02</li></ul>
<script>var hidden = "A99"</script>
<form action="/ap-dung" method="post" id="apply">
  <input type="hidden" name="token" value="x1">
  <input name="phone" value="0912"><input name="gone" value="1" disabled>
  <input type="checkbox" name="day" value="1" checked><input type="checkbox" name="day" value="2">
  <input type="checkbox" name="pledge">
  <input type="radio" name="kind" value="fair"><input type="radio" name="kind" value="market" checked>
  <select name="group"><option value="">Chọn</option><option selected>Miến dong</option></select>
  <select name="size"><option value="3">3 m</option><option value="6">6 m</option></select>
  <select name="wish" multiple><option selected>A01</option><option selected>A02</option><option>A03</option></select>
  <textarea name="note">
hai
dòng</textarea>
  <input type="file" name="photo"><button name="do" value="save">Lưu</button><button type="button" name="js">x</button>
  <fieldset disabled><input name="off" value="1"></fieldset>
</form>
<input form="apply" name="late" value="2"><form action="/tim"><input name="q"></form></body></html>`

func TestSelectorsPickElements(t *testing.T) {
	page := Page(t, boothPage)
	for selector, want := range map[string]int{
		"h1": 1, ".booth": 2, "li.booth.free": 1, "#booths li": 2, "ul li b": 1, "[data-no=A01]": 1,
		"[data-no]": 1, `input[name="phone"]`: 1, "input[type=checkbox][name=day]": 2, "ul h1": 0,
		".boot": 0, "body ul#booths .booth": 2,
	} {
		if got := page.Find(selector).Count(); got != want {
			t.Errorf("%s picks %d elements, want %d", selector, got, want)
		}
	}
}

func TestTextReadsLikeThePage(t *testing.T) {
	page := Page(t, boothPage)
	page.In("h1").HasText("Phiên chợ Ba Bể").HasAttr("class", "title big").HasCount(1)
	page.In("#booths").HasText("A01 trống A02").LacksText("A99")
	page.In("body").LacksText("hidden")
	page.None("table")
	if got := page.In("li").Each()[1].Text(); got != "A02" {
		t.Errorf("the second booth says %q", got)
	}
}

func TestChecksFailOnWhatIsNotThere(t *testing.T) {
	for name, check := range map[string]func(Doc){
		"absent element":  func(d Doc) { d.In("table") },
		"absent text":     func(d Doc) { d.In("h1").HasText("Hội chợ") },
		"forbidden text":  func(d Doc) { d.In("h1").LacksText("Ba Bể") },
		"wrong count":     func(d Doc) { d.In("li").HasCount(3) },
		"wrong attribute": func(d Doc) { d.In("li").HasAttr("data-no", "A02") },
		"present element": func(d Doc) { d.None("h1") },
		"bad selector":    func(d Doc) { d.Find("li > b") },
		"empty selector":  func(d Doc) { d.Find(" ") },
		"absent form":     func(d Doc) { d.Form("/nowhere") },
		"absent field":    func(d Doc) { d.Form("/ap-dung").Set("no", "1") },
		"disabled field":  func(d Doc) { d.Form("/ap-dung").Set("gone", "1") },
	} {
		e := need.EndingOf(t, func(tb testing.TB) { check(Page(tb, boothPage)) })
		if e.How != "failed" {
			t.Errorf("%s: the test %s, want failed", name, e.How)
		}
	}
}

func TestFormsReadWhatABrowserSends(t *testing.T) {
	forms := Forms(t, boothPage)
	if len(forms) != 2 || forms[1].Method != "GET" || forms[1].Action != "/tim" {
		t.Fatalf("forms are %+v", forms)
	}
	got := forms[0]
	want := url.Values{
		"token": {"x1"}, "phone": {"0912"}, "day": {"1"}, "kind": {"market"}, "group": {"Miến dong"},
		"size": {"3"}, "wish": {"A01", "A02"}, "note": {"hai\ndòng"}, "late": {"2"},
	}
	if diff := cmp.Diff(want, got.Fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if got.Method != "POST" || got.Buttons.Get("do") != "save" || len(got.Buttons) != 1 {
		t.Errorf("method %s, buttons %v", got.Method, got.Buttons)
	}
	if diff := cmp.Diff([]string{"photo"}, got.Files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestSetFillsAFieldWithoutTouchingTheForm(t *testing.T) {
	form := Page(t, boothPage).Form("/ap-dung")
	filled := form.Set("phone", "0988").Set("pledge", "on").Set("day", "1", "2")
	want := url.Values{"phone": {"0988"}, "pledge": {"on"}, "day": {"1", "2"}}
	for name, values := range want {
		if diff := cmp.Diff(values, filled.Fields[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if form.Fields.Get("phone") != "0912" || form.Fields.Has("pledge") {
		t.Errorf("the form itself changed: %v", form.Fields)
	}
}
