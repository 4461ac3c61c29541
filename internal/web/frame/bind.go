package frame

import (
	"errors"
	"mime/multipart"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// maxFieldRunes bounds what is read of one field; the rule of the field itself
// is usually tighter and lives in app.
const maxFieldRunes = 20000

// maxTableRunes bounds a table that is pasted into one field.
const maxTableRunes = 120_000

// Bind reads the form of a request into a struct with `form:"name"` tags: string,
// []string, int, int64, number, bool and *multipart.FileHeader; structs that it
// embeds, as the input of a use case, are filled too. Text comes out as NFC
// without control characters, one line unless tagged `lines:"many"`; tagged
// `lines:"raw"`, as passwords are, or `lines:"table"`, for a table that is pasted, it is only made NFC. Of []string empty texts
// are left out, unless tagged `lines:"row"`, so that the columns of a table that
// is filled in row by row stay together; a slice of structs tagged `rows:"name"` is
// such a table, with a column for each field of the struct. Unknown and repeated
// fields are refused as Malformed, like text that is not UTF-8. A number that is
// none is Invalid at its field, after all fields have been read, so that the form
// can be shown again as it was filled in. Names that begin with "_" are not the
// form's own and are passed over.
func Bind(c *fiber.Ctx, form any) error {
	values, files, err := FormValues(c)
	if err != nil {
		return err
	}
	return BindValues(values, files, form)
}

// BindValues is bind for a form that has been read.
func BindValues(values url.Values, files map[string][]*multipart.FileHeader, form any) error {
	b := binder{values: values, files: files, known: map[string]bool{}}
	if err := b.fill(reflect.ValueOf(form).Elem()); err != nil {
		return err
	}
	if err := b.unknown(); err != nil {
		return err
	}
	return b.faults.Err()
}

// FormValues reads an urlencoded or multipart body.
func FormValues(c *fiber.Ctx) (url.Values, map[string][]*multipart.FileHeader, error) {
	malformed := registry.E(registry.Malformed, "error.malformed")
	switch ct := c.Get(fiber.HeaderContentType); {
	case strings.HasPrefix(ct, fiber.MIMEApplicationForm):
		values, err := url.ParseQuery(string(c.BodyRaw()))
		if err != nil {
			return nil, nil, malformed
		}
		return values, nil, nil
	case strings.HasPrefix(ct, fiber.MIMEMultipartForm):
		form, err := c.MultipartForm()
		if err != nil {
			return nil, nil, malformed
		}
		return form.Value, form.File, nil
	case len(c.BodyRaw()) == 0:
		return url.Values{}, nil, nil
	}
	return nil, nil, malformed
}

type binder struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
	known  map[string]bool
	faults registry.Faults
}

// fill sets the tagged fields of a struct and of those that it embeds.
func (b *binder) fill(v reflect.Value) error {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			if err := b.fill(v.Field(i)); err != nil {
				return err
			}
		}
		if f.Tag.Get("rows") != "" {
			if err := b.rows(v.Field(i)); err != nil {
				return err
			}
		}
		if name := f.Tag.Get("form"); name != "" {
			b.known[name] = true
			if err := b.set(v.Field(i), name, f.Tag.Get("lines")); err != nil {
				return err
			}
		}
	}
	return nil
}

// rows fills a table from its columns. Texts stand in the order of the rows; a column
// of ticks holds the texts that the first column has in the rows that are ticked.
// Columns of unequal length were not made by a form: Malformed.
func (b *binder) rows(table reflect.Value) error {
	row := table.Type().Elem()
	columns := make([][]string, row.NumField())
	for i := range columns {
		name := row.Field(i).Tag.Get("form")
		b.known[name] = true
		var err error
		if columns[i], err = b.texts(name, "row"); err != nil {
			return err
		}
		if row.Field(i).Type.Kind() != reflect.Bool && len(columns[i]) != len(columns[0]) {
			return registry.E(registry.Malformed, "error.malformed")
		}
	}
	for n, first := range columns[0] {
		to := reflect.New(row).Elem()
		for i, column := range columns {
			if to.Field(i).Kind() == reflect.Bool {
				to.Field(i).SetBool(slices.Contains(column, first))
			} else {
				to.Field(i).SetString(column[n])
			}
		}
		table.Set(reflect.Append(table, to))
	}
	return nil
}

func (b *binder) unknown() error {
	for name := range b.values {
		if !b.known[name] && !strings.HasPrefix(name, "_") {
			return registry.E(registry.Malformed, "error.unknown_field", name)
		}
	}
	for name := range b.files {
		if !b.known[name] {
			return registry.E(registry.Malformed, "error.unknown_field", name)
		}
	}
	return nil
}

func (b *binder) set(v reflect.Value, name, lines string) error {
	if v.Type() == reflect.TypeFor[*multipart.FileHeader]() {
		if files := b.files[name]; len(files) > 0 && files[0].Size > 0 {
			v.Set(reflect.ValueOf(files[0]))
		}
		return nil
	}
	texts, err := b.texts(name, lines)
	if err != nil {
		return err
	}
	if v.Kind() == reflect.Slice {
		for _, t := range texts {
			if t != "" || lines == "row" {
				v.Set(reflect.Append(v, reflect.ValueOf(t).Convert(v.Type().Elem())))
			}
		}
		return nil
	}
	if len(texts) > 1 {
		return registry.E(registry.Malformed, "error.unknown_field", name)
	}
	if len(texts) == 1 {
		b.setOne(v, name, texts[0])
	}
	return nil
}

// cleaners make text of what was sent, by the tag `lines`.
var cleaners = map[string]func(string) (string, bool){
	"":     vn.CleanLine,
	"row":  vn.CleanLine,
	"many": vn.CleanText,
	"raw":  raw, "table": raw,
}

// raw only makes NFC of a text.
func raw(s string) (string, bool) {
	return vn.NFC(s), utf8.ValidString(s) && !strings.ContainsRune(s, 0)
}

// texts returns the cleaned values of a field.
func (b *binder) texts(name, lines string) ([]string, error) {
	clean, most := cleaners[lines], maxFieldRunes
	if lines == "table" {
		most = maxTableRunes
	}
	out := make([]string, 0, len(b.values[name]))
	for _, raw := range b.values[name] {
		text, ok := clean(raw)
		if !ok {
			return nil, registry.E(registry.Malformed, "error.bad_text")
		}
		if len([]rune(text)) > most {
			b.faults.Add(name, "error.too_long", most)
		}
		out = append(out, text)
	}
	return out, nil
}

// BindOpen is bind for a form whose rules are checked elsewhere: what could not be
// read comes back as unread, so that it is told together with all that is wrong.
func BindOpen(c *fiber.Ctx, form any) (unread registry.Faults, err error) {
	err = Bind(c, form)
	if faults, ok := errors.AsType[registry.Faults](err); ok {
		return faults, nil
	}
	return nil, err
}

func (b *binder) setOne(v reflect.Value, name, text string) {
	if v.Type() == reflect.TypeFor[view.Number]() {
		v.FieldByName("Typed").SetString(text)
		v = v.FieldByName("N")
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(text == "1" || text == "on" || text == "true")
	case reflect.Int, reflect.Int64:
		if text == "" {
			return
		}
		n, err := strconv.ParseInt(strings.NewReplacer(".", "", " ", "").Replace(text), 10, 64)
		if err != nil {
			b.faults.Add(name, "error.not_a_number")
			return
		}
		v.SetInt(n)
	default:
		panic("bind: field " + name + " has a type that forms do not fill")
	}
}
