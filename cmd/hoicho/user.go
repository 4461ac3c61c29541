package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"hoicho/internal/app"
	"hoicho/internal/app/accounts"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// userCmd looks after accounts from the command line, beside a running server too:
// see order.
type userCmd struct {
	Add       userAddCmd     `cmd:"" help:"Add an officer and print the one-time code that sets the password."`
	List      userListCmd    `cmd:"" help:"List the accounts that hold a role."`
	ResetCode userCodeCmd    `cmd:"" name:"reset-code" help:"Print a one-time code that sets a new password."`
	Disable   userDisableCmd `cmd:"" help:"Disable an account and end its sessions."`
}

// keyedFlag names a database and the key that seals secrets in it.
type keyedFlag struct {
	dbFlag
	keyFlag
	BaseURL string `name:"base-url" env:"HOICHO_BASE_URL" help:"How browsers reach the server."`
}

// commandLine acts for whoever has the machine.
var commandLine = registry.SystemActor("system: command line")

// userAddCmd adds an officer.
type userAddCmd struct {
	keyedFlag
	userAdd
}

// Run adds the officer and prints the code.
func (cmd *userAddCmd) Run(e *env) error { return cmd.with(e, "user add", &cmd.userAdd) }

// userAdd is the officer to add.
type userAdd struct {
	Role  string `required:"" enum:"admin,organiser,reviewer,inspector,gate_chief,communicator,reporter,viewer,branch" help:"One of: ${enum}."`
	Area  string `help:"Code of a province or commune of today, such as 19; empty for the whole country."`
	Name  string `required:"" help:"Full name."`
	Login string `required:"" help:"Phone number or e-mail."`
}

func (o *userAdd) do(ctx context.Context, a *app.App, out io.Writer) error {
	_, code, err := a.Accounts.AddOfficer(ctx, commandLine, accounts.NewOfficer{Name: vn.NFC(o.Name), Login: o.Login,
		Role: registry.Role(o.Role), Area: o.Area, Lang: "vi"})
	if err != nil {
		return plain(err)
	}
	return printCode(out, a, code)
}

func printCode(out io.Writer, a *app.App, code string) error {
	_, err := fmt.Fprintf(out, "Set the password at %s/dat-lai-mat-khau with this code, once, within three days:\n\n    %s\n\n", a.BaseURL, code)
	return err
}

// userListCmd lists officers.
type userListCmd struct{ keyedFlag }

// Run prints a line for each account.
func (cmd *userListCmd) Run(e *env) error { return cmd.with(e, "user list", &userList{}) }

// userList asks for the accounts that hold a role.
type userList struct{}

func (*userList) do(ctx context.Context, a *app.App, out io.Writer) error {
	after := ""
	for {
		lines, next, err := a.Accounts.Users(ctx, commandLine, accounts.UserFilter{After: after, Limit: 200})
		if err != nil {
			return plain(err)
		}
		for _, l := range lines {
			printUser(out, l)
		}
		if after = next; after == "" {
			return nil
		}
	}
}

func printUser(out io.Writer, l accounts.AccountLine) {
	var roles []string
	for _, g := range l.Grants {
		roles = append(roles, strings.TrimSuffix(string(g.Role)+"@"+g.Area, "@"))
	}
	fmt.Fprintf(out, "%-28s %-24s %-9s %s\n", l.Login(), l.Name, l.State, strings.Join(roles, " "))
}

// loginOf names an account.
type loginOf struct {
	Login string `arg:"" help:"Phone number or e-mail of the account."`
}

// find returns the account, with an error that says so if there is none.
func (o loginOf) find(ctx context.Context, a *app.App) (accounts.AccountLine, error) {
	lines, _, err := a.Accounts.Users(ctx, commandLine, accounts.UserFilter{Text: o.Login, All: true, Limit: 200})
	for _, l := range lines {
		if phone, fault := vn.ParsePhone(o.Login); strings.EqualFold(l.Email, o.Login) || fault == nil && l.Phone == phone {
			return l, nil
		}
	}
	if err != nil {
		return accounts.AccountLine{}, plain(err)
	}
	return accounts.AccountLine{}, fmt.Errorf("no account signs in with %s", o.Login)
}

// userCodeCmd prints a code for an account.
type userCodeCmd struct {
	keyedFlag
	userCode
}

// Run prints the code.
func (cmd *userCodeCmd) Run(e *env) error { return cmd.with(e, "user reset-code", &cmd.userCode) }

// userCode is the account that gets a code.
type userCode struct {
	loginOf
	SecondStep bool `name:"second-step" help:"Also take the second step off, for a lost phone."`
}

func (o *userCode) do(ctx context.Context, a *app.App, out io.Writer) error {
	account, err := o.find(ctx, a)
	if err != nil {
		return err
	}
	if o.SecondStep {
		if err := a.Accounts.RemoveTOTP(ctx, commandLine, account.ID); err != nil {
			return plain(err)
		}
	}
	code, err := a.Accounts.PaperCode(ctx, commandLine, account.ID)
	if err != nil {
		return plain(err)
	}
	return printCode(out, a, code)
}

// userDisableCmd disables an account.
type userDisableCmd struct {
	keyedFlag
	userDisable
}

// Run disables the account. Disabling it again is an error that says so.
func (cmd *userDisableCmd) Run(e *env) error { return cmd.with(e, "user disable", &cmd.userDisable) }

// userDisable is the account to disable.
type userDisable struct{ loginOf }

func (o *userDisable) do(ctx context.Context, a *app.App, out io.Writer) error {
	account, err := o.find(ctx, a)
	if err == nil && account.State == registry.AccountDisabled {
		err = fmt.Errorf("%s is disabled already", o.Login)
	}
	if err == nil {
		err = plain(a.Accounts.DisableAccount(ctx, commandLine, account.ID))
	}
	if err == nil {
		fmt.Fprintln(out, o.Login, "is disabled and signed out everywhere")
	}
	return err
}

// plain says a fault of a use case in words.
func plain(err error) error {
	faults, ok := errors.AsType[registry.Faults](err)
	if e, one := errors.AsType[*registry.Error](err); one {
		faults, ok = registry.Faults{e}, true
	}
	if !ok {
		return err
	}
	var texts []string
	for _, f := range faults {
		texts = append(texts, strings.TrimSpace(f.Field+" "+i18n.T(i18n.English, f.Key, f.Args...)))
	}
	return errors.New(strings.Join(texts, "; "))
}
