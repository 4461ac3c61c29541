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

// gateScope is the part of the site that the gate app's service worker answers.
const gateScope = "/cong"

// gateShell is one version of the gate app: all that a phone needs to start it
// without a network, and nothing of anybody.
type gateShell struct {
	Build string            `json:"build"` // names the version by its content
	Files []shellFile       `json:"files"`
	pages map[string][]byte // the page by language
}

// shellMaker gives the version that a server serves.
type shellMaker func() (*gateShell, error)

// shellFile is a file that the service worker keeps. The browser refuses one whose
// content is not what the hash says.
type shellFile struct {
	URL       string `json:"url"`
	Integrity string `json:"integrity"`
}

// shellAssets are the static files of the gate app whose addresses carry their
// content, shellFonts those that the style sheet names by their plain address.
var (
	shellAssets = []string{"css/gate.css", "js/gate.js", "js/gateworker.js", "icons.svg", "mark.svg", "mark-180.png", "mark-512.png"}
	shellFonts  = []string{"fonts/bvp-400.woff2", "fonts/bvp-700.woff2"}
)

// newGateShell puts the version together that this server serves.
func (s *Door) newGateShell() (*gateShell, error) {
	shell := &gateShell{pages: map[string][]byte{}}
	for _, name := range shellAssets {
		shell.add(static.URL(name), assetData(name))
	}
	for _, name := range shellFonts {
		shell.add("/static/"+name, assetData(name))
	}
	if err := s.drawGatePages(shell); err != nil {
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
	if err := s.drawGatePages(shell); err != nil {
		return nil, err
	}
	for _, l := range i18n.Languages {
		shell.add(gateScope+"?lang="+l, shell.pages[l])
		manifest, err := gateManifest(l)
		if err != nil {
			return nil, err
		}
		shell.add(gateScope+"/app.webmanifest?lang="+l, manifest)
	}
	return shell, nil
}

func assetData(name string) []byte {
	f, _ := static.Open(name)
	return f.Data
}

func (g *gateShell) add(url string, data []byte) {
	sum := sha256.Sum256(data)
	g.Files = append(g.Files, shellFile{URL: url, Integrity: "sha256-" + base64.StdEncoding.EncodeToString(sum[:])})
}

// drawGatePages draws the page in every language. It is the same for everybody: a
// phone learns of its event when it is paired.
func (s *Door) drawGatePages(shell *gateShell) error {
	for _, l := range i18n.Languages {
		texts, err := json.Marshal(i18n.Texts(l, "gate.app."))
		if err != nil {
			return err
		}
		b := view.Base{Lang: l, Title: i18n.T(l, "gate.app.title"), Path: gateScope, OtherLang: otherLang(l)}
		page := gatePage{Base: b, Texts: string(texts), Build: shell.Build, Offline: !s.Config.GateOnlineOnly}
		if shell.pages[l], err = s.Pages.Draw(frame.LayoutGate, "phone/app", page); err != nil {
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

// gateManifest says how a phone installs the app.
func gateManifest(l string) ([]byte, error) {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
	}
	return json.Marshal(map[string]any{
		"id": gateScope, "start_url": gateScope + "?lang=" + l, "scope": gateScope, "lang": l, "dir": "ltr",
		"name": i18n.T(l, "gate.app.install.name"), "short_name": i18n.T(l, "gate.app.install.short"),
		"display": "standalone", "orientation": "portrait", "background_color": "#0d1117", "theme_color": "#0d1117",
		"icons": []icon{
			{static.URL("mark-512.png"), "512x512", "image/png", "any"}, {static.URL("mark-512.png"), "512x512", "image/png", "maskable"},
			{static.URL("mark-180.png"), "180x180", "image/png", "any"}, {static.URL("mark.svg"), "any", "image/svg+xml", "any"},
		},
	})
}

// gateWorker sends the service worker of the gate app, or, when the operator took
// it out of use, one that removes it and what it kept.
func (s *Door) gateWorker(made shellMaker) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
		c.Set(fiber.HeaderCacheControl, "no-cache")
		c.Set("Service-Worker-Allowed", gateScope)
		if s.Config.GateOnlineOnly {
			return c.Send(assetData("js/gateswoff.js"))
		}
		shell, err := made()
		if err != nil {
			return err
		}
		head, err := json.Marshal(shell)
		if err != nil {
			return err
		}
		return c.SendString("self.gateShell=" + string(head) + ";\n" + string(assetData("js/gatesw.js")))
	}
}

// showGateManifest sends the web manifest in the language asked for.
func (s *Door) showGateManifest(c *fiber.Ctx) error {
	manifest, err := gateManifest(i18n.Match(c.Query("lang")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/manifest+json")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.Send(manifest)
}
