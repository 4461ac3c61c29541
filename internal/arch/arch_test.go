package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// root is the folder of go.mod, seen from this package.
const root = "../.."

// source is one Go file of the tree.
type source struct {
	path string // from the root, with slashes
	text string
	set  *token.FileSet
	file *ast.File
}

func (s source) dir() string { return path.Dir(s.path) }

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) isMain() bool { return s.file.Name.Name == "main" }

func (s source) isGenerated() bool { return ast.IsGenerated(s.file) }

func (s source) fault(n ast.Node, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", s.path, s.set.Position(n.Pos()).Line, fmt.Sprintf(format, args...))
}

func parse(name, text string) (source, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.ParseComments)
	return source{path: name, text: text, set: set, file: file}, err
}

// tree reads every Go file of the module once.
var tree = sync.OnceValues(func() ([]source, error) {
	var sources []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != root && skipped(d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		s, err := parse(filepath.ToSlash(rel), string(text))
		sources = append(sources, s)
		return err
	})
	return sources, err
})

// skipped names folders that the go tool does not read either.
func skipped(folder string) bool {
	return folder == "testdata" || folder == "node_modules" || strings.HasPrefix(folder, ".") ||
		strings.HasPrefix(folder, "_")
}

// holds fails the test for each fault that the rule finds in the tree.
func holds(t *testing.T, rule func([]source) []string) {
	t.Helper()
	sources, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(sources, func(s source) bool { return s.path == "internal/arch/doc.go" }) {
		t.Fatal("the walk over the tree did not even meet this package")
	}
	for _, fault := range rule(sources) {
		t.Error(fault)
	}
}

// sample is a file that a rule is tried on; bad says which faults it must
// find, by a part of each; none means that the file is in order.
type sample struct {
	path, text string
	bad        []string
}

// catches fails the test unless the rule finds exactly the faults of each sample.
func catches(t *testing.T, rule func([]source) []string, samples ...sample) {
	t.Helper()
	for _, c := range samples {
		s, err := parse(c.path, c.text)
		if err != nil {
			t.Fatalf("%s: %v", c.path, err)
		}
		got := rule([]source{s})
		if len(got) != len(c.bad) {
			t.Errorf("%s\n%s\ngives %d faults, want %d: %q", c.path, c.text, len(got), len(c.bad), got)
			continue
		}
		for i, want := range c.bad {
			if !strings.Contains(got[i], want) {
				t.Errorf("%s: fault %q does not say %q", c.path, got[i], want)
			}
		}
	}
}
