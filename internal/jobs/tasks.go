package jobs

import (
	"context"
	"errors"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/app/core"
)

// backupEvery is how far apart timed backups are.
const backupEvery = 15 * time.Minute

// Tasks are the loops of a server. Without a backup folder there are no timed
// backups.
func Tasks(a *app.App, sender core.Sender, backupDir string) []Task {
	tasks := []Task{
		{"outbox", 2 * time.Second, func(ctx context.Context) (bool, error) {
			sent, err := a.SendOutbox(ctx, sender)
			return sent > 0, err
		}},
		{"notifications", 2 * time.Second, func(ctx context.Context) (bool, error) {
			sent, err := a.SendPushes(ctx)
			return sent > 0, err
		}},
		{"events", time.Minute, func(ctx context.Context) (bool, error) {
			_, err := a.Lifecycle.AdvanceEvents(ctx)
			return false, err
		}},
		{"offers", time.Minute, func(ctx context.Context) (bool, error) {
			_, err := a.Booths.ExpireOffers(ctx)
			return false, err
		}},
		{"holds", time.Minute, func(ctx context.Context) (bool, error) {
			_, err := a.Booths.ExpireHolds(ctx)
			return false, err
		}},
		{"reminders", time.Hour, func(ctx context.Context) (bool, error) {
			_, err := a.Events.RemindFilings(ctx)
			return false, err
		}},
		{"tasks", time.Hour, func(ctx context.Context) (bool, error) {
			_, err := a.Campaign.RemindTasks(ctx)
			return false, err
		}},
		{"copies", time.Minute, func(ctx context.Context) (bool, error) {
			_, err := a.Passes.RaiseAlarms(ctx)
			return false, err
		}},
		{"slips", time.Hour, func(ctx context.Context) (bool, error) {
			_, err := a.Tips.RemindSlips(ctx)
			return false, err
		}},
		{"visitors", time.Hour, func(ctx context.Context) (bool, error) {
			_, err := a.Admission.ForgetVisitors(ctx)
			return false, err
		}},
		{"imports", time.Hour, func(ctx context.Context) (bool, error) {
			_, err := a.Imports.Forget(ctx)
			return false, err
		}},
		{"keeping", time.Hour, func(ctx context.Context) (bool, error) {
			_, kept := a.Personal.KeepNightly(ctx)
			_, erased := a.Personal.EraseNightly(ctx)
			return false, errors.Join(kept, erased)
		}},
		{"audit head", 24 * time.Hour, func(ctx context.Context) (bool, error) { return false, a.LogAuditHead(ctx) }},
		{"statistics", 5 * time.Second, func(ctx context.Context) (bool, error) {
			_, err := a.DB.FreshenStatistics(ctx)
			return false, err
		}},
		{"work", 500 * time.Millisecond, a.RunJob},
	}
	if backupDir != "" {
		tasks = append(tasks, Task{"backup", backupEvery, func(ctx context.Context) (bool, error) {
			return false, a.BackupTo(ctx, backupDir)
		}})
	}
	return tasks
}
