package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"hoicho/internal/app"
	"hoicho/internal/app/archive"
)

// archiveCmd makes the archive of a year, and checks one.
type archiveCmd struct {
	Write  archiveWriteCmd  `cmd:"" default:"withargs" help:"Write all papers, figures and rows of a year into one checksummed ZIP (the default)."`
	Verify archiveVerifyCmd `cmd:"" help:"Compare every file of an archive with its checksum; needs no database."`
}

// archiveWriteCmd writes the archive of a year of the site's province.
type archiveWriteCmd struct {
	keyedFlag
	Year int    `required:"" help:"The year."`
	To   string `arg:"" help:"File to write, which may not be there yet."`
}

// Run writes the archive, or has the running server write it.
func (cmd *archiveWriteCmd) Run(e *env) error {
	to, err := filepath.Abs(cmd.To)
	if err != nil {
		return err
	}
	return cmd.with(e, "archive", &archiveWrite{cmd.Year, to})
}

// archiveWrite is the archive to write.
type archiveWrite struct {
	Year int
	To   string // absolute: the server may stand in another folder
}

func (o *archiveWrite) do(ctx context.Context, a *app.App, out io.Writer) error {
	f, err := os.OpenFile(o.To, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = a.Archive.Write(ctx, commandLine, o.Year, f); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(plain(err), f.Close()); err != nil {
		return errors.Join(err, os.Remove(o.To))
	}
	_, err = fmt.Fprintln(out, o.To)
	return err
}

// archiveVerifyCmd checks an archive.
type archiveVerifyCmd struct {
	From string `arg:"" help:"Archive to check."`
}

// Run compares every file with its checksum.
func (cmd *archiveVerifyCmd) Run(e *env) error {
	f, err := os.Open(cmd.From)
	if err != nil {
		return err
	}
	defer f.Close()
	at, err := f.Stat()
	if err != nil {
		return err
	}
	n, err := archive.Verify(f, at.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.From, err)
	}
	_, err = fmt.Fprintf(e.out, "%s: %d files are as they were written\n", cmd.From, n)
	return err
}
