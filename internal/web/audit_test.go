package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestAuditPageShowsOwnAreaOnly(t *testing.T) {
	k := testkit.NewApp(t)
	for _, code := range []string{"01843", "00001"} {
		write(t, k, func(tx *store.Tx) error {
			return tx.Audit(t.Context(), registry.SystemActor("test"),
				registry.Change{Action: "event.test" + code, Object: "event", ID: "e" + code, Scope: registry.Scope{code, "x"}})
		})
	}
	_, token := k.Officer(registry.Admin, "01843")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	page := c.Get("/quan-ly/nhat-ky")
	if page.Status != 200 || !strings.Contains(page.Body, "event.test01843") || strings.Contains(page.Body, "event.test00001") {
		t.Errorf("status %d: want the own area's line and no other", page.Status)
	}
	if got := c.Get("/quan-ly/nhat-ky?loai=booth"); strings.Contains(got.Body, "event.test01843") {
		t.Error("the filter lets another object through")
	}
}

func write(t *testing.T, k *testkit.Kit, fn func(*store.Tx) error) {
	t.Helper()
	if err := k.DB.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestJobPageIsForItsOwner(t *testing.T) {
	k := testkit.NewApp(t)
	actor, token := k.Officer(registry.Organiser, "01843")
	job := registry.Job{ID: store.NewID[registry.JobID](), Kind: "none", Payload: "{}", TotalN: 4, CreatedBy: actor.Account}
	write(t, k, func(tx *store.Tx) error { return tx.InsertJob(t.Context(), job) })
	base := k.Serve()
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	page := c.Get("/quan-ly/viec/" + string(job.ID))
	testkit.Page(t, page.Body).In("progress").HasAttr("value", "0")
	if page.Header.Get("Refresh") == "" {
		t.Error("a waiting page does not reload itself")
	}
	if ran, err := k.App.RunJob(t.Context()); !ran || err != nil {
		t.Fatalf("run: %v %v", ran, err)
	}
	if page = c.Get("/quan-ly/viec/" + string(job.ID)); !strings.Contains(page.Body, "Không làm được") {
		t.Error("a job without a worker does not say that it failed")
	}
	other := testkit.NewClient(t, base)
	_, token = k.Officer(registry.Organiser, "01843")
	other.SignInAs(token)
	if got := other.Get("/quan-ly/viec/" + string(job.ID)); got.Status != 404 {
		t.Errorf("another's job: %d, want 404", got.Status)
	}
}
