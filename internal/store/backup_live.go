package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"modernc.org/sqlite"
)

const (
	// stepTime is how long a step of a copy may keep the writer.
	stepTime = time.Millisecond
	// stepLeast and stepMost bound the pages of a step.
	stepLeast, stepMost = 32, 2048
	// settleEvery is after how many copied bytes they are pushed to the disk, so that
	// no commit meanwhile has to wait for many at once.
	settleEvery = 16 << 20
	// restartsBorne is how often a copy may begin again because another process wrote.
	restartsBorne = 2
)

// errRestarted says that another process writes into the file, so that a copy by steps
// would begin again and again.
var errRestarted = errors.New("another process changes the database")

// liveCopy copies an open database by small steps on the connection that writes. What
// is written meanwhile goes into the copy too; nothing is held between the steps, so
// that the log of SQLite is folded in as always and does not grow.
type liveCopy struct {
	pool   *sql.DB
	conn   any // the driver's connection, which must stay the same
	backup *sqlite.Backup
	pages  int32 // of the next step
	done   int   // pages copied
	again  int   // how often it began again
}

// copyLive copies the database into an empty file, at a calm pace. When another process
// writes all the time, the copy is made in one go, which that does not disturb.
func (db *DB) copyLive(ctx context.Context, to string, pace *calm) error {
	err := db.copySteps(ctx, to, pace)
	if errors.Is(err, errRestarted) {
		if err := emptyFile(to); err != nil {
			return err
		}
		return vacuumInto(ctx, db.path, to)
	}
	return err
}

func (db *DB) copySteps(ctx context.Context, to string, pace *calm) error {
	c := &liveCopy{pool: db.write, pages: stepLeast}
	settled := 0
	for more := true; more; {
		var err error
		if more, err = c.step(ctx, to); err != nil {
			return errors.Join(err, c.abandon(ctx))
		}
		if bytes := c.done * pageBytes; bytes-settled >= settleEvery {
			settled = bytes
			err = syncFile(to)
		}
		if err = errors.Join(err, pace.breathe(ctx)); err != nil {
			return errors.Join(err, c.abandon(ctx))
		}
	}
	return c.finish(ctx)
}

// onWriter does something with the driver's connection that writes.
func (c *liveCopy) onWriter(ctx context.Context, do func(conn any) error) error {
	conn, err := c.pool.Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(conn.Raw(func(raw any) error {
		if c.conn != nil && raw != c.conn {
			return errors.New("the connection that writes was opened anew")
		}
		c.conn = raw
		return do(raw)
	}), conn.Close())
}

func (c *liveCopy) step(ctx context.Context, to string) (more bool, err error) {
	err = c.onWriter(ctx, func(conn any) (err error) {
		if c.backup == nil {
			// Nothing is synced or journaled here: a copy counts once it is whole and synced.
			address := fileAddress(to) + "?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-2000)"
			if c.backup, err = conn.(interface {
				NewBackup(string) (*sqlite.Backup, error)
			}).NewBackup(address); err != nil {
				return err
			}
		}
		began := SystemClock()
		if more, err = c.backup.Step(c.pages); err != nil {
			return err
		}
		c.fit(SystemClock().Sub(began))
		return nil
	})
	if err != nil || !more {
		return more, err
	}
	done := c.backup.PageCount() - c.backup.Remaining()
	if done < c.done {
		if c.again++; c.again > restartsBorne {
			return false, errRestarted
		}
	}
	c.done = done
	return true, nil
}

// fit sets how many pages the next step takes, by how long this one took.
func (c *liveCopy) fit(took time.Duration) {
	switch {
	case took > stepTime:
		c.pages = max(stepLeast, c.pages/2)
	case took < stepTime/2:
		c.pages = min(stepMost, c.pages*2)
	}
}

// finish ends a copy that has all pages. It gets the journal mode of a file that
// nobody writes, so that it can be opened from a folder that cannot be written.
func (c *liveCopy) finish(ctx context.Context) error {
	var made driver.Conn
	if err := c.onWriter(ctx, func(any) (err error) {
		made, err = c.backup.Commit()
		return err
	}); err != nil {
		return err
	}
	return errors.Join(setJournal(ctx, made), made.Close())
}

func setJournal(ctx context.Context, conn driver.Conn) error {
	rows, err := conn.(driver.QueryerContext).QueryContext(ctx, "PRAGMA journal_mode = delete", nil)
	if err != nil {
		return err
	}
	mode := make([]driver.Value, 1)
	if err = rows.Next(mode); err == nil && mode[0] != "delete" {
		err = fmt.Errorf("the copy keeps the journal mode %v", mode[0])
	} else if err == io.EOF {
		err = nil
	}
	return errors.Join(err, rows.Close())
}

// abandon lets go of a copy that will not be whole.
func (c *liveCopy) abandon(ctx context.Context) error {
	if c.backup == nil {
		return nil
	}
	return c.onWriter(context.WithoutCancel(ctx), func(any) error { return c.backup.Finish() })
}
