package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"hoicho/internal/app"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// userCmd looks after accounts from the command line. On SQLite the server must
// be stopped, because one process owns the file.
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

// with opens the application of a command and closes it again.
func (f keyedFlag) with(e *env, do func(context.Context, *app.App) error) error {
	location, err := f.location()
	if err != nil {
		return err
	}
	cfg, err := f.config(e, location, f.BaseURL)
	if err != nil {
		return err
	}
	db, err := openThere(e.ctx, location)
	if err != nil {
		return err
	}
	a, err := newApp(e.ctx, cfg, db, nil)
	if err == nil {
		err = do(e.ctx, a)
	}
	return errors.Join(err, db.Close())
}

// commandLine acts for whoever has the machine.
var commandLine = registry.SystemActor("system: command line")

// userAddCmd adds an officer.
type userAddCmd struct {
	keyedFlag
	Role  string `required:"" enum:"admin,organiser,reviewer,inspector,gate_chief,communicator,reporter,viewer" help:"One of: ${enum}."`
	Area  string `help:"Code of a province or commune of today, such as 19; empty for the whole country."`
	Name  string `required:"" help:"Full name."`
	Login string `required:"" help:"Phone number or e-mail."`
}

// Run adds the officer and prints the code.
func (cmd *userAddCmd) Run(e *env) error {
	return cmd.with(e, func(ctx context.Context, a *app.App) error {
		_, code, err := a.AddOfficer(ctx, commandLine, app.NewOfficer{Name: vn.NFC(cmd.Name), Login: cmd.Login,
			Role: registry.Role(cmd.Role), Area: cmd.Area, Lang: "vi"})
		if err != nil {
			return plain(err)
		}
		return cmd.printCode(e, a, code)
	})
}

func (f keyedFlag) printCode(e *env, a *app.App, code string) error {
	_, err := fmt.Fprintf(e.out, "Set the password at %s/dat-lai-mat-khau with this code, once, within three days:\n\n    %s\n\n", a.BaseURL, code)
	return err
}

// userListCmd lists officers.
type userListCmd struct{ keyedFlag }

// Run prints a line for each role.
func (cmd *userListCmd) Run(e *env) error {
	return cmd.with(e, func(ctx context.Context, a *app.App) error {
		after := ""
		for {
			lines, next, err := a.Users(ctx, commandLine, app.UserFilter{After: after, Limit: 200})
			if err != nil {
				return plain(err)
			}
			for _, l := range lines {
				printUser(e, l)
			}
			if after = next; after == "" {
				return nil
			}
		}
	})
}

func printUser(e *env, l app.AccountLine) {
	var roles []string
	for _, g := range l.Grants {
		roles = append(roles, strings.TrimSuffix(string(g.Role)+"@"+g.Area, "@"))
	}
	fmt.Fprintf(e.out, "%-28s %-24s %-9s %s\n", l.Login(), l.Name, l.State, strings.Join(roles, " "))
}

// loginFlag names an account.
type loginFlag struct {
	keyedFlag
	Login string `arg:"" help:"Phone number or e-mail of the account."`
}

// find returns the account, with an error that says so if there is none.
func (f loginFlag) find(ctx context.Context, a *app.App) (id registry.AccountID, err error) {
	lines, _, err := a.Users(ctx, commandLine, app.UserFilter{Text: f.Login, All: true, Limit: 200})
	for _, l := range lines {
		if phone, fault := vn.ParsePhone(f.Login); strings.EqualFold(l.Email, f.Login) || fault == nil && l.Phone == phone {
			return l.ID, nil
		}
	}
	if err != nil {
		return "", plain(err)
	}
	return "", fmt.Errorf("no account signs in with %s", f.Login)
}

// userCodeCmd prints a code for an account.
type userCodeCmd struct {
	loginFlag
	SecondStep bool `name:"second-step" help:"Also take the second step off, for a lost phone."`
}

// Run prints the code.
func (cmd *userCodeCmd) Run(e *env) error {
	return cmd.with(e, func(ctx context.Context, a *app.App) error {
		id, err := cmd.find(ctx, a)
		if err != nil {
			return err
		}
		if cmd.SecondStep {
			if err := a.RemoveTOTP(ctx, commandLine, id); err != nil {
				return plain(err)
			}
		}
		code, err := a.PaperCode(ctx, commandLine, id)
		if err != nil {
			return plain(err)
		}
		return cmd.printCode(e, a, code)
	})
}

// userDisableCmd disables an account.
type userDisableCmd struct{ loginFlag }

// Run disables the account. Disabling it again is an error that says so.
func (cmd *userDisableCmd) Run(e *env) error {
	return cmd.with(e, func(ctx context.Context, a *app.App) error {
		id, err := cmd.find(ctx, a)
		if err == nil {
			err = plain(a.DisableAccount(ctx, commandLine, id))
		}
		if err == nil {
			fmt.Fprintln(e.out, cmd.Login, "is disabled and signed out everywhere")
		}
		return err
	})
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
