package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"hoicho/internal/i18n"
)

// The files that speak of the others.
const (
	manifestName = "manifest.json"
	indexName    = "index.html"
	sumsName     = "SHA256SUMS"
)

// standing is how far a form of a period was when the archive was made.
type standing struct {
	Period   string `json:"period"`
	Form     string `json:"form"`
	Province string `json:"province"`
	Units    int    `json:"units"`
	Filed    int    `json:"filed"`
	Locked   bool   `json:"locked"`
	name     string
}

// manifest is what an archive says of itself.
type manifest struct {
	Format   int        `json:"format"`
	Year     int        `json:"year"`
	Province string     `json:"province"`
	AsOf     string     `json:"as_of"` // when anything in it came last, RFC 3339
	Periods  []standing `json:"periods"`
	Open     []standing `json:"not_locked"`
	Files    []entry    `json:"files"`
}

func (m *maker) manifest() manifest {
	out := manifest{Format: 1, Year: m.year, Province: m.province.String(), AsOf: m.book.at.Format("2006-01-02T15:04:05Z"), Open: []standing{}, Files: m.book.entries}
	for _, t := range m.turns {
		for _, o := range t.forms {
			if len(o.Rows) == 0 {
				continue
			}
			s := standing{t.String(), string(o.Query.Form), t.province.String(), len(o.Rows), o.Filed, o.Lock != nil, t.name()}
			if out.Periods = append(out.Periods, s); !s.Locked {
				out.Open = append(out.Open, s)
			}
		}
	}
	return out
}

// close writes the files that speak of the others, and ends the archive.
func (m *maker) close(context.Context) error {
	of := m.manifest()
	data, err := json.MarshalIndent(of, "", " ")
	if err == nil {
		err = m.book.add(manifestName, say("archive.manifest"), append(data, '\n'))
	}
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := index.Execute(&page, m.sheet(of)); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if err := m.book.add(indexName, say("archive.title", fmt.Sprint(m.year)), page.Bytes()); err != nil {
		return err
	}
	if err := m.book.add(sumsName, sumsName, m.book.sums()); err != nil {
		return err
	}
	return m.book.zip.Close()
}

// parts are the folders of an archive, in the order shown to people.
var parts = []struct{ folder, title string }{{"van-ban/", "archive.part.papers"}, {"su-kien/", "archive.part.results"},
	{"so-lieu/", "archive.part.figures"}, {"dong/", "archive.part.rows"}}

// sheet is the page that an archive is read from.
type sheet struct {
	Title, English, Lead, Check, Open string
	Periods                           []string // not locked
	Parts                             []sheetPart
}

type sheetPart struct {
	Title string
	Files []sheetFile
}

// sheetFile is a thing with the forms in which it is there.
type sheetFile struct {
	Title string
	Paths []string
}

// Ending is the form of a file.
func (sheetFile) Ending(path string) string {
	return strings.ToUpper(path[strings.LastIndex(path, ".")+1:])
}

func (m *maker) sheet(of manifest) sheet {
	area, _ := m.Areas.Lookup(m.province)
	year := fmt.Sprint(m.year)
	s := sheet{Title: say("archive.title", year) + " – " + area.FullName(), English: i18n.T("en", "archive.lead", year), Lead: say("archive.lead", year),
		Check: say("archive.check", sumsName), Open: say("archive.not_locked")}
	for _, p := range of.Open {
		s.Periods = append(s.Periods, say("archive.standing", say("period.form."+p.Form), p.name, p.Filed, p.Units))
	}
	for _, of := range parts {
		part := sheetPart{Title: say(of.title)}
		for _, e := range m.book.entries {
			if strings.HasPrefix(e.Path, of.folder) {
				part.add(e)
			}
		}
		s.Parts = append(s.Parts, part)
	}
	return s
}

// add adds a file to a part; the forms of one thing follow each other.
func (p *sheetPart) add(e entry) {
	if n := len(p.Files); n > 0 && p.Files[n-1].Title == e.Title {
		p.Files[n-1].Paths = append(p.Files[n-1].Paths, e.Path)
		return
	}
	p.Files = append(p.Files, sheetFile{e.Title, []string{e.Path}})
}

var index = template.Must(template.New("index").Parse(`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Title}}</title>
<style>body{font-family:sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;line-height:1.5}li{margin:.25rem 0}</style></head>
<body><h1>{{.Title}}</h1><p>{{.Lead}}</p><p lang="en">{{.English}}</p><p>{{.Check}}</p>
{{with .Periods}}<h2>{{$.Open}}</h2><ul>{{range .}}<li>{{.}}</li>
{{end}}</ul>{{end}}
{{range .Parts}}{{if .Files}}<h2>{{.Title}}</h2><ul>{{range $f := .Files}}<li>{{.Title}}:{{range .Paths}} <a href="{{.}}">{{$f.Ending .}}</a>{{end}}</li>
{{end}}</ul>{{end}}{{end}}</body></html>
`))
