package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestServedFilesAreFresh fails when a source was changed and not built.
func TestServedFilesAreFresh(t *testing.T) {
	root := filepath.Join("..", "..", "static")
	built, err := Build(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range built {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(got, want) {
			t.Errorf("static/%s is stale: run go run ./cmd/assets", name)
		}
	}
}

func TestRuleLines(t *testing.T) {
	const css = `a{b:"}"}@media print{c{d:e}f{g:'{'}}h{i:j}`
	const want = "a{b:\"}\"}\n@media print{c{d:e}f{g:'{'}}\nh{i:j}\n"
	if got := string(ruleLines([]byte(css))); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestBrokenSourceIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.js")
	if err := os.WriteFile(path, []byte("let a = ;"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := bundle(path); err == nil {
		t.Error("a script that does not parse was built")
	}
}
