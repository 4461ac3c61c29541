package registry

import (
	"strings"
	"testing"
)

const headHash = "5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f"

func TestAuditHeadIsReadOffPaper(t *testing.T) {
	t.Parallel()
	shown := "5e6f 7a8b 9c0d 1e2f 3a4b"
	digits := strings.ReplaceAll(shown, " ", "")
	for text, want := range map[string]AuditHead{
		"1234:" + headHash:              {1234, headHash},
		"1.234:" + shown:                {1234, digits},
		" 1 234 : " + shown + "…":       {1234, digits},
		"1234:5E6F 7A8B 9C0D 1E2F 3A4B": {1234, digits},
		"1:" + shown:                    {1, digits},
		"0:":                            {},
	} {
		t.Run(text, func(t *testing.T) {
			if got, err := ParseAuditHead(text); err != nil || got != want {
				t.Errorf("read as %v, %v", got, err)
			}
		})
	}
	head := AuditHead{1234, headHash}
	claims(t, map[string]bool{
		"people see twenty digits in groups of four": head.Short() == shown,
		"a short hash ends with what is left of it":  AuditHead{1, "5e6f7a"}.Short() == "5e6f 7a",
		"an empty log shows nothing":                 AuditHead{}.Short() == "",
		"a program reads the whole hash":             head.String() == "1234:"+headHash,
	})
}

func TestAuditHeadThatIsNone(t *testing.T) {
	t.Parallel()
	for claim, text := range map[string]string{
		"nineteen digits are too few":              "1234:5e6f7a8b9c0d1e2f3a4",
		"one line needs its hash too":              "1:",
		"sixty-five digits are too many":           "1234:" + headHash + "a",
		"a letter that is no hexadecimal":          "1234:5e6f7a8b9c0d1e2f3a4g",
		"there are no fewer lines than none":       "-1:5e6f7a8b9c0d1e2f3a4b",
		"the lines are a number":                   "many:5e6f7a8b9c0d1e2f3a4b",
		"a hash without its number":                headHash,
		"an empty log has no hash but hexadecimal": "0:xyz",
		"nothing": "",
	} {
		t.Run(claim, func(t *testing.T) {
			if got, err := ParseAuditHead(text); err == nil || got != (AuditHead{}) {
				t.Errorf("%q was read as %v", text, got)
			}
		})
	}
}
