// Package drawpaper writes the minutes of a public draw of booths, with room for those who sign.
package drawpaper

import (
	"strconv"
	"strings"
	"time"

	"hoicho/internal/draw"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// Minutes are what the paper of a draw tells.
type Minutes struct {
	Lang      string
	Draw      draw.Record
	Organiser string
	Notes     []draw.Note
	Link      string // of the page on which anybody checks
}

func (m Minutes) t(key string, args ...any) string { return i18n.T(m.Lang, key, args...) }

// Document is the paper in the form of administrative papers (NĐ 30/2020/NĐ-CP).
func (m Minutes) Document() report.Document {
	l := m.Draw.List()
	d := report.Document{Lang: m.Lang, Title: m.t("draw.minutes.title"), Subject: m.t("draw.minutes.subject", l.Title),
		Paper: registry.ResultPaper{Authority: "………………", Issuer: m.Organiser, SignedOn: vn.DateOf(time.UnixMilli(max(m.Draw.EndedAt, m.Draw.LockedAt))),
			Recipients: m.t("draw.minutes.recipients")},
		Signers: m.signers(), Trail: m.t("draw.minutes.check", m.Link)}
	d.Sections = []report.Section{
		{Heading: m.t("draw.minutes.list"), Paragraphs: m.list(l)},
		{Heading: m.t("draw.minutes.numbers"), Paragraphs: m.numbers(l)},
		{Heading: m.t("draw.minutes.result"), Paragraphs: m.outcome(), Tables: m.tables()},
	}
	return d
}

// list says what was locked, and what has happened to applications since.
func (m Minutes) list(l draw.List) []string {
	lines := []string{m.t("draw.minutes.locked", moment(m.Draw.LockedAt), l.Place, len(l.Entries), len(l.Booths)),
		m.t("draw.minutes.code", grouped(m.Draw.Log.ListCode)), m.t("draw.minutes.promise", grouped(m.Draw.Log.Commitment))}
	for _, n := range m.Notes {
		lines = append(lines, m.t(n.Key, n.Args...))
	}
	return lines
}

// numbers say who called what, and what was mended.
func (m Minutes) numbers(l draw.List) (lines []string) {
	for i, c := range m.Draw.Log.Calls {
		who := c.Name
		if c.Role != "" {
			who += " (" + c.Role + ")"
		}
		lines = append(lines, m.t("draw.minutes.call", i+1, who, strconv.Itoa(c.Number)))
	}
	if len(lines) > 0 {
		lines = append(lines, m.t("draw.minutes.paper"))
	}
	for _, x := range m.Draw.Log.Mends {
		lines = append(lines, m.t("draw.mended."+string(x.Part), x.Call, x.Was, x.Now, x.Reason))
	}
	if len(lines) == 0 {
		lines = append(lines, m.t("draw.minutes.no_numbers"))
	}
	if l.Source != "" && m.Draw.Log.Source != "" {
		lines = append(lines, m.t("draw.minutes.source", l.Source, m.Draw.Log.Source))
	}
	return lines
}

// outcome says how the draw ended.
func (m Minutes) outcome() []string {
	g := m.Draw.Log
	switch m.Draw.State {
	case draw.Revealed:
		lines := []string{m.t("draw.minutes.revealed", moment(m.Draw.EndedAt), grouped(g.Secret)), m.t("draw.minutes.seed", grouped(g.Seed)), m.t("draw.minutes.record", grouped(g.RecordCode))}
		if len(g.Spare) > 0 {
			lines = append(lines, m.t("draw.minutes.spare", strings.Join(g.Spare, ", ")))
		}
		return lines
	case draw.Void:
		lines := []string{m.t("draw.minutes.void", moment(m.Draw.EndedAt), m.Draw.Reason)}
		switch {
		case g.Secret == "":
			return append(lines, m.t("draw.void.closed"))
		case g.Seed == "":
			return append(lines, m.t("draw.void.opened"), m.t("draw.minutes.secret", grouped(g.Secret)))
		}
		return append(lines, m.t("draw.void.would"), m.t("draw.minutes.secret", grouped(g.Secret)), m.t("draw.minutes.seed", grouped(g.Seed)))
	}
	return []string{m.t("draw.minutes.open")}
}

// tables are the booths with whom they went to, and the waiting order.
func (m Minutes) tables() (list []report.Table) {
	table := func(key, first string, given []draw.Given, cell func(int, draw.Given) report.Cell) {
		if len(given) == 0 {
			return
		}
		t := report.Table{Name: m.t(key), Caption: m.t(key), Columns: report.Columns(m.Lang, []float64{1.2, 1.5, 6}, first, "draw.col.lot", "draw.col.vendor")}
		for i, r := range given {
			t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{cell(i, r), {Kind: report.CodeCell, Text: r.Entry}, {Text: r.Name}}})
		}
		list = append(list, t)
	}
	given, waiting := "draw.minutes.given", "draw.minutes.waiting"
	if m.Draw.State == draw.Void {
		given, waiting = "draw.void.given", "draw.void.waiting"
	}
	table(given, "draw.col.booth", m.Draw.Log.Result, func(_ int, r draw.Given) report.Cell {
		return report.Cell{Kind: report.CodeCell, Text: r.Booth}
	})
	table(waiting, "draw.col.n", m.Draw.Log.Waiting, func(i int, _ draw.Given) report.Cell {
		return report.Cell{Kind: report.NumberCell, N: int64(i + 1)}
	})
	return list
}

// signers are who holds the draw and all who called a number.
func (m Minutes) signers() []report.Signer {
	hint := m.t("minutes.how_to_sign")
	list := []report.Signer{{Title: m.t("draw.minutes.signs_organiser"), Hint: hint}, {Title: m.t("draw.minutes.signs_witness"), Hint: hint}}
	for _, c := range m.Draw.Log.Calls {
		list = append(list, report.Signer{Title: m.t("draw.minutes.signs_caller"), Hint: hint, Name: c.Name})
	}
	return list
}

// grouped writes a code as the screen of the hall shows it.
func grouped(code string) string { return strings.Join(draw.Groups(code), " ") }

// moment writes an instant as the paper has it.
func moment(ms int64) string { return vn.ShowTime(time.UnixMilli(ms)) }
