package core

import (
	"context"
	"time"

	"hoicho/internal/registry"
)

// SetWorker lets a test do a kind of job.
func (c *Core) SetWorker(kind string, work func(context.Context, registry.Job, func(done, total int)) (registry.File, error)) {
	c.Workers[kind] = work
}

// TakePhotoSlots lets no picture be worked on, and whoever waits give up after a
// while, until release is called.
func TakePhotoSlots(wait time.Duration) (release func()) {
	old := photoWait
	photoWait = wait
	for range cap(photoSlots) {
		photoSlots <- struct{}{}
	}
	return func() {
		for range cap(photoSlots) {
			<-photoSlots
		}
		photoWait = old
	}
}
