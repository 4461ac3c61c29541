package accounts_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// access is all by which an account can be entered or acted for.
type access struct {
	k       *testkit.Kit
	admin   registry.Actor
	account registry.Account
	own     accounts.SignedIn
	ownWas  string // the token of own
	// the things, by name: each says whether it still opens
	things map[string]func() error
	mail   string // tokens that a way may use
	paper  string
	email  string
}

// openAccess makes an account and opens it in every way there is.
func openAccess(t *testing.T, k *testkit.Kit, totp bool) *access {
	t.Helper()
	ctx := t.Context()
	x := &access{k: k, account: k.Account("Triệu Văn Sáng")}
	x.admin, _ = k.Officer(registry.Admin, "")
	if totp {
		x.setUpTOTP(t, testkit.OwnSession(t, k, x.account))
		k.Read(func(tx *store.Tx) (err error) {
			x.account, err = tx.Account(ctx, x.account.ID)
			return err
		})
	}
	_, there := k.SignedIn(x.account)
	_, x.ownWas = k.SignedIn(x.account)
	in, err := k.App.Accounts.Authenticate(ctx, x.ownWas)
	testkit.Works(t, err)
	x.own = in
	program := apiToken(t, k, x.account)
	sent(t, k) // what the way before left
	x.mail = mailedToken(t, k, x.account.Email)
	x.paper, err = k.App.Accounts.PaperCode(ctx, x.admin, x.account.ID)
	testkit.Works(t, err)
	testkit.Works(t, k.App.Accounts.AskEmail(ctx, in, accounts.NewEmail{Email: "moi-" + x.account.Email, Password: testkit.Password, Client: accounts.Client{Net: x.account.Email}}))
	box := sent(t, k)
	x.email = box[0].Args[1][strings.LastIndex(box[0].Args[1], "/")+1:]
	x.things = map[string]func() error{
		"another session":            func() error { return testkit.Second(k.App.Accounts.Authenticate(ctx, there)) },
		"the token of the session":   func() error { return testkit.Second(k.App.Accounts.Authenticate(ctx, x.ownWas)) },
		"an API token":               func() error { return testkit.Second(k.App.Accounts.AuthenticateAPI(ctx, program, registry.ScopeRead)) },
		"a reset link":               func() error { return k.App.Accounts.CheckResetLink(ctx, x.mail) },
		"a pending link to an email": func() error { return testkit.Second(k.App.Accounts.AskedEmail(ctx, in, x.email)) },
		"a code from paper": func() error {
			return k.DB.Read(ctx, func(tx *store.Tx) error {
				return testkit.Second(tx.ResetCode(ctx, k.App.Accounts.PaperHash(x.account.ID, x.paper), registry.ResetOnPaper))
			})
		},
	}
	return x
}

// setUpTOTP sets the second step up, or a new one, in a session, and returns the
// token with which the session goes on.
func (x *access) setUpTOTP(t *testing.T, in accounts.SignedIn) string {
	t.Helper()
	setup, err := x.k.App.Accounts.NewTOTP(in)
	testkit.Works(t, err)
	step, err := x.k.App.Accounts.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, x.k.Clock.Now()))
	testkit.Works(t, err)
	return step.Token
}

// way changes a credential of an account. It returns the new token of the session
// that did it, "" where the change comes from outside.
type way struct {
	name string
	totp bool // begins with a second step
	do   func(t *testing.T, x *access) string
}

func ways() []way {
	return []way{
		{"a new password by oneself", false, func(t *testing.T, x *access) string {
			token, err := x.k.App.Accounts.ChangePassword(t.Context(), x.own, accounts.PasswordChange{Old: testkit.Password, New: goodPassword})
			testkit.Works(t, err)
			return token
		}},
		{"a new e-mail", false, func(t *testing.T, x *access) string {
			token, err := x.k.App.Accounts.ConfirmEmail(t.Context(), x.own, x.email)
			testkit.Works(t, err)
			return token
		}},
		{"a second step", false, func(t *testing.T, x *access) string { return x.setUpTOTP(t, x.own) }},
		{"another second step", true, func(t *testing.T, x *access) string { return x.setUpTOTP(t, x.own) }},
		{"signing out elsewhere", true, func(t *testing.T, x *access) string {
			token, err := x.k.App.Accounts.SignOutElsewhere(t.Context(), x.own)
			testkit.Works(t, err)
			return token
		}},
		{"a reset link", false, func(t *testing.T, x *access) string {
			testkit.Works(t, x.k.App.Accounts.ResetByLink(t.Context(), x.mail, goodPassword))
			return ""
		}},
		{"a code from paper", true, func(t *testing.T, x *access) string {
			testkit.Works(t, x.k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: x.account.Phone, Code: x.paper, Password: goodPassword}))
			return ""
		}},
		{"disabling and enabling", false, func(t *testing.T, x *access) string {
			testkit.Works(t, x.k.App.Accounts.DisableAccount(t.Context(), x.admin, x.account.ID))
			testkit.Works(t, x.k.App.Accounts.EnableAccount(t.Context(), x.admin, x.account.ID))
			return ""
		}},
		{"the second step removed", true, func(t *testing.T, x *access) string {
			testkit.Works(t, x.k.App.Accounts.RemoveTOTP(t.Context(), x.admin, x.account.ID))
			return ""
		}},
		{"the first role", false, func(t *testing.T, x *access) string {
			testkit.Works(t, testkit.Second(x.k.App.Accounts.GrantRole(t.Context(), x.admin, x.account.ID, grantOf(registry.Viewer, baBe))))
			return ""
		}},
	}
}

// TestNothingOutlivesItsCredential walks every way in which a credential changes
// and everything that hangs on it. A second account, untouched, is the control.
func TestNothingOutlivesItsCredential(t *testing.T) {
	k := testkit.NewApp(t)
	control := openAccess(t, k, false)
	for _, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			x := openAccess(t, k, w.totp)
			for name, opens := range x.things {
				if err := opens(); err != nil {
					t.Fatalf("before: %s: %v", name, err)
				}
			}
			token := w.do(t, x)
			for name, opens := range x.things {
				if kind := registry.KindOf(opens()); kind != registry.Unauthenticated && kind != registry.NotFound {
					t.Errorf("%s still opens", name)
				}
			}
			if token == "" {
				return
			}
			in, err := k.App.Accounts.Authenticate(t.Context(), token)
			if err != nil || in.Session.ID != x.own.Session.ID || in.Session.SecondStep != x.own.Session.SecondStep {
				t.Errorf("the own session: %+v, %v", in.Session, err)
			}
			if list, err := k.App.Accounts.Sessions(t.Context(), in); err != nil || len(list) != 1 {
				t.Errorf("%d sessions, %v", len(list), err)
			}
		})
	}
	for name, opens := range control.things {
		if err := opens(); err != nil {
			t.Errorf("of somebody else: %s: %v", name, err)
		}
	}
}

// savesCredential are the store's methods that change a credential, and endsNothing
// the functions that may call them without endAccess: one stores the same password
// under new parameters, one is a part of those that do, one lets an account in
// again whose access ended when it was disabled.
var (
	savesCredential = []string{"SavePassword", "SaveEmail", "SaveTOTP", "SaveAccountState", "dropTOTP"}
	endsNothing     = map[string]bool{"rehash": true, "dropTOTP": true, "EnableAccount": true}
)

// TestEveryChangeOfACredentialEndsAccess reads the source of the package: a new way
// to change a credential cannot forget what hangs on it.
func TestEveryChangeOfACredentialEndsAccess(t *testing.T) {
	names, err := filepath.Glob("*.go")
	testkit.Works(t, err)
	found := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		testkit.Works(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || endsNothing[f.Name.Name] {
				continue
			}
			calls := callsOf(f)
			if !slices.ContainsFunc(savesCredential, func(saves string) bool { return calls[saves] }) {
				continue
			}
			found++
			if !calls["endAccess"] {
				t.Errorf("%s: %s changes a credential without endAccess", name, f.Name.Name)
			}
		}
	}
	if found < 7 {
		t.Errorf("only %d changes of credentials found", found)
	}
}

// callsOf names what a function calls.
func callsOf(f *ast.FuncDecl) map[string]bool {
	calls := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch fn := call.Fun.(type) {
		case *ast.SelectorExpr:
			calls[fn.Sel.Name] = true
		case *ast.Ident:
			calls[fn.Name] = true
		}
		return true
	})
	return calls
}
