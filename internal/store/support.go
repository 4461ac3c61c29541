package store

import (
	"context"
	"fmt"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

const supportColumns = `s.id, s.n, s.kind, COALESCE(s.vendor_id, ''), s.producer, s.area_edition, s.area_code, COALESCE(s.body_id, ''),
	s.provider, s.what, s.amount_dong, s.from_on, s.until_on, s.result, s.paper, s.entered_by, s.entered_as, s.entered_at,
	s.struck_at, s.struck_as, s.struck_why, s.version`

func scanSupport(row scanner) (s committee.SupportGiven, err error) {
	err = row.Scan(&s.ID, &s.N, &s.Kind, &s.Producer.Vendor, &s.Producer.Name, &s.Area.Edition, &s.Area.Code, &s.Body,
		&s.Provider, &s.What, &s.Amount, &s.From, &s.Until, &s.Result, &s.Paper, &s.Entered.By, &s.Entered.As, &s.Entered.At,
		&s.Struck.At, &s.Struck.By, &s.Struck.Why, &s.Version)
	return s, err
}

// producerFold tells producers apart where they are counted: a vendor by its id, a name
// that was typed by its words.
func producerFold(p committee.Producer) string {
	if p.Vendor != "" {
		return string(p.Vendor)
	}
	return vn.Fold(p.Name)
}

// InsertSupport stores new support under the next number of the register, found under the
// units of its scope.
func (tx *Tx) InsertSupport(ctx context.Context, s *committee.SupportGiven, scope registry.Scope) error {
	if s.ID == "" {
		s.ID = NewID[registry.SupportID]()
	}
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM supports`)
	if err != nil {
		return err
	}
	s.N, s.Entered.At, s.Version = int64(last+1), tx.NowMS(), 1
	_, err = tx.exec(ctx, `
		INSERT INTO supports (id, n, kind, vendor_id, producer, producer_fold, area_edition, area_code, body_id, provider, what,
			amount_dong, from_on, until_on, result, paper, entered_by, entered_as, entered_at, struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, '', '', 1)`,
		string(s.ID), s.N, string(s.Kind), null(s.Producer.Vendor), s.Producer.Name, producerFold(s.Producer), string(s.Area.Edition),
		s.Area.Code, null(s.Body), s.Provider, s.What, s.Amount, s.From, s.Until, s.Result, s.Paper, string(s.Entered.By), s.Entered.As,
		s.Entered.At)
	if err != nil {
		return err
	}
	return tx.saveCodes(ctx, "support_areas", "support_id", string(s.ID), scope)
}

// SaveSupport stores support that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveSupport(ctx context.Context, s *committee.SupportGiven, scope registry.Scope) error {
	err := tx.must(ctx, errStale(), `
		UPDATE supports
		SET kind = $3, vendor_id = $4, producer = $5, producer_fold = $6, area_edition = $7, area_code = $8, body_id = $9,
			provider = $10, what = $11, amount_dong = $12, from_on = $13, until_on = $14, result = $15, paper = $16,
			version = version + 1
		WHERE id = $1 AND version = $2`,
		string(s.ID), s.Version, string(s.Kind), null(s.Producer.Vendor), s.Producer.Name, producerFold(s.Producer), string(s.Area.Edition),
		s.Area.Code, null(s.Body), s.Provider, s.What, s.Amount, s.From, s.Until, s.Result, s.Paper)
	if err != nil {
		return err
	}
	s.Version++
	return tx.saveCodes(ctx, "support_areas", "support_id", string(s.ID), scope)
}

// strike strikes out a row of a register that was read at a version, or with an empty
// reason counts it again. It is a Conflict if it has changed since.
func (tx *Tx) strike(ctx context.Context, table, id string, version *int64, s *committee.Struck) error {
	s.At = 0
	if s.Why != "" {
		s.At = tx.NowMS()
	}
	err := tx.must(ctx, errStale(), `
		UPDATE `+table+` SET struck_at = $3, struck_as = $4, struck_why = $5, version = version + 1
		WHERE id = $1 AND version = $2`, id, *version, s.At, s.By, s.Why)
	if err == nil {
		*version++
	}
	return err
}

// StrikeSupport strikes out support as its Struck says, or counts it again. It is a Conflict
// if it has changed since.
func (tx *Tx) StrikeSupport(ctx context.Context, s *committee.SupportGiven) error {
	return tx.strike(ctx, "supports", string(s.ID), &s.Version, &s.Struck)
}

// Support returns support, or NotFound.
func (tx *Tx) Support(ctx context.Context, id registry.SupportID) (committee.SupportGiven, error) {
	return one(ctx, tx, scanSupport, `SELECT `+supportColumns+` FROM supports s WHERE s.id = $1`, string(id))
}

// inYear keeps what has its day in a year; 0 does not narrow.
func (w *where) inYear(column string, year int) {
	if year > 0 {
		w.add(column+" >= ?", fmt.Sprintf("%04d-01-01", year))
		w.add(column+" <= ?", fmt.Sprintf("%04d-12-31", year))
	}
}

func supportWhere(f committee.SupportFilter) *where {
	w := &where{}
	if f.Codes != nil {
		under(w, "support_areas", "support_id = s.id", f.Codes)
	}
	if f.Area != "" {
		w.add("EXISTS (SELECT 1 FROM support_areas x WHERE x.support_id = s.id AND x.code = ?)", f.Area)
	}
	w.inYear("s.from_on", f.Year)
	if f.Kind != "" {
		w.add("s.kind = ?", string(f.Kind))
	}
	if f.Vendor != "" {
		w.add("s.vendor_id = ?", string(f.Vendor))
	}
	if f.NoResult != "" {
		w.add("s.result = '' AND s.until_on <> '' AND s.until_on < ? AND s.struck_at = 0", f.NoResult)
	}
	if f.Counts {
		w.add("s.struck_at = 0")
	}
	return w
}

// Supports returns the support that fits, the latest day first.
func (tx *Tx) Supports(ctx context.Context, f committee.SupportFilter) ([]committee.SupportGiven, error) {
	w := supportWhere(f)
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	return collect(ctx, tx, scanSupport, `SELECT `+supportColumns+` FROM supports s`+w.String()+` ORDER BY s.from_on DESC, s.n DESC`+page, w.args...)
}

// CountSupports counts the support that fits.
func (tx *Tx) CountSupports(ctx context.Context, f committee.SupportFilter) (int, error) {
	w := supportWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM supports s`+w.String(), w.args...)
}

// SumSupports adds up the support that fits and counts, by kind; "" is all together, for a
// producer may have had several kinds.
func (tx *Tx) SumSupports(ctx context.Context, f committee.SupportFilter) (map[committee.SupportKind]committee.SupportSum, error) {
	f.Counts = true
	by := map[committee.SupportKind]committee.SupportSum{}
	w := supportWhere(f)
	const sums = `COUNT(*), COUNT(DISTINCT s.producer_fold), COALESCE(SUM(s.amount_dong), 0) FROM supports s`
	err := each(ctx, tx, func(row scanner) error {
		var kind committee.SupportKind
		var s committee.SupportSum
		err := row.Scan(&kind, &s.Rows, &s.Producers, &s.Amount)
		if s.Rows > 0 {
			by[kind] = s
		}
		return err
	}, `
		SELECT s.kind, `+sums+w.String()+` GROUP BY s.kind
		UNION ALL
		SELECT '', `+sums+w.String(), w.args...)
	return by, err
}

const matchingColumns = `m.id, m.n, m.held_on, m.meeting, COALESCE(m.event_id, ''), m.area_edition, m.area_code, m.buyer,
	COALESCE(m.vendor_id, ''), m.producer, m.product, m.volume, m.memo_number, m.memo_on, m.entered_by, m.entered_as, m.entered_at,
	m.struck_at, m.struck_as, m.struck_why, m.version`

func scanMatching(row scanner) (m committee.Matching, err error) {
	err = row.Scan(&m.ID, &m.N, &m.HeldOn, &m.Meeting, &m.Event, &m.Area.Edition, &m.Area.Code, &m.Buyer,
		&m.Producer.Vendor, &m.Producer.Name, &m.Product, &m.Volume, &m.MemoNumber, &m.MemoOn, &m.Entered.By, &m.Entered.As, &m.Entered.At,
		&m.Struck.At, &m.Struck.By, &m.Struck.Why, &m.Version)
	return m, err
}

// InsertMatching stores a new matching under the next number of the register, found under
// the units of its scope.
func (tx *Tx) InsertMatching(ctx context.Context, m *committee.Matching, scope registry.Scope) error {
	if m.ID == "" {
		m.ID = NewID[registry.MatchingID]()
	}
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM matchings`)
	if err != nil {
		return err
	}
	m.N, m.Entered.At, m.Version = int64(last+1), tx.NowMS(), 1
	_, err = tx.exec(ctx, `
		INSERT INTO matchings (id, n, held_on, meeting, event_id, area_edition, area_code, buyer, vendor_id, producer, product, volume,
			memo_number, memo_on, entered_by, entered_as, entered_at, struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, '', '', 1)`,
		string(m.ID), m.N, m.HeldOn, m.Meeting, null(m.Event), string(m.Area.Edition), m.Area.Code, m.Buyer, null(m.Producer.Vendor),
		m.Producer.Name, m.Product, m.Volume, m.MemoNumber, m.MemoOn, string(m.Entered.By), m.Entered.As, m.Entered.At)
	if err != nil {
		return err
	}
	return tx.saveMatchingParts(ctx, m, scope)
}

// SaveMatching stores a matching that was read, with its follow-ups. It is a Conflict if it
// has changed since.
func (tx *Tx) SaveMatching(ctx context.Context, m *committee.Matching, scope registry.Scope) error {
	err := tx.must(ctx, errStale(), `
		UPDATE matchings
		SET held_on = $3, meeting = $4, event_id = $5, area_edition = $6, area_code = $7, buyer = $8, vendor_id = $9, producer = $10,
			product = $11, volume = $12, memo_number = $13, memo_on = $14, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(m.ID), m.Version, m.HeldOn, m.Meeting, null(m.Event), string(m.Area.Edition), m.Area.Code, m.Buyer, null(m.Producer.Vendor),
		m.Producer.Name, m.Product, m.Volume, m.MemoNumber, m.MemoOn)
	if err != nil {
		return err
	}
	m.Version++
	return tx.saveMatchingParts(ctx, m, scope)
}

func (tx *Tx) saveMatchingParts(ctx context.Context, m *committee.Matching, scope registry.Scope) error {
	if err := tx.saveCodes(ctx, "matching_areas", "matching_id", string(m.ID), scope); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM matching_follow_ups WHERE matching_id = $1`, string(m.ID)); err != nil {
		return err
	}
	var args []any
	for _, f := range m.FollowUps {
		args = append(args, string(m.ID), f.Months, f.DueOn, string(f.Outcome), f.Result, f.DoneOn, f.By)
	}
	return tx.insertRows(ctx, `INSERT INTO matching_follow_ups (matching_id, months, due_on, outcome, result, done_on, by_name) VALUES `, 7, args)
}

// StrikeMatching strikes out a matching as its Struck says, or counts it again. It is a
// Conflict if it has changed since.
func (tx *Tx) StrikeMatching(ctx context.Context, m *committee.Matching) error {
	return tx.strike(ctx, "matchings", string(m.ID), &m.Version, &m.Struck)
}

// Matching returns a matching with its follow-ups, or NotFound.
func (tx *Tx) Matching(ctx context.Context, id registry.MatchingID) (committee.Matching, error) {
	m, err := one(ctx, tx, scanMatching, `SELECT `+matchingColumns+` FROM matchings m WHERE m.id = $1`, string(id))
	if err != nil {
		return m, err
	}
	list := []committee.Matching{m}
	err = tx.fillMatchings(ctx, list)
	return list[0], err
}

func matchingWhere(f committee.MatchingFilter) *where {
	w := &where{}
	if f.Codes != nil {
		under(w, "matching_areas", "matching_id = m.id", f.Codes)
	}
	if f.Area != "" {
		w.add("EXISTS (SELECT 1 FROM matching_areas x WHERE x.matching_id = m.id AND x.code = ?)", f.Area)
	}
	w.inYear("m.held_on", f.Year)
	if f.Event != "" {
		w.add("m.event_id = ?", string(f.Event))
	}
	if f.DueBy != "" {
		w.add(`m.struck_at = 0 AND EXISTS (SELECT 1 FROM matching_follow_ups x
			WHERE x.matching_id = m.id AND x.outcome = '' AND x.due_on <= ?)`, f.DueBy)
	}
	if f.Memo {
		w.add("(m.memo_number <> '' OR m.memo_on <> '')")
	}
	if f.Counts {
		w.add("m.struck_at = 0")
	}
	return w
}

// Matchings returns the matchings that fit, the latest meeting first.
func (tx *Tx) Matchings(ctx context.Context, f committee.MatchingFilter) ([]committee.Matching, error) {
	w := matchingWhere(f)
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	list, err := collect(ctx, tx, scanMatching, `SELECT `+matchingColumns+` FROM matchings m`+w.String()+` ORDER BY m.held_on DESC, m.n DESC`+page, w.args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, tx.fillMatchings(ctx, list)
}

// fillMatchings reads the follow-ups of matchings.
func (tx *Tx) fillMatchings(ctx context.Context, list []committee.Matching) error {
	for from := 0; from < len(list); from += fillBatch {
		part, at, w := list[from:min(from+fillBatch, len(list))], map[registry.MatchingID]*committee.Matching{}, &where{}
		ids := make([]registry.MatchingID, len(part))
		for i := range part {
			ids[i], at[part[i].ID] = part[i].ID, &part[i]
		}
		in(w, "matching_id", ids)
		err := each(ctx, tx, func(row scanner) error {
			var id registry.MatchingID
			var f committee.FollowUp
			if err := row.Scan(&id, &f.Months, &f.DueOn, &f.Outcome, &f.Result, &f.DoneOn, &f.By); err != nil {
				return err
			}
			at[id].FollowUps = append(at[id].FollowUps, f)
			return nil
		}, `
			SELECT matching_id, months, due_on, outcome, result, done_on, by_name FROM matching_follow_ups`+w.String()+`
			ORDER BY 1, 2`, w.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// CountMatchings counts the matchings that fit.
func (tx *Tx) CountMatchings(ctx context.Context, f committee.MatchingFilter) (int, error) {
	w := matchingWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM matchings m`+w.String(), w.args...)
}
