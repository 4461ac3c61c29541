package testkit

import (
	"fmt"
	"runtime"
	"testing"
)

// ending records how a helper ended the test it was given.
type ending struct {
	testing.TB
	how, why string
}

func (e *ending) Helper() {}

func (e *ending) Fatalf(format string, args ...any) { e.end("failed", format, args...) }

func (e *ending) Skipf(format string, args ...any) { e.end("skipped", format, args...) }

func (e *ending) Fatal(args ...any) { e.end("failed", "%s", fmt.Sprint(args...)) }

func (e *ending) Errorf(format string, args ...any) {
	e.how, e.why = "failed", fmt.Sprintf(format, args...)
}

func (e *ending) end(how, format string, args ...any) {
	e.how, e.why = how, fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// endingOf runs the helper in a goroutine of its own, because a helper that
// ends its test ends the goroutine.
func endingOf(t *testing.T, helper func(testing.TB)) *ending {
	e := &ending{TB: t, how: "went on"}
	done := make(chan struct{})
	go func() {
		defer close(done)
		helper(e)
	}()
	<-done
	return e
}

func TestNeedSkipsOutsideCIOnly(t *testing.T) {
	for _, c := range []struct{ ci, program, want string }{
		{"", "go", "went on"},
		{"1", "go", "went on"},
		{"", "no-such-program", "skipped"},
		{"1", "no-such-program", "failed"},
	} {
		t.Setenv("HOICHO_CI", c.ci)
		e := endingOf(t, func(tb testing.TB) { Need(tb, c.program) })
		if e.how != c.want {
			t.Errorf("HOICHO_CI=%q Need(%q) %s, want %s", c.ci, c.program, e.how, c.want)
		}
	}
}
