package personal

import (
	"context"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// named is a column that holds the name of an account as a text, for what it once did. whose
// is the column beside it that says which account, "" where none does: then the name alone
// tells, and it stays where two accounts bear it.
type named struct{ table, column, whose string }

// NameColumns are all such columns, see TestEveryColumnIsKnownToHoldANameOrNot.
var NameColumns = []named{
	{"application_notes", "author", "author_id"},
	{"article_versions", "by_name", "by_id"},
	{"calls", "name", "account_id"},
	{"communications", "entered_as", "entered_by"},
	{"communications", "struck_as", ""},
	{"costs", "entered_as", "entered_by"},
	{"costs", "struck_as", ""},
	{"difference_closings", "by_name", ""},
	{"finding_steps", "by_name", ""},
	{"floor_plan_saves", "saved_as", "saved_by"},
	{"floor_plans", "saved_as", "saved_by"},
	{"imports", "created_as", "created_by"},
	{"inspection_rounds", "entered_as", "entered_by"},
	{"inspection_rounds", "struck_as", ""},
	{"inspection_steps", "by_name", ""},
	{"inspections", "entered_as", "entered_by"},
	{"matching_follow_ups", "by_name", ""},
	{"matchings", "entered_as", "entered_by"},
	{"matchings", "struck_as", ""},
	{"pass_alarms", "seen_as", "seen_by"},
	{"paper_templates", "saved_as", "saved_by"},
	{"period_addenda", "by_name", "by_id"},
	{"period_exceptions", "by_name", "by_id"},
	{"period_locks", "by_name", "by_id"},
	{"period_papers", "saved_as", "saved_by"},
	{"period_reports", "decided_as", "decided_by"},
	{"period_reports", "submitted_as", "submitted_by"},
	{"personal_erasures", "planned_as", "planned_by"},
	{"personal_erasures", "taken_as", "taken_by"},
	{"personal_requests", "closed_as", ""},
	{"personal_requests", "confirmed_as", ""},
	{"personal_requests", "extended_as", ""},
	{"places", "entered_as", "entered_by"},
	{"plan_files", "added_as", "added_by"},
	{"procurement_closings", "by_name", "by_id"},
	{"procurement_fixes", "by_name", "by_id"},
	{"procurements", "entered_as", "entered_by"},
	{"procurements", "struck_as", ""},
	{"report_addenda", "opened_by", ""},
	{"reports", "closed_by", ""},
	{"supervisions", "answered_as", ""},
	{"supervisions", "entered_as", "entered_by"},
	{"supervisions", "struck_as", ""},
	{"supports", "entered_as", "entered_by"},
	{"supports", "struck_as", ""},
	{"surveys", "entered_as", "entered_by"},
	{"surveys", "struck_as", ""},
	{"tallies", "dropped_by", ""},
	{"tallies", "entered_by", ""},
	{"task_entries", "by_name", "by_id"},
	{"task_files", "added_as", "added_by"},
	{"text_takings", "by_name", "account_id"},
	{"tip_slips", "by_name", "by_id"},
	{"tip_steps", "by_name", "by_id"},
}

// Column is where the name stands, as table.column.
func (n named) Column() string { return n.table + "." + n.column }

// where finds the rows with the name of an account.
func (n named) where() string {
	if n.whose == "" {
		return n.column + ` = :name`
	}
	return n.whose + ` = :account AND ` + n.column + ` NOT IN ('', :erased)`
}

func (n named) values(account registry.AccountID, bears string) map[string]any {
	values := erasedValues(account)
	values[":name"] = bears
	return values
}

func (n named) count(ctx context.Context, tx *store.Tx, account registry.AccountID, bears string) (int, error) {
	return countOf(ctx, tx, `SELECT `+n.column+` FROM `+n.table+` WHERE `+n.where(), n.values(account, bears))
}

func (n named) erase(ctx context.Context, tx *store.Tx, account registry.AccountID, bears string) error {
	query, args := filled(`UPDATE `+n.table+` SET `+n.column+` = :erased WHERE `+n.where(), n.values(account, bears))
	_, err := store.Exec(ctx, tx, query, args...)
	return err
}

// eachName calls fn for each column that holds names, once; for one that says nothing of
// whose, once for each name that the account has borne, with whether another account bore it
// too.
func eachName(ctx context.Context, tx *store.Tx, account registry.AccountID, fn func(n named, bears string, shared bool) error) error {
	bears, err := namesOf(ctx, tx, account)
	if err != nil {
		return err
	}
	for _, n := range NameColumns {
		if n.whose != "" {
			if err := fn(n, "", false); err != nil {
				return err
			}
			continue
		}
		for name, shared := range bears {
			if err := fn(n, name, shared); err != nil {
				return err
			}
		}
	}
	return nil
}

// namesOf are the names that an account bears or has signed with, each with whether another
// account has.
func namesOf(ctx context.Context, tx *store.Tx, account registry.AccountID) (map[string]bool, error) {
	names, err := store.Collect(ctx, tx, store.Column[string], `
		SELECT name FROM accounts WHERE id = $1 AND name NOT IN ('', $2)
		UNION SELECT name FROM audit WHERE account_id = $1 AND name NOT IN ('', $2)`, string(account), personal.ErasedName)
	if err != nil {
		return nil, err
	}
	bears := map[string]bool{}
	for _, name := range names {
		others, err := store.One(ctx, tx, store.Column[int], `
			SELECT COUNT(*) FROM (SELECT id FROM accounts WHERE name = $2 AND id <> $1
				UNION SELECT account_id FROM audit WHERE name = $2 AND account_id NOT IN ('', $1)) others`, string(account), name)
		if err != nil {
			return nil, err
		}
		bears[name] = others > 0
	}
	return bears, nil
}

// signedBy counts the reports of events that are signed with a name of an account, and the addenda
// that say in print who closed them.
func signedBy(ctx context.Context, tx *store.Tx, account registry.AccountID) (n int, err error) {
	bears, err := namesOf(ctx, tx, account)
	for name := range bears {
		of, err := store.One(ctx, tx, store.Column[int], `
			SELECT COUNT(*) FROM (SELECT event_id FROM reports WHERE signer_name = $1 UNION ALL SELECT event_id FROM report_addenda WHERE closed_by = $1) signed`, name)
		if err != nil {
			return 0, err
		}
		n += of
	}
	return n, err
}
