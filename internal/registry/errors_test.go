package registry_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"hoicho/internal/registry"
)

// No error alone is None: an error that forgot its kind must not pass for success.
func TestKindOf(t *testing.T) {
	t.Parallel()
	var none registry.Faults
	for name, c := range map[string]struct {
		err  error
		want registry.Kind
	}{
		"no error":           {nil, registry.None},
		"faults without one": {none.Err(), registry.None},
		"another's error":    {errors.New("disk"), registry.Internal},
		"ours":               {registry.E(registry.Conflict, "k"), registry.Conflict},
		"at a field":         {registry.At("f", "k"), registry.Invalid},
		"wrapped":            {fmt.Errorf("x: %w", registry.E(registry.NotFound, "k")), registry.NotFound},
		"the first of two":   {registry.Faults{registry.E(registry.TooLarge, "k"), registry.At("f", "k")}, registry.TooLarge},
		"of no kind":         {&registry.Error{Key: "k"}, registry.Internal},
		"made with None":     {registry.E(registry.None, "k"), registry.Internal},
		"a fault of no kind": {registry.Faults{{Key: "k"}}, registry.Internal},
		"empty faults":       {none, registry.Internal},
	} {
		if got := registry.KindOf(c.err); got != c.want {
			t.Errorf("%s: kind %d, want %d", name, got, c.want)
		}
	}
}

func TestHowLongToWait(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wait time.Duration
		want string
	}{
		{0, "error.wait_seconds [1]"}, {400 * time.Millisecond, "error.wait_seconds [1]"}, {1600 * time.Millisecond, "error.wait_seconds [2]"},
		{99 * time.Second, "error.wait_seconds [99]"}, {100 * time.Second, "error.wait_minutes [2]"}, {2 * time.Minute, "error.wait_minutes [2]"},
		{2*time.Minute + 1, "error.wait_minutes [3]"}, {59*time.Minute + 30*time.Second, "error.wait_minutes [60]"},
	} {
		t.Run(c.wait.String(), func(t *testing.T) {
			if e := registry.TooSoon(c.wait); e.Error() != c.want || e.Kind != registry.Limited || e.Wait != c.wait {
				t.Errorf("says %q after %v", e, e.Wait)
			}
		})
	}
}

func TestFaultsOfOneInput(t *testing.T) {
	t.Parallel()
	var faults registry.Faults
	faults.Check(true, "name", "error.empty")
	if err := faults.Err(); err != nil {
		t.Errorf("what holds is a fault: %v", err)
	}
	faults.Check(false, "phone", "error.phone")
	faults.Add("days", "error.days", 3)
	if err := faults.Err(); err == nil || err.Error() != "error.phone (field phone) []\nerror.days (field days) [3]" {
		t.Errorf("a log tells %q", err)
	}
	if got := registry.E(registry.NotFound, "error.gone", "x").Error(); got != "error.gone [x]" {
		t.Errorf("a log tells %q of a fault at no field", got)
	}
}
