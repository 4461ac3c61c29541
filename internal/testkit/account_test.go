package testkit

import (
	"testing"

	"hoicho/internal/registry"
)

func TestKitAccountsAreSignedIn(t *testing.T) {
	k := NewApp(t)
	officer, token := k.Officer(registry.Organiser, "19")
	in, err := k.App.Accounts.Authenticate(t.Context(), token)
	if err != nil || in.Actor.Account != officer.Account {
		t.Fatalf("the token gives %q, %v; want %q", in.Actor.Account, err, officer.Account)
	}
	if !in.Actor.Can(registry.ManageEvents, registry.Scope{"01843", "19"}) || in.Actor.Can(registry.ManageEvents, registry.Scope{"01"}) {
		t.Error("the organiser of area 19 does not reach exactly area 19")
	}
	if in.Actor.Owes {
		t.Error("the second step is still asked for")
	}
	vendor, _ := k.VendorAccount()
	if vendor.Office() || vendor.Account == officer.Account {
		t.Errorf("the vendor account is %+v", vendor)
	}
}
