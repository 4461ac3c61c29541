package articles

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/articles"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// articlePage is an article in the office: what the public will read, what may be done
// next, and how it was.
type articlePage struct {
	view.Base
	view.Form
	File      articles.File
	Text      template.HTML
	Chip      view.Chip
	Facts     []view.SummaryRow
	Findings  []finding
	Steps     []stepForm
	Versions  []versionRow
	Languages []languageRow
	Public    string // address of the public page, once there is one
}

// finding is a word that needs proof, with its rule and what may stand instead.
type finding struct{ Word, Rule, Instead string }

// stepForm is a step that may follow, with what it asks.
type stepForm struct {
	To     committee.ArticleState
	Label  string
	Effect string
	Fields []view.Field
	Danger bool
}

// versionRow is the words of an article as they once were.
type versionRow struct {
	committee.ArticleVersion
	When    string
	Current bool
}

// languageRow is a version of the article in another language.
type languageRow struct {
	Href, Name, Title string
	Chip              view.Chip
}

// findingsOf shows the words of a text that need proof.
func findingsOf(b view.Base, found []committee.Wording) (rows []finding) {
	for _, w := range found {
		key := "wording.instead." + string(w.Kind)
		rows = append(rows, finding{Word: w.Word, Rule: b.T("wording.rule."+ruleOf(w.Kind), vn.ShowDate(w.From), b.Cited(w.Law)),
			Instead: b.T("wording.instead", b.T(key+".one"), b.T(key+".two"))})
	}
	return rows
}

func ruleOf(kind committee.WordingKind) string {
	if kind == committee.DeepCut {
		return "cut"
	}
	return "praise"
}

// showArticle shows an article to the office.
func (s *Door) showArticle(c *fiber.Ctx) error {
	return s.reshowArticle(c, fiber.StatusOK, articles.StepInput{}, nil)
}

func (s *Door) reshowArticle(c *fiber.Ctx, status int, typed articles.StepInput, faults map[string]string) error {
	f, err := s.App.Articles.File(c.UserContext(), frame.Actor(c), registry.ArticleID(c.Params("article")))
	if err != nil {
		return err
	}
	p := articlePage{Base: s.OfficeNav(c, s.Titled(c, f.Title)), File: f, Text: template.HTML(f.HTML)} // made by app/articles, which lets no HTML through
	p.Form = view.NewForm(&p.Base, faults)
	p.Chip, p.Findings = stateChip(p.Base, f.StateNow()), findingsOf(p.Base, f.Findings)
	p.Facts = s.factsOf(p.Base, f)
	if f.Known(f.Now) {
		p.Public = view.ArticleHref(f.Slug)
	}
	if f.Writes {
		p.addSteps(typed)
	}
	for i, v := range f.Versions {
		p.Versions = append(p.Versions, versionRow{ArticleVersion: v, When: view.ShowInstant(v.At), Current: i == 0})
	}
	for _, l := range f.Languages {
		if l.ID != f.ID {
			p.Languages = append(p.Languages, languageRow{Href: view.ArticleRoot(l.ID), Name: p.T("article.lang." + string(l.Lang)), Title: l.Title,
				Chip: stateChip(p.Base, l.StateAt(f.Now))})
		}
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "articles/article", p)
}

// factsOf says what stands beside the words of an article.
func (s *Door) factsOf(b view.Base, f articles.File) (rows []view.SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("article.field." + name), Value: value})
		}
	}
	add("column", f.Column.Name)
	add("article_lang", b.T("article.lang."+string(f.Lang)))
	add("author", f.Author)
	add("body", f.Body)
	if a, ok := s.App.Areas.Lookup(f.Area); ok {
		add("area", s.App.Areas.FullName(a, s.App.Today()))
	}
	add("event", f.EventName)
	for _, good := range f.Goods {
		add("goods", good)
	}
	if f.PublishAt > 0 {
		add("publish_on", view.ShowInstant(f.PublishAt))
	}
	add("reason", f.Reason)
	return rows
}

// addSteps draws the steps that may follow.
func (p *articlePage) addSteps(typed articles.StepInput) {
	state := p.File.StateNow()
	for _, to := range committee.ArticleStates {
		if !state.CanBecome(to) {
			continue
		}
		step := stepForm{To: to, Label: p.T("article.step." + string(to)), Effect: p.T("article.effect." + string(to)), Danger: to == committee.ArticleWithdrawn}
		switch to {
		case committee.ArticleWithdrawn:
			step.Fields = p.Take(view.Field{Name: "reason", Type: "textarea", Label: p.T("article.field.reason"), Hint: p.T("article.field.reason.hint"),
				Value: typed.Reason, Rows: 2, Max: committee.MaxReason})
		case committee.ArticlePublished:
			step.Fields = p.publishFields(state, typed)
		}
		p.Steps = append(p.Steps, step)
	}
}

// publishFields are what a publication asks: when, and the proof for words of praise.
func (p *articlePage) publishFields(state committee.ArticleState, typed articles.StepInput) (fields []view.Field) {
	if state != committee.ArticleWithdrawn {
		fields = append(fields,
			view.Field{Name: "publish_on", Type: "date", Label: p.T("article.field.publish_on"), Hint: p.T("article.field.publish_on.hint"), Value: typed.On,
				Shape: p.T("form.date_shape")},
			view.Field{Name: "publish_at", Label: p.T("article.field.publish_at"), Hint: p.T("article.field.publish_at.hint"), Value: typed.At, Max: 10})
	}
	if len(p.Findings) > 0 {
		fields = append(fields, view.Field{Name: "proof", Label: p.T("article.field.proof"), Hint: p.T("article.field.proof.hint"), Value: typed.Proof,
			Max: committee.MaxReason})
	}
	return p.Take(fields...)
}

// stepArticle takes an article to its next state.
func (s *Door) stepArticle(c *fiber.Ctx) error {
	var in articles.StepInput
	id := registry.ArticleID(c.Params("article"))
	err := frame.Bind(c, &in)
	if err == nil {
		err = s.App.Articles.Step(c.UserContext(), frame.Actor(c), id, in)
	}
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "article.office.title"), err); ok {
			return s.reshowArticle(c, frame.FaultStatus(c, err), in, texts)
		}
		return err
	}
	frame.Flash(c, "article.flash.stepped")
	return c.Redirect(view.ArticleRoot(id), fiber.StatusSeeOther)
}

// restoreArticle takes back the words of a version.
func (s *Door) restoreArticle(c *fiber.Ctx) error {
	var form struct {
		N int `form:"n"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	id := registry.ArticleID(c.Params("article"))
	if err := s.App.Articles.Restore(c.UserContext(), frame.Actor(c), id, form.N); err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "article.office.title"), err); ok {
			return s.reshowArticle(c, frame.FaultStatus(c, err), articles.StepInput{}, texts)
		}
		return err
	}
	frame.Flash(c, "article.flash.restored")
	return c.Redirect(view.ArticleRoot(id), fiber.StatusSeeOther)
}
