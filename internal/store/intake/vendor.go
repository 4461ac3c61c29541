package intake

import (
	"context"
	"encoding/json"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// vendorHolds are the tables with work or word of somebody that hangs on a vendor. A test
// names every table that refers to one and is not among them.
var vendorHolds = []string{"vendor_members", "join_codes", "products", "certificates", "applications", "passes", "tips", "sales_returns",
	"sales_reminders", "notices", "calls", "article_vendors", "offers", "supports", "matchings", "inspections"}

var vendorHeldSQL = `SELECT CASE WHEN EXISTS (SELECT 1 FROM ` +
	strings.Join(vendorHolds, ` WHERE vendor_id = $1) OR EXISTS (SELECT 1 FROM `) + ` WHERE vendor_id = $1) THEN 1 ELSE 0 END`

// VendorHeld reports whether something hangs on a vendor.
func VendorHeld(ctx context.Context, tx *store.Tx, id registry.VendorID) (bool, error) {
	n, err := store.One(ctx, tx, store.Column[int], vendorHeldSQL, string(id))
	return n > 0, err
}

// DeleteVendor removes a vendor on which nothing hangs, in the version that was read. It is
// a Conflict if it has changed since.
func DeleteVendor(ctx context.Context, tx *store.Tx, v registry.Vendor) error {
	if _, err := store.Exec(ctx, tx, `DELETE FROM vendor_areas WHERE vendor_id = $1`, string(v.ID)); err != nil {
		return err
	}
	return store.Must(ctx, tx, stale(), `DELETE FROM vendors WHERE id = $1 AND version = $2`, string(v.ID), v.Version)
}

// keptVendor is a vendor with its tax code in full, which it shows nobody.
type keptVendor struct {
	registry.Vendor
	Code string
}

// KeepVendor is a vendor as it stood, to be put back.
func KeepVendor(v registry.Vendor) json.RawMessage {
	return json.RawMessage(text(keptVendor{v, string(v.TaxCode)}))
}

// KeptVendor reads what KeepVendor wrote.
func KeptVendor(raw json.RawMessage) (registry.Vendor, error) {
	var k keptVendor
	err := json.Unmarshal(raw, &k)
	k.Vendor.TaxCode = registry.TaxCode(k.Code)
	return k.Vendor, err
}
