package web_test

import (
	"fmt"
	"testing"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// BenchmarkCampaignPages opens the pages of a year with 500 tasks and 5,000 entries of
// the register, as an officer of the province does: over HTTP, nothing kept.
func BenchmarkCampaignPages(b *testing.B) {
	k := testkit.NewApp(b)
	task := k.Task()
	first := k.App.Today()[:4] + "-01-01"
	communes := k.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	k.Write(func(tx *store.Tx) error {
		for i := range 500 {
			t := task
			t.ID, t.Strand, t.Title = "", committee.Strands[i%len(committee.Strands)], fmt.Sprintf("Nhiệm vụ %d", i)
			t.DueOn = vn.AddDays(first, i%365)
			if err := tx.InsertTask(b.Context(), &t, "officer"); err != nil {
				return err
			}
		}
		for i := range 5000 {
			area, channel := communes[i%len(communes)].Ref, committee.Channels[i%len(committee.Channels)]
			day := vn.AddDays(first, i%330)
			c := committee.Communication{Client: fmt.Sprint(i), Channel: channel.ID, Times: 1 + i%3, Counted: channel.Counts, People: i % 100, Area: area,
				From: day, Until: day, Audiences: []committee.Audience{committee.People}}
			if err := tx.InsertCommunication(b.Context(), &c, k.App.Areas.Scope(area)); err != nil {
				return err
			}
		}
		return nil
	})
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(b, k.Serve())
	c.SignInAs(token)
	for name, path := range map[string]string{"plan": "/quan-ly/ke-hoach/" + string(task.Plan), "tasks": "/quan-ly/nhiem-vu", "register": "/quan-ly/tuyen-truyen"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if got := c.Get(path); got.Status != 200 {
					b.Fatalf("%s: %d", path, got.Status)
				}
			}
		})
	}
}
