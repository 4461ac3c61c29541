package testkit

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hoicho/internal/testkit/need"

	"codeberg.org/go-pdf/fpdf"
	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// symbolFile draws a QR symbol into a PNG file.
func symbolFile(t *testing.T, text string) string {
	t.Helper()
	bits, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 300, 300, nil)
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, bits); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "symbol.png")
	if err := os.WriteFile(file, picture.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// sheet is a PDF file of one page with a symbol in two corners.
func sheet(t *testing.T, first, second string) []byte {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	pdf.ImageOptions(symbolFile(t, first), 10, 10, 40, 40, false, fpdf.ImageOptions{}, 0, "")
	pdf.ImageOptions(symbolFile(t, second), 150, 240, 40, 40, false, fpdf.ImageOptions{}, 0, "")
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSymbolsOfAPrintedPageAreReadAndCut(t *testing.T) {
	pages := PDFPages(t, sheet(t, "pass-A01", "pass-A02"), 100)
	if len(pages) != 1 {
		t.Fatalf("%d pages, want one", len(pages))
	}
	got := ReadQR(t, pages[0])
	slices.Sort(got)
	if !slices.Equal(got, []string{"pass-A01", "pass-A02"}) {
		t.Errorf("the page says %q", got)
	}
	if alone := ReadQR(t, CutQR(t, pages[0], "pass-A02")); !slices.Equal(alone, []string{"pass-A02"}) {
		t.Errorf("what was cut out says %q", alone)
	}
}

func TestReadingNothingFails(t *testing.T) {
	Need(t, "zbarimg")
	empty := cut(t, decodePNG(t, symbolFile(t, "x")), image.Rect(-200, -200, -1, -1))
	for name, read := range map[string]func(tb testing.TB){
		"an empty picture": func(tb testing.TB) { ReadQR(tb, empty) },
		"another symbol":   func(tb testing.TB) { CutQR(tb, symbolFile(t, "x"), "y") },
		"no PDF":           func(tb testing.TB) { PDFPages(tb, []byte("x"), 60) },
		"no film":          func(tb testing.TB) { CameraFilm(tb, 1) },
	} {
		if e := need.EndingOf(t, read); e.How != "failed" {
			t.Errorf("%s: the test %s", name, e.How)
		}
	}
}

const cameraPage = `<!doctype html><title>x</title><link rel="icon" href="data:,">
<body style="margin:0"><video autoplay playsinline style="width:640px;height:480px"></video>
<script>navigator.mediaDevices.getUserMedia({video: true}).then(s => { document.querySelector("video").srcObject = s })</script>`

func TestBrowserCameraShowsTheFilm(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, cameraPage)
	}))
	t.Cleanup(server.Close)
	page := PDFPages(t, sheet(t, "pass-1", "pass-2"), 150)[0]
	film := CameraFilm(t, 1, CutQR(t, page, "pass-1"), CutQR(t, page, "pass-2"))
	b := NewBrowser(t, BrowserOptions{Wide: true, Camera: film})
	b.Open(server.URL)
	b.WaitFor(`document.querySelector("video").currentTime > 0`)
	seen := map[string]bool{}
	for range 100 {
		shot := filepath.Join(t.TempDir(), "frame.png")
		if err := os.WriteFile(shot, Get(b, chromedp.CaptureScreenshot()), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, text := range readSymbols(t, shot) {
			seen[text] = true
		}
		if seen["pass-1"] && seen["pass-2"] {
			return
		}
	}
	t.Errorf("the camera showed only %v", seen)
}
