package web_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// linkedOf is what a page says in the words of schema.org.
func linkedOf(t *testing.T, page string) (linked map[string]any) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data == "script" && len(n.Attr) > 0 && n.Attr[0].Val == "application/ld+json" {
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &linked); err != nil {
				t.Fatalf("%v: %s", err, n.FirstChild.Data)
			}
		}
	}
	return linked
}

func TestEventsTellSearchEnginesWhatTheyAre(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	on := k.Event(testkit.InState(registry.Open), func(e *registry.Event) { e.Title = `Phiên chợ </script><b>"Ba Bể"` })
	off := k.Event(testkit.InState(registry.Postponed))
	draft := k.Event(testkit.InState(registry.Planned))
	visitor := testkit.NewClient(t, k.Serve())
	for _, c := range []struct {
		e      registry.Event
		status string
	}{{on, "https://schema.org/EventScheduled"}, {off, "https://schema.org/EventPostponed"}} {
		linked := linkedOf(t, visitor.Get("/su-kien/"+c.e.Slug).Body)
		if linked["@type"] != "Event" || linked["name"] != c.e.Title || linked["eventStatus"] != c.status || !strings.HasPrefix(linked["startDate"].(string), c.e.OpensOn) {
			t.Errorf("it says %v", linked)
		}
	}
	if a := visitor.Get("/su-kien/" + draft.Slug + "/anh.png"); a.Status != 404 {
		t.Errorf("the picture of an event that nobody knows answers %d", a.Status)
	}
}

func TestALinkToAnEventHasAPicture(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Open))
	visitor := testkit.NewClient(t, k.Serve())
	head := visitor.Get("/su-kien/" + e.Slug).Body
	address := k.App.BaseURL + "/su-kien/" + e.Slug + "/anh.png"
	for _, want := range []string{`property="og:image" content="` + address, `name="twitter:card" content="summary_large_image"`, `rel="canonical" href="` + k.App.BaseURL + "/su-kien/" + e.Slug} {
		if !strings.Contains(head, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	picture, err := png.Decode(strings.NewReader(visitor.Get("/su-kien/" + e.Slug + "/anh.png").Body))
	if err != nil || picture.Bounds().Dx() != 1200 {
		t.Errorf("the picture: %v", err)
	}
}

func TestProductsSayTheirOriginOnlyWhereItStands(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v := k.Vendor()
	made, doubted := k.Product(v, testkit.Proven), k.Product(v, func(p *registry.Product) { p.Evidence = registry.Disputed })
	visitor := testkit.NewClient(t, k.Serve())
	if got := linkedOf(t, visitor.Get("/san-pham/"+made.Slug).Body); got["countryOfOrigin"] != "VN" || got["name"] != made.Name {
		t.Errorf("a proven product says %v", got)
	}
	if got := linkedOf(t, visitor.Get("/san-pham/"+doubted.Slug).Body); got["countryOfOrigin"] != nil {
		t.Errorf("a disputed one says %v", got)
	}
}

func TestSitemapListsWhatIsPublicAlone(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	open, draft := k.Event(testkit.InState(registry.Open)), k.Event(testkit.InState(registry.Draft))
	v := k.Vendor()
	p := k.Product(v)
	visitor := testkit.NewClient(t, k.Serve())
	var m struct {
		Pages []struct {
			Address string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(visitor.Get("/sitemap.xml").Body), &m); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, page := range m.Pages {
		listed[strings.TrimPrefix(page.Address, k.App.BaseURL)] = true
		if !strings.HasPrefix(page.Address, k.App.BaseURL+"/") {
			t.Errorf("%s is not of this site", page.Address)
		}
	}
	for path, want := range map[string]bool{"/su-kien/" + open.Slug: true, "/su-kien/" + draft.Slug: false, "/san-pham/" + p.Slug: true, "/doanh-nghiep/" + v.Slug: true, "/quan-ly": false} {
		if listed[path] != want {
			t.Errorf("%s listed: %v", path, listed[path])
		}
	}
}

func TestEventsFeedNamesEveryEventOnce(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := k.Event(testkit.InState(registry.Postponed), func(e *registry.Event) { e.StateReason = "Bão số 9" })
	k.Event(testkit.InState(registry.Draft))
	visitor := testkit.NewClient(t, k.Serve())
	for _, path := range []string{"/su-kien.atom", "/lich/" + e.Area.Code + ".atom"} {
		var feed struct {
			Entries []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Summary string `xml:"summary"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal([]byte(visitor.Get(path).Body), &feed); err != nil {
			t.Fatal(err)
		}
		if len(feed.Entries) != 1 || feed.Entries[0].ID != "urn:uuid:"+string(e.ID) || !strings.Contains(feed.Entries[0].Summary, "Bão số 9") {
			t.Errorf("%s has %+v", path, feed.Entries)
		}
	}
}

func TestWhatProgramsAskOfEverySite(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	visitor := testkit.NewClient(t, k.Serve())
	for path, want := range map[string]string{"/robots.txt": "Sitemap: " + k.App.BaseURL + "/sitemap.xml", "/.well-known/security.txt": "Contact: ", "/app.webmanifest": `"start_url":"/"`} {
		if a := visitor.Get(path); a.Status != 200 || !strings.Contains(a.Body, want) {
			t.Errorf("%s answers %d %s", path, a.Status, a.Body)
		}
	}
	icon := []byte(visitor.Get("/favicon.ico").Body)
	if !bytes.HasPrefix(icon, []byte{0, 0, 1, 0, 1, 0}) {
		t.Fatal("the icon has no head of one")
	}
	if _, err := png.Decode(bytes.NewReader(icon[22:])); err != nil {
		t.Errorf("what the icon holds: %v", err)
	}
}

// TestSitemapAsksOnceHoweverLongItIs lists three hundred vendors and their goods with as
// many statements as few.
func TestSitemapAsksOnceHoweverLongItIs(t *testing.T) {
	k := testkit.NewApp(t)
	visitor := testkit.NewClient(t, k.Serve())
	v := k.Vendor()
	k.Product(v)
	ask := func(at string) (statements int64, body string) {
		before := k.DB.Statements()
		body = visitor.Get("/sitemap.xml?" + at).Body
		return k.DB.Statements() - before, body
	}
	ask("first")
	few, _ := ask("few")
	for range 300 {
		v = k.Vendor()
		k.Product(v)
	}
	many, body := ask("many")
	if many != few || !strings.Contains(body, "/doanh-nghiep/"+v.Slug+"<") || strings.Count(body, "/san-pham/") != 301 {
		t.Errorf("%d statements for few vendors, %d for many; %d products", few, many, strings.Count(body, "/san-pham/"))
	}
}
