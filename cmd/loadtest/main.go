// Command loadtest drives the real binary over HTTP on this machine and prints a
// table. Figures are ratios against something measured beside them in the same
// run, because machines are shared and noisy. It talks to loopback only and every
// part of it ends by itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

// run does the part that is named: pages, gate, rough, office, nation, or empty, which is the bare server that
// pages measures beside ours.
func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 1 && args[0] == "pages":
		return pages(ctx)
	case len(args) == 1 && args[0] == "rough":
		return rough(ctx)
	case len(args) >= 1 && args[0] == "gate":
		return gateFigures(ctx, args[1:])
	case len(args) >= 1 && args[0] == "nation":
		return nationFigures(ctx, args[1:])
	case len(args) >= 1 && args[0] == "office":
		return officeFigures(ctx, args[1:])
	case len(args) == 2 && args[0] == "empty":
		return serveEmpty(ctx, args[1])
	}
	return errors.New("usage: loadtest pages | loadtest rough | loadtest gate [--peer BINARY] [--growth N] [--binary HOICHO] | loadtest gate --postgres ADDRESS [--for 5m] | loadtest office [--scale X] [--dir FOLDER] | loadtest nation [--for 10m] [--scale X]")
}

// row is a line of the table.
type row struct {
	what, value, goal string
	ok                bool
}

func printTable(w io.Writer, rows []row) {
	fmt.Fprintf(w, "\n%d cores, %s, %s\n\n", runtime.NumCPU(), runtime.Version(), time.Now().Format(time.DateOnly))
	fmt.Fprintf(w, "| %-44s | %-26s | %-18s | %-3s |\n|%s|%s|%s|%s|\n", "what", "measured", "to reach", "ok", dashes(46), dashes(28), dashes(20), dashes(5))
	for _, r := range rows {
		mark := "yes"
		if !r.ok {
			mark = "NO"
		}
		fmt.Fprintf(w, "| %-44s | %-26s | %-18s | %-3s |\n", r.what, r.value, r.goal, mark)
	}
}

func dashes(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '-'
	}
	return string(b)
}
