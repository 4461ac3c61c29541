package personal

import (
	"context"
	"strings"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// ownPart is a table of what is kept of an account: its columns, "name" or "name=expression",
// and the rows, where $1 is the account. Nothing in it names anybody else, and no secret.
type ownPart struct{ name, columns, rows string }

// ofOwned joins the vendors that an account owns: what they have, it may see.
const ofOwned = ` JOIN vendor_members o ON o.vendor_id = x.vendor_id AND o.role = 'owner' AND o.account_id = $1`

var ownParts = []ownPart{
	{"account", "id name phone=COALESCE(phone,'') email=COALESCE(email,'') state lang created_at entered_at", `accounts WHERE id = $1`},
	{"consent", "consent_version consent_at", `accounts WHERE id = $1 AND consent_at > 0`},
	{"roles", "role area granted_at", `grants WHERE account_id = $1 ORDER BY granted_at, role, area`},
	{"memberships", "vendor=v.name role=m.role added_at=m.added_at",
		`vendor_members m JOIN vendors v ON v.id = m.vendor_id WHERE m.account_id = $1 ORDER BY m.added_at, v.id`},
	{"bodies", "body=b.name added_at=p.added_at", `body_people p JOIN bodies b ON b.id = p.body_id WHERE p.account_id = $1 ORDER BY p.added_at, b.id`},
	{"vendors", `name=v.name kind=v.kind state=v.state tax_code=COALESCE(v.tax_code,'') representative=v.representative phone=v.phone
		phone_public=v.phone_public email=v.email area=v.area_code village=v.village about=v.about created_at=v.created_at`,
		`vendors v JOIN vendor_members o ON o.vendor_id = v.id AND o.role = 'owner' WHERE o.account_id = $1 ORDER BY v.created_at, v.id`},
	{"applications", `number=x.number event=e.title vendor=v.name state=x.state booths=x.booths_n note=x.note staff=x.staff_n vehicles=x.vehicles
		pledge_version=x.pledge_version pledged_at=x.pledged_at submitted_at=x.submitted_at decided_at=x.decided_at reason=x.reason`,
		`applications x` + ofOwned + ` JOIN events e ON e.id = x.event_id JOIN vendors v ON v.id = x.vendor_id ORDER BY x.number DESC`},
	{"passes", "code=x.code event=e.title kind=x.kind label=x.label first_on=x.first_day days=x.days state=x.state issued_at=x.issued_at",
		`passes x` + ofOwned + ` JOIN events e ON e.id = x.event_id ORDER BY x.n DESC`},
	{"notices", "vendor=v.name subject=x.key at=x.at sent_at=x.sent_at opened_at=x.opened_at",
		`notices x` + ofOwned + ` JOIN vendors v ON v.id = x.vendor_id ORDER BY x.at DESC, x.id`},
	{"letters", "email=m.address subject=m.key created_at=m.created_at sent_at=COALESCE(m.sent_at,0)",
		`outbox m JOIN accounts a ON a.email = m.address WHERE a.id = $1 AND m.channel = 'mail' ORDER BY m.created_at DESC, m.id`},
	{"sessions", "device created_at seen_at expires_at", `sessions WHERE account_id = $1 ORDER BY created_at DESC, id`},
	{"phones", "device service created_at used_at", `push_subscriptions WHERE account_id = $1 ORDER BY created_at DESC, id`},
	{"codes", "way=channel created_at expires_at used_at=COALESCE(used_at,0)", `reset_codes WHERE account_id = $1 ORDER BY created_at DESC, code_hash`},
	{"programs", "name scopes created_at expires_at revoked_at", `api_tokens WHERE account_id = $1 ORDER BY created_at DESC, id`},
	{"files_read", "file_name kind created_at", `imports WHERE created_by = $1 ORDER BY created_at DESC, id`},
	{"log", "at action object object_id", `audit WHERE account_id = $1 OR object = 'account' AND object_id = $1 ORDER BY seq DESC`},
}

// Own returns what is kept of an account, most rows of each part, the latest ones.
func Own(ctx context.Context, tx *store.Tx, account registry.AccountID, most int) (parts []personal.OwnPart, err error) {
	for _, p := range ownParts {
		part := personal.OwnPart{Name: p.name}
		var expressions []string
		for _, column := range strings.Fields(p.columns) {
			name, expression, given := strings.Cut(column, "=")
			if !given {
				expression = name
			}
			part.Columns, expressions = append(part.Columns, name), append(expressions, expression)
		}
		part.Rows, err = store.Collect(ctx, tx, rowOf(len(expressions)),
			`SELECT `+strings.Join(expressions, ", ")+` FROM `+p.rows+` LIMIT $2`, string(account), most+1)
		if err != nil {
			return nil, err
		}
		if part.More = len(part.Rows) > most; part.More {
			part.Rows = part.Rows[:most]
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// rowOf reads a row of n values, numbers and texts.
func rowOf(n int) func(store.Row) ([]any, error) {
	return func(row store.Row) ([]any, error) {
		values, into := make([]any, n), make([]any, n)
		for i := range values {
			into[i] = &values[i]
		}
		return values, row.Scan(into...)
	}
}
