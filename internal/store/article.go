package store

import (
	"context"
	"strconv"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

const articleColumns = `ar.id, ar.slug, ar.column_code, ar.lang, COALESCE(ar.original_id, ''), ar.title, ar.lead, ar.text, ar.author,
	ar.area_edition, ar.area_code, COALESCE(ar.body_id, ''), COALESCE(ar.event_id, ''), ar.state, ar.publish_at, ar.reason, ar.withdrawn_at,
	ar.created_by, ar.created_at, ar.updated_at, ar.version`

func scanArticle(row scanner) (a committee.Article, err error) {
	err = row.Scan(&a.ID, &a.Slug, &a.Column, &a.Lang, &a.Original, &a.Title, &a.Lead, &a.Text, &a.Author,
		&a.Area.Edition, &a.Area.Code, &a.Body, &a.Event, &a.State, &a.PublishAt, &a.Reason, &a.WithdrawnAt,
		&a.CreatedBy, &a.CreatedAt, &a.UpdatedAt, &a.Version)
	return a, err
}

// errLangTwice is what a second version of an article in a language is told.
func errLangTwice() error { return registry.At("lang", "article.error.lang_twice") }

// InsertArticle stores a new article under an address made of its title, found under
// the units of its scope. It is Invalid at "lang" if its original has a version in that
// language.
func (tx *Tx) InsertArticle(ctx context.Context, a *committee.Article, scope registry.Scope) error {
	if err := tx.checkLang(ctx, a); err != nil {
		return err
	}
	if a.ID == "" {
		a.ID = NewID[registry.ArticleID]()
	}
	a.CreatedAt, a.UpdatedAt, a.Version = tx.NowMS(), tx.NowMS(), 1
	err := firstFree(a.Title, &a.Slug, func() (int64, error) {
		return tx.exec(ctx, `
			INSERT INTO articles (id, slug, column_code, lang, original_id, title, lead, text, author, area_edition, area_code, body_id,
				event_id, state, publish_at, reason, withdrawn_at, created_by, created_at, updated_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1)
			ON CONFLICT (slug) DO NOTHING`,
			string(a.ID), a.Slug, a.Column, string(a.Lang), null(a.Original), a.Title, a.Lead, a.Text, a.Author,
			string(a.Area.Edition), a.Area.Code, null(a.Body), null(a.Event), string(a.State), a.PublishAt, a.Reason, a.WithdrawnAt,
			string(a.CreatedBy), a.CreatedAt, a.UpdatedAt)
	})
	if err != nil {
		return err
	}
	return tx.saveArticleParts(ctx, a, scope)
}

// SaveArticle stores an article that was read. It is a Conflict if it has changed
// since, and Invalid at "lang" as InsertArticle is. The address stays.
func (tx *Tx) SaveArticle(ctx context.Context, a *committee.Article, scope registry.Scope) error {
	if err := tx.checkLang(ctx, a); err != nil {
		return err
	}
	a.UpdatedAt = tx.NowMS()
	err := tx.must(ctx, errStale(), `
		UPDATE articles
		SET column_code = $3, lang = $4, original_id = $5, title = $6, lead = $7, text = $8, author = $9, area_edition = $10,
			area_code = $11, body_id = $12, event_id = $13, state = $14, publish_at = $15, reason = $16, withdrawn_at = $17,
			updated_at = $18, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(a.ID), a.Version, a.Column, string(a.Lang), null(a.Original), a.Title, a.Lead, a.Text, a.Author,
		string(a.Area.Edition), a.Area.Code, null(a.Body), null(a.Event), string(a.State), a.PublishAt, a.Reason, a.WithdrawnAt,
		a.UpdatedAt)
	if err != nil {
		return err
	}
	a.Version++
	return tx.saveArticleParts(ctx, a, scope)
}

// RenameArticle gives an article an address made of its title: one that nobody knows
// yet follows its title.
func (tx *Tx) RenameArticle(ctx context.Context, a *committee.Article) error {
	return firstFree(a.Title, &a.Slug, func() (int64, error) {
		return tx.exec(ctx, `
			UPDATE articles SET slug = $2
			WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.slug = $2 AND o.id <> $1)`, string(a.ID), a.Slug)
	})
}

// checkLang is Invalid where another version of the same article is in the language.
func (tx *Tx) checkLang(ctx context.Context, a *committee.Article) error {
	origin := a.Original
	if origin == "" {
		origin = a.ID
	}
	n, err := tx.count(ctx, `SELECT COUNT(*) FROM articles WHERE (id = $1 OR original_id = $1) AND lang = $2 AND id <> $3`,
		string(origin), string(a.Lang), string(a.ID))
	if err == nil && n > 0 {
		err = errLangTwice()
	}
	return err
}

// saveArticleParts replaces the units, pictures and goods of an article.
func (tx *Tx) saveArticleParts(ctx context.Context, a *committee.Article, scope registry.Scope) error {
	id := string(a.ID)
	if err := tx.saveCodes(ctx, "article_areas", "article_id", id, scope); err != nil {
		return err
	}
	for _, table := range []string{"article_pictures", "article_vendors", "article_products"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE article_id = $1`, id); err != nil {
			return err
		}
	}
	var pictures, vendors, products []any
	for i, p := range a.Pictures {
		pictures = append(pictures, id, i+1, string(p.File), p.Alt, p.Caption)
	}
	for _, v := range a.Vendors {
		vendors = append(vendors, id, string(v))
	}
	for _, p := range a.Products {
		products = append(products, id, string(p))
	}
	if err := tx.insertRows(ctx, `INSERT INTO article_pictures (article_id, position, file_id, alt, caption) VALUES `, 5, pictures); err != nil {
		return err
	}
	if err := tx.insertRows(ctx, `INSERT INTO article_vendors (article_id, vendor_id) VALUES `, 2, vendors); err != nil {
		return err
	}
	return tx.insertRows(ctx, `INSERT INTO article_products (article_id, product_id) VALUES `, 2, products)
}

// Article returns an article with its pictures and goods, or NotFound.
func (tx *Tx) Article(ctx context.Context, id registry.ArticleID) (committee.Article, error) {
	return tx.wholeArticle(ctx, `ar.id = $1`, string(id))
}

// ArticleBySlug is Article by its address.
func (tx *Tx) ArticleBySlug(ctx context.Context, slug string) (committee.Article, error) {
	return tx.wholeArticle(ctx, `ar.slug = $1`, slug)
}

func (tx *Tx) wholeArticle(ctx context.Context, cond, value string) (a committee.Article, err error) {
	if a, err = one(ctx, tx, scanArticle, `SELECT `+articleColumns+` FROM articles ar WHERE `+cond, value); err != nil {
		return a, err
	}
	pictures, err := tx.articlePictures(ctx, a.ID)
	if err != nil {
		return a, err
	}
	a.Pictures = pictures[a.ID]
	a.Vendors, err = collect(ctx, tx, column[registry.VendorID], `
		SELECT av.vendor_id FROM article_vendors av JOIN vendors v ON v.id = av.vendor_id
		WHERE av.article_id = $1 ORDER BY v.name_sort, v.id`, string(a.ID))
	if err != nil {
		return a, err
	}
	a.Products, err = collect(ctx, tx, column[registry.ProductID], `
		SELECT ap.product_id FROM article_products ap JOIN products p ON p.id = ap.product_id
		WHERE ap.article_id = $1 ORDER BY p.name_sort, p.id`, string(a.ID))
	return a, err
}

// articlePictures reads the pictures of articles, those of each in their order.
func (tx *Tx) articlePictures(ctx context.Context, ids ...registry.ArticleID) (map[registry.ArticleID][]committee.Picture, error) {
	w, of := &where{}, map[registry.ArticleID][]committee.Picture{}
	if err := among(tx, w, "article_id", ids); err != nil || len(ids) == 0 {
		return of, err
	}
	return of, each(ctx, tx, func(row scanner) error {
		var id registry.ArticleID
		var p committee.Picture
		err := row.Scan(&id, &p.File, &p.Alt, &p.Caption)
		of[id] = append(of[id], p)
		return err
	}, `SELECT article_id, file_id, alt, caption FROM article_pictures`+w.String()+` ORDER BY article_id, position`, w.args...)
}

// ArticleScope returns the codes of today's units under which an article is found.
func (tx *Tx) ArticleScope(ctx context.Context, id registry.ArticleID) (registry.Scope, error) {
	return collect(ctx, tx, column[string], `SELECT code FROM article_areas WHERE article_id = $1 ORDER BY code`, string(id))
}

// Articles returns articles with their first picture, or all where the filter says so, without their goods: newest
// first, drafts by their last change. more says that there are others behind the limit.
func (tx *Tx) Articles(ctx context.Context, f committee.ArticleFilter) (list []committee.Article, more bool, err error) {
	w := articleWhere(f)
	query := `SELECT ` + articleColumns + ` FROM articles ar` + w.String() + `
		ORDER BY CASE WHEN ar.publish_at = 0 THEN ar.updated_at ELSE ar.publish_at END DESC, ar.id DESC`
	if f.Limit > 0 {
		query += ` LIMIT ` + strconv.Itoa(f.Limit+1) + ` OFFSET ` + strconv.Itoa(f.Skip)
	}
	if list, err = collect(ctx, tx, scanArticle, query, w.args...); err != nil {
		return nil, false, err
	}
	if more = f.Limit > 0 && len(list) > f.Limit; more {
		list = list[:f.Limit]
	}
	ids := make([]registry.ArticleID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	pictures, err := tx.articlePictures(ctx, ids...)
	for i := range list {
		if list[i].Pictures = pictures[list[i].ID]; !f.Pictures {
			list[i].Pictures = list[i].Pictures[:min(1, len(list[i].Pictures))]
		}
	}
	return list, more, err
}

// articleWhere narrows a list of articles.
func articleWhere(f committee.ArticleFilter) *where {
	w := &where{}
	if f.Areas != nil {
		under(w, "article_areas", "article_id = ar.id", f.Areas)
	}
	if f.Column != "" {
		w.add("ar.column_code = ?", f.Column)
	}
	if f.Event != "" {
		w.add("ar.event_id = ?", string(f.Event))
	}
	switch f.State {
	case "":
	case committee.ArticleScheduled:
		w.add("ar.state = 'published' AND ar.publish_at > ?", f.Now)
	case committee.ArticlePublished:
		w.add("ar.state = 'published' AND ar.publish_at <= ?", f.Now)
	default:
		w.add("ar.state = ?", string(f.State))
	}
	if f.Public {
		onceInAllLanguages(w, f)
	}
	return w
}

// onceInAllLanguages keeps what the public may read, and leaves out a version in
// another language where the list has its original.
func onceInAllLanguages(w *where, f committee.ArticleFilter) {
	w.add("ar.state = 'published' AND ar.publish_at <= ?", f.Now)
	original := "o.id = ar.original_id AND o.state = 'published' AND o.publish_at <= ?"
	if f.Column == "" {
		w.add("NOT EXISTS (SELECT 1 FROM articles o WHERE "+original+")", f.Now)
		return
	}
	w.add("NOT EXISTS (SELECT 1 FROM articles o WHERE "+original+" AND o.column_code = ?)", f.Now, f.Column)
}

// ArticleLanguages returns the versions of an article in all languages, itself among
// them, without pictures and goods, the original first.
func (tx *Tx) ArticleLanguages(ctx context.Context, a committee.Article) ([]committee.Article, error) {
	origin := a.Original
	if origin == "" {
		origin = a.ID
	}
	return collect(ctx, tx, scanArticle, `
		SELECT `+articleColumns+` FROM articles ar
		WHERE ar.id = $1 OR ar.original_id = $1
		ORDER BY CASE WHEN ar.id = $1 THEN 0 ELSE 1 END, ar.lang`, string(origin))
}

// CountArticles counts articles under one of today's units, all for nil, by their
// state at an instant (unix ms).
func (tx *Tx) CountArticles(ctx context.Context, areas []string, now int64) (map[committee.ArticleState]int, error) {
	counts := map[committee.ArticleState]int{}
	for _, state := range committee.ArticleStates {
		w := articleWhere(committee.ArticleFilter{Areas: areas, State: state, Now: now})
		n, err := tx.count(ctx, `SELECT COUNT(*) FROM articles ar`+w.String(), w.args...)
		if err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, nil
}

// InsertArticleVersion keeps the words of an article as they are now.
func (tx *Tx) InsertArticleVersion(ctx context.Context, a committee.Article, by registry.Actor) error {
	n, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM article_versions WHERE article_id = $1`, string(a.ID))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO article_versions (article_id, n, at, by_id, by_name, title, lead, text)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(a.ID), n+1, tx.NowMS(), string(by.Account), by.Name, a.Title, a.Lead, a.Text)
	return err
}

// ArticleVersions returns the words of an article as they were, newest first.
func (tx *Tx) ArticleVersions(ctx context.Context, id registry.ArticleID) ([]committee.ArticleVersion, error) {
	return collect(ctx, tx, func(row scanner) (v committee.ArticleVersion, err error) {
		err = row.Scan(&v.N, &v.At, &v.By, &v.Title, &v.Lead, &v.Text)
		return v, err
	}, `SELECT n, at, by_name, title, lead, text FROM article_versions WHERE article_id = $1 ORDER BY n DESC`, string(id))
}
