package testkit

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

func migrateNotes(url string) error {
	return execPostgres(url, "CREATE TABLE notes (body TEXT NOT NULL)")
}

func countNotes(t *testing.T, url string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(context.Background(), "SELECT count(*) FROM notes").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPostgresDatabasesAreIsolatedAndDropped(t *testing.T) {
	server := PostgresURL(t)
	var first string
	t.Run("databases", func(t *testing.T) {
		first = NewPostgres(t, migrateNotes)
		second := NewPostgres(t, migrateNotes)
		if err := execPostgres(first, "INSERT INTO notes VALUES ('chợ Bể')"); err != nil {
			t.Fatal(err)
		}
		if a, b := countNotes(t, first), countNotes(t, second); a != 1 || b != 0 {
			t.Errorf("rows are %d in the first and %d in the second database, want 1 and 0", a, b)
		}
	})
	if err := execPostgres(first, "SELECT 1"); err == nil {
		t.Error("the database is still there after its test")
	}
	if err := execPostgres(server, "SELECT 1"); err != nil {
		t.Errorf("the server is gone too: %v", err)
	}
}

func TestPostgresWithoutMigrationIsEmpty(t *testing.T) {
	if err := migrateNotes(NewPostgres(t, nil)); err != nil {
		t.Errorf("the table cannot be made in an empty database: %v", err)
	}
}

func TestWithDatabaseKeepsTheSocket(t *testing.T) {
	got := withDatabase("postgres://postgres@/postgres?host=%2Ftmp%2Fpg", "x")
	if want := "postgres://postgres@/x?host=%2Ftmp%2Fpg&synchronous_commit=off"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
