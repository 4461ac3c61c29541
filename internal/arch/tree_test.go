package arch

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// topLevel is all that may stand at the root.
var topLevel = []string{
	".ci", ".git", ".gitignore", "LICENSE", "README.md", "cmd", "data", "go.mod", "go.sum", "internal", "static",
}

// strangers returns the names that neither belong at the root nor are ignored.
func strangers(names []string, gitignore string) (found []string) {
	for _, name := range names {
		if !slices.Contains(topLevel, name) && !ignored(name, gitignore) {
			found = append(found, name)
		}
	}
	return found
}

func ignored(name, gitignore string) bool {
	return slices.ContainsFunc(strings.Fields(gitignore), func(pattern string) bool {
		match, err := path.Match(strings.Trim(pattern, "/"), name)
		return err == nil && match
	})
}

func TestRootHoldsOnlyWhatItShould(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	gitignore, err := os.ReadFile(root + "/.gitignore")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	for _, name := range strangers(names, string(gitignore)) {
		t.Errorf("%s has no place at the root", name)
	}
	got := strangers([]string{"cmd", "pkg", "x.db", "hoicho", "README.md"}, "/hoicho\n*.db\n/data/local/\n")
	if !slices.Equal(got, []string{"pkg"}) {
		t.Errorf("strangers are %q, want pkg alone", got)
	}
}
