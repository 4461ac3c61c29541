package personal_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/accounts"
	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// wanted is an account that asked to be erased, and who answers.
type wanted struct {
	*testkit.Kit
	t       *testing.T
	admin   registry.Actor
	account registry.Account
	request apppersonal.Sent
}

// sure asks for an account of which somebody made sure.
func sure(login string) apppersonal.EraseAsk {
	return apppersonal.EraseAsk{Login: login, Compared: "Gọi số của tài khoản."}
}

func at(version int64, login string) apppersonal.EraseAsk {
	ask := sure(login)
	ask.Version = version
	return ask
}

func newWanted(t *testing.T, name string, grants ...registry.Grant) *wanted {
	t.Helper()
	k := testkit.NewApp(t)
	w := &wanted{Kit: k, t: t, account: k.Account(name, grants...)}
	w.admin, _ = k.Officer(registry.Admin, "")
	w.request = k.PersonalRequest()
	return w
}

// version is that of the request.
func (w *wanted) version() int64 {
	w.t.Helper()
	f, err := w.App.Personal.Request(w.t.Context(), w.admin, w.request.ID)
	testkit.Works(w.t, err)
	return f.Version
}

func (w *wanted) plan() error {
	return w.App.Personal.Erase(w.t.Context(), w.admin, w.request.ID, at(w.version(), w.account.Phone))
}

func (w *wanted) nightly() int {
	w.t.Helper()
	n, err := w.App.Personal.EraseNightly(w.t.Context())
	testkit.Works(w.t, err)
	return n
}

// erased plans the erasure and lets its days pass.
func (w *wanted) erased() personal.Erasure {
	w.t.Helper()
	testkit.Works(w.t, w.plan())
	w.Clock.Add(7 * day)
	if n := w.nightly(); n != 1 {
		w.t.Fatalf("%d erased: %+v", n, w.latest().Obstacles)
	}
	return w.latest()
}

// lines are those of the log with an action.
func (w *wanted) lines(action string) []registry.AuditEntry {
	return slices.DeleteFunc(w.Audited(action), func(e registry.AuditEntry) bool { return e.Action != action })
}

// latest is the erasure that was planned last.
func (w *wanted) latest() personal.Erasure {
	w.t.Helper()
	all, err := w.App.Personal.Erasures(w.t.Context(), w.admin, w.request.ID)
	testkit.Works(w.t, err)
	if len(all) == 0 {
		w.t.Fatal("nothing was planned")
	}
	return all[0]
}

// household makes the account the owner of a household.
func (w *wanted) household(options ...testkit.VendorOption) registry.Vendor {
	return w.Vendor(append([]testkit.VendorOption{testkit.OwnedBy(registry.Actor{Account: w.account.ID}), testkit.WithVendor(func(v *registry.Vendor) {
		v.Kind, v.Name, v.Representative, v.TaxCode = registry.Household, "Hộ "+w.account.Name, w.account.Name, "004186012345"
		v.Email, v.PhonePublic = "sim@vi-du.vn", true
	})}, options...)...)
}

// TestAnAccountIsErasedAfterItsDays: what was foretold is destroyed, the login is unknown and free,
// the request is closed with what was done, the log names nobody.
func TestAnAccountIsErasedAfterItsDays(t *testing.T) {
	w := newWanted(t, "Nông Thị Sim Độc", registry.Grant{Role: registry.Organiser, Area: "19"})
	vendor := w.household()
	owner, token := w.SignedIn(w.account)
	w.SignedIn(w.account)
	if p, err := w.App.Personal.Pending(t.Context(), owner); err != nil || p != nil {
		t.Errorf("waiting before it was planned: %v, %v", p, err)
	}
	p, err := w.App.Personal.PlanErase(t.Context(), w.admin, w.request.ID, sure(w.account.Phone))
	if err != nil || p.Name != "Nông T… S… Đ…" || p.DueOn != vn.AddDays(w.App.Today(), 7) || p.Effects.Of(personal.PartSessions) != 2 ||
		p.Effects.Of(personal.PartVendors) != 1 || p.Effects.Of(personal.PartRoles) != 1 || len(p.Obstacles) != 0 {
		t.Fatalf("planned %+v, %v", p, err)
	}
	testkit.Works(t, w.plan())
	if e, err := w.App.Personal.Pending(t.Context(), owner); err != nil || e == nil || e.DueOn != p.DueOn {
		t.Errorf("the account is told %+v, %v", e, err)
	}
	w.Clock.Add(6 * day)
	if n := w.nightly(); n != 0 {
		t.Error("erased before its day")
	}
	w.Clock.Add(day)
	if n := w.nightly(); n != 1 {
		t.Fatalf("%d erased on its day: %+v", n, w.latest())
	}
	done := w.latest()
	if done.State != personal.Erased || done.Effects.Of(personal.PartContact) != 1 || done.Effects.Of(personal.PartSessions) != 2 {
		t.Errorf("done: %+v", done)
	}
	if _, err := w.App.Accounts.Authenticate(t.Context(), token); err == nil {
		t.Error("the session goes on")
	}
	in := accounts.SignIn{Login: w.account.Phone, Password: testkit.Password, Client: accounts.Client{Net: "203.0.113.0/24"}}
	_, unknown := w.App.Accounts.SignIn(t.Context(), in)
	in.Login = "0377000111"
	_, never := w.App.Accounts.SignIn(t.Context(), in)
	if fmt.Sprint(unknown) != fmt.Sprint(never) || unknown == nil {
		t.Errorf("the old login is answered %v, one that never was %v", unknown, never)
	}
	r, err := w.App.Personal.Follow(t.Context(), w.request.Code)
	if err != nil || r.State != personal.Done || !strings.Contains(r.Answer, "Đã xóa hẳn") || !strings.Contains(r.Answer, "Lời của yêu cầu tự xóa") {
		t.Errorf("the request is answered %+v, %v", r, err)
	}
	w.Write(func(tx *store.Tx) error { // the login is free
		again := w.account
		again.ID = store.NewID[registry.AccountID]()
		return tx.InsertAccount(t.Context(), again)
	})
	for _, e := range w.lines("personal.erase") {
		raw, _ := json.Marshal(e)
		if strings.Contains(string(raw), "Sim") || !strings.Contains(string(raw), "erase_gone") {
			t.Errorf("the log says %s", raw)
		}
	}
	hidden := w.Look(`SELECT state, representative, phone, email, village, COALESCE(tax_code, ''), name, slug FROM vendors WHERE id = '` + string(vendor.ID) + `'`)[0]
	if got := fmt.Sprint(hidden[:7]); got != "[blocked      "+personal.ErasedVendor+"]" || strings.Contains(fmt.Sprint(hidden[7]), "sim") {
		t.Errorf("the household is %v", hidden)
	}
	if n := w.nightly(); n != 0 {
		t.Errorf("%d erased again", n)
	}
	if got := w.latest(); got.Version != done.Version {
		t.Error("the second run changed something")
	}
	testkit.Refused(t, "taken back afterwards", w.App.Personal.TakeBack(t.Context(), w.admin, w.request.ID, done.Version, "Đổi ý."), registry.Conflict, "erase.error.over")
	testkit.Refused(t, "erased twice", w.plan(), registry.Conflict, "personal.error.closed")
	_, gone := w.App.Accounts.User(t.Context(), w.admin, w.account.ID)
	testkit.Refused(t, "looked at", gone, registry.NotFound, "error.not_found")
	testkit.Refused(t, "enabled", w.App.Accounts.EnableAccount(t.Context(), w.admin, w.account.ID), registry.NotFound, "error.not_found")
	if c, err := w.DB.Check(t.Context()); err != nil || !c.OK() {
		t.Errorf("check-db: %+v, %v", c, err)
	}
}

// TestAnErasureIsTakenBack with a reason, before its day; then it can be planned anew.
func TestAnErasureIsTakenBack(t *testing.T) {
	w := newWanted(t, "Lý Thị Mẩy")
	testkit.Works(t, w.plan())
	back := func(version int64, why string) error {
		return w.App.Personal.TakeBack(t.Context(), w.admin, w.request.ID, version, why)
	}
	if err := back(1, " "); fmt.Sprint(testkit.FieldsOf(err)) != "[back_why]" {
		t.Errorf("without a reason: %v", err)
	}
	testkit.Refused(t, "of another reading", back(2, "Đổi ý."), registry.Conflict, "error.stale")
	testkit.Refused(t, "closed by hand while it waits", w.App.Personal.Close(t.Context(), w.admin, w.request.ID,
		apppersonal.Outcome{Outcome: "done", Answer: "Xong.", Version: w.version()}), registry.Conflict, "erase.error.waits")
	testkit.Refused(t, "planned twice", w.plan(), registry.Conflict, "erase.error.planned")
	testkit.Works(t, back(1, "Người gửi đổi ý."))
	w.Clock.Add(8 * day)
	if n := w.nightly(); n != 0 {
		t.Error("erased though it was taken back")
	}
	testkit.Refused(t, "taken back twice", back(2, "Đổi ý."), registry.Conflict, "erase.error.over")
	testkit.Works(t, w.plan())
	if lines := w.Audited("personal.erase_back"); len(lines) != 1 {
		t.Errorf("%d lines of the log", len(lines))
	}
}

// TestABadErasureIsRefused: another's login, no login, of oneself, of a request for something
// else, by whoever does not answer requests.
func TestABadErasureIsRefused(t *testing.T) {
	w := newWanted(t, "Triệu Văn Páo")
	other := w.Account("Hoàng Văn Khác")
	see := w.PersonalRequest(func(in *apppersonal.Input) { in.Kind = string(personal.See) })
	own, err := w.App.Personal.AskErase(t.Context(), w.ActorOf(w.account.ID), "Xóa tài khoản của tôi.")
	testkit.Works(t, err)
	_, err = w.App.Personal.AskErase(t.Context(), w.ActorOf(w.account.ID), "Xóa tài khoản của tôi.")
	testkit.Refused(t, "asked twice", err, registry.Conflict, "erase.error.asked")
	organiser, _ := w.Officer(registry.Organiser, "")
	ofOneArea, _ := w.Officer(registry.Admin, "19")
	login := func(a registry.Actor) string {
		return w.Look(`SELECT phone FROM accounts WHERE id = '` + string(a.Account) + `'`)[0][0].(string)
	}
	for what, c := range map[string]struct {
		by      registry.Actor
		request personal.ID
		login   string
		kind    registry.Kind
		key     string
	}{
		"nobody's login":              {w.admin, w.request.ID, "0399999999", registry.Invalid, "personal.error.no_account"},
		"no login":                    {w.admin, w.request.ID, "xxx", registry.Invalid, "error.account.login"},
		"of oneself":                  {w.admin, w.request.ID, login(w.admin), registry.Invalid, "erase.error.oneself"},
		"another account than asked":  {w.admin, own.ID, other.Phone, registry.Invalid, "erase.error.other_account"},
		"for a request to see":        {w.admin, see.ID, w.account.Phone, registry.Conflict, "personal.error.closed"},
		"for no request":              {w.admin, "x", w.account.Phone, registry.NotFound, "error.not_found"},
		"by an organiser":             {organiser, w.request.ID, w.account.Phone, registry.NotFound, "error.not_found"},
		"by an admin of one province": {ofOneArea, w.request.ID, w.account.Phone, registry.NotFound, "error.not_found"},
	} {
		_, plan := w.App.Personal.PlanErase(t.Context(), c.by, c.request, sure(c.login))
		for act, err := range map[string]error{"planned": plan, "erased": w.App.Personal.Erase(t.Context(), c.by, c.request, at(1, c.login))} {
			if registry.KindOf(err) != c.kind || !testkit.HasKey(err, c.key) {
				t.Errorf("%s, %s: %v, want %s", what, act, err, c.key)
			}
		}
	}
	testkit.Refused(t, "taken back by an organiser", w.App.Personal.TakeBack(t.Context(), organiser, w.request.ID, 1, "x"), registry.NotFound, "error.not_found")
	_, err = w.App.Personal.Erasures(t.Context(), organiser, w.request.ID)
	testkit.Refused(t, "read by an organiser", err, registry.NotFound, "error.not_found")
	if p, err := w.App.Personal.PlanErase(t.Context(), w.admin, own.ID, sure(w.account.Email)); err != nil || !p.Asked {
		t.Errorf("of the account that asked: %+v, %v", p, err)
	}
	if n := w.Look(`SELECT COUNT(*) FROM personal_erasures`)[0][0]; fmt.Sprint(n) != "0" {
		t.Errorf("%v erasures are planned", n)
	}
}

// TestTwoAdministratorsAtOnce plan the same erasure: one of them is told so, of two requests too.
func TestTwoAdministratorsAtOnce(t *testing.T) {
	w := newWanted(t, "Bàn Thị Lụa")
	second, _ := w.Officer(registry.Admin, "")
	twin := w.PersonalRequest()
	errs := make(chan error, 4)
	for _, by := range []registry.Actor{w.admin, second} {
		for _, r := range []personal.ID{w.request.ID, twin.ID} {
			go func() { errs <- w.App.Personal.Erase(t.Context(), by, r, at(1, w.account.Phone)) }()
		}
	}
	works := 0
	for range 4 {
		switch err := <-errs; registry.KindOf(err) {
		case registry.None:
			works++
		case registry.Conflict:
		default:
			t.Error(err)
		}
	}
	if n := w.Look(`SELECT COUNT(*) FROM personal_erasures`)[0][0]; works != 1 || fmt.Sprint(n) != "1" {
		t.Errorf("%d worked, %v are stored", works, n)
	}
	w.Clock.Add(7 * day)
	both := w.Another()
	done := make(chan int, 2)
	for _, run := range []func() int{w.nightly, func() int { n, _ := both.Personal.EraseNightly(t.Context()); return n }} {
		go func() { done <- run() }()
	}
	if n := <-done + <-done; n != 1 {
		t.Errorf("two servers erased it %d times", n)
	}
	if lines := w.lines("personal.erase"); len(lines) != 1 {
		t.Errorf("%d lines of the log", len(lines))
	}
}

// TestWhatStandsAgainstAnErasure: each hindrance names what it concerns.
func TestWhatStandsAgainstAnErasure(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	admin, _ := k.Officer(registry.Admin, "")
	owner, _ := k.VendorAccount()
	k.Write(func(tx *store.Tx) error {
		return tx.InsertMember(t.Context(), passes[0].Vendor, owner.Account, registry.Owner, owner.Account)
	})
	w := &wanted{Kit: k, t: t, admin: admin, request: k.PersonalRequest()}
	k.Read(func(tx *store.Tx) (err error) { w.account, err = tx.Account(t.Context(), owner.Account); return err })
	against := func() (whys []string) {
		t.Helper()
		p, err := k.App.Personal.PlanErase(t.Context(), admin, w.request.ID, sure(w.account.Phone))
		testkit.Works(t, err)
		for _, o := range p.Obstacles {
			whys = append(whys, fmt.Sprint(o.Why, o.Names))
		}
		return whys
	}
	if got := against(); len(got) != 1 || !strings.Contains(got[0], event.Title) {
		t.Errorf("of a running event: %q", got)
	}
	testkit.Refused(t, "planned", w.plan(), registry.Conflict, "erase.error.hindered")
	second, _ := k.VendorAccount()
	k.Write(func(tx *store.Tx) error {
		return tx.InsertMember(t.Context(), passes[0].Vendor, second.Account, registry.Owner, owner.Account)
	})
	if got := against(); len(got) != 0 {
		t.Errorf("with another owner: %q", got)
	}
	body := k.Body()
	k.ActFor(owner, body)
	testkit.Works(t, testkit.Second(k.App.Personal.PlanErase(t.Context(), admin, w.request.ID, sure(w.account.Phone))))
	testkit.Works(t, w.plan())
	testkit.Works(t, k.App.Vendors.RemoveMember(t.Context(), k.ActorOf(owner.Account), passes[0].Vendor, second.Account))
	k.Clock.Add(7 * day)
	if n := w.nightly(); n != 0 {
		t.Fatal("erased though its vendor stands at a fair again")
	}
	off := w.latest()
	if off.State != personal.PutOff || len(off.Obstacles) != 1 || off.Obstacles[0].Why != personal.RunningEvents {
		t.Errorf("it is %+v", off)
	}
	w.nightly()
	if lines := k.Audited("personal.erase_put_off"); len(lines) != 1 {
		t.Errorf("%d lines of the log for one reason", len(lines))
	}
	in, err := k.App.Personal.Inbox(t.Context(), admin)
	if err != nil || in.Erasures[w.request.ID].State != personal.PutOff {
		t.Errorf("the inbox shows %+v, %v", in.Erasures, err)
	}
	testkit.Works(t, testkit.Second(k.App.Lifecycle.AdvanceEvents(t.Context())))
	if n := w.nightly(); n != 1 {
		t.Errorf("%d erased once it was over: %+v", n, w.latest())
	}
}

// TestTheLastAdministratorStays: of two who are to be erased one is, the other is put off.
func TestTheLastAdministratorStays(t *testing.T) {
	w := newWanted(t, "Quản Trị Một", registry.Grant{Role: registry.Admin})
	testkit.Works(t, w.plan())
	other := w.PersonalRequest()
	phone := w.Look(`SELECT phone FROM accounts WHERE id = '` + string(w.admin.Account) + `'`)[0][0].(string)
	testkit.Works(t, w.App.Personal.Erase(t.Context(), w.ActorOf(w.account.ID), other.ID, at(1, phone)))
	w.Clock.Add(7 * day)
	if n := w.nightly(); n != 1 {
		t.Errorf("%d of the two are erased", n)
	}
	if n := w.Look(`SELECT COUNT(*) FROM personal_erasures WHERE state = 'put_off' AND obstacles LIKE '%last_admin%'`)[0][0]; fmt.Sprint(n) != "1" {
		t.Errorf("%v are put off", n)
	}
}

// TestNothingIsHalfErased: where the transaction cannot end, nothing of it is there.
func TestNothingIsHalfErased(t *testing.T) {
	w := newWanted(t, "Đặng Văn Nửa")
	w.household()
	testkit.Works(t, w.plan())
	w.Clock.Add(7 * day)
	was := dump(w.Kit)
	stop := w.Tamper() // the last thing that an erasure writes cannot be written
	trigger, end := `CREATE TRIGGER no_more BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'killed'); END`, `DROP TRIGGER no_more`
	if testkit.Engine() == "postgres" {
		stop.Do(-1, `CREATE FUNCTION no_more() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''killed''; END' LANGUAGE plpgsql`)
		trigger, end = `CREATE TRIGGER no_more BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION no_more()`, `DROP TRIGGER no_more ON audit`
	}
	stop.Do(-1, trigger)
	if n, err := w.App.Personal.EraseNightly(t.Context()); n != 0 || err == nil {
		t.Fatalf("%d erased, %v", n, err)
	}
	if is := dump(w.Kit); is != was {
		t.Error("something of it is there")
	}
	stop.Do(-1, end)
	if n := w.nightly(); n != 1 {
		t.Errorf("%d erased afterwards", n)
	}
	if c, err := w.DB.Check(t.Context()); err != nil || !c.OK() {
		t.Errorf("check-db: %+v, %v", c, err)
	}
}

// dump is all that is stored but the counters.
func dump(k *testkit.Kit) string {
	var all []string
	for _, table := range tables() {
		if table == "counters" || table == "audit_head" {
			continue
		}
		for _, row := range k.Look(`SELECT * FROM ` + table) {
			all = append(all, table+fmt.Sprint(row...))
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}
