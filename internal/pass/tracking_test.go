package pass

import (
	"errors"
	"strings"
	"testing"
)

func TestTrackingCodeAsTyped(t *testing.T) {
	t.Parallel()
	code := NewTrackingCode()
	shown := FormatTrackingCode(code)
	if len(code) != TrackingDigits || len(strings.Fields(shown)) != 5 {
		t.Fatalf("code %q is shown as %q", code, shown)
	}
	for _, typed := range []string{code, shown, strings.ReplaceAll(shown, " ", "-"), strings.ReplaceAll(shown, " ", "."), strings.ReplaceAll(shown, " ", "\r\n")} {
		if got, err := ParseTrackingCode(typed); err != nil || got != code {
			t.Errorf("%q is read as %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", code[1:], code + "0", code[:24] + "a", NewCode()} {
		if _, err := ParseTrackingCode(typed); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q is taken for a code: %v", typed, err)
		}
	}
}

func TestTrackingCodeFindsTypingMistakes(t *testing.T) {
	t.Parallel()
	for range 20 {
		for _, typed := range mistakes(NewTrackingCode()) {
			if _, err := ParseTrackingCode(typed); !errors.Is(err, ErrMalformed) {
				t.Fatalf("%s: %v, want malformed", typed, err)
			}
		}
	}
}
