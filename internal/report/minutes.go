package report

import (
	"strconv"
	"strings"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Minutes are what the paper of an inspection (biên bản) tells. Without a number and answers
// they are the blank form, to be filled in by hand.
type Minutes struct {
	Lang           string
	Paper          registry.ResultPaper // issuer, number, place and day, recipients
	Self           bool                 // of a body or vendor that looked at itself
	Subject        string               // who was looked at
	Event          string               // where it was; "" for none
	Basis          []string             // papers that it rests on
	Place          string
	BeganAt, Ended int64    // unix ms; 0 leaves room
	Team           []string // name and body, the leader first
	Present        string   // who stood for the subject
	Items          []MinutesItem
	Faults         []MinutesFault
	Opinion        string
	Refusal        string // why the subject did not sign; "" it did
	Witnesses      []string
	Note           string
	Drawn          []byte // what the subject signed on a screen, JPEG
	Pictures       []Picture
	Trail          string
}

// MinutesItem is a line of the checklist.
type MinutesItem struct {
	Text, Law string
	Answer    string // code of "inspection.answer."; "" in a blank form
	Note      string
	Pictures  []int // numbers of the pictures that show it, from 1
}

// MinutesFault is what has to be mended.
type MinutesFault struct {
	Words, Remedy string
	Due           string // day, YYYY-MM-DD; "" at once
}

// AddPicture puts a photo below the minutes. item is the place of the item that it shows,
// from 0; -1 is that of none.
func (m *Minutes) AddPicture(jpeg []byte, item int) {
	n := len(m.Pictures) + 1
	caption := texts(m.Lang).T("minutes.picture", n)
	if item >= 0 {
		caption = texts(m.Lang).T("minutes.picture_of", n, item+1)
		m.Items[item].Pictures = append(m.Items[item].Pictures, n)
	}
	m.Pictures = append(m.Pictures, Picture{JPEG: jpeg, Caption: caption})
}

// blankFaults is how many lines a blank form has for what has to be mended.
const blankFaults = 3

// Document is the paper after Nghị định 30/2020/NĐ-CP.
func (m Minutes) Document() Document {
	t := texts(m.Lang)
	d := Document{Lang: m.Lang, Paper: m.Paper, Title: t.T(m.titleKey()), Trail: m.Trail, Pictures: m.Pictures, Signers: m.signers(t)}
	d.Subject = t.T("minutes.of", orDots(m.Subject))
	if m.Event != "" {
		d.Subject = t.T("minutes.of_at", orDots(m.Subject), m.Event)
	}
	d.Sections = []Section{
		{Paragraphs: m.opening(t)},
		{Heading: t.T("minutes.team"), Paragraphs: m.people(t)},
		{Heading: t.T("minutes.results"), Tables: []Table{m.table(t)}},
		{Heading: t.T("minutes.mend"), Paragraphs: m.faults(t)},
		{Heading: t.T("minutes.said"), Paragraphs: m.closing(t)},
	}
	return d
}

func (m Minutes) titleKey() string {
	if m.Self {
		return "minutes.title_self"
	}
	return "minutes.title"
}

// blank reports whether the form is to be filled in by hand.
func (m Minutes) blank() bool { return m.BeganAt == 0 && len(m.Team) == 0 }

// opening says on what it rests, when and where it was.
func (m Minutes) opening(t texts) (lines []string) {
	for _, paper := range m.Basis {
		lines = append(lines, t.T("minutes.basis", paper))
	}
	return append(lines, t.T("minutes.when", t.moment(m.BeganAt, m.Paper.SignedOn), orDots(m.Place)))
}

// moment is an instant in words; without one, its day with room for the hour.
func (t texts) moment(ms int64, date string) string {
	if ms > 0 {
		at := time.UnixMilli(ms).In(vn.Zone)
		return t.T("minutes.moment", at.Format("15"), at.Format("04"), at.Format("02"), monthOf(at.Month()), at.Format("2006"))
	}
	if at, ok := vn.StartOf(date); ok {
		return t.T("minutes.moment", "……", "……", at.Format("02"), monthOf(at.Month()), at.Format("2006"))
	}
	return t.T("minutes.moment", "……", "……", "……", "……", "………")
}

func (m Minutes) people(t texts) []string {
	team := orDots(strings.Join(m.Team, "; "))
	lines := []string{t.T("minutes.team_line", team), t.T("minutes.subject_line", orDots(m.Subject), orDots(m.Present))}
	if m.Self {
		lines = []string{t.T("minutes.self_line", orDots(m.Subject), team)}
	}
	return lines
}

// table lists the items with their answers.
func (m Minutes) table(t texts) Table {
	table := Table{Name: t.T("minutes.results"), Columns: t.columns([]float64{-0.7, 5, 1.5, 3}, "minutes.col.n", "minutes.col.item", "minutes.col.answer", "minutes.col.note")}
	for i, item := range m.Items {
		answer := ""
		if item.Answer != "" {
			answer = t.T("inspection.answer." + item.Answer)
		}
		what := item.Text
		if item.Law != "" {
			what += " (" + item.Law + ")"
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{number(int64(i + 1)), text(what), text(answer), text(item.note(t))}})
	}
	return table
}

// note is what was seen, with the pictures that show it.
func (i MinutesItem) note(t texts) string {
	parts := []string{}
	if i.Note != "" {
		parts = append(parts, strings.TrimRight(i.Note, ". "))
	}
	if len(i.Pictures) > 0 {
		numbers := make([]string, len(i.Pictures))
		for n, p := range i.Pictures {
			numbers[n] = strconv.Itoa(p)
		}
		parts = append(parts, t.T("minutes.pictures_n", strings.Join(numbers, ", ")))
	}
	return strings.Join(parts, ". ")
}

// faults say what has to be mended, or that nothing has.
func (m Minutes) faults(t texts) (lines []string) {
	if m.blank() {
		for n := range blankFaults {
			lines = append(lines, t.T("minutes.fault_blank", n+1))
		}
		return lines
	}
	for n, f := range m.Faults {
		due := t.T("minutes.at_once")
		if f.Due != "" {
			due = t.T("minutes.until", vn.ShowDate(f.Due))
		}
		what := f.Words
		if f.Remedy != "" {
			what = strings.TrimRight(what, ". ") + ". " + f.Remedy
		}
		lines = append(lines, t.T("minutes.fault", n+1, strings.TrimRight(what, ". "), due))
	}
	if len(lines) == 0 {
		lines = []string{t.T("minutes.no_fault")}
	}
	return lines
}

// closing is what the subject says, and that the paper was read out.
func (m Minutes) closing(t texts) []string {
	lines := []string{m.Opinion}
	switch {
	case m.blank():
		lines = []string{strings.Repeat("…", 60), strings.Repeat("…", 60)}
	case m.Refusal != "":
		lines = []string{t.T("minutes.refused", m.Refusal)}
	case m.Opinion == "":
		lines = []string{t.T("minutes.no_opinion")}
	}
	if m.Note != "" {
		lines = append(lines, m.Note)
	}
	return append(lines, t.T("minutes.read_out", t.moment(m.Ended, m.Paper.SignedOn)))
}

// signers are who looked and who was looked at; witnesses where the subject did not sign.
func (m Minutes) signers(t texts) []Signer {
	hint := t.T("minutes.how_to_sign")
	leader, _, _ := strings.Cut(first(m.Team), ",")
	if m.Self {
		return []Signer{{}, {Title: t.T("minutes.signs_self"), Hint: hint, Name: leader, Drawn: m.Drawn}}
	}
	subject := Signer{Title: t.T("minutes.signs_subject"), Hint: hint, Name: m.Present, Drawn: m.Drawn}
	if len(m.Drawn) > 0 {
		subject.Under = t.T("minutes.on_screen")
	}
	if m.Refusal != "" {
		subject.Name, subject.Under = "", t.T("minutes.did_not_sign")
	}
	list := []Signer{subject, {Title: t.T("minutes.signs_leader"), Hint: hint, Name: leader}}
	for _, member := range m.Team[min(1, len(m.Team)):] {
		name, _, _ := strings.Cut(member, ",")
		list = append(list, Signer{Title: t.T("minutes.signs_member"), Hint: hint, Name: name})
	}
	witnesses := m.Witnesses
	if m.blank() {
		list, witnesses = append(list, Signer{Title: t.T("minutes.signs_member"), Hint: hint}), []string{""}
	}
	for _, w := range witnesses {
		list = append(list, Signer{Title: t.T("minutes.signs_witness"), Hint: t.T("minutes.when_witness"), Name: w})
	}
	return list
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
