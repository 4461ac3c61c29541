package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// workbook is an XLSX file being read, part by part.
type workbook struct {
	parts  map[string]*zip.File
	budget int64 // bytes that may still be unpacked
	shared []shared
	styles []style // by number
	epoch  int     // days that its serials are ahead of those that begin with 1900
}

// shared is a text that several cells have.
type shared struct {
	text string
	style
}

// maxParts is more than a workbook of people has: pictures, charts and comments are parts.
const maxParts = 20_000

// readWorkbook reads a sheet of an XLSX file, or says what the file is instead. Other
// programs write XLSX as the library that we write it with never does, and the library
// tells neither formulas nor kinds of cells while it streams: hence a reader of our own.
func readWorkbook(raw []byte, name string) (*Book, error) {
	w, err := openWorkbook(raw)
	if err != nil {
		return nil, err
	}
	b := &Book{}
	sheets, err := w.sheets()
	if err != nil {
		return nil, err
	}
	if err := w.readStyles(); err != nil {
		return nil, err
	}
	if err := w.readShared(); err != nil {
		return nil, err
	}
	for _, s := range sheets {
		b.Sheets = append(b.Sheets, s.name)
	}
	for _, s := range sheets {
		if name != "" && s.name != name {
			continue
		}
		b.Sheet, b.Rows, b.Merges = s.name, nil, nil
		if err := w.readSheet(s.part, b); err != nil {
			return nil, err
		}
		if len(b.Rows) > 0 {
			break
		}
	}
	return b, nil
}

// openWorkbook opens the file and refuses what unpacks to more than the limits, by what
// the parts declare: more than that is not read of them.
func openWorkbook(raw []byte) (*workbook, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(z.File) > maxParts {
		return nil, refuse("broken")
	}
	w := &workbook{parts: map[string]*zip.File{}, budget: MaxUnpacked}
	left := uint64(MaxUnpacked)
	for _, f := range z.File {
		if f.UncompressedSize64 > left {
			return nil, refuse("unpacked", MaxUnpacked>>20)
		}
		left -= f.UncompressedSize64
		w.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	switch {
	case w.parts["xl/workbook.bin"] != nil:
		return nil, refuse("xlsb")
	case w.parts["content.xml"] != nil:
		return nil, refuse("ods")
	case w.parts["xl/workbook.xml"] == nil:
		return nil, refuse("no_table")
	}
	return w, nil
}

// open returns what a part holds, at most as much as it may; nil where there is none.
func (w *workbook) open(name string) (io.ReadCloser, error) {
	f := w.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > MaxPart {
		return nil, refuse("part", MaxPart>>20)
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse("broken")
	}
	return &metered{r, w, MaxPart}, nil
}

// metered ends a part that holds more than it declared or may.
type metered struct {
	io.ReadCloser
	of   *workbook
	left int64
}

// Read reads on, and counts what is unpacked.
func (m *metered) Read(buf []byte) (int, error) {
	n, err := m.ReadCloser.Read(buf)
	m.left -= int64(n)
	m.of.budget -= int64(n)
	switch {
	case m.left < 0:
		return n, refuse("part", MaxPart>>20)
	case m.of.budget < 0:
		return n, refuse("unpacked", MaxUnpacked>>20)
	}
	return n, err
}

// walk hands on the tags and texts of a part in their order. Nothing is made of entities
// other than XML's own.
func (w *workbook) walk(name string, do func(xml.Token) error) error {
	part, err := w.open(name)
	if err != nil || part == nil {
		return err
	}
	defer part.Close()
	d := xml.NewDecoder(part)
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = do(token)
		}
		if err != nil {
			return ours(err)
		}
	}
}

// ours keeps what says what is wrong; any other error is a file that is broken.
func ours(err error) error {
	if _, ok := errors.AsType[*xml.SyntaxError](err); ok || !isRefusal(err) {
		return refuse("broken")
	}
	return err
}

// attr is an attribute of a tag, whatever its prefix.
func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// sheetPart is a sheet that the workbook shows.
type sheetPart struct{ name, part string }

// sheets finds the sheets that are shown, and how the workbook counts days.
func (w *workbook) sheets() (list []sheetPart, err error) {
	at := map[string]string{}
	err = w.walk("xl/_rels/workbook.xml.rels", func(token xml.Token) error {
		if t, ok := token.(xml.StartElement); ok && t.Name.Local == "Relationship" {
			target := attr(t, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "xl/" + target
			}
			at[attr(t, "Id")] = strings.TrimPrefix(path.Clean("/"+target), "/")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = w.walk("xl/workbook.xml", func(token xml.Token) error {
		t, ok := token.(xml.StartElement)
		switch {
		case ok && t.Name.Local == "workbookPr" && isOn(attr(t, "date1904")):
			w.epoch = 1462
		case ok && t.Name.Local == "sheet" && (attr(t, "state") == "" || attr(t, "state") == "visible"):
			list = append(list, sheetPart{attr(t, "name"), at[relation(t)]})
		}
		return nil
	})
	return list, err
}

// relation is the id by which a sheet names its part: the attribute with a prefix, since
// a sheet has an id of its own beside it.
func relation(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func isOn(value string) bool { return value == "1" || value == "true" }

// readShared reads the texts that cells share.
func (w *workbook) readShared() error {
	var at words
	return w.walk("xl/sharedstrings.xml", func(token xml.Token) error {
		if at.take(token, w) {
			w.shared = append(w.shared, shared{clean(at.text.String()), at.style})
			at = words{}
		}
		return nil
	})
}

// words gathers the runs of one text of a workbook, without how it is read aloud.
type words struct {
	text  strings.Builder
	in    bool // inside a run's text
	aside int  // inside what tells how to read it
	style      // of its first run
}

// take reports whether a text has ended.
func (x *words) take(token xml.Token, w *workbook) (ended bool) {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "t":
			x.in = x.aside == 0
		case "rPh":
			x.aside++
		case "rFont":
			x.style = x.style.inFont(attr(t, "val"))
		}
	case xml.CharData:
		if x.in {
			x.text.Write(t)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "t":
			x.in = false
		case "rPh":
			x.aside--
		}
		return t.Name.Local == "si"
	}
	return false
}
