package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/xuri/nfp"
)

// style is what the look of a cell says of what it holds.
type style struct {
	date, clock  bool
	zeros        int // digits at least, by the form "0000000000"
	old, capital bool
}

// readStyles reads the looks that cells name by number.
func (w *workbook) readStyles() error {
	r := styleReader{forms: map[int]style{}}
	err := w.walk("xl/styles.xml", r.token)
	w.styles = r.styles
	return err
}

// styleReader reads forms of numbers and typefaces, and the looks that are made of them.
type styleReader struct {
	forms  map[int]style
	fonts  []style
	styles []style
	within string // the list that is being read
}

func (r *styleReader) token(token xml.Token) error {
	t, ok := token.(xml.StartElement)
	if !ok {
		return nil
	}
	switch t.Name.Local {
	case "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs":
		r.within = t.Name.Local
	case "numFmt":
		if n, err := strconv.Atoi(attr(t, "numFmtId")); err == nil && r.within == "numFmts" {
			r.forms[n] = formOf(attr(t, "formatCode"))
		}
	case "font":
		if r.within == "fonts" {
			r.fonts = append(r.fonts, style{})
		}
	case "name":
		if r.within == "fonts" && len(r.fonts) > 0 {
			last := &r.fonts[len(r.fonts)-1]
			*last = last.inFont(attr(t, "val"))
		}
	case "xf":
		if r.within == "cellXfs" {
			r.styles = append(r.styles, r.look(t))
		}
	}
	return nil
}

func (r *styleReader) look(t xml.StartElement) style {
	form, _ := strconv.Atoi(attr(t, "numFmtId"))
	s, own := r.forms[form]
	if !own {
		s = builtIn(form)
	}
	if n, err := strconv.Atoi(attr(t, "fontId")); err == nil && n >= 0 && n < len(r.fonts) {
		s.old, s.capital = r.fonts[n].old, r.fonts[n].capital
	}
	return s
}

// inFont notes the typeface: those of before Unicode begin with ".Vn", and those that
// have capitals alone end with an H.
func (s style) inFont(name string) style {
	if strings.HasPrefix(strings.ToLower(name), ".vn") {
		s.old, s.capital = true, strings.HasSuffix(name, "H")
	}
	return s
}

// builtIn is a form that every spreadsheet program knows by its number (ECMA-376,
// 18.8.30).
func builtIn(n int) style {
	switch {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n >= 34 && n <= 36, n >= 50 && n <= 58:
		return style{date: true}
	case n >= 18 && n <= 21, n == 32, n == 33, n >= 45 && n <= 47:
		return style{clock: true}
	case n == 22:
		return style{date: true, clock: true}
	}
	return style{}
}

// formOf reads the form in which a number is shown.
func formOf(code string) (s style) {
	if len(code) > 255 {
		return s
	}
	if strings.Trim(code, "0") == "" {
		s.zeros = len(code)
		return s
	}
	parser := nfp.NumberFormatParser()
	sections := parser.Parse(code)
	if len(sections) == 0 {
		return s
	}
	for _, token := range sections[0].Items { // the first is that of positive numbers
		if token.TType == nfp.TokenTypeDateTimes || token.TType == nfp.TokenTypeElapsedDateTimes {
			letters := strings.ToLower(token.TValue)
			s.date = s.date || strings.ContainsAny(letters, "yde")
			s.clock = s.clock || strings.ContainsAny(letters, "hs")
		}
	}
	return s
}
