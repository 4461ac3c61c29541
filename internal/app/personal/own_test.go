package personal_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// entries reads the entries of a ZIP, each name once.
func entries(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	testkit.Works(t, err)
	texts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		testkit.Works(t, err)
		raw, err := io.ReadAll(r)
		testkit.Works(t, err)
		if _, twice := texts[f.Name]; twice {
			t.Errorf("%s is there twice", f.Name)
		}
		texts[f.Name] = string(raw)
	}
	return texts
}

// TestOwnDataIsWholeAndNobodyElses: a vendor's owner takes what is kept of it; another
// account's file has none of it, and neither has a secret.
func TestOwnDataIsWholeAndNobodyElses(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	vendor := passes[0].Vendor
	owner, _ := k.VendorAccount()
	k.Write(func(tx *store.Tx) error {
		return tx.InsertMember(t.Context(), vendor, owner.Account, registry.Owner, owner.Account)
	})
	stranger, _ := k.Officer(registry.Organiser, "19")
	f, err := k.App.Personal.Own(t.Context(), owner, "vi")
	testkit.Works(t, err)
	texts := entries(t, f.Data)
	var parts map[string]any
	testkit.Works(t, json.Unmarshal([]byte(texts["du-lieu.json"]), &parts))
	rows := func(part string) int { list, _ := parts[part].([]any); return len(list) }
	for part, want := range map[string]int{"account": 1, "memberships": 1, "vendors": 1, "applications": 1, "passes": len(passes), "roles": 0} {
		if got := rows(part); got != want {
			t.Errorf("%d rows of %s, want %d", got, part, want)
		}
	}
	for _, said := range []string{"Đơn đăng ký", event.Title, passes[0].Code, "97C-123.45", "Chủ hồ sơ", "Đã duyệt", "Thẻ gian hàng"} {
		if !strings.Contains(texts["du-lieu.html"], said) {
			t.Errorf("the page does not say %q", said)
		}
	}
	for _, code := range []string{"owner", "approved", "booth", "active", "vi", "vendor", "account"} {
		if strings.Contains(texts["du-lieu.html"], "<td>"+code+"</td>") {
			t.Errorf("the page says %q, a code", code)
		}
	}
	other, err := k.App.Personal.Own(t.Context(), stranger, "en")
	testkit.Works(t, err)
	for name, text := range entries(t, other.Data) {
		if strings.Contains(text, passes[0].Code) || strings.Contains(text, "97C-123.45") || strings.Contains(text, string(owner.Account)) {
			t.Errorf("%s of somebody else tells of the owner", name)
		}
	}
	for _, row := range k.Look(`SELECT password_hash FROM accounts UNION SELECT token_hash FROM sessions`) {
		if secret, _ := row[0].(string); secret != "" && (strings.Contains(texts["du-lieu.json"], secret) || strings.Contains(texts["du-lieu.html"], secret)) {
			t.Error("a secret is in the file")
		}
	}
	if lines := k.Audited("personal.own"); len(lines) != 2 {
		t.Errorf("%d lines of the log, want 2", len(lines))
	}
	for range 2 {
		testkit.Works(t, testkit.Second(k.App.Personal.Own(t.Context(), owner, "vi")))
	}
	if _, err := k.App.Personal.Own(t.Context(), owner, "vi"); registry.KindOf(err) != registry.Limited {
		t.Errorf("the fourth at once: %v", err)
	}
}

// TestARequestToSeeIsAnsweredWithTheFile: for those who answer requests, of an account that is
// found, and for a request to see alone.
func TestARequestToSeeIsAnsweredWithTheFile(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	organiser, _ := k.Officer(registry.Organiser, "")
	sent := k.PersonalRequest(func(in *apppersonal.Input) { in.Kind = string(personal.See) })
	erase := k.PersonalRequest()
	ask := func(actor registry.Actor, of apppersonal.Sent, login, compared string) (registry.File, error) {
		return k.App.Personal.OwnOf(t.Context(), actor, of.ID, apppersonal.OwnAsk{Login: login, Compared: compared, Lang: "vi"})
	}
	login := k.Look(`SELECT COALESCE(phone, email) FROM accounts WHERE id = '` + string(organiser.Account) + `'`)[0][0].(string)
	_, err := ask(organiser, sent, login, "")
	testkit.Refused(t, "by an organiser", err, registry.NotFound, "error.not_found")
	_, err = ask(admin, erase, login, "")
	testkit.Refused(t, "for a request to erase", err, registry.Conflict, "personal.error.not_see")
	for what, bad := range map[string]struct{ login, field string }{"nobody": {"0399999999", "login"}, "no login": {"xxx", "login"},
		"somebody whom the request does not name": {login, "compared"}} {
		if _, err := ask(admin, sent, bad.login, " "); !slices.Equal(testkit.FieldsOf(err), []string{bad.field}) {
			t.Errorf("of %s: %v", what, err)
		}
	}
	named := k.PersonalRequest(func(in *apppersonal.Input) { in.Kind, in.Way = string(personal.See), "a@vi-du.vn, "+login })
	testkit.Works(t, testkit.Second(ask(admin, named, login, "")))
	f, err := ask(admin, sent, login, "Gọi số của tài khoản.")
	testkit.Works(t, err)
	if lines := k.Audited("personal.own"); len(lines) != 2 || !strings.Contains(lines[0].Detail, "Gọi số của tài khoản.") {
		t.Errorf("the log: %v", lines)
	}
	if page := entries(t, f.Data)["du-lieu.html"]; !strings.Contains(page, "Tài khoản") {
		t.Error("the file has no page")
	}
}
