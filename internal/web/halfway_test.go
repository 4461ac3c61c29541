package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/web"
)

// secondStepRoutes are what an account may do while it owes the second step. The
// list is written out here so that a new route is closed to it until somebody
// thinks about it.
var secondStepRoutes = map[string]bool{
	"GET /xac-thuc": true, "POST /xac-thuc": true, "GET /xac-thuc/thiet-lap": true, "POST /xac-thuc/thiet-lap": true,
	"GET /dang-nhap": true, "POST /dang-xuat": true,
}

// halfway is somebody of whom only the password is known.
type halfway struct {
	name    string
	account registry.Account
	client  *testkit.Client
}

// enterHalfway signs an account in by its password alone.
func enterHalfway(t *testing.T, s *stall, name string, account registry.Account) halfway {
	t.Helper()
	c := testkit.NewClient(t, s.base)
	got := c.Post("/dang-nhap", url.Values{"login": {account.Phone}, "password": {testkit.Password}})
	wantRedirect(t, got, "/xac-thuc")
	return halfway{name, account, c}
}

// setUpTOTP gives an account a second step, as if set up on another day.
func setUpTOTP(t *testing.T, s *stall, account registry.Account) {
	t.Helper()
	_, token := s.k.SignedIn(account)
	in, err := s.k.App.Accounts.Authenticate(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	setup, err := s.k.App.Accounts.NewTOTP(in)
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.ReplaceAll(setup.Secret, " ", "")
	if _, err := s.k.App.Accounts.ConfirmTOTP(t.Context(), in, setup.Sealed, codeAt(t, secret, s.k.Clock.Now())); err != nil {
		t.Fatal(err)
	}
}

// halfwayAccounts are the kinds of accounts that owe the second step: with and
// without an app set up, with a vendor beside the role, and with neither role nor
// need, but an app set up of their own will.
func halfwayAccounts(t *testing.T, s *stall) (all []halfway) {
	t.Helper()
	admin := registry.Grant{Role: registry.Admin}
	for _, kind := range []struct {
		name        string
		grants      []registry.Grant
		totp, owner bool
	}{
		{"officer", []registry.Grant{admin}, true, false},
		{"officer without an app", []registry.Grant{admin}, false, false},
		{"officer with a vendor", []registry.Grant{admin}, true, true},
		{"vendor that was an officer", nil, true, true},
	} {
		account := s.k.Account("Hoàng Thị Cán", kind.grants...)
		if kind.owner {
			s.k.Write(func(tx *store.Tx) error {
				return tx.InsertMember(t.Context(), s.vendor.ID, account.ID, registry.Owner, "")
			})
		}
		if kind.totp {
			setUpTOTP(t, s, account)
		}
		all = append(all, enterHalfway(t, s, kind.name, account))
	}
	return all
}

// TestLongPasswordAloneOpensNothing asks every route of whoever has given a password
// and owes the second step: what needs an account leads to that step, all else
// answers as it does for a stranger, and nothing is written.
func TestLongPasswordAloneOpensNothing(t *testing.T) {
	need.Long(t)
	t.Parallel()
	s := newStall(t)
	var file registry.FileID
	s.k.Write(func(tx *store.Tx) (err error) {
		file, err = tx.InsertFile(t.Context(), registry.File{ContentType: "image/png", Name: "a.png", Data: []byte("x"), Owner: s.vendor.ID})
		return err
	})
	accounts := halfwayAccounts(t, &s)
	stranger, theirs := testkit.NewClient(t, s.base), map[string]testkit.Answer{}
	var routes []web.PolicyRoute
	for _, r := range web.Policies(s.server) {
		if name := r.Method + " " + r.Path; !secondStepRoutes[name] && !strings.HasPrefix(r.Path, "/static/") {
			routes, theirs[name] = append(routes, r), ask(stranger, r.Method, fill(&s, r.Path))
		}
	}
	if len(routes) < 200 {
		t.Errorf("only %d routes to ask", len(routes))
	}
	for _, half := range accounts {
		t.Run(half.name, func(t *testing.T) {
			before := lastAudit(t, s.k)
			for _, r := range routes {
				askHalfway(t, half, r, fill(&s, r.Path), theirs[r.Method+" "+r.Path])
			}
			if now := lastAudit(t, s.k); now != before {
				t.Errorf("the walk left %d lines in the audit log", now-before)
			}
			if got := half.client.Get("/tep/" + string(file)); got.Status != 404 {
				t.Errorf("a paper of the vendor: %d", got.Status)
			}
			half.client.Get("/ngon-ngu/en")
			s.k.Read(func(tx *store.Tx) error {
				now, err := tx.Account(t.Context(), half.account.ID)
				if now.Lang != "vi" || now.PasswordHash != half.account.PasswordHash || now.Email != half.account.Email {
					t.Errorf("the account is now %+v", now)
				}
				return err
			})
			wantRedirect(t, half.client.Get("/dang-nhap?next=/quan-ly"), "/xac-thuc?next=%2Fquan-ly")
			wantRedirect(t, half.client.Post("/dang-xuat", nil), "/")
			wantStatus(t, half.client.Get("/xac-thuc"), 401)
		})
	}
}

// askHalfway asks one route, a form with what a thief would fill in.
func askHalfway(t *testing.T, half halfway, r web.PolicyRoute, path string, theirs testkit.Answer) {
	t.Helper()
	if r.Public || strings.HasPrefix(r.Path, "/api/") {
		got := ask(half.client, r.Method, path)
		if limited := fiber.StatusTooManyRequests; got.Status == limited || theirs.Status == limited { // both come from one network
			return
		}
		if got.Status != theirs.Status || got.Location != theirs.Location {
			t.Errorf("%s %s: %d %s, a stranger gets %d %s", r.Method, r.Path, got.Status, got.Location, theirs.Status, theirs.Location)
		}
		return
	}
	if r.Method == fiber.MethodGet {
		if got := half.client.Get(path); got.Status != 303 || !strings.HasPrefix(got.Location, "/xac-thuc") {
			t.Errorf("%s %s: %d %s", r.Method, r.Path, got.Status, got.Location)
		}
		return
	}
	form := url.Values{"old": {testkit.Password}, "email_password": {testkit.Password}, "password": {goodPassword}, "email": {"trom@vi-du.vn"}, "name": {"Trộm"},
		"lang": {"en"}, "days": {"30"}}
	if got := half.client.Post(path, form); got.Status != 401 || !strings.Contains(got.Body, `action="/xac-thuc`) {
		t.Errorf("%s %s with a form: %d %s", r.Method, r.Path, got.Status, got.Location)
	}
}

// lastAudit is the number of the newest line of the audit log.
func lastAudit(t *testing.T, k *testkit.Kit) (seq int64) {
	t.Helper()
	k.Read(func(tx *store.Tx) error {
		lines, err := tx.AuditLines(t.Context(), store.AuditQuery{Everywhere: true, Limit: 1})
		for _, l := range lines {
			seq = l.Seq
		}
		return err
	})
	return seq
}

// TestFormSurvivesTheSecondStep: whoever still has to set up an app does so on the
// way, and what was filled in comes with them.
func TestFormSurvivesTheSecondStep(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	s := stall{k: k, base: k.Serve()}
	half := enterHalfway(t, &s, "officer", k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Admin}))
	form := url.Values{"name": {"Lý Văn Mới"}, "login": {"0399999999"}, "role": {"viewer"}, "area": {""}, "area_ref": {""}}
	asked := wantStatus(t, half.client.Post("/quan-ly/nguoi-dung/moi", form), 401)
	testkit.Page(t, asked.Body).Form("/dang-xuat")
	secret := strings.ReplaceAll(testkit.In(t, asked.Body, "code").Text(), " ", "")
	done := wantStatus(t, send(half.client, asked, "/xac-thuc/thiet-lap", map[string]string{"code": codeAt(t, secret, k.Clock.Now())}), 200)
	testkit.In(t, done.Body, ".codes li").HasCount(8)
	page := testkit.Page(t, done.Body)
	page.In("header").HasText(half.account.Name)
	slip := wantStatus(t, send(half.client, done, "/quan-ly/nguoi-dung/moi", nil), 200)
	testkit.Page(t, slip.Body).In(".slip").HasText("Lý Văn Mới")
}
