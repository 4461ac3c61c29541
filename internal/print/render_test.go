package print

import (
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"hoicho/internal/testkit/need"
)

// pdfFile writes a PDF to a file.
func pdfFile(t testing.TB, pdf []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs a program and gives what it printed.
func run(t testing.TB, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(need.Program(t, program), args...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", program, strings.Join(args, " "), err)
	}
	return string(out)
}

// readSymbols renders the pages of a PDF as a printer would, cuts each at the
// given boxes (whole pages without any) and reads the symbol of every piece with
// zbar. Zbar now and then overlooks one of many symbols in one picture, so the
// pieces are read one by one, as at a gate.
func readSymbols(t testing.TB, pdf []byte, dpi int, cuts ...box) []string {
	t.Helper()
	file, dir := pdfFile(t, pdf), t.TempDir()
	need.Program(t, "zbarimg")
	if _, err := exec.Command(need.Program(t, "pdftoppm"), "-gray", "-r", fmt.Sprint(dpi), file, filepath.Join(dir, "page")).Output(); err != nil {
		t.Fatalf("pdftoppm: %v", err)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "page-*.pgm"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	workers := min(runtime.GOMAXPROCS(0), len(pages))
	found, errs := make([]string, workers), make([]error, workers)
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			found[i], errs[i] = readPages(pages[i*len(pages)/workers:(i+1)*len(pages)/workers], dpi, cuts)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	return strings.Fields(strings.Join(found, ""))
}

func readPages(pages []string, dpi int, cuts []box) (string, error) {
	var pieces []string
	for _, page := range pages {
		made, err := cutPage(page, dpi, cuts)
		if err != nil {
			return "", err
		}
		pieces = append(pieces, made...)
	}
	args := append([]string{"--quiet", "--raw", "-Sdisable", "-Sqr.enable"}, pieces...)
	out, err := exec.Command("zbarimg", args...).Output()
	if err != nil {
		return "", fmt.Errorf("zbarimg: %w", err)
	}
	return string(out), nil
}

// cutPage cuts a rendered page (PGM) and gives the files of the pieces.
func cutPage(page string, dpi int, cuts []box) ([]string, error) {
	if len(cuts) == 0 {
		return []string{page}, nil
	}
	raw, err := os.ReadFile(page)
	if err != nil {
		return nil, err
	}
	var width, height, white int
	if n, err := fmt.Sscanf(string(raw[:20]), "P5\n%d %d\n%d\n", &width, &height, &white); n != 3 {
		return nil, fmt.Errorf("%s is no PGM: %w", page, err)
	}
	pixels := raw[len(raw)-width*height:]
	pieces := make([]string, len(cuts))
	for i, cut := range cuts {
		dots := float64(dpi) / 25.4
		x, y, w, h := int(cut.x*dots), int(cut.y*dots), int(cut.w*dots), int(cut.h*dots)
		piece := fmt.Appendf(nil, "P5\n%d %d\n255\n", w, h)
		for row := y; row < y+h; row++ {
			piece = append(piece, pixels[row*width+x:row*width+x+w]...)
		}
		pieces[i] = fmt.Sprintf("%s-%d.pgm", strings.TrimSuffix(page, ".pgm"), i)
		if err := os.WriteFile(pieces[i], piece, 0o600); err != nil {
			return nil, err
		}
	}
	return pieces, nil
}

// word is a word on a page with its place in mm.
type word struct {
	page int
	text string
	box  box
}

// readWords gives the words of a PDF with their places.
func readWords(t testing.TB, pdf []byte) (words []word, pages []box) {
	t.Helper()
	var doc struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Words  []struct {
				XMin float64 `xml:"xMin,attr"`
				YMin float64 `xml:"yMin,attr"`
				XMax float64 `xml:"xMax,attr"`
				YMax float64 `xml:"yMax,attr"`
				Text string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"body>doc>page"`
	}
	out := run(t, "pdftotext", "-bbox", pdfFile(t, pdf), "-")
	dec := xml.NewDecoder(strings.NewReader(out))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	for i, page := range doc.Pages {
		pages = append(pages, box{0, 0, page.Width * mmPerPoint, page.Height * mmPerPoint})
		for _, w := range page.Words {
			words = append(words, word{i, w.Text, box{
				w.XMin * mmPerPoint, w.YMin * mmPerPoint, (w.XMax - w.XMin) * mmPerPoint, (w.YMax - w.YMin) * mmPerPoint,
			}})
		}
	}
	return words, pages
}

// within reports whether a lies in b, but for a tenth of a millimetre.
func (b box) within(outer box) bool {
	const slack = 0.1
	return b.x >= outer.x-slack && b.y >= outer.y-slack &&
		b.x+b.w <= outer.x+outer.w+slack && b.y+b.h <= outer.y+outer.h+slack
}

// overlaps reports whether two boxes share more than a tenth of a millimetre.
func (b box) overlaps(other box) bool {
	const slack = 0.1
	return b.x+b.w > other.x+slack && other.x+other.w > b.x+slack &&
		b.y+b.h > other.y+slack && other.y+other.h > b.y+slack
}
