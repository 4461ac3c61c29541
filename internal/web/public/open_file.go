package public

import (
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/openfigures"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// openBy is what a file of open figures has a line for.
type openBy int

const (
	openByEvent openBy = iota
	openByCommune
	openByYear
)

// openAsked reads the figures that a file is asked for. Malformed for a filter that cannot be
// read: a file cannot say that it passed one over.
func (s *Door) openAsked(c *fiber.Ctx) (f openfigures.Figures, err error) {
	q := s.openQuery(c)
	if unread := s.Page(c, "open.title").PassedOver; len(unread.Values) > 0 {
		return f, registry.E(registry.Malformed, "list.error.unread", "“"+strings.Join(unread.Values, "”, “")+"”")
	}
	return s.App.OpenFigures.Open(c.UserContext(), q)
}

// openCSV sends the figures as a table whose columns have the names that programs read, in
// whatever language.
func (s *Door) openCSV(by openBy) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, err := s.openAsked(c)
		if err != nil {
			return err
		}
		table := map[openBy]func() openfigures.Table{openByEvent: func() openfigures.Table { return f.EventTable(s.Config.BaseURL) },
			openByCommune: f.CommuneTable, openByYear: f.YearTable}[by]()
		data, err := table.CSV()
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
		return c.Send(data)
	}
}

// openFile is the whole of the open figures as programs read it.
type openFile struct {
	Title    string            `json:"title"`
	Page     string            `json:"page"`
	AsOf     string            `json:"as_of"`
	Method   []string          `json:"method"`
	Fields   []openFileField   `json:"fields"`
	Total    openfigures.Sum   `json:"total"`
	Years    []openFileYear    `json:"years"`
	Communes []openFileCommune `json:"communes"`
	Events   []openFileEvent   `json:"events"`
}

type openFileField struct {
	Name  string            `json:"name"`
	Label map[string]string `json:"label"`
	Means map[string]string `json:"means"`
}

type openFileYear struct {
	Year    string          `json:"year"`
	Figures openfigures.Sum `json:"figures"`
}

type openFileCommune struct {
	Year    string          `json:"year"`
	Code    string          `json:"code"` // empty: in no single commune of today
	Name    string          `json:"name"`
	Figures openfigures.Sum `json:"figures"`
}

type openFileEvent struct {
	Event      string             `json:"event"`
	Page       string             `json:"page"`
	Title      string             `json:"title"`
	Kind       registry.EventKind `json:"kind"`
	Unit       string             `json:"unit"`
	UnitName   string             `json:"unit_name"`
	Commune    string             `json:"commune,omitempty"`
	OpensOn    string             `json:"opens_on"`
	ClosesOn   string             `json:"closes_on"`
	ReportedOn string             `json:"reported_on,omitempty"`
	Figures    openfigures.Sum    `json:"figures"`
}

// openMethodNotes is how many sentences say how the figures come about: open.how.1 and on.
const openMethodNotes = 6

// openHow says how the figures come about.
func openHow(b view.Base) []string {
	notes := make([]string, openMethodNotes)
	for i := range notes {
		notes[i] = b.T("open.how." + string(rune('1'+i)))
	}
	return notes
}

// openJSON sends the figures with what each of them means.
func (s *Door) openJSON(c *fiber.Ctx) error {
	f, err := s.openAsked(c)
	if err != nil {
		return err
	}
	b, base := s.Page(c, "open.title"), s.Config.BaseURL
	file := openFile{Title: b.T("open.dataset", b.Site.Name), Page: base + openHref(openRoot, f.Query), AsOf: f.Today, Method: openHow(b), Total: f.Total,
		Years: []openFileYear{}, Communes: []openFileCommune{}, Events: []openFileEvent{}}
	for _, name := range openfigures.Fields {
		field := openFileField{Name: string(name), Label: map[string]string{}, Means: map[string]string{}}
		for _, lang := range []string{i18n.Vietnamese, i18n.English} {
			field.Label[lang], field.Means[lang] = i18n.T(lang, "open.field."+string(name)), i18n.T(lang, "open.means."+string(name))
		}
		file.Fields = append(file.Fields, field)
	}
	for _, y := range f.ByYear() {
		file.Years = append(file.Years, openFileYear{y.Key, y.Total})
		for _, g := range y.ByCommune() {
			file.Communes = append(file.Communes, openFileCommune{y.Key, g.Key, g.Name, g.Total})
		}
	}
	for _, e := range f.Events {
		file.Events = append(file.Events, openFileEvent{e.Slug, base + view.EventHref(e.Slug), e.Title, e.Kind, e.Area.String(), e.AreaName, e.Commune,
			e.OpensOn, e.ClosesOn, e.ReportedOn, e.OpenSum})
	}
	return sendJSON(c, fiber.MIMEApplicationJSONCharsetUTF8, file)
}

func sendJSON(c *fiber.Ctx, contentType string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, contentType)
	return c.Send(raw)
}

// openFiles are the files of open figures, by the media type that catalogues name.
var openFiles = []struct{ path, media, label string }{
	{openRoot + ".csv", "text/csv", "open.file.events"},
	{openRoot + "/theo-xa.csv", "text/csv", "open.file.communes"},
	{openRoot + "/theo-nam.csv", "text/csv", "open.file.years"},
	{openRoot + ".json", "application/json", "open.file.json"},
}

// openCatalogue describes the figures in the words of DCAT 3 (W3C), for catalogues of open
// data.
func (s *Door) openCatalogue(c *fiber.Ctx) error {
	f, err := s.openAsked(c)
	if err != nil {
		return err
	}
	b, base := s.Page(c, "open.title"), s.Config.BaseURL
	said := func(key string, args ...any) []map[string]string {
		return []map[string]string{{"@language": "vi", "@value": i18n.T(i18n.Vietnamese, key, args...)}, {"@language": "en", "@value": i18n.T(i18n.English, key, args...)}}
	}
	var distributions []any
	for _, file := range openFiles {
		distributions = append(distributions, map[string]any{"@id": base + file.path, "@type": "dcat:Distribution", "dct:title": said(file.label),
			"dcat:accessURL": iri(base + openRoot), "dcat:downloadURL": iri(base + file.path),
			"dcat:mediaType": iri("https://www.iana.org/assignments/media-types/" + file.media)})
	}
	publisher := map[string]any{"@id": base + "/#publisher", "@type": "foaf:Agent", "foaf:name": b.Site.Name}
	set := map[string]any{"@id": base + openRoot + "#dataset", "@type": "dcat:Dataset", "dct:title": said("open.dataset", b.Site.Name), "dct:description": said("open.description"),
		"dct:publisher": iri(base + "/#publisher"), "dcat:landingPage": iri(base + openRoot), "dct:accrualPeriodicity": iri("http://purl.org/cld/freq/irregular"),
		"dct:accessRights": iri("http://publications.europa.eu/resource/authority/access-right/PUBLIC"),
		"dct:language":     iri("http://id.loc.gov/vocabulary/iso639-1/vi"), "dcat:distribution": distributions}
	if last := f.LastReported(); last != "" {
		set["dct:modified"] = map[string]string{"@type": "xsd:date", "@value": last}
	}
	if n := len(f.Events); n > 0 {
		set["dct:temporal"] = map[string]any{"@type": "dct:PeriodOfTime", "dcat:startDate": map[string]string{"@type": "xsd:date", "@value": f.Events[n-1].OpensOn},
			"dcat:endDate": map[string]string{"@type": "xsd:date", "@value": f.Events[0].ClosesOn}}
	}
	return sendJSON(c, "application/ld+json; charset=utf-8", map[string]any{
		"@context": map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#"},
		"@graph": []any{publisher, set, map[string]any{"@id": base + openRoot + "/danh-muc.jsonld", "@type": "dcat:Catalog", "dct:title": said("open.title"),
			"dct:publisher": iri(base + "/#publisher"), "foaf:homepage": iri(base + "/"), "dcat:dataset": iri(base + openRoot + "#dataset")}}})
}

// iri refers to a thing by its address.
func iri(id string) map[string]string { return map[string]string{"@id": id} }

// dataset is what the page is about in the words of schema.org, for search engines of data.
func (s *Door) dataset(b view.Base, f openfigures.Figures) map[string]any {
	var files []any
	for _, file := range openFiles {
		files = append(files, map[string]any{"@type": "DataDownload", "encodingFormat": file.media, "contentUrl": b.Site.BaseURL + file.path})
	}
	return map[string]any{"@context": "https://schema.org", "@type": "Dataset", "name": b.T("open.dataset", b.Site.Name), "description": b.T("open.description"),
		"url": b.Site.BaseURL + openRoot, "isAccessibleForFree": true, "creator": map[string]any{"@type": "Organization", "name": b.Site.Name},
		"temporalCoverage": f.Years[len(f.Years)-1] + "/" + f.Years[0], "distribution": files}
}
