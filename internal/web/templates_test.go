package web

import (
	"bytes"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hoicho/internal/web/frame"
	"hoicho/static"
)

// TestTemplatesObeyTheContentPolicy finds style attributes and inline scripts,
// which the policy would drop without a word.
func TestTemplatesObeyTheContentPolicy(t *testing.T) {
	p, err := embeddedPages()
	if err != nil {
		t.Fatal(err)
	}
	parts, err := p.Parts()
	if err != nil {
		t.Fatal(err)
	}
	sets := map[string]*template.Template{"any": parts}
	for _, name := range p.Names() {
		if sets[name], err = p.Set(frame.LayoutPublic, name); err != nil {
			t.Fatal(err)
		}
	}
	for name, set := range sets {
		for _, tm := range set.Templates() {
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

// TestPagesAreMadeOnceForALayout: what was drawn is kept, and nothing is made up for a page
// that is not there.
func TestPagesAreMadeOnceForALayout(t *testing.T) {
	p, err := embeddedPages()
	if err != nil {
		t.Fatal(err)
	}
	name := p.Names()[0]
	first, err := p.Set(frame.LayoutForm, name)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := p.Set(frame.LayoutForm, name); err != nil || again != first {
		t.Errorf("made anew: %v", err)
	}
	if other, err := p.Set(frame.LayoutGate, name); err != nil || other == first || other.Lookup(frame.LayoutForm) != nil {
		t.Errorf("another layout's set is the same, or holds both: %v", err)
	}
	if none, err := p.Set(frame.LayoutForm, "door/none"); err != nil || none != nil {
		t.Errorf("a page that is not there: %v, %v", none, err)
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
		set, err := p.Set(frame.LayoutOffice, name)
		if err != nil {
			t.Fatal(err)
		}
		held += len(set.Templates())
	}
	if all := len(p.Names()) * len(parts.Templates()); held*3 > all {
		t.Errorf("the pages hold %d templates, of %d if each held all", held, all)
	}
}
