package archive

import (
	"context"
	"errors"
	"io"
	"os"

	"hoicho/internal/registry"
)

// File is an archive that was made for one reader, on disk; Close removes it.
type File struct {
	*os.File
	Bytes int64
}

// Close closes the file and removes it.
func (f *File) Close() error { return errors.Join(f.File.Close(), os.Remove(f.Name())) }

// Open makes the archive of a year as a file that lasts until it is closed, so that nobody is
// sent one that breaks off. Errors are those of Write.
func (a *Service) Open(ctx context.Context, actor registry.Actor, year int) (*File, error) {
	to, err := os.CreateTemp("", "hoicho-archive-*.zip")
	if err != nil {
		return nil, err
	}
	f := &File{File: to}
	if err = a.Write(ctx, actor, year, to); err == nil {
		f.Bytes, err = to.Seek(0, io.SeekCurrent)
	}
	if err == nil {
		_, err = to.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
