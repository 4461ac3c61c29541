package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/config"
	"hoicho/internal/notify"
	"hoicho/internal/store"
)

// doctorCmd looks at all that a server needs and prints one line a check. It
// takes serve's flags and variables and changes nothing.
type doctorCmd struct{ serveCmd }

// Bounds of the checks.
const (
	doctorWait  = 5 * time.Second
	leastFree   = 1 << 30 // bytes; a season with photos needs about this
	oldestCopy  = 2 * time.Hour
	clockBehind = time.Minute
)

// finding is what a check found: fault when it failed, else what is well.
type finding struct {
	check, well string
	fault       error
}

// Run makes every check, one after the other, and fails when one of them does.
func (cmd *doctorCmd) Run(e *env) error {
	cfg, err := cmd.config(e)
	found := []finding{{"settings", "they can be read", err}}
	if err == nil {
		d := doctor{cfg: cfg, ctx: e.ctx}
		found = append(found, d.look()...)
	}
	failed := 0
	for _, f := range found {
		if f.fault != nil {
			failed++
			fmt.Fprintf(e.out, "FAIL %-9s %s\n", f.check, strings.ReplaceAll(f.fault.Error(), "\n", "; "))
			continue
		}
		fmt.Fprintf(e.out, "ok   %-9s %s\n", f.check, f.well)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(found))
	}
	return nil
}

// doctor makes the checks of one server.
type doctor struct {
	cfg config.Config
	ctx context.Context
}

func (d *doctor) look() []finding {
	check := func(name string, look func() (string, error)) finding {
		well, err := look()
		return finding{name, well, err}
	}
	return append(d.database(),
		check("address", d.address), check("proxy", d.proxy), check("rights", d.rights),
		check("disk", d.disk), check("mail", d.mail), check("backup", d.backup))
}

// database opens the database and judges its key and its clock by it. One that a
// server has open is asked through the server.
func (d *doctor) database() []finding {
	db, err := store.Open(d.ctx, d.cfg.DB)
	if errors.Is(err, store.ErrInUse) {
		well, fault := d.running()
		return []finding{{"database", well, fault}}
	}
	if err != nil {
		return []finding{{"database", "", err}}
	}
	defer db.Close()
	_, key := boundKey(d.ctx, d.cfg, db)
	well, clock := d.clock(db)
	return []finding{{"database", "it opens", nil}, {"key", "it is the one of the database", key}, {"clock", well, clock}}
}

// running asks the server that has the database open whether it is ready.
func (d *doctor) running() (string, error) {
	said, err := d.get("http://" + d.cfg.Addr + "/readyz")
	if err != nil {
		return "", fmt.Errorf("another process has it open, and no hoicho answers at %s: %w", d.cfg.Addr, err)
	}
	return "the server has it open and says " + said + "; it has checked the key at its start", nil
}

// clock compares the machine's clock with the newest line of the audit log: a
// clock that was set back would put new lines before old ones.
func (d *doctor) clock(db *store.DB) (string, error) {
	var newest int64
	err := db.Read(d.ctx, func(tx *store.Tx) error {
		lines, err := tx.AuditLines(d.ctx, store.AuditQuery{Limit: 1})
		if err == nil && len(lines) > 0 {
			newest = lines[0].At
		}
		return err
	})
	if err != nil {
		return "", err
	}
	now := db.Now()
	if last := time.UnixMilli(newest); last.Sub(now) > clockBehind {
		return "", fmt.Errorf("the machine's clock says %s, but the audit log goes on to %s: set the clock, and let it be kept (timedatectl set-ntp true)",
			now.Format(time.RFC3339), last.In(now.Location()).Format(time.RFC3339))
	}
	return "it says " + now.Format(time.RFC3339), nil
}

// get fetches an address of ours and returns what it says.
func (d *doctor) get(address string) (string, error) {
	ctx, cancel := context.WithTimeout(d.ctx, doctorWait)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, 200))
	if err != nil {
		return "", err
	}
	if text := strings.TrimSpace(string(said)); res.StatusCode == http.StatusOK {
		return text, nil
	}
	return "", fmt.Errorf("%s answers %s", address, res.Status)
}

// address is the server's own, which is free or answered by a hoicho.
func (d *doctor) address() (string, error) {
	l, err := net.Listen("tcp", d.cfg.Addr)
	if err == nil {
		return d.cfg.Addr + " is free", l.Close()
	}
	if said, asked := d.get("http://" + d.cfg.Addr + "/healthz"); asked == nil && said == "ok" {
		return "hoicho answers at " + d.cfg.Addr, nil
	}
	return "", fmt.Errorf("%w: another program holds it; choose another --addr or stop that one", err)
}

// proxy is how browsers come: by HTTPS, through a proxy that is known.
func (d *doctor) proxy() (string, error) {
	if !d.cfg.HTTPS() {
		return d.cfg.BaseURL + " is no https: cameras at the gate work on this machine alone", nil
	}
	if len(d.cfg.TrustedProxies) == 0 {
		return "", errors.New("no --trusted-proxy: behind a proxy all people look like one, and the limits of one hold for all; name it, as 127.0.0.1")
	}
	if said, err := d.get(d.cfg.BaseURL + "/healthz"); err != nil || said != "ok" {
		return "", fmt.Errorf("%s does not lead to a hoicho that runs (%w); look at the proxy, its certificate and the name in DNS", d.cfg.BaseURL,
			cmp.Or(err, fmt.Errorf("it said %.40q", said)))
	}
	return d.cfg.BaseURL + " leads to hoicho", nil
}

// rights sees that the files of a SQLite database are their owner's alone.
func (d *doctor) rights() (string, error) {
	if d.cfg.Postgres() || runtime.GOOS == "windows" {
		return "they are the database server's, or the folder's", nil
	}
	for _, file := range []string{d.cfg.DB, d.cfg.DB + "-wal", d.cfg.MasterKeyFile} {
		info, err := os.Stat(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		if open := info.Mode().Perm() & 0o077; open != 0 {
			return "", fmt.Errorf("%s can be read by others (%04o): chmod 600 %s", file, info.Mode().Perm(), file)
		}
	}
	return "the files are their owner's alone", nil
}

// disk sees that there is room beside the database and for its backups.
func (d *doctor) disk() (string, error) {
	dir := filepath.Dir(d.cfg.DB)
	if d.cfg.Postgres() {
		dir = filepath.Dir(d.cfg.MailDir)
	}
	free, err := store.FreeBytes(dir)
	if err != nil {
		return "", err
	}
	if free < leastFree {
		return "", fmt.Errorf("%d MB free at %s: make room before writing stops", free>>20, dir)
	}
	return fmt.Sprintf("%d GB free at %s", free>>30, dir), nil
}

// mail asks the mail server for a connection, with its password, and sends nothing.
func (d *doctor) mail() (string, error) {
	if d.cfg.SMTP == "" {
		return "no server is set: mail goes to files in " + d.cfg.MailDir, nil
	}
	ctx, cancel := context.WithTimeout(d.ctx, doctorWait)
	defer cancel()
	if err := (notify.SMTP{Server: d.cfg.SMTP, From: d.cfg.MailFrom}).Check(ctx); err != nil {
		return "", fmt.Errorf("the mail server does not let us in: %w", err)
	}
	return "the server lets us in", nil
}

// backup is the age of the newest copy that a server has made by itself.
func (d *doctor) backup() (string, error) {
	if d.cfg.BackupDir == "" {
		return "PostgreSQL brings its own tools; is pg_dump in cron?", nil
	}
	if _, err := os.Stat(d.cfg.DB); errors.Is(err, fs.ErrNotExist) {
		return "there is no database yet", nil
	}
	if err := core.CheckBackupFolder(d.cfg.BackupDir); err != nil {
		return "", err
	}
	copies, err := filepath.Glob(filepath.Join(d.cfg.BackupDir, "*.db.json"))
	if err != nil {
		return "", err
	}
	var newest store.Manifest
	for _, file := range copies { // by what the server wrote: copying a file makes it look new
		if m, err := store.ReadManifest(file); err == nil && m.MadeAt > newest.MadeAt {
			newest = m
		}
	}
	if newest.MadeAt == 0 {
		return "", fmt.Errorf("no backup in %s: is the server running, and does it say on /readyz why not?", d.cfg.BackupDir)
	}
	return backupAge(newest, store.SystemClock(), d.cfg.BackupDir)
}

// backupAge says how old the newest backup is and whether it still held all there was
// when a server looked last; an error when no server has looked for long.
func backupAge(m store.Manifest, now time.Time, dir string) (string, error) {
	since := func(ms int64) time.Duration { return now.Sub(time.UnixMilli(ms)).Round(time.Minute) }
	made, seen := since(m.MadeAt), since(max(m.MadeAt, m.CurrentAt))
	if seen > oldestCopy {
		return "", fmt.Errorf("the newest backup in %s is %s old: while the server runs, it makes one or sees that nothing has changed every 15 minutes", dir, seen)
	}
	if seen < made {
		return fmt.Sprintf("the newest is %s old, and %s ago nothing had changed since", made, seen), nil
	}
	return "the newest is " + made.String() + " old", nil
}
