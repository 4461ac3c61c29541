package phone

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
	"hoicho/static"
)

// keptApp is an app that phones keep, to start it without a network: a page that is the
// same for everybody, with its files.
type keptApp struct {
	Scope  string // part of the site that its service worker answers
	Caches string // how the names of what it keeps begin
	layout string
	page   string
	texts  string // stem of the keys of what its script says; of its name too
	colour string // of the browser's bars
	assets []string
}

// The apps. The addresses of their assets carry their content.
var (
	gateApp = keptApp{Scope: "/cong", Caches: "hoicho-gate-", layout: frame.LayoutGate, page: "phone/app", texts: "gate.app.", colour: "#0d1117",
		assets: []string{"css/gate.css", "js/gate.js", "js/gateworker.js", "icons.svg", "mark.svg", "mark-180.png", "mark-512.png"}}
	inspectApp = keptApp{Scope: "/kiem-tra", Caches: "hoicho-inspect-", layout: frame.LayoutInspect, page: "phone/inspect", texts: "inspect.app.", colour: "#14304f",
		assets: []string{"css/app.css", "css/inspect.css", "js/inspect.js", "icons.svg", "mark.svg", "mark-180.png", "mark-512.png"}}
)

// shellFonts are the files that the style sheets name by their plain address.
var shellFonts = []string{"fonts/bvp-400.woff2", "fonts/bvp-700.woff2"}

// appShell is one version of an app: all that a phone needs to start it, and nothing of
// anybody.
type appShell struct {
	Scope  string            `json:"scope"`
	Caches string            `json:"caches"`
	Build  string            `json:"build"` // names the version by its content
	Files  []shellFile       `json:"files"`
	pages  map[string][]byte // the page by language
}

// shellMaker gives the version that a server serves.
type shellMaker func() (*appShell, error)

// shellFile is a file that the service worker keeps. The browser refuses one whose
// content is not what the hash says.
type shellFile struct {
	URL       string `json:"url"`
	Integrity string `json:"integrity"`
}

// newShell puts the version of an app together that this server serves.
func (s *Door) newShell(app keptApp) (*appShell, error) {
	shell := &appShell{Scope: app.Scope, Caches: app.Caches, pages: map[string][]byte{}}
	for _, name := range app.assets {
		shell.add(static.URL(name), assetData(name))
	}
	for _, name := range shellFonts {
		shell.add("/static/"+name, assetData(name))
	}
	if err := s.drawPages(app, shell); err != nil {
		return nil, err
	}
	sum := sha256.New()
	for _, f := range shell.Files {
		fmt.Fprintln(sum, f.URL, f.Integrity)
	}
	for _, l := range i18n.Languages {
		sum.Write(shell.pages[l])
	}
	shell.Build = hex.EncodeToString(sum.Sum(nil)[:6])
	if err := s.drawPages(app, shell); err != nil {
		return nil, err
	}
	for _, l := range i18n.Languages {
		shell.add(app.Scope+"?lang="+l, shell.pages[l])
		manifest, err := app.manifest(l)
		if err != nil {
			return nil, err
		}
		shell.add(app.Scope+"/app.webmanifest?lang="+l, manifest)
	}
	return shell, nil
}

func assetData(name string) []byte {
	f, _ := static.Open(name)
	return f.Data
}

func (g *appShell) add(url string, data []byte) {
	sum := sha256.Sum256(data)
	g.Files = append(g.Files, shellFile{URL: url, Integrity: "sha256-" + base64.StdEncoding.EncodeToString(sum[:])})
}

// drawPages draws the page in every language. It is the same for everybody: what belongs
// to somebody comes later, from the API.
func (s *Door) drawPages(app keptApp, shell *appShell) error {
	for _, l := range i18n.Languages {
		texts, err := json.Marshal(i18n.Texts(l, app.texts))
		if err != nil {
			return err
		}
		b := view.Base{Lang: l, Title: i18n.T(l, app.texts+"title"), Path: app.Scope, OtherLang: otherLang(l)}
		page := appPage{Base: b, Texts: string(texts), Build: shell.Build, Offline: !s.Config.GateOnlineOnly}
		if shell.pages[l], err = s.Pages.Draw(app.layout, app.page, page); err != nil {
			return err
		}
	}
	return nil
}

func otherLang(l string) string {
	if l == i18n.English {
		return i18n.Vietnamese
	}
	return i18n.English
}

// manifest says how a phone installs the app.
func (a keptApp) manifest(l string) ([]byte, error) {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
	}
	return json.Marshal(map[string]any{
		"id": a.Scope, "start_url": a.Scope + "?lang=" + l, "scope": a.Scope, "lang": l, "dir": "ltr",
		"name": i18n.T(l, a.texts+"install.name"), "short_name": i18n.T(l, a.texts+"install.short"),
		"display": "standalone", "orientation": "portrait", "background_color": a.colour, "theme_color": a.colour,
		"icons": []icon{
			{static.URL("mark-512.png"), "512x512", "image/png", "any"}, {static.URL("mark-512.png"), "512x512", "image/png", "maskable"},
			{static.URL("mark-180.png"), "180x180", "image/png", "any"}, {static.URL("mark.svg"), "any", "image/svg+xml", "any"},
		},
	})
}

// sendWorker sends the service worker of an app, or, when the operator took them out of
// use, one that removes it and what it kept.
func (s *Door) sendWorker(app keptApp, made shellMaker) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
		c.Set(fiber.HeaderCacheControl, "no-cache")
		c.Set("Service-Worker-Allowed", app.Scope)
		if s.Config.GateOnlineOnly {
			return c.SendString("self.appCaches=\"" + app.Caches + "\";\n" + string(assetData("js/gateswoff.js")))
		}
		shell, err := made()
		if err != nil {
			return err
		}
		head, err := json.Marshal(shell)
		if err != nil {
			return err
		}
		return c.SendString("self.appShell=" + string(head) + ";\n" + string(assetData("js/gatesw.js")))
	}
}

// sendManifest sends the web manifest of an app in the language asked for.
func sendManifest(app keptApp) fiber.Handler {
	return func(c *fiber.Ctx) error {
		manifest, err := app.manifest(i18n.Match(c.Query("lang")))
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "application/manifest+json")
		c.Set(fiber.HeaderCacheControl, "no-cache")
		return c.Send(manifest)
	}
}

// sendPassWorker sends the service worker that shows kept passes without a network. What
// is kept is put there by the pages themselves, and belongs to whoever is signed in.
func sendPassWorker(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set("Service-Worker-Allowed", "/gian-hang/")
	return c.Send(assetData("js/passsw.js"))
}
