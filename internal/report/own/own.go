// Package own writes what a person gets of the data that is kept of it: the file of all of it, and
// what an erasure destroyed.
package own

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"hoicho/internal/i18n"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// File writes all that is kept of a person as a ZIP of two entries: one for programs
// (JSON, columns as they are named in the database) and one for reading (a page).
func File(lang string, d personal.OwnData) (f registry.File, err error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, entry := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"du-lieu.json", func(w io.Writer) error { return writeJSON(w, d) }},
		{"du-lieu.html", func(w io.Writer) error { return page.Execute(w, newSheet(lang, d)) }},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: entry.name, Method: zip.Deflate, Modified: time.UnixMilli(d.At)})
		if err == nil {
			err = entry.write(w)
		}
		if err != nil {
			return f, err
		}
	}
	err = z.Close()
	day := vn.DateOf(time.UnixMilli(d.At))
	return registry.File{ContentType: "application/zip", Name: "du-lieu-ca-nhan_" + day + ".zip", Data: out.Bytes()}, err
}

// writeJSON writes the parts row by row: an object of lists, each row by its columns.
func writeJSON(w io.Writer, d personal.OwnData) error {
	parts := map[string]any{"taken_at": d.At}
	for _, p := range d.Parts {
		rows := make([]map[string]any, len(p.Rows))
		for i, row := range p.Rows {
			rows[i] = map[string]any{}
			for n, column := range p.Columns {
				rows[i][column] = row[n]
			}
		}
		parts[p.Name] = rows
		if p.More {
			parts[p.Name+"_more"] = true
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(parts)
}

// sheet is what is kept of a person, for reading.
type sheet struct {
	Lang, Title, Lead string
	Tables            []table
}

type table struct {
	Title, None, More string
	Columns           []string
	Rows              [][]string
}

func newSheet(lang string, d personal.OwnData) sheet {
	t := func(key string, args ...any) string { return i18n.T(lang, key, args...) }
	s := sheet{Lang: lang, Title: t("own.title"), Lead: t("own.file_lead", instant(d.At))}
	for _, p := range d.Parts {
		part := table{Title: t("own.part." + p.Name)}
		if len(p.Rows) == 0 {
			part.None = t("own.none")
		}
		if p.More {
			part.More = t("own.more", len(p.Rows))
		}
		for _, column := range p.Columns {
			part.Columns = append(part.Columns, t("own.field."+column))
		}
		for _, row := range p.Rows {
			cells := make([]string, len(row))
			for i, v := range row {
				cells[i] = say(t, p.Name+"."+p.Columns[i], v, d.Areas)
			}
			part.Rows = append(part.Rows, cells)
		}
		s.Tables = append(s.Tables, part)
	}
	return s
}

// instant is a moment in unix ms, by the clock of Vietnam; "" for none.
func instant(ms int64) string {
	if ms == 0 {
		return ""
	}
	at := time.UnixMilli(ms)
	return vn.ShowDate(vn.DateOf(at)) + " " + vn.ClockOf(at)
}

// codes are the beginnings of the texts of what is kept as a code, by part and column.
var codes = map[string]string{
	"account.state": "own.state.", "account.lang": "own.lang.",
	"roles.role": "role.", "memberships.role": "vendor.role.",
	"vendors.kind": "vendor.kind.", "vendors.state": "vendor.state.", "vendors.phone_public": "own.yes.",
	"applications.state": "application.state.", "passes.kind": "pass.kind.", "passes.state": "pass.state.",
	"codes.way": "own.way.", "programs.scopes": "apitoken.scope.", "files_read.kind": "import.kind.",
	"log.action": "audit.action.", "log.object": "audit.object.",
}

// say writes a value as its column, "part.column", is read: codes in words, areas by name.
// A code without a text of its own stands as it is; an instant that never was is empty.
func say(t func(key string, args ...any) string, of string, v any, areas map[string]string) string {
	_, column, _ := strings.Cut(of, ".")
	if n, number := v.(int64); number && (column == "at" || strings.HasSuffix(column, "_at")) {
		return instant(n)
	}
	text := fmt.Sprint(v)
	switch {
	case column == "area" && of != "vendors.area" && text == "":
		return t("account.whole_country")
	case text == "":
		return ""
	case strings.HasSuffix(column, "_on"):
		return vn.ShowDate(text)
	case column == "area":
		return cmp.Or(areas[text], text)
	case column == "subject":
		return t(text+".subject", "…", "…", "…", "…", "…", "…")
	}
	begin, code := codes[of]
	if !code {
		return text
	}
	words := strings.Fields(text)
	for i, w := range words {
		if i18n.Has(begin + w) {
			words[i] = t(begin + w)
		}
	}
	return strings.Join(words, ", ")
}

// EraseAnswer says to whoever asked for it what an erasure destroyed, and what stays and why.
func EraseAnswer(lang string, e personal.Effects) string {
	t := func(key string, args ...any) string { return i18n.T(lang, key, args...) }
	lines := []string{t("erase.answer_gone")}
	for _, c := range e.Gone {
		lines = append(lines, "- "+t("erase.part."+string(c.Part))+": "+vn.Count(int64(c.N)))
	}
	lines = append(lines, t("erase.answer_stays"))
	for _, c := range e.Stays {
		lines = append(lines, "- "+t("erase.part."+string(c.Part))+": "+vn.Count(int64(c.N))+". "+t("erase.why."+string(c.Part)))
	}
	return strings.Join(append(lines, t("erase.backups")), "\n")
}

var page = template.Must(template.New("own").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Title}}</title>
<style>body{font-family:sans-serif;margin:2rem}table{border-collapse:collapse}th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left}</style></head>
<body><h1>{{.Title}}</h1><p>{{.Lead}}</p>
{{range .Tables}}<h2>{{.Title}}</h2>{{if .None}}<p>{{.None}}</p>{{else}}<table><thead><tr>{{range .Columns}}<th scope="col">{{.}}</th>{{end}}</tr></thead>
<tbody>{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</tbody></table>{{with .More}}<p>{{.}}</p>{{end}}{{end}}
{{end}}</body></html>
`))
