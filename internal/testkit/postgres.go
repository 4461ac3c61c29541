package testkit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// PostgresURL returns the address of the PostgreSQL server for tests, from
// HOICHO_TEST_POSTGRES. Without one the test is skipped; in CI it fails.
func PostgresURL(t testing.TB) string {
	t.Helper()
	server := os.Getenv("HOICHO_TEST_POSTGRES")
	if server == "" {
		Missing(t, "HOICHO_TEST_POSTGRES names no PostgreSQL server")
	}
	return server
}

// NewPostgres returns the URL of a migrated database that belongs to the test alone until
// its end. migrate brings the empty database behind a URL to the newest schema and closes its
// connections; it runs once in a process, on a template that the databases are copied from. A
// nil migrate gives an empty database, which is dropped.
func NewPostgres(t testing.TB, migrate func(url string) error) string {
	t.Helper()
	server := PostgresURL(t)
	if migrate == nil {
		return emptyPostgres(t, server)
	}
	kept, _ := pgTemplates.LoadOrStore(reflect.ValueOf(migrate).Pointer(), new(pgTemplate))
	template := kept.(*pgTemplate)
	template.once.Do(func() { template.err = template.make(server, migrate) })
	if template.err != nil {
		t.Fatalf("migrate the template database: %v", template.err)
	}
	db, err := template.take(server)
	if err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := template.giveBack(server, db); err != nil {
			t.Errorf("give the database back: %v", err)
		}
	})
	return withDatabase(server, db.name)
}

// pgTemplates are the templates of this process, by the function that migrated them.
var pgTemplates sync.Map

func emptyPostgres(t testing.TB, server string) string {
	t.Helper()
	name := randomName("hoicho_test_")
	if err := execPostgres(server, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := execPostgres(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return withDatabase(server, name)
}

// pgTemplate lends databases with the schema that one function migrated. A database that
// comes back is emptied and lent again, which is far less work than making one; one
// whose schema a test has touched is dropped.
type pgTemplate struct {
	once sync.Once
	name string
	err  error

	empty  string // the statements that bring every table back to what the migration left in it
	schema string // fingerprint of the catalogue

	mu   sync.Mutex
	idle []*lent // databases that nobody has
}

// make migrates the template, and reads what tells whether a database still equals it. The
// template stays on the server, which is a throw-away one.
func (p *pgTemplate) make(server string, migrate func(url string) error) error {
	p.name = randomName("hoicho_template_")
	err := execPostgres(server, "CREATE DATABASE "+p.name+" TEMPLATE template0")
	if err == nil {
		err = migrate(withDatabase(server, p.name))
	}
	if err != nil {
		return err
	}
	// it is read from a copy: connections to the template would keep others from copying it
	db, err := p.take(server)
	if err != nil {
		return err
	}
	ctx, cancel := soon()
	defer cancel()
	if p.empty, err = emptying(ctx, db.conn); err == nil {
		p.schema, err = fingerprint(ctx, db.conn)
	}
	p.idle = append(p.idle, db)
	return err
}

// lent is a database with the connection that cleans it, which has read its catalogue once.
type lent struct {
	name string
	conn *pgx.Conn
}

// take returns a database with the schema and nothing else.
func (p *pgTemplate) take(server string) (*lent, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		db := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return db, nil
	}
	db := &lent{name: randomName("hoicho_test_")}
	err := execPostgres(server, "CREATE DATABASE "+db.name+" TEMPLATE "+p.name+" STRATEGY FILE_COPY")
	if err == nil {
		err = db.connect(server)
	}
	return db, err
}

func (db *lent) connect(server string) (err error) {
	ctx, cancel := soon()
	defer cancel()
	db.conn, err = pgx.Connect(ctx, withDatabase(server, db.name))
	return err
}

// giveBack empties a database for the next test, or drops it.
func (p *pgTemplate) giveBack(server string, db *lent) error {
	ctx, cancel := soon()
	defer cancel()
	if db.conn.Ping(ctx) != nil { // a test ended all connections
		if err := db.connect(server); err != nil {
			return err
		}
	}
	err := p.clean(ctx, db.conn)
	if errors.Is(err, errTouched) {
		return errors.Join(db.conn.Close(ctx), execPostgres(server, "DROP DATABASE "+db.name+" WITH (FORCE)"))
	}
	if err == nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.idle = append(p.idle, db)
	}
	return err
}

// errTouched says that a test changed the schema of its database.
var errTouched = errors.New("the schema is no longer that of the template")

func (p *pgTemplate) clean(ctx context.Context, conn *pgx.Conn) error {
	const others = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	if _, err := conn.Exec(ctx, others); err != nil {
		return err
	}
	now, err := fingerprint(ctx, conn)
	if err == nil && now != p.schema {
		return errTouched
	}
	if err == nil {
		_, err = conn.PgConn().Exec(ctx, p.empty).ReadAll()
	}
	return err
}

// fingerprint sums up the rows of the catalogue that a change of the schema writes anew.
func fingerprint(ctx context.Context, conn *pgx.Conn) (sum string, err error) {
	const mine = "(SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
	err = conn.QueryRow(ctx, `
		SELECT concat(count(*), ' ', sum(hashtextextended(concat_ws(' ', kind, oid, version, more), 0)))
		FROM (
			SELECT 'class' AS kind, oid, xmin AS version, relname::text || relfilenode AS more FROM pg_class WHERE oid IN `+mine+`
			UNION ALL SELECT 'column', attrelid, xmin, attnum::text FROM pg_attribute WHERE attrelid IN `+mine+`
			UNION ALL SELECT 'index', indexrelid, xmin, '' FROM pg_index WHERE indrelid IN `+mine+`
			UNION ALL SELECT 'constraint', oid, xmin, '' FROM pg_constraint WHERE connamespace = 'public'::regnamespace
			UNION ALL SELECT 'trigger', oid, xmin, tgenabled::text FROM pg_trigger WHERE tgrelid IN `+mine+`
			UNION ALL SELECT 'function', oid, xmin, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
			UNION ALL SELECT 'type', oid, xmin, '' FROM pg_type WHERE typnamespace = 'public'::regnamespace
			UNION ALL SELECT 'schema', oid, xmin, '' FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%') AS catalogue`).Scan(&sum)
	return sum, err
}

// emptying makes the statements that bring the database, which is new, back to what it is.
func emptying(ctx context.Context, conn *pgx.Conn) (string, error) {
	tables, err := texts(ctx, conn, "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname")
	if err != nil {
		return "", err
	}
	lines := []string{
		"SET session_replication_role = replica", // no foreign key minds the order
		`DO $$ DECLARE t regclass; BEGIN
			FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
			LOOP EXECUTE 'DELETE FROM ' || t; END LOOP;
		END $$`}
	for _, table := range tables {
		rows, err := texts(ctx, conn, "SELECT quote_literal(json_agg(t)) FROM "+table+" AS t HAVING count(*) > 0")
		if err != nil {
			return "", err
		}
		for _, row := range rows {
			lines = append(lines, "INSERT INTO "+table+" SELECT * FROM json_populate_recordset(NULL::"+table+", "+row+")")
		}
	}
	counters, err := texts(ctx, conn, "SELECT format('SELECT setval(%L, %s, %L)', quote_ident(sequencename), COALESCE(last_value, start_value), last_value IS NOT NULL) FROM pg_sequences")
	return strings.Join(append(lines, counters...), ";\n"), err
}

// texts reads a column.
func texts(ctx context.Context, conn *pgx.Conn, query string) ([]string, error) {
	rows, err := conn.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// soon bounds what is asked of the server.
func soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 30*time.Second)
}

// execPostgres runs one statement on a connection of its own.
func execPostgres(url, statement string) error {
	ctx, cancel := soon()
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err = conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// withDatabase returns the server's URL with another database in its path. Commits
// do not wait for the disk: no test pulls the plug on PostgreSQL.
func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	q := u.Query()
	q.Set("synchronous_commit", "off")
	u.RawQuery = q.Encode()
	return u.String()
}

func randomName(prefix string) string {
	return prefix + strings.ToLower(rand.Text())
}
