package store

import (
	"context"
	"fmt"
)

// grown are the tables of which at least half the rows are newer than the planner's
// statistics, small ones aside.
const grown = `
	SELECT quote_ident(relname) FROM pg_stat_user_tables
	WHERE schemaname = current_schema() AND n_mod_since_analyze > 1000 AND n_mod_since_analyze >= n_live_tup / 2
	ORDER BY relname`

// FreshenStatistics has PostgreSQL look again at tables that have doubled since it last did,
// and returns their names. Its own watch comes once a minute: a market's first scans fill an
// empty table in less, and until then the planner thinks that reading all of it is quickest.
// Several servers may do this at once; who comes second finds nothing to do. SQLite needs
// nothing: its plans go by the indices alone.
func (db *DB) FreshenStatistics(ctx context.Context) ([]string, error) {
	if db.dialect.name != postgresDialect.name {
		return nil, nil
	}
	var tables []string
	err := db.Read(ctx, func(tx *Tx) (err error) {
		tables, err = collect(ctx, tx, column[string], grown)
		return err
	})
	for _, table := range tables {
		if err == nil {
			_, err = db.write.ExecContext(ctx, "ANALYZE "+table)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("freshen the planner's statistics: %w", err)
	}
	return tables, nil
}
