package arch

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A key of the catalogues is lower snake words joined by dots, the concept first. Words
// of a form, an answer, a state and a refusal have one shape each: concept.field.x with
// concept.field.x.hint, concept.flash.x, concept.state.x, concept.error.x.
var (
	keyWords  = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
	keyMarked = regexp.MustCompile(`(^|\.)(field|flash|state|error)(\.|$)|(^|[._])hint(\.|$)`)
	keyShape  = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)*\.(field\.\w+(\.hint)?|(flash|state|error)\.\w+)$`)
)

// keyFault says what is wrong with the shape of a key, "" when nothing is.
func keyFault(key string) string {
	switch {
	case !keyWords.MatchString(key):
		return "a key is lower snake words joined by dots"
	case keyMarked.MatchString(key) && (!keyShape.MatchString(key) || strings.HasSuffix(key, "_hint")):
		return "the shape is concept.field.x, concept.field.x.hint, concept.flash.x, concept.state.x or concept.error.x"
	}
	return ""
}

// catalogueKeys reads the keys of the source language.
func catalogueKeys(t *testing.T) (keys []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "internal", "i18n", "vi", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogues: %v", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]json.RawMessage
		if err := json.Unmarshal(raw, &texts); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key := range texts {
			keys = append(keys, key)
		}
	}
	return keys
}

// oldKeys is a list of the keys that are older than the rule. It may only shrink.
const oldKeys = "testdata/old_keys.txt"

func TestKeysHaveOneShape(t *testing.T) {
	raw, err := os.ReadFile(oldKeys)
	if err != nil {
		t.Fatal(err)
	}
	old, keys := strings.Fields(string(raw)), catalogueKeys(t)
	for _, key := range keys {
		if why := keyFault(key); why != "" && !slices.Contains(old, key) {
			t.Errorf("the key %s: %s", key, why)
		}
	}
	for _, key := range old {
		if keyFault(key) == "" || !slices.Contains(keys, key) {
			t.Errorf("%s: the key %s is gone or in order: take it out of the list", oldKeys, key)
		}
	}
}

func TestShapeOfAKey(t *testing.T) {
	for _, key := range []string{"vendor.field.phone", "vendor.field.phone.hint", "event.clone.field.title", "vendor.flash.saved",
		"tip.state.new", "vendor.error.phone", "event.office.add", "state_of.x"} {
		if why := keyFault(key); why != "" {
			t.Errorf("%s: %s", key, why)
		}
	}
	for _, key := range []string{"vendor", "vendor.fieldName", "vendor.check-db", "field.vendor.phone", "vendor.hint.phone",
		"vendor.phone_hint", "vendor.phone.hint", "error.vendor.phone", "user.state", "event.flash.step.open", "vendor.field.phone.note"} {
		if keyFault(key) == "" {
			t.Errorf("%s: passes for a key in order", key)
		}
	}
}
