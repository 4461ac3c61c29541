package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// setClocks gives the tests another day: their own clock through the
// environment, the machine's by a standard library whose time.Now runs ahead.
func (r *runner) setClocks(o options) error {
	if o.clock != "" {
		if _, err := time.Parse("2006-01-02T15:04", o.clock); err != nil {
			return fmt.Errorf("-clock: %w", err)
		}
		r.env = append(r.env, "HOICHO_TEST_CLOCK="+o.clock)
	}
	if o.ahead == 0 {
		return nil
	}
	goroot, err := r.collect("go", "env", "GOROOT")
	if err != nil {
		return fmt.Errorf("go env GOROOT: %w", err)
	}
	folder, err := os.MkdirTemp("", "hoicho-ahead-")
	if err != nil {
		return err
	}
	r.atEnd = append(r.atEnd, func() { os.RemoveAll(folder) })
	overlay, err := overlayAhead(folder, strings.TrimSpace(goroot), o.ahead)
	if err == nil {
		r.env = append(r.env, buildFlags("-overlay="+overlay))
	}
	return err
}

// overlayAhead writes a copy of the standard library's clock that runs ahead,
// and the overlay by which the go command takes it. The monotonic reading is
// left out, since only the wall is moved.
func overlayAhead(folder, goroot string, ahead time.Duration) (string, error) {
	file := filepath.Join(goroot, "src", "time", "time.go")
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	const now = "\nfunc Now() Time {"
	if strings.Count(string(text), now) != 1 {
		return "", fmt.Errorf("%s: this Go tells the time in another way; mend overlayAhead", file)
	}
	moved := strings.Replace(string(text), now, fmt.Sprintf("\nfunc Now() Time { return machineNow().Round(0).Add(%d) }\n\nfunc machineNow() Time {", ahead), 1)
	clock, overlay := filepath.Join(folder, "time.go"), filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(clock, []byte(moved), 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {file: clock}})
	if err != nil {
		return "", err
	}
	return overlay, os.WriteFile(overlay, list, 0o600)
}
