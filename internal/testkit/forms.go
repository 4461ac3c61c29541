package testkit

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Form is a form as a browser without JavaScript would send it untouched.
type Form struct {
	ID, Action, Method, Enctype string
	// Fields holds the successful controls: named, not disabled, ticked where
	// they can be ticked. Buttons are left out, because only the pressed one
	// is sent.
	Fields url.Values
	// Buttons holds the named submit buttons and their values.
	Buttons url.Values
	// Files names the file inputs.
	Files []string
	// Hidden names the fields that the page fills in by itself, Written those for text,
	// Ticked those that are ticked or not.
	Hidden, Written, Ticked []string
	// controls names every control that can be filled in, ticked or not.
	controls []string
	t        testing.TB
}

// Forms returns the forms of a page in document order. Method is in capitals
// and GET when it is absent; Action is as written.
func Forms(t testing.TB, body string) []Form {
	t.Helper()
	return Page(t, body).Forms()
}

// Forms returns the forms of this part of a page.
func (d Doc) Forms() []Form {
	d.t.Helper()
	var forms []Form
	for _, f := range d.Find("form").Each() {
		forms = append(forms, d.form(f))
	}
	return forms
}

// Form returns the one form that sends to the action and fails the test when
// there is none or more than one.
func (d Doc) Form(action string) Form {
	d.t.Helper()
	var found []Form
	for _, f := range d.Forms() {
		if f.Action == action {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		d.t.Fatalf("%s has %d forms to %s, want one", d.where, len(found), action)
	}
	return found[0]
}

// Set fills a field in and returns the form. It fails the test when the form
// has no such control, as a visitor could not fill it in either.
func (f Form) Set(name string, values ...string) Form {
	f.t.Helper()
	if !slices.Contains(f.controls, name) {
		f.t.Fatalf("the form to %s has no field %s, it has %s", f.Action, name, strings.Join(f.controls, ", "))
	}
	fields := url.Values{}
	for k, v := range f.Fields {
		fields[k] = slices.Clone(v)
	}
	fields[name] = values
	f.Fields = fields
	return f
}

// Has reports whether the form has a field of a name, ticked or not.
func (f Form) Has(name string) bool { return slices.Contains(f.controls, name) }

// Typed returns the names of the fields that a visitor fills in, ticks or chooses.
func (f Form) Typed() (names []string) {
	for _, name := range f.controls {
		if !slices.Contains(f.Hidden, name) {
			names = append(names, name)
		}
	}
	return names
}

// form reads a form with the controls that name it from outside.
func (d Doc) form(doc Doc) Form {
	n := doc.nodes[0]
	f := Form{
		t: d.t, ID: doc.Attr("id"), Action: doc.Attr("action"), Method: strings.ToUpper(doc.Attr("method")),
		Enctype: doc.Attr("enctype"), Fields: url.Values{}, Buttons: url.Values{},
	}
	if f.Method == "" {
		f.Method = "GET"
	}
	root := n
	for root.Parent != nil {
		root = root.Parent
	}
	for _, c := range descendants([]*html.Node{root}, isControl) {
		if ownerOf(c, n, f.ID) {
			f.add(c)
		}
	}
	return f
}

func isControl(n *html.Node) bool {
	return n.Type == html.ElementNode &&
		slices.Contains([]string{"input", "select", "textarea", "button"}, n.Data)
}

// ownerOf reports whether the control belongs to the form: its form attribute
// decides, else the form around it.
func ownerOf(control, form *html.Node, formID string) bool {
	if id, ok := attr(control, "form"); ok {
		return id != "" && id == formID
	}
	for p := control.Parent; p != nil; p = p.Parent {
		if p == form {
			return true
		}
	}
	return false
}

func (f *Form) add(n *html.Node) {
	name, _ := attr(n, "name")
	if name == "" || isDisabled(n) {
		return
	}
	value, _ := attr(n, "value")
	switch kind := controlKind(n); kind {
	case "submit", "image":
		f.Buttons.Add(name, value)
		return
	case "button", "reset":
		return
	case "file":
		f.Files = append(f.Files, name)
		return
	case "hidden":
		f.Hidden = append(f.Hidden, name)
		f.Fields.Add(name, value)
	case "checkbox", "radio":
		f.Ticked = append(f.Ticked, name)
		f.addTicked(n, name)
	case "select":
		f.addSelected(n, name)
	case "textarea":
		f.Written = append(f.Written, name)
		f.Fields.Add(name, strings.TrimPrefix(rawText(n), "\n"))
	default:
		f.Written = append(f.Written, name)
		f.Fields.Add(name, value)
	}
	if !slices.Contains(f.controls, name) {
		f.controls = append(f.controls, name)
	}
}

// controlKind returns the type of an input or a button, else the tag.
func controlKind(n *html.Node) string {
	if n.Data != "input" && n.Data != "button" {
		return n.Data
	}
	kind, _ := attr(n, "type")
	if kind == "" && n.Data == "button" {
		return "submit"
	}
	return strings.ToLower(kind)
}

func (f *Form) addTicked(n *html.Node, name string) {
	if _, ticked := attr(n, "checked"); !ticked {
		return
	}
	value, ok := attr(n, "value")
	if !ok {
		value = "on"
	}
	f.Fields.Add(name, value)
}

// addSelected adds the selected options; a list of which one option must be
// chosen sends its first one when none is marked.
func (f *Form) addSelected(n *html.Node, name string) {
	options := descendants([]*html.Node{n}, func(o *html.Node) bool {
		return o.Type == html.ElementNode && o.Data == "option" && !isDisabled(o)
	})
	chosen := slices.DeleteFunc(slices.Clone(options), func(o *html.Node) bool {
		_, selected := attr(o, "selected")
		return !selected
	})
	if _, multiple := attr(n, "multiple"); !multiple && len(options) > 0 {
		if len(chosen) == 0 {
			chosen = options[:1]
		}
		chosen = chosen[len(chosen)-1:]
	}
	for _, o := range chosen {
		value, ok := attr(o, "value")
		if !ok {
			value = oneSpace(rawText(o))
		}
		f.Fields.Add(name, value)
	}
}

func isDisabled(n *html.Node) bool {
	if _, disabled := attr(n, "disabled"); disabled {
		return true
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if _, disabled := attr(p, "disabled"); disabled && p.Data == "fieldset" {
			return true
		}
	}
	return false
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
