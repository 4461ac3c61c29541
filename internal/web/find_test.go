package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// seeks asks the search of the office.
func seeks(t *testing.T, c *testkit.Client, text string) testkit.Doc {
	t.Helper()
	got := c.Get("/quan-ly/tim?" + url.Values{"q": {text}}.Encode())
	if got.Status != 200 {
		t.Fatalf("%s: %d", text, got.Status)
	}
	return testkit.Page(t, got.Body)
}

func TestOneSearchFindsAllThatTheOfficeKeeps(t *testing.T) {
	s, admin := storyOfLists(t)
	s.k.Vendor(testkit.WithVendor(func(v *registry.Vendor) {
		v.Name, v.Phone, v.TaxCode = "Hợp tác xã Yến Dương", "0987654321", "4600123456"
	}))
	staff := s.pass(registry.StaffPass)
	tip := testkit.TipNow(t, s.k, s.tip)
	application := s.k.Look(`SELECT number FROM applications WHERE state = 'submitted'`)[0][0]
	for _, ask := range []struct{ name, text, hit, href, why string }{
		{"an event by its title, without accents", strings.ToLower("phien cho"), s.event.Title, "/quan-ly/su-kien/" + string(s.event.ID), "vì tên sự kiện có"},
		{"an event by its commune", "ba be", s.event.Title, "/quan-ly/su-kien/" + string(s.event.ID), ""},
		{"a vendor by name, without accents", "yen duong", "Hợp tác xã Yến Dương", "", "vì tên có “yen duong”"},
		{"a vendor by the words of name and village", "yen duong pac ngoi", "Hợp tác xã Yến Dương", "", "vì tên và thôn"},
		{"a vendor by its phone as people write it", "0987 654 321", "Hợp tác xã Yến Dương", "", "vì đúng số điện thoại này"},
		{"a vendor by its tax code", "4600123456", "Hợp tác xã Yến Dương", "", "vì đúng mã số thuế này"},
		{"a product by its name", "ruou men", "+Rượu men lá", "", "vì tên có"},
		{"a product by where it is made", "na ri", s.product.Name, "/quan-ly/co-so/" + string(s.vendor.ID) + "/san-pham/" + string(s.product.ID), "nơi làm"},
		{"a pass by the end of its code", staff.Code[8:], "…" + staff.Code[8:], s.office() + "?ma=" + staff.Code[8:], "vì mã thẻ có 4 số cuối này"},
		{"a tip by its number", strings.ToLower(tip.Number()), tip.Number(), "/quan-ly/phan-anh/" + string(tip.ID), "vì đúng số này"},
	} {
		t.Run(ask.name, func(t *testing.T) {
			found := seeks(t, admin, ask.text).In(".found")
			found.HasText(ask.hit).HasText(ask.why)
			if ask.href != "" {
				found.Find(`a[href="` + ask.href + `"]`)
			}
		})
	}
	t.Run("an application by its number", func(t *testing.T) {
		seeks(t, admin, fmt.Sprint(application)).In(".found").HasText(fmt.Sprint("Đơn số ", application))
	})
	t.Run("the page tells no whole code of a pass", func(t *testing.T) {
		if got := admin.Get("/quan-ly/tim?q=" + staff.Code); strings.Contains(testkit.Page(t, got.Body).In(".found").Text(), staff.Code) {
			t.Error("it does")
		}
	})
	t.Run("nothing found says what was searched", func(t *testing.T) {
		page := seeks(t, admin, "khong co gi nhu the")
		page.None(".found")
		page.In(".empty").HasText("Không thấy “khong co gi nhu the”").HasText("phản ánh (số, mã tra cứu)")
	})
	t.Run("a single letter is too little", func(t *testing.T) {
		seeks(t, admin, "a").In("main").HasText("ít nhất hai chữ")
	})
	t.Run("the box stands on every page of the office and keeps what was typed", func(t *testing.T) {
		testkit.Page(t, admin.Get("/quan-ly").Body).Find(`.office-search input[name=q]`)
		seeks(t, admin, "ba be").Find(`.office-search input[value="ba be"]`)
	})
}

// TestTheSearchStaysWithinRightsAndArea: what an officer may not open is not found, and a
// number that is personal finds for those alone who may see it.
func TestTheSearchStaysWithinRightsAndArea(t *testing.T) {
	s, _ := storyOfLists(t)
	as := func(role registry.Role, area string) *testkit.Client {
		_, token := s.k.Officer(role, area)
		c := testkit.NewClient(t, s.base)
		c.SignInAs(token)
		return c
	}
	staff, tip := s.pass(registry.StaffPass), testkit.TipNow(t, s.k, s.tip)
	viewer, elsewhere, inspector := as(registry.Viewer, "19"), as(registry.Admin, "01"), as(registry.Inspector, "19")
	for _, ask := range []struct {
		name, text string
		c          *testkit.Client
	}{
		{"an officer of another province finds no event", s.event.Title, elsewhere},
		{"nor a vendor", s.vendor.Name, elsewhere},
		{"nor a phone", s.vendor.Phone, elsewhere},
		{"nor a pass", staff.Code[8:], elsewhere},
		{"nor a tip of an event", tip.Number(), elsewhere},
		{"a viewer finds no pass", staff.Code[8:], viewer},
		{"nor a vendor by its phone", s.vendor.Phone, viewer},
		{"an inspector finds no pass", staff.Code[8:], inspector},
	} {
		t.Run(ask.name, func(t *testing.T) { seeks(t, ask.c, ask.text).None(".found") })
	}
	t.Run("a viewer finds no tip", func(t *testing.T) {
		if page := viewer.Get("/quan-ly/tim?q=" + tip.Number()); strings.Contains(page.Body, "/quan-ly/phan-anh/") {
			t.Error("one is linked")
		}
	})
	t.Run("a viewer is not told of sorts that are not looked through", func(t *testing.T) {
		seeks(t, viewer, "khong co gi").In(".empty").HasText("sản phẩm").LacksText("phản ánh").LacksText("thẻ (4 số cuối)")
	})
	t.Run("who has no office page to look at has no box", func(t *testing.T) {
		branch := as(registry.Branch, "19")
		testkit.Page(t, branch.Get("/quan-ly/nhiem-vu").Body).None(".office-search")
		if got := branch.Get("/quan-ly/tim?q=ba"); got.Status != 404 {
			t.Errorf("%d", got.Status)
		}
	})
}
