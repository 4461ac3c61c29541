package store

import (
	"context"
	"errors"
	"time"

	"hoicho/internal/registry"
)

const jobColumns = `id, kind, payload, state, done_n, total_n, result, error, created_by, created_at, finished_at, lease_owner`

func scanJob(row scanner) (j registry.Job, err error) {
	err = row.Scan(&j.ID, &j.Kind, &j.Payload, &j.State, &j.DoneN, &j.TotalN, &j.Result, &j.Error, &j.CreatedBy, &j.CreatedAt, &j.FinishedAt, &j.Lease)
	return j, err
}

// InsertJob queues long work.
func (tx *Tx) InsertJob(ctx context.Context, j registry.Job) error {
	_, err := tx.exec(ctx, `
		INSERT INTO jobs (id, kind, payload, state, done_n, total_n, result, error, created_by, created_at, lease_owner, lease_until, finished_at)
		VALUES ($1, $2, $3, 'queued', 0, $4, '', '', $5, $6, '', 0, 0)`,
		string(j.ID), j.Kind, j.Payload, j.TotalN, string(j.CreatedBy), tx.NowMS())
	return err
}

// Job returns a job, or NotFound.
func (tx *Tx) Job(ctx context.Context, id registry.JobID) (registry.Job, error) {
	return one(ctx, tx, scanJob,
		`SELECT `+jobColumns+` FROM jobs WHERE id = $1`, string(id))
}

// errNoJob says that nothing is waiting.
var errNoJob = errors.New("store: no job")

// LeaseJob takes the oldest waiting job, or one whose worker died, for the
// length of a lease; owner is the token of the worker that has it from now on. ok
// is false when nothing is waiting.
func (tx *Tx) LeaseJob(ctx context.Context, owner string, lease time.Duration) (j registry.Job, ok bool, err error) {
	j, err = one(ctx, tx, or(errNoJob, scanJob), `
		UPDATE jobs
		SET state = 'running', lease_until = $1, lease_owner = $3
		WHERE state IN ('queued', 'running') AND lease_until <= $2 AND id = (
			SELECT id FROM jobs WHERE state IN ('queued', 'running') AND lease_until <= $2 ORDER BY created_at, id LIMIT 1)
		RETURNING `+jobColumns, tx.now.Add(lease).UnixMilli(), tx.NowMS(), owner)
	if errors.Is(err, errNoJob) {
		return j, false, nil
	}
	return j, err == nil, err
}

// LeaseThisJob takes a job that waits, as LeaseJob does. ok is false when a worker has it already.
func (tx *Tx) LeaseThisJob(ctx context.Context, id registry.JobID, owner string, lease time.Duration) (j registry.Job, ok bool, err error) {
	j, err = one(ctx, tx, or(errNoJob, scanJob), `
		UPDATE jobs
		SET state = 'running', lease_until = $1, lease_owner = $3
		WHERE id = $2 AND state = 'queued'
		RETURNING `+jobColumns, tx.now.Add(lease).UnixMilli(), string(id), owner)
	if errors.Is(err, errNoJob) {
		return j, false, nil
	}
	return j, err == nil, err
}

// errJobTaken tells a worker that was silent for too long.
func errJobTaken() error { return registry.E(registry.Conflict, "error.stale") }

// JobProgress notes how far a job is, in DoneN and TotalN, and renews its lease.
// It is a Conflict when another worker has the job by now.
func (tx *Tx) JobProgress(ctx context.Context, j registry.Job, lease time.Duration) error {
	return tx.must(ctx, errJobTaken(), `
		UPDATE jobs SET done_n = $3, total_n = $4, lease_until = $5
		WHERE id = $1 AND lease_owner = $2 AND state = 'running'`,
		string(j.ID), j.Lease, j.DoneN, j.TotalN, tx.now.Add(lease).UnixMilli())
}

// FinishJob ends a job: with a result, or with the i18n key of what went wrong. It
// is a Conflict when another worker has the job by now, or has ended it.
func (tx *Tx) FinishJob(ctx context.Context, j registry.Job, result registry.FileID, fault string) error {
	state := registry.JobDone
	if fault != "" {
		state = registry.JobFailed
	}
	return tx.must(ctx, errJobTaken(), `
		UPDATE jobs SET state = $3, result = $4, error = $5, finished_at = $6,
			done_n = CASE WHEN $3 = 'done' THEN total_n ELSE done_n END
		WHERE id = $1 AND lease_owner = $2 AND state = 'running'`,
		string(j.ID), j.Lease, string(state), string(result), fault, tx.NowMS())
}

// JobFigures counts the jobs that are not done, and those that failed since an
// instant in unix milliseconds.
func (tx *Tx) JobFigures(ctx context.Context, since int64) (registry.JobFigures, error) {
	return one(ctx, tx, or(errNoJob, func(row scanner) (f registry.JobFigures, err error) {
		return f, row.Scan(&f.Waiting, &f.Running, &f.Failed)
	}), `
		SELECT COALESCE(SUM(CASE WHEN state = 'queued' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN state = 'failed' AND finished_at >= $1 THEN 1 ELSE 0 END), 0)
		FROM jobs`, since)
}
