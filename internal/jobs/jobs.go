// Package jobs runs what happens by itself: notices leave the outbox, dates move
// events on, holds and offers lapse, long work is done. Each loop is on its own,
// survives a fault of its work, and ends with the context.
package jobs

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"hoicho/internal/app/core"
)

// Task is something done again and again. More reports that more waits, so that
// the next round starts at once.
type Task struct {
	Name  string
	Every time.Duration
	Do    func(ctx context.Context) (more bool, err error)
}

// Run does every task until ctx ends, and returns when all rounds under way are
// finished.
func Run(ctx context.Context, trouble *core.Trouble, tasks []Task) {
	var wg sync.WaitGroup
	for _, t := range tasks {
		wg.Go(func() { loop(ctx, trouble, t) })
	}
	wg.Wait()
}

func loop(ctx context.Context, trouble *core.Trouble, t Task) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		more, err := once(ctx, t)
		switch {
		case err == nil:
			trouble.TaskDone(t.Name)
		case ctx.Err() == nil:
			trouble.TaskFailed(t.Name, err)
		}
		wait := t.Every
		if more && err == nil {
			wait = 0
		}
		timer.Reset(wait)
	}
}

// once does one round; a panic becomes an error, so that the loop goes on.
func once(ctx context.Context, t Task) (more bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return t.Do(ctx)
}
