package lifecycle_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/vendors"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// A licence that lasts for the old days and not for the new ones: its vendor is told
// with the move and the officer sees it, on the event's page, until it is renewed.
// Whoever lacks nothing, or has no place yet, hears of the move alone.
func TestMoveLooksAtThePapersAgain(t *testing.T) {
	testkit.NamesDays(t) // 22/11/2026
	s := testkit.NewStage(t, testkit.InState(registry.Open))
	e := s.Fair
	spirits := func(until string, state registry.ApplicationState) registry.Vendor {
		v := s.Vendor()
		p := s.Product(v, func(p *registry.Product) { p.Group = registry.SpiritGroup })
		s.Certificate(v, func(c *registry.Certificate) { c.Kind, c.ValidTo = registry.SpiritLicence, until })
		s.Application(e, v.ID, testkit.Standing(state), func(a *registry.Application) { a.Products = []registry.ProductID{p.ID} })
		return v
	}
	short, long := spirits("2026-12-01", registry.AppApproved), spirits("2027-12-01", registry.AppApproved)
	waiting := spirits("2026-12-01", registry.AppSubmitted)
	said := func() string {
		desk, err := s.App.Lifecycle.EventDesk(t.Context(), s.Reviewer, e.ID)
		testkit.Works(t, err)
		for _, a := range desk.Advice {
			if a.Key == "event.advice.papers" {
				return i18n.T(i18n.Vietnamese, a.Key, a.Args...)
			}
		}
		return ""
	}
	if said() != "" {
		t.Errorf("before the move: %s", said())
	}
	_, err := s.App.Lifecycle.MoveEvent(t.Context(), s.Reviewer, e.ID, lifecycle.MoveInput{FirstDay: "10/12/2026", LastDay: "12/12/2026", OpensAt: "8h", ClosesAt: "21h",
		Area: "2025:01906", Venue: e.Venue, Reason: "Sân đang sửa", Version: e.Version})
	testkit.Works(t, err)
	list, err := s.App.Vendors.CallList(t.Context(), s.Reviewer, e.ID)
	testkit.Works(t, err)
	want := map[registry.VendorID]string{short.ID: "event.notice.moved_papers", long.ID: "event.notice.moved", waiting.ID: "event.notice.moved"}
	if len(list.ToCall) != len(want) {
		t.Errorf("%d are to be called, want %d", len(list.ToCall), len(want))
	}
	for _, line := range list.ToCall {
		n := line.News[len(line.News)-1]
		if n.Key != want[line.Vendor] {
			t.Errorf("%s hears %s, want %s", line.Name, n.Key, want[line.Vendor])
		}
		args := make([]any, len(n.Args))
		for i, a := range n.Args {
			args[i] = a
		}
		for _, part := range []string{".subject", ".body", ".say"} {
			if text := i18n.T(i18n.English, n.Key+part, args...); !strings.Contains(text, e.Title) || strings.Contains(text, "no value") {
				t.Errorf("%s%s reads %q", n.Key, part, text)
			}
		}
	}
	if got := said(); !strings.HasPrefix(got, "1 cơ sở") || !strings.Contains(got, short.Name) {
		t.Errorf("the officer reads %q", got)
	}
	s.Certificate(short, func(c *registry.Certificate) { c.Kind, c.ValidTo = registry.SpiritLicence, "2028-01-01" })
	if said() != "" {
		t.Errorf("after it was renewed: %s", said())
	}
}

// Of two vendors with a place the one whose offer has no day left reads of which goods, in
// the letter and on the call list; the other reads nothing of offers.
func TestMoveTellsWhoseOffersItLeavesBehind(t *testing.T) {
	testkit.NamesDays(t)
	s := testkit.NewStage(t, testkit.InState(registry.Open))
	approved := func() (registry.Vendor, registry.Product) {
		v := s.Vendor()
		p := s.Product(v, testkit.Proven)
		s.Application(s.Fair, v.ID, testkit.Standing(registry.AppApproved), func(a *registry.Application) { a.Products = []registry.ProductID{p.ID} })
		return v, p
	}
	offering, goods := approved()
	plain, _ := approved()
	s.Offer(s.Fair, goods)
	_, err := s.App.Lifecycle.MoveEvent(t.Context(), s.Reviewer, s.Fair.ID, lifecycle.MoveInput{FirstDay: "10/12/2026", LastDay: "12/12/2026", OpensAt: "8h",
		ClosesAt: "21h", Area: "2025:01906", Venue: s.Fair.Venue, Reason: "Sân đang sửa", Version: s.Fair.Version})
	testkit.Works(t, err)
	list, err := s.App.Vendors.CallList(t.Context(), s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	for _, v := range []registry.VendorID{offering.ID, plain.ID} {
		i := slices.IndexFunc(list.ToCall, func(l vendors.CallLine) bool { return l.Vendor == v })
		if i < 0 {
			t.Fatal("a vendor is not to be called")
		}
		n := list.ToCall[i].News[0]
		args := make([]any, len(n.Args))
		for i, a := range n.Args {
			args[i] = a
		}
		for _, part := range []string{".body", ".say"} {
			if text := i18n.T(i18n.Vietnamese, n.Key+part, args...); strings.Contains(text, "Ưu đãi") != (v == offering.ID) {
				t.Errorf("%s%s reads %q", n.Key, part, text)
			}
		}
	}
}
