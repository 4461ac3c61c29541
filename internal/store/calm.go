package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite/vfs"
)

const (
	// workSlice is how long work in the background goes on at a time, and restShare how
	// many times as long it rests then: it takes a quarter of one processor at most, and
	// whoever waits at a gate never waits for more than a slice.
	workSlice = 2 * time.Millisecond
	restShare = 3
)

// calm paces work that may take long, so that what people wait for goes first.
// None (nil) paces nothing.
type calm struct{ since time.Time }

func newCalm() *calm { return &calm{since: SystemClock()} }

// breathe rests when the slice is over. A context that has ended ends the work.
func (c *calm) breathe(ctx context.Context) error {
	if c == nil {
		return ctx.Err()
	}
	worked := SystemClock().Sub(c.since)
	if worked < workSlice && worked >= 0 {
		return ctx.Err()
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(restShare * min(max(worked, workSlice), 10*workSlice)):
	}
	c.since = SystemClock()
	return nil
}

// calmFolder lets SQLite read the files of a folder at a calm pace: a check of a whole
// file is a single statement, which can rest only where it reads.
type calmFolder struct {
	ctx  context.Context
	calm *calm
	dir  string
}

// Open opens a file of the folder.
func (d calmFolder) Open(name string) (fs.File, error) {
	f, err := os.Open(filepath.Join(d.dir, filepath.Base(name)))
	if err != nil {
		return nil, err
	}
	return calmFile{f, d.ctx, d.calm}, nil
}

type calmFile struct {
	*os.File
	ctx  context.Context
	calm *calm
}

// Read reads, and rests now and then.
func (f calmFile) Read(p []byte) (int, error) {
	if err := f.calm.breathe(f.ctx); err != nil {
		return 0, err
	}
	return f.File.Read(p)
}

// openToCheck opens a copy that nobody else knows of, to read it at a pace. The
// function that it returns closes it.
func openToCheck(ctx context.Context, path string, pace *calm) (*DB, func() error, error) {
	name, files, err := vfs.New(calmFolder{ctx, pace, filepath.Dir(path)})
	if err != nil {
		return nil, nil, err
	}
	db := &DB{Now: SystemClock, dialect: sqliteDialect, path: path}
	if db.read, err = sql.Open("sqlite", fileAddress("/"+filepath.Base(path))+"?vfs="+name+"&mode=ro&immutable=1&_pragma=query_only(1)&_pragma=cache_size(-16000)"); err != nil {
		return nil, nil, errors.Join(err, files.Close())
	}
	db.read.SetMaxOpenConns(1)
	db.prepared = map[*sql.DB]*prepared{db.read: newPrepared()}
	return db, func() error { return errors.Join(db.Close(), files.Close()) }, nil
}
