package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

const inspectionColumns = `i.id, i.client, i.digest, i.device, i.entered_by, i.entered_as, i.kind, i.subject, i.subject_name,
	COALESCE(i.event_id, ''), COALESCE(i.booth_id, ''), COALESCE(i.vendor_id, ''), COALESCE(i.body_id, ''), i.goods, i.area_edition,
	i.area_code, COALESCE(i.issuer_id, ''), i.series, i.year, COALESCE(i.n, 0), COALESCE(i.round_id, ''), COALESCE(i.recheck_id, ''),
	i.day_on, i.began_at, i.ended_at, i.place, i.people, i.present, i.opinion, i.refusal, i.witnesses, i.note, i.on_paper, i.state,
	i.remarks, i.bad_n, COALESCE(i.lead_id, ''), i.twin, i.checklist_id, i.received_at, i.handed_at, i.version`

func scanInspection(row scanner) (r inspection.Record, err error) {
	var people, witnesses, remarks string
	err = row.Scan(&r.ID, &r.Client, &r.Digest, &r.Device, &r.Entered, &r.EnterAs, &r.Kind, &r.Subject.Kind, &r.Subject.Name,
		&r.Subject.Event, &r.Subject.Booth, &r.Subject.Vendor, &r.Subject.Body, &r.Subject.Goods, &r.Area.Edition,
		&r.Area.Code, &r.Issuer, &r.Series, &r.Year, &r.N, &r.Round, &r.Recheck,
		&r.On, &r.BeganAt, &r.EndedAt, &r.Place, &people, &r.Present, &r.Opinion, &r.Refusal, &witnesses, &r.Note, &r.Paper, &r.State,
		&remarks, &r.Bad, &r.Lead, &r.Twin, &r.List.ID, &r.Received, &r.HandedAt, &r.Version)
	if err != nil {
		return r, err
	}
	for word := range strings.FieldsSeq(remarks) {
		r.Remarks = append(r.Remarks, inspection.Remark(word))
	}
	if witnesses != "" {
		r.Witness = strings.Split(witnesses, "\n")
	}
	r.People = splitPeople(people)
	return r, nil
}

// people of a record stand in one column: a line for each, name and body with a tab between.
func joinPeople(all []inspection.Person) string {
	lines := make([]string, len(all))
	for i, p := range all {
		lines[i] = p.Name + "\t" + p.Body
	}
	return strings.Join(lines, "\n")
}

func splitPeople(text string) (all []inspection.Person) {
	for line := range strings.SplitSeq(text, "\n") {
		if name, body, ok := strings.Cut(line, "\t"); ok {
			all = append(all, inspection.Person{Name: name, Body: body})
		}
	}
	return all
}

func joinRemarks(all []inspection.Remark) string {
	words := make([]string, len(all))
	for i, r := range all {
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}

// saveChecklist keeps a checklist as it reads now and returns the id of this reading: the
// same text is kept once, and one that is changed later does not change it.
func (tx *Tx) saveChecklist(ctx context.Context, c inspection.Checklist) (string, error) {
	items, err := json.Marshal(c.Items)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(items)
	id := c.ID + "#" + hex.EncodeToString(sum[:6])
	_, err = tx.exec(ctx, `INSERT INTO checklists (id, items) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`, id, string(items))
	return id, err
}

// Checklist reads a checklist as it was kept, by the id that stands in a record of a list.
func (tx *Tx) Checklist(ctx context.Context, id string) (inspection.Checklist, error) {
	return tx.checklist(ctx, id)
}

// checklist reads a checklist as it was kept.
func (tx *Tx) checklist(ctx context.Context, id string) (c inspection.Checklist, err error) {
	items, err := one(ctx, tx, column[string], `SELECT items FROM checklists WHERE id = $1`, id)
	if err == nil {
		err = json.Unmarshal([]byte(items), &c.Items)
	}
	c.ID, _, _ = strings.Cut(id, "#")
	return c, err
}

// InsertInspection stores a record that came in, without a number, found under the units of
// its scope, with its answers and the photos that it names. It is a Conflict if one has come
// in under its client's id.
func (tx *Tx) InsertInspection(ctx context.Context, r *inspection.Record, scope registry.Scope) error {
	if r.ID == "" {
		r.ID = NewID[registry.InspectionID]()
	}
	list, err := tx.saveChecklist(ctx, r.List)
	if err != nil {
		return err
	}
	r.State, r.N, r.Received, r.HandedAt, r.Version = inspection.Received, 0, tx.NowMS(), 0, 1
	_, err = tx.exec(ctx, `
		INSERT INTO inspections (id, client, digest, device, entered_by, entered_as, kind, subject, subject_name, event_id, booth_id,
			vendor_id, body_id, goods, area_edition, area_code, issuer_id, series, year, n, round_id, recheck_id, day_on, began_at,
			ended_at, place, people, present, opinion, refusal, witnesses, note, on_paper, state, remarks, bad_n, missing_n, lead_id,
			twin, checklist_id, received_at, handed_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, NULL, $20, $21, $22, $23, $24,
			$25, $26, $27, $28, $29, $30, $31, $32, 'received', $33, $34, $35, NULL, '', $36, $37, 0, 1)`,
		string(r.ID), r.Client, r.Digest, r.Device, string(r.Entered), r.EnterAs, string(r.Kind), string(r.Subject.Kind), r.Subject.Name,
		null(r.Subject.Event), null(r.Subject.Booth), null(r.Subject.Vendor), null(r.Subject.Body), string(r.Subject.Goods),
		string(r.Area.Edition), r.Area.Code, null(r.Issuer), r.Series, r.Year, null(r.Round), null(r.Recheck), r.On, r.BeganAt,
		r.EndedAt, r.Place, joinPeople(r.People), r.Present, r.Opinion, r.Refusal, strings.Join(r.Witness, "\n"), r.Note, flag(r.Paper),
		joinRemarks(r.Remarks), r.Bad, r.Missing(), list, r.Received)
	if isUnique(err) {
		return registry.E(registry.Conflict, "error.stale")
	}
	if err != nil {
		return err
	}
	if err := tx.saveCodes(ctx, "inspection_areas", "inspection_id", string(r.ID), scope); err != nil {
		return err
	}
	return tx.insertInspectionParts(ctx, r)
}

func (tx *Tx) insertInspectionParts(ctx context.Context, r *inspection.Record) error {
	var said, photos, tasks []any
	for i, s := range r.Said {
		said = append(said, string(r.ID), i+1, s.Item, string(s.Answer), s.Note, s.At)
	}
	for i, p := range r.Photos {
		photos = append(photos, string(r.ID), p.Hash, i+1, p.Item, p.TakenAt, null(p.File), flag(p.Lost))
	}
	for _, id := range r.Tasks {
		tasks = append(tasks, string(id), string(r.ID))
	}
	err := tx.insertRows(ctx, `INSERT INTO inspection_answers (inspection_id, n, item, answer, note, at) VALUES `, 6, said)
	if err != nil {
		return err
	}
	err = tx.insertRows(ctx, insertInspectionPhotos, 7, photos)
	if err != nil {
		return err
	}
	return tx.insertRows(ctx, `INSERT INTO task_inspections (task_id, inspection_id) VALUES `, 2, tasks)
}

// AddInspectionPhotos names more photos in a record that was read.
func (tx *Tx) AddInspectionPhotos(ctx context.Context, r *inspection.Record, photos []inspection.Photo) error {
	var rows []any
	for i, p := range photos {
		rows = append(rows, string(r.ID), p.Hash, len(r.Photos)+i+1, p.Item, p.TakenAt, null(p.File), flag(p.Lost))
	}
	r.Photos = append(r.Photos, photos...)
	err := tx.insertRows(ctx, insertInspectionPhotos, 7, rows)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE inspections SET missing_n = $2 WHERE id = $1`, string(r.ID), r.Missing())
	return err
}

const insertInspectionPhotos = `INSERT INTO inspection_photos (inspection_id, hash, position, item, taken_at, file_id, lost) VALUES `

// SaveInspectionPhoto notes that a photo of a record has come, or is lost. NotFound for one
// that the record does not name.
func (tx *Tx) SaveInspectionPhoto(ctx context.Context, r *inspection.Record, hash string, file registry.FileID, lost bool) error {
	err := tx.must(ctx, errNotFound(), `
		UPDATE inspection_photos SET file_id = $3, lost = $4 WHERE inspection_id = $1 AND hash = $2`,
		string(r.ID), hash, null(file), flag(lost))
	if err != nil {
		return err
	}
	for i := range r.Photos {
		if r.Photos[i].Hash == hash {
			r.Photos[i].File, r.Photos[i].Lost = file, lost
		}
	}
	_, err = tx.exec(ctx, `UPDATE inspections SET missing_n = $2, remarks = $3 WHERE id = $1`, string(r.ID), r.Missing(), joinRemarks(r.Remarks))
	return err
}

// HandInInspection gives a record the next number of its series and year: it is handed in
// from now on. It is a Conflict if it is already, or has changed since it was read.
func (tx *Tx) HandInInspection(ctx context.Context, r *inspection.Record) error {
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM inspections WHERE series = $1 AND year = $2`, r.Series, r.Year)
	if err != nil {
		return err
	}
	r.N, r.State, r.HandedAt = int64(last+1), inspection.HandedIn, tx.NowMS()
	err = tx.must(ctx, errStale(), `
		UPDATE inspections SET n = $3, state = 'handed_in', handed_at = $4, version = version + 1
		WHERE id = $1 AND version = $2 AND state = 'received'`, string(r.ID), r.Version, r.N, r.HandedAt)
	if err == nil {
		r.Version++
	}
	return err
}

// JoinInspection stores which record one follows and whether it waits for a person. It is a
// Conflict if it has changed since it was read.
func (tx *Tx) JoinInspection(ctx context.Context, r *inspection.Record) error {
	err := tx.must(ctx, errStale(), `
		UPDATE inspections SET lead_id = $3, twin = $4, version = version + 1 WHERE id = $1 AND version = $2`,
		string(r.ID), r.Version, null(r.Lead), string(r.Twin))
	if err == nil {
		r.Version++
	}
	return err
}

// Twins returns the other records of the same stall on the day of a record, of those that
// came in as inspections or joint checks and look at nothing again.
func (tx *Tx) Twins(ctx context.Context, r inspection.Record) ([]inspection.Record, error) {
	if r.Subject.Booth == "" || r.Recheck != "" {
		return nil, nil
	}
	return collect(ctx, tx, scanInspection, `
		SELECT `+inspectionColumns+` FROM inspections i
		WHERE i.event_id = $1 AND i.day_on = $2 AND i.booth_id = $3 AND i.kind = $4 AND i.recheck_id IS NULL AND i.id <> $5
		ORDER BY i.received_at, i.id`, string(r.Subject.Event), r.On, string(r.Subject.Booth), string(r.Kind), string(r.ID))
}

// RecheckedBy returns the records that look at one again, the first one first.
func (tx *Tx) RecheckedBy(ctx context.Context, id registry.InspectionID) ([]inspection.Record, error) {
	return collect(ctx, tx, scanInspection, `
		SELECT `+inspectionColumns+` FROM inspections i WHERE i.recheck_id = $1 ORDER BY i.received_at, i.id`, string(id))
}

// Inspection returns a record with all that belongs to it, or NotFound.
func (tx *Tx) Inspection(ctx context.Context, id registry.InspectionID) (inspection.Record, error) {
	return tx.wholeInspection(ctx, `i.id = $1`, string(id))
}

// InspectionByClient is Inspection by the id that a phone gave it.
func (tx *Tx) InspectionByClient(ctx context.Context, client string) (inspection.Record, error) {
	return tx.wholeInspection(ctx, `i.client = $1`, client)
}

func (tx *Tx) wholeInspection(ctx context.Context, cond, arg string) (r inspection.Record, err error) {
	if r, err = one(ctx, tx, scanInspection, `SELECT `+inspectionColumns+` FROM inspections i WHERE `+cond, arg); err != nil {
		return r, err
	}
	if r.List, err = tx.checklist(ctx, r.List.ID); err != nil {
		return r, err
	}
	r.Said, err = collect(ctx, tx, func(row scanner) (s inspection.Said, err error) {
		err = row.Scan(&s.Item, &s.Answer, &s.Note, &s.At)
		return s, err
	}, `SELECT item, answer, note, at FROM inspection_answers WHERE inspection_id = $1 ORDER BY n`, string(r.ID))
	if err != nil {
		return r, err
	}
	r.Photos, err = collect(ctx, tx, func(row scanner) (p inspection.Photo, err error) {
		err = row.Scan(&p.Hash, &p.Item, &p.TakenAt, &p.File, &p.Lost)
		return p, err
	}, `SELECT hash, item, taken_at, COALESCE(file_id, ''), lost FROM inspection_photos WHERE inspection_id = $1 ORDER BY position`, string(r.ID))
	if err != nil {
		return r, err
	}
	r.Tasks, err = collect(ctx, tx, column[registry.TaskID], `SELECT task_id FROM task_inspections WHERE inspection_id = $1 ORDER BY task_id`, string(r.ID))
	return r, err
}

// AddInspectionStep adds a line to the log of a record.
func (tx *Tx) AddInspectionStep(ctx context.Context, id registry.InspectionID, s inspection.Step) error {
	n, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM inspection_steps WHERE inspection_id = $1`, string(id))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO inspection_steps (inspection_id, n, at, by_name, kind, text) VALUES ($1, $2, $3, $4, $5, $6)`,
		string(id), n+1, tx.NowMS(), s.By, string(s.Kind), s.Text)
	return err
}

// InspectionSteps returns the log of a record in its order.
func (tx *Tx) InspectionSteps(ctx context.Context, id registry.InspectionID) ([]inspection.Step, error) {
	return collect(ctx, tx, func(row scanner) (s inspection.Step, err error) {
		err = row.Scan(&s.N, &s.At, &s.By, &s.Kind, &s.Text)
		return s, err
	}, `SELECT n, at, by_name, kind, text FROM inspection_steps WHERE inspection_id = $1 ORDER BY n`, string(id))
}
