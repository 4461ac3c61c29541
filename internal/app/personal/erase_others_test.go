package personal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/app/vendors"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestACompanyStaysWithoutThePerson: name, phone and address of the account go from a vendor that
// stays; what is somebody else's stays there.
func TestACompanyStaysWithoutThePerson(t *testing.T) {
	w := newWanted(t, "Nông Thị Sim Độc")
	of := func(representative, phone, email string) registry.Vendor {
		return w.Vendor(testkit.OwnedBy(registry.Actor{Account: w.account.ID}), testkit.WithVendor(func(v *registry.Vendor) {
			v.Kind, v.Name, v.TaxCode = registry.Enterprise, "Công ty Miến Na Rì", ""
			v.Representative, v.Phone, v.PhonePublic, v.Email = representative, phone, true, email
		}))
	}
	hers, others := of(w.account.Name, w.account.Phone, w.account.Email), of("Hoàng Văn Khác", "0977000111", "khac@vi-du.vn")
	before := w.Look(`SELECT * FROM vendors WHERE id = '` + string(others.ID) + `'`)
	if done := w.erased(); done.Effects.Of(personal.PartVendors) != 1 {
		t.Errorf("told: %+v", done.Effects)
	}
	if got := fmt.Sprint(w.Look(`SELECT state, name, representative, phone, phone_public, email FROM vendors WHERE id = '` + string(hers.ID) + `'`)[0]); strings.Contains(got, "Sim") ||
		strings.Contains(got, w.account.Phone) || !strings.Contains(got, "Công ty Miến Na Rì") {
		t.Errorf("the company is %s", got)
	}
	if got := w.Look(`SELECT * FROM vendors WHERE id = '` + string(others.ID) + `'`); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("somebody else's data: %v", got)
	}
}

// TestWhatIsOthersTooHinders: a household with another member or another representative is not
// emptied with one of its people.
func TestWhatIsOthersTooHinders(t *testing.T) {
	w := newWanted(t, "Hoàng Văn Con")
	mother := w.household(testkit.WithVendor(func(v *registry.Vendor) { v.Name, v.Representative = "Hộ Hoàng Thị Mẹ", "Hoàng Thị Mẹ" }))
	hindered := func(what string, want int) {
		t.Helper()
		p, err := w.App.Personal.PlanErase(t.Context(), w.admin, w.request.ID, sure(w.account.Phone))
		testkit.Works(t, err)
		names := []string{}
		for _, o := range p.Obstacles {
			if o.Why == personal.OtherPeople {
				names = o.Names
			}
		}
		if len(names) != want {
			t.Errorf("%s: hindered by %v", what, names)
		}
	}
	hindered("another representative", 1)
	w.Write(func(tx *store.Tx) error {
		mother.Representative = w.account.Name
		return tx.SaveVendor(t.Context(), &mother, w.App.Areas.Scope(mother.Area))
	})
	hindered("its own household", 0)
	member := w.Account("Lý Thị Dâu")
	w.Write(func(tx *store.Tx) error {
		return tx.InsertMember(t.Context(), mother.ID, member.ID, registry.Member, member.ID)
	})
	hindered("another member", 1)
}

// TestAnErasureThatTheAccountDidNotAskFor needs somebody who compared, waits a day at least, and is
// told to the account by mail.
func TestAnErasureThatTheAccountDidNotAskFor(t *testing.T) {
	w := newWanted(t, "Triệu Văn Páo")
	_, err := w.App.Personal.PlanErase(t.Context(), w.admin, w.request.ID, apppersonal.EraseAsk{Login: w.account.Phone})
	if !slices.Equal(testkit.FieldsOf(err), []string{"compared"}) {
		t.Errorf("planned without a comparison: %v", err)
	}
	err = w.App.Personal.Erase(t.Context(), w.admin, w.request.ID, apppersonal.EraseAsk{Login: w.account.Phone, Version: w.version()})
	if !slices.Equal(testkit.FieldsOf(err), []string{"compared"}) {
		t.Errorf("erased without a comparison: %v", err)
	}
	testkit.Works(t, w.plan())
	mail := w.Look(`SELECT address, key FROM outbox WHERE key = 'account.mail.erase_planned'`)
	if len(mail) != 1 || mail[0][0] != w.account.Email {
		t.Errorf("the account is written to: %v", mail)
	}
	if lines := w.Audited("personal.erase_plan"); len(lines) != 1 || !strings.Contains(lines[0].Detail, "Gọi số của tài khoản.") {
		t.Errorf("the log: %v", lines)
	}
}

// TestWhatWasEmptiedStaysEmpty: an office neither opens the household again nor writes into it, its
// pictures are nobody's to see, letters to its people are gone, and a second request is answered too.
func TestWhatWasEmptiedStaysEmpty(t *testing.T) {
	w := newWanted(t, "Nông Thị Sim Độc")
	vendor := w.household()
	testkit.Works(t, testkit.Second(w.App.Personal.AskErase(t.Context(), w.ActorOf(w.account.ID), "Xóa.")))
	var photo registry.FileID
	w.Write(func(tx *store.Tx) (err error) {
		photo, err = tx.InsertFile(t.Context(), registry.File{ContentType: "image/jpeg", Name: "a.jpg", Data: []byte("a"), Owner: vendor.ID, Public: true})
		if err != nil {
			return err
		}
		return tx.Notify(t.Context(), registry.Message{To: "sim@vi-du.vn", Lang: "vi", Key: "vendor.mail.join_code", Args: []string{w.account.Name}})
	})
	w.erased()
	reviewer, _ := w.Officer(registry.Admin, "")
	testkit.Refused(t, "opened", w.App.Vendors.UnblockVendor(t.Context(), reviewer, vendor.ID), registry.Conflict, "vendor.error.emptied")
	v := w.Look(`SELECT version FROM vendors WHERE id = '` + string(vendor.ID) + `'`)[0][0].(int64)
	testkit.Refused(t, "written into", w.App.Vendors.EditVendor(t.Context(), reviewer, vendor.ID, v, vendors.InputOf(vendor)), registry.Conflict, "vendor.error.emptied")
	for what, query := range map[string]string{
		"public pictures": `SELECT COUNT(*) FROM files WHERE public = 1 AND id = '` + string(photo) + `'`,
		"letters":         `SELECT COUNT(*) FROM outbox WHERE address = 'sim@vi-du.vn'`,
		"open requests":   `SELECT COUNT(*) FROM personal_requests WHERE closed_at = 0`,
	} {
		if n := w.Look(query)[0][0]; n != int64(0) {
			t.Errorf("%v %s are left", n, what)
		}
	}
	if answers := w.Look(`SELECT DISTINCT answer FROM personal_requests`); len(answers) != 1 {
		t.Errorf("they are answered %v", answers)
	}
}
