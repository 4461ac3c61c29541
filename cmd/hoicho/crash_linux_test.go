package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// TestLongKilledUnderLoad kills the server fifty times in CI while eight phones send:
// after each restart every acknowledged scan is there once, with the answer that
// the phone got, and at the end the counters fit the scans. The control is what was
// on its way: some of that is lost, so the kills hit while something was being
// written, and a server that acknowledged before it wrote would be found out.
func TestLongKilledUnderLoad(t *testing.T) {
	need.Long(t)
	t.Parallel()
	s := newCrashSite(t, 8)
	r := rand.New(rand.NewPCG(1, uint64(testkit.MachineNow().UnixNano())))
	cycles := testkit.Rounds(50)
	lost := 0
	for range cycles {
		s.start()
		stop := s.runPhones(r)
		time.Sleep(time.Duration(50+r.IntN(250)) * time.Millisecond)
		s.kill()
		stop()
		lost += s.checkAcknowledged()
		if t.Failed() {
			return
		}
	}
	s.start()
	stop := s.runPhones(r)
	time.Sleep(300 * time.Millisecond)
	stop()
	s.kill()
	s.checkAcknowledged()
	s.checkFigures()
	total, acked := 0, 0
	for _, p := range s.phones {
		total, acked = total+len(p.sent), acked+len(p.acked)
	}
	t.Logf("%d scans in %d lives of the server, %d acknowledged; %d on their way were lost and sent again", total, cycles+1, acked, lost)
	if lost == 0 || acked < 20*cycles {
		t.Errorf("the kills do not bite: %d acknowledged, %d lost on their way", acked, lost)
	}
}

// TestLongDiskFails makes the disk fail under the server: writing, making durable,
// and room. What was acknowledged is there; what could not be kept is refused with
// 503, and when the disk is well again, all goes on. The controls: the faults did
// happen, phones heard of it, and what was refused and not sent again is not there.
func TestLongDiskFails(t *testing.T) {
	need.Long(t)
	t.Parallel()
	strace := testkit.Need(t, "strace")
	for name, fault := range map[string]string{
		"fsync fails":    "inject=fsync,fdatasync:error=EIO:when=12+5",
		"no room":        "inject=pwrite64:error=ENOSPC:when=60+9",
		"writing fails":  "inject=pwrite64:error=EIO:when=60+11",
		"all syncs fail": "inject=fsync,fdatasync:error=EIO:when=12..60",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newCrashSite(t, 4)
			log := filepath.Join(s.dir, "strace.log")
			s.wrapper = []string{strace, "-f", "-q", "-o", log, "-e", "trace=fsync,fdatasync,pwrite64", "-e", fault}
			s.phones[0].givesUp = true
			s.start()
			stop := s.runPhones(rand.New(rand.NewPCG(5, 6)))
			time.Sleep(3 * time.Second)
			s.phones[0].waitForFaults()
			stop()
			s.kill()
			s.wrapper = nil
			s.start() // on a disk that is well again
			stop = s.runPhones(rand.New(rand.NewPCG(7, 8)))
			time.Sleep(300 * time.Millisecond)
			stop()
			s.kill()
			s.checkAcknowledged()
			s.checkFigures()
			s.checkRefused(log)
		})
	}
}

// waitForFaults waits until the phone was refused, and for a while until others have been
// stored: what was refused last may stand in the write-ahead log, where a kill leaves it to be
// found, until something is stored over it.
func (p *crashPhone) waitForFaults() {
	const most = time.Minute // on a slow machine the faults come late
	waitUntil(most, func() bool { return p.forgot.Load() })
	waitUntil(3*time.Second, func() bool { return p.after.Load() >= 5 })
}

func waitUntil(most time.Duration, met func() bool) {
	for end := testkit.MachineNow().Add(most); !met() && testkit.MachineNow().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
}

// checkRefused is the control of a failing disk.
func (s *crashSite) checkRefused(log string) {
	s.t.Helper()
	raw, err := os.ReadFile(log)
	if err != nil {
		testkit.Missing(s.t, "strace could not watch the server: %v", err)
	}
	injected := strings.Count(string(raw), "(INJECTED)")
	refused, acked := 0, 0
	var given []registry.ScanID
	for _, p := range s.phones {
		refused, acked, given = refused+p.refused, acked+len(p.acked), append(given, p.given...)
	}
	found, _ := s.stored(given)
	s.t.Logf("%d faults, %d answers of 503, %d acknowledged; of %d refused for good %d are stored", injected, refused, acked, len(given), len(found))
	if injected == 0 || refused == 0 || acked == 0 || len(found) == len(given) {
		s.t.Error("the faults do not bite")
	}
}
