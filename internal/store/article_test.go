package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// anArticle makes an article that is published now.
func anArticle(t *testing.T, tx *store.Tx, change func(*committee.Article)) committee.Article {
	t.Helper()
	a := committee.Article{Column: "guong-dien-hinh", Lang: committee.Vietnamese, Title: "Sợi miến Côn Minh", Lead: "Ba lần làm lại nhãn.", Text: "## Nhãn\n\nMột.",
		Author: "Ban Thường trực", Area: thaiNguyen, State: committee.ArticlePublished, PublishAt: tx.NowMS(), CreatedBy: "officer"}
	if change != nil {
		change(&a)
	}
	must(t, tx.InsertArticle(t.Context(), &a, theProvince))
	return a
}

func TestArticleComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			file, err := tx.InsertFile(t.Context(), registry.File{ContentType: "image/jpeg", Name: "anh.jpg", Data: []byte("x"), Public: true})
			must(t, err)
			a := anArticle(t, tx, func(a *committee.Article) {
				a.Body = p.front.ID
				a.Pictures = []committee.Picture{{File: file, Alt: "Giàn phơi", Caption: "Tháng 11"}}
			})
			got, err := tx.Article(t.Context(), a.ID)
			if diff := cmp.Diff(a, got); err != nil || diff != "" || got.Slug != "soi-mien-con-minh" {
				t.Errorf("came back as %s with %v, differing by\n%s", got.Slug, err, diff)
			}
			a.State, a.Reason, a.WithdrawnAt, a.Pictures = committee.ArticleWithdrawn, "Sai số liệu", tx.NowMS(), nil
			must(t, tx.SaveArticle(t.Context(), &a, theProvince))
			if got, err = tx.ArticleBySlug(t.Context(), a.Slug); err != nil || cmp.Diff(a, got) != "" {
				t.Errorf("saved, it came back with %v, differing by\n%s", err, cmp.Diff(a, got))
			}
			a.Version--
			if err := tx.SaveArticle(t.Context(), &a, theProvince); registry.KindOf(err) != registry.Conflict {
				t.Errorf("an old version is saved: %v", err)
			}
			return nil
		})
	})
}

func TestAddressesOfArticlesAreTheirOwn(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			first, second := anArticle(t, tx, nil), anArticle(t, tx, nil)
			if second.Slug != "soi-mien-con-minh-2" {
				t.Errorf("the second of a title has the address %s", second.Slug)
			}
			second.Title = "Chè Shan"
			must(t, tx.RenameArticle(t.Context(), &second))
			if got, err := tx.ArticleBySlug(t.Context(), "che-shan"); err != nil || got.ID != second.ID {
				t.Errorf("renamed: %v, %v", got.ID, err)
			}
			second.Title = first.Title
			if must(t, tx.RenameArticle(t.Context(), &second)); second.Slug != "soi-mien-con-minh-2" {
				t.Errorf("renamed to a title that is taken: %s", second.Slug)
			}
			return nil
		})
	})
}

// titlesOf are the titles of a list.
func titlesOf(list []committee.Article) (titles []string) {
	for _, a := range list {
		titles = append(titles, a.Title)
	}
	return titles
}

func TestListsOfArticles(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			now := tx.NowMS()
			old := anArticle(t, tx, func(a *committee.Article) { a.Title, a.PublishAt = "Cũ", now-10 })
			anArticle(t, tx, func(a *committee.Article) { a.Title, a.PublishAt = "Hẹn giờ", now+1 })
			anArticle(t, tx, func(a *committee.Article) { a.Title, a.State, a.PublishAt = "Nháp", committee.ArticleDraft, 0 })
			anArticle(t, tx, func(a *committee.Article) {
				a.Title, a.State, a.Reason, a.WithdrawnAt, a.PublishAt = "Gỡ", committee.ArticleWithdrawn, "Sai", now, now-20
			})
			anArticle(t, tx, func(a *committee.Article) { a.Title, a.Lang, a.Original = "Tày", committee.Tay, old.ID })
			anArticle(t, tx, func(a *committee.Article) {
				a.Title, a.Lang, a.Original, a.Column = "Nùng", committee.Nung, old.ID, "hang-viet-ve-xa"
			})
			for name, c := range map[string]struct {
				filter committee.ArticleFilter
				want   []string
			}{
				"the public reads each article once":       {committee.ArticleFilter{Public: true, Now: now}, []string{"Cũ"}},
				"in a column too":                          {committee.ArticleFilter{Public: true, Now: now, Column: "guong-dien-hinh"}, []string{"Cũ"}},
				"a version in another column stands there": {committee.ArticleFilter{Public: true, Now: now, Column: "hang-viet-ve-xa"}, []string{"Nùng"}},
				"what is scheduled comes at its time":      {committee.ArticleFilter{Public: true, Now: now + 1}, []string{"Hẹn giờ", "Cũ"}},
				"drafts":                                   {committee.ArticleFilter{State: committee.ArticleDraft, Now: now}, []string{"Nháp"}},
				"scheduled":                                {committee.ArticleFilter{State: committee.ArticleScheduled, Now: now}, []string{"Hẹn giờ"}},
				"withdrawn":                                {committee.ArticleFilter{State: committee.ArticleWithdrawn, Now: now}, []string{"Gỡ"}},
				"of another province":                      {committee.ArticleFilter{Areas: []string{"01"}, Now: now}, nil},
			} {
				got, _, err := tx.Articles(t.Context(), c.filter)
				if diff := cmp.Diff(c.want, titlesOf(got)); err != nil || diff != "" {
					t.Errorf("%s: %v\n%s", name, err, diff)
				}
			}
			if got, more, err := tx.Articles(t.Context(), committee.ArticleFilter{Now: now, Limit: 2, Skip: 1}); err != nil || !more || len(got) != 2 {
				t.Errorf("a page of the list: %d, more %t, %v", len(got), more, err)
			}
			counts, err := tx.CountArticles(t.Context(), []string{"19"}, now)
			if err != nil || counts[committee.ArticlePublished] != 3 || counts[committee.ArticleScheduled] != 1 {
				t.Errorf("counts %v, %v", counts, err)
			}
			return nil
		})
	})
}

func TestAnArticleHasOneVersionInALanguage(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			a := anArticle(t, tx, nil)
			tay := anArticle(t, tx, func(v *committee.Article) { v.Lang, v.Original = committee.Tay, a.ID })
			for _, lang := range []committee.Lang{committee.Vietnamese, committee.Tay} {
				again := committee.Article{Column: a.Column, Lang: lang, Original: a.ID, Title: "Nữa", Area: thaiNguyen, State: committee.ArticleDraft}
				if err := tx.InsertArticle(t.Context(), &again, theProvince); registry.KindOf(err) != registry.Invalid {
					t.Errorf("a second version in %s: %v", lang, err)
				}
			}
			all, err := tx.ArticleLanguages(t.Context(), tay)
			if err != nil || len(all) != 2 || all[0].ID != a.ID {
				t.Errorf("languages %v, %v", titlesOf(all), err)
			}
			return nil
		})
	})
}

func TestWordsOfAnArticleAreKept(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			a := anArticle(t, tx, nil)
			by := registry.Actor{Account: "officer", Name: "Lan"}
			must(t, tx.InsertArticleVersion(t.Context(), a, by))
			a.Text = "Hai."
			must(t, tx.InsertArticleVersion(t.Context(), a, by))
			got, err := tx.ArticleVersions(t.Context(), a.ID)
			if err != nil || len(got) != 2 || got[0].N != 2 || got[0].Text != "Hai." || got[1].Text != "## Nhãn\n\nMột." || got[0].By != "Lan" {
				t.Errorf("versions %+v, %v", got, err)
			}
			return nil
		})
	})
}

func TestColumnsCountWhatThePublicReads(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			anArticle(t, tx, nil)
			anArticle(t, tx, func(a *committee.Article) { a.State, a.PublishAt = committee.ArticleDraft, 0 })
			c := committee.ArticleColumn{Name: "Tiếng Tày", Lang: committee.Tay}
			must(t, tx.InsertColumn(t.Context(), &c))
			columns, err := tx.Columns(t.Context(), tx.NowMS())
			if err != nil || len(columns) != 5 || columns[3].N != 1 || columns[4].Code != "tieng-tay" || columns[4].Lang != committee.Tay {
				t.Errorf("columns %+v, %v", columns, err)
			}
			if err := tx.DeleteColumn(t.Context(), "guong-dien-hinh"); registry.KindOf(err) != registry.Conflict {
				t.Errorf("a column with articles is removed: %v", err)
			}
			must(t, tx.DeleteColumn(t.Context(), c.Code))
			return nil
		})
	})
}
