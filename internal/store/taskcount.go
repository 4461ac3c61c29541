package store

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

// taskCounts say for each source of a count how the rows that are tied to tasks are
// counted: how many are done, and how many have a date still. Each ends where the
// condition on the tasks follows.
var taskCounts = map[committee.Source]string{
	committee.EventsSource: `
		SELECT x.task_id, SUM(CASE WHEN e.state IN ('ended', 'reported') THEN 1 ELSE 0 END),
			SUM(CASE WHEN e.state IN ('planned', 'announced', 'open', 'closed', 'running', 'moved') THEN 1 ELSE 0 END)
		FROM task_events x JOIN events e ON e.id = x.event_id
		WHERE {{tasks}} GROUP BY x.task_id`,
	committee.CommunicationSource: `
		SELECT x.task_id, SUM(c.times), 0
		FROM task_communications x JOIN communications c ON c.id = x.communication_id
		WHERE c.struck_at = 0 AND {{tasks}} GROUP BY x.task_id`,
	committee.InspectionSource: `
		SELECT x.task_id, COUNT(*), 0
		FROM task_inspections x JOIN inspections i ON i.id = x.inspection_id
		WHERE i.state = 'handed_in' AND i.lead_id IS NULL AND {{tasks}} GROUP BY x.task_id`,
	committee.SupervisionSource: `
		SELECT x.task_id, COUNT(*), 0
		FROM task_supervisions x JOIN supervisions s ON s.id = x.supervision_id
		WHERE s.struck_at = 0 AND {{tasks}} GROUP BY x.task_id`,
	committee.StimulusSource: `
		SELECT x.task_id, SUM(CASE WHEN e.state IN ('ended', 'reported') THEN 1 ELSE 0 END),
			SUM(CASE WHEN e.state IN ('planned', 'announced', 'open', 'closed', 'running', 'moved') THEN 1 ELSE 0 END)
		FROM task_events x JOIN events e ON e.id = x.event_id
		WHERE (EXISTS (SELECT 1 FROM measures m WHERE m.event_id = e.id AND m.dropped_at = 0)
			OR EXISTS (SELECT 1 FROM offers o WHERE o.event_id = e.id AND o.state = 'accepted')) AND {{tasks}}
		GROUP BY x.task_id`,
	committee.OfferSource: `
		SELECT x.task_id, SUM(CASE WHEN e.state IN ('running', 'ended', 'reported') THEN 1 ELSE 0 END),
			SUM(CASE WHEN e.state IN ('announced', 'open', 'closed', 'moved') THEN 1 ELSE 0 END)
		FROM task_events x JOIN events e ON e.id = x.event_id
		JOIN offers o ON o.event_id = e.id AND o.state = 'accepted'
		WHERE {{tasks}} GROUP BY x.task_id`,
	committee.ChildSource: `
		SELECT x.parent_id, SUM(CASE WHEN x.state = 'done' THEN 1 ELSE 0 END),
			SUM(CASE WHEN x.state IN ('open', 'in_progress') AND x.due_on <> '' THEN 1 ELSE 0 END)
		FROM tasks x
		WHERE {{tasks}} GROUP BY x.parent_id`,
}

// TaskCounts counts the rows that are tied to tasks, by task and source.
func (tx *Tx) TaskCounts(ctx context.Context, ids []registry.TaskID) (map[registry.TaskID]map[committee.Source]committee.Progress, error) {
	counts := map[registry.TaskID]map[committee.Source]committee.Progress{}
	for _, id := range ids {
		counts[id] = map[committee.Source]committee.Progress{}
	}
	if len(ids) == 0 {
		return counts, nil
	}
	w := &where{}
	in(w, "{{task}}", ids)
	var parts []string
	for source, query := range taskCounts {
		column := "x.task_id"
		if source == committee.ChildSource {
			column = "x.parent_id"
		}
		query = strings.Replace(query, "{{tasks}}", strings.Replace(w.conds[0], "{{task}}", column, 1), 1)
		parts = append(parts, strings.Replace(query, "SELECT ", "SELECT '"+string(source)+"', ", 1))
	}
	slices.Sort(parts) // one text, so that it is prepared once
	return counts, each(ctx, tx, func(row scanner) error {
		var source committee.Source
		var id registry.TaskID
		var p committee.Progress
		err := row.Scan(&source, &id, &p.Done, &p.Scheduled)
		if err == nil {
			counts[id][source] = p
		}
		return err
	}, strings.Join(parts, " UNION ALL "), w.args...)
}

// TieEvent ties an event to a task, or ends it. Again it changes nothing.
func (tx *Tx) TieEvent(ctx context.Context, task registry.TaskID, event registry.EventID, tie bool) error {
	query := `DELETE FROM task_events WHERE task_id = $1 AND event_id = $2`
	if tie {
		query = `INSERT INTO task_events (task_id, event_id) VALUES ($1, $2) ON CONFLICT (task_id, event_id) DO NOTHING`
	}
	_, err := tx.exec(ctx, query, string(task), string(event))
	return err
}

// TaskEvents returns the events that are tied to a task, the first one first.
func (tx *Tx) TaskEvents(ctx context.Context, id registry.TaskID) ([]registry.Event, error) {
	return collect(ctx, tx, scanEvent, `
		SELECT `+eventColumns+` FROM events e
		JOIN task_events x ON x.event_id = e.id
		WHERE x.task_id = $1
		ORDER BY e.opens_on, e.id`, string(id))
}
