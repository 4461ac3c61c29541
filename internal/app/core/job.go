package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// jobLease is how long a worker may be silent before its job is taken over.
const jobLease = 30 * time.Second

// Worker does one kind of long work. It reports progress and returns the file
// that it made. It must be able to run again from the start.
type Worker func(ctx context.Context, job registry.Job, progress func(done, total int)) (registry.File, error)

// StartJob queues long work in the transaction of the use case that asks for it.
// payload becomes JSON for the worker; job brings kind, total and owner.
func StartJob(ctx context.Context, tx *store.Tx, job registry.Job, payload any) (registry.JobID, error) {
	raw, err := json.Marshal(payload)
	if err != nil {
		return "", fmt.Errorf("job %s: %w", job.Kind, err)
	}
	job.ID, job.Payload = store.NewID[registry.JobID](), string(raw)
	return job.ID, tx.InsertJob(ctx, job)
}

// Job returns a job of the actor; another's is NotFound.
func (a *Core) Job(ctx context.Context, actor registry.Actor, id registry.JobID) (registry.Job, error) {
	var job registry.Job
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		job, err = tx.Job(ctx, id)
		return err
	})
	if err == nil && (actor.Anonymous() || (job.CreatedBy != actor.Account && !actor.System)) {
		return registry.Job{}, registry.E(registry.NotFound, "error.not_found")
	}
	return job, err
}

// RunJob does the oldest waiting job, if any. A worker that fails or panics leaves
// the reason on the job; one that dies leaves it to the next after the lease. One
// that was silent until another took over is a Conflict, and its file is dropped.
func (a *Core) RunJob(ctx context.Context) (ran bool, err error) {
	var job registry.Job
	owner := store.NewID[string]()
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		job, ran, err = tx.LeaseJob(ctx, owner, jobLease)
		return err
	})
	if err != nil || !ran {
		return ran, err
	}
	return true, a.work(ctx, job)
}

// RunJobNow does one waiting job for whoever waits for its result, which may still be missing afterwards: a
// worker had taken it, or it failed. For work of a second at most.
func (a *Core) RunJobNow(ctx context.Context, id registry.JobID) error {
	var job registry.Job
	var ok bool
	owner := store.NewID[string]()
	err := a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		job, ok, err = tx.LeaseThisJob(ctx, id, owner, jobLease)
		return err
	})
	if err != nil || !ok {
		return err
	}
	return a.work(ctx, job)
}

// work does a job that was taken.
func (a *Core) work(ctx context.Context, job registry.Job) error {
	work, ok := a.Workers[job.Kind]
	if !ok {
		return a.finishJob(ctx, job, registry.File{}, fmt.Errorf("no worker for %s", job.Kind))
	}
	file, err := attempt(ctx, work, job, a.progress(ctx, job))
	if ctx.Err() != nil {
		return ctx.Err() // stopping: the lease runs out and the job starts again
	}
	return a.finishJob(ctx, job, file, err)
}

// attempt runs a worker. A panic becomes an error: it would come again each time
// that the job is taken.
func attempt(ctx context.Context, work Worker, job registry.Job, progress func(done, total int)) (file registry.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work(ctx, job, progress)
}

// progress notes progress at most four times a second.
func (a *Core) progress(ctx context.Context, job registry.Job) func(done, total int) {
	var last time.Time
	return func(done, total int) {
		now := a.DB.Now()
		if gap := now.Sub(last); done < total && gap >= 0 && gap < 250*time.Millisecond {
			return
		}
		last = now
		job.DoneN, job.TotalN = done, total
		err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.JobProgress(ctx, job, jobLease) })
		if err != nil {
			a.Log.Warn("job progress not noted", "job", job.ID, "error", err.Error())
		}
	}
}

func (a *Core) finishJob(ctx context.Context, job registry.Job, file registry.File, fault error) error {
	key := ""
	if fault != nil {
		key = "error.internal"
		if e, ok := errors.AsType[*registry.Error](fault); ok {
			key = e.Key
		}
		a.Log.Error("job failed", "job", job.ID, "kind", job.Kind, "error", fault.Error())
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		var id registry.FileID
		if fault == nil && len(file.Data) > 0 {
			var err error
			if id, err = tx.InsertFile(ctx, file); err != nil {
				return err
			}
		}
		return tx.FinishJob(ctx, job, id, key)
	})
}
