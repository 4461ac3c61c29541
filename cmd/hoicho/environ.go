package main

import (
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// ownVariables begins the names of our environment variables.
const ownVariables = "HOICHO_"

// unknownVariables returns the names in an environment that look like ours and are
// read by no command: mistyped ones would silently do nothing.
func unknownVariables(environ []string) (unknown []string) {
	parser, err := newParser(new(cli), io.Discard, func(int) {})
	if err != nil {
		return nil // the start says so
	}
	known := variablesOf(parser.Model.Node)
	for _, line := range environ {
		name, _, _ := strings.Cut(line, "=")
		if strings.HasPrefix(name, ownVariables) && !strings.HasPrefix(name, ownVariables+"TEST_") && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	return unknown
}

// variablesOf returns the variables that a command and those below it read.
func variablesOf(node *kong.Node) []string {
	known := []string{"HOICHO_MASTER_KEY"}
	for _, flag := range node.Flags {
		known = append(known, flag.Envs...)
	}
	for _, child := range node.Children {
		known = append(known, variablesOf(child)...)
	}
	return known
}
