package vendors

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// CertificateInput is a paper as its form holds it. Field names of faults: kind,
// product, number, issuer, issued_on, valid_to, note, scan.
type CertificateInput struct {
	Kind     string
	Product  string // empty: of the vendor as a whole
	Number   string
	Issuer   string
	IssuedOn string // as typed
	ValidTo  string // as typed; empty: no expiry
	Note     string
	Scan     []byte // a photo; empty: none
}

// checkCertificate reads a paper without its scan.
func (a *Service) checkCertificate(in CertificateInput) (registry.Certificate, error) {
	read := core.Input{Today: a.Today()}
	c := registry.Certificate{Kind: registry.CertificateKind(in.Kind), Product: registry.ProductID(in.Product),
		Number: read.Line("number", in.Number, maxLine), Issuer: read.Line("issuer", in.Issuer, maxLine),
		Note: read.Text("note", in.Note, maxReason), IssuedOn: read.Date("issued_on", in.IssuedOn), ValidTo: read.Date("valid_to", in.ValidTo)}
	f := &read.Faults
	f.Check(c.Kind.Valid(), "kind", "error.choose")
	if c.Kind == registry.FoodExemption || c.Kind == registry.OtherPaper {
		f.Check(c.Note != "", "note", "error.certificate.note")
	}
	f.Check(c.IssuedOn <= a.Today(), "issued_on", "error.rating.future")
	f.Check(c.ValidTo == "" || c.IssuedOn <= c.ValidTo, "valid_to", "error.date_order")
	f.Check(c.Number != "" || len(in.Scan) > 0, "number", "error.certificate.number")
	return c, f.Err()
}

// AddCertificate keeps a paper of a vendor, as a member or as an officer with
// ManageVendors in its area. The scan is a photo that only members and reviewers
// see. A scanned paper that speaks of origin lifts what it covers from declared to
// documented.
func (a *Service) AddCertificate(ctx context.Context, actor registry.Actor, vendor registry.VendorID, in CertificateInput) (registry.Certificate, error) {
	return a.keepCertificate(ctx, actor, vendor, "", in)
}

// ReplaceCertificate keeps a new paper in the place of an old one, which stays in
// the records. It is a Conflict if the old one has been replaced already.
func (a *Service) ReplaceCertificate(ctx context.Context, actor registry.Actor, vendor registry.VendorID, old registry.CertificateID, in CertificateInput) (registry.Certificate, error) {
	return a.keepCertificate(ctx, actor, vendor, old, in)
}

func (a *Service) keepCertificate(ctx context.Context, actor registry.Actor, vendor registry.VendorID, old registry.CertificateID, in CertificateInput) (registry.Certificate, error) {
	if err := a.maySee(ctx, actor, vendor); err != nil {
		return registry.Certificate{}, err
	}
	c, err := a.checkCertificate(in)
	if err != nil {
		return c, err
	}
	var scan registry.File
	if len(in.Scan) > 0 {
		if scan, err = core.PreparePhoto(ctx, "scan", in.Scan); err != nil {
			return c, err
		}
	}
	c.Vendor, scan.Owner = vendor, vendor
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		action := "certificate.add"
		if old != "" {
			action = "certificate.replace"
			if err := retire(ctx, tx, vendor, old); err != nil {
				return registry.Change{}, err
			}
		}
		if err := storeCertificate(ctx, tx, &c, scan); err != nil {
			return registry.Change{}, err
		}
		return a.certificateChange(action, v, c, fact.Facts{kindOf(c), fact.Ref("product", "product", c.Product),
			fact.Date("valid_to", c.ValidTo), fact.Ref("replaces", "certificate", old)}), nil
	})
	return c, err
}

// retire takes an old paper of the vendor out of force.
func retire(ctx context.Context, tx *store.Tx, vendor registry.VendorID, id registry.CertificateID) error {
	if _, err := certificateOf(ctx, tx, vendor, id); err != nil {
		return err
	}
	return tx.RetireCertificate(ctx, id)
}

// certificateOf reads a paper of a vendor; one of another vendor is NotFound.
func certificateOf(ctx context.Context, tx *store.Tx, vendor registry.VendorID, id registry.CertificateID) (registry.Certificate, error) {
	c, err := tx.Certificate(ctx, id)
	if err == nil && c.Vendor != vendor {
		return registry.Certificate{}, registry.E(registry.NotFound, "error.not_found")
	}
	return c, err
}

// storeCertificate stores a paper with its scan and lifts what it documents.
func storeCertificate(ctx context.Context, tx *store.Tx, c *registry.Certificate, scan registry.File) (err error) {
	n, err := tx.CountCertificates(ctx, c.Vendor)
	if err != nil {
		return err
	}
	if n >= maxPapersOf {
		return registry.E(registry.Conflict, "error.certificate.too_many", maxPapersOf)
	}
	if c.Product != "" {
		if _, err := productOf(ctx, tx, ProductRef{c.Vendor, c.Product}); err != nil {
			return registry.At("product", "error.choose")
		}
	}
	if len(scan.Data) > 0 {
		if c.File, err = tx.InsertFile(ctx, scan); err != nil {
			return err
		}
	}
	if err := tx.InsertCertificate(ctx, c); err != nil {
		return err
	}
	if !c.Kind.SpeaksOfOrigin() || c.File == "" {
		return nil
	}
	return tx.DocumentProducts(ctx, c.Vendor, c.Product)
}

func (a *Service) certificateChange(action string, v registry.Vendor, c registry.Certificate, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "certificate", ID: string(c.ID), Scope: a.Areas.Scope(v.Area), Detail: facts}
}

// WithdrawCertificate takes a paper out of force without a new one; it stays in
// the records.
func (a *Service) WithdrawCertificate(ctx context.Context, actor registry.Actor, vendor registry.VendorID, id registry.CertificateID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := a.vendorFor(ctx, tx, actor, registry.ManageVendors, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		c, err := certificateOf(ctx, tx, vendor, id)
		if err != nil {
			return registry.Change{}, err
		}
		return a.certificateChange("certificate.withdraw", v, c, fact.Facts{kindOf(c)}), tx.RetireCertificate(ctx, id)
	})
}

// CheckCertificate notes that an officer has seen the paper and that it says what
// was typed in; from now on the public reads that the vendor holds it. It needs
// ReviewEvidence in the vendor's area and is a Conflict for a paper that has been
// checked or replaced.
func (a *Service) CheckCertificate(ctx context.Context, actor registry.Actor, vendor registry.VendorID, id registry.CertificateID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		v, err := a.officeVendorFor(ctx, tx, actor, registry.ReviewEvidence, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		if actor.Owns(vendor) {
			return registry.Change{}, registry.E(registry.Forbidden, "error.vendor.own")
		}
		c, err := certificateOf(ctx, tx, vendor, id)
		if err != nil {
			return registry.Change{}, err
		}
		return a.certificateChange("certificate.check", v, c, fact.Facts{kindOf(c)}), tx.CheckCertificate(ctx, id, actor.Account)
	})
}

func kindOf(c registry.Certificate) fact.Fact { return fact.Code("kind", fact.CertificateKind, c.Kind) }
