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
	covered("pair_tokens", "hash", "event_id gates role created_by created_at expires_at spent_at device_id"),
	covered("events", "id", `number slug kind level state state_reason state_at former_opens_on former_closes_on former_venue title summary body
		area_edition area_code venue lat_e6 lon_e6 directions organiser co_organisers phone registration legal_number legal_issued_on
		legal_issuer legal_filed_on programme opens_on closes_on begins_at ends_at apply_from apply_until self_pick booths_n
		staff_passes capacity cover cloned_from asked published_at created_by created_at`),
	covered("event_days", "event_id day", "opens_at closes_at note"),
	covered("vendors", "id", `slug kind state state_reason name tax_code representative phone phone_public email area_edition area_code
		village about logo created_by created_at`),
	covered("vendor_members", "vendor_id account_id", "role added_by added_at"),
	covered("products", "id", `vendor_id slug name product_group description origin origin_place label gtin price_dong price_unit evidence
		evidence_by evidence_at evidence_until evidence_note hidden created_at`),
	covered("product_ratings", "product_id issued_on", "stars decision valid_to claimed"),
	covered("certificates", "id", `vendor_id product_id kind number issuer issued_on valid_to note file_id checked_by checked_at created_at
		replaced_at`),
	covered("applications", "id", `number event_id vendor_id state booths_n granted_n zone needs_power note promo_percent promo_basis staff_n
		vehicles pledge_version pledged_at on_paper submitted_at decided_at decided_by reason offer_until wait_since created_by created_at`),
	covered("application_days", "application_id day", ""),
	covered("booths", "id", `event_id code zone row_n col_n width_cm depth_cm kind power fee_dong state application_id held_until
		assigned_at`),
	covered("booth_days", "booth_id day", "state seen_at seen_by"),
	covered("pass_keys", "id", "state public sealed created_at activated_at retired_at killed_at"),
	covered("passes", "id", `code event_id kind booth_id vendor_id application_id label ordinal ordinal_of first_day days test key_id proof
		state state_reason replaced_by bearer_id issued_by issued_at blocked_at revoked_at`),
	covered("api_tokens", "id", "token_hash account_id name scopes created_at expires_at revoked_at"),
	covered("gates", "event_id number", "name code kinds"),
	covered("gate_policies", "event_id", "policy pin"),
	covered("devices", "id", "event_id relay_id name role gates state token_hash paired_at revoked_at"),
	covered("scans", "id device_id", `event_id pass_id code direction gate_n boot seq at corrected_at mono_ms received_at mode training
		device_verdict relay_verdict verdict answer forced_by void_of void_reason day moves`),
	covered("counts", "id device_id", "event_id gate_n n who boot seq at corrected_at mono_ms received_at void_of"),
	covered("taps", "event_id day phone", "gate_n hour_at"),
	covered("tallies", "id", "event_id method gate_n hour_at n children note entered_by entered_at dropped_by dropped_at"),
	covered("tips", "id", `code same_key kind state place text event_id booth_id vendor_id product_id pass_code received_at state_at
		wiped_at`),
	covered("tip_steps", "tip_id state", "at by_id by_name body told note"),
	covered("sales_returns", "event_id vendor_id", "contracts_n contracts_dong on_paper filed_by filed_at"),
	covered("sales_days", "event_id vendor_id day", "dong band typed_by"),
	covered("reports", "event_id", `authority issuer number place signed_on assessment recipients signer_title signer_name figures closed_at
		closed_by`),
	covered("report_addenda", "event_id n", "reason number signed_on figures opened_at opened_by closed_at closed_by"),
	covered("difference_closings", "event_id line", "open word note by_name at"),
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
