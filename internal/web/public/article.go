package public

import (
	"html/template"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/articles"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// How much of the special page its first view shows.
const (
	frontBriefs  = 3 // titles beside the newest story
	frontEvents  = 3
	frontGrid    = 8
	frontSurveys = 4
)

// columnLink leads to the articles of a column.
type columnLink struct {
	Href    string
	Name    string
	Lang    string
	N       int
	Current bool
}

// articleCard is an article as lists show it.
type articleCard struct {
	Href    string
	Title   string
	Lead    string
	Lang    string
	Column  string
	By      string // day and reading time
	Picture string
	Alt     string
}

// shelfPage is a list of articles: the first view of the special page, or a column.
type shelfPage struct {
	view.Base
	Columns []columnLink
	Column  columnLink // whose page it is; zero on the first view
	Story   *articleCard
	Briefs  []articleCard
	Rest    []articleCard
	Events  []view.EventCard
	Surveys []view.SurveyRow
	Empty   view.Empty
	Prev    string
	Next    string
}

// articleCardOf is an article as lists show it.
func articleCardOf(b view.Base, a committee.Article, names map[string]string) articleCard {
	card := articleCard{Href: view.ArticleHref(a.Slug), Title: a.Title, Lead: a.Lead, Lang: string(a.Lang), Column: names[a.Column],
		By: b.T("article.page.by", view.ShowDay(a.PublishAt), a.Minutes())}
	if len(a.Pictures) > 0 {
		card.Picture, card.Alt = view.Photo(a.Pictures[0].File), a.Pictures[0].Alt
	}
	return card
}

// showArticles is the first view of the special page: the newest story, the columns, and
// the markets that come.
func (s *Door) showArticles(c *fiber.Ctx) error {
	p, err := s.shelf(c, "", "article.page.title")
	if err != nil {
		return err
	}
	if p.Events, err = s.comingEvents(c, p.Base); err != nil {
		return err
	}
	figures, err := s.App.Surveys.Public(c.UserContext())
	if err != nil {
		return err
	}
	p.Surveys = s.SurveyRows(p.Base, figures[:min(frontSurveys, len(figures))], true)
	if len(p.Rest) > 0 && p.Prev == "" {
		p.Story, p.Rest = &p.Rest[0], p.Rest[1:]
		n := min(frontBriefs, len(p.Rest))
		p.Briefs, p.Rest = p.Rest[:n], p.Rest[n:]
	}
	return s.Render(c, frame.LayoutPublic, "public/articles", p)
}

// showColumn lists the articles of a column.
func (s *Door) showColumn(c *fiber.Ctx) error {
	p, err := s.shelf(c, c.Params("column"), "article.page.title")
	if err != nil {
		return err
	}
	return s.Render(c, frame.LayoutPublic, "public/articles", p)
}

// shelf reads a page of a list of articles.
func (s *Door) shelf(c *fiber.Ctx, column, title string) (p shelfPage, err error) {
	page := askedPage(c)
	shelf, err := s.App.Articles.Shelf(c.UserContext(), column, (page-1)*articles.ShelfLength)
	if err != nil {
		return p, err
	}
	frame.LeadsNowhere(c, "trang", len(shelf.Rows))
	p.Base = s.PublicNav(c, s.Page(c, title))
	p.Description, p.Feed = p.T("article.page.lead"), p.T("article.page.feed")
	names := map[string]string{}
	for _, col := range shelf.Columns {
		link := columnLink{Href: view.ColumnHref(col.Code), Name: col.Name, Lang: string(col.Lang), N: col.N, Current: col.Code == column}
		if names[col.Code] = col.Name; link.Current {
			p.Column, p.Title = link, col.Name
		}
		p.Columns = append(p.Columns, link)
	}
	for _, a := range shelf.Rows {
		p.Rest = append(p.Rest, articleCardOf(p.Base, a, names))
	}
	p.Empty = view.Empty{Icon: "file-text", Title: p.T("article.page.none"), Text: p.T("article.page.none_text")}
	p.Prev, p.Next = shelfPager(column, page, shelf.More)
	return p, nil
}

// askedPage is the page of a list that is asked for, from 1.
func askedPage(c *fiber.Ctx) int {
	n, err := strconv.Atoi(c.Query("trang"))
	if frame.AskedIf(c, "trang", err == nil && n > 0 && n < 1000) == "" || n < 1 || n >= 1000 {
		return 1
	}
	return n
}

func shelfPager(column string, page int, more bool) (prev, next string) {
	root := "/chuyen-trang"
	if column != "" {
		root = view.ColumnHref(column)
	}
	switch {
	case page == 2:
		prev = root
	case page > 2:
		prev = root + "?trang=" + strconv.Itoa(page-1)
	}
	if more {
		next = root + "?trang=" + strconv.Itoa(page+1)
	}
	return prev, next
}

// comingEvents are the markets of today and the next ones.
func (s *Door) comingEvents(c *fiber.Ctx, b view.Base) ([]view.EventCard, error) {
	running, _, err := s.App.Events.PublicEvents(c.UserContext(), registry.EventFilter{States: []registry.EventState{registry.Running}, Limit: frontEvents})
	if err != nil {
		return nil, err
	}
	next, _, err := s.App.Events.PublicEvents(c.UserContext(), registry.EventFilter{States: nextStates, From: s.App.Today(), Limit: frontEvents})
	if err != nil {
		return nil, err
	}
	all := append(running, next...)
	all = all[:min(frontEvents, len(all))]
	figures, err := s.App.Events.EventFigures(c.UserContext(), all)
	return s.EventCards(b, all, figures), err
}

// articlePage is an article, or the word that it was withdrawn.
type articlePage struct {
	view.Base
	Article   articles.Reading
	Text      template.HTML
	By        string
	Updated   string // day of a change after its publication
	Gone      *view.Notice
	Languages []articleLanguage
	Sellers   []articleSeller
	About     *view.EventCard
	Next      *articleCard
}

// Column is the address of the column of the article.
func (p articlePage) Column() string { return view.ColumnHref(p.Article.Column.Code) }

// articleLanguage is a version of the article in a language.
type articleLanguage struct {
	Href, Lang, Name string
	Current          bool
}

// articleSeller is whose goods the article speaks of, and where they are sold today.
type articleSeller struct{ Href, Booth, Name, Note string }

// articleStyles are those by which an article is read.
var articleStyles = []string{"css/read.css"}

// showArticle shows an article. At the address of one that was withdrawn stands why.
func (s *Door) showArticle(c *fiber.Ctx) error {
	r, err := s.App.Articles.Read(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	p := articlePage{Article: r}
	if r.State == committee.ArticleWithdrawn {
		p.Base = s.PublicNav(c, s.Page(c, "article.page.gone"))
		p.OwnStyles = articleStyles
		p.Gone = &view.Notice{Class: "wait", Icon: "ban", Title: p.T("article.page.gone_on", view.ShowDay(r.WithdrawnAt)), Text: r.Reason}
		return s.RenderStatus(c, fiber.StatusGone, frame.LayoutPublic, "public/article", p)
	}
	p.Base = s.PublicNav(c, s.Titled(c, r.Title))
	p.OwnStyles, p.Description, p.Feed, p.Share = articleStyles, r.Lead, p.T("article.page.feed"), shareOf(r)
	p.Text = template.HTML(r.HTML) // made by app/articles, which lets no HTML through
	s.fillArticle(&p)
	return s.Render(c, frame.LayoutPublic, "public/article", p)
}

// shareOf is what others show of a link to an article.
func shareOf(r articles.Reading) *view.Share {
	share := &view.Share{Kind: "article", Title: r.Title, Text: r.Lead, Href: view.ArticleHref(r.Slug), Lang: string(r.Lang)}
	share.Published = view.InstantText(r.PublishAt)
	if len(r.Pictures) > 0 {
		share.Picture, share.Alt = view.Photo(r.Pictures[0].File), r.Pictures[0].Alt
	}
	return share
}

// fillArticle fills in what stands around the words of an article.
func (s *Door) fillArticle(p *articlePage) {
	r := p.Article
	p.By = p.T("article.page.by", view.ShowDay(r.PublishAt), r.Minutes())
	if day := view.ShowDay(r.UpdatedAt); r.UpdatedAt > r.PublishAt && day != view.ShowDay(r.PublishAt) {
		p.Updated = p.T("article.page.updated", day)
	}
	for _, l := range r.Languages {
		p.Languages = append(p.Languages, articleLanguage{Href: view.ArticleHref(l.Slug), Lang: string(l.Lang),
			Name: p.T("article.lang." + string(l.Lang)), Current: l.ID == r.ID})
	}
	for _, v := range r.Vendors {
		p.Sellers = append(p.Sellers, sellersOf(p.Base, v)...)
	}
	for _, good := range r.Products {
		p.Sellers = append(p.Sellers, articleSeller{Href: view.ProductHref(good.Slug), Name: good.Name, Note: p.T("article.page.product")})
	}
	if r.About != nil {
		card := s.EventCard(p.Base, *r.About, registry.EventFigures{})
		p.About = &card
	}
	if r.Next != nil {
		card := articleCardOf(p.Base, *r.Next, nil)
		p.Next = &card
	}
}

// sellersOf is a vendor with its stalls of today, or by itself.
func sellersOf(b view.Base, v articles.Seller) (rows []articleSeller) {
	for _, stop := range v.Stops {
		row := articleSeller{Href: view.VendorHref(v.Slug), Name: b.T("article.page.at", v.Name, stop.Title),
			Note: b.T("article.page.today", vn.ShowRange(stop.OpensOn, stop.ClosesOn))}
		if len(stop.Booths) > 0 {
			row.Booth = stop.Booths[0]
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		rows = append(rows, articleSeller{Href: view.VendorHref(v.Slug), Name: v.Name, Note: b.T("article.page.vendor")})
	}
	return rows
}
