package field

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Input is a stored subject as its form takes it. Fields that stand apart are
// filled where a text of the subject tells them.
func (l List[In, S]) Input(s S) (in In) {
	for _, f := range l {
		f.show(f.typed(&in), f.stored(&s))
	}
	return in
}

// show writes what is stored as it is typed.
func (f Field[In, S]) show(typed, stored any) {
	if stored == nil {
		return
	}
	to, ok := typed.(*string)
	if from := reflect.TypeOf(stored); from == reflect.TypeOf(typed) && !ok {
		assign(typed, stored)
		return
	}
	if ok {
		*to = f.shown(stored)
	}
}

// shown is a stored value as a text that its form takes.
func (f Field[In, S]) shown(stored any) string {
	switch from := stored.(type) {
	case *registry.Point:
		return from.Coordinates()
	case fmt.Stringer:
		return from.String()
	case *[]string:
		return strings.Join(*from, "\n")
	case *int64:
		return f.shownNumber(vn.Count(*from))
	case *int:
		if f.Kind == Clock {
			return vn.ShowClock(*from)
		}
		return f.shownNumber(strconv.Itoa(*from))
	}
	return f.shownText(reflect.ValueOf(stored).Elem().String())
}

func (f Field[In, S]) shownNumber(text string) string {
	if text == "0" && !f.Zero {
		return ""
	}
	return text
}

func (f Field[In, S]) shownText(text string) string {
	switch {
	case f.Kind == Phone:
		return vn.ShowPhone(text)
	case f.Kind == Date && text != "":
		return vn.ShowDate(text)
	}
	return text
}

// Read fills a subject from its form, all but the fields that stand apart, and
// notes what is wrong with each.
func (l List[In, S]) Read(r *core.Input, in In, s *S) {
	for _, f := range l {
		if f.Apart {
			continue
		}
		typed, stored := f.At(&in, s)
		text, ok := typed.(*string)
		if !ok {
			assign(stored, typed)
			continue
		}
		f.read(r, *text, stored)
		if f.Required && len(f.Codes) == 0 {
			clean, _ := vn.CleanLine(*text)
			r.Faults.Check(clean != "", f.Name, "error.required")
		}
	}
}

// read reads a text as it is stored.
func (f Field[In, S]) read(r *core.Input, text string, stored any) {
	switch to := stored.(type) {
	case *string:
		*to = f.readText(r, text)
	case *registry.Point:
		*to = readPoint(r, f.Name, text)
	case *registry.TaxCode:
		*to = readTaxCode(r, f.Name, text, *to)
	case *[]string:
		*to = f.readLines(r, text)
	case *int64:
		*to = r.Money(f.Name, text, int64(f.Max))
	case *int:
		*to = r.Between(f.Name, r.Count(f.Name, text), 0, f.Max)
	default: // a code of a type of its own
		r.Faults.Check(slices.Contains(f.Codes, text) || text == "" && !f.Required, f.Name, "error.choose")
		reflect.ValueOf(stored).Elem().SetString(text)
	}
}

func (f Field[In, S]) readText(r *core.Input, text string) string {
	switch f.Kind {
	case Phone:
		return r.Phone(f.Name, text)
	case Email:
		return r.Email(f.Name, text)
	case GTIN:
		return r.GTIN(f.Name, text)
	case Date:
		return r.Date(f.Name, text)
	case Text:
		return r.Text(f.Name, text, f.Max)
	}
	return r.Line(f.Name, text, f.Max)
}

// readLines reads a list, without its empty lines.
func (f Field[In, S]) readLines(r *core.Input, text string) (lines []string) {
	for line := range strings.SplitSeq(r.Text(f.Name, text, f.Max), "\n") {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// readPoint reads coordinates, or the address of a map that holds them; "" is none.
func readPoint(r *core.Input, field, text string) (p registry.Point) {
	if text == "" {
		return p
	}
	lat, lon, ok := core.ParsePlace(text)
	r.Faults.Check(ok, field, "event.fault.place")
	return registry.Point{LatE6: lat, LonE6: lon}
}

// readTaxCode reads an optional tax code. The masked form that a page shows of a
// stored personal number comes back as that number.
func readTaxCode(r *core.Input, field, text string, old registry.TaxCode) registry.TaxCode {
	switch text {
	case "":
		return ""
	case old.String():
		return old
	}
	code, err := vn.ParseTaxCode(text)
	r.Note(field, err)
	return registry.TaxCode(code.Number)
}
