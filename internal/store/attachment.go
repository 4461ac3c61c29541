package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

func scanAttachment(row scanner) (a committee.Attachment, err error) {
	err = row.Scan(&a.File, &a.N, &a.Name, &a.By, &a.As, &a.At, &a.Type, &a.Size)
	return a, err
}

// AddTaskFile adds a stored file to a task. By and As say whose it is.
func (tx *Tx) AddTaskFile(ctx context.Context, id registry.TaskID, a committee.Attachment) error {
	_, err := tx.exec(ctx, `INSERT INTO task_files (task_id, file_id, name, added_by, added_as, added_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		string(id), string(a.File), a.Name, string(a.By), a.As, tx.NowMS())
	return err
}

// RemoveTaskFile destroys a file of a task. NotFound if it has none such.
func (tx *Tx) RemoveTaskFile(ctx context.Context, id registry.TaskID, file registry.FileID) error {
	if err := tx.must(ctx, errNotFound(), `DELETE FROM task_files WHERE task_id = $1 AND file_id = $2`, string(id), string(file)); err != nil {
		return err
	}
	return tx.DeleteFile(ctx, file)
}

// TaskFiles returns the files of a task, the newest first.
func (tx *Tx) TaskFiles(ctx context.Context, id registry.TaskID) ([]committee.Attachment, error) {
	return collect(ctx, tx, scanAttachment, `
		SELECT x.file_id, 0, x.name, x.added_by, x.added_as, x.added_at, f.content_type, LENGTH(f.data)
		FROM task_files x JOIN files f ON f.id = x.file_id
		WHERE x.task_id = $1 ORDER BY x.added_at DESC, x.file_id DESC`, string(id))
}

// AddPlanFile adds a stored file to a plan, as its newest.
func (tx *Tx) AddPlanFile(ctx context.Context, id registry.PlanID, a committee.Attachment) error {
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM plan_files WHERE plan_id = $1`, string(id))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO plan_files (plan_id, n, file_id, name, added_by, added_as, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(id), last+1, string(a.File), a.Name, string(a.By), a.As, tx.NowMS())
	return err
}

// PlanFiles returns the files of a plan, the one in force first, then those that it
// replaced.
func (tx *Tx) PlanFiles(ctx context.Context, id registry.PlanID) ([]committee.Attachment, error) {
	return collect(ctx, tx, scanAttachment, `
		SELECT x.file_id, x.n, x.name, x.added_by, x.added_as, x.added_at, f.content_type, LENGTH(f.data)
		FROM plan_files x JOIN files f ON f.id = x.file_id
		WHERE x.plan_id = $1 ORDER BY x.n DESC`, string(id))
}

// TaskVoices returns the last word of each account about tasks: what it wrote, how far it
// said the task was, files that it added.
func (tx *Tx) TaskVoices(ctx context.Context, ids []registry.TaskID) ([]committee.Voice, error) {
	w := &where{}
	in(w, "kind", []committee.EntryKind{committee.EntryWords, committee.EntryState, committee.EntryFiled})
	in(w, "task_id", ids)
	return collect(ctx, tx, func(row scanner) (v committee.Voice, err error) {
		err = row.Scan(&v.Task, &v.Account, &v.At)
		return v, err
	}, `SELECT task_id, by_id, MAX(at) FROM task_entries`+w.String()+` GROUP BY task_id, by_id`, w.args...)
}
