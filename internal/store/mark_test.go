package store_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// unmarkedTables hold what is made from the rest, fleeting, or mail. The counters of
// the gates have a sum of their own.
var unmarkedTables = strings.Fields(`counters audit audit_head files outbox jobs sign_in_tries event_areas
	event_quotas programme_items vendor_areas product_photos application_products application_notes event_changes
	phone_clocks presences gate_hours event_secrets tip_areas tip_photos tip_contacts sales_best sales_reminders
	device_tellings relay_log foreign_presences notices calls event_reminders body_areas plan_areas
	communication_areas communication_photos article_columns article_areas text_takings place_areas support_areas matching_areas survey_areas supervision_areas
	inspection_areas inspection_round_areas placings imports import_habits year_pastes floor_plans floor_plan_saves`)

// unmarkedColumns say when somebody was seen last, count versions, are made from other columns, or
// have their sum in one that is covered.
var unmarkedColumns = strings.Fields(`accounts.name_fold accounts.name_sort accounts.totp_step accounts.lang accounts.entered_at
	accounts.version sessions.seen_at events.title_fold events.updated_at events.version vendors.name_fold vendors.search_fold
	vendors.name_sort vendors.updated_at vendors.version products.name_fold products.search_fold products.name_sort
	products.updated_at products.version applications.updated_at applications.version booths.version passes.sort_key
	passes.search_fold passes.printed_at passes.change_no passes.version api_tokens.used_at push_subscriptions.used_at gates.version gate_policies.version
	scans.n devices.waiting_n devices.seen_at devices.acked_seq devices.backed_up_seq devices.count_acked_seq devices.count_backed_up_seq
	tips.sent_n tips.version sales_returns.updated_at sales_returns.version reports.updated_at reports.version
	difference_closings.version bodies.name_sort bodies.version plans.version tasks.updated_at tasks.version
	channels.name_fold communications.photos_n communications.version articles.updated_at articles.version
	places.name_sort places.search_fold places.version surveys.version series.version
	measures.version offers.updated_at offers.version voucher_packs.version
	goods_groups.name_fold procurements.version supports.producer_fold supports.version matchings.version costs.version supervisions.version
	inspection_rounds.version inspections.bad_n inspections.missing_n inspections.version findings.version period_reports.version period_papers.version
	paper_templates.data paper_templates.version
	personal_requests.version personal_erasures.version draws.version`)

// TestEveryColumnIsMarkedOrNot: whoever adds a table or a column says whether check-db
// bears it out.
func TestEveryColumnIsMarkedOrNot(t *testing.T) {
	tables := 0
	for _, found := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \(\n(.*?)\n\)`).FindAllStringSubmatch(strings.Join(store.MigrationTexts(), "\n"), -1) {
		tables++
		table, marked := found[1], store.MarkedColumns(found[1])
		if (marked == nil) != slices.Contains(unmarkedTables, table) {
			t.Errorf("%s is neither a marked table nor named as one without marks, or both", table)
			continue
		}
		for _, line := range strings.Split(found[2], "\n") {
			column := strings.Fields(line)[0]
			if marked == nil || column == strings.ToUpper(column) || column == "mark" || strings.HasPrefix(line, "\t\t") {
				continue
			}
			if slices.Contains(marked, column) == slices.Contains(unmarkedColumns, table+"."+column) {
				t.Errorf("%s.%s is neither covered by the mark nor named as not covered, or both", table, column)
			}
		}
	}
	if tables < 60 {
		t.Errorf("only %d tables found", tables)
	}
}

// TestRowsOfAChangeAreReadFirst: the condition is taken out of the statement with its
// own arguments.
func TestRowsOfAChangeAreReadFirst(t *testing.T) {
	for query, want := range map[string]string{
		`UPDATE booths SET state = CASE WHEN $3 = 'x' THEN 'free' ELSE state END WHERE id = $2 AND (state = $1 OR state = $2)`: "id = $1 AND (state = $2 OR state = $1): b a",
		`INSERT INTO settings (key, value) VALUES ($2, $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`:             "key = $1: b",
		`INSERT INTO gates (event_id, number, name, code, kinds, version) VALUES ($1, 7, $2, $3, '', 1)
			ON CONFLICT (event_id, number) DO UPDATE SET name = excluded.name WHERE gates.version = $2`: "event_id = $1 AND number = 7: a",
		`INSERT INTO grants (account_id, role) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING`: ": ",
		`DELETE FROM grants WHERE account_id = $1`:                                                  ": ",
	} {
		where, args := store.WhereOfChange(query, "a", "b", "c")
		got := where + ":"
		for _, a := range args {
			got += " " + a.(string)
		}
		if got != strings.TrimSuffix(want, " ") && got != want {
			t.Errorf("%s\nreads %q, want %q", query, got, want)
		}
	}
}

// TestNothingIsWrittenPastTheMarks: without the key nothing that is guarded is
// written, and no statement on a marked table goes a way that leaves its rows
// unmarked.
func TestNothingIsWrittenPastTheMarks(t *testing.T) {
	db, _ := testkit.NewDB(t, "sqlite")
	save := func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), "x", "one") }
	db.SetGuard(nil)
	if err := db.Write(t.Context(), save); err == nil || !strings.Contains(err.Error(), "master key") {
		t.Errorf("written without a key: %v", err)
	}
	db.SetGuard(testkit.TestGuard())
	failure := errors.New("no")
	for name, fn := range map[string]func(*store.Tx) error{
		"kept":       save,
		"taken back": func(tx *store.Tx) error { return errors.Join(tx.SaveSetting(t.Context(), "x", "two"), failure) },
	} {
		if err := db.Write(t.Context(), fn); err != nil && !errors.Is(err, failure) {
			t.Errorf("%s: %v", name, err)
		}
	}
	mustWrite(t, db, func(tx *store.Tx) error {
		_, err := tx.Number(t.Context(), `UPDATE settings SET value = 'three' RETURNING 1`)
		if err == nil || !strings.Contains(err.Error(), "marked table") {
			t.Errorf("a statement that returns rows: %v", err)
		}
		return nil
	})
	if c, err := db.Check(t.Context()); err != nil || !c.OK() {
		t.Errorf("check: %v, %v", c.Edits, err)
	}
}

func TestHeadOfTheLogIsReadOffPaper(t *testing.T) {
	hash := strings.Repeat("0123456789abcdef", 4)
	for text, want := range map[string]registry.AuditHead{
		"1234:" + hash:                    {Lines: 1234, Hash: hash},
		"1.234: 0123 4567 89AB cdef 0123": {Lines: 1234, Hash: hash[:20]},
		"0:":                              {},
		"1234:0123 4567 89ab cdef":        {Lines: -1}, // too short
		"1234:0123 4567 89ab cdef 012g":   {Lines: -1},
		"-1:" + hash:                      {Lines: -1},
		"0123456789abcdef0123":            {Lines: -1},
		"12:" + hash + "0":                {Lines: -1},
	} {
		got, err := registry.ParseAuditHead(text)
		if err == nil && got != want || (err != nil) != (want.Lines < 0) {
			t.Errorf("%q is %v, %v; want %v", text, got, err, want)
		}
	}
	if got := (registry.AuditHead{Lines: 7, Hash: hash}).Short(); got != "0123 4567 89ab cdef 0123" {
		t.Errorf("on paper: %q", got)
	}
}
