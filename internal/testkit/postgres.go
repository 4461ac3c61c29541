package testkit

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
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

// NewPostgres returns the URL of a migrated database that belongs to the test
// alone and is dropped at its end. migrate brings the empty database behind a
// URL to the newest schema and closes its connections; every call in one
// process must pass the same one, because it runs once, on a template that the
// databases are copied from. A nil migrate gives an empty database.
//
// Measured with 45 tables: copying and dropping a database takes 110 to 150 ms,
// making and dropping a schema 250 ms even when its migration is one batch.
func NewPostgres(t testing.TB, migrate func(url string) error) string {
	t.Helper()
	server := PostgresURL(t)
	template := "template0"
	if migrate != nil {
		var err error
		if template, err = migrated(server, migrate); err != nil {
			t.Fatalf("migrate the template database: %v", err)
		}
	}
	name := randomName("hoicho_test_")
	if err := execPostgres(server, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := execPostgres(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return withDatabase(server, name)
}

// pgTemplate is the one migrated template of this process.
var pgTemplate struct {
	once sync.Once
	name string
	err  error
}

// migrated returns the name of the process's template and makes it first.
// The template stays on the server, which is a throw-away one.
func migrated(server string, migrate func(url string) error) (string, error) {
	pgTemplate.once.Do(func() {
		pgTemplate.name = randomName("hoicho_template_")
		pgTemplate.err = execPostgres(server, "CREATE DATABASE "+pgTemplate.name+" TEMPLATE template0")
		if pgTemplate.err == nil {
			pgTemplate.err = migrate(withDatabase(server, pgTemplate.name))
		}
	})
	return pgTemplate.name, pgTemplate.err
}

// execPostgres runs one statement on a connection of its own.
func execPostgres(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
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
