package app

import (
	"context"
	"time"

	"hoicho/internal/registry"
)

// SetWorker lets a test do a kind of job.
func (a *App) SetWorker(kind string, work func(context.Context, registry.Job, func(done, total int)) (registry.File, error)) {
	a.workers[kind] = work
}

// TakePasswordSlots lets no password be hashed until release is called.
func (a *App) TakePasswordSlots() (release func()) {
	for range cap(a.passwords.slots) {
		a.passwords.slots <- struct{}{}
	}
	return func() {
		for range cap(a.passwords.slots) {
			<-a.passwords.slots
		}
	}
}

// PaperHash is the form in which a code from paper is stored.
func (a *App) PaperHash(id registry.AccountID, code string) string { return a.paperHash(id, code) }

// PreparePhoto makes a photo of an upload.
var PreparePhoto = preparePhoto

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
