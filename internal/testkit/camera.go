package testkit

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
)

// PDFPages draws the pages of a PDF file with pdftoppm and returns their
// pictures in order, as PNG files at so many dots an inch.
func PDFPages(t testing.TB, pdf []byte, dpi int) []string {
	t.Helper()
	program := Need(t, "pdftoppm")
	folder := t.TempDir()
	file := filepath.Join(folder, "in.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	output(t, program, "-r", strconv.Itoa(dpi), "-png", file, filepath.Join(folder, "page"))
	pages, err := filepath.Glob(filepath.Join(folder, "page-*.png"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("the PDF file has no pages (%v)", err)
	}
	return pages
}

// ReadQR reads the text of all QR symbols of a picture with zbar, a reader that
// shares no code with ours. It fails the test when there is none. Only ASCII
// text without line breaks comes back as it was.
func ReadQR(t testing.TB, picture string) []string {
	t.Helper()
	texts := readSymbols(t, picture)
	if len(texts) == 0 {
		t.Fatalf("%s has no QR symbol", picture)
	}
	return texts
}

// readSymbols is ReadQR for pictures that may have no symbol.
func readSymbols(t testing.TB, picture string) []string {
	t.Helper()
	program := Need(t, "zbarimg")
	read, err := exec.Command(program, "-q", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", picture).Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == zbarFoundNothing) {
		t.Fatalf("zbarimg %s: %v", picture, err)
	}
	var texts []string
	for line := range strings.Lines(string(read)) {
		texts = append(texts, strings.TrimSuffix(line, "\n"))
	}
	return texts
}

// zbarFoundNothing is its exit code for a picture that it could read.
const zbarFoundNothing = 4

// CutQR cuts the symbol with this text out of a picture, with room around it
// as when a phone is held close, and returns the new PNG file.
func CutQR(t testing.TB, picture, text string) string {
	t.Helper()
	whole := decodePNG(t, picture)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(whole)
	if err != nil {
		t.Fatalf("%s: %v", picture, err)
	}
	found, err := qrcode.NewQRCodeMultiReader().DecodeMultiple(bitmap, map[gozxing.DecodeHintType]any{
		gozxing.DecodeHintType_TRY_HARDER: true,
	})
	if err != nil {
		t.Fatalf("%s: %v", picture, err)
	}
	for _, symbol := range found {
		if symbol.GetText() == text {
			box := boxAround(symbol.GetResultPoints())
			return cut(t, whole, box.Inset(-box.Dx()*2/5))
		}
	}
	t.Fatalf("%s has no QR symbol that says %s", picture, text)
	return ""
}

// boxAround returns the box of the middles of the finder patterns, which lie
// three and a half modules inside the symbol.
func boxAround(points []gozxing.ResultPoint) (box image.Rectangle) {
	for _, p := range points {
		corner := image.Pt(int(p.GetX()), int(p.GetY()))
		box = box.Union(image.Rectangle{Min: corner, Max: corner.Add(image.Pt(1, 1))})
	}
	return box
}

func decodePNG(t testing.TB, picture string) image.Image {
	t.Helper()
	in, err := os.Open(picture)
	if err != nil {
		t.Fatalf("open the picture: %v", err)
	}
	defer in.Close()
	whole, err := png.Decode(in)
	if err != nil {
		t.Fatalf("%s: %v", picture, err)
	}
	return whole
}

// cut writes a part of a picture; what lies outside of it is white.
func cut(t testing.TB, whole image.Image, box image.Rectangle) string {
	t.Helper()
	part := image.NewRGBA(image.Rectangle{Max: box.Size()})
	draw.Draw(part, part.Bounds(), image.White, image.Point{}, draw.Src)
	visible := box.Intersect(whole.Bounds())
	draw.Draw(part, visible.Sub(box.Min), whole, visible.Min, draw.Src)
	file := filepath.Join(t.TempDir(), "cut.png")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := png.Encode(out, part); err != nil {
		t.Fatal(err)
	}
	return file
}

// CameraFilm makes the film that BrowserOptions.Camera plays: each picture in
// the middle of a grey frame of 640 x 480 px for so many seconds, one after the
// other, 10 frames a second. The film plays in a loop.
func CameraFilm(t testing.TB, seconds float64, pictures ...string) string {
	t.Helper()
	program := Need(t, "ffmpeg")
	if len(pictures) == 0 {
		t.Fatal("a film needs a picture")
	}
	film := filepath.Join(t.TempDir(), "camera.y4m")
	args := []string{"-v", "error", "-nostdin"}
	var filter, joined strings.Builder
	for i, picture := range pictures {
		args = append(args, "-loop", "1", "-framerate", "10", "-t", fmt.Sprint(seconds), "-i", picture)
		fmt.Fprintf(&filter, "[%d:v]scale=440:440:force_original_aspect_ratio=decrease:flags=area,"+
			"pad=640:480:(ow-iw)/2:(oh-ih)/2:gray,setsar=1,format=yuv420p[f%d];", i, i)
		fmt.Fprintf(&joined, "[f%d]", i)
	}
	fmt.Fprintf(&filter, "%sconcat=n=%d:v=1:a=0[film]", joined.String(), len(pictures))
	output(t, program, append(args, "-filter_complex", filter.String(), "-map", "[film]", film)...)
	return film
}

// output runs a program and returns what it wrote; the test fails with its
// complaint when it does.
func output(t testing.TB, program string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(program, args...)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(program), err, complaint.String())
	}
	return out
}
