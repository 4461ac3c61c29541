package docxtemplate

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/beevik/etree"
)

// MaxBytes is how large a template may be: what a request carries beside the form around it.
const MaxBytes = 1_000_000

// Bounds of what a template unpacks to.
const (
	maxUnpacked = 32 << 20
	maxEntries  = 500
)

// What says what is wrong with a template.
type What string

// The faults.
const (
	TooLarge What = "too_large"
	NotWord  What = "not_word" // no .docx
	Broken   What = "broken"   // a .docx that Word would have to repair
	Macros   What = "macros"   // it holds a program
	Outside  What = "outside"  // it loads something from elsewhere when it is opened
	Unclosed What = "unclosed" // a mark without its end
	Crossed  What = "crossed"  // a passage whose marks stand where none can be repeated
	Unknown  What = "unknown"  // fields that do not exist
	TooMuch  What = "too_much" // it would repeat more than a paper can hold
)

// Fault is why a file is no template. Text is where: a mark, or a part of the file.
type Fault struct {
	What What
	Text string
}

// Error is for logs.
func (f *Fault) Error() string { return fmt.Sprintf("docx template: %s %s", f.What, f.Text) }

// Template is a document with marks, read once and filled often.
type Template struct {
	zip   *zip.Reader
	parts []part
}

// part is an entry of the file that has text.
type part struct {
	name string
	doc  *etree.Document
}

// textParts are the entries in which marks are looked for.
var textParts = regexp.MustCompile(`^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$`)

// Parse reads a template. The error is a *Fault: of the file, not of its marks, which Check looks
// at.
func Parse(data []byte) (*Template, error) {
	if len(data) > MaxBytes {
		return nil, &Fault{What: TooLarge}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &Fault{What: NotWord}
	}
	if err := checkEntries(z); err != nil {
		return nil, err
	}
	t := &Template{zip: z}
	for _, f := range z.File {
		if err := t.read(f); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// checkEntries looks at the names and sizes of the entries.
func checkEntries(z *zip.Reader) error {
	seen, size := map[string]bool{}, uint64(0)
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if seen[name] || !strings.HasSuffix(name, "/") && path.Clean(name) != name || strings.HasPrefix(name, "/") || strings.HasPrefix(name, "..") {
			return &Fault{Broken, f.Name}
		}
		if strings.Contains(name, "vbaproject") || strings.Contains(name, "/activex/") {
			return &Fault{Macros, f.Name}
		}
		seen[name], size = true, size+f.UncompressedSize64
	}
	switch {
	case len(z.File) > maxEntries || size > maxUnpacked:
		return &Fault{What: TooLarge}
	case !seen["word/document.xml"] || !seen["[content_types].xml"]:
		return &Fault{What: NotWord}
	}
	return nil
}

// read looks into an entry, and keeps it if it has text.
func (t *Template) read(f *zip.File) error {
	types, relations := f.Name == "[Content_Types].xml", strings.HasSuffix(f.Name, ".rels")
	if !types && !relations && !textParts.MatchString(f.Name) {
		return nil
	}
	doc, err := readXML(f)
	if err != nil {
		return err
	}
	switch root := doc.Root(); {
	case types:
		return checkTypes(root)
	case relations:
		return checkRelations(root)
	case root.Space != "w":
		return &Fault{Broken, f.Name}
	}
	t.parts = append(t.parts, part{f.Name, doc})
	return nil
}

// readXML reads an entry as XML without a document type, which could name other files.
func readXML(f *zip.File) (*etree.Document, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &Fault{Broken, f.Name}
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1))
	if err != nil || uint64(len(raw)) != f.UncompressedSize64 {
		return nil, &Fault{Broken, f.Name}
	}
	doc := etree.NewDocument()
	doc.ReadSettings = etree.ReadSettings{MaxDepth: 200, ValidateInput: true, PreserveDuplicateAttrs: true}
	if err := doc.ReadFromBytes(raw); err != nil || doc.Root() == nil {
		return nil, &Fault{Broken, f.Name}
	}
	for _, token := range doc.Child {
		if _, is := token.(*etree.Directive); is {
			return nil, &Fault{Broken, f.Name}
		}
	}
	return doc, nil
}

// checkTypes refuses what is no plain document: one with macros, a .dotx.
func checkTypes(root *etree.Element) error {
	for _, e := range root.ChildElements() {
		kind := strings.ToLower(e.SelectAttrValue("ContentType", ""))
		if strings.Contains(kind, "macroenabled") || strings.Contains(kind, "vbaproject") {
			return &Fault{Macros, e.SelectAttrValue("PartName", "")}
		}
		if strings.Contains(kind, "template.main") {
			return &Fault{What: NotWord}
		}
	}
	return nil
}

// checkRelations refuses what is loaded from elsewhere. A link that a reader follows is not.
func checkRelations(root *etree.Element) error {
	for _, e := range root.ChildElements() {
		outside := strings.EqualFold(e.SelectAttrValue("TargetMode", ""), "External")
		if outside && !strings.HasSuffix(e.SelectAttrValue("Type", ""), "/hyperlink") {
			return &Fault{Outside, e.SelectAttrValue("Target", "")}
		}
	}
	return nil
}

// write puts the file together with other texts in it. Every other entry is copied as it is.
func (t *Template) write(filled map[string]*etree.Document) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range t.zip.File {
		doc := filled[f.Name]
		if doc == nil {
			if err := z.Copy(f); err != nil {
				return nil, fmt.Errorf("docx template %s: %w", f.Name, err)
			}
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
		if err == nil {
			_, err = doc.WriteTo(w)
		}
		if err != nil {
			return nil, fmt.Errorf("docx template %s: %w", f.Name, err)
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// FaultOf is the fault that an error tells of; nil for another error.
func FaultOf(err error) *Fault {
	var f *Fault
	errors.As(err, &f)
	return f
}
