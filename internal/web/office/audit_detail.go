package office

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/fact"
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

// The longest text and list that are told; the rest stands in the line as it was
// recorded.
const (
	auditTextRunes = 240
	auditListItems = 12
)

// details puts what a line says into words. A fact that only repeats what the line
// is about is left out.
func (w auditWords) details(e registry.AuditEntry) (rows []view.SummaryRow) {
	facts, err := fact.Parse(e.Detail)
	if err != nil {
		return nil // not written by this program: it stands as it was recorded
	}
	name, _, _ := strings.Cut(w.names[e.ID], " · ")
	for _, f := range facts {
		repeats := f.Before == nil && len(f.After) == 1 && (f.After[0] == e.ID || f.After[0] == name)
		if f.Kind != fact.Opaque && !repeats {
			rows = append(rows, view.SummaryRow{Label: w.T(f.LabelKey()), Value: maskCodes(w.fact(f))})
		}
	}
	return rows
}

// fact writes the value of a fact, or the values before and after.
func (w auditWords) fact(f fact.Fact) string {
	switch {
	case f.Kind == fact.Unquoted:
		return w.T("audit.changed")
	case f.Before == nil:
		return w.values(f.Kind, f.After)
	}
	return w.values(f.Kind, f.Before) + " → " + w.values(f.Kind, f.After)
}

// values writes a value, or a list: a short one out, a long one as its length.
func (w auditWords) values(k fact.Kind, values []string) string {
	switch n := len(values); {
	case n == 0:
		return w.T("audit.unset")
	case n > auditListItems:
		return w.T("audit.items", n)
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = w.value(k, v)
	}
	return strings.Join(texts, ", ")
}

// value writes one value as its kind is read.
func (w auditWords) value(k fact.Kind, v string) string {
	if read, ok := kindWords[k]; ok {
		return read(w, v)
	}
	if object := k.Object(); object != "" {
		return w.name(object, v)
	}
	if key := k.Texts() + v; i18n.Has(key) {
		return w.T(key)
	}
	return v
}

// name is that of the thing with an id, or says that it is gone.
func (w auditWords) name(object, id string) string {
	if name := w.names[id]; name != "" {
		return name
	}
	return w.T("audit.gone", w.T("audit.object."+object))
}

// kindWords are the words of every kind but ids and codes.
var kindWords = map[fact.Kind]func(w auditWords, v string) string{
	fact.Text:       func(_ auditWords, v string) string { return shorten(v) },
	fact.Day:        func(_ auditWords, v string) string { return vn.ShowDate(v) },
	fact.UnixMS:     func(_ auditWords, v string) string { return number(v, view.ShowInstant) },
	fact.Quantity:   func(_ auditWords, v string) string { return number(v, vn.Count) },
	fact.Numeral:    func(_ auditWords, v string) string { return v },
	fact.Dong:       func(_ auditWords, v string) string { return number(v, vn.Dong) },
	fact.Tick:       func(w auditWords, v string) string { return w.T("audit." + v) },
	fact.EventField: func(w auditWords, v string) string { return w.T("event.field." + v) },
	fact.Unit:       auditWords.unit,
	fact.Span:       auditWords.span,
	fact.Period:     auditWords.period,
	fact.Passage:    auditWords.passage,
	fact.HourTally:  auditWords.hourTally,
	fact.DayHours:   auditWords.dayHours,
	fact.GroupCount: auditWords.groupCount,
	fact.DatedRule:  auditWords.datedRule,
	fact.Finding:    auditWords.finding,
	fact.Asked:      auditWords.asked,
}

// number writes a number as its kind is read.
func number(text string, show func(int64) string) string {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return text
	}
	return show(n)
}

// shorten cuts a long text.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > auditTextRunes {
		return string(runes[:auditTextRunes]) + "…"
	}
	return text
}

func (w auditWords) unit(text string) string {
	ref, err := registry.ParseAreaRef(text)
	if err != nil {
		return text
	}
	return w.areas(ref)
}

func (auditWords) span(text string) string {
	first, last, _ := strings.Cut(text, "/")
	return vn.ShowRange(first, last)
}

func (auditWords) period(text string) string {
	from, until, _ := strings.Cut(text, "/")
	return number(from, view.ShowInstant) + " – " + number(until, view.ShowInstant)
}

func (w auditWords) passage(text string) string {
	if p := strings.Fields(text); len(p) == 3 {
		return p[0] + " " + w.T("audit.direction."+p[1]) + " " + number(p[2], view.ShowInstant)
	}
	return text
}

func (w auditWords) hourTally(text string) string {
	var hour, adults, children int
	if _, err := fmt.Sscan(text, &hour, &adults, &children); err != nil {
		return text
	}
	return w.T("audit.hour_tally", vn.ShowClock(hour*60), adults, children)
}

func (auditWords) dayHours(text string) string {
	p := strings.SplitN(text, " ", 4)
	if len(p) < 3 {
		return text
	}
	clock := func(minutes int64) string { return vn.ShowClock(int(minutes)) }
	hours := vn.ShowDate(p[0]) + " " + number(p[1], clock) + "–" + number(p[2], clock)
	return strings.Join(slices.Insert(p[3:], 0, hours), " ")
}

func (w auditWords) groupCount(text string) string {
	group, n, _ := strings.Cut(text, " ")
	return w.T("product.group."+group) + ": " + number(n, vn.Count)
}

func (w auditWords) datedRule(text string) string {
	from, rule, _ := strings.Cut(text, " ")
	return w.T("audit.rule_from", vn.ShowDate(from), rule)
}

func (w auditWords) finding(text string) string {
	var f registry.Finding
	if json.Unmarshal([]byte(text), &f) != nil {
		return text
	}
	return w.FindingChips([]registry.Finding{f}, "")[0].Label
}

func (w auditWords) asked(text string) string {
	var a registry.Asked
	if json.Unmarshal([]byte(text), &a) != nil {
		return text
	}
	return w.AskText(a)
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
