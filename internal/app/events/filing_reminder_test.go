package events_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// postbag keeps the letters that it is to send.
type postbag struct{ letters []registry.Message }

func (p *postbag) Send(_ context.Context, m registry.Message) error {
	p.letters = append(p.letters, m)
	return nil
}

// emptied returns the kinds of the reminders to an address since it was last asked.
func (p *postbag) emptied(k *testkit.Kit, to string) (kinds []string) {
	for sent := 1; sent > 0; {
		var err error
		sent, err = k.App.SendOutbox(k.T.Context(), p)
		testkit.Works(k.T.(*testing.T), err)
	}
	for _, m := range p.letters {
		if kind, ok := strings.CutPrefix(m.Key, "event.mail."); ok && m.To == to {
			kinds = append(kinds, kind)
		}
	}
	p.letters = nil
	return kinds
}

func registered(kind registry.Registration, filedOn string) testkit.EventOption {
	return func(e *registry.Event) {
		e.Legal = registry.LegalBasis{Registration: kind, FiledOn: filedOn}
	}
}

// Each date of a registration is reminded of once, however often the server looks and
// though it was down on the day; who may manage the event hears of it, nobody else.
func TestOfficersAreRemindedOfFilingOnce(t *testing.T) {
	testkit.NamesDays(t) // 22/11/2026
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) {
			k := testkit.NewAppOn(t, engine)
			organiser := k.Account("Người tổ chức", registry.Grant{Role: registry.Organiser, Area: "19"}, registry.Grant{Role: registry.Admin, Area: "19"})
			others := []registry.Account{k.Account("Nơi khác", registry.Grant{Role: registry.Organiser, Area: "24"}),
				k.Account("Người xem", registry.Grant{Role: registry.Viewer, Area: "19"})}
			e := k.Event(testkit.InState(registry.Planned), testkit.OnDays("2027-03-01", 3), registered(registry.RegistrationToFile, ""))
			k.Event(testkit.InState(registry.Cancelled), testkit.OnDays("2027-03-01", 3), registered(registry.RegistrationToFile, ""))
			k.Event(testkit.InState(registry.Planned), testkit.OnDays("2027-03-01", 3), registered(registry.RegistrationConfirmed, "2026-11-01"))
			k.Event(testkit.InState(registry.Planned), testkit.OnDays("2027-03-01", 3), registered(registry.RegistrationNotNeeded, ""))
			k.Event(testkit.InState(registry.Ended), testkit.OnDays("2026-11-18", 3), registered(registry.RegistrationConfirmed, "2026-09-01"))
			var bag postbag
			bag.emptied(k, "")
			got := map[string][]string{}
			for day := "2026-11-22"; day < "2027-04-20"; day = vn.AddDays(day, 1) {
				if day == "2026-12-31" || day == "2027-01-01" {
					continue // the server is down
				}
				at, _ := vn.InstantOf(day, 9*60)
				k.Clock.Set(at)
				for range 2 {
					_, err := k.App.Events.RemindFilings(t.Context())
					testkit.Works(t, err)
				}
				if kinds := bag.emptied(k, organiser.Email); len(kinds) > 0 {
					got[day] = kinds
				}
			}
			want := map[string][]string{"2026-12-10": {"report_soon"}, "2026-12-20": {"report_last"},
				"2027-01-02": {"file_soon"}, "2027-01-25": {"file_change"}, "2027-01-30": {"file_last"}}
			if len(got) != len(want) {
				t.Errorf("reminded on %v, want %v", got, want)
			}
			for day, kinds := range want {
				if !slices.Equal(got[day], kinds) {
					t.Errorf("on %s reminded of %v, want %v", day, got[day], kinds)
				}
			}
			for _, other := range others {
				k.Write(func(tx *store.Tx) error {
					contacts, err := tx.OfficerContacts(t.Context(), []registry.Role{registry.Organiser, registry.Admin}, k.App.Areas.Scope(e.Area))
					if slices.ContainsFunc(contacts, func(c store.Contact) bool { return c.Email == other.Email }) || len(contacts) != 1 {
						t.Errorf("told %v", contacts)
					}
					return err
				})
			}
		})
	}
}

// A moved event has other dates, and one that is filed is left alone. That nobody
// could be told is said on the event's page.
func TestRemindersFollowTheEvent(t *testing.T) {
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	organiser := k.Account("Người tổ chức", registry.Grant{Role: registry.Organiser, Area: "19"})
	actor, _ := k.SignedIn(organiser)
	e := k.Event(testkit.InState(registry.Planned), testkit.OnDays("2027-01-21", 1), registered(registry.RegistrationToFile, ""))
	var bag postbag
	remind := func(day string) []string {
		at, _ := vn.InstantOf(day, 9*60)
		k.Clock.Set(at)
		_, err := k.App.Events.RemindFilings(t.Context())
		testkit.Works(t, err)
		return bag.emptied(k, organiser.Email)
	}
	said := func() string {
		desk, err := k.App.Lifecycle.EventDesk(t.Context(), actor, e.ID)
		testkit.Works(t, err)
		for _, a := range desk.Advice {
			if strings.Contains(a.Key, "reminded") {
				return i18n.T(i18n.Vietnamese, a.Key, a.Args...)
			}
		}
		return ""
	}
	k.App.NoMail = true
	if got := remind("2026-11-22"); len(got) != 1 || got[0] != "file_soon" {
		t.Errorf("reminded of %v", got)
	}
	if !strings.Contains(said(), "không cán bộ nào") {
		t.Errorf("the page says %q, but a letter in a folder tells nobody", said())
	}
	k.App.NoMail = false
	edit := func(change func(*registry.Event)) {
		k.Write(func(tx *store.Tx) error {
			now, err := tx.Event(t.Context(), e.ID)
			if err != nil {
				return err
			}
			change(&now)
			return tx.SaveEvent(t.Context(), &now, k.App.Areas.Scope(now.Area))
		})
	}
	edit(func(now *registry.Event) { testkit.OnDays("2027-02-04", 1)(now) })
	if got := remind("2026-12-06"); len(got) != 1 || got[0] != "file_soon" || !strings.Contains(said(), "06/12/2026 cho 1 cán bộ") {
		t.Errorf("after it moved reminded of %v; the page says %q", got, said())
	}
	edit(func(now *registry.Event) {
		now.Legal.Registration, now.Legal.FiledOn = registry.RegistrationFiled, "2026-12-07"
	})
	if got := remind("2027-01-05"); len(got) != 0 {
		t.Errorf("reminded of %v though it is filed", got)
	}
}

// Every reminder has its letter in both languages, with all that it speaks of.
func TestEveryReminderReadsWell(t *testing.T) {
	t.Parallel()
	args := []any{"Phiên chợ", "01–03/03/2027", "31/12/2026", "Nghị định 81/2018/NĐ-CP, Điều 29", "qua bưu điện", "https://vi-du.vn/x", "30/01/2027", "02/04/2027"}
	for _, kind := range []registry.ReminderKind{registry.RemindFileSoon, registry.RemindFileChange, registry.RemindFileLast, registry.RemindReportSoon, registry.RemindReportLast} {
		for _, lang := range i18n.Languages {
			subject, body := i18n.T(lang, "event.mail."+string(kind)+".subject", args...), i18n.T(lang, "event.mail."+string(kind)+".body", args...)
			last := "30/01/2027"
			if strings.HasPrefix(string(kind), "report") {
				last = "02/04/2027"
			}
			if !strings.Contains(subject, "Phiên chợ") || !strings.Contains(body, last) || !strings.Contains(body, "81/2018") || !strings.Contains(body, "https://vi-du.vn/x") || strings.Contains(body, "{{") {
				t.Errorf("%s in %s: %s\n%s", kind, lang, subject, body)
			}
			if !i18n.Has("event.reminder." + string(kind)) {
				t.Errorf("%s has no words for the log", kind)
			}
		}
	}
}
