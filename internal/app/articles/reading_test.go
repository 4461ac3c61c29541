package articles_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/articles"
	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestAnArticleLeadsToWhatItIsTiedTo(t *testing.T) {
	k, writer := kitOf(t)
	body, err := k.App.Campaign.CreateBody(t.Context(), registry.SystemActor("test"), campaign.BodyInput{Kind: string(committee.SteeringCommittee), Name: "Ban Chỉ đạo tỉnh", Area: "2025:19"})
	testkit.Works(t, err)
	running, coming := k.Event(testkit.InState(registry.Running)), k.Event()
	vendor := k.Vendor()
	for _, e := range []registry.Event{running, coming} {
		k.Application(e, vendor.ID, testkit.Standing(registry.AppApproved))
	}
	product := k.Product(vendor)
	f := created(t, k, writer, func(in *articles.Input) {
		in.Body, in.Event = string(body.ID), string(coming.ID)
		in.Goods = strings.Repeat("/doanh-nghiep/"+vendor.Slug+"\nhttps://vi-du.vn/san-pham/"+product.Slug+"\n", 2)
	})
	t.Run("in the office", func(t *testing.T) {
		if f.Body != "Ban Chỉ đạo tỉnh" || f.EventName != coming.Title || !slices.Equal(f.Goods, []string{"/doanh-nghiep/" + vendor.Slug, "/san-pham/" + product.Slug}) {
			t.Errorf("it is tied to %q, %q, %q", f.Body, f.EventName, f.Goods)
		}
		if len(f.Versions) != 1 || len(f.Languages) != 1 || f.Column.Code != "guong-dien-hinh" || f.Column.Name == "" {
			t.Errorf("it has %d versions, %d languages, stands in %+v", len(f.Versions), len(f.Languages), f.Column)
		}
	})
	before := k.Article(func(a *committee.Article) { a.PublishAt -= 1000 })
	k.Article(func(a *committee.Article) { a.PublishAt -= 2000 })
	testkit.Works(t, step(t, k, writer, f.ID, articles.StepInput{To: "published"}))
	t.Run("for everybody", func(t *testing.T) {
		r, err := k.App.Articles.Read(t.Context(), f.Slug)
		testkit.Works(t, err)
		if r.Body != f.Body || r.About == nil || r.About.ID != coming.ID || len(r.Vendors) != 1 || r.Vendors[0].Slug != vendor.Slug || len(r.Products) != 1 {
			t.Errorf("it is tied to %q, %v, %v, %d products", r.Body, r.About, r.Vendors, len(r.Products))
		}
		if len(r.Languages) != 1 || r.Next == nil || r.Next.ID != before.ID {
			t.Errorf("%d languages, next %v", len(r.Languages), r.Next)
		}
		for _, stop := range r.Vendors[0].Stops {
			if stop.State != registry.Running {
				t.Errorf("the vendor sells at an event that is %s", stop.State)
			}
		}
	})
	t.Run("what is hidden leads nowhere", func(t *testing.T) {
		testkit.Works(t, k.App.Vendors.BlockVendor(t.Context(), registry.SystemActor("test"), vendor.ID, "x"))
		r, err := k.App.Articles.Read(t.Context(), f.Slug)
		if err != nil || len(r.Vendors)+len(r.Products) != 0 {
			t.Errorf("it leads to %v and %v, %v", r.Vendors, r.Products, err)
		}
	})
}

func TestNextToAVersionStandsNoOther(t *testing.T) {
	k, writer := kitOf(t)
	older := k.Article(func(a *committee.Article) { a.PublishAt -= 5000 })
	f := created(t, k, writer, nil)
	testkit.Works(t, step(t, k, writer, f.ID, articles.StepInput{To: "published"}))
	k.Clock.Add(time.Minute)
	tay := created(t, k, writer, func(in *articles.Input) { in.Original, in.Lang, in.Title = string(f.ID), "tyz", "Chè" })
	testkit.Works(t, step(t, k, writer, tay.ID, articles.StepInput{To: "published"}))
	k.Clock.Add(time.Minute)
	nung := created(t, k, writer, func(in *articles.Input) { in.Original, in.Lang, in.Title = string(tay.ID), "en", "Chè" })
	t.Run("a version of a version is one of the original", func(t *testing.T) {
		if nung.Original != f.ID || tay.Original != f.ID {
			t.Errorf("originals %q and %q, want %q", nung.Original, tay.Original, f.ID)
		}
	})
	t.Run("its original is not the one before it", func(t *testing.T) {
		if r, err := k.App.Articles.Read(t.Context(), tay.Slug); err != nil || r.Next == nil || r.Next.ID != older.ID {
			t.Errorf("next %+v, %v", r.Next, err)
		}
	})
}

func TestTheShelfAndTheFeed(t *testing.T) {
	k, writer := kitOf(t)
	for i := range articles.ShelfLength + 1 {
		k.Article(func(a *committee.Article) { a.PublishAt -= int64(i) })
	}
	created(t, k, writer, nil) // a draft
	t.Run("a page of it, and more", func(t *testing.T) {
		l, err := k.App.Articles.Shelf(t.Context(), "", 0)
		if err != nil || len(l.Rows) != articles.ShelfLength || !l.More || len(l.Columns) != 1 || l.Columns[0].Code != "guong-dien-hinh" {
			t.Errorf("%d rows, more %v, columns %v, %v", len(l.Rows), l.More, l.Columns, err)
		}
	})
	t.Run("a column without any is there when asked for", func(t *testing.T) {
		columns, err := k.App.Articles.Choices(t.Context(), writer)
		testkit.Works(t, err)
		empty := slices.IndexFunc(columns.Columns, func(c committee.ArticleColumn) bool { return c.N == 0 })
		l, err := k.App.Articles.Shelf(t.Context(), columns.Columns[empty].Code, 0)
		if err != nil || len(l.Rows) != 0 || len(l.Columns) != 2 {
			t.Errorf("%d rows, columns %v, %v", len(l.Rows), l.Columns, err)
		}
	})
	t.Run("a column that is none is not found", func(t *testing.T) {
		if _, err := k.App.Articles.Shelf(t.Context(), "khong-co", 0); registry.KindOf(err) != registry.NotFound {
			t.Errorf("it gives %v", err)
		}
	})
	t.Run("the feed has texts", func(t *testing.T) {
		list, err := k.App.Articles.Feed(t.Context())
		if err != nil || len(list) != articles.ShelfLength+1 || !strings.Contains(list[20].HTML, "<h2>Nhãn đổi địa chỉ</h2>") {
			t.Errorf("%d articles, %v", len(list), err)
		}
	})
}

func TestTheDeskOfArticles(t *testing.T) {
	k, writer := kitOf(t)
	k.Article()
	created(t, k, writer, nil)
	commune, _ := k.Officer(registry.Communicator, testkit.BaBe.Code)
	chief, _ := k.Officer(registry.GateChief, "19")
	viewer, _ := k.Officer(registry.Viewer, "19")
	for name, c := range map[string]struct {
		actor                  registry.Actor
		rows                   int
		writes, orders, offers bool
	}{
		"a writer of the province": {writer, 2, true, true, true},
		"a writer of a commune":    {commune, 0, true, false, true},
		"a viewer":                 {viewer, 2, false, false, false},
		"a gate chief":             {chief, 0, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := k.App.Articles.Desk(t.Context(), c.actor, committee.ArticleFilter{})
			if (registry.KindOf(err) == registry.NotFound) != (name == "a gate chief") || len(d.Rows) != c.rows || d.Writes != c.writes || d.Orders != c.orders {
				t.Errorf("%d rows, writes %v, orders %v, %v", len(d.Rows), d.Writes, d.Orders, err)
			}
			if c.rows == 2 && (d.Counts[committee.ArticleDraft] != 1 || d.Counts[committee.ArticlePublished] != 1 || len(d.Columns) == 0) {
				t.Errorf("counts %v, %d columns", d.Counts, len(d.Columns))
			}
			offered, err := k.App.Articles.Choices(t.Context(), c.actor)
			if (err == nil) != c.offers || (len(offered.Columns) > 0) != c.offers {
				t.Errorf("offers %d columns, %v", len(offered.Columns), err)
			}
		})
	}
}

func TestTheFormOffersBodiesAndEvents(t *testing.T) {
	k, writer := kitOf(t)
	k.Task() // with its body
	k.Event()
	draft := k.Event(testkit.InState(registry.Draft))
	offered, err := k.App.Articles.Choices(t.Context(), writer)
	if err != nil || len(offered.Bodies) != 1 || len(offered.Events) != 1 {
		t.Errorf("%d bodies, %d events, %v", len(offered.Bodies), len(offered.Events), err)
	}
	t.Run("an event that nobody knows is refused", func(t *testing.T) {
		in := typed()
		in.Event = string(draft.ID)
		if _, err := k.App.Articles.Create(t.Context(), writer, in); !slices.Equal(testkit.FieldsOf(err), []string{"event"}) {
			t.Errorf("creating gives %v", err)
		}
	})
}

func TestWhatWasStoredPastTheFormIsTamed(t *testing.T) {
	k, writer := kitOf(t)
	for text, want := range map[string]string{
		"[hai **ba**](javascript:alert(1)) bốn": "<p>hai <strong>ba</strong> bốn</p>",
		"<javascript:alert(1)>":                 "<p>javascript:alert(1)</p>",
		"<a@vi-du.vn>":                          `<p><a href="mailto:a@vi-du.vn">a@vi-du.vn</a></p>`,
		"![núi](https://evil.example/x.png)":    "<p>núi</p>",
		"a <b>c</b>":                            "<p>a &lt;b&gt;c&lt;/b&gt;</p>",
		"<div>\nx\n</div>":                      "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>",
	} {
		t.Run(text, func(t *testing.T) {
			a := k.Article(func(a *committee.Article) { a.Text = text })
			if got := fileOf(t, k, writer, a.ID).HTML; strings.TrimSpace(got) != want {
				t.Errorf("it is shown as %q, want %q", got, want)
			}
		})
	}
}

func TestLimitsOfAnArticleFromBothSides(t *testing.T) {
	k, writer := kitOf(t)
	var goods []string
	for range committee.MaxArticleVendors {
		goods = append(goods, "/doanh-nghiep/"+k.Vendor().Slug)
	}
	product := "/san-pham/" + k.Product(k.Vendor()).Slug
	text := func(s string) func(*articles.Input) { return func(in *articles.Input) { in.Text = s } }
	for name, c := range map[string]struct {
		change func(*articles.Input)
		field  string
	}{
		"the longest text":       {text(strings.Repeat("a", committee.MaxArticleText)), ""},
		"one sign more":          {text(strings.Repeat("a", committee.MaxArticleText+1)), "text"},
		"all headings":           {text(strings.Repeat("## a\n\n", committee.MaxHeadings)), ""},
		"one heading more":       {text(strings.Repeat("## a\n\n", committee.MaxHeadings+1)), "text"},
		"all goods":              {func(in *articles.Input) { in.Goods = strings.Join(goods, "\n") }, ""},
		"one product more":       {func(in *articles.Input) { in.Goods = strings.Join(append(goods, product), "\n") }, "goods"},
		"the first sign to turn": {text("a\u202ab"), "text"},
		"the last sign to turn":  {text("a\u202eb"), "text"},
		"the first to isolate":   {text("a\u2066b"), "text"},
		"the last to isolate":    {text("a\u2069b"), "text"},
		"a narrow space":         {text("a\u202fb"), ""},
		"a sign before these":    {text("a\u2060b"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := typed()
			c.change(&in)
			_, err := k.App.Articles.Create(t.Context(), writer, in)
			if fields := testkit.FieldsOf(err); strings.Join(fields, " ") != c.field || err != nil && c.field == "" {
				t.Errorf("refused at %v (%v), want %q", fields, err, c.field)
			}
		})
	}
}

func TestColumnsHaveAnEndAndAnOrder(t *testing.T) {
	k, writer := kitOf(t)
	columns := func() []committee.ArticleColumn {
		d, err := k.App.Articles.Choices(t.Context(), writer)
		testkit.Works(t, err)
		return d.Columns
	}
	for i := len(columns()); i < committee.MaxColumns; i++ {
		testkit.Works(t, k.App.Articles.SaveColumn(t.Context(), writer, articles.ColumnInput{Name: fmt.Sprint("Chuyên mục ", i), Lang: "vi"}))
	}
	t.Run("no more than there may be", func(t *testing.T) {
		err := k.App.Articles.SaveColumn(t.Context(), writer, articles.ColumnInput{Name: "Một nữa", Lang: "vi"})
		if !slices.Equal(testkit.FieldsOf(err), []string{"name"}) {
			t.Errorf("adding gives %v", err)
		}
	})
	first, second := columns()[0], columns()[1]
	t.Run("the first is still renamed", func(t *testing.T) {
		testkit.Works(t, k.App.Articles.SaveColumn(t.Context(), writer, articles.ColumnInput{Code: first.Code, Name: "Tên mới", Lang: "vi", Version: first.Version}))
		if got := columns()[0]; got.Code != first.Code || got.Name != "Tên mới" || len(columns()) != committee.MaxColumns {
			t.Errorf("the first is %+v of %d", got, len(columns()))
		}
	})
	for _, c := range []struct{ code, first string }{{first.Code, first.Code}, {second.Code, second.Code}} {
		t.Run("moved up: "+c.code, func(t *testing.T) {
			testkit.Works(t, k.App.Articles.SaveColumn(t.Context(), writer, articles.ColumnInput{Code: c.code, Up: true}))
			if got := columns()[0].Code; got != c.first {
				t.Errorf("%s is first", got)
			}
		})
	}
}

func TestEachChangeOfWordsIsAVersion(t *testing.T) {
	k, writer := kitOf(t)
	product := k.Product(k.Vendor())
	f := created(t, k, writer, nil)
	for _, c := range []struct {
		name     string
		change   func(*articles.Input)
		versions int
		told     string
	}{
		{"another lead", func(in *articles.Input) { in.Lead = "Chè ngon." }, 2, "article.lead"},
		{"another text", func(in *articles.Input) { in.Text = "Hai đoạn." }, 3, "article.text"},
		{"another title", func(in *articles.Input) { in.Title = "Chè" }, 4, "article.title"},
		{"another author alone", func(in *articles.Input) { in.Author = "Lan" }, 4, "article.author"},
		{"goods alone", func(in *articles.Input) { in.Goods = "/san-pham/" + product.Slug }, 4, "article.goods"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := articles.Input{Title: f.Title, Lead: f.Lead, Text: f.Text, Author: f.Author, Column: f.Article.Column, Lang: string(f.Lang), AreaRef: f.Area.String(),
				Goods: strings.Join(f.Goods, "\n"), Version: f.Version}
			c.change(&in)
			_, err := k.App.Articles.Edit(t.Context(), writer, f.ID, in)
			testkit.Works(t, err)
			if f = fileOf(t, k, writer, f.ID); len(f.Versions) != c.versions {
				t.Errorf("%d versions, want %d", len(f.Versions), c.versions)
			}
			if line := k.Audited("article.edit")[0]; !strings.Contains(line.Detail, c.told) {
				t.Errorf("the log says %s", line.Detail)
			}
		})
	}
	t.Run("what changed is told, and it alone", func(t *testing.T) {
		if lines := k.Audited("article.edit"); len(lines) != 5 || strings.Contains(lines[0].Detail, "article.author") {
			t.Errorf("the log has %d lines, the last one %s", len(lines), lines[0].Detail)
		}
	})
}

func TestThePosterIsTakenInItsSize(t *testing.T) {
	k, writer := kitOf(t)
	event := k.Event()
	for size, kind := range map[print.PosterSize]committee.TextKind{print.PosterA3: committee.PosterA3, print.PosterA4: committee.PosterA4} {
		t.Run(string(size), func(t *testing.T) {
			file, err := k.App.Articles.Poster(t.Context(), writer, event.ID, print.EventPoster{Lang: "vi", Size: size})
			if err != nil || !strings.HasPrefix(string(file.Data), "%PDF") {
				t.Errorf("the poster is %s, %v", file.ContentType, err)
			}
			kit, err := k.App.Articles.Kit(t.Context(), writer, event.ID)
			if err != nil || !slices.ContainsFunc(kit.Takings, func(taken committee.Taking) bool { return taken.Kind == kind }) {
				t.Errorf("taken are %+v, %v", kit.Takings, err)
			}
		})
	}
	t.Run("by nobody who does not communicate", func(t *testing.T) {
		reviewer, _ := k.Officer(registry.Reviewer, "19")
		if _, err := k.App.Articles.Poster(t.Context(), reviewer, event.ID, print.EventPoster{Lang: "vi", Size: print.PosterA4}); err == nil {
			t.Error("a reviewer takes the poster")
		}
	})
}
