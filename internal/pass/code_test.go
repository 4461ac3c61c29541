package pass

import (
	"errors"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

func TestCodeCheckDigitFindsTypingMistakes(t *testing.T) {
	t.Parallel()
	for range 50 {
		code := NewCode()
		if got, err := ParseCode(code); err != nil || got != code {
			t.Fatalf("ParseCode(%s) = %s, %v", code, got, err)
		}
		for _, typed := range mistakes(code) {
			if _, err := ParseCode(typed); !errors.Is(err, ErrMalformed) {
				t.Fatalf("%s typed for %s: %v, want malformed", typed, code, err)
			}
		}
	}
}

// mistakes are all wrong digits and all swaps of unlike neighbours.
func mistakes(code string) []string {
	var all []string
	for i := range len(code) {
		for d := byte('0'); d <= '9'; d++ {
			if d != code[i] {
				all = append(all, code[:i]+string(d)+code[i+1:])
			}
		}
		if i > 0 && code[i] != code[i-1] {
			all = append(all, code[:i-1]+string(code[i])+string(code[i-1])+code[i+1:])
		}
	}
	return all
}

// The published example of the Damm algorithm: 572 takes the check digit 4.
func TestCheckDigitOfPublishedExample(t *testing.T) {
	t.Parallel()
	if got := checkDigit("572"); got != '4' {
		t.Errorf("check digit of 572 is %c, want 4", got)
	}
	if got := checkDigit("5724"); got != '0' {
		t.Errorf("5724 leaves %c, want 0", got)
	}
}

func TestParseCodeAsTyped(t *testing.T) {
	t.Parallel()
	code := NewCode()
	grouped := FormatCode(code)
	if len(grouped) != 14 || strings.ReplaceAll(grouped, " ", "") != code {
		t.Fatalf("FormatCode(%s) = %q", code, grouped)
	}
	nbsp := strings.ReplaceAll(grouped, " ", "\u00a0")
	for _, typed := range []string{grouped, nbsp, " " + code + "\t", code[:1] + " " + code[1:]} {
		if got, err := ParseCode(typed); err != nil || got != code {
			t.Errorf("ParseCode(%q) = %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", " ", code[:11], code + "0", "-" + code[1:], "+" + code[1:], "0x" + code[2:],
		strings.Repeat(" ", 300) + code, code[:11] + "a", "１２３４" + code[4:]} {
		if got, err := ParseCode(typed); !errors.Is(err, ErrMalformed) {
			t.Errorf("ParseCode(%q) = %q, %v, want malformed", typed, got, err)
		}
	}
}

func TestCodesDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	first := map[byte]bool{}
	for range 2000 {
		code := NewCode()
		if seen[code] {
			t.Fatalf("code %s came twice in 2,000", code)
		}
		seen[code] = true
		first[code[0]] = true
	}
	if len(first) != 10 {
		t.Errorf("codes begin with %d digits, want all 10", len(first))
	}
}

func TestGateCode(t *testing.T) {
	t.Parallel()
	code := NewGateCode()
	if got, err := ParseGateCode(FormatCode(code)); err != nil || got != code {
		t.Errorf("ParseGateCode(%s) = %s, %v", code, got, err)
	}
	if _, err := ParseCode(code); !errors.Is(err, ErrMalformed) {
		t.Errorf("a gate code is taken for a pass code: %v", err)
	}
}

func TestCodesOfABlockBeginWithIt(t *testing.T) {
	t.Parallel()
	for block, begins := range map[int]string{0: "00", 7: "07", registry.CodeBlocks - 1: "99"} {
		code := NewCodeIn(block)
		if got, err := ParseCode(code); err != nil || got != code || !strings.HasPrefix(code, begins) {
			t.Errorf("block %d: %s, %v", block, code, err)
		}
	}
}

func TestGreatestTextThatIsRead(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	rest := Text("", staffClaims.Code, signed(t, ring, staffClaims))
	link := "https://" + strings.Repeat("h", MaxText-len("https://"+rest)) + rest
	code := staffClaims.Code + strings.Repeat(" ", MaxText-CodeDigits)
	if _, err := ParseCode(code); err != nil {
		t.Errorf("a typed code of 256 bytes: %v", err)
	}
	if _, err := ParseCode(code + " "); !errors.Is(err, ErrMalformed) {
		t.Errorf("a typed code of 257 bytes: %v", err)
	}
	if _, err := Parse(link); err != nil {
		t.Errorf("a link of 256 bytes: %v", err)
	}
	if _, err := Parse(link + " "); !errors.Is(err, ErrMalformed) {
		t.Errorf("a link of 257 bytes: %v", err)
	}
}
