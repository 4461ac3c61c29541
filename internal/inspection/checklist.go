package inspection

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"hoicho/internal/registry"
)

// Item is a line of a checklist.
type Item struct {
	Code   string            `json:"code"`
	VI     string            `json:"vi"`
	EN     string            `json:"en"`
	Law    registry.Citation `json:"law"`    // that asks for it; no number where none was verified
	Safety bool              `json:"safety"` // it concerns the safety of people
}

// Text is what is asked, in a language.
func (i Item) Text(lang string) string {
	if lang == "en" {
		return i.EN
	}
	return i.VI
}

// Checklist is what is looked at, as it stood on a day. Its ID names the subject and the day
// since when nothing of it has changed: "booth:2026-01-23".
type Checklist struct {
	ID    string
	Items []Item
}

// Item returns the line with a code.
func (c Checklist) Item(code string) (Item, bool) {
	i := slices.IndexFunc(c.Items, func(x Item) bool { return x.Code == code })
	if i < 0 {
		return Item{}, false
	}
	return c.Items[i], true
}

// datedItem is an item with the days between which it is asked, and of what.
type datedItem struct {
	Item
	subjects    []SubjectKind
	from, until string // until is the last day; "" goes on
}

func (d datedItem) on(day string) bool { return d.from <= day && (d.until == "" || day <= d.until) }

// Checklists are the dated checklists of all subjects (package data, checklists.csv).
type Checklists struct{ items []datedItem }

// ParseChecklists reads the table. A paper that laws do not know, a subject that is none and
// an item that stands twice on one day are errors.
func ParseChecklists(table io.Reader, laws registry.LawPapers) (c Checklists, err error) {
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil || len(rows) == 0 {
		return c, fmt.Errorf("table of checklists: %w", err)
	}
	for _, row := range rows[1:] {
		d := datedItem{Item: Item{Code: row[0], VI: row[2], EN: row[3], Safety: row[8] == "yes"}, from: row[6], until: row[7]}
		for word := range strings.FieldsSeq(row[1]) {
			if d.subjects = append(d.subjects, SubjectKind(word)); !SubjectKind(word).Valid() {
				return c, fmt.Errorf("table of checklists: %s is of %q, which is no subject", d.Code, word)
			}
		}
		for number := range strings.FieldsSeq(row[4]) {
			if _, known := laws.Paper(number); !known {
				return c, fmt.Errorf("table of checklists: %s cites %s, which is not in the table of papers", d.Code, number)
			}
			d.Law.Numbers = append(d.Law.Numbers, number)
		}
		d.Law.Place = row[5]
		if slices.ContainsFunc(c.items, func(o datedItem) bool { return o.Code == d.Code && (o.on(d.from) || d.on(o.from)) }) {
			return c, fmt.Errorf("table of checklists: %s stands twice on one day", d.Code)
		}
		c.items = append(c.items, d)
	}
	return c, nil
}

// On is the checklist of a subject on a day, YYYY-MM-DD; false where there is none.
func (c Checklists) On(subject SubjectKind, day string) (list Checklist, ok bool) {
	since := ""
	for _, d := range c.items {
		if !slices.Contains(d.subjects, subject) {
			continue
		}
		if d.from <= day {
			since = max(since, d.from)
		}
		if next := registry.AddDays(d.until, 1); next <= day {
			since = max(since, next)
		}
		if d.on(day) {
			list.Items = append(list.Items, d.Item)
		}
	}
	list.ID = string(subject) + ":" + since
	return list, len(list.Items) > 0
}

// ByID is the checklist that an ID names, as it was; false for what names none.
func (c Checklists) ByID(id string) (Checklist, bool) {
	subject, since, _ := strings.Cut(id, ":")
	list, ok := c.On(SubjectKind(subject), since)
	return list, ok && list.ID == id
}
