package vn

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func TestSortKeyOrder(t *testing.T) {
	t.Parallel()
	for _, want := range [][]string{
		{"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "i", "o", "ô", "ơ", "u", "ư", "x", "y"},
		{"ba", "bà", "bả", "bã", "bá", "bạ", "Ba Bể", "bă", "bâ"},
		{"A1", "A2", "A2b", "A10", "A100", "B1"},
		{"Phường 2", "Phường 06", "Phường 10"},
		{"Chợ Đồn", "Chợ Mới", "Cốc Đán", "Cường Lợi", "Dương Quang", "Đôn Phong", "Đức Xuân"},
	} {
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
		if !slices.Equal(got, want) {
			t.Errorf("sorted %v\nwant   %v", got, want)
		}
	}
}

func TestSortKeyIgnoresCaseAndForm(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"Ba Bể", "BA BỂ", "Ba Bê\u0309"} {
		if SortKey(s) != SortKey("ba bể") {
			t.Errorf("key of %q differs from that of ba bể", s)
		}
	}
}

// Stored keys are compared with new ones. If this fails after a new version of
// x/text, every *_sort column has to be written again.
func TestSortKeyIsStable(t *testing.T) {
	t.Parallel()
	const want = "056370561500265056370570900000000320003200032000320003200054"
	if got := SortKey("Ba Bể"); got != want {
		t.Errorf("SortKey(Ba Bể) = %s, was %s", got, want)
	}
}

func TestSortKeyIsShortDigits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := SortKey(strings.Repeat(rapid.String().Draw(t, "text"), 20))
		if strings.Trim(key, "0123456789") != "" || len(key) > 2700 {
			t.Fatalf("key of %d bytes: %s", len(key), key)
		}
	})
}

func TestSortKeyIsOfTheFirst120Letters(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 119)
	if SortKey(long+"b") == SortKey(long+"c") {
		t.Error("the 120th letter does not count")
	}
	if SortKey(long+"bx") != SortKey(long+"by") {
		t.Error("the 121st letter counts")
	}
}

func TestSortKeyInParallel(t *testing.T) {
	t.Parallel()
	words := []string{"Ba Bể", "Chợ Đồn", "Na Rì", "Ngân Sơn"}
	want := make([]string, len(words))
	for i, w := range words {
		want[i] = SortKey(w)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 200 {
				if got := SortKey(words[i%4]); got != want[i%4] {
					t.Errorf("key of %s changed", words[i%4])
				}
			}
		})
	}
	wg.Wait()
}
