package store

import (
	"fmt"
	"slices"
	"strings"
)

// markedTable is a table whose rows carry marks, and the columns that a mark covers.
type markedTable struct {
	name    string
	at      int      // in markedTables
	key     []string // its primary key, the first of columns
	columns []string
	list    string // "id, code, …, mark"
}

// markedTables are the tables that check-db bears out, with their keys and the other
// columns that the marks cover. What is left out says when somebody was seen last, or
// is made from the rest: how a name sorts, who is inside, the hours' figures.
//
// The numbers of tables and columns are in the sums and marks of every database:
// what joins goes to the end of its line, and nothing is ever taken out. A table
// that joins has unmarked rows in older databases, which its migration must mark.
var markedTables = [...]*markedTable{
	covered("settings", "key", "value"),
	covered("accounts", "id", "name phone email state password_hash totp_secret consent_version consent_at created_at"),
	covered("grants", "account_id role area", "granted_by granted_at"),
	covered("sessions", "token_hash", "id account_id created_at expires_at second_step device"),
	covered("reset_codes", "code_hash", "account_id channel email issued_by created_at expires_at used_at"),
	covered("recovery_codes", "code_hash", "account_id created_at used_at"),
	covered("join_codes", "code_hash", "vendor_id role issued_by created_at expires_at"),
	covered("pair_tokens", "hash", "event_id gates role vendor_id created_by created_at expires_at spent_at device_id"),
	covered("events", "id", `number slug kind level state state_reason state_at former_opens_on former_closes_on former_venue title summary body
		area_edition area_code venue lat_e6 lon_e6 directions organiser co_organisers phone registration legal_number legal_issued_on
		legal_issuer legal_filed_on legal_others programme opens_on closes_on begins_at ends_at apply_from apply_until self_pick booths_n
		staff_passes capacity cover cloned_from asked published_at created_by created_at self_check joint_check`),
	covered("event_days", "event_id day", "opens_at closes_at note"),
	covered("series", "id", "pattern_id rule created_by created_at"),
	covered("series_events", "series_id key_on", "event_id"),
	covered("vendors", "id", `slug kind state state_reason name tax_code representative phone phone_public email area_edition area_code
		village about logo created_by created_at`),
	covered("vendor_members", "vendor_id account_id", "role added_by added_at"),
	covered("products", "id", `vendor_id slug name product_group description origin origin_place label gtin price_dong price_unit evidence
		evidence_by evidence_at evidence_until evidence_note hidden created_at brand`),
	covered("product_ratings", "product_id issued_on", "stars decision valid_to claimed"),
	covered("certificates", "id", `vendor_id product_id kind number issuer issued_on valid_to note file_id checked_by checked_at created_at
		replaced_at`),
	covered("applications", "id", `number event_id vendor_id state booths_n granted_n zone needs_power note promo_percent promo_basis staff_n
		vehicles pledge_version pledged_at on_paper submitted_at decided_at decided_by reason asks offer_until wait_since created_by created_at`),
	covered("application_days", "application_id day", ""),
	covered("booths", "id", `event_id code zone row_n col_n width_cm depth_cm kind power fee_dong state application_id held_until
		assigned_at`),
	covered("booth_days", "booth_id day", "state seen_at seen_by"),
	covered("pass_keys", "id", "state public sealed created_at activated_at retired_at killed_at"),
	covered("passes", "id", `code event_id kind booth_id vendor_id application_id label ordinal ordinal_of pack_n first_day days test key_id proof
		state state_reason replaced_by bearer_id issued_by issued_at blocked_at revoked_at n bearer_n`),
	covered("voucher_packs", "event_id number", `title value_dong count_n first_day days scope scope_of test code_block state reason state_at
		handed_n handed_at printed_at made_by made_at`),
	covered("api_tokens", "id", "token_hash account_id name scopes created_at expires_at revoked_at"),
	covered("gates", "event_id number", "name code kinds"),
	covered("gate_policies", "event_id", "policy pin"),
	covered("devices", "id", "event_id relay_id name role vendor_id gates state token_hash paired_at revoked_at n"),
	covered("scans", "id device_n", `pass_n code direction gate_n booth vendor_id start_n seq corrected_at ahead_ms wait_ms mono_ms mode training
		device_verdict relay_verdict verdict kept forced_by void_of void_reason day moves differs`),
	covered("counts", "id device_id", "event_id gate_n n who boot seq at corrected_at mono_ms received_at void_of"),
	covered("taps", "event_id day phone", "gate_n hour_at"),
	covered("tallies", "id", "event_id method gate_n hour_at n children note entered_by entered_at dropped_by dropped_at"),
	covered("tips", "id", `n same_key kind state place text event_id booth_id vendor_id product_id pass_code received_at state_at
		wiped_at lead_id`),
	covered("tip_steps", "tip_id n", "act state at by_id by_name body told note"),
	covered("sales_returns", "event_id vendor_id", "contracts_n contracts_dong on_paper filed_by filed_at"),
	covered("sales_days", "event_id vendor_id day", "dong band typed_by"),
	covered("reports", "event_id", `style authority issuer number place signed_on assessment recipients signer_title signer_name figures closed_at
		closed_by`),
	covered("report_addenda", "event_id n", "reason number signed_on figures opened_at opened_by closed_at closed_by"),
	covered("difference_closings", "event_id line", "open word note by_name at"),
	covered("bodies", "id", "kind area_edition area_code name parent_id phone email from_on until_on successor_id"),
	covered("body_people", "body_id account_id", "added_by added_at"),
	covered("plans", "id", `year area_edition area_code number issued_on issuer_id standing_id title objectives parent_id state
		cloned_from created_by created_at`),
	covered("plan_targets", "plan_id strand", "measure goal"),
	covered("plan_papers", "plan_id position", "number issued_on issuer title"),
	covered("tasks", "id", `plan_id n strand kind title content parent_id assigned_on due_on source measure goal state percent result
		movements entered_by entered_at`),
	covered("task_bodies", "task_id body_id", "part position"),
	covered("task_entries", "task_id n", "at by_id by_name kind from_value to_value text"),
	covered("task_events", "task_id event_id", ""),
	covered("channels", "id", "name unit counts hangs added_by added_at retired_at"),
	covered("channel_goals", "plan_id channel", "goal"),
	covered("communications", "id", `n client channel times people area_edition area_code place village from_on until_on quantity minutes
		cost_dong topic quality link event_id body_id movements asked entered_by entered_as entered_at struck_at struck_as struck_why`),
	covered("communication_audiences", "communication_id audience", ""),
	covered("task_communications", "task_id communication_id", ""),
	covered("articles", "id", `slug column_code lang original_id title lead text author area_edition area_code body_id event_id state
		publish_at reason withdrawn_at created_by created_at`),
	covered("article_pictures", "article_id position", "file_id alt caption"),
	covered("article_vendors", "article_id vendor_id", ""),
	covered("article_products", "article_id product_id", ""),
	covered("article_versions", "article_id n", "at by_id by_name title lead text"),
	covered("places", "id", `slug kind name address area_edition area_code organisation keeper phone agreed_at product_groups goods hours
		from_on until_on end_reason paper body_id photo entered_by entered_as entered_at`),
	covered("measures", "id", "event_id kind text quantity value_dong provider from_on to_on dropped_at created_by created_at"),
	covered("offers", "id", `event_id vendor_id product_id state before_dong here_dong unit from_on to_on quantity conditions basis explained
		reason on_paper submitted_by submitted_at decided_by decided_at`),
	covered("regular_prices", "product_id n", "dong unit listed from_on until_on"),
	covered("surveys", "id", `title question method method_note sample population area_edition area_code from_on until_on carried_by source
		link share issued_on public entered_by entered_as entered_at struck_at struck_as struck_why`),
	covered("goods_groups", "id", "name added_by added_at retired_at"),
	covered("procurements", "id", `n body_id year part goods_group total_dong domestic_dong paper photo note entered_by entered_as
		entered_at struck_at struck_as struck_why`),
	covered("procurement_fixes", "procurement_id n", "at by_id by_name total_dong domestic_dong reason"),
	covered("procurement_closings", "area_code year part", "at by_id by_name reason"),
	covered("task_files", "task_id file_id", "name added_by added_as added_at"),
	covered("plan_files", "plan_id n", "file_id name added_by added_as added_at"),
	covered("supports", "id", `n kind vendor_id producer area_edition area_code body_id provider what amount_dong from_on until_on result paper
		entered_by entered_as entered_at struck_at struck_as struck_why`),
	covered("matchings", "id", `n held_on meeting event_id area_edition area_code buyer vendor_id producer product volume memo_number memo_on
		entered_by entered_as entered_at struck_at struck_as struck_why`),
	covered("costs", "id", `n plan_id event_id kind source title estimate_dong spent_dong paper paper_on photo entered_by entered_as entered_at
		struck_at struck_as struck_why`),
	covered("cost_shares", "cost_id event_id", "position parts"),
	covered("matching_follow_ups", "matching_id months", "due_on outcome result done_on by_name"),
	covered("pass_alarms", "pass_id kind day", "event_id at n other_n place other_place word note seen_at seen_by seen_as"),
	covered("supervisions", "id", `n content by_id held_on area_edition area_code subject_id subject event_id recommendation due_on paper evidence
		answer answered_on answer_paper answer_file answered_as entered_by entered_as entered_at struck_at struck_as struck_why`),
	covered("task_supervisions", "task_id supervision_id", ""),
	covered("tip_codes", "hash", "tip_id at"),
	covered("tip_slips", "tip_id", "year n body ask due_on issued_at by_id by_name answered_on answer_paper reminded"),
	covered("checklists", "id", "items"),
	covered("inspection_rounds", "id", `number issued_on title kind body_id area_edition area_code from_on until_on event_id task_id note
		entered_by entered_as entered_at struck_at struck_as struck_why`),
	covered("inspection_round_people", "round_id position", "name body"),
	covered("inspection_round_bodies", "round_id body_id", ""),
	covered("inspections", "id", `client digest device entered_by entered_as kind subject subject_name event_id booth_id vendor_id body_id
		goods area_edition area_code issuer_id series year n round_id recheck_id day_on began_at ended_at place people present opinion
		refusal witnesses note on_paper state remarks lead_id twin checklist_id received_at handed_at`),
	covered("inspection_answers", "inspection_id n", "item answer note at"),
	covered("inspection_photos", "inspection_id hash", "position item taken_at file_id lost"),
	covered("inspection_steps", "inspection_id n", "at by_name kind text"),
	covered("task_inspections", "task_id inspection_id", ""),
	covered("findings", "id", `inspection_id n item words remedy due_on safety holds state handed_on handed_to dossier answer_due_on outcome
		moved_at`),
	covered("finding_steps", "finding_id n", "at by_name state text inspection_id"),
	covered("push_keys", "id", "public sealed created_at retired_at"),
	covered("phone_starts", "device_n n", "boot"),
	covered("push_subscriptions", "id", "account_id session_id hash sealed service device created_at"),
	covered("import_parts", "import_id n", "rows"),
	covered("period_reports", "form year part unit", "state typed figures lines submitted_at submitted_by submitted_as decided_at decided_by decided_as reason words said"),
	covered("period_locks", "form year part province", "at by_id by_name reason missing_n kept"),
	covered("period_exceptions", "form year part unit n", "reason until_on at by_id by_name ended_at"),
	covered("paper_templates", "kind owner", "file_name sha256 saved_at saved_by saved_as"),
	covered("period_papers", "year part unit", "paper sent_to words saved_at saved_by saved_as"),
	covered("period_addenda", "form year part unit n", "reason moves lines at by_id by_name"),
	covered("personal_requests", "id", `n kind state code_hash words received_at confirm_by due_on confirmed_at confirmed_as extended_at extended_as
		extended_why closed_at closed_as ground answer wiped_at account_id`),
	covered("keep_runs", "id", "kind at rule_from days gone_n"),
	covered("personal_erasures", "id", `request_id account_id state due_on planned_at planned_by planned_as obstacles tried_at taken_at taken_by
		taken_as taken_why done_at effects`),
	covered("draws", "id", "event_id n state place callers_n source again log sealed reason changes prepared_at prepared_by locked_at ended_at ended_by"),
}

// markedByName finds a marked table.
var markedByName = func() map[string]*markedTable {
	byName := make(map[string]*markedTable, len(markedTables))
	for i, t := range markedTables {
		t.at = i
		byName[t.name] = t
	}
	return byName
}()

func covered(name, key, rest string) *markedTable {
	t := &markedTable{name: name, key: strings.Fields(key)}
	t.columns = append(slices.Clone(t.key), strings.Fields(rest)...)
	t.list = strings.Join(t.columns, ", ") + ", mark"
	return t
}

// markedRow is a row of a marked table as it is stored.
type markedRow struct {
	values []any
	mark   []byte // nil: none
}

// id is the key of a row as a text, for maps and messages.
func (t *markedTable) id(values []any) string {
	parts := make([]string, len(t.key))
	for i, column := range t.key {
		if raw, bytes := values[i].([]byte); bytes {
			parts[i] = fmt.Sprintf("%s=%x", column, raw)
			continue
		}
		parts[i] = fmt.Sprint(column, "=", values[i])
	}
	return strings.Join(parts, " ")
}

// scan reads a row of t.list.
func (t *markedTable) scan(row scanner) (r markedRow, err error) {
	r.values = make([]any, len(t.columns))
	into := make([]any, 0, len(t.columns)+1)
	for i := range r.values {
		into = append(into, &r.values[i])
	}
	err = row.Scan(append(into, &r.mark)...)
	return r, err
}

// fits reports whether a row is as the program wrote it.
func (t *markedTable) fits(m *marker, r markedRow) bool {
	want := m.of(t.name, r.values)
	return len(r.mark) == markBytes && want == mark(r.mark)
}
