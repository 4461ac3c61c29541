package api_test

import (
	"strings"
	"testing"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// TestDrawsOfAnEvent: the log of a locked draw is there for anybody, without the secret; what is none is not found.
func TestDrawsOfAnEvent(t *testing.T) {
	s := testkit.NewStage(t)
	s.Applied(registry.AppApproved)
	s.Booths(s.Fair.ID, "A", 1)
	base := s.Serve() + "/api/v1/events/" + s.Fair.Slug + "/draws"
	get := func(path string) (int, string) { return contract.Call(t, "", "GET", base+path, "") }
	if status, body := get(""); status != 200 || strings.TrimSpace(body) != `{"draws":[]}` {
		t.Errorf("no draw yet: %d %s", status, body)
	}
	testkit.Works(t, s.App.Draws.Prepare(t.Context(), s.Reviewer, s.Fair.ID, appdraw.Input{Place: "hội trường", Callers: "3"}))
	if status, _ := get("/1"); status != 404 {
		t.Errorf("a prepared draw: %d", status)
	}
	d, err := s.App.Draws.Desk(t.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	testkit.Works(t, s.App.Draws.Lock(t.Context(), s.Reviewer, appdraw.Ref{Event: s.Fair.ID, ID: d.Open.ID, Version: d.Open.Version}, d.Mark))
	if status, body := get(""); status != 200 || !strings.Contains(body, `"state":"locked"`) {
		t.Errorf("the list: %d %s", status, body)
	}
	if status, body := get("/1"); status != 200 || !strings.Contains(body, `"secret": ""`) || !strings.Contains(body, "entry 1/1 ") {
		t.Errorf("the log: %d %s", status, body)
	}
	for _, path := range []string{"/2", "/0", "/-1", "/x"} {
		if status, _ := get(path); status != 404 {
			t.Errorf("%s: %d", path, status)
		}
	}
}
