package articles

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Input is an article as it is typed.
type Input struct {
	Title    string   `form:"title"`
	Lead     string   `form:"lead" lines:"many"`
	Text     string   `form:"text" lines:"raw"`
	Column   string   `form:"column"`
	Lang     string   `form:"article_lang"`
	Author   string   `form:"author"`
	Area     string   `form:"area"`
	AreaRef  string   `form:"area_ref"`
	Body     string   `form:"body"`
	Event    string   `form:"event"`
	Goods    string   `form:"goods" lines:"many"` // addresses of vendors and products, one a line
	Original string   `form:"original"`           // of a new version in another language
	Files    []string `form:"picture_file"`       // the pictures it has, in their order
	Alts     []string `form:"picture_alts" lines:"row"`
	Captions []string `form:"picture_captions" lines:"row"`
	Drop     []string `form:"picture_drop"`
	Alt      string   `form:"picture_alt"` // of Picture
	Caption  string   `form:"picture_caption"`
	Version  int64    `form:"version"`
	Picture  []byte   // a new one
}

// reader fills an article from its form and gathers what is wrong.
type reader struct {
	core.Input
	ctx   context.Context
	tx    *store.Tx
	areas *registry.Areas
	in    *Input
	a     *committee.Article
}

// read fills the article from its form. It is Invalid with all faults.
func (s *Service) read(ctx context.Context, tx *store.Tx, in *Input, a *committee.Article) error {
	r := reader{Input: core.Input{Today: s.Today()}, ctx: ctx, tx: tx, areas: s.Areas, in: in, a: a}
	a.Title = r.Needed("title", in.Title, committee.MaxArticleTitle)
	a.Lead = r.Text("lead", in.Lead, committee.MaxArticleLead)
	a.Author = r.Line("author", in.Author, committee.MaxAuthor)
	a.Lang = committee.Lang(in.Lang)
	r.Faults.Check(a.Lang.Valid(), "article_lang", "error.choose")
	r.pictures()
	r.text()
	r.area()
	for _, step := range []func() error{r.column, r.body, r.event, r.goods} {
		if err := step(); err != nil {
			return err
		}
	}
	return r.Faults.Err()
}

func (r *reader) text() {
	clean, ok := cleanMarkdown(r.in.Text)
	r.a.Text = clean
	r.Faults.Check(ok, "text", "error.bad_text")
	r.Faults.Check(clean != "", "text", "error.required")
	n := len([]rune(clean))
	r.Faults.Check(n <= committee.MaxArticleText, "text", "error.too_long", committee.MaxArticleText)
	if n <= committee.MaxArticleText {
		checkMarkdown(&r.Faults, clean, r.a.Pictures)
	}
}

// pictures reads the words of the pictures that the article has, without those that are
// dropped.
func (r *reader) pictures() {
	had := r.a.Pictures
	r.a.Pictures = nil
	at := func(list []string, i int) string {
		if i < len(list) {
			return list[i]
		}
		return ""
	}
	for _, p := range had {
		if i := slices.Index(r.in.Files, string(p.File)); i >= 0 {
			p.Alt = r.Needed("picture_alts", at(r.in.Alts, i), committee.MaxAlt)
			p.Caption = r.Line("picture_captions", at(r.in.Captions, i), committee.MaxCaption)
		}
		if !slices.Contains(r.in.Drop, string(p.File)) {
			r.a.Pictures = append(r.a.Pictures, p)
		}
	}
	alt := r.Line("picture_alt", r.in.Alt, committee.MaxAlt)
	r.Line("picture_caption", r.in.Caption, committee.MaxCaption)
	r.Faults.Check(len(r.in.Picture) == 0 || alt != "", "picture_alt", "article.error.alt")
	r.Faults.Check(len(r.in.Picture) > 0 || alt == "", "photo", "article.error.no_picture")
	r.Faults.Check(len(r.in.Picture) == 0 || len(r.a.Pictures) < committee.MaxPictures, "photo", "article.error.pictures", committee.MaxPictures)
}

func (r *reader) area() {
	typed := r.in.Area
	if r.in.AreaRef != "" {
		typed = r.in.AreaRef
	}
	if typed == "" {
		r.Faults.Add("area", "error.required")
		return
	}
	area, err := r.areas.Find(typed)
	r.Faults.Check(err == nil, "area", "event.fault.area")
	r.a.Area = area.Ref
}

func (r *reader) column() error {
	columns, err := r.tx.Columns(r.ctx, r.tx.NowMS())
	r.a.Column = r.in.Column
	r.Faults.Check(slices.ContainsFunc(columns, func(c committee.ArticleColumn) bool { return c.Code == r.in.Column }), "column", "error.choose")
	return err
}

func (r *reader) body() error {
	r.a.Body = registry.BodyID(r.in.Body)
	if r.a.Body == "" {
		return nil
	}
	_, err := r.tx.Body(r.ctx, r.a.Body)
	return r.unless(err, "body")
}

func (r *reader) event() error {
	r.a.Event = registry.EventID(r.in.Event)
	if r.a.Event == "" {
		return nil
	}
	e, err := r.tx.Event(r.ctx, r.a.Event)
	if err == nil && !e.Public() {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	return r.unless(err, "event")
}

// unless notes at a field that what was chosen is not there.
func (r *reader) unless(err error, field string) error {
	if registry.KindOf(err) == registry.NotFound {
		r.Faults.Add(field, "error.choose")
		return nil
	}
	return err
}

// goods reads addresses of pages of vendors and products.
func (r *reader) goods() error {
	r.a.Vendors, r.a.Products = nil, nil
	for line := range strings.SplitSeq(r.Text("goods", r.in.Goods, 2000), "\n") {
		if line == "" {
			continue
		}
		if err := r.good(line); err != nil {
			return err
		}
	}
	r.Faults.Check(len(r.a.Vendors)+len(r.a.Products) <= committee.MaxArticleVendors, "goods", "article.error.goods", committee.MaxArticleVendors)
	return nil
}

func (r *reader) good(line string) error {
	u, err := url.Parse(line)
	if err != nil {
		r.Faults.Add("goods", "article.error.good", line)
		return nil
	}
	if slug, ok := strings.CutPrefix(u.Path, "/doanh-nghiep/"); ok {
		v, err := r.tx.VendorBySlug(r.ctx, slug)
		if err == nil && !slices.Contains(r.a.Vendors, v.ID) {
			r.a.Vendors = append(r.a.Vendors, v.ID)
		}
		return r.missing(err, line)
	}
	slug, ok := strings.CutPrefix(u.Path, "/san-pham/")
	if !ok {
		r.Faults.Add("goods", "article.error.good", line)
		return nil
	}
	p, err := r.tx.ProductBySlug(r.ctx, slug)
	if err == nil && !slices.Contains(r.a.Products, p.ID) {
		r.a.Products = append(r.a.Products, p.ID)
	}
	return r.missing(err, line)
}

func (r *reader) missing(err error, line string) error {
	if registry.KindOf(err) == registry.NotFound {
		r.Faults.Add("goods", "article.error.good", line)
		return nil
	}
	return err
}
