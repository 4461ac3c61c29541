package core

import (
	"slices"

	"hoicho/internal/registry"
)

// JoinFaults adds faults found first to those of err. An error of another kind
// wins.
func JoinFaults(first registry.Faults, err error) error {
	switch e := err.(type) {
	case nil:
		return first.Err()
	case registry.Faults:
		return append(slices.Clone(first), e...)
	case *registry.Error:
		return append(slices.Clone(first), e)
	}
	return err
}
