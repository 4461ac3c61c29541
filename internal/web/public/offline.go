package public

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
	"hoicho/static"
)

// How the names begin of what the service worker of the public pages keeps.
const keptCaches = "hoicho-public-"

// keptFiles are the files of the look of public pages.
var keptFiles = []string{"css/app.css", "css/event.css", "js/public.js", "icons.svg", "mark.svg"}

// keptPlain are those that style sheets name by their plain address.
var keptPlain = []string{"/static/fonts/bvp-400.woff2", "/static/fonts/bvp-700.woff2", "/static/band.svg"}

// showWorker sends the service worker of the public pages, or, when the operator took such
// workers out of use, one that removes it and what it kept.
func (s *Door) showWorker(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if s.Config.GateOnlineOnly {
		off, _ := static.Open("js/gateswoff.js")
		return c.SendString("self.appCaches=\"" + keptCaches + "\";\n" + string(off.Data))
	}
	l := frame.Lang(c)
	files := append([]string{}, keptPlain...)
	for _, name := range keptFiles {
		files = append(files, static.URL(name))
	}
	sum := sha256.Sum256([]byte(strings.Join(files, " ")))
	texts := map[string]string{}
	for _, key := range []string{"kept", "offline", "some", "none"} {
		texts[key] = i18n.T(l, "offline."+key)
	}
	head, err := json.Marshal(map[string]any{"caches": keptCaches, "build": hex.EncodeToString(sum[:6]), "files": files, "texts": texts})
	if err != nil {
		return err
	}
	worker, _ := static.Open("js/pagesw.js")
	return c.SendString("self.site=" + string(head) + ";\n" + string(worker.Data))
}

// keptVendors is how many vendors' pages a phone keeps of an event.
const keptVendors = 24

// keepOf names the pages that a phone keeps of an event which is on, or opens tomorrow: its
// plan and its vendors. Of any other it keeps the page alone.
func (p eventPage) keepOf() string {
	if p.Event.State != registry.Running && p.Event.OpensOn != vn.AddDays(p.ReadOn, 1) {
		return ""
	}
	var paths []string
	if p.Plan != nil {
		paths = append(paths, view.EventHref(p.Event.Slug)+"/so-do")
	}
	for _, rows := range [][]view.VendorRow{p.Vendors, p.MoreVendors} {
		for _, row := range rows {
			if len(paths) <= keptVendors {
				paths = append(paths, row.Href)
			}
		}
	}
	return strings.Join(paths, " ")
}
