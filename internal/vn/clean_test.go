package vn

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestCleanLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  HTX\tTài \u00a0 Hoan\r\n":        "HTX Tài Hoan",
		"Ba Bê\u0309":                       "Ba Bể",
		"Miến\u200b dong\ufeff":             "Miến dong",
		"abc\u202egpj.exe":                  "abcgpj.exe",
		"a\u0000b\u0007c\u007f":             "abc",
		"B\u200be\u0302\u200b\u0309":        "Bể",
		"dòng 1\ndòng 2\u2028dòng 3":        "dòng 1 dòng 2 dòng 3",
		"🎉 Hội chợ":                         "🎉 Hội chợ",
		"\u3164":                            "",
		"\u115f\u2800 \u00ad":               "",
		"bad noncharacter \ufffe\U0001FFFF": "bad noncharacter",
	} {
		got, ok := CleanLine(in)
		if !ok || got != want {
			t.Errorf("CleanLine(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestCleanText(t *testing.T) {
	t.Parallel()
	got, ok := CleanText("\r\n  Dòng  một \r\n\r\nDòng\thai\u2028Ba\x00\n\n ")
	if want := "Dòng một\n\nDòng hai\nBa"; !ok || got != want {
		t.Errorf("got %q, %v, want %q", got, ok, want)
	}
}

func TestCleanRefusesBadUTF8(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"\xff", "Ba B\xe1\xbb", "\xed\xa0\x80"} {
		if got, ok := CleanLine(s); ok || got != "" {
			t.Errorf("CleanLine(%q) = %q, %v", s, got, ok)
		}
		if got, ok := CleanText(s); ok || got != "" {
			t.Errorf("CleanText(%q) = %q, %v", s, got, ok)
		}
	}
}

func TestCleanIsFinal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		line, _ := CleanLine(s)
		if again, ok := CleanLine(line); !ok || again != line {
			t.Fatalf("CleanLine(%q) = %q, cleaned again %q", s, line, again)
		}
		if strings.ContainsFunc(line, unicode.IsControl) || !norm.NFC.IsNormalString(line) {
			t.Fatalf("CleanLine(%q) = %q", s, line)
		}
		text, _ := CleanText(s)
		if again, ok := CleanText(text); !ok || again != text {
			t.Fatalf("CleanText(%q) = %q, cleaned again %q", s, text, again)
		}
	})
}
