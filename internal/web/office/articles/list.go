package articles

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// tones and icons are how a state looks.
var (
	tones = map[committee.ArticleState]string{committee.ArticleDraft: "off", committee.ArticleScheduled: "wait", committee.ArticlePublished: "go",
		committee.ArticleWithdrawn: "stop"}
	icons = map[committee.ArticleState]string{committee.ArticleDraft: "pencil", committee.ArticleScheduled: "clock", committee.ArticlePublished: "circle-check",
		committee.ArticleWithdrawn: "ban"}
)

func stateChip(b view.Base, s committee.ArticleState) view.Chip {
	return view.Chip{Class: tones[s], Icon: icons[s], Label: b.T("article.state." + string(s))}
}

// listPage is the office's list of articles.
type listPage struct {
	view.Base
	Tabs   []tab
	Rows   []listRow
	Empty  view.Empty
	Writes bool
	Orders bool
	Prev   string
	Next   string
}

// tab narrows the list to a state.
type tab struct {
	Href    string
	Label   string
	N       int
	Current bool
}

// listRow is an article as the list shows it.
type listRow struct {
	committee.Article
	Href   string
	Chip   view.Chip
	Column string
	When   string
	Tongue string // name of the language, where it is not Vietnamese
}

// pageLength is how many rows a page of the list has.
const pageLength = 30

// readList is which articles an address asks for.
func readList(c *fiber.Ctx) committee.ArticleFilter {
	skip, err := strconv.Atoi(c.Query("bo", "0"))
	if frame.AskedIf(c, "bo", err == nil && skip >= 0) == "" || skip < 0 {
		skip = 0
	}
	return committee.ArticleFilter{State: frame.OneOf(c, "trang-thai", committee.ArticleStates...), Event: registry.EventID(c.Query("su-kien")), Skip: skip}
}

// sendArticles sends the list of articles as a file.
func (s *Door) sendArticles(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.ArticleFile(c.UserContext(), frame.Actor(c), readList(c), ask)
	})
}

// showArticles lists the articles in the officer's area.
func (s *Door) showArticles(c *fiber.Ctx) error {
	f := readList(c)
	state, skip := f.State, f.Skip
	desk, err := s.App.Articles.Desk(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "bo", len(desk.Rows))
	p := listPage{Base: s.OfficePage(c, "article.office.title"), Writes: desk.Writes, Orders: desk.Orders}
	p.Empty = view.Empty{Icon: "file-text", Title: p.T("article.office.none"), Text: p.T("article.office.none_text")}
	p.Tabs = tabsOf(p.Base, desk.Counts, state)
	names := map[string]string{}
	for _, col := range desk.Columns {
		names[col.Code] = col.Name
	}
	for _, a := range desk.Rows {
		p.Rows = append(p.Rows, rowOf(p.Base, a, names, desk.Now))
	}
	if skip > 0 {
		p.Prev = listHref(state, max(0, skip-pageLength))
	}
	if desk.More {
		p.Next = listHref(state, skip+pageLength)
	}
	return s.Render(c, frame.LayoutOffice, "articles/list", p)
}

func rowOf(b view.Base, a committee.Article, names map[string]string, now int64) listRow {
	row := listRow{Article: a, Href: view.ArticleRoot(a.ID), Chip: stateChip(b, a.StateAt(now)), Column: names[a.Column],
		When: b.T("article.office.changed", view.ShowInstant(a.UpdatedAt))}
	if a.PublishAt > 0 {
		row.When = view.ShowInstant(a.PublishAt)
	}
	if a.Lang != committee.Vietnamese {
		row.Tongue = b.T("article.lang." + string(a.Lang))
	}
	return row
}

func listHref(state committee.ArticleState, skip int) string {
	href := "/quan-ly/bai-viet?trang-thai=" + string(state)
	if skip > 0 {
		href += "&bo=" + strconv.Itoa(skip)
	}
	return href
}

func tabsOf(b view.Base, counts map[committee.ArticleState]int, current committee.ArticleState) []tab {
	all := 0
	var tabs []tab
	for _, state := range committee.ArticleStates {
		all += counts[state]
		tabs = append(tabs, tab{listHref(state, 0), b.T("article.state." + string(state)), counts[state], state == current})
	}
	return append([]tab{{"/quan-ly/bai-viet", b.T("article.office.all"), all, current == ""}}, tabs...)
}

// columnsPage lists the columns with a form for each.
type columnsPage struct {
	view.Base
	view.Form
	Rows   []columnRow
	New    []view.Field
	Orders bool
}

// columnRow is a column with what it is renamed by.
type columnRow struct {
	committee.ArticleColumn
	Tongue string
	First  bool
	Langs  []view.Option
}

// columnForm is a column as it is typed.
type columnForm struct {
	Code    string `form:"code"`
	Name    string `form:"name"`
	Lang    string `form:"column_lang"`
	Up      bool   `form:"up"`
	Remove  bool   `form:"remove"`
	Version int64  `form:"version"`
}

// showColumns lists the columns of the special page.
func (s *Door) showColumns(c *fiber.Ctx) error {
	return s.reshowColumns(c, fiber.StatusOK, columnForm{}, nil)
}

func (s *Door) reshowColumns(c *fiber.Ctx, status int, form columnForm, faults map[string]string) error {
	desk, err := s.App.Articles.Desk(c.UserContext(), frame.Actor(c), committee.ArticleFilter{})
	if err != nil {
		return err
	}
	p := columnsPage{Base: s.OfficePage(c, "article.column.title"), Orders: desk.Orders}
	p.Form = view.NewForm(&p.Base, faults)
	for i, col := range desk.Columns {
		p.Rows = append(p.Rows, columnRow{ArticleColumn: col, Tongue: p.T("article.lang." + string(col.Lang)), First: i == 0,
			Langs: view.Options(p.Base, "article.lang.", committee.Langs, string(col.Lang))})
	}
	if form.Lang == "" {
		form.Lang = string(committee.Vietnamese)
	}
	p.New = p.Take(view.Field{Name: "name", Label: p.T("article.field.name"), Value: form.Name, Max: committee.MaxColumnName},
		view.Field{Name: "column_lang", Type: "select", Label: p.T("article.field.column_lang"), Options: view.Options(p.Base, "article.lang.", committee.Langs, form.Lang)})
	return s.RenderStatus(c, status, frame.LayoutOffice, "articles/columns", p)
}
