package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/static"
)

//go:embed templates
var templateFiles embed.FS

// The layouts. A page file defines "content"; its layout is named by the page.
const (
	layoutPublic = "public"
	layoutForm   = "form" // public, with a form: it loads work.css
	layoutVendor = "vendor"
	layoutOffice = "office"
	layoutGate   = "gate"
	layoutRelay  = "relay"
)

// pageSet is the parsed templates, one set per page.
type pageSet struct {
	dev   bool
	pages map[string]*template.Template
}

// rendered holds the name of every page rendered by this process, so that a test
// finds the pages that nobody renders.
var rendered sync.Map

func loadPages(dev bool) (*pageSet, error) {
	p := &pageSet{dev: dev, pages: map[string]*template.Template{}}
	return p, p.parse()
}

// embeddedPages are the pages that the program carries, parsed once however many
// servers it runs: they know nothing of a server.
var embeddedPages = sync.OnceValues(func() (*pageSet, error) { return loadPages(false) })

// pagesFor are the embedded pages, or with dev those of the source tree, which are
// read anew for each page.
func pagesFor(dev bool) (*pageSet, error) {
	if dev {
		return loadPages(true)
	}
	return embeddedPages()
}

// parse reads every page with all layouts and partials.
func (p *pageSet) parse() error {
	var fsys fs.FS = templateFiles
	if p.dev {
		fsys = os.DirFS("internal/web")
	}
	common, err := template.New("").Funcs(templateFuncs).ParseFS(fsys, "templates/layout/*.html", "templates/partials/*.html")
	if err != nil {
		return err
	}
	names, err := fs.Glob(fsys, "templates/*.html")
	if err != nil {
		return err
	}
	for _, name := range names {
		t, err := template.Must(common.Clone()).ParseFS(fsys, name)
		if err != nil {
			return err
		}
		p.pages[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return nil
}

// templateFuncs are the functions of every template. They know no language and
// no request: those are methods of the page.
var templateFuncs = template.FuncMap{
	"icon": icon,
	"num":  func(n any) string { return vn.Count(toInt64(n)) },
	"dong": func(n any) string { return vn.Dong(toInt64(n)) },
	"date": vn.ShowDate, "pastDate": registry.IsPastDate,
	"dict": dict,
	"list": func(v ...any) []any { return v },
	"safeSVG": func(s string) template.HTML {
		return template.HTML(s) // only for SVG drawn by our own code
	},
}

// icon draws a symbol of the sprite; it says nothing to screen readers, because
// a word always stands beside it.
func icon(name string) template.HTML {
	return template.HTML(`<svg class="i" aria-hidden="true"><use href="` + static.URL("icons.svg") + `#` +
		template.HTMLEscapeString(name) + `"></use></svg>`)
}

// dict makes a map for a partial that takes several values.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: odd number of values")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: key %v is no text", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}

func toInt64(n any) int64 {
	switch n := n.(type) {
	case int:
		return int64(n)
	case int64:
		return n
	case uint32:
		return int64(n)
	}
	return 0
}

// render answers with a page. It is written into a buffer first, so that a
// fault in a template is a clean 500 and never half a page.
func (s *Server) render(c *fiber.Ctx, layout, name string, data any) error {
	return s.renderStatus(c, fiber.StatusOK, layout, name, data)
}

// renderLive is renderStatus for a page that its own script asks for again every
// few seconds: while nothing has changed, it is answered with 304.
func (s *Server) renderLive(c *fiber.Ctx, status int, layout, name string, data any) error {
	if err := s.renderStatus(c, status, layout, name, data); err != nil || status != fiber.StatusOK {
		return err
	}
	sum := sha256.Sum256(c.Response().Body())
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	c.Set(fiber.HeaderETag, etag)
	if api.Holds(c, etag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return nil
}

// renderStatus is render with another status than 200.
func (s *Server) renderStatus(c *fiber.Ctx, status int, layout, name string, data any) error {
	nameFaults(data, s.app.Today())
	page, err := s.pages.draw(layout, name, data)
	if err != nil {
		return err
	}
	c.Status(status)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(page)
}

// draw turns a typed page into HTML.
func (p *pageSet) draw(layout, name string, data any) ([]byte, error) {
	if p.dev {
		if err := p.parse(); err != nil {
			return nil, err
		}
	}
	t, ok := p.pages[name]
	if !ok {
		return nil, fmt.Errorf("render: no page %q", name)
	}
	rendered.Store(name, true)
	var buf bytes.Buffer
	if err := t.ExecuteTemplate(&buf, layout, data); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return buf.Bytes(), nil
}
