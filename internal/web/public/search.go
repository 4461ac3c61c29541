package public

import (
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// searchPage is the answer to one question over everything that is public: what is to be
// had today first, what is over last.
type searchPage struct {
	view.Base
	Query  string
	N      int    // hits that are not folded
	Whole  bool   // and there are no more of their sorts
	Read   string // looked for instead of what was typed
	Exact  string // address that looks for what was typed all the same
	Groups []hitGroup
	Folds  []hitGroup
	Ways   []hit // on from a search without hits
}

// hitGroup is the hits of a sort, with the address of all of them where there are more.
type hitGroup struct {
	Label string
	Hits  []hit
	All   string
	More  string // label of All
}

// hit is one line of an answer, with why it is there.
type hit struct {
	Href, Icon, Title, Note, Why string
	Lang                         string
}

// soldNow is where a product is sold today.
type soldNow struct{ booth, event string }

// onToday is what is on today.
type onToday struct {
	events []registry.Event
	sold   map[registry.ProductID]soldNow
	booths []hit // whose code was asked for
}

// How many events are looked through for goods and booths.
const (
	searchRunning = 5
	searchCoding  = 12
)

// showSearch looks for a text among communes, events, vendors, products and booths.
func (s *Door) showSearch(c *fiber.Ctx) error {
	text, ctx := frame.AskedText(c, "q"), c.UserContext()
	p := searchPage{Base: s.PublicNav(c, s.Page(c, "search.title")), Query: text}
	q := vendors.ReadSearch(text)
	q.Exact = frame.OneOf(c, "dung", "1") != ""
	if text == "" {
		return s.Render(c, frame.LayoutPublic, "public/search", p)
	}
	p.Title = p.T("search.title_of", text)
	on, err := s.readToday(ctx, p.Base, q.Booth)
	if err != nil {
		return err
	}
	for id := range on.sold {
		q.Sold = append(q.Sold, id)
	}
	slices.Sort(q.Sold)
	found, err := s.App.Vendors.SearchFor(ctx, q)
	if err != nil {
		return err
	}
	if p.Read = found.Read; p.Read != "" {
		p.Exact = view.Query("/tim", "q", text, "dung", "1")
	}
	s.fillHits(&p, q, found, on)
	return s.Render(c, frame.LayoutPublic, "public/search", p)
}

// readToday reads what is on, what is sold there, and which booths have a code.
func (s *Door) readToday(ctx context.Context, b view.Base, code string) (on onToday, err error) {
	on.sold = map[registry.ProductID]soldNow{}
	running := registry.EventFilter{States: []registry.EventState{registry.Running}, Limit: searchRunning}
	if on.events, _, err = s.App.Events.PublicEvents(ctx, running); err != nil {
		return on, err
	}
	look := on.events
	if code != "" {
		next, _, err := s.App.Events.PublicEvents(ctx, registry.EventFilter{States: nextStates, From: s.App.Today(), Limit: searchCoding})
		if err != nil {
			return on, err
		}
		look = slices.Concat(look, next)
	}
	for _, e := range look {
		who, err := s.App.Booths.EventVendors(ctx, e)
		if err != nil {
			return on, err
		}
		for _, v := range who {
			if e.State == registry.Running {
				for _, product := range v.Products {
					on.sold[product.ID] = soldNow{strings.Join(v.Booths, ", "), e.Title}
				}
			}
			if code != "" && slices.Contains(v.Booths, code) {
				on.booths = append(on.booths, hit{Href: view.EventHref(e.Slug) + "/so-do?gian=" + code + "#gian", Icon: "store",
					Title: v.Name, Note: e.Title + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn), Why: b.T("search.why.booth", code), Lang: b.Foreign()})
			}
		}
	}
	return on, nil
}

// fillHits puts the hits in their order: today, goods, what is to come, vendors, communes;
// folded below what is over and what lies in other provinces.
func (s *Door) fillHits(p *searchPage, q vendors.SearchAsk, f vendors.Found, on onToday) {
	var today []hit
	if q.Today {
		today = s.eventHits(p.Base, on.events, p.T("search.why.today"))
	}
	words := strings.Fields(vn.Fold(q.Text))
	if f.Read != "" {
		words = strings.Fields(vn.Fold(f.Read))
	}
	p.group(hitGroup{Label: p.T("search.booth", q.Booth), Hits: on.booths})
	p.group(hitGroup{Label: p.T("search.today"), Hits: today})
	p.group(s.productGroup(p.Base, q, f, on, words))
	p.group(hitGroup{Label: p.T("search.events", f.EventsN), Hits: s.eventHits(p.Base, f.Events, p.T("search.why.title"))})
	p.group(s.vendorGroup(p.Base, q, f, words))
	home, away := s.areaHits(p.Base, f.Areas)
	p.group(hitGroup{Label: p.T("search.areas"), Hits: home})
	if len(p.Groups) == 0 {
		p.group(hitGroup{Label: p.T("search.away", len(away)), Hits: away})
		away = nil
	}
	p.Whole = f.Whole()
	if len(f.Past) > 0 {
		p.Folds = append(p.Folds, hitGroup{Label: p.T("search.past", f.PastN), Hits: s.eventHits(p.Base, f.Past, p.T("search.why.title"))})
	}
	if len(away) > 0 {
		p.Folds = append(p.Folds, hitGroup{Label: p.T("search.away", len(away)), Hits: away})
	}
	if len(p.Groups)+len(p.Folds) == 0 {
		p.Ways = []hit{{Href: "/", Icon: "calendar-days", Title: p.T("search.way.today")}, {Href: "/san-pham?sao=4", Icon: "star", Title: p.T("search.way.stars")},
			{Href: "/su-kien", Icon: "calendar", Title: p.T("search.way.events")}, {Href: "/ban-do", Icon: "map", Title: p.T("search.way.map")}}
	}
}

// group adds a group that has hits.
func (p *searchPage) group(g hitGroup) {
	if len(g.Hits) > 0 {
		p.Groups = append(p.Groups, g)
		p.N += len(g.Hits)
	}
}

// eventHits are events, each with the same reason.
func (s *Door) eventHits(b view.Base, events []registry.Event, why string) (hits []hit) {
	for _, e := range events {
		note := vn.ShowRange(e.OpensOn, e.ClosesOn) + " · " + s.WhereLine(e)
		if e.State == registry.Running {
			note = b.OpenLine(e, s.App.DB.Now()) + " · " + s.WhereLine(e)
		} else if stop := stopped(b, e); stop != "" {
			note = stop + " · " + note
		}
		hits = append(hits, hit{Href: view.EventHref(e.Slug), Icon: "calendar-days", Title: e.Title, Note: note, Why: why, Lang: b.Foreign()})
	}
	return hits
}

// productGroup is the products, with where they are sold today.
func (s *Door) productGroup(b view.Base, q vendors.SearchAsk, f vendors.Found, on onToday, words []string) hitGroup {
	g := hitGroup{Label: b.T("search.products", f.ProductsN)}
	for _, product := range f.Products {
		var notes []string
		if price := b.PriceText(product.Product); price != "" {
			notes = append(notes, price)
		}
		if stars, ok := product.Stars(s.App.Today()); ok {
			notes = append(notes, b.T("stall.stars", stars.Stars))
		}
		now, sold := on.sold[product.ID]
		if sold && now.booth != "" {
			notes = append(notes, b.T("search.sold_at", now.booth, now.event))
		} else if sold {
			notes = append(notes, b.T("search.sold", now.event))
		}
		g.Hits = append(g.Hits, hit{Href: view.ProductHref(product.Slug), Icon: "package", Title: product.Name, Note: strings.Join(notes, " · "),
			Why: s.whyProduct(b, q, product, words), Lang: b.Foreign()})
	}
	if f.ProductsN > len(f.Products) && !q.Today {
		text, stars := q.Text, ""
		if f.Read != "" {
			text = f.Read
		}
		if q.Stars > 0 {
			stars = b.Count(int64(q.Stars))
		}
		g.All, g.More = view.Query("/san-pham", "q", text, "sao", stars), b.T("search.all_products")
	}
	return g
}

// whyProduct says why a product was found.
func (s *Door) whyProduct(b view.Base, q vendors.SearchAsk, product registry.ProductCard, words []string) string {
	switch {
	case len(words) == 0 && q.Stars > 0:
		return b.T("search.why.stars", q.Stars)
	case len(words) == 0:
		return b.T("search.why.sold")
	case holdsAll(product.Name, words):
		return b.T("search.why.product")
	case holdsAll(product.VendorName, words):
		return b.T("search.why.maker", product.VendorName)
	case product.OriginPlace != "" && holdsAll(product.Name+" "+product.OriginPlace, words):
		return b.T("search.why.origin", product.OriginPlace)
	}
	return b.T("search.why.text")
}

// holdsAll reports whether every folded word stands in a text.
func holdsAll(text string, words []string) bool {
	folded := vn.Fold(text)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(folded, w) })
}

func (s *Door) vendorGroup(b view.Base, q vendors.SearchAsk, f vendors.Found, words []string) hitGroup {
	g := hitGroup{Label: b.T("search.vendors", f.VendorsN)}
	for _, v := range f.Vendors {
		why := b.T("search.why.vendor")
		if !holdsAll(v.Name, words) {
			why = b.T("search.why.place", s.LongPlace(v))
		}
		g.Hits = append(g.Hits, hit{Href: view.VendorHref(v.Slug), Icon: "store", Title: v.Name, Note: b.VendorKind(v.Kind) + " · " + s.PlaceName(v.Area), Why: why,
			Lang: b.Foreign()})
	}
	if f.VendorsN > len(f.Vendors) {
		text := q.Text
		if f.Read != "" {
			text = f.Read
		}
		g.All, g.More = view.Query("/doanh-nghiep", "q", text), b.T("search.all_vendors")
	}
	return g
}

// areaHits are the units of the own province, and of others.
func (s *Door) areaHits(b view.Base, areas []vendors.FoundArea) (home, away []hit) {
	for _, a := range areas {
		h := hit{Href: view.Query("/su-kien", "dia-ban", a.Ref.Code), Icon: "map-pin", Title: s.App.Areas.LongName(a.Area, s.App.Today()),
			Why: b.T("search.why.area"), Lang: b.Foreign()}
		if a.Was != "" {
			h.Why = b.T("search.why.was", a.Was)
		}
		var notes []string
		if a.EventsN > 0 {
			notes = append(notes, b.T("search.area_events", a.EventsN))
		}
		if a.VendorsN > 0 {
			notes = append(notes, b.T("search.area_vendors", a.VendorsN))
		}
		if h.Note = strings.Join(notes, " · "); h.Note == "" {
			h.Note = b.T("search.area_nothing")
		} else if a.EventsN == 0 {
			h.Href = view.Query("/doanh-nghiep", "dia-ban", a.Ref.Code)
		}
		if a.Away {
			away = append(away, h)
		} else {
			home = append(home, h)
		}
	}
	return home, away
}
