package frame

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"time"

	"hoicho/internal/registry"
)

// How long a reader waits for the turn of a page, how many may wait, and when whoever was
// sent away shall come back.
const (
	laneWait  = 2 * time.Second
	laneQueue = 128
	laneAgain = 5 * time.Second
)

// lane lets few public pages be made at once, so that a rush of readers leaves the gates and
// the office their processors and their readers of the database: both go beside it.
type lane struct {
	turns   chan struct{}
	waiting atomic.Int64
}

// newLane makes a lane for as many pages as keep the processors busy while some of them wait
// for the disk.
func newLane() *lane { return &lane{turns: make(chan struct{}, 2*runtime.GOMAXPROCS(0))} }

// enter waits for a turn and returns what ends it. Where too many wait already, or it takes
// too long, the error says so at once: Unavailable.
func (l *lane) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-l.turns }
	select {
	case l.turns <- struct{}{}:
		return leave, nil
	default:
	}
	defer l.waiting.Add(-1)
	if l.waiting.Add(1) > laneQueue {
		return nil, errCrowded()
	}
	ctx, cancel := context.WithTimeout(ctx, laneWait)
	defer cancel()
	select {
	case l.turns <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, errCrowded()
	}
}

func errCrowded() error {
	e := registry.E(registry.Unavailable, "layout.error.crowded")
	e.Wait = laneAgain
	return e
}

// isCrowded reports whether an error is that of a lane in which too many wait.
func isCrowded(err error) bool {
	e, is := errors.AsType[*registry.Error](err)
	return is && e.Key == "layout.error.crowded"
}
