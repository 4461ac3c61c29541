// Package i18n holds every text that people read, in Vietnamese (the source)
// and English. One file per concept and language; keys are flat and dotted.
//
// Arguments stand in messages as {{.A0}}, {{.A1}}, …. A message that differs in
// number is an object with "one" and "other", chosen by the first argument.
package i18n

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed vi/*.json en/*.json
var files embed.FS

// The languages, by the code in cookies and lang attributes.
const (
	Vietnamese = "vi"
	English    = "en"
)

// Languages lists the languages, the source first.
var Languages = []string{Vietnamese, English}

// catalog is all messages, ready to be looked up.
type catalog struct {
	localizers map[string]*goi18n.Localizer
	plural     map[string]bool // "en nav.events"
	keys       map[string]map[string]string
}

var load = sync.OnceValue(func() *catalog {
	c, err := newCatalog(files)
	if err != nil {
		panic(err) // embedded files: a broken catalog must not start
	}
	return c
})

func newCatalog(fsys fs.FS) (*catalog, error) {
	bundle := goi18n.NewBundle(language.Vietnamese)
	c := &catalog{localizers: map[string]*goi18n.Localizer{}, plural: map[string]bool{}, keys: map[string]map[string]string{}}
	for _, lang := range Languages {
		c.keys[lang] = map[string]string{}
		names, err := fs.Glob(fsys, lang+"/*.json")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := c.add(bundle, fsys, lang, name); err != nil {
				return nil, fmt.Errorf("catalog %s: %w", name, err)
			}
		}
	}
	for _, lang := range Languages {
		c.localizers[lang] = goi18n.NewLocalizer(bundle, lang)
	}
	return c, nil
}

// add reads one file into the bundle. A key twice in a language is an error.
func (c *catalog) add(bundle *goi18n.Bundle, fsys fs.FS, lang, name string) error {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(raw)) // a map would hide a key that stands twice in one file
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		var v any
		if err := dec.Decode(&v); err != nil {
			return err
		}
		key, _ := name.(string)
		if _, twice := c.keys[lang][key]; twice {
			return fmt.Errorf("key %s stands twice", key)
		}
		m := &goi18n.Message{ID: key}
		switch v := v.(type) {
		case string:
			m.Other = v
		case map[string]any:
			m.One, _ = v["one"].(string)
			m.Other, _ = v["other"].(string)
			c.plural[lang+" "+key] = m.One != ""
		default:
			return fmt.Errorf("key %s is neither text nor forms", key)
		}
		c.keys[lang][key] = m.Other
		if err := bundle.AddMessages(language.Make(lang), m); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// T returns the message key in a language with its arguments filled in. An
// unknown key comes back as itself, so that a page still shows something; the
// catalog tests keep that from landing.
func T(lang, key string, args ...any) string {
	c := load()
	loc, ok := c.localizers[lang]
	if !ok {
		lang, loc = Vietnamese, c.localizers[Vietnamese]
	}
	if len(args) == 0 {
		if text, ok := c.keys[lang][key]; ok {
			return text
		}
		return key
	}
	config := &goi18n.LocalizeConfig{MessageID: key, TemplateData: data(lang, args)}
	if c.plural[lang+" "+key] {
		config.PluralCount = fmt.Sprint(args[0])
	}
	text, err := loc.Localize(config)
	if err != nil {
		return key
	}
	return text
}

// Texts returns all messages whose keys begin with a prefix, for a script that
// shows them. Their arguments stand in them as they are written.
func Texts(lang, prefix string) map[string]string {
	all, ok := load().keys[lang]
	if !ok {
		all = load().keys[Vietnamese]
	}
	texts := map[string]string{}
	for key, text := range all {
		if strings.HasPrefix(key, prefix) {
			texts[key] = text
		}
	}
	return texts
}

// Has reports whether a key exists.
func Has(key string) bool {
	_, ok := load().keys[Vietnamese][key]
	return ok
}

func data(lang string, args []any) map[string]any {
	m := make(map[string]any, len(args))
	for i, a := range args {
		if text, ok := a.(string); ok && len(text) == len(Midnight)+len("02/01/2006") && strings.HasPrefix(text, Midnight) {
			a = T(lang, "event.end_of_day", text[len(Midnight):])
		} else if ok && strings.Contains(text, mark) {
			a = told.ReplaceAllStringFunc(text, func(part string) string { return say(lang, part) })
		}
		m["A"+strconv.Itoa(i)] = a
	}
	return m
}

// mark stands on both sides of a part of an argument that is a text of its own: the JSON
// list of its key and arguments, of which "@" begins another key. Nothing that people type
// holds the mark.
const mark = "\x1f"

var told = regexp.MustCompile(mark + "[^" + mark + "]*" + mark)

// say is such a part in the words of a language.
func say(lang, part string) string {
	var words []string
	if err := json.Unmarshal([]byte(strings.Trim(part, mark)), &words); err != nil || len(words) == 0 {
		return ""
	}
	args := make([]any, len(words)-1)
	for i, word := range words[1:] {
		args[i] = word
		if key, ok := strings.CutPrefix(word, "@"); ok && Has(key) {
			args[i] = T(lang, key)
		}
	}
	return T(lang, words[0], args...)
}

// Midnight begins a deadline at the end of a day, as in "24:00 08/12/2026". An argument of a
// text that is one is told in the words of the language: a notice is written before it is
// known who reads it.
const Midnight = "24:00 "

// Match chooses a language: the one asked for by cookie if there is one, else
// Vietnamese. Browsers sold in Vietnam often ask for English by default, so
// their wish is not taken for the reader's.
func Match(cookie string) string {
	if cookie == English {
		return English
	}
	return Vietnamese
}
