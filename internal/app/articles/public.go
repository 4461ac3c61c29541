package articles

import (
	"context"
	"slices"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// How many articles a page of the public lists has, and the feed.
const (
	ShelfLength = 20
	FeedLength  = 30
)

// Shelf is a list of articles as the public sees it.
type Shelf struct {
	Columns []committee.ArticleColumn // those that have an article
	Rows    []committee.Article
	More    bool
}

// Shelf returns a page of the articles that the public reads, newest first: of a column,
// or of all for "". NotFound for a column that is none.
func (s *Service) Shelf(ctx context.Context, column string, skip int) (l Shelf, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if l.Columns, err = tx.Columns(ctx, tx.NowMS()); err != nil {
			return err
		}
		if column != "" && !slices.ContainsFunc(l.Columns, func(c committee.ArticleColumn) bool { return c.Code == column }) {
			return errNotFound()
		}
		l.Rows, l.More, err = tx.Articles(ctx, committee.ArticleFilter{Public: true, Column: column, Now: tx.NowMS(), Skip: skip, Limit: ShelfLength})
		return err
	})
	l.Columns = slices.DeleteFunc(l.Columns, func(c committee.ArticleColumn) bool { return c.N == 0 && c.Code != column })
	return l, err
}

// Feed returns the newest articles of the public for a feed, with their texts as HTML.
func (s *Service) Feed(ctx context.Context) (list []Reading, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		rows, _, err := tx.Articles(ctx, committee.ArticleFilter{Public: true, Now: tx.NowMS(), Limit: FeedLength, Pictures: true})
		for _, a := range rows {
			r := Reading{Article: a}
			if r.HTML, err = render(a.Text, a.Pictures); err != nil {
				return err
			}
			list = append(list, r)
		}
		return err
	})
	return list, err
}

// Reading is an article as the public reads it.
type Reading struct {
	committee.Article
	HTML      string
	Column    committee.ArticleColumn
	Body      string              // name of the body that speaks in it
	About     *registry.Event     // nil for none
	Languages []committee.Article // versions that the public may read, itself among them
	Vendors   []Seller            // that the public may see
	Products  []registry.Product
	Next      *committee.Article // the one before it in its column
}

// Seller is a vendor of whose goods an article speaks, with where it sells today.
type Seller struct {
	Slug, Name string
	Stops      []registry.Stop // running today
}

// Read returns an article by its address. One that was withdrawn comes without its
// words, with the reason; every other that is not public is NotFound.
func (s *Service) Read(ctx context.Context, slug string) (r Reading, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if r.Article, err = tx.ArticleBySlug(ctx, slug); err != nil {
			return err
		}
		if !r.Known(tx.NowMS()) {
			return errNotFound()
		}
		if r.Column, err = columnOf(ctx, tx, r.Article.Column); err != nil {
			return err
		}
		if r.State == committee.ArticleWithdrawn {
			r.Article = committee.Article{ID: r.ID, Slug: slug, State: r.State, Reason: r.Reason, WithdrawnAt: r.WithdrawnAt, Column: r.Article.Column}
			return nil
		}
		return s.fillReading(ctx, tx, &r)
	})
	if err != nil || r.State == committee.ArticleWithdrawn {
		return r, err
	}
	r.HTML, err = render(r.Text, r.Pictures)
	return r, err
}

// fillReading reads what an article leads to, as far as the public may see it.
func (s *Service) fillReading(ctx context.Context, tx *store.Tx, r *Reading) error {
	all, err := tx.ArticleLanguages(ctx, r.Article)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.Public(tx.NowMS()) {
			r.Languages = append(r.Languages, l)
		}
	}
	if r.Article.Body != "" {
		b, err := tx.Body(ctx, r.Article.Body)
		if err != nil {
			return err
		}
		r.Body = b.Name
	}
	if r.Event != "" {
		e, err := tx.Event(ctx, r.Event)
		if err != nil {
			return err
		}
		if e.Public() {
			r.About = &e
		}
	}
	if err := s.fillGoods(ctx, tx, r); err != nil {
		return err
	}
	return fillNext(ctx, tx, r)
}

// fillGoods reads the vendors and products that the public may see.
func (s *Service) fillGoods(ctx context.Context, tx *store.Tx, r *Reading) error {
	for _, id := range r.Article.Products {
		p, err := tx.Product(ctx, id)
		if err != nil {
			return err
		}
		v, err := tx.Vendor(ctx, p.Vendor)
		if err != nil {
			return err
		}
		if !p.Hidden && v.State.Public() {
			r.Products = append(r.Products, p)
		}
	}
	for _, id := range r.Article.Vendors {
		v, err := tx.Vendor(ctx, id)
		if err != nil {
			return err
		}
		if !v.State.Public() {
			continue
		}
		stops, err := tx.Stops(ctx, id, s.Today())
		if err != nil {
			return err
		}
		running := slices.DeleteFunc(stops, func(stop registry.Stop) bool { return stop.State != registry.Running })
		r.Vendors = append(r.Vendors, Seller{Slug: v.Slug, Name: v.Name, Stops: running})
	}
	return nil
}

// fillNext finds the article that was published before this one in its column.
func fillNext(ctx context.Context, tx *store.Tx, r *Reading) error {
	rows, _, err := tx.Articles(ctx, committee.ArticleFilter{Public: true, Column: r.Article.Column, Now: r.PublishAt, Limit: 3})
	for i := range rows {
		if rows[i].ID != r.ID && rows[i].ID != r.Original {
			r.Next = &rows[i]
			break
		}
	}
	return err
}
