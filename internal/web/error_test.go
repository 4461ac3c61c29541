package web

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// A kind without a status would be answered as a success.
func TestEveryKindHasAStatusOfAFault(t *testing.T) {
	for kind := registry.None; kind <= registry.Unavailable; kind++ {
		if status := frame.StatusOf[kind]; status < 400 {
			t.Errorf("kind %d is answered with %d", kind, status)
		}
	}
}
