package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"hoicho/internal/testkit"
)

func TestMetricsTellRoutesNotAddresses(t *testing.T) {
	k := testkit.NewApp(t)
	s, base := k.ServeWith()
	c := testkit.NewClient(t, base)
	c.Get("/tep/0192-secret-id")
	rec := httptest.NewRecorder()
	s.Metrics().ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	body := rec.Body.String()
	if !strings.Contains(body, `route="/tep/:id/:size?",status="404"`) {
		t.Errorf("no line for the route:\n%s", body)
	}
	if strings.Contains(body, "secret-id") {
		t.Error("a path with an id is in the metrics")
	}
}
