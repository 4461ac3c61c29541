package office

import (
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// auditWords puts lines of the audit log into words.
type auditWords struct {
	view.Base
	areas func(registry.AreaRef) string
	names map[string]string // of what the lines speak of, by id
}

// auditFact is one field of the detail of a line. Concept is what the action is
// about: it decides how field and value are read.
type auditFact struct {
	concept string
	name    string // as the detail has it
	key     string // as the texts have it
	value   any
}

// auditChange is a value that was replaced.
type auditChange struct{ before, after any }

// details tells the detail of a line as names and values.
func (w auditWords) details(e registry.AuditEntry) (rows []view.SummaryRow) {
	concept, _, _ := strings.Cut(e.Action, ".")
	for _, f := range auditFacts(concept, decodeAudit(e.Detail)) {
		if !w.told(e, f) {
			rows = append(rows, w.rows(f)...)
		}
	}
	return rows
}

// told reports whether a field only repeats what the line is about, or is the
// number of booths of a decision that grants none.
func (w auditWords) told(e registry.AuditEntry, f auditFact) bool {
	name, _, _ := strings.Cut(w.names[e.ID], " · ")
	switch e.Action {
	case "application.declined", "application.waitlisted", "application.needs_info":
		return f.key == "granted"
	}
	return f.value == e.ID || f.value == name
}

// decodeAudit reads JSON with its numbers as they are written; nil for none.
func decodeAudit(text string) (v any) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// auditFacts takes the detail of a line apart.
func auditFacts(concept string, detail any) (facts []auditFact) {
	fields, ok := detail.(map[string]any)
	if !ok {
		return []auditFact{{concept, "items", "items", detail}}
	}
	fields = mergeStep(concept, mergeMore(fields))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f := auditFact{concept, name, auditKey(name), changeOf(fields[name])}
		if _, text := f.value.(string); text && (f.key == "from" || f.key == "to") {
			f.key += "owner" // of a booth; else the numbers of a row of booths
		}
		facts = append(facts, f)
	}
	slices.SortStableFunc(facts, func(x, y auditFact) int { return auditRank(x.key) - auditRank(y.key) })
	return facts
}

// auditRank puts what happened first and the words about it last.
func auditRank(key string) int {
	switch key {
	case "state", "evidence":
		return 0
	case "reason", "note", "statereason":
		return 2
	}
	return 1
}

// auditKey is the name of a field as the texts have it: details are written by
// Go structs, JSON tags and settings alike.
func auditKey(name string) string {
	return strings.NewReplacer("_", "", ".", "", "-", "").Replace(strings.ToLower(name))
}

// mergeMore lifts what a line about an event says more; the event itself, which
// is told with it, then stays away but for the state that it came into.
func mergeMore(fields map[string]any) map[string]any {
	more, given := fields["more"]
	inner, ok := more.(map[string]any)
	switch {
	case !given:
		return fields
	case !ok:
		return map[string]any{"state": fields["state"], "days": fields["days"], "area": fields["area"], "cloned_from": more}
	}
	lifted := map[string]any{}
	for name, v := range inner {
		if pair, ok := v.([]any); ok && len(pair) == 2 {
			v = auditChange{pair[0], pair[1]}
		}
		lifted[name] = v
	}
	if before, ok := lifted["before"]; ok {
		lifted["after"] = fields["state"]
		lifted["before"] = before
	}
	return lifted
}

// auditSteps names the field that a plain before and after is about.
var auditSteps = map[string]string{"event": "state", "tip": "state", "product": "evidence"}

// mergeStep makes one field of a before and after that stand side by side, or one
// of each where they hold several.
func mergeStep(concept string, fields map[string]any) map[string]any {
	before, was := fields["before"]
	after, is := fields["after"]
	if !was || !is {
		return fields
	}
	merged := maps.Clone(fields)
	delete(merged, "before")
	delete(merged, "after")
	b, ok1 := before.(map[string]any)
	a, ok2 := after.(map[string]any)
	if !ok1 || !ok2 {
		name := auditSteps[concept]
		if name == "" {
			name = "state"
		}
		merged[name] = auditChange{before, after}
		return merged
	}
	maps.Copy(merged, changesIn(b, a))
	return merged
}

// changesIn returns the fields in which two values differ.
func changesIn(before, after map[string]any) map[string]any {
	changes := map[string]any{}
	for name, v := range before {
		if !reflect.DeepEqual(v, after[name]) {
			changes[name] = auditChange{v, after[name]}
		}
	}
	for name, v := range after {
		if _, told := before[name]; !told {
			changes[name] = auditChange{nil, v}
		}
	}
	return changes
}

// changeOf recognises {"before": …, "after": …}.
func changeOf(v any) any {
	if m, ok := v.(map[string]any); ok && len(m) == 2 {
		before, was := m["before"]
		after, is := m["after"]
		if was && is {
			return auditChange{before, after}
		}
	}
	return v
}

// rows tells a field; one that is empty is not told.
func (w auditWords) rows(f auditFact) []view.SummaryRow {
	c, ok := f.value.(auditChange)
	if !ok {
		return w.row(f, w.value(f, f.value))
	}
	before, ok1 := c.before.(map[string]any)
	after, ok2 := c.after.(map[string]any)
	if ok1 && ok2 {
		return w.rowsWithin(f.concept, changesIn(before, after))
	}
	was, is := w.value(f, c.before), w.value(f, c.after)
	switch {
	case was == is && reflect.DeepEqual(c.before, c.after):
		return w.row(f, is)
	case was == is:
		return w.row(f, w.T("audit.changed"))
	case was == "":
		was = w.T("audit.unset")
	case is == "":
		is = w.T("audit.unset")
	}
	return w.row(f, was+" → "+is)
}

func (w auditWords) rowsWithin(concept string, changes map[string]any) (rows []view.SummaryRow) {
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		rows = append(rows, w.rows(auditFact{concept, name, auditKey(name), changes[name]})...)
	}
	return rows
}

func (w auditWords) row(f auditFact, value string) []view.SummaryRow {
	if value == "" {
		return nil
	}
	return []view.SummaryRow{{Label: w.label(f), Value: maskCodes(value)}}
}

// label names a field: as the log does, else as its form does. One without a label
// keeps its own name.
func (w auditWords) label(f auditFact) string {
	for _, key := range []string{"audit.field." + f.concept + "." + f.key, "audit.field." + f.key, f.concept + ".field." + f.name} {
		if i18n.Has(key) {
			return w.T(key)
		}
	}
	return f.key
}

// value writes a value as people read it; "" for an empty one.
func (w auditWords) value(f auditFact, v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return w.T("audit.yes")
		}
		return w.T("audit.no")
	case json.Number:
		return auditNumber(f.key, v)
	case string:
		return w.text(f, v)
	case []any:
		return w.list(f, v)
	case map[string]any:
		return w.T("audit.items", len(v))
	}
	return ""
}

// Numbers above earliestInstant are unix milliseconds.
const earliestInstant = 100_000_000_000

// auditNumber writes a number as what its field makes of it. A gate 0 is none.
func auditNumber(key string, n json.Number) string {
	i, err := n.Int64()
	switch {
	case err != nil:
		return n.String()
	case i >= earliestInstant:
		return view.ShowInstant(i)
	case i == 0 && (key == "gate" || strings.HasSuffix(key, "at") || strings.HasSuffix(key, "until")):
		return ""
	case key == "late6" || key == "lone6":
		return strconv.FormatFloat(float64(i)/1e6, 'f', -1, 64)
	case key == "price":
		return vn.Dong(i)
	}
	return vn.Count(i)
}

// The longest text and list that are told; the rest stands in the line as it was
// recorded.
const (
	auditTextRunes = 240
	auditListItems = 12
)

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// text writes a text: codes, days, units and ids as what they stand for.
func (w auditWords) text(f auditFact, s string) string {
	first, last, ranged := strings.Cut(s, "/")
	switch {
	case f.concept == "account" && f.key == "area" && s == "":
		return w.T("account.whole_country")
	case s == "" || f.concept == "difference" && f.key == "line":
		return ""
	case s == "changed":
		return w.T("audit.changed")
	case i18n.Has(auditCode(f) + s):
		return w.T(auditCode(f) + s)
	case vn.ValidDate(s):
		return vn.ShowDate(s)
	case ranged && vn.ValidDate(first) && vn.ValidDate(last):
		return vn.ShowRange(first, last)
	case uuidForm.MatchString(s):
		return w.names[s] // "" for pictures and for what is gone
	}
	if name := w.area(f.key, s); name != "" {
		return name
	}
	return w.plain(f, s)
}

// plain writes a text that stands for itself, a fee as it was typed, or the rules
// that a setting holds.
func (w auditWords) plain(f auditFact, s string) string {
	if dong, err := vn.ParseDong(s); f.key == "fee" && err == nil {
		return vn.Dong(dong)
	}
	if f.concept == "setting" {
		if list, ok := decodeAudit(s).([]any); ok {
			return w.list(f, list)
		}
	}
	if runes := []rune(s); len(runes) > auditTextRunes {
		return string(runes[:auditTextRunes]) + "…"
	}
	return s
}

// area names a unit, written with its edition or as a code of today.
func (w auditWords) area(key, s string) string {
	ref, err := registry.ParseAreaRef(s)
	if err != nil && (key == "area" || key == "siteprovince") {
		ref, err = registry.AreaRef{Edition: registry.Edition2025, Code: s}, nil
	}
	if err != nil {
		return ""
	}
	return w.areas(ref)
}

// auditCodes are the texts of codes that do not stand under concept and field.
var auditCodes = map[string]string{
	"pass.was": "pass.state.", "device.role": "gate.role.", "gate.kinds": "pass.kind.", "account.role": "role.",
	"gate.visitorrule": "gate.rules.visitor.", "booth.state": "booth.seen.", "visit.method": "visit.by.",
}

// auditCode is where the codes of a field have their texts.
func auditCode(f auditFact) string {
	if prefix, ok := auditCodes[f.concept+"."+f.key]; ok {
		return prefix
	}
	return f.concept + "." + f.key + "."
}

// list writes a short list out and counts a long one.
func (w auditWords) list(f auditFact, list []any) string {
	if len(list) == 0 {
		return ""
	}
	texts := make([]string, 0, len(list))
	for _, v := range list {
		switch v.(type) {
		case map[string]any, []any:
			return w.T("audit.items", len(list))
		}
		if text := w.value(f, v); text != "" {
			texts = append(texts, text)
		}
	}
	if len(texts) > auditListItems {
		return w.T("audit.items", len(list))
	}
	return strings.Join(texts, ", ")
}

// Codes of passes and personal numbers have twelve digits; an id may end in as
// many.
var twelveDigits = regexp.MustCompile(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d{4} ?\d{4} ?\d{4}\b`)

// maskCodes leaves four digits of every number of twelve.
func maskCodes(text string) string {
	return twelveDigits.ReplaceAllStringFunc(text, func(s string) string {
		if strings.Contains(s, "-") {
			return s
		}
		return "•••• " + s[len(s)-4:]
	})
}
