package web_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/web"
)

// payloads break out of texts, attributes, titles, text areas, styles, addresses
// and templates, in the ways of the corpora that testers use. What they would
// leave in a page is an element x-evil or an attribute onevil.
var payloads = []string{
	`<x-evil>`, `"><x-evil>`, `'><x-evil>`, `</textarea><x-evil>`, `</title><x-evil>`, `</script><x-evil>`, `--><x-evil>`, `]]><x-evil>`,
	`" onevil=1 x="`, `' onevil=1 x='`, ` onevil=1 `, `" autofocus onevil=1`, `</select><x-evil>`, `</option><x-evil>`, `</style><x-evil>`,
	`</svg><x-evil>`, `<svg><x-evil>`, `<math><x-evil>`, `<x-evil/onevil=1>`, `<<x-evil>>`, `<x-evil onevil=1//`, `\"><x-evil>`,
	`%22%3E%3Cx-evil%3E`, `&lt;x-evil&gt;`, `&#60;x-evil&#62;`, `&quot; onevil=1`, "<x-evil\u00a0>", "＜x-evil＞", `{{"<x-evil>"}}`,
	`javascript:onevil`, `<a href="javascript:onevil">`, `<img src=x onerror=onevil>`, `<iframe srcdoc="<x-evil>">`, `<base href=//evil.example>`,
	`<form action=//evil.example>`, `<meta http-equiv=refresh content=0>`, `=cmd|' /C calc'!A0`, `@SUM(1)`, `+1`, `-1+1`,
}

// leavesFormsAlone names what must not be sent to: it signs out, or takes away
// what the other forms stand on.
var leavesFormsAlone = regexp.MustCompile(`dang-xuat|mat-khau|phien/|/email|/xoa|/khoa|/huy|/chan|/go$|/thu-hoi|/buoc|/doi$|/bo|tu-choi|/rut|/duyet|/quyet-dinh|/hoan-tac|/doi-chieu|/loat|/cho$|/tra-|/giai-phong|/nha|/may/|cai-dat|ma-giay|ap-phich`)

// spoiled is a form with payloads in every field for text.
func spoiled(page testkit.Doc, form testkit.Form, n *int) (testkit.Form, []string) {
	var names []string
	for _, tag := range []string{"input", "textarea"} {
		for _, field := range page.Find(tag).Each() {
			name, kind := field.Attr("name"), field.Attr("type")
			if len(form.Fields[name]) != 1 || // the columns of tables stay together
				slices.Contains(names, name) || !slices.Contains([]string{"", "text", "search"}, kind) || field.Attr("inputmode") == "numeric" || name == "area" {
				continue
			}
			*n++
			form = form.Set(name, payloads[*n%len(payloads)]+" "+payloads[(*n*7)%len(payloads)])
			names = append(names, name)
		}
	}
	return form, names
}

// completed chooses and fills in what a form needs beside its texts.
func completed(page testkit.Doc, form testkit.Form) testkit.Form {
	for _, choice := range page.Find("select").Each() {
		name, options := choice.Attr("name"), choice.Find("option").Each()
		if form.Fields.Has(name) && form.Fields.Get(name) == "" && len(options) > 0 {
			form = form.Set(name, options[len(options)-1].Attr("value"))
		}
	}
	for _, field := range page.Find("input").Each() {
		name, kind := field.Attr("name"), field.Attr("type")
		if kind == "checkbox" && name == "scopes" && form.Fields.Get(name) == "" { // a token of the API opens something
			form.Fields.Set(name, field.Attr("value"))
			continue
		}
		if !form.Has(name) || form.Fields.Get(name) != "" || len(form.Fields[name]) > 1 {
			continue
		}
		switch {
		case kind == "radio":
			form = form.Set(name, field.Attr("value"))
		case field.Attr("placeholder") == "ngày/tháng/năm":
			form = form.Set(name, "22/11/2026")
		case field.Attr("inputmode") == "numeric":
			form = form.Set(name, "1")
		case name == "area":
			form = form.Set(name, "ba be")
		case kind == "tel":
			form = form.Set(name, "0912345678")
		}
	}
	return form
}

// TestLongTypedMarkupIsText fills every form that a page shows with markup, in all its
// fields for text, and opens every page again: what was typed is text everywhere,
// and stands in no file as a program.
func TestLongTypedMarkupIsText(t *testing.T) {
	need.Long(t)
	t.Parallel()
	s := newStall(t)
	readers := readersOf(t, &s)
	visits := visitsOf(&s, web.Policies(s.server))
	n, taken := 0, map[string]bool{}
	for _, v := range visits {
		page := testkit.Page(t, readers[v.who].Get(v.path).Body)
		for _, form := range page.Forms() {
			if form.Method != "POST" || leavesFormsAlone.MatchString(form.Action) || taken[form.Action] {
				continue
			}
			sent, names := spoiled(page, completed(page, form), &n)
			if len(names) == 0 {
				continue
			}
			got := readers[v.who].Post(form.Action, sent.Fields)
			if got.Status == 422 { // some of its fields take no such text: leave those as they were
				again := testkit.Page(t, got.Body)
				noMarkup(t, form.Action+" shown again", got.Body)
				for name := range sent.Fields {
					if again.Find("#e-"+name).Count() > 0 {
						sent = sent.Set(name, form.Fields.Get(name))
					}
				}
				got = readers[v.who].Post(form.Action, sent.Fields)
			}
			if got.Status >= 500 {
				t.Errorf("%s: %d", form.Action, got.Status)
			}
			taken[form.Action] = taken[form.Action] || got.Status == 303 || got.Status == 200
		}
	}
	accepted := 0
	for _, ok := range taken {
		if ok {
			accepted++
		}
	}
	if accepted < 18 {
		t.Errorf("only %d forms took the markup: %v", accepted, taken)
	}
	found := 0
	for _, v := range visits {
		body := readers[v.who].Get(v.path).Body
		found += strings.Count(body, "x-evil")
		noMarkup(t, v.path, body)
	}
	if found < 50 {
		t.Errorf("the markup stands on the pages %d times: the test does not bite", found)
	}
}

// noMarkup fails the test when typed markup became part of a page.
func noMarkup(t *testing.T, where, body string) {
	t.Helper()
	page := testkit.Page(t, body)
	for _, bad := range []string{"x-evil", "[onevil]", "[onerror]", "iframe", "base", "[srcdoc]", "meta[http-equiv=refresh]"} {
		if page.Find(bad).Count() > 0 {
			t.Errorf("%s: typed markup became %s", where, bad)
		}
	}
	for _, a := range page.Find("a").Each() {
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Attr("href"))), "javascript:") {
			t.Errorf("%s links to a program: %s", where, a.Attr("href"))
		}
	}
	for _, form := range page.Find("form").Each() {
		if strings.Contains(form.Attr("action"), "evil.example") {
			t.Errorf("%s sends a form elsewhere", where)
		}
	}
}
