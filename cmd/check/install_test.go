package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// fakeApt puts an apt-get into PATH that knows no package before an update and
// notes what it is asked for; sudo does as it is told.
func fakeApt(t *testing.T, update string) (asked func() string) {
	t.Helper()
	folder := t.TempDir()
	scripts := map[string]string{
		"apt-get": `#!/bin/sh
shift 3
echo "$@" >> ` + folder + `/asked
case "$1" in
update) cd ` + folder + ` && ` + update + ` ;;
install) test -e ` + folder + `/lists ;;
esac
`,
		"sudo": "#!/bin/sh\nshift\nexec \"$@\"\n",
	}
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	return func() string {
		lines, err := os.ReadFile(filepath.Join(folder, "asked"))
		if err != nil {
			t.Fatal(err)
		}
		return string(lines)
	}
}

func TestInstallAsksForTodaysListsFirst(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Debian has apt-get")
	}
	asked := fakeApt(t, "touch lists")
	r := &runner{ctx: context.Background(), out: &strings.Builder{}}
	const first = "install -y --no-install-recommends ffmpeg zbar-tools\n"
	for range 2 {
		if err := install(r, []string{"ffmpeg", "zbar-tools"}); err != nil {
			t.Fatal(err)
		}
	}
	if want := "update\n" + first + "update\n" + first; asked() != want {
		t.Errorf("apt-get was asked for\n%swant\n%s", asked(), want)
	}
}

func TestInstallFailsWithoutPackageLists(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Debian has apt-get")
	}
	fakeApt(t, "exit 100")
	r := &runner{ctx: context.Background(), out: &strings.Builder{}}
	if err := install(r, []string{"ffmpeg"}); err == nil || !strings.Contains(err.Error(), "update") || !strings.Contains(err.Error(), "archive") {
		t.Errorf("error is %v, want that of the update and what to look for", err)
	}
}

func TestInstallGoesOnWithOldListsWhereNoArchiveIsReached(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Debian has apt-get")
	}
	fakeApt(t, "touch lists && exit 100")
	var out strings.Builder
	r := &runner{ctx: context.Background(), out: &out}
	if err := install(r, []string{"ffmpeg"}); err != nil || !strings.Contains(out.String(), "may be old") {
		t.Errorf("error %v, and it said %q", err, out.String())
	}
}
