// Command hoicho is the registry of fairs and market sessions: server, demo and
// the tools of whoever keeps it, in one binary.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"hoicho/internal/relay"
	"hoicho/internal/store"
)

// version is set by the linker for releases.
var version = "dev"

// Exit codes: scripts may tell these apart.
const (
	exitFault   = 1
	exitUsage   = 2
	exitNewer   = 3 // the database is of a newer version
	exitMissing = 4 // there is no database
	exitInUse   = 5 // another process has the database open
	exitServer  = 6 // a relay does not find its server
	exitPairing = 7 // the server does not take the pairing code of a relay
	exitNothing = 8 // the log of a draw is in order, but has no result
)

// cli is every subcommand with its flags.
type cli struct {
	Serve   serveCmd   `cmd:"" default:"withargs" help:"Run the server (the default)."`
	Demo    demoCmd    `cmd:"" help:"Try it: fill a throw-away database with a province and serve it."`
	Relay   relayCmd   `cmd:"" help:"Serve the gate phones of a site without network, and hand on what they did."`
	Migrate migrateCmd `cmd:"" help:"Bring the database to this version and exit."`
	Backup  backupCmd  `cmd:"" help:"Write a checked copy of the database."`
	Restore restoreCmd `cmd:"" help:"Put a backup in the place of the database."`
	CheckDB checkCmd   `cmd:"" name:"check-db" help:"Look over the database and the audit chain."`
	Doctor  doctorCmd  `cmd:"" help:"Look at all that a server needs: one line a check; exit code 1 when one fails."`
	Archive archiveCmd `cmd:"" help:"Write the archive of a year into a file, or check one."`
	Draw    drawCmd    `cmd:"" help:"Check the log of a public draw of booths."`
	User    userCmd    `cmd:"" help:"Look after accounts."`
	Version versionCmd `cmd:"" help:"Print the version."`

	Restored    restoredCmd      `cmd:"" help:"After pg_restore: mark a PostgreSQL database that went back to an earlier state."`
	ShowVersion kong.VersionFlag `name:"version" help:"Print the version."`
}

// env is what a command may use of the outside.
type env struct {
	ctx    context.Context
	getenv func(string) string
	out    io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	for _, name := range unknownVariables(os.Environ()) {
		fmt.Fprintf(os.Stderr, "hoicho: the environment variable %s is none of hoicho's and does nothing; --help names them\n", name)
	}
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "hoicho:", err)
		os.Exit(exitCode(err))
	}
}

// run is main without the process: tests call it too.
func run(ctx context.Context, args []string, getenv func(string) string, out io.Writer) error {
	var c cli
	helped := false
	parser, err := newParser(&c, out, func(int) { helped = true })
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if helped { // whatever else the line lacks
		return nil
	}
	if err != nil {
		return usageError{err}
	}
	return parsed.Run(&env{ctx: ctx, getenv: getenv, out: out})
}

func newParser(c *cli, out io.Writer, exit func(int)) (*kong.Kong, error) {
	return kong.New(c, kong.Name("hoicho"), kong.Writers(out, out), kong.Vars{"version": "hoicho " + version},
		kong.Description("Fairs and market sessions of Vietnamese goods."), kong.UsageOnError(), kong.Exit(exit))
}

// usageError says that the command line is wrong.
type usageError struct{ error }

func exitCode(err error) int {
	switch {
	case errors.As(err, new(usageError)):
		return exitUsage
	case errors.Is(err, store.ErrNewer):
		return exitNewer
	case errors.Is(err, store.ErrMissing):
		return exitMissing
	case errors.Is(err, store.ErrInUse):
		return exitInUse
	case errors.Is(err, relay.ErrUnreachable), errors.Is(err, relay.ErrNotHoicho):
		return exitServer
	case errors.As(err, new(*relay.Refused)), errors.Is(err, relay.ErrPhoneCode):
		return exitPairing
	case errors.Is(err, errNoResult):
		return exitNothing
	}
	return exitFault
}

// versionCmd prints the version.
type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintln(e.out, "hoicho", version)
	return err
}
