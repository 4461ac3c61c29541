package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
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

// saidMail is a way of mail that answers as it is told.
type saidMail struct {
	outcome registry.MailOutcome
	said    string
	got     []registry.Message
}

func (*saidMail) Send(context.Context, registry.Message) error { return nil }

func (*saidMail) Place() string { return "mail.vi-du.vn:587" }

func (m *saidMail) Try(_ context.Context, letter registry.Message) registry.MailTrial {
	m.got = append(m.got, letter)
	return registry.MailTrial{To: letter.To, Place: m.Place(), Outcome: m.outcome, Said: m.said}
}

// TestTrialLetterSaysWhatHappened: the page tells each outcome in the server's words,
// the audit log keeps it, an address that is none sends nothing, and after a few a
// person has to wait.
func TestTrialLetterSaysWhatHappened(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	mail := &saidMail{}
	k.App.Mail = mail
	base := k.Serve()
	admin, self := officer(t, k, base, registry.Admin, "")
	province, _ := officer(t, k, base, registry.Admin, "19")
	const action = "/quan-ly/cai-dat/thu-thu#mail"
	page := wantStatus(t, admin.Get("/quan-ly/cai-dat"), 200)
	testkit.Page(t, page.Body).In("#mail").HasText("mail.vi-du.vn:587")
	wantStatus(t, province.Post("/quan-ly/cai-dat/thu-thu", url.Values{"mail_to": {"a@vi-du.vn"}}), 404)
	bad := wantStatus(t, send(admin, page, action, map[string]string{"mail_to": "khong phai"}), 422)
	testkit.Page(t, bad.Body).In("#f-mail_to").HasAttr("value", "khong phai")
	if len(mail.got) != 0 {
		t.Errorf("sent %v", mail.got)
	}
	for outcome, words := range map[registry.MailOutcome]string{registry.MailAccepted: "đã nhận thư", registry.MailRefused: "không nhận thư",
		registry.MailUnreached: "chưa rời máy này", registry.MailFiled: "không đi đâu cả"} {
		mail.outcome, mail.said = outcome, "250 lời của máy chủ"
		done := wantStatus(t, send(admin, page, action, map[string]string{"mail_to": "thu@vi-du.vn"}), 200)
		said := testkit.Page(t, done.Body).In("#mail-said").HasText(words).HasText("thu@vi-du.vn")
		if said.HasText("250 lời của máy chủ"); outcome == registry.MailAccepted {
			testkit.Page(t, done.Body).In("#mail .banner.go")
		}
	}
	log := wantStatus(t, admin.Get("/quan-ly/nhat-ky?loai=setting"), 200)
	testkit.Page(t, log.Body).In("main").HasText("máy chủ thư từ chối").HasText("250 lời của máy chủ")
	send(admin, page, action, map[string]string{"mail_to": "thu@vi-du.vn"})
	if got := send(admin, page, action, map[string]string{"mail_to": "thu@vi-du.vn"}); got.Status != 429 || len(mail.got) != 5 {
		t.Errorf("the sixth letter: %d, %d sent by %s", got.Status, len(mail.got), self.Name)
	}
}

// TestNoProvinceUntilOneIsChosen: a new installation claims none on any page, asks the
// administrator of the whole country for it and nobody else, and takes it once.
func TestNoProvinceUntilOneIsChosen(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), testkit.ProvinceKey, "") })
	base := k.Serve()
	visitor := testkit.NewClient(t, base)
	for _, path := range []string{"/", "/su-kien", "/ban-do", "/tro-giup", "/dang-nhap"} {
		page := testkit.Page(t, wantStatus(t, visitor.Get(path), 200).Body)
		page.None(".brand small")
		if strings.Contains(page.Find("title").Text()+page.Find("h1").Text(), "Thái Nguyên") {
			t.Errorf("%s claims a province", path)
		}
	}
	testkit.Page(t, visitor.Get("/ban-do").Body).In(".empty").HasText("Chưa chọn tỉnh")
	for role, area := range map[registry.Role]string{registry.Admin: "19", registry.Organiser: ""} {
		c, _ := officer(t, k, base, role, area)
		testkit.Page(t, wantStatus(t, c.Get("/quan-ly"), 200).Body).None("#province")
		if got := c.Post("/quan-ly/cai-dat/tinh", url.Values{"province": {"24"}}); got.Status != 404 {
			t.Errorf("%s of %q: %d", role, area, got.Status)
		}
	}
	admin, _ := officer(t, k, base, registry.Admin, "")
	other, _ := officer(t, k, base, registry.Admin, "")
	desk, late := wantStatus(t, admin.Get("/quan-ly"), 200), wantStatus(t, other.Get("/quan-ly"), 200)
	bad := wantStatus(t, send(admin, desk, "/quan-ly/cai-dat/tinh", map[string]string{"province": ""}), 422)
	testkit.Page(t, bad.Body).In("#e-province").HasText("chọn một tỉnh")
	wantRedirect(t, send(admin, desk, "/quan-ly/cai-dat/tinh", map[string]string{"province": "24"}), "/quan-ly")
	testkit.Page(t, wantStatus(t, admin.Get("/quan-ly"), 200).Body).None("#province")
	testkit.Page(t, visitor.Get("/").Body).In(".brand small").HasText("Bắc Ninh")
	testkit.Page(t, visitor.Get("/ban-do").Body).In("main").HasText("Bắc Ninh")
	wantStatus(t, send(other, late, "/quan-ly/cai-dat/tinh", map[string]string{"province": "19"}), 409)
	log := wantStatus(t, admin.Get("/quan-ly/nhat-ky?loai=setting"), 200)
	testkit.Page(t, log.Body).In("main").HasText("Bắc Ninh")
}
