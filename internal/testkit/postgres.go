package testkit

import (
	"context"
	"crypto/rand"
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

// NewPostgres returns the URL of a migrated database that belongs to the test
// alone and is dropped at its end. migrate brings the empty database behind a
// URL to the newest schema and closes its connections; it runs once in a process, on
// a template that the databases are copied from. A nil migrate gives an empty
// database.
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

// pgTemplates are the templates of this process, by the function that migrated them.
var pgTemplates sync.Map

type pgTemplate struct {
	once sync.Once
	name string
	err  error
}

// migrated returns the name of the template that a function migrated and makes it
// first. The template stays on the server, which is a throw-away one.
func migrated(server string, migrate func(url string) error) (string, error) {
	kept, _ := pgTemplates.LoadOrStore(reflect.ValueOf(migrate).Pointer(), new(pgTemplate))
	template := kept.(*pgTemplate)
	template.once.Do(func() {
		template.name = randomName("hoicho_template_")
		template.err = execPostgres(server, "CREATE DATABASE "+template.name+" TEMPLATE template0")
		if template.err == nil {
			template.err = migrate(withDatabase(server, template.name))
		}
	})
	return template.name, template.err
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
