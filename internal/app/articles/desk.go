package articles

import (
	"context"
	"slices"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

func errNotFound() error { return registry.E(registry.NotFound, "error.not_found") }

// deskPage is how many articles a page of the office's list has.
const deskPage = 30

// Desk is a page of the office's list of articles.
type Desk struct {
	Rows    []committee.Article
	More    bool
	Counts  map[committee.ArticleState]int
	Columns []committee.ArticleColumn
	Now     int64 // unix ms, by which the states are told
	Writes  bool  // the actor may write one somewhere
	Orders  bool  // the actor may change the columns
}

// Desk lists the articles that the actor may read in the office: those in the area of
// ViewPlan. NotFound without that right anywhere.
func (s *Service) Desk(ctx context.Context, actor registry.Actor, f committee.ArticleFilter) (d Desk, err error) {
	if !actor.CanSomewhere(registry.ViewPlan) {
		return d, errNotFound()
	}
	codes, all := actor.Reach(registry.ViewPlan)
	if f.Areas = codes; all {
		f.Areas = nil
	}
	d.Now, d.Writes = s.NowMS(), actor.CanSomewhere(registry.WriteArticles)
	f.Now, f.Public, f.Limit = d.Now, false, deskPage
	if d.Orders, err = s.ordersColumns(ctx, actor); err != nil {
		return d, err
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Rows, d.More, err = tx.Articles(ctx, f); err != nil {
			return err
		}
		if d.Counts, err = tx.CountArticles(ctx, f.Areas, d.Now); err != nil {
			return err
		}
		d.Columns, err = tx.Columns(ctx, d.Now)
		return err
	})
	return d, err
}

// articleFor reads an article for a use case that needs a right in its area. Whoever may
// not even read it there is told NotFound.
func (s *Service) articleFor(ctx context.Context, tx *store.Tx, actor registry.Actor, right registry.Right, id registry.ArticleID) (a committee.Article, err error) {
	if a, err = tx.Article(ctx, id); err != nil {
		return a, err
	}
	scope := s.Areas.Scope(a.Area)
	switch {
	case actor.Can(right, scope):
		return a, nil
	case actor.Can(registry.ViewPlan, scope):
		return committee.Article{}, registry.E(registry.Forbidden, "error.forbidden")
	}
	return committee.Article{}, errNotFound()
}

// File is an article as the office sees it.
type File struct {
	committee.Article
	HTML      string // as the public will read it
	Column    committee.ArticleColumn
	Body      string // name
	EventName string
	Goods     []string // addresses of the vendors and products, as they are typed
	Languages []committee.Article
	Versions  []committee.ArticleVersion
	Findings  []committee.Wording // in title, lead and text
	Now       int64
	Writes    bool // the actor may change it
}

// StateNow is the state of the article at the moment of the page.
func (f File) StateNow() committee.ArticleState { return f.StateAt(f.Now) }

// File returns an article for the office. The actor needs ViewPlan in its area; else it
// is NotFound.
func (s *Service) File(ctx context.Context, actor registry.Actor, id registry.ArticleID) (f File, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Article, err = s.articleFor(ctx, tx, actor, registry.ViewPlan, id); err != nil {
			return err
		}
		f.Now, f.Writes = tx.NowMS(), actor.Can(registry.WriteArticles, s.Areas.Scope(f.Area))
		if f.Versions, err = tx.ArticleVersions(ctx, id); err != nil {
			return err
		}
		if f.Languages, err = tx.ArticleLanguages(ctx, f.Article); err != nil {
			return err
		}
		return s.fillFile(ctx, tx, &f)
	})
	if err != nil {
		return File{}, err
	}
	f.Findings = s.findings(f.Article)
	f.HTML, err = render(f.Text, f.Pictures)
	return f, err
}

// findings are the words of an article that need proof.
func (s *Service) findings(a committee.Article) []committee.Wording {
	return committee.CheckWording(a.Title+"\n\n"+a.Lead+"\n\n"+a.Text, s.Today())
}

// fillFile names what an article is tied to.
func (s *Service) fillFile(ctx context.Context, tx *store.Tx, f *File) (err error) {
	if f.Column, err = columnOf(ctx, tx, f.Article.Column); err != nil {
		return err
	}
	if f.Article.Body != "" {
		b, err := tx.Body(ctx, f.Article.Body)
		if err != nil {
			return err
		}
		f.Body = b.Name
	}
	if f.Event != "" {
		e, err := tx.Event(ctx, f.Event)
		if err != nil {
			return err
		}
		f.EventName = e.Title
	}
	for _, id := range f.Vendors {
		v, err := tx.Vendor(ctx, id)
		if err != nil {
			return err
		}
		f.Goods = append(f.Goods, "/doanh-nghiep/"+v.Slug)
	}
	for _, id := range f.Products {
		p, err := tx.Product(ctx, id)
		if err != nil {
			return err
		}
		f.Goods = append(f.Goods, "/san-pham/"+p.Slug)
	}
	return nil
}

func columnOf(ctx context.Context, tx *store.Tx, code string) (committee.ArticleColumn, error) {
	columns, err := tx.Columns(ctx, tx.NowMS())
	if at := slices.IndexFunc(columns, func(c committee.ArticleColumn) bool { return c.Code == code }); err == nil && at >= 0 {
		return columns[at], nil
	}
	if err == nil {
		err = errNotFound()
	}
	return committee.ArticleColumn{}, err
}

// Choices are what an article may be tied to.
type Choices struct {
	Columns []committee.ArticleColumn
	Bodies  []committee.Body
	Events  []registry.Event // the latest that the public knows
}

// choiceEvents is how many events the form offers.
const choiceEvents = 40

// Choices returns what the form of an article offers. NotFound without WriteArticles
// anywhere.
func (s *Service) Choices(ctx context.Context, actor registry.Actor) (c Choices, err error) {
	codes, all := actor.Reach(registry.WriteArticles)
	if !all && len(codes) == 0 {
		return c, errNotFound()
	}
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if c.Columns, err = tx.Columns(ctx, tx.NowMS()); err != nil {
			return err
		}
		if c.Bodies, err = tx.Bodies(ctx, nil); err != nil {
			return err
		}
		today := s.Today()
		c.Bodies = slices.DeleteFunc(c.Bodies, func(b committee.Body) bool { return !b.StandsOn(today) })
		c.Events, _, err = tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !all, Public: true, Latest: true, Limit: choiceEvents})
		return err
	})
	return c, err
}
