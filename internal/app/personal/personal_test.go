package personal_test

import (
	"fmt"
	"strings"
	"testing"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

const day = 24 * 3600e9

func TestARequestIsAnsweredWithinItsClocks(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	sent, today := k.PersonalRequest(), k.App.Today()
	if sent.ConfirmBy != vn.AddWorkingDays(today, 2) || sent.DueOn != vn.AddDays(today, 15) {
		t.Errorf("to be confirmed by %s and done by %s", sent.ConfirmBy, sent.DueOn)
	}
	f, err := k.App.Personal.Request(t.Context(), admin, sent.ID)
	if err != nil || f.Words.Name != "Nông Thị Sim" || strings.Contains(f.Sealed, "Nông") {
		t.Fatalf("read %+v, %v", f.Words, err)
	}
	testkit.Works(t, k.App.Personal.Confirm(t.Context(), admin, sent.ID, 1))
	if err := k.App.Personal.Confirm(t.Context(), admin, sent.ID, 2); registry.KindOf(err) != registry.Conflict {
		t.Errorf("confirmed twice: %v", err)
	}
	testkit.Works(t, k.App.Personal.Extend(t.Context(), admin, sent.ID, 2, "Phải hỏi ý kiến cơ quan thuế"))
	if err := k.App.Personal.Extend(t.Context(), admin, sent.ID, 3, "Lần nữa"); registry.KindOf(err) != registry.Conflict {
		t.Errorf("put off twice: %v", err)
	}
	if err := k.App.Personal.Close(t.Context(), admin, sent.ID, apppersonal.Outcome{Outcome: "legal_duty", Answer: "cũ", Version: 2}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("closed as it was read before: %v", err)
	}
	testkit.Works(t, k.App.Personal.Close(t.Context(), admin, sent.ID, apppersonal.Outcome{Outcome: "legal_duty", Answer: "Báo cáo đã ký phải giữ 10 năm.", Version: 3}))
	if err := k.App.Personal.Close(t.Context(), admin, sent.ID, apppersonal.Outcome{Outcome: "done", Answer: "x", Version: 4}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("closed twice: %v", err)
	}
	r, err := k.App.Personal.Follow(t.Context(), apppersonal.ShowCode(sent.Code))
	if err != nil || r.State != personal.Refused || r.Ground != personal.LegalDuty || r.DueOn != vn.AddDays(today, 30) || r.ExtendedWhy == "" {
		t.Errorf("followed: %+v, %v", r, err)
	}
	if _, err := k.App.Personal.Follow(t.Context(), "12345"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a code that is none: %v", err)
	}
	var said []string
	for _, row := range k.Look(`SELECT action, detail FROM audit WHERE object = 'personal' ORDER BY seq`) {
		said = append(said, fmt.Sprint(row[0]))
		if strings.Contains(fmt.Sprint(row[1]), "Sim") || strings.Contains(fmt.Sprint(row[1]), "0912345678") {
			t.Errorf("the log names the person: %v", row)
		}
	}
	if got := strings.Join(said, " "); got != "personal.send personal.confirm personal.extend personal.refuse" {
		t.Errorf("the log says %s", got)
	}
}

func TestALateRequestIsNotPutOff(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	sent := k.PersonalRequest()
	k.Clock.Add(16 * day)
	if in, err := k.App.Personal.Inbox(t.Context(), admin); err != nil || in.Tally != (personal.Tally{All: 1, Open: 1, Late: 1}) {
		t.Errorf("the inbox counts %+v, %v", in.Tally, err)
	}
	f, err := k.App.Personal.Request(t.Context(), admin, sent.ID)
	if err != nil || !f.Late(k.App.Today()) || !f.Unconfirmed(k.App.Today()) {
		t.Errorf("after 16 days: %+v, %v", f.Request, err)
	}
	if err := k.App.Personal.Extend(t.Context(), admin, sent.ID, 1, "Bận"); registry.KindOf(err) != registry.Conflict {
		t.Errorf("put off when it is late: %v", err)
	}
}

func TestWhoAnswersRequests(t *testing.T) {
	k := testkit.NewApp(t)
	sent := k.PersonalRequest()
	if n, err := k.App.Personal.Waiting(t.Context(), registry.Actor{}); err != nil || n.Open != 0 {
		t.Errorf("a stranger is told of %+v, %v", n, err)
	}
	for _, role := range registry.Roles {
		for _, area := range []string{"", "19"} {
			actor, _ := k.Officer(role, area)
			want := registry.NotFound
			if role == registry.Admin && area == "" {
				want = registry.None
			}
			_, inbox := k.App.Personal.Inbox(t.Context(), actor)
			_, file := k.App.Personal.Request(t.Context(), actor, sent.ID)
			for what, err := range map[string]error{"reads the inbox": inbox, "reads a request": file} {
				if registry.KindOf(err) != want {
					t.Errorf("%s of %q %s: %v", role, area, what, err)
				}
			}
			if want == registry.None {
				continue
			}
			for what, err := range map[string]error{"confirms": k.App.Personal.Confirm(t.Context(), actor, sent.ID, 1), "puts off": k.App.Personal.Extend(t.Context(), actor, sent.ID, 1, ""),
				"closes": k.App.Personal.Close(t.Context(), actor, sent.ID, apppersonal.Outcome{})} {
				if registry.KindOf(err) != registry.NotFound {
					t.Errorf("%s of %q %s: %v", role, area, what, err)
				}
			}
		}
	}
}

func TestABadRequestIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	if _, err := k.App.Personal.Send(t.Context(), apppersonal.Input{Kind: "delete"}); fmt.Sprint(testkit.FieldsOf(err)) != "[kind name contact text]" {
		t.Errorf("nothing filled in: %v", testkit.FieldsOf(err))
	}
	if _, err := k.App.Personal.Send(t.Context(), apppersonal.Input{Kind: "see", Name: "A", Way: "091234", Text: "c"}); fmt.Sprint(testkit.FieldsOf(err)) != "[contact]" {
		t.Errorf("a contact that is none: %v", err)
	}
	sent := k.PersonalRequest()
	if err := k.App.Personal.Close(t.Context(), admin, sent.ID, apppersonal.Outcome{Outcome: "no", Version: 1}); fmt.Sprint(testkit.FieldsOf(err)) != "[outcome answer]" {
		t.Errorf("closed with nothing: %v", testkit.FieldsOf(err))
	}
	if err := k.App.Personal.Extend(t.Context(), admin, sent.ID, 1, " "); fmt.Sprint(testkit.FieldsOf(err)) != "[why]" {
		t.Errorf("put off for nothing: %v", err)
	}
	in := apppersonal.Input{Kind: "see", Name: "A", Way: "0912345678", Text: "c", Net: "203.0.113.9"}
	for range 20 {
		testkit.Works(t, testkit.Second(k.App.Personal.Send(t.Context(), in)))
	}
	if _, err := k.App.Personal.Send(t.Context(), in); registry.KindOf(err) != registry.Limited {
		t.Errorf("the twenty-first of a network: %v", err)
	}
}

// TestWordsAreDestroyedByTheDatedRule: what the person wrote goes, that it asked stays; an
// open request keeps its words.
func TestWordsAreDestroyedByTheDatedRule(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	sent, open := k.PersonalRequest(), k.PersonalRequest()
	testkit.Works(t, k.App.Personal.Extend(t.Context(), admin, sent.ID, 1, "Chờ bà Sim mang giấy"))
	testkit.Works(t, k.App.Personal.Close(t.Context(), admin, sent.ID, apppersonal.Outcome{Outcome: "done", Answer: "Đã sửa tên của bà Sim.", Version: 2}))
	for _, c := range []struct{ days, wiped int }{{89, 0}, {1, 1}, {1, 0}} {
		for range c.days {
			k.Clock.Add(day)
		}
		if n, err := k.App.Personal.KeepNightly(t.Context()); err != nil || n != c.wiped {
			t.Errorf("after %d days more: %d destroyed, want %d (%v)", c.days, n, c.wiped, err)
		}
	}
	f, err := k.App.Personal.Request(t.Context(), admin, sent.ID)
	if err != nil || f.Words != (personal.Words{}) || f.Answer+f.ExtendedWhy != "" || f.WipedAt == 0 || f.State != personal.Done {
		t.Errorf("kept: %+v, %v", f, err)
	}
	if f, err := k.App.Personal.Request(t.Context(), admin, open.ID); err != nil || f.Words.Name == "" {
		t.Errorf("the open one: %+v, %v", f.Words, err)
	}
	if rows := k.Look(`SELECT COUNT(*) FROM audit WHERE action = 'keep.run'`); fmt.Sprint(rows[0][0]) != "1" {
		t.Errorf("%v lines of the log", rows[0][0])
	}
}
