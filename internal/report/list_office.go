package report

import (
	"strings"

	"hoicho/internal/registry"
)

// UserRow is an account as a list has it.
type UserRow struct {
	registry.Account
	Roles []RoleCell
}

// RoleCell is a role with the unit in which it holds; "" is the whole country.
type RoleCell struct{ Role, Area string }

// UserTable lists accounts.
func UserTable(lang string, rows []UserRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.users"), Columns: t.columns([]float64{3, 2, 3, 4, 2, 2, 2},
		"list.col.name", "list.col.phone", "list.col.email", "list.col.roles", "list.col.standing", "list.col.registered_at", "list.col.entered_at")}
	for _, u := range rows {
		roles := make([]string, len(u.Roles))
		for i, r := range u.Roles {
			if roles[i] = t.T("role." + r.Role); r.Area != "" {
				roles[i] += " (" + r.Area + ")"
			}
		}
		standing := "user.state_active"
		switch {
		case u.State == registry.AccountDisabled:
			standing = "user.state_disabled"
		case u.EnteredAt == 0:
			standing = "user.state_new"
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(u.Name), code(u.Phone), text(u.Email), text(strings.Join(roles, "; ")), text(t.T(standing)),
			instant(u.CreatedAt), instant(u.EnteredAt)}})
	}
	return table
}

// LetterTable lists letters that failed at least once and have not gone out. Of what they
// say it tells the subject alone.
func LetterTable(lang string, rows []registry.Message) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.letters"), Columns: t.columns([]float64{3, 4, 2, -1, 2, 2, 4},
		"list.col.addressee", "list.col.subject", "list.col.written_at", "list.col.tries", "list.col.standing", "list.col.next_try_at", "list.col.reason")}
	for _, m := range rows {
		standing, next, why := "outbox.trying", instant(m.DueAt), m.LastError
		if m.FailedAt > 0 {
			standing, next = "outbox.given_up", text("")
		}
		if why == registry.MailExpired {
			why = t.T("outbox.expired")
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(m.To), text(t.said(m.Key+".subject", m.Args)), instant(m.CreatedAt), number(int64(m.Attempts)),
			text(t.T(standing)), next, text(why)}})
	}
	return table
}

// said is a text with what stands in it.
func (t texts) said(key string, args []string) string {
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a
	}
	return t.T(key, all...)
}

// CallRow is a vendor of a call list. Way is how it was told, a code of "call.n.".
type CallRow struct {
	registry.Callee
	Area, Way string
	News      []registry.Notice
	Last      registry.Call // the zero one where nobody called
	Calls     int64
	WrittenAt int64 // unix ms, when the last of the news was written
}

// CallTable lists whom an event has told what, and by which way.
func CallTable(lang string, rows []CallRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.calls"), Columns: t.columns([]float64{4, 2, 1.4, 2, 3, 2, 5, 2, -1, 2, 2, 2},
		"list.col.vendor", "list.col.representative", "list.col.booth_codes", "list.col.phones", "list.col.area", "list.col.told", "list.col.to_say",
		"list.col.written_at", "list.col.calls", "list.col.last_outcome", "list.col.last_called_at", "list.col.called_by")}
	for _, r := range rows {
		var say []string
		for _, n := range r.News {
			say = append(say, t.said(n.Key+".say", n.Args))
		}
		outcome := text("")
		if r.Last.Outcome != "" {
			outcome = t.name("call.outcome.", string(r.Last.Outcome))
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(r.Name), text(r.Representative), code(strings.Join(r.Booths, ", ")), code(strings.Join(r.Phones, ", ")),
			text(r.Area), t.name("call.n.", r.Way), text(strings.Join(say, " ")), instant(r.WrittenAt), number(r.Calls), outcome, instant(r.Last.At),
			text(r.Last.ByName)}})
	}
	return table
}

// PackTable lists the packs of an event's vouchers with what became of them.
func PackTable(lang, today string, rows []registry.PackTotals) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.packs"), Columns: t.columns([]float64{-1, 4, -1.4, -1, -1, -1, -1.4, -1, -1, -1, -1, 1.6, 1.6, 2, 3, 1.2},
		"list.col.pack", "list.col.pack_title", "list.col.worth", "voucher.total.made", "voucher.total.handed", "voucher.total.spent", "list.col.spent_dong",
		"voucher.total.unspent", "voucher.total.blocked", "voucher.total.doubles", "voucher.total.faulty", "list.col.first_day", "list.col.last_day",
		"list.col.standing", "list.col.reason", "list.col.training")}
	for i := range rows {
		p := &rows[i]
		handed := text("")
		if p.HandedAt > 0 {
			handed = number(int64(p.HandedN))
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{number(int64(p.Number)), text(p.Title), number(p.ValueDong), number(int64(p.Count)), handed,
			number(int64(p.Spent)), number(p.SpentDong()), number(int64(p.Unspent())), number(int64(p.Blocked)), number(int64(p.Doubles)), number(int64(p.Faulty)),
			day(p.FirstDay), day(p.LastDay()), t.name("voucher.state.", p.Standing(today)), text(p.Reason), t.yes(p.Test)}})
	}
	return table
}

// VoucherRow is a voucher of a pack: taken at a booth or not.
type VoucherRow struct {
	registry.Pass
	Dong  int64
	Taken registry.Taking // the one that counts; the zero one while nobody took it
}

// VoucherTable lists the vouchers of a pack by the ends of their codes: with a whole one
// whoever gets the file could spend it.
func VoucherTable(lang string, rows []VoucherRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.vouchers"), Columns: t.columns([]float64{-1, 1.6, -1.4, 2, 3, 2, 4, 1.4},
		"voucher.taking.serial", "list.col.voucher_end", "list.col.worth", "list.col.standing", "list.col.reason", "list.col.taken_at", "list.col.vendor", "list.col.booth")}
	for _, v := range rows {
		standing := t.name("pass.state.", string(v.State))
		if v.Taken.At > 0 {
			standing = text(t.T("voucher.total.spent"))
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{number(int64(v.Ordinal)), code(masked(v.Code)), number(v.Dong), standing, text(t.passReason(v.StateReason)),
			instant(v.Taken.At), text(v.Taken.VendorName), code(v.Taken.Booth)}})
	}
	return table
}

// PhoneRow is a phone or relay that was paired with an event. Standing is a code of
// "gate.phone.".
type PhoneRow struct {
	registry.Device
	GateNames []string
	Via       string // name of the relay that paired it
	Standing  string
	Told      registry.DeviceTelling
}

// PhoneTable lists the phones of an event's gates.
func PhoneTable(lang string, rows []PhoneRow) Table {
	t := texts(lang)
	table := Table{Name: t.T("list.phones"), Columns: t.columns([]float64{3, 2, 3, 2, 2, 2, 2, 2, -1, -1, 2},
		"gate.phone.name", "gate.phone.role", "list.col.gate", "list.col.via", "list.col.standing", "list.col.paired_at", "list.col.good_until", "list.col.seen_at",
		"gate.phone.queue", "list.col.battery", "list.col.app")}
	for _, r := range rows {
		queue, battery := text(""), text("")
		if r.Told.At > 0 {
			queue = number(int64(r.Told.Queue))
		}
		if r.Told.At > 0 && r.Told.Battery != registry.NoBattery {
			battery = number(int64(r.Told.Battery))
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{text(r.Name), t.name("gate.role.", string(r.Role)), text(strings.Join(r.GateNames, ", ")), text(r.Via),
			t.name("gate.phone.", r.Standing), instant(r.PairedAt), instant(r.ExpiresAt), instant(max(r.LastSeenAt, r.Told.At)), queue, battery, code(r.Told.App)}})
	}
	return table
}
