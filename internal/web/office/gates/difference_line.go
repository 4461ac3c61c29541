package gates

import (
	"strconv"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// differenceLine is a line of the reconciliation page in words.
type differenceLine struct {
	Key     string
	Version int64
	Chip    view.Chip
	When    string
	Text    string
	Steps   []differenceStep
	Closed  string // with which word, by whom and when; empty while it waits
	Before  string // the same of a line that was opened again
	Remark  string // note of the closing

	Words                []view.Option
	Failed               bool // the form came back
	Word, Note           string
	WordError, NoteError string
}

// differenceStep is a scan of a line: when and where, what the phone said and
// what the server says.
type differenceStep struct {
	When   string
	Raw    string // the phone's own time where it differs
	Where  string
	Phone  string
	Server string
}

// differenceChips are the marks of the kinds.
var differenceChips = map[registry.DifferenceKind]view.Chip{
	registry.DiffDouble: {Class: "stop", Icon: "users"}, registry.DiffLetIn: {Class: "stop", Icon: "door-open"},
	registry.DiffForged: {Class: "stop", Icon: "shield-alert"}, registry.DiffForced: {Class: "wait", Icon: "key"},
	registry.DiffGap: {Class: "wait", Icon: "inbox"}, registry.DiffUnknown: {Class: "wait", Icon: "circle-help"},
	registry.DiffKeptOut: {Class: "wait", Icon: "ban"}, registry.DiffClock: {Class: "wait", Icon: "clock"},
	registry.DiffVoid: {Class: "off", Icon: "rotate-ccw"}, registry.DiffMalformed: {Class: "off", Icon: "barcode"},
}

// line puts a difference into words.
func (p *differencesPage) line(d *admission.Difference, found *admission.Differences) differenceLine {
	chip := differenceChips[d.Kind]
	chip.Label = p.T("difference.kind." + string(d.Kind))
	l := differenceLine{Key: d.Key, Version: d.Closing.Version, Chip: chip, When: view.ShowSecond(d.At), Words: p.wordOptions("")}
	l.Text = differenceText(p.GateHead.Base, d, found)
	if d.Before != nil {
		l.Steps = append(l.Steps, step(p.GateHead.Base, d.Before, found))
	}
	if d.Scan != nil {
		l.Steps = append(l.Steps, step(p.GateHead.Base, d.Scan, found))
	}
	switch c := &d.Closing; {
	case c.Closed():
		l.Closed, l.Remark = p.T("difference.closed_by", p.T("difference.word."+string(c.Word)), c.By, view.ShowInstant(c.At)), c.Note
	case c.Open:
		l.Before, l.Remark = p.T("difference.reopened_by", p.T("difference.word."+string(c.Word)), c.By, view.ShowInstant(c.At)), c.Note
	}
	return l
}

// differenceText is the sentence that says what happened.
func differenceText(b view.Base, d *admission.Difference, found *admission.Differences) string {
	key, device := "difference.text."+string(d.Kind), found.Devices[d.Device()].Name
	if d.Pass.Kind == registry.VoucherPass && (d.Kind == registry.DiffDouble || d.Kind == registry.DiffLetIn || d.Kind == registry.DiffKeptOut) {
		key = "difference.voucher." + string(d.Kind)
	}
	switch d.Kind {
	case registry.DiffGap:
		if d.Gap.From == d.Gap.Until {
			return b.T("difference.text.gap_one", device, d.Gap.From)
		}
		return b.T(key, device, d.Gap.From, d.Gap.Until, d.Gap.Until-d.Gap.From+1)
	case registry.DiffClock:
		return clockText(b, d.Skew, device)
	case registry.DiffForced:
		return b.T(key, passWords(b, d.Pass), d.Scan.ForcedBy)
	case registry.DiffForged, registry.DiffUnknown:
		return b.T(key, passes.ShowPassCode(d.Scan.Code))
	case registry.DiffVoid:
		if d.Scan.VoidReason == "" {
			return b.T("difference.text.void", passWords(b, d.Pass))
		}
		return b.T("difference.text.void_why", passWords(b, d.Pass), d.Scan.VoidReason)
	}
	return b.T(key, passWords(b, d.Pass))
}

// passWords says whose pass was scanned: its kind, booth and vendor.
func passWords(b view.Base, p admission.ScannedPass) string {
	switch {
	case p.Kind == "":
		return b.T("difference.pass.none")
	case p.Pack > 0:
		return b.T("difference.pass.voucher", p.Pack, p.Serial)
	case p.Booth != "" && p.Label != "" && p.Label != p.Booth:
		return b.T("difference.pass.label", b.T("pass.kind."+string(p.Kind)), p.Booth, p.Vendor, p.Label)
	case p.Booth != "":
		return b.T("difference.pass.booth", b.T("pass.kind."+string(p.Kind)), p.Booth, p.Vendor)
	case p.Label != "":
		return b.T("difference.pass.other", b.T("pass.kind."+string(p.Kind)), p.Label)
	}
	return b.T("pass.kind." + string(p.Kind))
}

// clockText says how far a phone's clock was off.
func clockText(b view.Base, c registry.ClockSkew, device string) string {
	least, most := span(b, c.Least), span(b, c.Most)
	switch {
	case c.Least < 0 && c.Most > 0:
		return b.T("difference.text.clock.both", device, least, most, c.N)
	case c.Most < 0 && least == most:
		return b.T("difference.text.clock.ahead", device, most, c.N)
	case c.Most < 0:
		return b.T("difference.text.clock.ahead_range", device, most, least, c.N)
	case least == most:
		return b.T("difference.text.clock.behind", device, most, c.N)
	}
	return b.T("difference.text.clock.behind_range", device, least, most, c.N)
}

// span says a stretch of time in hours and minutes, whatever its sign.
func span(b view.Base, ms int64) string {
	minutes := max(ms, -ms) / time.Minute.Milliseconds()
	if minutes < 60 {
		return b.T("difference.minutes", minutes)
	}
	if minutes%60 == 0 {
		return b.T("difference.hours", minutes/60)
	}
	return b.T("difference.hours_minutes", minutes/60, minutes%60)
}

// step tells one scan.
func step(b view.Base, s *registry.Scan, found *admission.Differences) differenceStep {
	step := differenceStep{When: view.ShowSecond(s.CorrectedAt), Where: placeName(b, found.Gates, s) + " · " + found.Devices[s.Device].Name,
		Phone: b.T("difference.phone.asked"), Server: verdictWord(b, s, s.Verdict)}
	if away := s.CorrectedAt - s.At; away >= time.Second.Milliseconds() || -away >= time.Second.Milliseconds() {
		step.Raw = b.T("difference.raw", view.ShowSecond(s.At)[:8])
	}
	switch {
	case s.VoidOf != "":
		step.Phone, step.Server = b.T("difference.phone.void"), b.T("difference.server.void")
	case s.ForcedBy != "":
		step.Phone = b.T("gate.app.verdict.forced")
	case s.SaidThere() != "":
		step.Phone = verdictWord(b, s, s.SaidThere())
	}
	switch {
	case s.Mode == registry.Offline:
		step.Phone = b.T("difference.phone.offline", step.Phone)
	case s.Mode == registry.Paper:
		step.Phone = b.T("difference.phone.paper", step.Phone)
	case s.RelayVerdict != "":
		step.Phone = b.T("difference.phone.relay", step.Phone)
	}
	if s.Direction == registry.Out && s.VoidOf == "" {
		step.Where = b.T("difference.going_out", step.Where)
	}
	return step
}

// placeName is where a scan was: its gate, or the booth that took a voucher.
func placeName(b view.Base, gates []registry.Gate, s *registry.Scan) string {
	if s.Direction == registry.Spend {
		return b.T("gate.app.voucher.booth", s.Booth)
	}
	return gateName(gates, s.Gate)
}

// verdictWord is a verdict as the phone said it: of a voucher there are words of its own.
func verdictWord(b view.Base, s *registry.Scan, v registry.VerdictCode) string {
	key := "gate.app.voucher.verdict." + string(v)
	if word := b.T(key); s.Direction == registry.Spend && word != key {
		return word
	}
	return b.T("gate.app.verdict." + string(v))
}

// gateName is the name of a gate by its number.
func gateName(gates []registry.Gate, number int) string {
	if number >= 1 && number <= len(gates) {
		return gates[number-1].Name
	}
	return strconv.Itoa(number)
}
