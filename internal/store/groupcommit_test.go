package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// note is what the tests write: a setting of its own.
type note struct {
	key  string
	bad  bool
	seen int // how many were in the transaction
}

// Weight is one row.
func (*note) Weight() int { return 1 }

var errBad = errors.New("a bad note")

func saveNotes(ctx context.Context, tx *store.Tx, notes []*note) error {
	for _, n := range notes {
		n.seen = len(notes)
		if n.bad {
			return errBad
		}
		if err := tx.SaveSetting(ctx, n.key, "written"); err != nil {
			return err
		}
	}
	return nil
}

func written(t *testing.T, db *store.DB, key string) bool {
	t.Helper()
	var value string
	if err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		value, err = tx.Setting(t.Context(), key)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return value == "written"
}

// TestGroupAnswersAfterTheCommit: whoever has an answer finds the row from
// another connection, and several callers shared a transaction.
func TestGroupAnswersAfterTheCommit(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		g := store.NewGroup(db, saveNotes)
		defer g.Close()
		before := db.Changes()
		var shared atomic.Int64
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				n := &note{key: fmt.Sprint("note", i)}
				if err := g.Write(t.Context(), n); err != nil {
					t.Error(err)
				} else if !written(t, db, n.key) {
					t.Errorf("%s was answered and is not there", n.key)
				}
				if n.seen > 1 {
					shared.Add(1)
				}
			})
		}
		wg.Wait()
		if shared.Load() == 0 {
			t.Error("no two of 200 callers shared a transaction")
		}
		if db.Changes() != before {
			t.Error("cached pages were dropped")
		}
	})
}

// held is a group whose first transaction waits until the test opens it, so that
// what is handed in meanwhile gathers.
func held(t *testing.T, db *store.DB) (g *store.Group[*note], open func()) {
	t.Helper()
	gate, inside := make(chan struct{}), make(chan struct{})
	var first sync.Once
	g = store.NewGroup(db, func(ctx context.Context, tx *store.Tx, notes []*note) error {
		first.Do(func() {
			close(inside)
			<-gate
		})
		return saveNotes(ctx, tx, notes)
	})
	go func() {
		if err := g.Write(context.Background(), &note{key: "first"}); err != nil {
			t.Error(err)
		}
	}()
	<-inside
	return g, sync.OnceFunc(func() { close(gate) })
}

// untilWaiting waits until n callers have handed something in.
func untilWaiting(t *testing.T, g *store.Group[*note], n int) {
	t.Helper()
	for range 5000 {
		if g.Waiting() == n {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d callers wait, want %d", g.Waiting(), n)
}

func TestBadItemFailsAlone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		g, open := held(t, db)
		defer g.Close()
		errs := make([]error, 5)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				n := &note{key: fmt.Sprint("note", i), bad: i == 2}
				errs[i] = g.Write(t.Context(), n)
			})
		}
		untilWaiting(t, g, len(errs))
		open()
		wg.Wait()
		for i, err := range errs {
			if want := i == 2; errors.Is(err, errBad) != want || written(t, db, fmt.Sprint("note", i)) == want {
				t.Errorf("note %d: %v", i, err)
			}
		}
	})
}

func TestGroupOutlivesAPanic(t *testing.T) {
	db, _ := testkit.NewDB(t, "sqlite")
	g := store.NewGroup(db, func(ctx context.Context, tx *store.Tx, notes []*note) error {
		if notes[0].bad {
			panic("boom")
		}
		return saveNotes(ctx, tx, notes)
	})
	defer g.Close()
	if err := g.Write(t.Context(), &note{key: "a", bad: true}); err == nil {
		t.Error("a panic was taken for a success")
	}
	if err := g.Write(t.Context(), &note{key: "b"}); err != nil || !written(t, db, "b") {
		t.Errorf("after a panic: %v", err)
	}
}

// TestCloseAnswersEverybody: a server that stops writes what it has taken.
func TestCloseAnswersEverybody(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		g, open := held(t, db)
		answers := make(chan error, 50)
		for i := range 50 {
			go func() { answers <- g.Write(t.Context(), &note{key: fmt.Sprint("note", i)}) }()
			if i == 24 {
				untilWaiting(t, g, 25) // the others may come before the end or after it
			}
		}
		closed := make(chan struct{})
		go func() { g.Close(); close(closed) }()
		open()
		<-closed
		var late []error
		for range 50 {
			if err := <-answers; err != nil {
				late = append(late, err)
			}
		}
		n := 0
		for i := range 50 {
			if written(t, db, fmt.Sprint("note", i)) {
				n++
			}
		}
		if n+len(late) != 50 || n < 25 {
			t.Errorf("%d of 50 written, %d refused", n, len(late))
		}
		if slices.ContainsFunc(late, func(err error) bool { return registry.KindOf(err) != registry.Unavailable }) {
			t.Errorf("late callers got %v", late)
		}
		if err := g.Write(t.Context(), &note{key: "later"}); registry.KindOf(err) != registry.Unavailable || written(t, db, "later") {
			t.Errorf("after closing: %v", err)
		}
		g.Close()
	})
}

func TestWhoGivesUpIsTold(t *testing.T) {
	db, _ := testkit.NewDB(t, "sqlite")
	g, open := held(t, db)
	defer g.Close()
	defer open()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := g.Write(ctx, &note{key: "a"}); registry.KindOf(err) != registry.Unavailable {
		t.Errorf("gave up: %v", err)
	}
}
