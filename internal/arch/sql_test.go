package arch

import (
	"go/ast"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// isSQL recognises a statement or a part of one: keywords are in capitals,
// which lowerCase sees to.
var isSQL = regexp.MustCompile(`\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|VALUES|SET|FROM|WHERE|AND|OR|ORDER BY|` +
	`LIMIT|RETURNING|JOIN|ON CONFLICT|CREATE|ALTER|DROP|ATTACH|LISTEN|NOTIFY)\s`)

var lowerCase = regexp.MustCompile(`^\s*(select\s[\s\S]*\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+table)\b`)

// banned is what does not mean the same on every engine we want to run on.
var banned = []struct {
	what    string
	pattern *regexp.Regexp
	except  string // the one file that may
}{
	{"FOR UPDATE", regexp.MustCompile(`(?i)\bFOR\s+(NO\s+KEY\s+)?(UPDATE|SHARE)\b|\bSKIP\s+LOCKED\b`), ""},
	{"ANY($n)", regexp.MustCompile(`(?i)\b(ANY|ALL)\s*\(\s*\$`), ""},
	{"ILIKE", regexp.MustCompile(`(?i)\bILIKE\b|\bSIMILAR\s+TO\b`), ""},
	{"the database's clock", regexp.MustCompile(`(?i)\b(now|datetime|strftime|unixepoch|clock_timestamp|julianday)\s*\(|\bCURRENT_(TIME|DATE)`), ""},
	{"the database's chance", regexp.MustCompile(`(?i)\b(random|gen_random_uuid|randomblob)\s*\(`), ""},
	{"JSON operators", regexp.MustCompile(`(?i)->>?|#>>?|\bjsonb?_\w+\s*\(|\bjson\s*\(|\bJSONB?\b`), "internal/store/batch.go"},
	{"triggers and procedures", regexp.MustCompile(`(?i)\bCREATE\s+(OR\s+REPLACE\s+)?(TEMP\s+|TEMPORARY\s+|CONSTRAINT\s+)?(TRIGGER|FUNCTION|PROCEDURE)\b`), ""},
	{"BOOLEAN or time columns", regexp.MustCompile(`\b(BOOLEAN|BOOL|TIMESTAMP|TIMESTAMPTZ|DATETIME|INTERVAL)\b`), ""},
	{"SERIAL, AUTOINCREMENT, sequences", regexp.MustCompile(`(?i)\b((BIG|SMALL)?SERIAL|AUTOINCREMENT|CREATE\s+SEQUENCE|GENERATED\s+(ALWAYS|BY\s+DEFAULT)\s+AS)\b|\bnextval\s*\(`), ""},
	{"folding of case in SQL", regexp.MustCompile(`(?i)\b(lower|upper|initcap|unaccent)\s*\(`), ""},
	{"full text search", regexp.MustCompile(`(?i)\bUSING\s+fts\d|\b(to_)?tsvector\b|\bMATCH\s+\$`), ""},
	{"LISTEN, NOTIFY", regexp.MustCompile(`\b(LISTEN|NOTIFY)\s`), ""},
	{"ATTACH", regexp.MustCompile(`\bATTACH\s`), ""},
	{"advisory locks", regexp.MustCompile(`(?i)\bpg_(try_)?advisory`), "internal/store/migrate.go"},
	{"an expression as conflict target", regexp.MustCompile(`(?i)\bON\s+CONFLICT\s*\([^)]*\(`), ""},
	{"deferrable or exclusion constraints", regexp.MustCompile(`(?i)\bDEFERRABLE\b|\bEXCLUDE\s+USING\b`), ""},
}

// sqlFaults judges one SQL text.
func sqlFaults(file, sql string) (faults []string) {
	if lowerCase.MatchString(sql) {
		faults = append(faults, file+": keywords are in capitals")
	}
	for _, b := range banned {
		if m := b.pattern.FindString(sql); m != "" && b.except != file {
			faults = append(faults, file+": "+b.what+" is banned: "+strings.TrimSpace(m))
		}
	}
	return faults
}

// writesSQL reports whether a file belongs to the store or to a subject below it.
func writesSQL(s source) bool {
	return s.dir() == "internal/store" || strings.HasPrefix(s.dir(), "internal/store/")
}

// subjectWords are what the store gives to the subjects below it to write SQL with.
var subjectWords = map[string]bool{"Collect": true, "One": true, "Exec": true, "Must": true, "Column": true, "OrZero": true, "Null": true, "Row": true}

// strayFaults finds SQL outside the store: what runs it is for subjects below it.
func strayFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if writesSQL(s) || s.isTest() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if from, ok := sel.X.(*ast.Ident); ok && from.Name == "store" && subjectWords[sel.Sel.Name] {
				faults = append(faults, s.fault(n, "store.%s is called outside the store: SQL belongs in internal/store, or in a package of its subject below it", sel.Sel.Name))
			}
			return true
		})
	}
	return faults
}

func TestSQLStaysInTheStore(t *testing.T) {
	holds(t, strayFaults)
	catches(t, strayFaults,
		sample{"internal/app/tips/a.go", "package tips\nfunc f() { store.Exec(ctx, tx, q) }", []string{"SQL belongs in internal/store"}},
		sample{"internal/store/period/a.go", "package period\nfunc f() { store.Exec(ctx, tx, q) }", nil},
	)
}

// literalFaults judges the SQL literals of internal/store and of the subjects below it.
func literalFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if !writesSQL(s) || s.isTest() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			text, ok := literal(n)
			if ok && (isSQL.MatchString(text) || lowerCase.MatchString(text)) {
				faults = append(faults, sqlFaults(s.path, text)...)
			}
			return true
		})
	}
	return faults
}

func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// mayBuildSQL names the files that put SQL together from parts: filters, the
// differences of the engines, set-based batches, migrations.
var mayBuildSQL = map[string]bool{
	"internal/store/where.go":   true,
	"internal/store/dialect.go": true,
	"internal/store/batch.go":   true,
	"internal/store/migrate.go": true,
}

var formats = map[string]bool{
	"Sprintf": true, "Sprint": true, "Sprintln": true, "Fprintf": true, "Fprint": true, "Appendf": true,
}

// builtFaults finds SQL that fmt puts together.
func builtFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if !writesSQL(s) || s.isTest() || mayBuildSQL[s.path] {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && formatsSQL(call) {
				faults = append(faults, s.fault(call, "fmt builds SQL: use the where builder and $n"))
			}
			return true
		})
	}
	return faults
}

func formatsSQL(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !formats[f.Sel.Name] {
		return false
	}
	if pkg, ok := f.X.(*ast.Ident); !ok || pkg.Name != "fmt" {
		return false
	}
	found := false
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			text, ok := literal(n)
			found = found || ok && isSQL.MatchString(text)
			return true
		})
	}
	return found
}

var sqlComment = regexp.MustCompile(`--[^\n]*`)

// sqlFiles returns the texts of all .sql files of the tree without comments.
func sqlFiles() (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != root && skipped(d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".sql" {
			return nil
		}
		text, err := os.ReadFile(name)
		files[filepath.ToSlash(strings.TrimPrefix(name, root+string(filepath.Separator)))] =
			sqlComment.ReplaceAllString(string(text), "")
		return err
	})
	return files, err
}

func TestMigrationsUseTheSharedSQL(t *testing.T) {
	files, err := sqlFiles()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(root + "/internal/store"); err == nil && len(files) == 0 {
		t.Error("there is a store and no .sql file was read")
	}
	for name, sql := range files {
		for _, fault := range sqlFaults(name, sql) {
			t.Error(fault)
		}
	}
}

func TestSQLLintKnowsGoodFromBad(t *testing.T) {
	const good = "CREATE TABLE booths (id TEXT PRIMARY KEY, held_until {{int}}, taken {{int}} NOT NULL CHECK (taken IN (0, 1))) {{strict}};\n" +
		"INSERT INTO booths (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET taken = excluded.taken RETURNING id"
	if faults := sqlFaults("internal/store/migrations/0001_a.sql", good); len(faults) > 0 {
		t.Errorf("good SQL has faults: %q", faults)
	}
	for _, bad := range []string{
		"SELECT id FROM booths WHERE id = $1 FOR UPDATE", "SELECT id FROM jobs FOR UPDATE SKIP LOCKED",
		"SELECT id FROM booths WHERE id = ANY($1)", "SELECT id FROM booths WHERE name ILIKE $1",
		"UPDATE booths SET at = now()", "SELECT id FROM e WHERE at < CURRENT_TIMESTAMP", "SELECT strftime('%s') FROM e",
		"INSERT INTO e VALUES (gen_random_uuid())", "SELECT extra->>'a' FROM e", "SELECT json_extract(a, '$.b') FROM e",
		"CREATE TRIGGER t AFTER INSERT ON e", "CREATE OR REPLACE FUNCTION f() RETURNS int",
		"CREATE TABLE e (ok BOOLEAN)", "CREATE TABLE e (at TIMESTAMP)", "CREATE TABLE e (id SERIAL)",
		"CREATE TABLE e (id INTEGER PRIMARY KEY AUTOINCREMENT)", "SELECT id FROM e WHERE lower(name) = $1",
		"CREATE VIRTUAL TABLE e USING fts5(name)", "LISTEN e", "ATTACH 'x' AS y", "SELECT pg_advisory_lock(1) FROM e",
		"INSERT INTO e VALUES ($1) ON CONFLICT (coalesce(a, '')) DO NOTHING", "CREATE TABLE e (a TEXT UNIQUE DEFERRABLE)",
		"select id from e", "insert into e values (1)", "update e set a = 1", "delete from e",
	} {
		if len(sqlFaults("internal/store/e.go", bad)) == 0 {
			t.Errorf("no fault was found in %s", bad)
		}
	}
}

func TestStoreSpeaksTheSharedSQL(t *testing.T) {
	holds(t, literalFaults)
	catches(t, literalFaults,
		sample{"internal/store/a.go", "package store\nconst q = `SELECT id FROM events WHERE id = $1`\nconst msg = \"now (it is) -> late\"", nil},
		sample{"internal/store/a.go", "package store\nfunc f() { g(`SELECT id FROM e WHERE at < now()`) }", []string{"clock"}},
		sample{"internal/store/a.go", "package store\nconst q = \" AND name ILIKE $1\"", []string{"ILIKE"}},
		sample{"internal/store/a.go", "package store\nconst q = `select id from e`", []string{"capitals"}},
		sample{"internal/app/a.go", "package app\nconst q = `select id from e`", nil},
		sample{"internal/store/migrate.go", "package store\nconst q = `SELECT pg_advisory_lock($1) FROM e`", nil},
	)
}

func TestOnlyTheBuildersBuildSQL(t *testing.T) {
	holds(t, builtFaults)
	const built = "package store\nimport \"fmt\"\nvar q = fmt.Sprintf(\"SELECT id FROM %s\", t)"
	catches(t, builtFaults,
		sample{"internal/store/a.go", built, []string{"fmt builds SQL"}},
		sample{"internal/store/a.go", "package store\nimport \"fmt\"\nfunc f() { fmt.Fprintf(&b, \"x\" + \" WHERE a = %s\", v) }", []string{"fmt builds SQL"}},
		sample{"internal/store/where.go", built, nil},
		sample{"internal/store/a.go", "package store\nimport \"fmt\"\nvar e = fmt.Errorf(\"save event %s: %w\", id, err)", nil},
	)
}
