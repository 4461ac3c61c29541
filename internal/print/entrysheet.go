package print

import (
	"io"
	"time"

	"hoicho/internal/i18n"
)

// EntrySheet is the blank sheet (phiếu ghi tay) on which communications are noted where
// there is no phone, in the order of the fields of their form.
type EntrySheet struct {
	Area      string // unit that it is for; "" leaves a line to be filled in
	Channels  []EntryChannel
	PrintedAt time.Time
}

// EntryChannel is a channel as the sheet explains it.
type EntryChannel struct {
	Name   string
	Counts bool // people are written down
}

// The table of an entry sheet.
var entryColumns = []column{
	{8, "print.entry.row"}, {30, "communication.field.channel"}, {13, "communication.times_short"}, {16, "communication.people_short"},
	{34, "communication.field.village"}, {19, "communication.field.day"}, {42, "communication.field.topic"}, {24, "communication.field.audience"},
}

// Measures of an entry sheet.
const (
	entryTop  = 46.0
	entryHead = 11.0
	entryRow  = 10.5
	entryRows = 18
)

// WriteEntrySheet writes an entry sheet as a PDF of one A4 page. It fails when w does.
func WriteEntrySheet(w io.Writer, lang string, s EntrySheet) error {
	title := i18n.T(lang, "print.entry.title")
	p := newPaper(lang, title, a4Width, a4Height)
	p.page()
	p.block(box{sheetEdge, 10, sheetWidth - 50, 9}, style{bold: true, size: 17, least: 10, colour: ink}, title)
	p.block(box{a4Width - sheetEdge - 44, 11, 44, 5}, style{size: 8, least: 6, colour: ink, align: right},
		p.t("print.sheet.printed", s.PrintedAt.Format("15:04 02/01/2006")))
	p.block(box{sheetEdge, 20, sheetWidth, 7}, style{size: 12, least: 8, colour: ink}, p.t("communication.field.area")+": "+s.Area)
	if s.Area == "" {
		p.dots(sheetEdge+30, 25.5, 90)
	}
	p.block(box{sheetEdge, 28, sheetWidth, 15}, style{size: 9, least: 6.5, lines: 3, colour: ink}, p.t("print.entry.lead", entryNames(s.Channels, true), entryNames(s.Channels, false)))
	xs := p.heads(entryTop, entryHead, entryColumns)
	for i := range entryRows {
		b := box{sheetEdge, entryTop + entryHead + float64(i)*entryRow, sheetWidth, entryRow}
		p.rowLine(b, false)
		p.block(box{xs[0], b.y, xs[1] - xs[0], b.h}, style{size: 10, least: 7, colour: grey, align: centre, middle: true}, p.t("print.entry.n", i+1))
	}
	p.grid(xs, entryTop, entryTop+entryHead+entryRows*entryRow)
	const y = 262.0
	st := style{size: 9.5, least: 7, colour: ink}
	p.block(box{sheetEdge, y, sheetWidth, 6}, st, p.t("print.entry.signed"))
	p.dots(sheetEdge, y+12, 100)
	return p.write(w)
}

// entryNames lists the channels that count people, or those that do not.
func entryNames(channels []EntryChannel, counts bool) (names string) {
	for _, c := range channels {
		if c.Counts != counts {
			continue
		}
		if names != "" {
			names += ", "
		}
		names += c.Name
	}
	return names
}
