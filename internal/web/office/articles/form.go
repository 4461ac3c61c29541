package articles

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/articles"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// formPage is the form of an article.
type formPage struct {
	view.Base
	view.Form
	Action   string
	Back     string
	BackText string
	Version  int64
	Original string
	Stale    *view.Stale
	Words    []view.Field // what is read
	Ties     []view.Field // what it is tied to
	Pictures []pictureRow
	Photo    []view.Field // a new picture
}

// pictureRow is a picture that the article has.
type pictureRow struct {
	committee.Picture
	Small    string
	Markdown string // shows it within the text
	Dropped  bool
}

// articleForm is what the form sends.
type articleForm struct {
	articles.Input
	Over int64 `form:"over"`
}

// showNewArticle shows the empty form, or one for a version of an article in another
// language.
func (s *Door) showNewArticle(c *fiber.Ctx) error {
	in := articles.Input{Lang: string(committee.Vietnamese), Event: c.Query("su-kien"), Original: c.Query("ban-goc")}
	codes, _ := frame.Actor(c).Reach(registry.WriteArticles)
	province, err := s.App.Events.Province(c.UserContext())
	if err != nil {
		return err
	}
	in.AreaRef = province.Ref.String()
	if len(codes) > 0 {
		in.AreaRef = registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]}.String()
	}
	if in.Original != "" {
		f, err := s.App.Articles.File(c.UserContext(), frame.Actor(c), registry.ArticleID(in.Original))
		if err != nil {
			return err
		}
		in.Column, in.AreaRef, in.Body, in.Event = f.Column.Code, f.Area.String(), string(f.Article.Body), string(f.Event)
		in.Goods, in.Lang, in.Author = strings.Join(f.Goods, "\n"), "", f.Author
	}
	return s.reshowForm(c, formShown{form: articleForm{Input: in}})
}

// formShown is what a page of the form shows: the article that it changes, what was
// typed and what is wrong with it.
type formShown struct {
	status int
	file   *articles.File
	form   articleForm
	err    error
}

func (s *Door) reshowForm(c *fiber.Ctx, shown formShown) error {
	choices, err := s.App.Articles.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := formPage{Base: s.OfficePage(c, "article.office.new"), Action: "/quan-ly/bai-viet/moi", Back: "/quan-ly/bai-viet",
		Version: shown.form.Version, Original: shown.form.Original}
	p.BackText = p.T("article.office.title")
	if f := shown.file; f != nil {
		p.Title, p.Action, p.Back, p.BackText = f.Title, view.ArticleRoot(f.ID)+"/sua", view.ArticleRoot(f.ID), f.Title
	}
	faults := map[string]string(nil)
	if shown.err != nil {
		texts, ok := view.FaultTexts(p.Base, shown.err)
		if !ok {
			return shown.err
		}
		faults = texts
		view.TellLostFile(p.Base, faults, "photo", len(shown.form.Picture) > 0)
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.fill(s, shown, choices)
	if view.IsStale(shown.err) {
		p.Stale = s.staleOf(p.Base, shown, choices)
	}
	return s.RenderStatus(c, max(shown.status, fiber.StatusOK), frame.LayoutOffice, "articles/form", p)
}

// staleOf compares what was typed with what somebody else has saved meanwhile.
func (s *Door) staleOf(b view.Base, shown formShown, choices articles.Choices) *view.Stale {
	theirs := formShown{form: articleForm{Input: inputOf(*shown.file)}}
	fields := func(shown formShown) []view.Field {
		return append(wordFields(b, shown.form, choices), s.tieFields(b, shown.form, choices)...)
	}
	return view.NewStale(b, shown.file.Version, view.ArticleRoot(shown.file.ID)+"/sua", fields(shown), fields(theirs))
}

// fill draws the fields.
func (p *formPage) fill(s *Door, shown formShown, choices articles.Choices) {
	p.Words = p.Take(wordFields(p.Base, shown.form, choices)...)
	p.Ties = p.Take(s.tieFields(p.Base, shown.form, choices)...)
	photo := view.PhotoField(p.Base, "photo", "article.field.photo")
	photo.Hint = p.T("article.field.photo.hint")
	p.Photo = p.Take(photo,
		view.Field{Name: "picture_alt", Label: p.T("article.field.picture_alt"), Hint: p.T("article.field.picture_alt.hint"), Value: shown.form.Alt, Max: committee.MaxAlt},
		view.Field{Name: "picture_caption", Label: p.T("article.field.picture_caption"), Value: shown.form.Caption, Max: committee.MaxCaption})
	p.Part("picture_alts", p.T("article.field.picture_alt"))
	p.Part("picture_captions", p.T("article.field.picture_caption"))
	if shown.file == nil {
		return
	}
	for i, pic := range shown.file.Pictures {
		row := pictureRow{Picture: pic, Small: view.SmallPhoto(pic.File), Markdown: "![](/tep/" + string(pic.File) + ")"}
		if i < len(shown.form.Files) && shown.form.Files[i] == string(pic.File) && i < len(shown.form.Alts) && i < len(shown.form.Captions) {
			row.Alt, row.Caption = shown.form.Alts[i], shown.form.Captions[i]
		}
		p.Pictures = append(p.Pictures, row)
	}
}

// wordFields are what is read of an article.
func wordFields(b view.Base, f articleForm, choices articles.Choices) []view.Field {
	columns := make([]view.Option, 0, len(choices.Columns)+1)
	if f.Column == "" {
		columns = append(columns, view.Option{Label: b.T("article.office.choose")})
	}
	for _, col := range choices.Columns {
		columns = append(columns, view.Option{Value: col.Code, Label: col.Name, Selected: col.Code == f.Column})
	}
	langs := view.Options(b, "article.lang.", committee.Langs, f.Lang)
	if f.Lang == "" {
		langs = append([]view.Option{{Label: b.T("article.office.choose")}}, langs...)
	}
	return []view.Field{
		{Name: "title", Label: b.T("article.field.title"), Hint: b.T("article.field.title.hint"), Value: f.Title, Max: committee.MaxArticleTitle},
		{Name: "column", Type: "select", Label: b.T("article.field.column"), Options: columns},
		{Name: "article_lang", Type: "select", Label: b.T("article.field.article_lang"), Hint: b.T("article.field.article_lang.hint"), Options: langs},
		{Name: "lead", Type: "textarea", Label: b.T("article.field.lead"), Hint: b.T("article.field.lead.hint"), Value: f.Lead, Rows: 3, Max: committee.MaxArticleLead},
		{Name: "text", Type: "textarea", Label: b.T("article.field.text"), Hint: b.T("article.field.text.hint"), Value: f.Text, Rows: 18},
		{Name: "author", Label: b.T("article.field.author"), Hint: b.T("article.field.author.hint"), Value: f.Author, Max: committee.MaxAuthor},
	}
}

// tieFields are what an article is tied to.
func (s *Door) tieFields(b view.Base, f articleForm, choices articles.Choices) []view.Field {
	bodies := []view.Option{{Label: b.T("article.office.no_body")}}
	for _, body := range choices.Bodies {
		bodies = append(bodies, view.Option{Value: string(body.ID), Label: body.Name, Selected: string(body.ID) == f.Body})
	}
	events := []view.Option{{Label: b.T("article.office.no_event")}}
	for _, e := range choices.Events {
		events = append(events, view.Option{Value: string(e.ID), Label: e.Title + " · " + view.ShortDate(e.OpensOn), Selected: string(e.ID) == f.Event})
	}
	area := view.Field{Name: "area", Type: "area", Label: b.T("article.field.area"), Hint: b.T("article.field.area.hint"), Value: f.Area, Ref: f.AreaRef}
	if a, err := s.App.Areas.Find(f.AreaRef); err == nil && f.Area == "" {
		area.Value = s.App.Areas.FullName(a, s.App.Today())
	}
	return []view.Field{area,
		{Name: "body", Type: "select", Label: b.T("article.field.body"), Options: bodies},
		{Name: "event", Type: "select", Label: b.T("article.field.event"), Hint: b.T("article.field.event.hint"), Options: events},
		{Name: "goods", Type: "textarea", Label: b.T("article.field.goods"), Hint: b.T("article.field.goods.hint"), Value: f.Goods, Rows: 3},
	}
}

// inputOf is a stored article as its form takes it.
func inputOf(f articles.File) articles.Input {
	return articles.Input{Title: f.Title, Lead: f.Lead, Text: f.Text, Column: f.Column.Code, Lang: string(f.Lang), Author: f.Author,
		AreaRef: f.Area.String(), Body: string(f.Article.Body), Event: string(f.Event), Goods: strings.Join(f.Goods, "\n"), Version: f.Version}
}

// readForm reads the form with its picture, whatever becomes of which the words are kept.
func (s *Door) readForm(c *fiber.Ctx, share *frame.Share) (form articleForm, err error) {
	parts, err := s.ReadParts(c, share)
	if err != nil {
		return form, err
	}
	if err := frame.BindValues(parts.Values, nil, &form); err != nil {
		return form, err
	}
	form.Picture, form.Version = parts.Photo, view.ReadAt(form.Version, form.Over)
	if parts.Lost != nil {
		return form, parts.Lost
	}
	return form, nil
}

// createArticle stores a draft.
func (s *Door) createArticle(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	form, err := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if err == nil {
		var a committee.Article
		if a, err = s.App.Articles.Create(c.UserContext(), frame.Actor(c), form.Input); err == nil {
			frame.Flash(c, "article.flash.created")
			return c.Redirect(view.ArticleRoot(a.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshowForm(c, formShown{status: frame.FaultStatus(c, err), form: form, err: err})
}

// showEditArticle shows the form of an article as it is stored.
func (s *Door) showEditArticle(c *fiber.Ctx) error {
	f, err := s.writable(c)
	if err != nil {
		return err
	}
	return s.reshowForm(c, formShown{file: &f, form: articleForm{Input: inputOf(f)}})
}

// writable is the article that an address names, for whoever may change it.
func (s *Door) writable(c *fiber.Ctx) (articles.File, error) {
	f, err := s.App.Articles.File(c.UserContext(), frame.Actor(c), registry.ArticleID(c.Params("article")))
	if err == nil && !f.Writes {
		err = registry.E(registry.Forbidden, "error.forbidden")
	}
	return f, err
}

// editArticle changes an article.
func (s *Door) editArticle(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	form, err := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	id := registry.ArticleID(c.Params("article"))
	if err == nil {
		if _, err = s.App.Articles.Edit(c.UserContext(), frame.Actor(c), id, form.Input); err == nil {
			frame.Flash(c, "article.flash.saved")
			return c.Redirect(view.ArticleRoot(id), fiber.StatusSeeOther)
		}
	}
	f, gone := s.writable(c)
	if gone != nil {
		return gone
	}
	return s.reshowForm(c, formShown{status: frame.FaultStatus(c, err), file: &f, form: form, err: err})
}
