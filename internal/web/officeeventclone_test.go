package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestCopiesByForm types three copies, one of them into nowhere, then mends it; what
// the copies lack stands on their pages until it is answered.
func TestCopiesByForm(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	e := k.Event()
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(e.ID)
	form := testkit.Page(t, organiser.Get(root+"/nhan-ban").Body).Form(root + "/nhan-ban")
	form = form.Set("area-2", "duc xuan").Set("first_day-2", "11/12/2026").Set("area-7", "xa la").Set("first_day-7", "18/12/2026").Set("last_day-7", "19/12/2026")
	a := organiser.Post(form.Action, form.Fields)
	testkit.In(t, a.Body, `.faults a[href="#f-area-7"]`).HasText("dòng 7")
	testkit.In(t, a.Body, "details.more[open] #f-last_day-7").HasAttr("value", "19/12/2026")
	if rest := testkit.Page(t, a.Body).Find(".faults li"); a.Status != http.StatusUnprocessableEntity || rest.Count() != 1 {
		t.Errorf("a row to nowhere answers %d with %d faults", a.Status, rest.Count())
	}
	a = organiser.Post(form.Action, form.Set("area-7", "xã Bằng Thành").Fields)
	if a.Status != http.StatusSeeOther || a.Location != root+"/nhan-ban#ban-sao" {
		t.Fatalf("three copies answer %d to %s: %s", a.Status, a.Location, testkit.Page(t, a.Body).Find(".faults").Text())
	}
	list := testkit.In(t, organiser.Get(root+"/nhan-ban").Body, "#ban-sao").HasText("Bản sao đã có: 3").HasText("phường Đức Xuân").HasText("còn 4 mục phải ghi")
	if n := strings.Count(list.Text(), "mục phải ghi"); n != 2 {
		t.Errorf("%d copies lack something, want the two in other communes", n)
	}
	var copied registry.EventID
	k.Read(func(tx *store.Tx) error {
		copies, _, err := tx.Events(t.Context(), registry.EventFilter{Copies: e.ID})
		copied = copies[1].ID
		return err
	})
	hub := "/quan-ly/su-kien/" + string(copied)
	testkit.In(t, organiser.Get(hub).Body, "#can-co").HasText("Còn 4 điều").HasText(e.Venue)
	if ask := testkit.Page(t, organiser.Get(hub+"/buoc?den=announced").Body); ask.Find("main .actions .btn").Count() != 0 {
		t.Error("announcing is offered although something is to be filled in")
	}
	edit := testkit.Page(t, organiser.Get(hub+"/sua").Body).Form(hub + "/sua")
	edit = edit.Set("venue", "Chợ Đức Xuân").Set("legal_number", "9/KH-UBND").Set("none", "place")
	if a := sendForm(t, organiser, edit.Action, edit.Fields, nil); a.Status != http.StatusSeeOther {
		t.Fatalf("the answers are refused: %d %s", a.Status, testkit.Page(t, a.Body).Find(".faults").Text())
	}
	testkit.Page(t, organiser.Get(hub).Body).None("#can-co")
}

func TestDraftIsDeletedByForm(t *testing.T) {
	k := testkit.NewApp(t)
	draft, open := k.Event(testkit.InState(registry.Draft)), k.Event()
	k.Booths(draft.ID, "A", 12)
	organiser := officeClient(t, k, k.Serve(), registry.Organiser, "19")
	root := "/quan-ly/su-kien/" + string(open.ID)
	testkit.Page(t, organiser.Get(root).Body).None(`a[href="` + root + `/xoa"]`)
	kept := testkit.Page(t, organiser.Get(root+"/xoa").Body)
	kept.In(".banner.stop").HasText("chỉ hủy được")
	kept.In(`a.btn[href="` + root + `/buoc?den=cancelled"]`)
	if a := organiser.Post(root+"/xoa", url.Values{"version": {"1"}}); a.Status != http.StatusConflict {
		t.Errorf("removing a public event answers %d", a.Status)
	}
	root = "/quan-ly/su-kien/" + string(draft.ID)
	testkit.In(t, organiser.Get(root).Body, `a[href="`+root+`/xoa"]`)
	ask := testkit.Page(t, organiser.Get(root+"/xoa").Body)
	ask.In("main").HasText("12 gian").HasText(draft.Title)
	if a := organiser.Post(root+"/xoa", url.Values{"version": {"9"}}); a.Status != http.StatusConflict {
		t.Errorf("an old version answers %d", a.Status)
	}
	form := ask.Form(root + "/xoa")
	if a := organiser.Post(form.Action, form.Fields); a.Status != http.StatusSeeOther || organiser.Get(root).Status != http.StatusNotFound {
		t.Errorf("removing a draft answers %d", a.Status)
	}
}
