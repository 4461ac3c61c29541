package core_test

import (
	"context"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

const testWork = "test.txt"

// queued is a job that waits for the test's worker.
func queued(t *testing.T, k *testkit.Kit) (registry.Actor, registry.JobID) {
	t.Helper()
	owner, _ := k.Officer(registry.Organiser, "19")
	job := registry.Job{ID: store.NewID[registry.JobID](), Kind: testWork, Payload: "{}", TotalN: 2, CreatedBy: owner.Account}
	k.Write(func(tx *store.Tx) error { return tx.InsertJob(t.Context(), job) })
	return owner, job.ID
}

func textFile(s string) registry.File {
	return registry.File{ContentType: "text/plain", Name: "test.txt", Data: []byte(s)}
}

func TestWorkerThatPanicsFailsItsJob(t *testing.T) {
	k := testkit.NewApp(t)
	owner, id := queued(t, k)
	k.App.SetWorker(testWork, func(context.Context, registry.Job, func(int, int)) (registry.File, error) { panic("boom") })
	if ran, err := k.App.RunJob(t.Context()); !ran || err != nil {
		t.Fatalf("ran %v, %v", ran, err)
	}
	job, err := k.App.Job(t.Context(), owner, id)
	if err != nil || job.State != registry.JobFailed || job.Error != "error.internal" {
		t.Errorf("the job is %s with %q, %v", job.State, job.Error, err)
	}
	k.Clock.Add(time.Hour)
	if ran, err := k.App.RunJob(t.Context()); ran || err != nil {
		t.Errorf("it was taken again: %v, %v", ran, err)
	}
}

// A worker that was silent for longer than its lease finds that the job is
// another's: it changes nothing.
func TestWorkerThatWasTakenOverLeavesNothing(t *testing.T) {
	k := testkit.NewApp(t)
	owner, id := queued(t, k)
	calls := 0
	k.App.SetWorker(testWork, func(_ context.Context, _ registry.Job, progress func(int, int)) (registry.File, error) {
		if calls++; calls == 2 {
			progress(2, 2)
			return textFile("second"), nil
		}
		k.Clock.Add(time.Minute)
		if ran, err := k.App.RunJob(t.Context()); !ran || err != nil {
			t.Errorf("nobody took over: %v, %v", ran, err)
		}
		progress(1, 1)
		return textFile("first"), nil
	})
	_, err := k.App.RunJob(t.Context())
	testkit.Refused(t, "who was taken over", err, registry.Conflict, "error.stale")
	job, err := k.App.Job(t.Context(), owner, id)
	if err != nil || job.State != registry.JobDone || job.DoneN != 2 || job.TotalN != 2 {
		t.Fatalf("the job is %s, %d of %d, %v", job.State, job.DoneN, job.TotalN, err)
	}
	k.Read(func(tx *store.Tx) error {
		file, err := tx.File(t.Context(), job.Result, registry.PhotoWhole)
		if string(file.Data) != "second" {
			t.Errorf("the result is %q", file.Data)
		}
		return err
	})
}

// queue starts a job of a kind for whoever runs the system.
func queue(t *testing.T, k *testkit.Kit, kind string) (id registry.JobID) {
	t.Helper()
	k.Write(func(tx *store.Tx) (err error) {
		id, err = core.StartJob(t.Context(), tx, registry.Job{Kind: kind, TotalN: 10}, nil)
		return err
	})
	return id
}

func TestProgressIsNotedFourTimesASecond(t *testing.T) {
	k := testkit.NewApp(t)
	var id registry.JobID
	k.App.SetWorker("test.steps", func(_ context.Context, _ registry.Job, progress func(int, int)) (registry.File, error) {
		for _, c := range []struct {
			wait       time.Duration
			done, want int
		}{
			{0, 1, 1}, {0, 2, 1}, {249 * time.Millisecond, 3, 1}, {time.Millisecond, 4, 4}, {time.Millisecond, 5, 4}, {-time.Hour, 6, 6}, {0, 10, 10},
		} {
			k.Clock.Add(c.wait)
			progress(c.done, 10)
			job, err := k.App.Job(t.Context(), registry.SystemActor("test"), id)
			if err != nil || job.DoneN != c.want {
				t.Errorf("%d done, %v after the last: noted %d (%v), want %d", c.done, c.wait, job.DoneN, err, c.want)
			}
		}
		return registry.File{}, nil
	})
	id = queue(t, k, "test.steps")
	testkit.Works(t, testkit.Second(k.App.RunJob(t.Context())))
}

func TestJobNeedsAPayloadThatCanBeKept(t *testing.T) {
	k := testkit.NewApp(t)
	err := k.DB.Write(t.Context(), func(tx *store.Tx) error {
		_, err := core.StartJob(t.Context(), tx, registry.Job{Kind: "test.steps"}, make(chan int))
		return err
	})
	if err == nil {
		t.Error("a channel was kept")
	}
}
