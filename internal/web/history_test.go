package web_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// season is a stall whose vendor has a running event with sales, one of last year with a
// return on paper, and one that did not take it.
type season struct {
	stall
	past, refused registry.Event
}

func newSeason(t *testing.T) *season {
	t.Helper()
	s := &season{stall: newStall(t)}
	lastYear := vn.AddDays(s.k.App.Today(), -380)
	s.past = s.k.Event(testkit.InState(registry.Reported), testkit.Titled("Hội chợ Xuân"), testkit.OnDays(lastYear, 2))
	s.refused = s.k.Event(testkit.InState(registry.Closed), testkit.Titled("Phiên chợ Na Rì"))
	s.k.Application(s.past, s.vendor.ID, testkit.Standing(registry.AppApproved))
	s.k.Application(s.refused, s.vendor.ID, testkit.Standing(registry.AppDeclined))
	s.k.Write(func(tx *store.Tx) error {
		err := tx.SaveSales(t.Context(), &registry.SalesReturn{Event: s.event.ID, Vendor: s.vendor.ID,
			Days: []registry.SalesDay{{Day: s.event.OpensOn, Dong: 3_450_000}}, ContractsN: 2, ContractsDong: 70_000_000})
		if err != nil {
			return err
		}
		return tx.SaveSales(t.Context(), &registry.SalesReturn{Event: s.past.ID, Vendor: s.vendor.ID, OnPaper: true,
			Days: []registry.SalesDay{{Day: lastYear, Dong: 1_000_000}, {Day: vn.AddDays(lastYear, 1), Dong: registry.BandTo5.Dong(), Band: registry.BandTo5}}})
	})
	return s
}

func (s *season) page() string { return "/gian-hang/" + string(s.vendor.ID) + "/lich-su" }

func (s *season) as(token string) *testkit.Client {
	c := testkit.NewClient(s.k.T, s.base)
	if token != "" {
		c.SignInAs(token)
	}
	return c
}

func TestVendorReadsItsHistory(t *testing.T) {
	t.Parallel()
	s := newSeason(t)
	c := s.as(s.vendorToken)
	testkit.Page(t, c.Get("/gian-hang/"+string(s.vendor.ID)).Body).In(`aside a[href="` + s.page() + `"]`)
	page := testkit.Page(t, wantStatus(t, c.Get(s.page()), 200).Body)
	t.Run("by year, with sums", func(t *testing.T) {
		years := page.In("main .sec").Each()
		if len(years) != 2 {
			t.Fatalf("%d years: %s", len(years), page.In("main").Text())
		}
		years[0].Find("h2").HasText(s.event.OpensOn[:4])
		years[0].Find(".summary").HasText("cơ sở được nhận 1").HasText("3.450.000 ₫ của 1 ngày · 2 hợp đồng, biên bản ghi nhớ: 70.000.000 ₫")
		years[1].Find("h2").HasText(s.past.OpensOn[:4])
		years[1].Find(".summary").HasText("5.000.000 ₫ của 2 ngày · trong đó 4.000.000 ₫ ước theo khoảng đã chọn").LacksText("Ngày chưa kê")
	})
	t.Run("each with booth, state, sales and what was found", func(t *testing.T) {
		running := fairNamed(page, s.event.Title)
		running.HasText("Gian A05").HasText("Đang diễn ra").HasText("Doanh thu đã kê: 3.450.000 ₫").HasText("Xem, sửa từng ngày")
		running.In(`a[href="/gian-hang/` + string(s.vendor.ID) + `/bien-ban/` + string(s.record) + `"]`).HasText("điều phải khắc phục, còn")
		fairNamed(page, "Hội chợ Xuân").HasText("cán bộ nhập từ phiếu giấy").HasText("Xem từng ngày").LacksText("sửa")
		fairNamed(page, "Phiên chợ Na Rì").HasText("Không được duyệt").LacksText("oanh thu")
	})
	t.Run("the file has what the page has", func(t *testing.T) {
		rows := testkit.ReadCSV(t, wantStatus(t, c.Get(s.page()+"/xuat/csv"), 200).Body)
		at := func(row []string, column string) string { return row[slices.Index(rows[0], column)] }
		if len(rows) != 4 {
			t.Fatalf("%q", rows)
		}
		i := slices.IndexFunc(rows, func(r []string) bool { return r[0] == "Hội chợ Xuân" })
		if at(rows[i], "Doanh thu (đồng)") != "5000000" || at(rows[i], "Trong đó ước theo mức (đồng)") != "4000000" || at(rows[i], "Ghi từ giấy") != "có" {
			t.Errorf("%q", rows[i])
		}
		i = slices.IndexFunc(rows, func(r []string) bool { return r[0] == s.event.Title })
		if at(rows[i], "Gian") != "A05" || at(rows[i], "Số hợp đồng") != "2" || at(rows[i], "Số lần kiểm tra") != "1" || at(rows[i], "Còn chưa xong") == "0" {
			t.Errorf("%q", rows[i])
		}
		testkit.ReadWorkbook(t, []byte(wantStatus(t, c.Get(s.page()+"/xuat/xlsx"), 200).Body))
	})
	t.Run("in English, what was written in Vietnamese says so", func(t *testing.T) {
		english := testkit.Page(t, c.Get(s.page()+"?lang=en").Body)
		fairNamed(english, "Hội chợ Xuân").HasText("typed in from paper").In("a[lang=vi]").HasText("Hội chợ Xuân")
	})
}

// fairNamed is the line of an event on the page.
func fairNamed(page testkit.Doc, title string) testkit.Doc {
	for _, f := range page.Find(".fair").Each() {
		if strings.Contains(f.Text(), title) {
			return f
		}
	}
	return page.In(".fair-named-" + title)
}

func TestHistoryBeginsWithWhatToDo(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	vendor, _, token := k.OwnVendor()
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	page := testkit.Page(t, c.Get("/gian-hang/"+string(vendor.ID)+"/lich-su").Body)
	page.In(".empty").HasText("Chưa có phiên nào").In(`a[href="/su-kien"]`)
	page.None(".list-files")
}

// TestHistoryIsTheVendorsAlone asks for it, and for its files, as everybody else.
func TestHistoryIsTheVendorsAlone(t *testing.T) {
	t.Parallel()
	s := newSeason(t)
	other, _, otherToken := s.k.OwnVendor()
	_, reporter := s.k.Officer(registry.Reporter, "19")
	_, admin := s.k.Officer(registry.Admin, "")
	for _, path := range []string{s.page(), s.page() + "/xuat/csv", s.page() + "/xuat/xlsx"} {
		for name, token := range map[string]string{"another vendor": otherToken, "an organiser": s.officeToken, "a reporter": reporter, "an administrator": admin} {
			if got := s.as(token).Get(path); got.Status != 404 || strings.Contains(got.Body, "3450000") || strings.Contains(got.Body, "3.450.000") {
				t.Errorf("%s reads %s: %d", name, path, got.Status)
			}
		}
		if got := s.as("").Get(path); got.Status != 401 || strings.Contains(got.Body, "Xuân") {
			t.Errorf("signed out: %s answers %d", path, got.Status)
		}
	}
	if body := s.as(otherToken).Get("/gian-hang/" + string(other.ID) + "/lich-su").Body; strings.Contains(body, "Hội chợ Xuân") {
		t.Errorf("the page of another vendor has rows of this one")
	}
}

// TestBrowserHistoryOnAPhone looks at the page in the narrowest window, with nothing but HTML.
func TestBrowserHistoryOnAPhone(t *testing.T) {
	t.Parallel()
	s := newSeason(t)
	for _, o := range []testkit.BrowserOptions{{}, {NoScript: true}} {
		b := testkit.NewBrowser(t, o)
		b.SignInAs(s.base, s.vendorToken)
		b.Open(s.base + s.page())
		b.Wait(".fair")
		b.Screenshot("history")
		if !o.NoScript {
			b.FitsNarrow()
			b.Accessible()
		}
	}
}
