package main

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoicho/internal/draw"
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
		{[]string{changed}, false, "! 1. Dòng 15"},
		{[]string{changed, "--lang", "en"}, false, "! 1. Line 15"},
		{[]string{changed, "--against", good}, false, "Khác ở dòng 15"},
		{[]string{put("04213", "04214")}, false, "! 4. "},
		{[]string{put("Người 1", "Người 7"), "--against", good}, false, "calls"},
		{[]string{good, "--code", strings.Repeat("3", 64)}, false, "33333333"},
		{[]string{good, "--promise", strings.Repeat("7", 64)}, false, "77777777"},
	} {
		out, err := hoichoWith(t, nil, append([]string{"draw", "verify"}, c.args...)...)
		if (err == nil) != c.ok || !strings.Contains(out, c.want) {
			t.Errorf("%v: %v\n%s", c.args, err, out)
		}
		if err != nil && exitCode(err) != exitFault {
			t.Errorf("%v: exit code %d", c.args, exitCode(err))
		}
	}
	g, err := draw.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	spaced := strings.ToUpper(strings.Join(draw.Groups(g.ListCode), " "))
	if out, err := hoichoWith(t, nil, "draw", "verify", good, "--code", spaced, "--promise", strings.Join(draw.Groups(g.Commitment), " ")); err != nil {
		t.Errorf("codes as a screen shows them: %v\n%s", err, out)
	}
	if out, err := hoichoWith(t, nil, "draw", "verify", good, "--code", "38393178"); err == nil || exitCode(err) != exitUsage || strings.Contains(out, "Đúng") {
		t.Errorf("what is no code: %v\n%s", err, out)
	}
	secret, err := hex.DecodeString(g.Secret)
	if err != nil {
		t.Fatal(err)
	}
	g.Secret, g.Seed, g.EndedAt, g.RecordCode, g.Result, g.Waiting, g.Spare = "", "", "", "", []draw.Given{}, []draw.Given{}, []string{}
	stopped, err := g.Stop(secret, "mất điện", "2026-12-15T09:00:00+07:00")
	if err != nil {
		t.Fatal(err)
	}
	for want, log := range map[string]draw.Log{"Danh sách đã khóa": g, "Lượt này đã dừng": stopped} {
		text, err := log.Write()
		if err != nil {
			t.Fatal(err)
		}
		out, err := hoichoWith(t, nil, "draw", "verify", put(string(raw), string(text)))
		if err == nil || exitCode(err) != exitNothing || !strings.HasPrefix(out, want) {
			t.Errorf("%s: %v\n%s", want, err, out)
		}
	}
	if _, err := hoichoWith(t, nil, "draw", "verify", put(`"format"`, `"Format"`)); err == nil || !strings.Contains(err.Error(), "không phải tệp bốc thăm") {
		t.Errorf("what is no log: %v", err)
	}
}
