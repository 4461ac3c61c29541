package personal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/personal"
	"hoicho/internal/testkit"
)

var (
	tableForm  = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \(\n(.*?)\n\)`)
	columnForm = regexp.MustCompile(`(?m)^\t(\w+) TEXT\b(.*)$`)
	plainForm  = regexp.MustCompile(`REFERENCES|IN \(`)
	nameless   = regexp.MustCompile(`(^|_)(id|on|code|edition|hash|fold|sort|state|kind|slug|version|lang|number|key|token|secret)$`)
)

// schema is the text of all migrations.
var schema = sync.OnceValue(func() (text string) {
	files, err := filepath.Glob("../../store/migrations/*.sql")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		text += string(raw)
	}
	return text
})

// tables are all tables of the schema.
func tables() (names []string) {
	for _, found := range tableForm.FindAllStringSubmatch(schema(), -1) {
		names = append(names, found[1])
	}
	return names
}

// known reads what each column of words is known to hold, see testdata/columns.txt.
func known(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/columns.txt")
	testkit.Works(t, err)
	columns := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		if column, holds, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			columns[column] = holds
		}
	}
	return columns
}

// TestEveryColumnIsKnownToHoldANameOrNot: whoever adds a column of text says whether an erasure
// replaces the name in it, destroys it, or leaves it and why.
func TestEveryColumnIsKnownToHoldANameOrNot(t *testing.T) {
	columns, seen := known(t), 0
	named := map[string]bool{}
	for _, n := range kept.NameColumns {
		named[n.Column()] = true
	}
	for _, table := range tableForm.FindAllStringSubmatch(schema(), -1) {
		for _, found := range columnForm.FindAllStringSubmatch(table[2], -1) {
			column := table[1] + "." + found[1]
			if !named[column] && (plainForm.MatchString(found[2]) || nameless.MatchString(found[1])) {
				continue
			}
			seen++
			if (columns[column] != "") == named[column] {
				t.Errorf("%s is neither a column of names nor told in testdata/columns.txt, or both", column)
			}
			delete(columns, column)
			delete(named, column)
		}
	}
	for column, holds := range columns {
		t.Errorf("%s (%s) is no column of text", column, holds)
	}
	for column := range named {
		t.Errorf("%s is no column", column)
	}
	if seen < 300 {
		t.Errorf("only %d columns found", seen)
	}
}

// TestANameIsNowhereAfterwards but where the list says that it stays: a person that did much is
// erased, and every column of every table is searched for its name, phone and address.
func TestANameIsNowhereAfterwards(t *testing.T) {
	w := newWanted(t, "Mông Thị Duynhất", registry.Grant{Role: registry.Admin})
	w.household()
	actor := w.ActorOf(w.account.ID)
	testkit.Works(t, w.App.Personal.Confirm(t.Context(), actor, w.PersonalRequest().ID, 1))
	w.Write(func(tx *store.Tx) error {
		if err := tx.Notify(t.Context(), registry.Message{To: w.account.Email, Lang: "vi", Key: "account.mail.signed_up", Args: []string{w.account.Name}}); err != nil {
			return err
		}
		return nil
	})
	places := w.TypedPlace()
	testkit.Works(t, testkit.Second(w.App.Places.Create(t.Context(), actor, places)))
	w.erased()
	stays := known(t)
	for _, table := range tables() {
		columns := w.Look(`SELECT * FROM ` + table)
		names := columnsOf(table)
		for _, row := range columns {
			for i, v := range row {
				text := fmt.Sprint(v)
				if raw, ok := v.([]byte); ok {
					text = string(raw)
				}
				for _, personal := range []string{"Duynhất", "duynhat", w.account.Phone, w.account.Email, "004186012345"} {
					if strings.Contains(text, personal) && !strings.HasPrefix(stays[table+"."+names[i]], "stays") {
						t.Errorf("%s.%s still has %q", table, names[i], text)
					}
				}
			}
		}
	}
}

// columnsOf are the columns of a table in their order.
func columnsOf(table string) (names []string) {
	for _, found := range tableForm.FindAllStringSubmatch(schema(), -1) {
		if found[1] != table {
			continue
		}
		for line := range strings.Lines(found[2]) {
			if name := strings.Fields(line + " ."); strings.ToLower(name[0]) == name[0] && !strings.HasPrefix(line, "\t\t") && name[0] != "." {
				names = append(names, name[0])
			}
		}
	}
	return slices.Clip(names)
}

// TestANameThatTwoBearStaysWhereNothingTellsWhose, and is counted so.
func TestANameThatTwoBearStaysWhereNothingTellsWhose(t *testing.T) {
	w := newWanted(t, "Hoàng Văn Trùng", registry.Grant{Role: registry.Admin})
	w.Account("Hoàng Văn Trùng")
	asked := w.PersonalRequest()
	testkit.Works(t, w.App.Personal.Confirm(t.Context(), w.ActorOf(w.account.ID), asked.ID, 1))
	done := w.erased()
	if n := done.Effects.Of("shared"); n != 1 {
		t.Errorf("%d places are told to stay", n)
	}
	if got := w.Look(`SELECT confirmed_as FROM personal_requests WHERE id = '` + string(asked.ID) + `'`)[0][0]; got != "Hoàng Văn Trùng" {
		t.Errorf("it says %v", got)
	}
}
