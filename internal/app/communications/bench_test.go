package communications_test

import (
	"fmt"
	"testing"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// BenchmarkRegister lists a page of 5,000 entries with all figures of the year.
func BenchmarkRegister(b *testing.B) {
	k := testkit.NewApp(b)
	actor, _ := k.Officer(registry.Communicator, "19")
	first := k.App.Today()[:4] + "-01-01"
	communes := k.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	k.Write(func(tx *store.Tx) error {
		for i := range 5000 {
			area := communes[i%len(communes)].Ref
			channel := committee.Channels[i%len(committee.Channels)]
			c := committee.Communication{Client: fmt.Sprint(i), Channel: channel.ID, Times: 1 + i%3, Counted: channel.Counts, People: i % 100, Area: area,
				From: vn.AddDays(first, i%330), Until: vn.AddDays(first, i%330), Audiences: []committee.Audience{committee.People}}
			if err := tx.InsertCommunication(b.Context(), &c, k.App.Areas.Scope(area)); err != nil {
				return err
			}
		}
		return nil
	})
	q := communications.Query{Year: k.App.DB.Now().Year(), Filter: committee.CommunicationFilter{Limit: 50}}
	for b.Loop() {
		if _, err := k.App.Communications.Register(b.Context(), actor, q); err != nil {
			b.Fatal(err)
		}
	}
}
