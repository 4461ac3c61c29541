package articles

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Create stores a draft. It is Invalid with all faults of the input, also where the
// actor may not write in the unit that it names; Forbidden without WriteArticles
// anywhere; NotFound for an original that the actor may not read.
func (s *Service) Create(ctx context.Context, actor registry.Actor, in Input) (a committee.Article, err error) {
	if !actor.CanSomewhere(registry.WriteArticles) {
		return a, registry.E(registry.Forbidden, "error.forbidden")
	}
	photo, err := preparePicture(ctx, in)
	if err != nil {
		return a, err
	}
	err = s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		a = committee.Article{State: committee.ArticleDraft, CreatedBy: actor.Account}
		if a.Original, err = s.original(ctx, tx, actor, in.Original); err != nil {
			return registry.Change{}, err
		}
		if err := s.fill(ctx, tx, actor, &in, &a); err != nil {
			return registry.Change{}, err
		}
		if err := addPicture(ctx, tx, &a, in, photo); err != nil {
			return registry.Change{}, err
		}
		if err := tx.InsertArticle(ctx, &a, s.Areas.Scope(a.Area)); err != nil {
			return registry.Change{}, err
		}
		return s.change("article.create", a, fact.Said("title", a.Title)), tx.InsertArticleVersion(ctx, a, actor)
	})
	return a, err
}

// original is the article of which a new one is a version: of a version it is that
// one's original.
func (s *Service) original(ctx context.Context, tx *store.Tx, actor registry.Actor, id string) (registry.ArticleID, error) {
	if id == "" {
		return "", nil
	}
	o, err := s.articleFor(ctx, tx, actor, registry.ViewPlan, registry.ArticleID(id))
	if err != nil || o.Original == "" {
		return o.ID, err
	}
	return o.Original, nil
}

// preparePicture works on an uploaded picture, outside any transaction.
func preparePicture(ctx context.Context, in Input) (registry.File, error) {
	if len(in.Picture) == 0 {
		return registry.File{}, nil
	}
	f, err := core.PreparePhoto(ctx, "photo", in.Picture)
	f.Public = true
	return f, err
}

// addPicture stores a new picture behind those that the article has.
func addPicture(ctx context.Context, tx *store.Tx, a *committee.Article, in Input, photo registry.File) error {
	if len(photo.Data) == 0 {
		return nil
	}
	id, err := tx.InsertFile(ctx, photo)
	a.Pictures = append(a.Pictures, committee.Picture{File: id, Alt: in.Alt, Caption: in.Caption})
	return err
}

// fill reads the input into an article that has to stay where the actor may write.
func (s *Service) fill(ctx context.Context, tx *store.Tx, actor registry.Actor, in *Input, a *committee.Article) error {
	if err := s.read(ctx, tx, in, a); err != nil {
		return err
	}
	if !actor.Can(registry.WriteArticles, s.Areas.Scope(a.Area)) {
		return registry.At("area", "article.error.area_right")
	}
	return nil
}

// change is a line of the audit log about an article.
func (s *Service) change(action string, a committee.Article, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "article", ID: string(a.ID), Scope: s.Areas.Scope(a.Area), Detail: fact.Facts(facts)}
}

// Edit changes an article; the words that it had are kept. The actor needs
// WriteArticles in its area. It is a Conflict if somebody changed it since the version in
// the input; the article as it stands comes with the error. The address follows the title
// until the public knows it.
func (s *Service) Edit(ctx context.Context, actor registry.Actor, id registry.ArticleID, in Input) (a committee.Article, err error) {
	photo, err := preparePicture(ctx, in)
	if err != nil {
		return a, err
	}
	err = s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if a, err = s.articleFor(ctx, tx, actor, registry.WriteArticles, id); err != nil {
			return registry.Change{}, err
		}
		was := a
		if in.Version != a.Version {
			return registry.Change{}, registry.E(registry.Conflict, "error.stale")
		}
		if err := s.fill(ctx, tx, actor, &in, &a); err != nil {
			return registry.Change{}, err
		}
		if err := addPicture(ctx, tx, &a, in, photo); err != nil {
			return registry.Change{}, err
		}
		if err := s.save(ctx, tx, actor, was, &a); err != nil {
			return registry.Change{}, err
		}
		return s.change("article.edit", a, differences(was, a)...), nil
	})
	return a, err
}

// save stores a changed article, its address and its words.
func (s *Service) save(ctx context.Context, tx *store.Tx, actor registry.Actor, was committee.Article, a *committee.Article) error {
	if err := tx.SaveArticle(ctx, a, s.Areas.Scope(a.Area)); err != nil {
		return err
	}
	if was.Title != a.Title && !was.Known(tx.NowMS()) {
		if err := tx.RenameArticle(ctx, a); err != nil {
			return err
		}
	}
	if was.Title == a.Title && was.Lead == a.Lead && was.Text == a.Text {
		return nil
	}
	return tx.InsertArticleVersion(ctx, *a, actor)
}

// differences tells the audit log what changed. Long words are kept as versions.
func differences(was, now committee.Article) fact.Facts {
	facts := func(a committee.Article) fact.Facts {
		return fact.Facts{fact.Said("article.title", a.Title), fact.Hidden("article.lead", a.Lead), fact.Hidden("article.text", a.Text),
			fact.Said("article.author", a.Author), fact.Place("article.area", a.Area), fact.Said("article.column", a.Column),
			fact.Code("article.article_lang", fact.ArticleLang, a.Lang), fact.Ref("article.event", "event", a.Event), fact.Count("article.photo", len(a.Pictures)),
			fact.Count("article.goods", len(a.Vendors)+len(a.Products))}
	}
	return fact.Differences(facts(was), facts(now))
}

// Restore takes back the words that an article had in a version. What it had meanwhile
// is a version too. The actor needs WriteArticles in its area; NotFound for a version that
// is none; Invalid where the old words show a picture that the article no longer has.
func (s *Service) Restore(ctx context.Context, actor registry.Actor, id registry.ArticleID, n int) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		a, err := s.articleFor(ctx, tx, actor, registry.WriteArticles, id)
		if err != nil {
			return registry.Change{}, err
		}
		versions, err := tx.ArticleVersions(ctx, id)
		if err != nil {
			return registry.Change{}, err
		}
		was := a
		for _, v := range versions {
			if v.N == n {
				a.Title, a.Lead, a.Text = v.Title, v.Lead, v.Text
				var faults registry.Faults
				checkMarkdown(&faults, a.Text, a.Pictures)
				if err := faults.Err(); err != nil {
					return registry.Change{}, err
				}
				return s.change("article.restore", a, fact.Number("version", n)), s.save(ctx, tx, actor, was, &a)
			}
		}
		return registry.Change{}, errNotFound()
	})
}
