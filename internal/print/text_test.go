package print

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

const vietnamese = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"

func TestFitKeepsEverythingInItsBox(t *testing.T) {
	t.Parallel()
	letters := []rune(vietnamese + "WMil 0123456789 ɃƀŎ\u0306\u0323漢")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(letters), 0, 200, -1).Draw(t, "text")
		st := style{
			bold: rapid.Bool().Draw(t, "bold"), least: 6,
			size:  rapid.Float64Range(6, 40).Draw(t, "size"),
			lines: rapid.IntRange(0, 4).Draw(t, "lines"),
		}
		w, h := rapid.Float64Range(-2, 120).Draw(t, "width"), rapid.Float64Range(3, 60).Draw(t, "height")
		got := fit(text, st, w, h)
		if got.size > st.size || got.size < st.least || len(got.lines) > max(st.lines, 1) {
			t.Fatalf("size %g and %d lines for %+v", got.size, len(got.lines), st)
		}
		if got.height() > h+1e-9 && len(got.lines) > 1 {
			t.Fatalf("%g high in %g", got.height(), h)
		}
		if w < 8 {
			return // no room for a letter: it is enough that it ends
		}
		for _, line := range got.lines {
			if width := faceOf(st.bold).Width(line, got.size); width > w+1e-9 {
				t.Fatalf("%q is %g wide in %g", line, width, w)
			}
			if first, _ := utf8.DecodeRuneInString(line); unicode.Is(unicode.Mn, first) && !strings.HasPrefix(clean(text), line) && !strings.Contains(clean(text), " "+line) {
				t.Fatalf("%q was cut within a letter of %q", line, text)
			}
		}
		whole := strings.ReplaceAll(clean(text), " ", "")
		shown := strings.ReplaceAll(strings.Join(got.lines, ""), " ", "")
		if cut, isCut := strings.CutSuffix(shown, ellipsis); shown != whole && !(isCut && strings.HasPrefix(whole, cut)) {
			t.Fatalf("%q is shown as %q", text, got.lines)
		}
	})
}

func TestFitMakesALetterSmallerThanItsBox(t *testing.T) {
	t.Parallel()
	if got := fit("W", style{bold: true, size: 21.5, least: 6}, 8, 9.875); len(got.lines) != 1 || faceOf(true).Width("W", got.size) > 8 {
		t.Errorf("%+v", got)
	}
}

func TestFitPrefersSmallerOverBroken(t *testing.T) {
	t.Parallel()
	got := fit("Nguyễn Thị Hoàng Oanh", style{bold: true, size: 30, least: 6, lines: 2}, 40, 30)
	if len(got.lines) != 2 || got.size >= 30 || strings.Join(got.lines, " ") != "Nguyễn Thị Hoàng Oanh" {
		t.Errorf("%+v", got)
	}
	if got := fit("HTX Nông nghiệp sạch Tài Hoan", style{size: 10, least: 6, lines: 2}, 47, 20); got.lines[1] == "Hoan" {
		t.Errorf("lines are not balanced: %q", got.lines)
	}
}
