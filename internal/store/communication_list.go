package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

// communicationWhere turns a filter into conditions.
func communicationWhere(f committee.CommunicationFilter) *where {
	w := &where{}
	if f.Codes != nil {
		under(w, "communication_areas", "communication_id = c.id", f.Codes)
	}
	if f.Bodies != nil {
		in(w, "c.body_id", f.Bodies)
	}
	for _, c := range []struct{ cond, value string }{
		{"c.from_on >= ?", f.From},
		{"c.from_on <= ?", f.Until},
		{"c.channel = ?", string(f.Channel)},
		{"c.body_id = ?", string(f.Body)},
		{"c.event_id = ?", string(f.Event)},
		{"c.entered_by = ?", string(f.EnteredBy)},
		{"EXISTS (SELECT 1 FROM communication_areas x WHERE x.communication_id = c.id AND x.code = ?)", f.Area},
		{"EXISTS (SELECT 1 FROM communication_audiences x WHERE x.communication_id = c.id AND x.audience = ?)", string(f.Audience)},
		{"EXISTS (SELECT 1 FROM task_communications x WHERE x.communication_id = c.id AND x.task_id = ?)", string(f.Task)},
	} {
		if c.value != "" {
			w.add(c.cond, c.value)
		}
	}
	if f.N > 0 {
		w.add("c.n = ?", f.N)
	}
	if f.Up {
		w.add("c.until_on = '' AND c.struck_at = 0")
	}
	if f.NoPhoto {
		w.add("c.photos_n = 0 AND c.struck_at = 0")
	}
	if f.Photo {
		w.add("c.photos_n > 0 AND c.struck_at = 0")
	}
	if f.Asked {
		w.add("c.asked = 1")
	}
	return w
}

// Communications returns the communications that fit, those struck out too: the latest
// day first, on a day the latest entry.
func (tx *Tx) Communications(ctx context.Context, f committee.CommunicationFilter) ([]committee.Communication, error) {
	w := communicationWhere(f)
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	list, err := collect(ctx, tx, scanCommunication, `
		SELECT `+communicationColumns+` FROM communications c`+w.String()+` ORDER BY c.from_on DESC, c.n DESC`+page, w.args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, tx.fillCommunications(ctx, list)
}

// fillBatch is for how many rows their parts are read at once: engines bound how many
// values a statement takes.
const fillBatch = 5000

// fillCommunications reads audiences, photos and tasks.
func (tx *Tx) fillCommunications(ctx context.Context, list []committee.Communication) error {
	for from := 0; from < len(list); from += fillBatch {
		if err := tx.fillSome(ctx, list[from:min(from+fillBatch, len(list))]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) fillSome(ctx context.Context, list []committee.Communication) error {
	at, w := make(map[registry.CommunicationID]*committee.Communication, len(list)), &where{}
	ids := make([]registry.CommunicationID, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	in(w, "communication_id", ids)
	for _, part := range []struct {
		query string
		add   func(c *committee.Communication, value string)
	}{
		{`SELECT communication_id, audience FROM communication_audiences`, func(c *committee.Communication, v string) {
			c.Audiences = append(c.Audiences, committee.Audience(v))
		}},
		{`SELECT communication_id, file_id FROM communication_photos`, func(c *committee.Communication, v string) {
			c.Photos = append(c.Photos, registry.FileID(v))
		}},
		{`SELECT communication_id, task_id FROM task_communications`, func(c *committee.Communication, v string) {
			c.Tasks = append(c.Tasks, registry.TaskID(v))
		}},
	} {
		err := each(ctx, tx, func(row scanner) error {
			var id registry.CommunicationID
			var value string
			if err := row.Scan(&id, &value); err != nil {
				return err
			}
			part.add(at[id], value)
			return nil
		}, part.query+w.String()+` ORDER BY 1, 2`, w.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// CountCommunications counts the communications that fit, those struck out too.
func (tx *Tx) CountCommunications(ctx context.Context, f committee.CommunicationFilter) (int, error) {
	w := communicationWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM communications c`+w.String(), w.args...)
}

// tallies adds up what fits and counts, by the values of a column.
func tallies[K ~string](ctx context.Context, tx *Tx, f committee.CommunicationFilter, key, join string) (map[K]committee.Tally, error) {
	w := communicationWhere(f)
	w.add("c.struck_at = 0")
	by := map[K]committee.Tally{}
	err := each(ctx, tx, func(row scanner) error {
		var k K
		var t committee.Tally
		if err := row.Scan(&k, &t.Rows, &t.Times, &t.People); err != nil {
			return err
		}
		by[k] = t
		return nil
	}, `
		SELECT `+key+`, COUNT(*), SUM(c.times), COALESCE(SUM(c.people), 0)
		FROM communications c`+join+w.String()+`
		GROUP BY `+key, w.args...)
	return by, err
}

// TallyChannels adds up what fits by channel, without what is struck out.
func (tx *Tx) TallyChannels(ctx context.Context, f committee.CommunicationFilter) (map[committee.ChannelID]committee.Tally, error) {
	return tallies[committee.ChannelID](ctx, tx, f, "c.channel", "")
}

// TallyAudiences adds up what fits by audience: one with several counts in each.
func (tx *Tx) TallyAudiences(ctx context.Context, f committee.CommunicationFilter) (map[committee.Audience]committee.Tally, error) {
	return tallies[committee.Audience](ctx, tx, f, "g.audience", " JOIN communication_audiences g ON g.communication_id = c.id")
}

// TallyAreas adds up what fits by the units of today under which it is found: what was
// done in a unit counts in each of those that it became, and in all above.
func (tx *Tx) TallyAreas(ctx context.Context, f committee.CommunicationFilter) (map[string]committee.Tally, error) {
	return tallies[string](ctx, tx, f, "g.code", " JOIN communication_areas g ON g.communication_id = c.id")
}
