package report

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"hoicho/internal/chart"
	"hoicho/internal/fonts"
)

// paper sets a sheet to print on A4, as wide as the page, with what it is and the
// number of the page above.
func (w *xlsxWriter) paper(name string, upright bool) error {
	a4, width, height, yes, orientation, subject := 9, 1, 0, true, "landscape", headerText(w.subject, 60)
	if upright {
		orientation, subject = "portrait", headerText(w.subject, 40) // it would run into the number
	}
	if err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	above := "&L" + subject + "&C&P/&N&R" + headerText(name, 40)
	if err := w.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: above}); err != nil {
		return err
	}
	top, side, header := 0.8, 0.6, 0.4 // inches
	if err := w.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Top: &top, Bottom: &side, Left: &side, Right: &side, Header: &header, Footer: &header}); err != nil {
		return err
	}
	return w.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &width, FitToHeight: &height})
}

// headerText is the beginning of a text as the head of a page takes it: & would begin an
// order. All of a head has room for 255 letters.
func headerText(s string, most int) string {
	letters := []rune(s)
	if len(letters) > most {
		letters = append(letters[:most-1:most-1], '…')
	}
	return strings.ReplaceAll(string(letters), "&", "&&")
}

// repeatHead puts the first row of a sheet on each of its pages.
func (w *xlsxWriter) repeatHead(sheet string) error {
	return w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!$1:$1", Scope: sheet})
}

// The columns of the first sheet below the two sides of the Letterhead.
const (
	xlsxLeftEnd, xlsxRightFrom, xlsxEnd = "B", "C", "D"
)

// head writes issuer and national name side by side, then what the paper is.
func (w *xlsxWriter) head(d Document) error {
	h := d.Letterhead()
	for _, row := range []struct {
		left, right           string
		leftStyle, rightStyle int
	}{
		{strings.ToUpper(h.Authority), h.Nation, w.style.head, w.style.headStrong},
		{strings.TrimSuffix(strings.ToUpper(h.Issuer)+"\n"+h.star(), "\n"), h.Motto, w.style.headStrong, w.style.headStrong},
		{h.Number, h.PlaceDate, w.style.head, w.style.headItalic},
		{strings.ToUpper(h.Draft), "", w.style.headStrong, w.style.head},
	} {
		if err := w.sides(excelize.Cell{StyleID: row.leftStyle, Value: row.left}, excelize.Cell{StyleID: row.rightStyle, Value: row.right}); err != nil {
			return err
		}
	}
	if err := w.put(); err != nil {
		return err
	}
	for _, title := range []string{d.Title, d.Subject} {
		if err := w.across(w.style.title, title, 80); err != nil {
			return err
		}
	}
	if len(h.To) > 0 {
		return w.across(w.style.head, strings.Join(h.To, "\n"), 110)
	}
	return nil
}

// across writes a text over the whole sheet, of which a line takes so many letters.
func (w *xlsxWriter) across(style int, text string, letters int) error {
	lines := strings.Count(text, "\n") + 1 + len([]rune(text))/letters
	if err := w.putHigh(lines, excelize.Cell{StyleID: style, Value: text}); err != nil {
		return err
	}
	return w.sheet.MergeCell(fmt.Sprintf("A%d", w.row), fmt.Sprintf("%s%d", xlsxEnd, w.row))
}

// sides writes two cells, each over half of the sheet.
func (w *xlsxWriter) sides(left, right excelize.Cell) error {
	const letters = 52 // in a line of the narrower half
	a, b := fmt.Sprint(left.Value), fmt.Sprint(right.Value)
	lines := 1 + max(len([]rune(a))/letters, len([]rune(b))/letters, strings.Count(a, "\n"), strings.Count(b, "\n"))
	if err := w.putHigh(lines, left, nil, right); err != nil {
		return err
	}
	if err := w.sheet.MergeCell(fmt.Sprintf("A%d", w.row), fmt.Sprintf("%s%d", xlsxLeftEnd, w.row)); err != nil {
		return err
	}
	return w.sheet.MergeCell(fmt.Sprintf("%s%d", xlsxRightFrom, w.row), fmt.Sprintf("%s%d", xlsxEnd, w.row))
}

// foot writes recipients and signature side by side.
func (w *xlsxWriter) foot(h Letterhead) error {
	if err := w.put(); err != nil {
		return err
	}
	left := []excelize.Cell{{StyleID: w.style.footStrong, Value: h.RecipientsLabel}}
	for _, r := range h.Recipients {
		left = append(left, excelize.Cell{StyleID: w.style.foot, Value: "- " + r})
	}
	const room = 5 // lines to sign on
	for len(left) < room+1 {
		left = append(left, excelize.Cell{})
	}
	for i, cell := range left {
		right := excelize.Cell{}
		switch i {
		case 0:
			right = excelize.Cell{StyleID: w.style.headStrong, Value: strings.ToUpper(h.SignerTitle)}
		case room:
			right = excelize.Cell{StyleID: w.style.headStrong, Value: h.SignerName}
		}
		if err := w.sides(cell, right); err != nil {
			return err
		}
	}
	return nil
}

// charts sets the charts on a sheet of their own, one below the other.
func (w *xlsxWriter) charts(d Document) error {
	var list []Chart
	for _, s := range d.Sections {
		list = append(list, s.Charts...)
	}
	if len(list) == 0 {
		return nil
	}
	name := sheetName(texts(d.Lang).T("report.sheet.charts"))
	if _, err := w.file.NewSheet(name); err != nil {
		return err
	}
	if err := w.paper(name, true); err != nil {
		return err
	}
	row := 1
	for _, text := range []string{d.Subject, d.Draft} { // a sheet may be printed alone
		if text != "" {
			if err := w.file.SetCellStr(name, fmt.Sprintf("A%d", row), text); err != nil {
				return err
			}
			row += 2
		}
	}
	for _, c := range list {
		if err := w.chart(name, row, c); err != nil {
			return err
		}
		row += int(c.H/rowMM) + 4
	}
	return nil
}

// rowMM is how high a row is that nobody set, in mm: 15 points.
const rowMM = 15 * fonts.MMPerPoint

// chart sets a chart below its caption from a row of a sheet on.
func (w *xlsxWriter) chart(sheet string, row int, c Chart) error {
	picture, err := c.PNG()
	if err != nil {
		return err
	}
	at := fmt.Sprintf("A%d", row)
	if err := w.file.SetCellStr(sheet, at, c.Caption); err != nil {
		return err
	}
	if err := w.file.SetCellStyle(sheet, at, at, w.style.heading); err != nil {
		return err
	}
	scale := 96 / chart.DPI // a sheet takes a picture for one of 96 dots an inch
	return w.file.AddPictureFromBytes(sheet, fmt.Sprintf("A%d", row+1), &excelize.Picture{Extension: ".png", File: picture,
		Format: &excelize.GraphicOptions{AltText: c.Title, ScaleX: scale, ScaleY: scale, Positioning: "oneCell"}})
}
