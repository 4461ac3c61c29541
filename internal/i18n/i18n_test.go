package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// usage is what the sources say of keys: literals handed to a look-up, all
// dotted literals, and prefixes such as "event.state." that are completed at
// run time.
type usage struct {
	asked    map[string]string // key -> file
	literals map[string]bool
	prefixes []string
}

var (
	askedKey = regexp.MustCompile(`(?:\bT\(?\s*(?:lang,\s*|c\.lang,\s*)?|\bE\(registry\.\w+,\s*|\bE\(\w+,\s*|\bAt\("[^"]*",\s*|\bAdd\("[^"]*",\s*)"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"`)
	dotted   = regexp.MustCompile("[\"`]([a-z0-9_]+(?:\\.[a-z0-9_]+)*\\.?)[\"`]")
)

func readUsage(t *testing.T) usage {
	t.Helper()
	u := usage{asked: map[string]string{}, literals: map[string]bool{}}
	for _, root := range []string{"../../internal", "../../cmd", "../../static/src"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "/vendor/") {
				return err
			}
			switch filepath.Ext(path) {
			case ".go", ".html", ".js", ".ts":
				u.read(t, path)
			}
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return u
}

func (u *usage) read(t *testing.T, path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range askedKey.FindAllStringSubmatch(string(raw), -1) {
		u.asked[m[1]] = path
	}
	for _, m := range dotted.FindAllStringSubmatch(string(raw), -1) {
		if strings.HasSuffix(m[1], ".") {
			u.prefixes = append(u.prefixes, m[1])
			continue
		}
		u.literals[m[1]] = true
	}
}

func (u *usage) uses(key string) bool {
	if u.literals[key] {
		return true
	}
	for _, stem := range []string{".subject", ".body", ".say", ".push", ".about"} {
		if base, ok := strings.CutSuffix(key, stem); ok && u.literals[base] {
			return true
		}
	}
	for _, p := range u.prefixes {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

func TestSameKeys(t *testing.T) {
	c := load()
	for key := range c.keys[Vietnamese] {
		if _, ok := c.keys[English][key]; !ok {
			t.Errorf("%s is missing in English", key)
		}
	}
	for key := range c.keys[English] {
		if _, ok := c.keys[Vietnamese][key]; !ok {
			t.Errorf("%s is missing in Vietnamese", key)
		}
	}
}

func TestNoEmptyText(t *testing.T) {
	for lang, texts := range load().keys {
		for key, text := range texts {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
		}
	}
}

func TestNoUnknownKey(t *testing.T) {
	u := readUsage(t)
	if len(u.asked) < 20 {
		t.Fatalf("only %d look-ups found: the pattern no longer sees them", len(u.asked))
	}
	for key, path := range u.asked {
		if !Has(key) {
			t.Errorf("%s asks for %s, which is in no catalog", path, key)
		}
	}
}

func TestNoUnusedKey(t *testing.T) {
	u := readUsage(t)
	for key := range load().keys[Vietnamese] {
		if !u.uses(key) {
			t.Errorf("%s is used nowhere", key)
		}
	}
}

func TestPluralAndArguments(t *testing.T) {
	c, err := newCatalog(fstest.MapFS{
		"vi/x.json": {Data: []byte(`{"n.left": "còn {{.A0}} gian"}`)},
		"en/x.json": {Data: []byte(`{"n.left": {"one": "{{.A0}} booth", "other": "{{.A0}} booths"}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !c.plural["en n.left"] || c.plural["vi n.left"] {
		t.Error("plural forms are not told apart")
	}
	if got := T(English, "error.too_long", 40); !strings.Contains(got, "40") {
		t.Errorf("argument not filled in: %q", got)
	}
	if got := T("xx", "error.required"); got != T(Vietnamese, "error.required") {
		t.Errorf("unknown language gave %q", got)
	}
}

func TestKeyTwiceIsRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"in two files": {"vi/a.json": {Data: []byte(`{"k.a": "x"}`)}, "vi/b.json": {Data: []byte(`{"k.a": "y"}`)}},
		"in one file":  {"vi/a.json": {Data: []byte(`{"k.a": "x", "k.a": "y"}`)}},
	} {
		if _, err := newCatalog(files); err == nil || !strings.Contains(err.Error(), "k.a stands twice") {
			t.Errorf("a key twice %s: %v", name, err)
		}
	}
	if _, err := newCatalog(fstest.MapFS{"vi/a.json": {Data: []byte(`{"k.a": "x"`)}}); err == nil {
		t.Error("half a file was taken")
	}
}

// TestNotificationsHaveTheirWords: what is told of applications, events and sales shows on
// phones too, where a key would say nothing.
func TestNotificationsHaveTheirWords(t *testing.T) {
	n := 0
	for key := range load().keys[Vietnamese] {
		base, ok := strings.CutSuffix(key, ".say")
		if !ok || !strings.HasPrefix(base, "application.mail.") && !strings.HasPrefix(base, "event.notice.") && !strings.HasPrefix(base, "sales.mail.") {
			continue
		}
		n++
		for _, stem := range []string{".push", ".about"} {
			if !Has(base + stem) {
				t.Errorf("%s%s is missing", base, stem)
			}
		}
	}
	if n < 15 {
		t.Errorf("only %d notices found", n)
	}
}
