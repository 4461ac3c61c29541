package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// GoodsGroups returns all groups of goods: those built in, then those added, by their time.
func (tx *Tx) GoodsGroups(ctx context.Context) ([]committee.GoodsGroup, error) {
	own, err := collect(ctx, tx, func(row scanner) (g committee.GoodsGroup, err error) {
		var retired int64
		err = row.Scan(&g.ID, &g.Name, &retired)
		g.Retired = retired > 0
		return g, err
	}, `SELECT id, name, retired_at FROM goods_groups ORDER BY added_at, id`)
	return append(append([]committee.GoodsGroup{}, committee.GoodsGroups...), own...), err
}

// InsertGoodsGroup stores a group of one's own. It is a Conflict if there is one of that
// name.
func (tx *Tx) InsertGoodsGroup(ctx context.Context, g *committee.GoodsGroup, by registry.AccountID) error {
	g.ID = NewID[committee.GoodsGroupID]()
	return tx.must(ctx, registry.E(registry.Conflict, "goods_group.error.twice"), `
		INSERT INTO goods_groups (id, name, name_fold, added_by, added_at, retired_at)
		VALUES ($1, $2, $3, $4, $5, 0)
		ON CONFLICT (name_fold) DO NOTHING`, string(g.ID), g.Name, vn.Fold(g.Name), string(by), tx.NowMS())
}

// RetireGoodsGroup ends or, with retired false, takes up again that a group of one's own is
// offered. NotFound if there is none.
func (tx *Tx) RetireGoodsGroup(ctx context.Context, id committee.GoodsGroupID, retired bool) error {
	at := int64(0)
	if retired {
		at = tx.NowMS()
	}
	return tx.must(ctx, errNotFound(), `UPDATE goods_groups SET retired_at = $2 WHERE id = $1`, string(id), at)
}

const procurementColumns = `r.id, r.n, r.body_id, r.year, r.part, r.goods_group, r.total_dong, r.domestic_dong, r.paper,
	COALESCE(r.photo, ''), r.note, r.entered_by, r.entered_as, r.entered_at, r.struck_at, r.struck_as, r.struck_why, r.version`

func scanProcurement(row scanner) (p committee.Purchase, err error) {
	err = row.Scan(&p.ID, &p.N, &p.Body, &p.Period.Year, &p.Period.Part, &p.Group, &p.Total, &p.Domestic, &p.Paper,
		&p.Photo, &p.Note, &p.EnteredBy, &p.EnteredAs, &p.EnteredAt, &p.StruckAt, &p.StruckAs, &p.StruckWhy, &p.Version)
	return p, err
}

// InsertProcurement stores a new report under the next number of the register. One of the
// same body, period and group that counts makes it a Conflict.
func (tx *Tx) InsertProcurement(ctx context.Context, p *committee.Purchase) error {
	if p.ID == "" {
		p.ID = NewID[registry.ProcurementID]()
	}
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM procurements`)
	if err != nil {
		return err
	}
	p.N, p.EnteredAt, p.Version = int64(last+1), tx.NowMS(), 1
	return tx.must(ctx, registry.E(registry.Conflict, "procurement.error.again"), `
		INSERT INTO procurements (id, n, body_id, year, part, goods_group, total_dong, domestic_dong, paper, photo, note,
			entered_by, entered_as, entered_at, struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, '', '', 1)
		ON CONFLICT (year, body_id, goods_group, part) WHERE struck_at = 0 DO NOTHING`,
		string(p.ID), p.N, string(p.Body), p.Period.Year, string(p.Period.Part), string(p.Group), p.Total, p.Domestic, p.Paper,
		null(p.Photo), p.Note, string(p.EnteredBy), p.EnteredAs, p.EnteredAt)
}

// FixProcurement stores the figures, paper and note of a report that was read, and what
// stood before. It is a Conflict if it has changed since.
func (tx *Tx) FixProcurement(ctx context.Context, p *committee.Purchase, was committee.ProcurementFix, by registry.AccountID) error {
	err := tx.must(ctx, errStale(), `
		UPDATE procurements
		SET total_dong = $3, domestic_dong = $4, paper = $5, photo = $6, note = $7, version = version + 1
		WHERE id = $1 AND version = $2`, string(p.ID), p.Version, p.Total, p.Domestic, p.Paper, null(p.Photo), p.Note)
	if err != nil {
		return err
	}
	p.Version++
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM procurement_fixes WHERE procurement_id = $1`, string(p.ID))
	if err == nil {
		_, err = tx.exec(ctx, `
			INSERT INTO procurement_fixes (procurement_id, n, at, by_id, by_name, total_dong, domestic_dong, reason)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			string(p.ID), last+1, tx.NowMS(), string(by), was.By, was.Total, was.Domestic, was.Reason)
	}
	return err
}

// ProcurementFixes returns the corrections of a report, the newest first.
func (tx *Tx) ProcurementFixes(ctx context.Context, id registry.ProcurementID) ([]committee.ProcurementFix, error) {
	return collect(ctx, tx, func(row scanner) (f committee.ProcurementFix, err error) {
		err = row.Scan(&f.N, &f.At, &f.By, &f.Total, &f.Domestic, &f.Reason)
		return f, err
	}, `
		SELECT n, at, by_name, total_dong, domestic_dong, reason FROM procurement_fixes
		WHERE procurement_id = $1
		ORDER BY n DESC`, string(id))
}

// StrikeProcurement strikes out a report that was read. It is a Conflict if it has changed
// since.
func (tx *Tx) StrikeProcurement(ctx context.Context, p *committee.Purchase, as, why string) error {
	p.StruckAt, p.StruckAs, p.StruckWhy = tx.NowMS(), as, why
	err := tx.must(ctx, errStale(), `
		UPDATE procurements SET struck_at = $3, struck_as = $4, struck_why = $5, version = version + 1
		WHERE id = $1 AND version = $2`, string(p.ID), p.Version, p.StruckAt, p.StruckAs, p.StruckWhy)
	if err == nil {
		p.Version++
	}
	return err
}

// Procurement returns a report, or NotFound.
func (tx *Tx) Procurement(ctx context.Context, id registry.ProcurementID) (committee.Purchase, error) {
	return one(ctx, tx, scanProcurement, `SELECT `+procurementColumns+` FROM procurements r WHERE r.id = $1`, string(id))
}

// procurementWhere turns a filter into conditions.
func procurementWhere(f committee.ProcurementFilter) *where {
	w := &where{}
	w.add("r.year = ?", f.Year)
	if f.Codes != nil {
		under(w, "body_areas", "body_id = r.body_id", f.Codes)
	}
	if f.Bodies != nil {
		in(w, "r.body_id", f.Bodies)
	}
	if f.Area != "" {
		w.add("EXISTS (SELECT 1 FROM body_areas x WHERE x.body_id = r.body_id AND x.code = ?)", f.Area)
	}
	if f.Parts != nil {
		in(w, "r.part", f.Parts)
	}
	if f.Group != "" {
		w.add("r.goods_group = ?", string(f.Group))
	}
	if f.Body != "" {
		w.add("r.body_id = ?", string(f.Body))
	}
	if f.Counts {
		w.add("r.struck_at = 0")
	}
	return w
}

// Procurements returns the reports that fit, the newest first.
func (tx *Tx) Procurements(ctx context.Context, f committee.ProcurementFilter) ([]committee.Purchase, error) {
	w := procurementWhere(f)
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	return collect(ctx, tx, scanProcurement, `SELECT `+procurementColumns+` FROM procurements r`+w.String()+` ORDER BY r.n DESC`+page, w.args...)
}

// CountProcurements counts the reports that fit.
func (tx *Tx) CountProcurements(ctx context.Context, f committee.ProcurementFilter) (int, error) {
	w := procurementWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM procurements r`+w.String(), w.args...)
}

// SumProcurements adds up the reports that fit and count, by group of goods.
func (tx *Tx) SumProcurements(ctx context.Context, f committee.ProcurementFilter) (map[committee.GoodsGroupID]committee.ProcurementSum, error) {
	f.Counts = true
	w, by := procurementWhere(f), map[committee.GoodsGroupID]committee.ProcurementSum{}
	return by, each(ctx, tx, func(row scanner) error {
		var id committee.GoodsGroupID
		var s committee.ProcurementSum
		err := row.Scan(&id, &s.Rows, &s.Total, &s.Domestic)
		by[id] = s
		return err
	}, `
		SELECT r.goods_group, COUNT(*), SUM(r.total_dong), SUM(r.domestic_dong) FROM procurements r`+w.String()+`
		GROUP BY r.goods_group`, w.args...)
}

// ReportingBodies returns the bodies of the reports that fit and count.
func (tx *Tx) ReportingBodies(ctx context.Context, f committee.ProcurementFilter) ([]registry.BodyID, error) {
	f.Counts = true
	w := procurementWhere(f)
	return collect(ctx, tx, column[registry.BodyID], `SELECT DISTINCT r.body_id FROM procurements r`+w.String()+` ORDER BY r.body_id`, w.args...)
}

// ProcurementClosings returns the closings of a year that hold in one of today's units.
func (tx *Tx) ProcurementClosings(ctx context.Context, year int, codes []string) ([]committee.ProcurementClosing, error) {
	w := &where{}
	w.add("year = ?", year)
	in(w, "area_code", codes)
	return collect(ctx, tx, func(row scanner) (c committee.ProcurementClosing, err error) {
		err = row.Scan(&c.Area, &c.Period.Year, &c.Period.Part, &c.At, &c.By, &c.Reason)
		return c, err
	}, `SELECT area_code, year, part, at, by_name, reason FROM procurement_closings`+w.String()+` ORDER BY at, part`, w.args...)
}

// CloseProcurement ends that a period takes reports. It is a Conflict if that has ended.
func (tx *Tx) CloseProcurement(ctx context.Context, c *committee.ProcurementClosing, by registry.AccountID) error {
	c.At = tx.NowMS()
	return tx.must(ctx, registry.E(registry.Conflict, "procurement.error.closed_before"), `
		INSERT INTO procurement_closings (area_code, year, part, at, by_id, by_name, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (area_code, year, part) DO NOTHING`,
		c.Area, c.Period.Year, string(c.Period.Part), c.At, string(by), c.By, c.Reason)
}

// ReopenProcurement lets a period take reports again. NotFound if it was not closed.
func (tx *Tx) ReopenProcurement(ctx context.Context, area string, p committee.Period) error {
	return tx.must(ctx, errNotFound(), `DELETE FROM procurement_closings WHERE area_code = $1 AND year = $2 AND part = $3`,
		area, p.Year, string(p.Part))
}
