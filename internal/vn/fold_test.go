package vn

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Ba Bể":                     "ba be",
		"  BA\tBỂ ":                 "ba be",
		"Đồng Hỷ":                   "dong hi",
		"Ðồng Hỷ":                   "dong hi", // eth typed for Đ
		"Đà Nẵng – Hải Châu":        "da nang hai chau",
		"Văn Miếu - Quốc Tử Giám":   "van mieu quoc tu giam",
		"M'Drắk":                    "mdrak",
		"Cư M’gar":                  "cu mgar",
		"Phường 06":                 "phuong 06",
		"HTX \"Tài Hoan\" (Na Rì)":  "htx tai hoan na ri",
		"ƯỚC MƠ, ướt đẫm!":          "uoc mo uot dam",
		"🎉 Hội chợ 🎉":               "hoi cho",
		"ＡＢＣ１２":                     "abc12",
		"":                          "",
		"?!":                        "",
		"\u1f00":                    "α", // the first letter behind the Vietnamese ones
		"\xff\xfeBa\x00Bể":          "ba be",
		"50 m² · 1.000 ₫":           "50 m2 1 000",
		norm.NFD.String("Thủy Tạ"):  "thui ta",
		"Cộng hòa xã hội chủ nghĩa": "cong hoa xa hoi chu nghia",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldJoinsSpellings(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"Hoà Bình", "Hòa Bình"}, {"Thuỷ Nguyên", "Thủy Nguyên"}, {"Sĩ Bình", "Sỹ Bình"},
		{"Quí Sơn", "Quý Sơn"}, {"Qui Nhơn", "Quy Nhơn"}, {"Lí Thường Kiệt", "LÝ THƯỜNG KIỆT"},
		{"Khoái Châu", "Khóai Châu"}, {"Mỹ Lý", "mĩ lí"},
	} {
		if Fold(pair[0]) != Fold(pair[1]) {
			t.Errorf("%q and %q have the keys %q and %q", pair[0], pair[1], Fold(pair[0]), Fold(pair[1]))
		}
	}
}

func TestFoldIgnoresFormAndCase(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := vietnameseText().Draw(t, "text")
		key := Fold(s)
		for _, other := range []string{norm.NFD.String(s), strings.ToUpper(s), key, " " + s + " . "} {
			if got := Fold(other); got != key {
				t.Fatalf("Fold(%q) = %q, but Fold(%q) = %q", other, got, s, key)
			}
		}
	})
}

func TestFoldIsIdempotentOnAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, once, Fold(once))
		}
	})
}

// A part of a text must be found by its key within the key of the whole.
func TestFoldKeepsParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := []rune(vietnameseText().Draw(t, "text"))
		from := rapid.IntRange(0, len(whole)).Draw(t, "from")
		to := rapid.IntRange(from, len(whole)).Draw(t, "to")
		part := string(whole[from:to])
		if !strings.Contains(Fold(string(whole)), Fold(part)) {
			t.Fatalf("key of %q is not within the key of %q", part, string(whole))
		}
	})
}

// vietnameseText draws composed text of Vietnamese letters and spaces.
func vietnameseText() *rapid.Generator[string] {
	letters := []rune("abcdeghiklmnopqrstuvxyàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ   -'0123456789")
	return rapid.StringOf(rapid.SampledFrom(letters))
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Phiên chợ đưa hàng Việt về Ba Bể": "phien-cho-dua-hang-viet-ve-ba-be",
		"Ngày hội nông sản – OCOP 2026!":   "ngay-hoi-nong-san-ocop-2026",
		"  --Chè_Shan  Tuyết--  ":          "che-shan-tuyet",
		"M'Drắk":                           "mdrak",
		"A–Z, 0–9":                         "a-z-0-9",
		"🎉🎉":                               "muc",
		"":                                 "muc",
		"../../etc/passwd":                 "etc-passwd",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlugIsAlwaysAnAddress(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		slug := Slug(rapid.String().Draw(t, "text"))
		if slug == "" || len(slug) > slugMax || strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Fatalf("slug %q", slug)
		}
		if strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-") || strings.Contains(slug, "--") {
			t.Fatalf("hyphens of slug %q", slug)
		}
	})
}

func TestSlugCutsBetweenWords(t *testing.T) {
	t.Parallel()
	if got := Slug(strings.Repeat("chợ phiên ", 30)); got != strings.TrimSuffix(strings.Repeat("cho-phien-", 8), "-") {
		t.Errorf("long title: %q of %d bytes", got, len(got))
	}
	if got := Slug(strings.Repeat("a", 80)); got != strings.Repeat("a", 80) {
		t.Errorf("eighty letters: %q", got)
	}
	if got := Slug(strings.Repeat("a", 300)); got != strings.Repeat("a", 80) {
		t.Errorf("one long word: %q", got)
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fold("Phiên chợ đưa hàng Việt về xã Ba Bể, tỉnh Thái Nguyên")
	}
}

func BenchmarkSortKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		SortKey("Phiên chợ đưa hàng Việt về Ba Bể")
	}
}
