package arch

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/semver"
)

// listModule asks the go command about a module of ours.
func listModule(t *testing.T, format, module string) string {
	t.Helper()
	cmd := exec.Command("go", "list", "-m", "-f", format, module)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -m %s: %v", module, err)
	}
	return strings.TrimSpace(string(out))
}

var libcLine = regexp.MustCompile(`(?m)^(?:require)?\s*modernc\.org/libc (v\S+)`)

func libcOf(gomod string) string {
	m := libcLine.FindStringSubmatch(gomod)
	if m == nil {
		return ""
	}
	return m[1]
}

// SQLite in Go is translated against one exact version of its C library; any
// other compiles and then fails in strange places.
func TestSQLiteHasItsOwnLibc(t *testing.T) {
	gomod, err := os.ReadFile(listModule(t, "{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	want := libcOf(string(gomod))
	if got := listModule(t, "{{.Version}}", "modernc.org/libc"); got != want || want == "" {
		t.Errorf("modernc.org/libc is %s, its SQLite was made with %q", got, want)
	}
	if got := libcOf("module x\nrequire (\n\tmodernc.org/libc v1.2.3 // indirect\n)\n"); got != "v1.2.3" {
		t.Errorf("the sample go.mod asks for v1.2.3, read %q", got)
	}
}

// Older engines answer 200 to malformed requests that can smuggle a second one.
func TestFasthttpIsNewEnough(t *testing.T) {
	const floor = "v1.77.0"
	tooOld := func(version string) bool { return semver.Compare(version, floor) < 0 }
	if got := listModule(t, "{{.Version}}", "github.com/valyala/fasthttp"); tooOld(got) {
		t.Errorf("fasthttp is %s, want at least %s", got, floor)
	}
	if !tooOld("v1.51.0") || !tooOld("v1.8.0") || tooOld("v1.77.0") || tooOld("v1.100.0") {
		t.Error("the comparison of versions is wrong")
	}
}
