package core_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestWhoReadsAFile(t *testing.T) {
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	_, stranger, _ := k.OwnVendor()
	event := k.Event()
	away := k.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "00004"}))
	k.Application(away, v.ID)
	officer := func(role registry.Role, area string) registry.Actor { a, _ := k.Officer(role, area); return a }
	store := func(f registry.File) (id registry.FileID) {
		f.ContentType, f.Name, f.Data = "application/pdf", "giay.pdf", []byte("%PDF")
		k.Write(func(tx *store.Tx) (err error) {
			id, err = tx.InsertFile(t.Context(), f)
			return err
		})
		return id
	}
	public, paper, report := store(registry.File{Public: true}), store(registry.File{Owner: v.ID}), store(registry.File{Event: event.ID})
	for name, c := range map[string]struct {
		actor                 registry.Actor
		public, paper, report bool
	}{
		"anybody":                     {registry.Actor{}, true, false, false},
		"its owner":                   {owner, true, true, false},
		"another vendor":              {stranger, true, false, false},
		"an organiser here":           {officer(registry.Organiser, "19"), true, true, true},
		"an inspector here":           {officer(registry.Inspector, "19"), true, true, false},
		"a reviewer here":             {officer(registry.Reviewer, "19"), true, true, false},
		"a gate chief here":           {officer(registry.GateChief, "19"), true, false, false},
		"a reviewer where it applied": {officer(registry.Reviewer, "01"), true, true, false},
		"a reviewer elsewhere":        {officer(registry.Reviewer, "04"), true, false, false},
		"an inspector elsewhere":      {officer(registry.Inspector, "01"), true, false, false},
		"an administrator":            {officer(registry.Admin, ""), true, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			for what, may := range map[registry.FileID]bool{public: c.public, paper: c.paper, report: c.report} {
				f, err := k.App.File(t.Context(), c.actor, what, registry.PhotoWhole)
				if (err == nil) != may || err == nil && string(f.Data) != "%PDF" || err != nil && registry.KindOf(err) != registry.NotFound {
					t.Errorf("public %v, owner %q, event %q: %v, want %v", f.Public, f.Owner, f.Event, err, may)
				}
			}
		})
	}
}
