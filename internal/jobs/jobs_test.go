package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/testkit"
)

func TestTaskSurvivesFaultAndPanic(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var rounds atomic.Int32
	task := Task{Name: "test", Every: time.Millisecond, Do: func(context.Context) (bool, error) {
		switch rounds.Add(1) {
		case 1:
			return false, errors.New("fault")
		case 2:
			panic("boom")
		case 3:
			stop()
		}
		return false, nil
	}}
	Run(ctx, core.NewTrouble(slog.New(slog.DiscardHandler), testkit.MachineNow), []Task{task})
	if rounds.Load() < 3 {
		t.Errorf("%d rounds, want the loop to go on after a fault and a panic", rounds.Load())
	}
}

func TestMoreStartsAtOnce(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	left := 50
	task := Task{Name: "test", Every: time.Hour, Do: func(context.Context) (bool, error) {
		if left--; left == 0 {
			stop()
		}
		return left > 0, nil
	}}
	Run(ctx, core.NewTrouble(slog.New(slog.DiscardHandler), testkit.MachineNow), []Task{task})
	if left != 0 {
		t.Errorf("%d rounds left undone", left)
	}
}
