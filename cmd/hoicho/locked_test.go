package main

import (
	"io"
	"testing"

	"github.com/alecthomas/kong"
)

// factless are the commands, with why none of them writes what the figures of a locked period
// count. One that does has to be tried against a locked period as the doors of the web are
// (internal/web, locked_test.go).
var factless = map[string]string{
	"serve":           "opens the doors, which are tried one by one",
	"demo":            "fills a database of its own",
	"relay":           "hands on to POST /api/v1/gate/relay",
	"migrate":         "changes tables, not what happened",
	"backup":          "reads",
	"restore":         "puts back a whole database, its reports with it",
	"check-db":        "reads",
	"doctor":          "reads",
	"archive write":   "reads, but for a line of the log",
	"archive verify":  "reads a file",
	"draw verify":     "reads a file",
	"user add":        "accounts",
	"user list":       "accounts",
	"user reset-code": "accounts",
	"user disable":    "accounts",
	"restored":        "marks a database that went back",
	"version":         "reads",
}

func TestNoCommandWritesIntoALockedPeriod(t *testing.T) {
	var c cli
	parser, err := newParser(&c, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, leaf := range parser.Model.Leaves(false) {
		name := commandName(leaf)
		if known[name] = true; factless[name] == "" {
			t.Errorf("hoicho %s is new: say in factless why it writes nothing that figures count, or try it against a locked period", name)
		}
	}
	for name := range factless {
		if !known[name] {
			t.Errorf("there is no command %s: take it out of factless", name)
		}
	}
}

// commandName is a command as it is typed.
func commandName(n *kong.Node) string {
	if n.Parent == nil || n.Parent.Type == kong.ApplicationNode {
		return n.Name
	}
	return commandName(n.Parent) + " " + n.Name
}
