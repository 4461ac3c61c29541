package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// manifest is what `hoicho demo --manifest` tells scripts.
type manifest struct {
	BaseURL string `json:"base_url"`
	Events  []struct {
		Slug  string `json:"slug"`
		State string `json:"state"`
	} `json:"events"`
	Passes []struct {
		QRText string `json:"qr_text"`
		Kind   string `json:"kind"`
	} `json:"passes"`
	GatePairTokens []string `json:"gate_pair_tokens"`
}

// texts are the symbols of the passes that go in and out.
func (m manifest) texts() (texts []string) {
	for _, p := range m.Passes {
		if p.Kind == "visitor" || p.Kind == "staff" {
			texts = append(texts, p.QRText)
		}
	}
	return texts
}

// build compiles the product into dir as README says, and returns the path of the
// binary.
func build(ctx context.Context, dir string) (string, error) {
	bin := filepath.Join(dir, "hoicho")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", bin, "./cmd/hoicho")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	return bin, cmd.Run()
}

// process is a server under measurement.
type process struct {
	cmd   *exec.Cmd
	base  string
	began time.Time
	ready time.Duration // from the start to the first good answer of readyz
}

// start runs a program and waits until an address of it answers.
func start(ctx context.Context, base, probe, program string, args ...string) (*process, error) {
	return await(exec.CommandContext(ctx, program, args...), base, probe)
}

// await starts a command and waits until an address of it answers.
func await(cmd *exec.Cmd, base, probe string) (*process, error) {
	cmd.Stderr = os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, base: base, began: began}
	for time.Since(began) < 2*time.Minute {
		if res, err := http.Get(base + probe); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				p.ready = time.Since(began)
				return p, nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	return nil, errors.Join(fmt.Errorf("%s did not become ready", cmd.Path), p.stop())
}

// stop asks the process to end and waits for it.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	err := p.cmd.Wait()
	if e := (*exec.ExitError)(nil); errors.As(err, &e) {
		return nil
	}
	return err
}

// residentMB is the memory that the process holds, in megabytes.
func (p *process) residentMB() (float64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024, err
		}
	}
	return 0, errors.New("no VmRSS")
}

// freeAddr is an address on loopback that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func readManifest(path string) (m manifest, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(raw, &m)
}

// runningSlug names the event that is on today.
func (m manifest) runningSlug() (string, error) {
	for _, e := range m.Events {
		if e.State == "running" {
			return e.Slug, nil
		}
	}
	return "", errors.New("the demo has no running event")
}
