package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// database is a PostgreSQL server in a temporary folder.
type database struct {
	url    string
	folder string
	server *exec.Cmd
	ended  chan struct{}
}

// postgresBin returns the folder of initdb and postgres, "" when it is not
// installed. Debian keeps it out of PATH; of several the newest is taken.
func postgresBin() string {
	best, version := "", 0
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		folders = nil
	}
	for _, folder := range folders {
		v, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
		if err == nil && v > version && exists(folder+"/initdb") {
			best, version = folder, v
		}
	}
	if best == "" {
		if initdb, err := exec.LookPath("initdb"); err == nil {
			return filepath.Dir(initdb)
		}
	}
	return best
}

// startPostgres makes a cluster and starts it on a socket in its own folder.
// As root it becomes an unprivileged user, because PostgreSQL refuses root.
func startPostgres(ctx context.Context, out io.Writer) (*database, error) {
	folder, err := os.MkdirTemp("", "hoicho-pg-")
	if err != nil {
		return nil, err
	}
	db := &database{folder: folder, ended: make(chan struct{})}
	if err := db.start(ctx); err != nil {
		db.stop()
		return nil, err
	}
	db.url = "postgres://postgres@/postgres?host=" + url.QueryEscape(folder)
	fmt.Fprintf(out, "PostgreSQL runs in %s\n", folder)
	return db, nil
}

func (db *database) start(ctx context.Context) error {
	account, err := unprivileged()
	if err != nil {
		return err
	}
	if account != nil {
		if err := os.Chown(db.folder, int(account.Uid), int(account.Gid)); err != nil {
			return err
		}
	}
	bin, data := postgresBin(), filepath.Join(db.folder, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"),
		"-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-locale")
	initdb.Dir = db.folder
	become(initdb, account)
	if said, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, said)
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-c", "listen_addresses=",
		"-c", "unix_socket_directories="+db.folder, "-c", "max_connections=300",
		"-c", "fsync=off", "-c", "full_page_writes=off") // it is thrown away, and never loses power in a test
	server.Dir = db.folder
	become(server, account)
	return db.serve(ctx, server, filepath.Join(bin, "pg_isready"))
}

// serve starts the server and waits until it answers.
func (db *database) serve(ctx context.Context, server *exec.Cmd, isReady string) error {
	log, err := os.Create(filepath.Join(db.folder, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		return err
	}
	db.server = server
	go func() {
		defer close(db.ended)
		if err := server.Wait(); err != nil {
			fmt.Fprintln(os.Stderr, "check: PostgreSQL ended:", err)
		}
	}()
	for range 300 {
		if exec.CommandContext(ctx, isReady, "-q", "-h", db.folder).Run() == nil {
			return nil
		}
		select {
		case <-db.ended:
			said, err := os.ReadFile(log.Name())
			return errors.Join(fmt.Errorf("it ended at once: %s", said), err)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return errors.New("it does not answer after 30 s")
}

// stop ends the server and removes its folder.
func (db *database) stop() {
	if db.server != nil {
		const fastShutdown = syscall.SIGINT
		err := db.server.Process.Signal(fastShutdown)
		select {
		case <-db.ended:
		case <-time.After(20 * time.Second):
			err = db.server.Process.Kill()
		}
		if err != nil && !errors.Is(err, os.ErrProcessDone) {
			fmt.Fprintln(os.Stderr, "check: stop PostgreSQL:", err)
		}
	}
	if err := os.RemoveAll(db.folder); err != nil {
		fmt.Fprintln(os.Stderr, "check: remove", db.folder, err)
	}
}

// account is a user of the machine.
type account struct{ Uid, Gid uint32 }

// unprivileged returns the account that PostgreSQL shall run under, nil for
// our own.
func unprivileged() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(u.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(u.Gid, 10, 32)
		return &account{uint32(uid), uint32(gid)}, errors.Join(errUID, errGID)
	}
	return nil, errors.New("there is no unprivileged user to run PostgreSQL as")
}
