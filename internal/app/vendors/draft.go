package vendors

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// VendorDraft returns the half-filled form of a vendor that the actor left, empty
// if there is none.
func (a *Service) VendorDraft(ctx context.Context, actor registry.Actor) (in VendorInput, err error) {
	var body string
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		body, err = tx.Draft(ctx, actor.Account, vendorDraft)
		return err
	})
	if err != nil || body == "" {
		return in, err
	}
	if err := json.Unmarshal([]byte(body), &in); err != nil {
		return VendorInput{}, fmt.Errorf("read the draft of a vendor: %w", err)
	}
	return in, nil
}

// SaveVendorDraft keeps a half-filled form of a vendor for the actor. It checks
// only the fields named, so that one page of the form is answered at a time.
func (a *Service) SaveVendorDraft(ctx context.Context, actor registry.Actor, in VendorInput, fields ...string) error {
	if actor.Account == "" {
		return registry.E(registry.Unauthenticated, "error.sign_in_first")
	}
	var v registry.Vendor
	if err := only(a.checkVendor(in, &v), fields); err != nil {
		return err
	}
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("write the draft of a vendor: %w", err)
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.SaveDraft(ctx, actor.Account, vendorDraft, string(body)) })
}

// only keeps the faults at some fields.
func only(err error, fields []string) error {
	all, ok := err.(registry.Faults)
	if !ok {
		return err
	}
	var kept registry.Faults
	for _, f := range all {
		for _, field := range fields {
			if f.Field == field {
				kept = append(kept, f)
			}
		}
	}
	return kept.Err()
}
