package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"hoicho/internal/fonts"
	"hoicho/internal/vn"
)

var kinds = []string{"Quét thẻ khách", "Đếm tay ở cổng"}

// samples are drawings of every kind, with much and with little on them.
func samples() map[string]Drawing {
	long := Bars{Title: "Sáu mươi phiên", W: 165, Kinds: kinds[:1]}
	for i := range int64(60) {
		long.List = append(long.List, Bar{Label: fmt.Sprintf("%02d/%02d", i%28+1, i/28+1), Parts: []int64{12345 * (i + 1)}})
	}
	return map[string]Drawing{
		"bars": Bars{Title: "Lượt khách & cách đếm", W: 165, Kinds: kinds, List: []Bar{{"06/11", []int64{1200, 650}, ""}, {"07/11", []int64{2000, 700}, ""},
			{"08/11", nil, "–"}}}.Drawing(),
		"sixty": long.Drawing(),
		"goals": Goals{Title: "Kết quả so với kế hoạch", W: 165, Mark: "Kế hoạch", List: []Goal{{"Cuộc tuyên truyền", 800, 1000, "800 / 1.000 (80 %)", true},
			{"Số lượt người được tuyên truyền trong năm của tất cả các xã, phường (*)", 3000, 1000, "3.000 / 1.000 (300 %)", true}, {"Phiên chợ", 0, 24, "chưa có số liệu", false}}}.Drawing(),
		"map": Map{Title: "Phiên chợ", W: 165, High: 110, Unknown: "chưa gửi báo cáo", Key: "Số phiên", Units: []Unit{
			{"M100 100l50 0 0 50-50 0z", 3, true, "A & B: 3"}, {"M150 100l50 0 0 50-50 0z", 0, true, "B: 0"}, {"M100 150l100 0 0 50-100 0zM210 150l20 0 0 20-20 0z", 0, false, "C"}}}.Drawing(),
	}
}

// TestEveryFormShowsTheDrawing sets each sample as SVG, PDF and picture. With HOICHO_SHOTS the
// files stay there to be looked at.
func TestEveryFormShowsTheDrawing(t *testing.T) {
	for name, d := range samples() {
		svg := d.SVG()
		for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s is no XML: %v", name, err)
			}
		}
		if n := strings.Count(svg, "<text "); n != len(d.Texts) {
			t.Errorf("%s: the SVG has %d texts of %d", name, n, len(d.Texts))
		}
		raw, err := d.PNG()
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range d.Areas { // a big area has its ink in the middle of its box
			var b box
			b.take(a.Rings)
			x, y := int((b.min.X+b.wide()/2)*dotsPerMM), int((b.min.Y+b.high()/2)*dotsPerMM)
			r, g, bl, _ := picture.At(x, y).RGBA()
			if got := Ink(r>>8<<16 | g>>8<<8 | bl>>8); b.wide() > 3 && b.high() > 3 && len(a.Rings) == 1 && got != a.Fill && got != grey {
				t.Errorf("%s: %06x in the middle of an area of %06x", name, got, a.Fill)
			}
		}
		pdf := fpdf.New("P", "mm", "A4", "")
		pdf.AddPage()
		d.PDF(pdf, fonts.NewSetter(pdf), 20, 20)
		var paper bytes.Buffer
		if err := pdf.Output(&paper); err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("HOICHO_SHOTS"); dir != "" {
			for ext, file := range map[string][]byte{".svg": []byte(svg), ".png": raw, ".pdf": paper.Bytes()} {
				if err := os.WriteFile(filepath.Join(dir, name+ext), file, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestTextsStayOnTheDrawing measures every text of every sample.
func TestTextsStayOnTheDrawing(t *testing.T) {
	for name, d := range samples() {
		for _, text := range d.Texts {
			end := text.left() + text.face().Width(text.Text, text.Size)
			if text.left() < 0 || end > d.W || text.At.Y < 2 || text.At.Y > d.H {
				t.Errorf("%s: %q lies from %.1f to %.1f at %.1f of %.0f by %.0f mm", name, text.Text, text.left(), end, text.At.Y, d.W, d.H)
			}
		}
	}
}

// TestTextsDoNotOverlap compares the texts of each line of every sample.
func TestTextsDoNotOverlap(t *testing.T) {
	for name, d := range samples() {
		for i, a := range d.Texts {
			for _, b := range d.Texts[i+1:] {
				endA, endB := a.left()+a.face().Width(a.Text, a.Size), b.left()+b.face().Width(b.Text, b.Size)
				if a.At.Y-b.At.Y < 3 && b.At.Y-a.At.Y < 3 && a.left() < endB && b.left() < endA {
					t.Errorf("%s: %q and %q overlap", name, a.Text, b.Text)
				}
			}
		}
	}
}

func TestNothingIsDrawnOfNothing(t *testing.T) {
	for name, d := range map[string]Drawing{"bars": Bars{W: 165, Kinds: kinds, List: []Bar{{"06/11", []int64{0, 0}, ""}}}.Drawing(),
		"goals": Goals{W: 165}.Drawing(), "map": Map{W: 165, High: 100}.Drawing(), "a map without outlines": Map{W: 165, High: 100, Units: []Unit{{"", 1, true, ""}}}.Drawing()} {
		if !d.Empty() {
			t.Errorf("%s draws %+v", name, d)
		}
	}
}

// TestBarsAreAsHighAsTheyCount compares heights of bars with their figures.
func TestBarsAreAsHighAsTheyCount(t *testing.T) {
	d := Bars{W: 165, Kinds: kinds[:1], List: []Bar{{"a", []int64{100}, ""}, {"b", []int64{50}, ""}}}.Drawing()
	high := func(tip string) float64 {
		ring := d.Areas[slices.IndexFunc(d.Areas, func(a Area) bool { return a.Tip == tip })].Rings[0]
		return ring[2].Y - ring[0].Y
	}
	if got := high("a: 100") / high("b: 50"); got < 1.99 || got > 2.01 {
		t.Errorf("100 is %.2f times as high as 50", got)
	}
}

// TestAScaleEndsAboveItsHighestFigure tries many figures.
func TestAScaleEndsAboveItsHighestFigure(t *testing.T) {
	for n := int64(1); n < 5_000_000; n += n/7 + 1 {
		if top := roundUp(n); top < n || top > 2*n+4 {
			t.Errorf("the scale of %s ends at %s", vn.Count(n), vn.Count(top))
		}
	}
}

// TestShadesCoverEveryFigure says of each highest figure which shades there are.
func TestShadesCoverEveryFigure(t *testing.T) {
	for most := range int64(200) {
		steps := Map{Units: []Unit{{"", most, true, ""}}}.Steps()
		labels := steps.Labels()
		if len(labels) > 6 || steps.Shade(most) != len(labels)-1 || steps.Shade(0) != 0 {
			t.Fatalf("up to %d: %q, shade %d", most, labels, steps.Shade(most))
		}
		for n := int64(1); n <= most; n++ {
			if s := steps.Shade(n); s < 1 || s >= len(labels) || s < steps.Shade(n-1) {
				t.Fatalf("up to %d: %d has shade %d", most, n, s)
			}
		}
	}
	if got := (Map{Units: []Unit{{"", 13, true, ""}}}).Steps().Labels(); !slices.Equal(got, []string{"0", "1–3", "4–6", "7–9", "10–12", "13"}) {
		t.Errorf("shades up to 13: %q", got)
	}
}

// TestAnUnknownUnitIsHatched tells it from one that has none.
func TestAnUnknownUnitIsHatched(t *testing.T) {
	unit := Unit{Path: "M0 0l50 0 0 50-50 0z", Known: true}
	known := Map{W: 165, High: 60, Units: []Unit{unit}}.Drawing()
	unit.Known = false
	unknown := Map{W: 165, High: 60, Units: []Unit{unit}, Unknown: "chưa gửi"}.Drawing()
	if len(known.Lines) != 0 || len(unknown.Lines) < 20 {
		t.Errorf("%d lines over what is known, %d over what is not", len(known.Lines), len(unknown.Lines))
	}
	if !slices.ContainsFunc(unknown.Texts, func(x Text) bool { return x.Text == "chưa gửi" }) {
		t.Error("the key does not tell what is hatched")
	}
}
