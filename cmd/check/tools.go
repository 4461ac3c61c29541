package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// tool is something outside Go that tests need.
type tool struct {
	name     string
	packages []string // Debian's
	why      string
	untested string // what is not tested without it
	present  func() bool
}

const (
	compilerTool = "C compiler"
	postgresTool = "PostgreSQL"
	chromiumTool = "Chromium"
)

// tools lists all that a machine with only Go lacks.
var tools = []tool{
	{compilerTool, []string{"gcc", "libc6-dev"}, "the race detector is linked with it", "data races",
		func() bool { return anyProgram("gcc", "cc") && exists("/usr/include/stdlib.h") }},
	{postgresTool, []string{"postgresql"}, "the suite runs on both database engines", "everything on PostgreSQL",
		func() bool { return postgresBin() != "" }},
	{chromiumTool, []string{"chromium"}, "pages are tested in a real browser", "pages in a browser",
		func() bool { return anyProgram("chromium", "chromium-browser", "google-chrome") }},
	{"ffmpeg", []string{"ffmpeg"}, "it makes the film that the gate's camera sees", "the gate's camera",
		func() bool { return anyProgram("ffmpeg") }},
	{"pdftoppm", []string{"poppler-utils"}, "it draws printed passes as pictures", "printed passes",
		func() bool { return anyProgram("pdftoppm") }},
	{"zbarimg", []string{"zbar-tools"}, "it reads QR symbols independently of us", "QR symbols",
		func() bool { return anyProgram("zbarimg") }},
	{"strace", []string{"strace"}, "it makes the disk fail under the server", "a disk that fails",
		func() bool { return anyProgram("strace") }},
	{"a font", []string{"fonts-dejavu-core"}, "screenshots need a fallback font", "text beyond our own font",
		func() bool { return anyFile("/usr/share/fonts/*/*/*.ttf", "/usr/share/fonts/*/*.ttf") }},
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

func missingTools(all []tool) (missing toolset) {
	for _, t := range all {
		if !t.present() {
			missing = append(missing, t)
		}
	}
	return missing
}

// provide installs what is missing where it may and returns what is missing
// still; each of that counts as one skip.
func provide(r *runner, noInstall bool) toolset {
	missing := missingTools(tools)
	for _, t := range missing {
		fmt.Fprintf(r.out, "missing: %s (%s): %s\n", t.name, strings.Join(t.packages, " "), t.why)
	}
	if len(missing) > 0 && !noInstall {
		r.step("install "+strings.Join(missing.packages(), " "), func() (string, error) {
			return "", install(r, missing.packages())
		})
		missing = missingTools(tools)
	}
	for _, t := range missing {
		r.skip("not tested: "+t.untested, t.name+" is not installed")
	}
	return missing
}

// install asks apt for the packages, first with the lists that are there.
func install(r *runner, packages []string) error {
	if !anyProgram("apt-get") {
		return fmt.Errorf("no apt-get here: install these yourself: %s", strings.Join(packages, " "))
	}
	args := append([]string{"install", "-y", "--no-install-recommends"}, packages...)
	if err := r.stream(aptGet(args...)); err == nil {
		return nil
	}
	fmt.Fprintln(r.out, "the package lists are missing or old")
	if err := r.stream(aptGet("update")); err != nil {
		return fmt.Errorf("apt-get update: %w", err)
	}
	if err := r.stream(aptGet(args...)); err != nil {
		return fmt.Errorf("apt-get install: %w", err)
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
