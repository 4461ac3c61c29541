package testkit

import (
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Application stores an application of a vendor to an event for one booth on
// every day of it, submitted at the time of the clock. Options change it; approved
// and offered ones are granted what they ask for.
func (k *Kit) Application(event registry.Event, vendor registry.VendorID, options ...func(*registry.Application)) registry.Application {
	k.T.Helper()
	a := registry.Application{ID: store.NewID[registry.ApplicationID](), Event: event.ID, Vendor: vendor, State: registry.AppSubmitted,
		Booths: 1, StaffN: 2, PledgeVersion: "v1", PledgedAt: k.App.NowMS(), SubmittedAt: k.App.NowMS()}
	for _, d := range event.Days {
		a.Days = append(a.Days, d.Day)
	}
	for _, change := range options {
		change(&a)
	}
	if a.State == registry.AppApproved || a.State == registry.AppOffered {
		a.Granted = a.Booths
	}
	k.Write(func(tx *store.Tx) (err error) {
		if a.Number, err = tx.NextNumber(k.T.Context(), "application"); err != nil {
			return err
		}
		if _, err = tx.InsertApplication(k.T.Context(), a); err != nil {
			return err
		}
		if err = tx.SaveApplicationDays(k.T.Context(), a); err != nil {
			return err
		}
		if err = tx.SaveApplicationProducts(k.T.Context(), a); err != nil {
			return err
		}
		a, err = tx.Application(k.T.Context(), a.ID)
		return err
	})
	return a
}

// Standing puts an application into a state.
func Standing(state registry.ApplicationState) func(*registry.Application) {
	return func(a *registry.Application) { a.State = state }
}

// Bringing gives an application its goods.
func Bringing(products ...registry.Product) func(*registry.Application) {
	return func(a *registry.Application) {
		for _, p := range products {
			a.Products = append(a.Products, p.ID)
		}
	}
}

// Wishing asks for n booths.
func Wishing(n int) func(*registry.Application) {
	return func(a *registry.Application) { a.Booths = n }
}

// Second drops the value of a call whose error alone is looked at.
func Second[T any](_ T, err error) error { return err }
