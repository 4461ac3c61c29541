package report

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hoicho/internal/i18n"
	"hoicho/internal/testkit/need"
)

// pdfWord is a word of a PDF with its place in mm.
type pdfWord struct {
	page                   int
	text                   string
	left, top, right, base float64
}

// pdfWords reads a PDF with an independent reader.
func pdfWords(t *testing.T, raw []byte) (words []pdfWord, fonts string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Pages []struct {
			Words []struct {
				XMin float64 `xml:"xMin,attr"`
				YMin float64 `xml:"yMin,attr"`
				XMax float64 `xml:"xMax,attr"`
				YMax float64 `xml:"yMax,attr"`
				Text string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"body>doc>page"`
	}
	out, err := exec.Command(need.Program(t, "pdftotext"), "-bbox", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := xml.NewDecoder(strings.NewReader(string(out)))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	const mm = 25.4 / 72
	for i, page := range doc.Pages {
		for _, w := range page.Words {
			words = append(words, pdfWord{i + 1, norm.NFC.String(w.Text), w.XMin * mm, w.YMin * mm, w.XMax * mm, w.YMax * mm})
		}
	}
	names, err := exec.Command(need.Program(t, "pdffonts"), path).Output()
	if err != nil {
		t.Fatal(err)
	}
	return words, string(names)
}

// phrase finds the first place of words that follow one another.
func phrase(t *testing.T, words []pdfWord, text string) (first, last pdfWord) {
	t.Helper()
	want := strings.Fields(text)
	for i := range words {
		if n := len(want); i+n <= len(words) && slices.EqualFunc(words[i:i+n], want, func(w pdfWord, s string) bool { return w.text == s }) {
			return words[i], words[i+n-1]
		}
	}
	t.Fatalf("the PDF lacks %q", text)
	return
}

// TestPDFSaysWhatDOCXSays compares the words of both forms: each has all of the
// other, but for page numbers and the heads of tables that go on.
func TestPDFSaysWhatDOCXSays(t *testing.T) {
	for _, lang := range i18n.Languages {
		r := result()
		r.Paper.SignerName = "H’ Ƀlăč Êban, Čư Ĕa, Ơ̆ Nguyễn Thị Ánh Nguyệt"
		d := r.Document(Reader{Lang: lang, Sales: true})
		counts := map[string]int{}
		body := readDOCX(t, written(t, "same-"+lang+".docx", d.DOCX)).Body
		paras := body.Paras
		for _, table := range body.Tables {
			for _, row := range table.Rows {
				for _, c := range row.Cells {
					paras = append(paras, c.Paras...)
				}
			}
		}
		for _, p := range paras {
			for _, word := range strings.Fields(norm.NFC.String(strings.Join(p.Runs, ""))) {
				counts[strings.ReplaceAll(word, "🌾", "□")]++
			}
		}
		for _, c := range chartsOf(d) { // the text has them as pictures
			for _, text := range c.Texts {
				for _, word := range strings.Fields(norm.NFC.String(text.Text)) {
					counts[word]++
				}
			}
		}
		again := " 2 3 4 5 " + i18n.T(lang, "print.lacking", "□")
		for _, table := range tables(d) {
			for _, c := range table.Columns {
				again += " " + c.Label
			}
		}
		words, _ := pdfWords(t, written(t, "same-"+lang+".pdf", d.PDF))
		for _, w := range words {
			if counts[w.text]--; counts[w.text] < 0 && !slices.Contains(strings.Fields(again), w.text) {
				t.Errorf("%s: only the PDF says %q on page %d", lang, w.text, w.page)
			}
		}
		for word, n := range counts {
			if n > 0 {
				t.Errorf("%s: the PDF lacks %d of %q", lang, n, word)
			}
		}
	}
}

// TestPDFFollowsTheDecree measures the print: margins, places of the parts, pages'
// numbers, typeface (NĐ 30/2020/NĐ-CP, phụ lục I).
func TestPDFFollowsTheDecree(t *testing.T) {
	words, fonts := pdfWords(t, written(t, "report.pdf", result().Document(everything).PDF))
	pages := words[len(words)-1].page
	numbers := map[int]bool{}
	for _, w := range words {
		if w.base < 19 && w.text == fmt.Sprint(w.page) {
			if middle := (w.left + w.right) / 2; middle < 112 || middle > 113 {
				t.Errorf("page number %s at %.0f mm, not in the middle of the text", w.text, middle)
			}
			numbers[w.page] = true
			continue
		}
		if w.left < 29.9 || w.right > 195.1 || w.top < 19.5 || w.base > 277.5 {
			t.Errorf("page %d: %q at %.0f–%.0f, %.0f–%.0f mm leaves the margins", w.page, w.text, w.left, w.right, w.top, w.base)
		}
	}
	if len(numbers) != pages-1 || numbers[1] || pages < 2 {
		t.Errorf("numbers on pages %v of %d, want all but the first", numbers, pages)
	}
	issuer, _ := phrase(t, words, "SỞ CÔNG THƯƠNG")
	nation, _ := phrase(t, words, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
	motto, _ := phrase(t, words, "Độc lập - Tự do - Hạnh phúc")
	number, _ := phrase(t, words, "Số: 15/BC-XTTM")
	date, _ := phrase(t, words, "Thái Nguyên, ngày 02 tháng 12 năm 2026")
	title, end := phrase(t, words, "BÁO CÁO")
	to, _ := phrase(t, words, "Nơi nhận:")
	signer, _ := phrase(t, words, "GIÁM ĐỐC")
	if issuer.left > nation.left || motto.top < nation.top || number.left > 100 || date.left < 100 || date.top < motto.base-1 {
		t.Errorf("the head stands at %+v %+v %+v %+v %+v", issuer, nation, motto, number, date)
	}
	if middle := (title.left + end.right) / 2; middle < 112 || middle > 113 || title.top < number.base {
		t.Errorf("the title stands at %+v", title)
	}
	if to.left > 31 || signer.left < 100 || to.page != signer.page || to.top > signer.base || signer.top > to.base {
		t.Errorf("recipients at %+v, signature at %+v", to, signer)
	}
	for _, want := range []string{"serif ", "serif-bold ", "serif-italic ", "serif-bold-italic "} {
		if !strings.Contains(fonts, want) {
			t.Errorf("no %sin the PDF: %s", want, fonts)
		}
	}
}

// TestTallCellGoesOverPages: a cell that is higher than a page is not cut.
func TestTallCellGoesOverPages(t *testing.T) {
	r := result()
	r.Now.Event.Title = strings.Repeat("Phiên chợ đưa hàng Việt về Ba Bể ", 200) + "HẾT"
	words, _ := pdfWords(t, written(t, "long.pdf", r.Document(everything).PDF))
	n := 0
	for _, w := range words {
		if w.text == "HẾT" {
			n++
		}
	}
	if n != 2 { // title and first fact
		t.Errorf("the end of the title stands %d times, want 2", n)
	}
}
