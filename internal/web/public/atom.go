package public

import (
	"encoding/xml"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/articles"
	"hoicho/internal/web/view"
)

// atomFeed is a feed as RFC 4287 writes it.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Base    string      `xml:"http://www.w3.org/XML/1998/namespace base,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang      string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Published string      `xml:"published"`
	Updated   string      `xml:"updated"`
	Author    *atomPerson `xml:"author"`
	Links     []atomLink  `xml:"link"`
	Summary   string      `xml:"summary,omitempty"`
	Content   atomText    `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// emptySince is when a feed without an entry was last changed: the day on which the
// campaign began.
const emptySince = "2009-07-31T00:00:00+07:00"

// articlesAtom is the feed of the newest articles. Nothing in it depends on the moment of
// asking.
func (s *Door) articlesAtom(c *fiber.Ctx) error {
	list, err := s.App.Articles.Feed(c.UserContext())
	if err != nil {
		return err
	}
	b := s.Page(c, "article.page.title")
	base := b.Site.BaseURL
	feed := atomFeed{Lang: b.Lang, Base: base + "/", ID: base + "/chuyen-trang", Title: b.Title + " · " + b.Site.Name, Updated: emptySince,
		Author: atomPerson{b.Site.Name}, Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: base + "/chuyen-trang.atom"},
			{Rel: "alternate", Type: "text/html", Href: base + "/chuyen-trang"}}}
	latest := int64(0)
	for _, r := range list {
		if changed := max(r.UpdatedAt, r.PublishAt); changed > latest {
			latest, feed.Updated = changed, view.InstantText(changed)
		}
		feed.Entries = append(feed.Entries, entryOf(base, r))
	}
	return sendXML(c, "application/atom+xml; charset=utf-8", feed)
}

// entryOf is an article in a feed. Its id outlives its address.
func entryOf(base string, r articles.Reading) atomEntry {
	e := atomEntry{Lang: string(r.Lang), ID: "urn:uuid:" + string(r.ID), Title: r.Title, Published: view.InstantText(r.PublishAt),
		Updated: view.InstantText(max(r.UpdatedAt, r.PublishAt)), Summary: r.Lead, Content: atomText{"html", r.HTML},
		Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: base + view.ArticleHref(r.Slug)}}}
	if r.Author != "" {
		e.Author = &atomPerson{r.Author}
	}
	return e
}
