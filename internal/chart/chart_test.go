package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"hoicho/data"
	"hoicho/internal/fonts"
	"hoicho/internal/outline"
	"hoicho/internal/registry"
	"hoicho/internal/testkit/need"
	"hoicho/internal/vn"
)

var kinds = []Kind{{"Quét thẻ khách", 0}, {"Đếm tay ở cổng", 2}, {"Ước lượng", 4}}

// told are bars of a figure each; a negative one is not told.
func told(figures ...int64) (list []Bar) {
	for i, n := range figures {
		list = append(list, Bar{Label: fmt.Sprintf("%02d/%02d", i%28+1, i/28+1), Name: fmt.Sprintf("phiên %d", i), Parts: []int64{max(n, 0)}, Told: n >= 0})
	}
	return list
}

func rings(t testing.TB, path string) [][]outline.Point {
	t.Helper()
	rings, err := outline.Rings(path)
	if err != nil {
		t.Fatal(err)
	}
	return rings
}

// samples are drawings of every kind, with much and with little on them.
func samples(t testing.TB) map[string]Drawing {
	var sixty []int64
	for i := range int64(60) {
		sixty = append(sixty, 12345*(i%7)-1)
	}
	square := func(x, y int) [][]outline.Point { return rings(t, fmt.Sprintf("M%d %dl50 0 0 50-50 0z", x, y)) }
	return map[string]Drawing{
		"bars": Bars{Title: "Lượt khách & cách đếm", W: 165, Kinds: kinds, Unknown: "chưa chốt", List: []Bar{{"06/11", "06/11/2026", []int64{1200, 650, 300}, true},
			{"07/11", "07/11/2026", []int64{2000, 700, 900}, true}, {"08/11", "08/11/2026", nil, false}, {"09/11", "09/11/2026", []int64{0, -5, 0}, true}}}.Drawing(),
		"sixty": Bars{Title: "Sáu mươi phiên", W: 165, Kinds: kinds[:1], Unknown: "chưa chốt", List: told(sixty...)}.Drawing(),
		"huge":  Bars{Title: "Rất lớn", W: 165, Kinds: kinds[:1], List: told(9_123_456_789_012_345)}.Drawing(),
		"goals": Goals{Title: "Kết quả so với kế hoạch", W: 165, Mark: "Kế hoạch", List: []Goal{{"Cuộc tuyên truyền (*)", 800, 1000, "800 / 1.000 (80 %)", true},
			{"Số lượt người được tuyên truyền trong năm của tất cả các xã, phường (*)", 12_000_000, 10_000_000, "12.000.000 / 10.000.000 (120 %)", true},
			{"Giám sát", 30, 10, "30 / 10 (300 %)", true}, {"Phiên chợ", 7, 24, "chưa có số liệu", false}}}.Drawing(),
		"map": Map{Title: "Phiên chợ", W: 165, High: 95, Unknown: "chưa có số liệu", Key: "Số phiên", Units: []Unit{
			{"A", square(100, 100), 3, true, "A & B: 3"}, {"B", square(150, 100), 0, true, "B: 0"}, {"C", rings(t, "M100 150l100 0 0 50-100 0zM210 150l20 0 0 20-20 0z"), 0, false, "C"},
			{"Đặc khu xa", rings(t, "M900 900l9 0 0 9-9 0zM960 960l1 0 0 1-1 0z"), 2, true, "Đặc khu xa: 2"}}}.Drawing(),
	}
}

// form is a drawing as one of its forms shows it: the ink at a place.
type form func(Point) Ink

func inkOf(p image.Image, at Point, perMM float64) Ink {
	r, g, b, _ := p.At(int(at.X*perMM), int(at.Y*perMM)).RGBA()
	return Ink(r>>8<<16 | g>>8<<8 | b>>8)
}

func (d Drawing) asPNG(t *testing.T) form {
	t.Helper()
	raw, err := d.PNG()
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	keep(t, d.Title+".png", raw)
	return func(at Point) Ink { return inkOf(picture, at, dotsPerMM) }
}

// asPDF rasters the strokes of a PDF.
func (d Drawing) asPDF(t *testing.T) form {
	t.Helper()
	const margin, perMM = 20.0, 200 / 25.4
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	d.PDF(pdf, fonts.NewSetter(pdf), margin, margin)
	var paper bytes.Buffer
	if err := pdf.Output(&paper); err != nil {
		t.Fatal(err)
	}
	keep(t, d.Title+".pdf", paper.Bytes())
	dir := t.TempDir()
	file := filepath.Join(dir, "a.pdf")
	if err := os.WriteFile(file, paper.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(need.Program(t, "pdftoppm"), "-r", "200", "-png", "-singlefile", file, filepath.Join(dir, "a")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "a.png"))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return func(at Point) Ink { return inkOf(picture, Point{at.X + margin, at.Y + margin}, perMM) }
}

// keep leaves a file where HOICHO_SHOTS asks for it, to be looked at.
func keep(t *testing.T, name string, raw []byte) {
	t.Helper()
	if dir := os.Getenv("HOICHO_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func apart(a, b Ink) int {
	far := 0
	for shift := 0; shift < 24; shift += 8 {
		far = max(far, int(a>>shift&0xff)-int(b>>shift&0xff), int(b>>shift&0xff)-int(a>>shift&0xff))
	}
	return far
}

// TestPictureAndPDFHaveTheInksOfTheDrawing looks at a place inside each area that nothing covers,
// and on each line that is wide enough.
func TestPictureAndPDFHaveTheInksOfTheDrawing(t *testing.T) {
	for name, d := range samples(t) {
		for kind, ink := range map[string]form{"picture": d.asPNG(t), "PDF": d.asPDF(t)} {
			seen := 0
			for i, a := range d.Areas {
				at, free := d.inside(i)
				if !free {
					continue
				}
				seen++
				if got := ink(at); apart(got, a.Fill) > 24 {
					t.Errorf("%s, %s: %06x at %.1f in area %d of %06x", name, kind, got, at, i, a.Fill)
				}
			}
			if name != "huge" && seen < 3 {
				t.Errorf("%s, %s: only %d areas looked at", name, kind, seen)
			}
			for _, l := range d.Lines {
				middle := Point{(l.From.X + l.To.X) / 2, (l.From.Y + l.To.Y) / 2}
				if covered := d.written(middle); l.Width < frameWidth || covered {
					continue
				}
				if got := ink(middle); apart(got, l.Ink) > 140 {
					t.Errorf("%s, %s: %06x on a line of %06x at %.1f", name, kind, got, l.Ink, middle)
				}
			}
		}
	}
}

// inside is a place in an area on which no later area, line or text lies.
func (d Drawing) inside(i int) (Point, bool) {
	var b box
	b.take(d.Areas[i].Rings[:1])
	if b.wide() < 1.5 || b.high() < 1.5 {
		return Point{}, false
	}
	for n := range 40 {
		at := Point{b.min.X + b.wide()*float64(n%8+1)/9, b.min.Y + b.high()*float64(n/8+1)/6}
		free := !d.written(at) && holds(d.Areas[i].Rings, at)
		for _, over := range d.Areas[i+1:] {
			free = free && !holds(over.Rings, at)
		}
		for _, l := range d.Lines {
			free = free && !(at.X > min(l.From.X, l.To.X)-0.5 && at.X < max(l.From.X, l.To.X)+0.5 && at.Y > min(l.From.Y, l.To.Y)-0.3 && at.Y < max(l.From.Y, l.To.Y)+0.3)
		}
		if free {
			return at, true
		}
	}
	return Point{}, false
}

// holds reports whether a place lies in rings, with room around it.
func holds(rings [][]Point, at Point) bool {
	for _, ring := range rings {
		var b box
		b.take([][]Point{ring})
		if at.X >= b.min.X && at.X <= b.max.X && at.Y >= b.min.Y && at.Y <= b.max.Y {
			return true
		}
	}
	return false
}

func (d Drawing) written(at Point) bool {
	return slices.ContainsFunc(d.Texts, func(x Text) bool {
		return at.Y > x.At.Y-4 && at.Y < x.At.Y+1.5 && at.X > x.left()-0.5 && at.X < x.left()+x.face().Width(x.Text, x.Size)+0.5
	})
}

// TestLinesOverWhatIsNotKnownArePainted counts grey dots over an unknown unit.
func TestLinesOverWhatIsNotKnownArePainted(t *testing.T) {
	d := Map{Title: "gạch", W: 165, High: 60, Unknown: "chưa gửi", Units: []Unit{{Name: "A", Rings: rings(t, "M0 0l50 0 0 50-50 0z")}}}.Drawing()
	for kind, ink := range map[string]form{"picture": d.asPNG(t), "PDF": d.asPDF(t)} {
		dark := 0
		var b box
		b.take(d.Areas[0].Rings)
		for y := b.min.Y + 1; y < b.max.Y-1; y += 0.1 {
			if apart(ink(Point{b.min.X + b.wide()/2, y}), unknown) > 20 {
				dark++
			}
		}
		if dark < 30 {
			t.Errorf("%s: %d places of lines", kind, dark)
		}
	}
}

// TestSVGHasEveryPartOfTheDrawing reads it as XML and counts.
func TestSVGHasEveryPartOfTheDrawing(t *testing.T) {
	for name, d := range samples(t) {
		svg := d.SVG()
		keep(t, d.Title+".svg", []byte(svg))
		for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s is no XML: %v", name, err)
			}
		}
		if texts, paths := strings.Count(svg, "<text "), strings.Count(svg, "<path "); texts != len(d.Texts) || paths != len(d.Areas)+len(d.Lines) {
			t.Errorf("%s: %d texts of %d, %d paths of %d", name, texts, len(d.Texts), paths, len(d.Areas)+len(d.Lines))
		}
		for _, a := range d.Areas {
			if !strings.Contains(svg, fmt.Sprintf(`fill="#%06x"`, a.Fill)) {
				t.Errorf("%s: no fill of %06x", name, a.Fill)
			}
		}
	}
}

// TestTextsStayOnTheDrawing measures every text of every sample.
func TestTextsStayOnTheDrawing(t *testing.T) {
	for name, d := range samples(t) {
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
	for name, d := range samples(t) {
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
	for name, d := range map[string]Drawing{"bars": Bars{W: 165, Kinds: kinds, List: []Bar{{Parts: []int64{0, 0, -3}, Told: true}}}.Drawing(),
		"bars that nobody told": Bars{W: 165, Kinds: kinds[:1], List: told(-1, -1)}.Drawing(), "goals": Goals{W: 165}.Drawing(),
		"a map": Map{W: 165, High: 100}.Drawing(), "a map without outlines": Map{W: 165, High: 100, Units: []Unit{{Name: "A", Told: true}}}.Drawing()} {
		if !d.Empty() {
			t.Errorf("%s draws %+v", name, d)
		}
	}
}

// of finds the areas with a tip.
func (d Drawing) of(tip string) (list []Area) {
	for _, a := range d.Areas {
		if a.Tip == tip {
			list = append(list, a)
		}
	}
	return list
}

// TestBarsAreAsHighAsTheyCount compares heights of bars with their figures.
func TestBarsAreAsHighAsTheyCount(t *testing.T) {
	d := Bars{W: 165, Kinds: kinds[:1], List: told(100, 50)}.Drawing()
	high := func(tip string) float64 { return d.of(tip)[0].Rings[0][2].Y - d.of(tip)[0].Rings[0][0].Y }
	if got := high("phiên 0: 100") / high("phiên 1: 50"); got < 1.99 || got > 2.01 {
		t.Errorf("100 is %.2f times as high as 50", got)
	}
}

// TestWhatIsNotToldIsNoZero however many bars there are: it has lines, a tip and a key, a told 0 has
// none of them.
func TestWhatIsNotToldIsNoZero(t *testing.T) {
	for _, n := range []int{2, 15, 40, 160} {
		figures := make([]int64, n)
		figures[0], figures[n-1] = 123456, -1
		d := Bars{W: 165, Kinds: kinds[:1], List: told(figures...), Unknown: "chưa chốt báo cáo"}.Drawing()
		places := d.of(fmt.Sprintf("phiên %d: chưa chốt báo cáo", n-1))
		if len(places) != 1 || places[0].Fill != unknown {
			t.Fatalf("%d bars: the place that is not told is %+v", n, places)
		}
		over := 0
		for _, l := range d.Lines {
			if l.From.X >= places[0].Rings[0][0].X-0.01 && l.From.X < l.To.X && l.Width < frameWidth {
				over++
			}
		}
		if over < 40 {
			t.Errorf("%d bars: %d lines over it", n, over)
		}
		if !slices.ContainsFunc(d.Texts, func(x Text) bool { return x.Text == "chưa chốt báo cáo" }) {
			t.Errorf("%d bars: no key", n)
		}
		if zeros := d.of("phiên 1: chưa chốt báo cáo"); n > 2 && len(zeros) != 0 {
			t.Errorf("%d bars: a told 0 is drawn as not told", n)
		}
	}
}

// TestAKindLooksTheSameInEveryChart, and its key as its bars, the uppermost part first.
func TestAKindLooksTheSameInEveryChart(t *testing.T) {
	for _, own := range [][]Kind{kinds, kinds[1:], kinds[2:]} {
		bar := Bar{Name: "n", Told: true}
		for range own {
			bar.Parts = append(bar.Parts, 10)
		}
		c := Bars{W: 165, Kinds: own, List: []Bar{bar}}
		d := c.Drawing()
		for i, a := range d.of("n: 10") {
			if want := partInks[own[i].Ink]; a.Fill != want {
				t.Errorf("%s is %06x, want %06x", own[i].Name, a.Fill, want)
			}
		}
		key := c.entries()
		for i := range key {
			if k := own[len(own)-1-i]; key[i].label != k.Name || key[i].fill != partInks[k.Ink] {
				t.Errorf("the key has %+v in the place of %+v", key[i], k)
			}
		}
	}
}

// TestInksDifferWithoutColour compares their lightness, as a print in black has them.
func TestInksDifferWithoutColour(t *testing.T) {
	light := func(i Ink) float64 {
		r, g, b := i.rgb()
		return 0.299*float64(r) + 0.587*float64(g) + 0.114*float64(b)
	}
	for name, inks := range map[string][]Ink{"parts": partInks, "shades": shadeInks} {
		for i, a := range inks {
			for _, b := range inks[i+1:] {
				if far := math.Abs(light(a) - light(b)); far < 30 {
					t.Errorf("%s: %06x and %06x are %.0f apart", name, a, b, far)
				}
			}
		}
	}
}

// TestAScaleEndsAboveItsHighestFigure tries figures of every size.
func TestAScaleEndsAboveItsHighestFigure(t *testing.T) {
	for n := int64(1); n > 0 && n < math.MaxInt64/8*7; n += n/7 + 1 {
		if top := roundUp(n); top < n || n < math.MaxInt64/16 && top > 2*n+4 {
			t.Errorf("the scale of %s ends at %s", vn.Count(n), vn.Count(top))
		}
	}
	if top := roundUp(math.MaxInt64); top != math.MaxInt64 {
		t.Errorf("the greatest ends at %d", top)
	}
}

// TestShadesCoverEveryFigure says of each highest figure which shades there are.
func TestShadesCoverEveryFigure(t *testing.T) {
	of := func(most int64) Steps { return Map{Units: []Unit{{N: most, Told: true}, {N: 1 << 60}}}.Steps() }
	for most := range int64(200) {
		steps := of(most)
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
	if got := of(13).Labels(); !slices.Equal(got, []string{"0", "1–3", "4–6", "7–9", "10–12", "13"}) {
		t.Errorf("shades up to 13: %q", got)
	}
	if got := of(math.MaxInt64); len(got) != 6 {
		t.Errorf("the greatest has %d shades", len(got))
	}
}

// TestUnitsHaveTheShadeOfTheirFigure: none, some, most, and what is not told, which lines lie over
// however small it is.
func TestUnitsHaveTheShadeOfTheirFigure(t *testing.T) {
	unit := func(x, size int, n int64, told bool) Unit {
		return Unit{Name: "n", Rings: rings(t, fmt.Sprintf("M%d 0l%d 0 0 %[2]d-%[2]d 0z", x, size)), N: n, Told: told, Tip: fmt.Sprint(n, told)}
	}
	d := Map{W: 165, High: 95, Unknown: "chưa gửi", Units: []Unit{unit(0, 90, 0, true), unit(100, 90, 1, true), unit(200, 90, 9, true), unit(300, 90, 0, false), unit(400, 2, 1, false)}}.Drawing()
	for tip, want := range map[string]Ink{"0 true": shadeInks[0], "1 true": shadeInks[1], "9 true": shadeInks[5], "0 false": unknown, "1 false": unknown} {
		if got := d.of(tip); len(got) != 1 || got[0].Fill != want {
			t.Errorf("%s: %+v, want %06x", tip, got, want)
		}
	}
	var small box
	small.take(d.of("1 false")[0].Rings)
	if !slices.ContainsFunc(d.Lines, func(l Line) bool {
		return l.From.Y > small.min.Y && l.From.Y < small.max.Y && l.From.X >= small.min.X-0.01
	}) {
		t.Error("no line lies over a small unit that is not told")
	}
}

// TestEveryProvinceIsDrawnWhole: each of its communes, no text over another, islands far away in
// frames, the commonest commune so large that its shade is seen.
func TestEveryProvinceIsDrawnWhole(t *testing.T) {
	areas, err := registry.ParseAreas(data.Units, vn.Fold, vn.SortKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, province := range areas.Provinces("2026-01-01") {
		outlines, err := areas.Outlines(province.Ref)
		if err != nil {
			t.Fatal(err)
		}
		m := Map{Title: "Tỉnh " + province.Name, W: 165, High: 95, Unknown: "chưa có số liệu", Key: "Số phiên chợ trong kỳ"}
		for i, o := range outlines {
			area, _ := areas.Lookup(o.Ref)
			m.Units = append(m.Units, Unit{Name: area.FullName(), Rings: o.Rings(), N: int64(i % 9), Told: i%5 > 0, Tip: area.Ref.Code})
		}
		d := m.Drawing()
		var sizes []float64
		for _, u := range m.Units {
			areas := d.of(u.Tip)
			if len(areas) != 1 || len(areas[0].Rings) != len(u.Rings) {
				t.Fatalf("%s: %s is drawn %d times", province.Name, u.Name, len(areas))
			}
			var b box
			b.take(areas[0].Rings)
			if b.min.X < -0.5 || b.max.X > d.W+0.5 || b.min.Y < -0.5 || b.max.Y > d.H+0.5 {
				t.Errorf("%s: %s lies outside", province.Name, u.Name)
			}
			sizes = append(sizes, max(b.wide(), b.high()))
		}
		slices.Sort(sizes)
		if middle := sizes[len(sizes)/2]; middle < 2.5 || d.H > 170 {
			t.Errorf("%s: half of the communes are smaller than %.1f mm on a map %.0f mm high", province.Name, middle, d.H)
		}
		keep(t, m.Title+".svg", []byte(d.SVG()))
	}
}
