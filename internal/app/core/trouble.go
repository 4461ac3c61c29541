package core

import (
	"log/slog"
	"sync"
	"time"

	"hoicho/internal/store"
)

const (
	// troubleAgain is how often a trouble that goes on is told.
	troubleAgain = time.Minute
	// troubleOver is after how long without a fault a trouble that no task can end
	// counts as over.
	troubleOver = time.Minute
)

// theDatabase names the trouble that all share while the database is away or its
// disk is full.
const theDatabase = "database"

// Trouble keeps a fault that comes again and again from filling the log: the first
// is told, then once a minute how many there were, then its end.
type Trouble struct {
	log *slog.Logger
	now func() time.Time

	mu   sync.Mutex
	open map[string]*spell // by what has trouble: a bounded set of names
}

// spell is a trouble that goes on.
type spell struct {
	began, told, last time.Time
	faults            int
	tasks             map[string]bool // that failed; one of them that succeeds ends it
}

// NewTrouble makes a Trouble that writes to a log and goes by a clock.
func NewTrouble(log *slog.Logger, now func() time.Time) *Trouble {
	return &Trouble{log: log, now: now, open: map[string]*spell{}}
}

// TaskFailed notes that a round of a task failed.
func (t *Trouble) TaskFailed(task string, err error) {
	what := "task " + task
	if store.IsOutage(err) {
		what = theDatabase
	}
	t.note(what, task, err, nil)
}

// TaskDone notes that a round of a task went well.
func (t *Trouble) TaskDone(task string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for what, s := range t.open {
		if s.tasks[task] || len(s.tasks) == 0 && t.now().Sub(s.last) >= troubleOver {
			t.log.Info("works again", "what", what, "faults", s.faults, "seconds", int(t.now().Sub(s.began).Seconds()))
			delete(t.open, what)
		}
	}
}

// Refused notes that a request could not be served now (Unavailable); attrs say which
// it was.
func (t *Trouble) Refused(err error, attrs ...any) {
	what := "requests"
	if store.IsOutage(err) {
		what = theDatabase
	}
	t.note(what, "", err, attrs)
}

func (t *Trouble) note(what, task string, err error, attrs []any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, s := t.now(), t.open[what]
	attrs = append([]any{"what", what, "error", err.Error()}, attrs...)
	switch {
	case s == nil:
		s = &spell{began: now, told: now, tasks: map[string]bool{}}
		t.open[what] = s
		t.log.Error("failed", attrs...)
	case now.Sub(s.told) >= troubleAgain || now.Before(s.told):
		s.told = now
		t.log.Error("still failing", append(attrs, "faults", s.faults+1, "seconds", int(now.Sub(s.began).Seconds()))...)
	}
	s.faults, s.last = s.faults+1, now
	if task != "" {
		s.tasks[task] = true
	}
}
