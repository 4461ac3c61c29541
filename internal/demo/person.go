package demo

import (
	"context"
	"fmt"
	"path"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
)

// Password is the password of every account of the demo.
const Password = "mien dong phoi nang"

// person is somebody with an account: an officer with a role, or the owner of a
// vendor.
type person struct {
	Role   registry.Role `json:"role"`
	Area   string        `json:"area"` // code of today's unit; empty: the whole country
	Vendor string        `json:"vendor"`
	Name   string        `json:"name"`
	Login  string        `json:"login"`
}

// installedOn is when the product was installed, in the story of the demo. Fairs
// before that were typed in afterwards.
const installedOn = "2022-02-14"

// demoProvince is Thái Nguyên, in which Bắc Kạn lies since 01/07/2025.
const demoProvince = "19"

// setUp makes the first admin with the link that the first start prints.
func (f *filler) setUp(ctx context.Context) error {
	p := f.facts.madeUp.People[0]
	if p.Role != registry.Admin {
		return fmt.Errorf("the first person is %s, not an admin", p.Role)
	}
	link, needed, err := f.app.Accounts.SetupLink(ctx)
	if err != nil {
		return err
	}
	if !needed {
		return ErrNotEmpty
	}
	if err := f.app.Accounts.SetUp(ctx, path.Base(link), accounts.SetUp{Name: p.Name, Login: p.Login, Password: Password, Lang: "vi"}); err != nil {
		return err
	}
	if f.admin, err = f.signIn(ctx, p); err != nil {
		return err
	}
	if chosen, err := f.app.Events.Province(ctx); err != nil || chosen.Ref.Code == demoProvince {
		return err
	}
	return f.app.ChooseProvince(ctx, f.admin, demoProvince)
}

// hire makes the accounts of the officers: each sets a password with the code
// that the admin hands over on paper.
func (f *filler) hire(ctx context.Context) error {
	for _, p := range f.facts.madeUp.People[1:] {
		if p.Role == "" {
			continue
		}
		f.clock.tick()
		id, code, err := f.app.Accounts.AddOfficer(ctx, f.admin, accounts.NewOfficer{Name: p.Name, Login: p.Login, Role: p.Role, Area: p.Area, Lang: "vi"})
		if err != nil {
			return err
		}
		if err := f.app.Accounts.ResetByPaper(ctx, accounts.PaperReset{Login: p.Login, Code: code, Password: Password}); err != nil {
			return err
		}
		if _, ok := f.officers[p.Role]; !ok {
			f.officers[p.Role] = registry.Actor{Account: id, Name: p.Name, Grants: []registry.Grant{{Role: p.Role, Area: p.Area}}}
		}
	}
	return nil
}

// signUp makes the account of a vendor's owner.
func (f *filler) signUp(ctx context.Context, p person) (registry.Actor, error) {
	err := f.app.Accounts.SignUp(ctx, accounts.SignUp{Name: p.Name, Login: p.Login, Password: Password, Consent: true, Lang: "vi"})
	if err != nil {
		return registry.Actor{}, err
	}
	return f.signIn(ctx, p)
}

// signIn signs a person in for the first time.
func (f *filler) signIn(ctx context.Context, p person) (registry.Actor, error) {
	entered, err := f.app.Accounts.SignIn(ctx, accounts.SignIn{Login: p.Login, Password: Password})
	if err != nil {
		return registry.Actor{}, err
	}
	in, err := f.app.Accounts.Authenticate(ctx, entered.Token)
	return in.Actor, err
}
