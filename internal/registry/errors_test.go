package registry_test

import (
	"errors"
	"fmt"
	"testing"

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
