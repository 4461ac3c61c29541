package registry

import (
	"slices"
	"testing"
)

func TestStepsOfATip(t *testing.T) {
	t.Parallel()
	holdsFor(t, "what was checked or closed is told to the public", TipStates, TipState.NeedsOutcome, TipChecked, TipClosed)
	holdsFor(t, "every tip is sorted first", TipStates, TipReceived.CanBecome, TipSorted)
	holdsFor(t, "what is settled at the stall need not be handed over", TipStates, TipSorted.CanBecome, TipHandedOver, TipChecked, TipClosed)
	holdsFor(t, "closed is final", TipStates, TipClosed.CanBecome)
	next := TipSorted.Next()
	next[0] = TipReceived
	claims(t, map[string]bool{
		"the steps that are offered are those that may follow": slices.Equal(TipSorted.Next(), []TipState{TipHandedOver, TipChecked, TipClosed}),
	})
}
