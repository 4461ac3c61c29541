package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestSettingsPage(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	admin, _ := officer(t, k, base, registry.Admin, "")
	province, _ := officer(t, k, base, registry.Admin, "19")
	page := wantStatus(t, admin.Get("/quan-ly/cai-dat"), 200)
	testkit.Page(t, page.Body).In("nav [aria-current=page]").HasText("Cài đặt")
	for _, href := range []string{"/quan-ly/cai-dat", "/quan-ly/khoa"} {
		if !strings.Contains(page.Body, href) || strings.Contains(wantStatus(t, province.Get("/quan-ly"), 200).Body, href) {
			t.Errorf("%s is not in the menu of those alone who may open it", href)
		}
	}
	wantStatus(t, province.Get("/quan-ly/cai-dat"), 404)

	bad := wantStatus(t, send(admin, page, "/quan-ly/cai-dat", map[string]string{"offer_hours": "lâu", "hold_minutes": "-3"}), 422)
	testkit.Page(t, bad.Body).In("#e-offer_hours").HasText("một số")
	testkit.Page(t, bad.Body).In("#e-hold_minutes").HasText("âm")
	testkit.Page(t, bad.Body).In("#f-offer_hours").HasAttr("value", "lâu")
	again := wantStatus(t, send(admin, page, "/quan-ly/cai-dat", map[string]string{"hold_minutes": "-3"}), 422)
	testkit.Page(t, again.Body).In("#e-hold_minutes").HasText("âm")
	testkit.Page(t, again.Body).In("#f-hold_minutes").HasAttr("value", "-3")

	wantRedirect(t, send(admin, again, "/quan-ly/cai-dat", map[string]string{"hold_minutes": "20", "province": "24"}), "/quan-ly/cai-dat")
	saved := wantStatus(t, admin.Get("/quan-ly/cai-dat"), 200)
	testkit.Page(t, saved.Body).In("#f-hold_minutes").HasAttr("value", "20")
	testkit.Page(t, testkit.NewClient(t, base).Get("/ban-do").Body).In("main").HasText("Bắc Ninh")
	stale := wantStatus(t, send(admin, page, "/quan-ly/cai-dat", map[string]string{"hold_minutes": "25"}), 409)
	testkit.Page(t, stale.Body).In("#faults").HasText("trước anh/chị")
}
