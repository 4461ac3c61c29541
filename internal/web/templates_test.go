package web

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hoicho/static"
)

// TestTemplatesObeyTheContentPolicy finds style attributes and inline scripts,
// which the policy would drop without a word.
func TestTemplatesObeyTheContentPolicy(t *testing.T) {
	p, err := embeddedPages()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range p.Names() {
		for _, tm := range p.Set(name).Templates() {
			if tm.Tree == nil {
				continue
			}
			source := tm.Tree.Root.String()
			for _, bad := range []string{" style=", "<style", "<script>", " onclick=", " onchange=", " onsubmit=", "javascript:"} {
				if strings.Contains(source, bad) {
					t.Errorf("page %s, template %s: %q", name, tm.Name(), bad)
				}
			}
		}
	}
}

var iconName = regexp.MustCompile("icon \"([a-z0-9-]+)\"|Icon: +\"([a-z0-9-]+)\"")

// TestEveryIconIsInTheSprite looks for the names in templates and code: one that
// is not there draws nothing, without any fault.
func TestEveryIconIsInTheSprite(t *testing.T) {
	sprite, _ := static.Open("icons.svg")
	asked := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range iconName.FindAllStringSubmatch(string(raw), -1) {
			asked++
			if !bytes.Contains(sprite.Data, []byte(`id="`+m[1]+m[2]+`"`)) {
				t.Errorf("%s: no icon %s%s in static/src/icons", path, m[1], m[2])
			}
		}
		return err
	})
	if err != nil || asked < 10 {
		t.Errorf("only %d icons found (%v): the pattern no longer sees them", asked, err)
	}
}

// TestPagesHoldOnlyWhatTheyCall keeps the memory of a page by what it shows: with all
// layouts and parts in each set, every new part would cost every page its room.
func TestPagesHoldOnlyWhatTheyCall(t *testing.T) {
	p, err := embeddedPages()
	if err != nil {
		t.Fatal(err)
	}
	parts, err := p.Parts()
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, name := range p.Names() {
		held += len(p.Set(name).Templates())
	}
	if all := len(p.Names()) * len(parts.Templates()); held*2 > all {
		t.Errorf("the pages hold %d templates, of %d if each held all", held, all)
	}
}
