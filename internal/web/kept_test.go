package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"hoicho/internal/app/articles"
	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/places"
	"hoicho/internal/app/vendors"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/vn"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// keptPages are the addresses of the pages that are kept ready, for a stall.
func keptPages(t *testing.T, s *stall) (paths []string) {
	t.Helper()
	c := testkit.NewClient(t, s.base)
	for _, r := range web.Policies(s.server) {
		if path := fill(s, r.Path); r.Method == http.MethodGet && r.Policy == frame.Cached.String() && c.Get(path).Status == http.StatusOK {
			paths = append(paths, path)
		}
	}
	if len(paths) < 30 {
		t.Fatalf("only %d pages: the walk sees too little", len(paths))
	}
	return paths
}

// asked is how many statements it takes to read pages, those left out that take none and
// those that are gone.
func (s *stall) asked(t *testing.T, paths []string) map[string]int64 {
	t.Helper()
	c, asked := testkit.NewClient(t, s.base), map[string]int64{}
	for _, path := range paths {
		before := s.k.DB.Statements()
		got := c.Get(path)
		if n := s.k.DB.Statements() - before; n > 0 && got.Status == http.StatusOK {
			asked[path] = n
		}
	}
	return asked
}

// TestLongKeptPagesAreThoseMadeAnew makes changes of every kind and compares each page that
// is kept ready with the same page made anew for somebody who was just told something.
func TestLongKeptPagesAreThoseMadeAnew(t *testing.T) {
	need.Long(t)
	s := newStall(t)
	a, ctx, admin := s.k.App, t.Context(), registry.SystemActor("test")
	paths := keptPages(t, &s)
	for _, change := range []struct {
		name string
		do   func() error
	}{
		{"a vendor is renamed", func() error {
			in := vendors.InputOf(s.vendor)
			in.Name = "HTX Một Tên Khác"
			return a.Vendors.EditVendor(ctx, admin, s.vendor.ID, s.vendor.Version, in)
		}},
		{"a product is renamed", func() error {
			in := vendors.ProductInputOf(s.product)
			in.Name = "Miến dong tên khác"
			return a.Vendors.EditProduct(ctx, admin, vendors.ProductRef{Vendor: s.vendor.ID, Product: s.product.ID}, s.product.Version, in)
		}},
		{"an event gets another title", func() error {
			in := events.EventInputOf(s.event)
			in.Title = "Phiên chợ tên khác"
			_, err := a.Events.EditEvent(ctx, admin, s.event.ID, in)
			return err
		}},
		{"a place of sale ends", func() error {
			return a.Places.End(ctx, admin, s.place.ID, places.EndInput{Day: vn.ShowDate(a.Today()), Reason: "hết hợp đồng", Version: s.place.Version})
		}},
		{"an article is withdrawn", func() error {
			return a.Articles.Step(ctx, admin, s.article.ID, articles.StepInput{To: string(committee.ArticleWithdrawn), Reason: "sai số liệu", Version: s.article.Version})
		}},
		{"a booth pass is blocked", func() error {
			return a.Passes.StepPass(ctx, admin, s.pass(registry.BoothPass).ID, registry.PassBlocked, "mất thẻ")
		}},
		{"the event is over", func() error {
			return a.Lifecycle.StepEvent(ctx, admin, s.event.ID, lifecycle.StepInput{To: registry.Ended, Version: 2})
		}},
	} {
		t.Run(change.name, func(t *testing.T) {
			s.asked(t, paths) // all are kept now
			testkit.Works(t, change.do())
			reads, told := testkit.NewClient(t, s.base), testkit.NewClient(t, s.base)
			for _, path := range paths {
				kept := reads.Get(path)
				told.SetCookie("flash", "")
				anew := told.Get(path)
				if kept.Body != anew.Body {
					t.Errorf("%s is kept as it was before", path)
				}
			}
			if left := s.asked(t, paths); len(left) > 0 {
				t.Errorf("read twice, these pages are still made anew: %v", left)
			}
		})
	}
}

func TestAChangeDropsThePagesThatShowItAndNoOthers(t *testing.T) {
	s := newStall(t)
	c, stall := testkit.NewClient(t, s.base), "/t/"+s.pass(registry.BoothPass).Code
	paths := []string{"/", "/su-kien/" + s.event.Slug, "/doanh-nghiep/" + s.vendor.Slug, stall, "/diem-ban"}
	s.asked(t, paths)
	t.Run("a reviewer's note drops none", func(t *testing.T) {
		application := s.k.Application(s.k.Event(testkit.InState(registry.Open)), s.vendor.ID)
		s.asked(t, paths)
		testkit.Works(t, s.k.App.Booths.NoteApplication(t.Context(), s.organiser, application.ID, "gọi lại chiều nay"))
		if made := s.asked(t, paths); len(made) > 0 {
			t.Errorf("made anew: %v", made)
		}
	})
	t.Run("a place of sale drops the list of places", func(t *testing.T) {
		testkit.Works(t, s.k.App.Places.End(t.Context(), registry.SystemActor("test"), s.place.ID, places.EndInput{Day: vn.ShowDate(s.k.App.Today()), Reason: "x", Version: s.place.Version}))
		if made := s.asked(t, paths); made["/diem-ban"] == 0 || made[stall] > 0 || made["/doanh-nghiep/"+s.vendor.Slug] > 0 {
			t.Errorf("made anew: %v", made)
		}
	})
	t.Run("a page says that an event has opened at the minute when it does", func(t *testing.T) {
		day := s.event.Days[0]
		opens, _ := vn.InstantOf(day.Day, day.OpensAt)
		s.k.Clock.Set(opens.Add(-time.Second))
		before := c.Get("/su-kien/" + s.event.Slug).Body
		s.k.Clock.Set(opens.Add(time.Second))
		after := c.Get("/su-kien/" + s.event.Slug).Body
		opening, until := "mở lúc "+vn.ShowClock(day.OpensAt), "đến "+vn.ShowClock(day.ClosesAt)
		if before == after || !strings.Contains(before, vn.ShowClock(day.OpensAt)) {
			t.Errorf("before: %t %t, after: %t %t", strings.Contains(before, opening), strings.Contains(before, until), strings.Contains(after, opening), strings.Contains(after, until))
		}
	})
	t.Run("and every page is made anew after ten minutes", func(t *testing.T) {
		s.asked(t, paths)
		s.k.Clock.Add(9 * time.Minute)
		if made, others := s.asked(t, paths), s.k.DB.Path() == ""; len(made) > 0 && !others || len(made) == 0 && others {
			t.Errorf("after nine minutes: %v; others may write: %t", made, others)
		}
		s.k.Clock.Add(2 * time.Minute)
		if made := s.asked(t, paths); len(made) != len(paths) {
			t.Errorf("after eleven minutes: %v", made)
		}
	})
}

// TestWhoWaitsForAPageHasOpenedItToo has as many phones as raise an alarm ask for the page of
// a sign at once, while it is made for the first of them: none of them is forgotten.
func TestWhoWaitsForAPageHasOpenedItToo(t *testing.T) {
	s := newStall(t)
	address := "/t/" + s.pass(registry.BoothPass).Code
	var wg sync.WaitGroup
	for range registry.AlarmOpens {
		c := testkit.NewClient(t, s.base)
		wg.Go(func() {
			if got := c.Get(address); got.Status != http.StatusOK {
				t.Errorf("%d", got.Status)
			}
		})
	}
	wg.Wait()
	if n, err := s.k.App.Passes.RaiseAlarms(t.Context()); err != nil || n != 1 {
		t.Errorf("%d alarms, %v", n, err)
	}
}
