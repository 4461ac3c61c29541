package report

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// paper sets a sheet to print on A4, as wide as the page, with what it is and the
// number of the page above.
func (w *xlsxWriter) paper(name string) error {
	a4, width, height, yes, across := 9, 1, 0, true, "landscape"
	if err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	above := "&L" + headerText(w.subject) + "&C&P/&N&R" + headerText(name)
	if err := w.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: above}); err != nil {
		return err
	}
	top, side, header := 0.8, 0.6, 0.4 // inches
	if err := w.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Top: &top, Bottom: &side, Left: &side, Right: &side, Header: &header, Footer: &header}); err != nil {
		return err
	}
	return w.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &width, FitToHeight: &height})
}

// headerText is a text as the head of a page takes it: & would begin an order.
// All of a head has room for 255 letters.
func headerText(s string) string {
	letters := []rune(s)
	return strings.ReplaceAll(string(letters[:min(len(letters), 90)]), "&", "&&")
}

// repeatHead puts the first row of a sheet on each of its pages.
func (w *xlsxWriter) repeatHead(sheet string) error {
	return w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!$1:$1", Scope: sheet})
}

// The columns of the first sheet below the two sides of the letterhead.
const (
	xlsxLeftEnd, xlsxRightFrom, xlsxEnd = "B", "C", "D"
)

// head writes issuer and national name side by side, then what the paper is.
func (w *xlsxWriter) head(d Document) error {
	h := d.letterhead()
	for _, row := range []struct {
		left, right           string
		leftStyle, rightStyle int
	}{
		{strings.ToUpper(h.authority), h.nation, w.style.head, w.style.headStrong},
		{strings.ToUpper(h.issuer), h.motto, w.style.headStrong, w.style.headStrong},
		{h.number, h.placeDate, w.style.head, w.style.headItalic},
	} {
		if err := w.sides(excelize.Cell{StyleID: row.leftStyle, Value: row.left}, excelize.Cell{StyleID: row.rightStyle, Value: row.right}); err != nil {
			return err
		}
	}
	if err := w.put(); err != nil {
		return err
	}
	for _, title := range []string{d.Title, d.Subject} {
		if err := w.putHigh(1+len([]rune(title))/80, excelize.Cell{StyleID: w.style.title, Value: title}); err != nil {
			return err
		}
		if err := w.sheet.MergeCell(fmt.Sprintf("A%d", w.row), fmt.Sprintf("%s%d", xlsxEnd, w.row)); err != nil {
			return err
		}
	}
	return nil
}

// sides writes two cells, each over half of the sheet.
func (w *xlsxWriter) sides(left, right excelize.Cell) error {
	const letters = 52 // in a line of the narrower half
	lines := 1 + max(len([]rune(fmt.Sprint(left.Value))), len([]rune(fmt.Sprint(right.Value))))/letters
	if err := w.putHigh(lines, left, nil, right); err != nil {
		return err
	}
	if err := w.sheet.MergeCell(fmt.Sprintf("A%d", w.row), fmt.Sprintf("%s%d", xlsxLeftEnd, w.row)); err != nil {
		return err
	}
	return w.sheet.MergeCell(fmt.Sprintf("%s%d", xlsxRightFrom, w.row), fmt.Sprintf("%s%d", xlsxEnd, w.row))
}

// foot writes recipients and signature side by side.
func (w *xlsxWriter) foot(h letterhead) error {
	if err := w.put(); err != nil {
		return err
	}
	left := []excelize.Cell{{StyleID: w.style.footStrong, Value: h.recipientsLabel}}
	for _, r := range h.recipients {
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
			right = excelize.Cell{StyleID: w.style.headStrong, Value: strings.ToUpper(h.signerTitle)}
		case room:
			right = excelize.Cell{StyleID: w.style.headStrong, Value: h.signerName}
		}
		if err := w.sides(cell, right); err != nil {
			return err
		}
	}
	return nil
}
