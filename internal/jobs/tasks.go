package jobs

import (
	"context"
	"time"

	"hoicho/internal/app"
)

// Tasks are the loops of a server.
func Tasks(a *app.App, sender app.Sender) []Task {
	return []Task{
		{"outbox", 2 * time.Second, func(ctx context.Context) (bool, error) {
			sent, err := a.SendOutbox(ctx, sender)
			return sent > 0, err
		}},
		{"work", 500 * time.Millisecond, a.RunJob},
	}
}
