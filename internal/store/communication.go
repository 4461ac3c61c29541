package store

import (
	"context"
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

const communicationColumns = `c.id, c.n, c.client, c.channel, c.times, c.people, c.area_edition, c.area_code, c.place, c.village,
	c.from_on, c.until_on, c.quantity, c.minutes, c.cost_dong, c.topic, c.quality, c.link, COALESCE(c.event_id, ''),
	COALESCE(c.body_id, ''), c.movements, c.asked, c.entered_by, c.entered_as, c.entered_at, c.struck_at, c.struck_as,
	c.struck_why, c.version`

func scanCommunication(row scanner) (c committee.Communication, err error) {
	var movements string
	var people *int
	err = row.Scan(&c.ID, &c.N, &c.Client, &c.Channel, &c.Times, &people, &c.Area.Edition, &c.Area.Code, &c.Place, &c.Village,
		&c.From, &c.Until, &c.Quantity, &c.Minutes, &c.Cost, &c.Topic, &c.Quality, &c.Link, &c.Event,
		&c.Body, &movements, &c.Asked, &c.EnteredBy, &c.EnteredAs, &c.EnteredAt, &c.StruckAt, &c.StruckAs,
		&c.StruckWhy, &c.Version)
	if people != nil {
		c.Counted, c.People = true, *people
	}
	if movements != "" {
		c.Movements = strings.Split(movements, "\n")
	}
	return c, err
}

// peopleOf is how the people of a communication are stored: NULL where nobody counted.
func peopleOf(c *committee.Communication) any {
	if !c.Counted {
		return nil
	}
	return c.People
}

// InsertCommunication stores a new communication under the next number of the register,
// found under the units of its scope. EnteredBy and EnteredAs say who enters it; one
// that this account has sent before, told by Client, is a fault of the caller, who asks
// SentCommunication first.
func (tx *Tx) InsertCommunication(ctx context.Context, c *committee.Communication, scope registry.Scope) error {
	if c.ID == "" {
		c.ID = NewID[registry.CommunicationID]()
	}
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM communications`)
	if err != nil {
		return err
	}
	c.N, c.EnteredAt, c.Version = int64(last+1), tx.NowMS(), 1
	_, err = tx.exec(ctx, `
		INSERT INTO communications (id, n, client, channel, times, people, area_edition, area_code, place, village, from_on,
			until_on, quantity, minutes, cost_dong, topic, quality, link, event_id, body_id, movements, asked, photos_n,
			entered_by, entered_as, entered_at, struck_at, struck_as, struck_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0,
			$23, $24, $25, 0, '', '', 1)`,
		string(c.ID), c.N, c.Client, string(c.Channel), c.Times, peopleOf(c), string(c.Area.Edition), c.Area.Code, c.Place,
		c.Village, c.From, c.Until, c.Quantity, c.Minutes, c.Cost, c.Topic, c.Quality, c.Link, null(c.Event), null(c.Body),
		strings.Join(c.Movements, "\n"), flag(c.Asked), string(c.EnteredBy), c.EnteredAs, c.EnteredAt)
	if err != nil {
		return err
	}
	return tx.saveCommunicationParts(ctx, c, scope)
}

// SaveCommunication stores a communication that was read. It is a Conflict if it has
// changed since.
func (tx *Tx) SaveCommunication(ctx context.Context, c *committee.Communication, scope registry.Scope) error {
	err := tx.must(ctx, errStale(), `
		UPDATE communications
		SET channel = $3, times = $4, people = $5, area_edition = $6, area_code = $7, place = $8, village = $9, from_on = $10,
			until_on = $11, quantity = $12, minutes = $13, cost_dong = $14, topic = $15, quality = $16, link = $17,
			event_id = $18, body_id = $19, movements = $20, asked = $21, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(c.ID), c.Version, string(c.Channel), c.Times, peopleOf(c), string(c.Area.Edition), c.Area.Code, c.Place,
		c.Village, c.From, c.Until, c.Quantity, c.Minutes, c.Cost, c.Topic, c.Quality, c.Link, null(c.Event), null(c.Body),
		strings.Join(c.Movements, "\n"), flag(c.Asked))
	if err != nil {
		return err
	}
	c.Version++
	return tx.saveCommunicationParts(ctx, c, scope)
}

// StrikeCommunication strikes out a communication that was read, or with an empty reason
// counts it again. It is a Conflict if it has changed since.
func (tx *Tx) StrikeCommunication(ctx context.Context, c *committee.Communication, as, why string) error {
	c.StruckAt, c.StruckAs, c.StruckWhy = 0, "", why
	if why != "" {
		c.StruckAt, c.StruckAs = tx.NowMS(), as
	}
	err := tx.must(ctx, errStale(), `
		UPDATE communications SET struck_at = $3, struck_as = $4, struck_why = $5, version = version + 1
		WHERE id = $1 AND version = $2`, string(c.ID), c.Version, c.StruckAt, c.StruckAs, c.StruckWhy)
	if err == nil {
		c.Version++
	}
	return err
}

func (tx *Tx) saveCommunicationParts(ctx context.Context, c *committee.Communication, scope registry.Scope) error {
	if err := tx.saveCodes(ctx, "communication_areas", "communication_id", string(c.ID), scope); err != nil {
		return err
	}
	for _, table := range []string{"communication_audiences", "task_communications"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE communication_id = $1`, string(c.ID)); err != nil {
			return err
		}
	}
	var audiences, tasks []any
	for _, a := range c.Audiences {
		audiences = append(audiences, string(c.ID), string(a))
	}
	for _, id := range c.Tasks {
		tasks = append(tasks, string(id), string(c.ID))
	}
	err := tx.insertRows(ctx, `INSERT INTO communication_audiences (communication_id, audience) VALUES `, 2, audiences)
	if err != nil {
		return err
	}
	return tx.insertRows(ctx, `INSERT INTO task_communications (task_id, communication_id) VALUES `, 2, tasks)
}

// AddCommunicationPhoto adds a stored photo to a communication.
func (tx *Tx) AddCommunicationPhoto(ctx context.Context, id registry.CommunicationID, file registry.FileID) error {
	_, err := tx.exec(ctx, `INSERT INTO communication_photos (communication_id, file_id) VALUES ($1, $2)`, string(id), string(file))
	if err != nil {
		return err
	}
	return tx.countCommunicationPhotos(ctx, id)
}

// RemoveCommunicationPhoto destroys a photo of a communication. NotFound if it has none
// such.
func (tx *Tx) RemoveCommunicationPhoto(ctx context.Context, id registry.CommunicationID, file registry.FileID) error {
	err := tx.must(ctx, errNotFound(), `DELETE FROM communication_photos WHERE communication_id = $1 AND file_id = $2`, string(id), string(file))
	if err != nil {
		return err
	}
	if err := tx.DeleteFile(ctx, file); err != nil {
		return err
	}
	return tx.countCommunicationPhotos(ctx, id)
}

func (tx *Tx) countCommunicationPhotos(ctx context.Context, id registry.CommunicationID) error {
	n, err := tx.count(ctx, `SELECT COUNT(*) FROM communication_photos WHERE communication_id = $1`, string(id))
	if err == nil {
		_, err = tx.exec(ctx, `UPDATE communications SET photos_n = $2 WHERE id = $1`, string(id), n)
	}
	return err
}

// Communication returns a communication, or NotFound.
func (tx *Tx) Communication(ctx context.Context, id registry.CommunicationID) (committee.Communication, error) {
	c, err := one(ctx, tx, scanCommunication, `SELECT `+communicationColumns+` FROM communications c WHERE c.id = $1`, string(id))
	if err != nil {
		return c, err
	}
	list := []committee.Communication{c}
	err = tx.fillCommunications(ctx, list)
	return list[0], err
}

// SentCommunication returns what an account has sent under a client's id, or NotFound.
func (tx *Tx) SentCommunication(ctx context.Context, by registry.AccountID, client string) (committee.Communication, error) {
	return one(ctx, tx, scanCommunication, `
		SELECT `+communicationColumns+` FROM communications c WHERE c.entered_by = $1 AND c.client = $2`, string(by), client)
}

// TwinCommunication returns the number of another communication of the same channel,
// unit, day and people that counts; 0 is none.
func (tx *Tx) TwinCommunication(ctx context.Context, c *committee.Communication) (int64, error) {
	people := -1
	if c.Counted {
		people = c.People
	}
	n, err := tx.count(ctx, `
		SELECT COALESCE(MAX(n), 0) FROM communications
		WHERE from_on = $1 AND channel = $2 AND area_edition = $3 AND area_code = $4 AND COALESCE(people, -1) = $5
			AND struck_at = 0 AND id <> $6`,
		c.From, string(c.Channel), string(c.Area.Edition), c.Area.Code, people, string(c.ID))
	return int64(n), err
}

// LastCommunication returns what an account entered last, or NotFound.
func (tx *Tx) LastCommunication(ctx context.Context, by registry.AccountID) (committee.Communication, error) {
	return one(ctx, tx, scanCommunication, `
		SELECT `+communicationColumns+` FROM communications c WHERE c.entered_by = $1 ORDER BY c.n DESC LIMIT 1`, string(by))
}
