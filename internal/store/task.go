package store

import (
	"context"
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

const taskColumns = `t.id, t.plan_id, t.n, t.strand, t.kind, t.title, t.content, COALESCE(t.parent_id, ''), t.assigned_on, t.due_on,
	t.source, t.measure, t.goal, t.state, t.percent, t.result, t.movements, t.updated_at, t.entered_at, t.version`

func scanTask(row scanner) (t committee.Task, err error) {
	var movements string
	err = row.Scan(&t.ID, &t.Plan, &t.N, &t.Strand, &t.Kind, &t.Title, &t.Content, &t.Parent, &t.AssignedOn, &t.DueOn,
		&t.Source, &t.Measure, &t.Goal, &t.State, &t.Percent, &t.Result, &movements, &t.UpdatedAt, &t.EnteredAt, &t.Version)
	if movements != "" {
		t.Movements = strings.Split(movements, "\n")
	}
	return t, err
}

// InsertTask stores a new task under the next number of its plan.
func (tx *Tx) InsertTask(ctx context.Context, t *committee.Task, by registry.AccountID) error {
	if t.ID == "" {
		t.ID = NewID[registry.TaskID]()
	}
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM tasks WHERE plan_id = $1`, string(t.Plan))
	if err != nil {
		return err
	}
	t.N, t.Version, t.UpdatedAt, t.EnteredAt = last+1, 1, tx.NowMS(), tx.NowMS()
	_, err = tx.exec(ctx, `
		INSERT INTO tasks (id, plan_id, n, strand, kind, title, content, parent_id, assigned_on, due_on, source, measure, goal,
			state, percent, result, movements, updated_at, entered_by, entered_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $18, 1)`,
		string(t.ID), string(t.Plan), t.N, string(t.Strand), string(t.Kind), t.Title, t.Content, null(t.Parent), t.AssignedOn,
		t.DueOn, string(t.Source), t.Measure, t.Goal, string(t.State), t.Percent, t.Result, strings.Join(t.Movements, "\n"),
		t.UpdatedAt, string(by))
	if err != nil {
		return err
	}
	return tx.saveTaskBodies(ctx, t)
}

// SaveTask stores a task that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveTask(ctx context.Context, t *committee.Task) error {
	t.UpdatedAt = tx.NowMS()
	err := tx.must(ctx, errStale(), `
		UPDATE tasks
		SET strand = $3, kind = $4, title = $5, content = $6, parent_id = $7, due_on = $8, source = $9, measure = $10, goal = $11,
			state = $12, percent = $13, result = $14, movements = $15, updated_at = $16, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(t.ID), t.Version, string(t.Strand), string(t.Kind), t.Title, t.Content, null(t.Parent), t.DueOn, string(t.Source),
		t.Measure, t.Goal, string(t.State), t.Percent, t.Result, strings.Join(t.Movements, "\n"), t.UpdatedAt)
	if err != nil {
		return err
	}
	t.Version++
	return tx.saveTaskBodies(ctx, t)
}

// The parts that a body has in a task, as the database writes them.
const (
	partLead    = "lead"
	partSupport = "support"
	partWatch   = "watch"
)

func (tx *Tx) saveTaskBodies(ctx context.Context, t *committee.Task) error {
	if _, err := tx.exec(ctx, `DELETE FROM task_bodies WHERE task_id = $1`, string(t.ID)); err != nil {
		return err
	}
	args := []any{string(t.ID), string(t.Lead), partLead, 0}
	for i, id := range t.Supporting {
		args = append(args, string(t.ID), string(id), partSupport, i+1)
	}
	for i, id := range t.Watching {
		args = append(args, string(t.ID), string(id), partWatch, i+1)
	}
	return tx.insertRows(ctx, `INSERT INTO task_bodies (task_id, body_id, part, position) VALUES `, 4, args)
}

// fillTasks reads the bodies of tasks.
func (tx *Tx) fillTasks(ctx context.Context, tasks []committee.Task) error {
	at, w := make(map[registry.TaskID]*committee.Task, len(tasks)), &where{}
	ids := make([]registry.TaskID, len(tasks))
	for i := range tasks {
		ids[i], at[tasks[i].ID] = tasks[i].ID, &tasks[i]
	}
	in(w, "task_id", ids)
	return each(ctx, tx, func(row scanner) error {
		var task registry.TaskID
		var body registry.BodyID
		var part string
		if err := row.Scan(&task, &body, &part); err != nil {
			return err
		}
		switch t := at[task]; part {
		case partLead:
			t.Lead = body
		case partSupport:
			t.Supporting = append(t.Supporting, body)
		default:
			t.Watching = append(t.Watching, body)
		}
		return nil
	}, `SELECT task_id, body_id, part FROM task_bodies`+w.String()+` ORDER BY task_id, position, body_id`, w.args...)
}

// Task returns a task, or NotFound.
func (tx *Tx) Task(ctx context.Context, id registry.TaskID) (committee.Task, error) {
	t, err := one(ctx, tx, scanTask, `SELECT `+taskColumns+` FROM tasks t WHERE t.id = $1`, string(id))
	if err != nil {
		return t, err
	}
	list := []committee.Task{t}
	err = tx.fillTasks(ctx, list)
	return list[0], err
}

// taskWhere turns a filter into conditions.
func taskWhere(f committee.TaskFilter) *where {
	w := &where{}
	if f.Plan != "" {
		w.add("t.plan_id = ?", string(f.Plan))
	}
	if f.Strand != "" {
		w.add("t.strand = ?", string(f.Strand))
	}
	if f.Parent != "" {
		w.add("t.parent_id = ?", string(f.Parent))
	}
	if f.Body != "" {
		ofBodies(w, []registry.BodyID{f.Body})
	}
	if f.Bodies != nil {
		ofBodies(w, f.Bodies)
	}
	if f.Event != "" {
		w.add("EXISTS (SELECT 1 FROM task_events x WHERE x.task_id = t.id AND x.event_id = ?)", string(f.Event))
	}
	if f.States != nil {
		in(w, "t.state", f.States)
	}
	if f.LateOn != "" {
		w.add("t.due_on <> '' AND t.due_on < ?", f.LateOn)
	}
	if f.SilentSince > 0 {
		w.add("t.updated_at < ?", f.SilentSince)
	}
	return w
}

// ofBodies keeps tasks in which one of the bodies has a part.
func ofBodies(w *where, bodies []registry.BodyID) {
	in(w, "x.body_id", bodies)
	last := &w.conds[len(w.conds)-1]
	*last = "EXISTS (SELECT 1 FROM task_bodies x WHERE x.task_id = t.id AND " + *last + ")"
}

// Tasks returns the tasks that fit: those that are over last, then by day, those without
// a day after the others, then by number.
func (tx *Tx) Tasks(ctx context.Context, f committee.TaskFilter) ([]committee.Task, error) {
	w := taskWhere(f)
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	tasks, err := collect(ctx, tx, scanTask, `
		SELECT `+taskColumns+` FROM tasks t`+w.String()+`
		ORDER BY CASE WHEN t.state IN ('done', 'dropped') THEN 1 ELSE 0 END, CASE WHEN t.due_on = '' THEN 1 ELSE 0 END,
			t.due_on, t.n, t.id`+page, w.args...)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	return tasks, tx.fillTasks(ctx, tasks)
}

// CountTasks counts the tasks that fit.
func (tx *Tx) CountTasks(ctx context.Context, f committee.TaskFilter) (int, error) {
	w := taskWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM tasks t`+w.String(), w.args...)
}

// AddTaskEntry adds a line to the log of a task.
func (tx *Tx) AddTaskEntry(ctx context.Context, id registry.TaskID, e committee.TaskEntry, by registry.AccountID) error {
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM task_entries WHERE task_id = $1`, string(id))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO task_entries (task_id, n, at, by_id, by_name, kind, from_value, to_value, text)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(id), last+1, tx.NowMS(), string(by), e.By, string(e.Kind), e.From, e.To, e.Text)
	return err
}

// TaskEntries returns the log of a task, newest first.
func (tx *Tx) TaskEntries(ctx context.Context, id registry.TaskID) ([]committee.TaskEntry, error) {
	return collect(ctx, tx, func(row scanner) (e committee.TaskEntry, err error) {
		err = row.Scan(&e.N, &e.At, &e.By, &e.Kind, &e.From, &e.To, &e.Text)
		return e, err
	}, `SELECT n, at, by_name, kind, from_value, to_value, text FROM task_entries WHERE task_id = $1 ORDER BY n DESC`, string(id))
}
