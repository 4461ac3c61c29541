package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestABatchIsTakenBackFromTheQueue: the list says until when, the page asks with its numbers,
// and the applications wait again.
func TestABatchIsTakenBackFromTheQueue(t *testing.T) {
	f := newFair(t)
	f.Booths(f.event.ID, "A", 3)
	apps := []registry.Application{f.applied(registry.AppSubmitted), f.rival("HTX Nhung Lũy", registry.AppSubmitted)}
	form := url.Values{"to": {"waitlisted"}, "state": {"submitted"}, "sure": {"1"}}
	for _, a := range apps {
		f.Write(func(tx *store.Tx) error {
			return tx.InsertApplicationNote(t.Context(), registry.ApplicationNote{Application: a.ID, State: registry.AppSubmitted})
		})
		form.Add("choice", string(a.ID)+":1")
	}
	f.Clock.Add(time.Minute)
	after := f.office.Post("/quan-ly/don/loat", form)
	if after.Status != 303 || !strings.Contains(after.Location, "loat=") {
		t.Fatalf("%d to %s", after.Status, after.Location)
	}
	list := testkit.Page(t, answers(t, f.office.Get(after.Location), 200).Body)
	href := list.In("#vua-loat a").Attr("href")
	ask := testkit.Page(t, answers(t, f.office.Get(href), 200).Body)
	ask.In("main").HasText("Hoàn tác 2 đơn vừa quyết định?").HasText("trở lại hàng chờ duyệt")
	undo := ask.Form("/quan-ly/don/loat/hoan-tac")
	answers(t, f.office.Post(undo.Action, url.Values{"loat": {"x"}, "choice": {"y:1"}}), 404)
	answers(t, f.office.Post(undo.Action, url.Values{"loat": undo.Fields["loat"]}), 409)
	answers(t, f.office.Get("/quan-ly/don/loat/hoan-tac?loat=declined.1.2"), 404)
	wantRedirect(t, f.office.Get("/quan-ly/don/loat/hoan-tac"), "/quan-ly/don")
	answers(t, f.office.Post(undo.Action, undo.Fields), 303)
	for _, a := range apps {
		f.Read(func(tx *store.Tx) error {
			stored, err := tx.Application(t.Context(), a.ID)
			if stored.State != registry.AppSubmitted {
				t.Errorf("%s is %s", a.ID, stored.State)
			}
			return err
		})
	}
	again := testkit.Page(t, answers(t, f.office.Get(href), 200).Body)
	again.In("main").HasText("Không còn đơn nào của loạt này hoàn tác được").HasText("2 đơn không hoàn tác được")
}
