package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tool is something outside Go that tests need.
type tool struct {
	name     string
	packages []string // Debian's
	why      string
	untested string // what is not tested without it
	present  func() bool
	// version asks the tool for its major version, which is at least the
	// floor; nil where any version does.
	version func() int
	floor   int
}

// old reports whether the tool is there in a version that the tests outran.
func (t tool) old() bool { return t.version != nil && t.present() && t.version() < t.floor }

const (
	compilerTool = "C compiler"
	postgresTool = "PostgreSQL"
	chromiumTool = "Chromium"
)

// tools lists all that a machine with only Go lacks.
var tools = []tool{
	{name: compilerTool, packages: []string{"gcc", "libc6-dev"}, why: "the race detector is linked with it", untested: "data races",
		present: func() bool { return anyProgram("gcc", "cc") && exists("/usr/include/stdlib.h") }},
	{name: postgresTool, packages: []string{"postgresql"}, why: "the suite runs on both database engines", untested: "everything on PostgreSQL",
		present: func() bool { return postgresBin() != "" }, version: postgresVersion, floor: 15},
	{name: chromiumTool, packages: []string{"chromium"}, why: "pages are tested in a real browser", untested: "pages in a browser",
		present: func() bool { return browserProgram() != "" }, version: browserVersion, floor: 148},
	{name: "ffmpeg", packages: []string{"ffmpeg"}, why: "it makes the film that the gate's camera sees", untested: "the gate's camera",
		present: func() bool { return anyProgram("ffmpeg") }},
	{name: "pdftoppm", packages: []string{"poppler-utils"}, why: "it draws printed passes as pictures", untested: "printed passes",
		present: func() bool { return anyProgram("pdftoppm") }},
	{name: "zbarimg", packages: []string{"zbar-tools"}, why: "it reads QR symbols independently of us", untested: "QR symbols",
		present: func() bool { return anyProgram("zbarimg") }},
	{name: "strace", packages: []string{"strace"}, why: "it makes the disk fail under the server", untested: "a disk that fails",
		present: func() bool { return anyProgram("strace") }},
	{name: "a font", packages: []string{"fonts-dejavu-core"}, why: "screenshots need a fallback font", untested: "text beyond our own font",
		present: func() bool { return anyFile("/usr/share/fonts/*/*/*.ttf", "/usr/share/fonts/*/*.ttf") }},
}

// toolset is a part of tools.
type toolset []tool

func (s toolset) has(name string) bool {
	return slices.ContainsFunc(s, func(t tool) bool { return t.name == name })
}

func (s toolset) packages() (names []string) {
	for _, t := range s {
		names = append(names, t.packages...)
	}
	return names
}

// missingTools are those that are not there, or there in too old a version.
func missingTools(all []tool) (missing toolset) {
	for _, t := range all {
		if !t.present() || t.old() {
			missing = append(missing, t)
		}
	}
	return missing
}

// lack says what is wrong with a tool that missingTools named.
func (t tool) lack() string {
	if t.old() {
		return fmt.Sprintf("%s is version %d, the tests need %d", t.name, t.version(), t.floor)
	}
	return t.name + " is not installed"
}

// provide installs what is missing where it may and returns what is missing
// still; each of that counts as one skip.
func provide(r *runner, noInstall bool) toolset {
	missing := missingTools(tools)
	for _, t := range missing {
		fmt.Fprintf(r.out, "missing: %s (%s): %s\n", t.lack(), strings.Join(t.packages, " "), t.why)
	}
	if len(missing) > 0 && !noInstall {
		r.step("install "+strings.Join(missing.packages(), " "), func() (string, error) {
			return "", install(r, missing.packages())
		})
		missing = missingTools(tools)
	}
	for _, t := range missing {
		r.skip("not tested: "+t.untested, t.lack()+": do apt-get update && apt-get install "+strings.Join(t.packages, " "))
	}
	for _, t := range tools {
		if t.version != nil && !missing.has(t.name) {
			fmt.Fprintf(r.out, "%s %d\n", t.name, t.version())
		}
	}
	return missing
}

// install asks apt for the packages, after it has asked for today's lists: with
// those of an old image it installs programs that were replaced since. A machine
// that can reach no archive goes on with the lists that it has.
func install(r *runner, packages []string) error {
	if !anyProgram("apt-get") {
		return fmt.Errorf("no apt-get here: install these yourself: %s", strings.Join(packages, " "))
	}
	args := append([]string{"install", "-y", "--no-install-recommends"}, packages...)
	stale := r.stream(aptGet("update"))
	if stale != nil {
		fmt.Fprintln(r.out, "apt-get update failed: going on with the package lists that are here, which may be old")
	}
	err := r.stream(aptGet(args...))
	switch {
	case err != nil && stale != nil:
		return fmt.Errorf("apt-get update: %w, and then apt-get install: %w; is there a way to Debian's archive, and may this user install?", stale, err)
	case err != nil:
		return fmt.Errorf("apt-get install: %w; run it by hand to see why: apt-get install %s", err, strings.Join(packages, " "))
	}
	return nil
}

// aptGet is the command line of apt-get, through sudo for an ordinary user. It
// waits for another apt that is at work.
func aptGet(args ...string) []string {
	line := append([]string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"}, args...)
	if os.Geteuid() != 0 {
		line = append([]string{"sudo", "-n"}, line...)
	}
	return line
}

func anyProgram(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		_, err := exec.LookPath(name)
		return err == nil
	})
}

func anyFile(patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		found, err := filepath.Glob(pattern)
		return err == nil && len(found) > 0
	})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// browserProgram is the Chromium that the tests start, "" when there is none.
func browserProgram() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func browserVersion() int { return majorOf(exec.Command(browserProgram(), "--version")) }

func postgresVersion() int {
	return majorOf(exec.Command(filepath.Join(postgresBin(), "postgres"), "--version"))
}

var major = regexp.MustCompile(`\b(\d+)\.\d`)

// majorOf is the first number of a version that a program says of itself, 0 when
// it says none.
func majorOf(cmd *exec.Cmd) int {
	said, err := cmd.Output()
	m := major.FindSubmatch(said)
	if err != nil || m == nil {
		return 0
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return 0
	}
	return n
}
