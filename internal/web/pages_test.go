package web_test

import (
	"net/url"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/web"
)

// TestEveryPageAnswers opens every page as a reader who may, and pairs a phone.
func TestEveryPageAnswers(t *testing.T) {
	s := newStall(t)
	_, token := s.k.Officer(registry.Admin, "")
	admin, vendor, nobody := testkit.NewClient(t, s.base), testkit.NewClient(t, s.base), testkit.NewClient(t, s.base)
	admin.SignInAs(token)
	vendor.SignInAs(s.vendorToken)
	readers := map[string]*testkit.Client{"": nobody, "admin": admin, "vendor": vendor}
	for _, v := range visitsOf(&s, web.Policies(s.server)) {
		if got := readers[v.who].Get(v.path); got.Status != 200 && got.Status != 303 {
			t.Errorf("%s: %d", v.path, got.Status)
		}
	}
	pair := admin.Post("/quan-ly/su-kien/"+string(s.event.ID)+"/cong/ghep", url.Values{"gates": {"1"}, "role": {"steward"}})
	if pair.Status == 303 {
		pair = admin.Get(pair.Location)
	}
	testkit.Page(t, pair.Body).In("#token")
}
