package store

import (
	"context"

	"hoicho/internal/registry"
)

// InsertCertificate stores a new paper. It sets the id where there is none and the
// time.
func (tx *Tx) InsertCertificate(ctx context.Context, c *registry.Certificate) error {
	if c.ID == "" {
		c.ID = NewID[registry.CertificateID]()
	}
	c.CreatedAt = tx.NowMS()
	_, err := tx.exec(ctx, `
		INSERT INTO certificates (id, vendor_id, product_id, kind, number, issuer, issued_on, valid_to, note, file_id,
			checked_by, checked_at, created_at, replaced_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)`,
		string(c.ID), string(c.Vendor), null(c.Product), string(c.Kind), c.Number, c.Issuer, c.IssuedOn, c.ValidTo, c.Note,
		string(c.File), string(c.CheckedBy), c.CheckedAt, c.CreatedAt)
	return err
}

// RetireCertificate marks a current paper as replaced; it stays in the records. One
// that is replaced already is a Conflict.
func (tx *Tx) RetireCertificate(ctx context.Context, id registry.CertificateID) error {
	return tx.must(ctx, errStale(),
		`UPDATE certificates SET replaced_at = $2 WHERE id = $1 AND replaced_at = 0`, string(id), tx.NowMS())
}

const certificateColumns = `id, vendor_id, COALESCE(product_id, ''), kind, number, issuer, issued_on, valid_to, note, file_id,
	checked_by, checked_at, created_at, replaced_at`

func scanCertificate(row scanner) (c registry.Certificate, err error) {
	err = row.Scan(&c.ID, &c.Vendor, &c.Product, &c.Kind, &c.Number, &c.Issuer, &c.IssuedOn, &c.ValidTo, &c.Note, &c.File,
		&c.CheckedBy, &c.CheckedAt, &c.CreatedAt, &c.ReplacedAt)
	return c, err
}

// Certificate returns a paper, or NotFound.
func (tx *Tx) Certificate(ctx context.Context, id registry.CertificateID) (registry.Certificate, error) {
	return one(ctx, tx, scanCertificate,
		`SELECT `+certificateColumns+` FROM certificates WHERE id = $1`, string(id))
}

// Certificates returns all papers of a vendor, replaced ones too: current before
// replaced, what lapses next first, what never lapses last.
func (tx *Tx) Certificates(ctx context.Context, id registry.VendorID) ([]registry.Certificate, error) {
	of, err := tx.CertificatesOf(ctx, []registry.VendorID{id})
	return of[id], err
}

// CertificatesOf returns all papers of vendors, those of each in the order of Certificates.
func (tx *Tx) CertificatesOf(ctx context.Context, ids []registry.VendorID) (map[registry.VendorID][]registry.Certificate, error) {
	w := &where{}
	if err := among(tx, w, "vendor_id", ids); err != nil {
		return nil, err
	}
	of := map[registry.VendorID][]registry.Certificate{}
	err := each(ctx, tx, func(row scanner) error {
		c, err := scanCertificate(row)
		of[c.Vendor] = append(of[c.Vendor], c)
		return err
	}, `
		SELECT `+certificateColumns+`
		FROM certificates`+w.String()+`
		ORDER BY CASE WHEN replaced_at = 0 THEN 0 ELSE 1 END, CASE WHEN valid_to = '' THEN 1 ELSE 0 END, valid_to, created_at, id`, w.args...)
	return of, err
}

// CountCertificates counts the papers of a vendor, replaced ones too.
func (tx *Tx) CountCertificates(ctx context.Context, id registry.VendorID) (int, error) {
	return tx.count(ctx, `SELECT COUNT(*) FROM certificates WHERE vendor_id = $1`, string(id))
}

// CheckCertificate notes who has seen a paper. One that was checked or replaced is
// a Conflict.
func (tx *Tx) CheckCertificate(ctx context.Context, id registry.CertificateID, by registry.AccountID) error {
	return tx.must(ctx, errStale(), `
		UPDATE certificates
		SET checked_by = $2, checked_at = $3
		WHERE id = $1 AND checked_at = 0 AND replaced_at = 0`, string(id), string(by), tx.NowMS())
}

// DocumentProducts lifts the declared products that a scanned paper covers to
// documented: one product, or all of the vendor where product is empty.
func (tx *Tx) DocumentProducts(ctx context.Context, vendor registry.VendorID, product registry.ProductID) error {
	w := &where{}
	at := w.arg(tx.NowMS())
	w.add("vendor_id = ? AND evidence = 'declared'", string(vendor))
	if product != "" {
		w.add("id = ?", string(product))
	}
	_, err := tx.exec(ctx, `
		UPDATE products
		SET evidence = 'documented', evidence_at = `+at+`, updated_at = `+at+`, version = version + 1`+w.String(), w.args...)
	return err
}
