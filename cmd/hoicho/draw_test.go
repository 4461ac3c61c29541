package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDrawVerify: a log is computed anew with an answer in either language; one that was changed, or is not
// the one that was published, is refused with what differs.
func TestDrawVerify(t *testing.T) {
	const good = "../../internal/draw/testdata/waiting.json"
	raw, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	put := func(old, now string) string {
		name := filepath.Join(t.TempDir(), "a.json")
		if err := os.WriteFile(name, []byte(strings.Replace(string(raw), old, now, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	changed := put("entry 5/1 HTX số 5", "entry 5/1 HTX số 6")
	for _, c := range []struct {
		args []string
		ok   bool
		want string
	}{
		{[]string{good}, true, "Đúng: tính lại ra cùng kết quả cho cả 4 gian"},
		{[]string{good, "--lang", "en"}, true, "Right: computed again"},
		{[]string{good, "--against", good}, true, "+ 5. "},
		{[]string{changed}, false, "! 1. Dòng 13"},
		{[]string{changed, "--lang", "en"}, false, "! 1. Line 13"},
		{[]string{changed, "--against", good}, false, "Khác ở dòng 13"},
		{[]string{put("04213", "04214")}, false, "! 4. "},
		{[]string{put("Người 1", "Người 7"), "--against", good}, false, "calls"},
		{[]string{good, "--code", "38393178"}, false, "38393178"},
		{[]string{good, "--promise", "73e347c9"}, false, "73e347c9"},
	} {
		out, err := hoichoWith(t, nil, append([]string{"draw", "verify"}, c.args...)...)
		if (err == nil) != c.ok || !strings.Contains(out, c.want) {
			t.Errorf("%v: %v\n%s", c.args, err, out)
		}
		if err != nil && exitCode(err) != exitFault {
			t.Errorf("%v: exit code %d", c.args, exitCode(err))
		}
	}
	if _, err := hoichoWith(t, nil, "draw", "verify", put(`"format"`, `"Format"`)); err == nil || !strings.Contains(err.Error(), "không phải tệp bốc thăm") {
		t.Errorf("what is no log: %v", err)
	}
}
