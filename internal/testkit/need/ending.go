package need

import (
	"fmt"
	"runtime"
	"testing"
)

// Ending records how a helper ended the test it was given.
type Ending struct {
	testing.TB
	How, Why string
}

// Helper stands in for that of the test.
func (e *Ending) Helper() {}

// Fatalf stands in for that of the test.
func (e *Ending) Fatalf(format string, args ...any) { e.end("failed", format, args...) }

// Skipf stands in for that of the test.
func (e *Ending) Skipf(format string, args ...any) { e.end("skipped", format, args...) }

// Fatal stands in for that of the test.
func (e *Ending) Fatal(args ...any) { e.end("failed", "%s", fmt.Sprint(args...)) }

// Errorf stands in for that of the test.
func (e *Ending) Errorf(format string, args ...any) {
	e.How, e.Why = "failed", fmt.Sprintf(format, args...)
}

func (e *Ending) end(how, format string, args ...any) {
	e.How, e.Why = how, fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// EndingOf runs the helper in a goroutine of its own, because a helper that
// ends its test ends the goroutine.
func EndingOf(t *testing.T, helper func(testing.TB)) *Ending {
	e := &Ending{TB: t, How: "went on"}
	done := make(chan struct{})
	go func() {
		defer close(done)
		helper(e)
	}()
	<-done
	return e
}
