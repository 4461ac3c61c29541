package frame

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
	"hoicho/static"
)

//go:embed html
var ownFiles embed.FS

// PageFiles are the pages of a door: html/<page>.html of its folder, by whose last name
// they are called, as in booths/plan.
type PageFiles struct {
	Dir   string // its folder below internal/web
	Files fs.FS
}

// The layouts. A page file defines "content"; its layout is named by the page.
const (
	LayoutPublic  = "public"
	LayoutForm    = "form" // public, with a form: it loads work.css
	LayoutVendor  = "vendor"
	LayoutPass    = "pass" // a pass on the whole screen
	LayoutOffice  = "office"
	LayoutGate    = "gate"
	LayoutInspect = "inspect"
	LayoutRelay   = "relay"
	LayoutHall    = "hall" // a big screen that a whole room reads
)

// Pages are the parsed templates, one set per page, which is named door/page.
type Pages struct {
	doors []PageFiles
	dev   bool
	parts *template.Template            // all layouts and parts
	pages map[string]*template.Template // what stands in a page's own file

	mu    sync.Mutex
	drawn map[pageIn]*template.Template // what was drawn already, with all that it calls
}

// pageIn is a page in a layout.
type pageIn struct{ layout, name string }

// rendered holds the name of every page rendered by this process, so that a test
// finds the pages that nobody renders.
var rendered sync.Map

// LoadPages parses the pages of the doors and of the frame itself. With dev they are
// those of the source tree, read anew for each page.
func LoadPages(doors []PageFiles, dev bool) (*Pages, error) {
	p := &Pages{doors: append([]PageFiles{{"frame", ownFiles}}, doors...), dev: dev}
	return p, p.parse()
}

// Unrendered names the pages that nothing in this process has rendered, in order.
func (p *Pages) Unrendered() (names []string) {
	for name := range p.pages {
		if _, ok := rendered.Load(name); !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Set is the templates of a page in a layout, with the parts that it calls; nil if
// there is none. They are made when somebody asks first: most servers never draw most pages,
// and copies of the parts for all of them would be half of the memory of an idle one, which the
// garbage collector goes through again and again.
func (p *Pages) Set(layout, name string) (*template.Template, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in := pageIn{layout, name}
	if t := p.drawn[in]; t != nil || p.pages[name] == nil {
		return t, nil
	}
	t, err := p.pages[name].Clone()
	if err == nil {
		err = borrow(t, p.parts, layout)
	}
	if err != nil {
		return nil, err
	}
	p.drawn[in] = t
	return t, nil
}

// Parts is a set of all layouts and parts, without a page.
func (p *Pages) Parts() (*template.Template, error) { return p.parts.Clone() }

// Names are the names of all pages, in order.
func (p *Pages) Names() []string { return slices.Sorted(maps.Keys(p.pages)) }

// Dev reports whether pages come from the source tree.
func (p *Pages) Dev() bool { return p.dev }

// files are the files of a folder below internal/web.
func (p *Pages) files(dir string, embedded fs.FS) fs.FS {
	if p.dev {
		return os.DirFS(path.Join("internal/web", dir))
	}
	return embedded
}

// parse reads every page, and all layouts and parts.
func (p *Pages) parse() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages, p.drawn = map[string]*template.Template{}, map[pageIn]*template.Template{}
	common, err := template.New("").Funcs(templateFuncs).ParseFS(p.files("view", view.Files), "html/*.html")
	if err == nil {
		common, err = common.ParseFS(p.files("frame", ownFiles), "html/layout/*.html")
	}
	for _, d := range p.doors {
		if err == nil {
			err = p.parseDoor(d)
		}
	}
	p.parts = common
	return err
}

// parseDoor reads the pages of one door.
func (p *Pages) parseDoor(d PageFiles) error {
	files := p.files(d.Dir, d.Files)
	names, err := fs.Glob(files, "html/*.html")
	for _, name := range names {
		var t *template.Template
		if t, err = template.New("").Funcs(templateFuncs).ParseFS(files, name); err != nil {
			return err
		}
		p.pages[path.Base(d.Dir)+"/"+strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return err
}

// borrow gives a page's set copies of a layout and of the parts that it or the page
// call. The others would cost every page their room: three quarters of all memory.
func borrow(t, common *template.Template, layout string) error {
	wanted := []string{layout}
	for _, own := range t.Templates() {
		if own.Tree != nil { // a file that only defines has nothing of its own
			wanted = append(wanted, callsIn(own.Tree.Root)...)
		}
	}
	for len(wanted) > 0 {
		name := wanted[0]
		wanted = wanted[1:]
		shared := common.Lookup(name)
		if shared == nil || t.Lookup(name) != nil { // the page's own, or nobody's: its first drawing says so
			continue
		}
		if _, err := t.AddParseTree(name, shared.Tree.Copy()); err != nil {
			return err
		}
		wanted = append(wanted, callsIn(shared.Tree.Root)...)
	}
	return nil
}

// callsIn names the templates that a part of a template calls.
func callsIn(n parse.Node) (names []string) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil { // an else that is not there
			for _, child := range n.Nodes {
				names = append(names, callsIn(child)...)
			}
		}
	case *parse.IfNode:
		return append(callsIn(n.List), callsIn(n.ElseList)...)
	case *parse.RangeNode:
		return append(callsIn(n.List), callsIn(n.ElseList)...)
	case *parse.WithNode:
		return append(callsIn(n.List), callsIn(n.ElseList)...)
	case *parse.TemplateNode:
		return []string{n.Name}
	}
	return names
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

// Render answers with a page. It is written into a buffer first, so that a
// fault in a template is a clean 500 and never half a page.
func (s *Server) Render(c *fiber.Ctx, layout, name string, data any) error {
	return s.RenderStatus(c, fiber.StatusOK, layout, name, data)
}

// RenderLive is RenderStatus for a page that its own script asks for again every
// few seconds: while nothing has changed, it is answered with 304.
func (s *Server) RenderLive(c *fiber.Ctx, status int, layout, name string, data any) error {
	if err := s.RenderStatus(c, status, layout, name, data); err != nil || status != fiber.StatusOK {
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

// RenderStatus is render with another status than 200.
func (s *Server) RenderStatus(c *fiber.Ctx, status int, layout, name string, data any) error {
	page, err := s.Pages.Draw(layout, name, data)
	if err != nil {
		return err
	}
	c.Status(status)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(view.SayErased(page, Lang(c)))
}

// Draw turns a typed page into HTML.
func (p *Pages) Draw(layout, name string, data any) ([]byte, error) {
	if p.dev {
		if err := p.parse(); err != nil {
			return nil, err
		}
	}
	t, err := p.Set(layout, name)
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	if t == nil {
		return nil, fmt.Errorf("render: no page %q", name)
	}
	rendered.Store(name, true)
	var buf bytes.Buffer
	if err := t.ExecuteTemplate(&buf, layout, data); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return buf.Bytes(), nil
}
