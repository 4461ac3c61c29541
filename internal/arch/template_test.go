package arch

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const maxTemplateLine = 160

// templateFaults finds the lines of a template that nobody reads to the end.
func templateFaults(name, text string) (faults []string) {
	for i, line := range strings.Split(text, "\n") {
		if n := utf8.RuneCountInString(line); n > maxTemplateLine {
			faults = append(faults, fmt.Sprintf("%s:%d: the line has %d signs, at most %d: wrap it between attributes or elements, or move what repeats into a part of web/view/html",
				name, i+1, n, maxTemplateLine))
		}
	}
	return faults
}

// templates reads every template of the doors, of frame and of view.
func templates(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	web := filepath.Join(root, "internal", "web")
	err := filepath.WalkDir(web, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		found[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTemplateLinesAreShort(t *testing.T) {
	found := templates(t)
	if found["internal/web/view/html/parts.html"] == "" {
		t.Fatal("the walk over the templates did not meet the parts of view")
	}
	var faults []string
	for name, text := range found {
		faults = append(faults, templateFaults(name, text)...)
	}
	slices.Sort(faults)
	for _, fault := range faults {
		t.Error(fault)
	}
	fits := strings.Repeat("ờ", maxTemplateLine)
	if got := templateFaults("a.html", fits+"\n"+fits+"\n"); len(got) != 0 {
		t.Errorf("lines of 160 signs give %q, want no fault", got)
	}
	if got := templateFaults("a.html", "\n"+fits+".\n"); len(got) != 1 || !strings.Contains(got[0], "a.html:2: the line has 161 signs") {
		t.Errorf("a line of 161 signs gives %q, want one fault", got)
	}
}
