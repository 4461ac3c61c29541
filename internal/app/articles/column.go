package articles

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// provinceScope is where somebody must write who changes the columns: they are the
// whole page's.
func (s *Service) provinceScope(ctx context.Context) (registry.Scope, error) {
	province, err := s.Events.Province(ctx)
	if err != nil || province.Ref.IsZero() {
		return nil, err
	}
	return s.Areas.Scope(province.Ref), nil
}

func (s *Service) ordersColumns(ctx context.Context, actor registry.Actor) (bool, error) {
	scope, err := s.provinceScope(ctx)
	return actor.Can(registry.WriteArticles, scope), err
}

// ColumnInput is a column as it is typed.
type ColumnInput struct {
	Code    string `form:"code"` // "" makes a new one
	Name    string `form:"name"`
	Lang    string `form:"column_lang"`
	Up      bool   `form:"up"`     // moves it before the one above
	Remove  bool   `form:"remove"` // only while no article stands in it
	Version int64  `form:"version"`
}

// SaveColumn adds, renames, moves or removes a column. The actor needs WriteArticles in
// the whole province, else it is Forbidden. Invalid at a field; Conflict where somebody
// was quicker, or an article stands in a column that is to go.
func (s *Service) SaveColumn(ctx context.Context, actor registry.Actor, in ColumnInput) error {
	scope, err := s.provinceScope(ctx)
	if err != nil {
		return err
	}
	if !actor.Can(registry.WriteArticles, scope) {
		return registry.E(registry.Forbidden, "error.forbidden")
	}
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		columns, err := tx.Columns(ctx, tx.NowMS())
		if err != nil {
			return registry.Change{}, err
		}
		at := slices.IndexFunc(columns, func(c committee.ArticleColumn) bool { return c.Code == in.Code })
		line := registry.Change{Action: "article.column", Object: "article", Scope: scope, Detail: fact.Facts{fact.Said("article.column", in.Name)}}
		switch {
		case in.Code != "" && at < 0:
			return line, errNotFound()
		case in.Remove:
			line.Detail = fact.Facts{fact.Said("removed", columns[max(at, 0)].Name)}
			return line, tx.DeleteColumn(ctx, in.Code)
		case in.Up:
			line.Detail = fact.Facts{fact.Said("article.column", columns[max(at, 0)].Name)}
			return line, moveUp(ctx, tx, columns, at)
		}
		return line, s.writeColumn(ctx, tx, columns, at, in)
	})
}

func (s *Service) writeColumn(ctx context.Context, tx *store.Tx, columns []committee.ArticleColumn, at int, in ColumnInput) error {
	r := core.Input{}
	c := committee.ArticleColumn{Name: r.Needed("name", in.Name, committee.MaxColumnName), Lang: committee.Lang(in.Lang)}
	r.Faults.Check(c.Lang.Valid(), "column_lang", "error.choose")
	twice := slices.ContainsFunc(columns, func(o committee.ArticleColumn) bool { return o.Name == c.Name && o.Code != in.Code })
	r.Faults.Check(!twice, "name", "article.error.column_twice")
	r.Faults.Check(at >= 0 || len(columns) < committee.MaxColumns, "name", "article.error.columns", committee.MaxColumns)
	if err := r.Faults.Err(); err != nil {
		return err
	}
	if at < 0 {
		return tx.InsertColumn(ctx, &c)
	}
	c.Code, c.Position, c.Version = in.Code, columns[at].Position, in.Version
	return tx.SaveColumn(ctx, &c)
}

// moveUp exchanges a column with the one above it; the first stays.
func moveUp(ctx context.Context, tx *store.Tx, columns []committee.ArticleColumn, at int) error {
	if at < 1 {
		return nil
	}
	above, moved := columns[at-1], columns[at]
	above.Position, moved.Position = moved.Position, above.Position
	if err := tx.SaveColumn(ctx, &above); err != nil {
		return err
	}
	return tx.SaveColumn(ctx, &moved)
}
