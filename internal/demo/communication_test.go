package demo_test

import (
	"testing"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// communications: the register has entries of these months and of 2020, in the units of
// their days.
func (d filled) communications(t *testing.T) {
	d.k.Read(func(tx *store.Tx) error {
		old, err := tx.Communications(t.Context(), committee.CommunicationFilter{Until: "2020-12-31"})
		if err != nil {
			return err
		}
		for _, c := range old {
			if c.Area.Edition != registry.Edition2025Before {
				t.Errorf("%s of %s is in %s", c.Number(), c.From, c.Area)
			}
		}
		all, err := tx.CountCommunications(t.Context(), committee.CommunicationFilter{})
		if len(old) != 13 || all != 73 { // one of them written after the year was locked
			t.Errorf("%d entries, %d of 2020", all, len(old))
		}
		return err
	})
}
