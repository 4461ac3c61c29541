package booths_test

import (
	"bytes"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// placed is an event with booths A01 to A04 and two approved applications, one for two booths.
func placed(t *testing.T, options ...testkit.EventOption) (s *testkit.Stage, list []registry.Booth) {
	t.Helper()
	s = testkit.NewStage(t, options...)
	s.Applied(registry.AppApproved, testkit.Wishing(2))
	s.Applied(registry.AppApproved)
	return s, s.Booths(s.Fair.ID, "A", 4)
}

func stateOf(s *testkit.Stage, state registry.BoothState) (n int) {
	s.Read(func(tx *store.Tx) error {
		list, err := tx.Booths(s.T.Context(), s.Fair.ID)
		for _, b := range list {
			if b.State == state {
				n++
			}
		}
		return err
	})
	return n
}

func TestPlacingGivesWhatWasShownAndIsUndone(t *testing.T) {
	s, _ := placed(t)
	ctx := t.Context()
	p, err := s.App.Booths.PreviewPlacing(ctx, s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	if len(p.Placed) != 3 || p.Vendors != 2 || stateOf(s, registry.BoothAssigned) != 0 {
		t.Fatalf("%d proposed to %d vendors, %d given by the preview", len(p.Placed), p.Vendors, stateOf(s, registry.BoothAssigned))
	}
	n, err := s.App.Booths.PlaceAll(ctx, s.Reviewer, s.Fair.ID, p.Mark)
	valid := testkit.CountKinds(testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID), registry.PassValid)
	if err != nil || n != 3 || stateOf(s, registry.BoothAssigned) != 3 || valid[registry.BoothPass] != 3 || len(s.Audited("booth.place_all")) != 1 {
		t.Fatalf("%d given (%v), %d assigned, passes %v", n, err, stateOf(s, registry.BoothAssigned), valid)
	}
	_, err = s.App.Booths.PlaceAll(ctx, s.Reviewer, s.Fair.ID, p.Mark)
	testkit.Refused(t, "again", err, registry.Conflict, "placing.error.changed")
	u, ok, err := s.App.Booths.PreviewUndo(ctx, s.Reviewer, s.Fair.ID)
	if err != nil || !ok || u.Refused != nil || u.Vendors != 2 || u.Passes == 0 {
		t.Fatalf("undo of %+v, %v (%v)", u, ok, err)
	}
	_, err = s.App.Booths.UndoPlacing(ctx, s.Reviewer, s.Fair.ID, "another")
	testkit.Refused(t, "of another batch", err, registry.Conflict, "error.stale")
	n, err = s.App.Booths.UndoPlacing(ctx, s.Reviewer, s.Fair.ID, u.Batch.ID)
	left := testkit.CountKinds(testkit.AllPasses(t, s.Kit, s.Reviewer, s.Fair.ID), registry.PassValid)
	if err != nil || n != 3 || stateOf(s, registry.BoothFree) != 4 || len(left) != 0 || len(s.Audited("booth.place_undo")) != 1 {
		t.Errorf("%d undone (%v), %d free, passes in force %v", n, err, stateOf(s, registry.BoothFree), left)
	}
	if _, ok, _ := s.App.Booths.PreviewUndo(ctx, s.Reviewer, s.Fair.ID); ok {
		t.Error("an undone batch can be undone again")
	}
}

func TestARowThatIsLeftOutIsNotPlaced(t *testing.T) {
	s, _ := placed(t)
	ctx := t.Context()
	p, err := s.App.Booths.PreviewPlacing(ctx, s.Reviewer, s.Fair.ID)
	testkit.Works(t, err)
	out := p.Placed[2]
	_, err = s.App.Booths.PlaceAll(ctx, s.Reviewer, s.Fair.ID, p.Mark, "unknown")
	testkit.Refused(t, "what was not proposed", err, registry.Conflict, "placing.error.changed")
	_, err = s.App.Booths.PlaceAll(ctx, s.Reviewer, s.Fair.ID, p.Mark, p.Placed[0].Booth.ID, p.Placed[1].Booth.ID, out.Booth.ID)
	testkit.Refused(t, "all of it", err, registry.Conflict, "placing.error.nothing")
	n, err := s.App.Booths.PlaceAll(ctx, s.Reviewer, s.Fair.ID, p.Mark, out.Booth.ID)
	if err != nil || n != 2 || stateOf(s, registry.BoothAssigned) != 2 {
		t.Fatalf("%d given (%v), %d assigned", n, err, stateOf(s, registry.BoothAssigned))
	}
	again, err := s.App.Booths.PreviewPlacing(ctx, s.Reviewer, s.Fair.ID)
	if err != nil || len(again.Placed) != 1 || again.Placed[0].Application != out.Application {
		t.Errorf("%+v (%v) is proposed next", again.Placed, err)
	}
}

func TestPlacingIsAllOrNothing(t *testing.T) {
	for name, change := range map[string]func(*testkit.Stage, []registry.Booth) error{
		"a booth was blocked": func(s *testkit.Stage, list []registry.Booth) error {
			return s.App.Booths.BlockBooth(s.T.Context(), s.Reviewer, s.Ref(list[3]))
		},
		"another application was approved": func(s *testkit.Stage, _ []registry.Booth) error {
			s.Applied(registry.AppApproved)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, list := placed(t)
			p, err := s.App.Booths.PreviewPlacing(t.Context(), s.Reviewer, s.Fair.ID)
			testkit.Works(t, err)
			testkit.Works(t, change(s, list))
			_, err = s.App.Booths.PlaceAll(t.Context(), s.Reviewer, s.Fair.ID, p.Mark)
			testkit.Refused(t, name, err, registry.Conflict, "placing.error.changed")
			if n := stateOf(s, registry.BoothAssigned); n != 0 {
				t.Errorf("%d booths were given all the same", n)
			}
		})
	}
	t.Run("for nobody elsewhere", func(t *testing.T) {
		s, _ := placed(t)
		elsewhere, _ := s.Officer(registry.Organiser, "01")
		if _, err := s.App.Booths.PreviewPlacing(t.Context(), elsewhere, s.Fair.ID); err == nil {
			t.Error("previewed from elsewhere")
		}
	})
}

func TestUndoIsRefusedOnceSomethingWasBuilt(t *testing.T) {
	for name, c := range map[string]struct {
		build func(*testkit.Stage, []registry.Booth) error
		key   string
	}{
		"a booth was given back": {func(s *testkit.Stage, list []registry.Booth) error {
			return s.App.Booths.ReleaseBooth(s.T.Context(), s.Reviewer, s.Ref(list[0]))
		}, "placing.error.moved"},
		"two were swapped": {func(s *testkit.Stage, list []registry.Booth) error {
			return s.App.Booths.SwapBooths(s.T.Context(), s.Reviewer, s.Ref(list[0]), list[2].ID)
		}, "placing.error.moved"},
		"passes were printed": {func(s *testkit.Stage, _ []registry.Booth) error {
			_, err := s.App.Passes.StartPaper(s.T.Context(), s.Reviewer, passes.PaperInput{Event: s.Fair.ID, Paper: passes.PaperPasses, Lang: "vi"})
			if err == nil {
				_, err = s.App.RunJob(s.T.Context())
			}
			return err
		}, "placing.error.printed"},
	} {
		t.Run(name, func(t *testing.T) {
			s, list := placed(t)
			p, err := s.App.Booths.PreviewPlacing(t.Context(), s.Reviewer, s.Fair.ID)
			testkit.Works(t, err)
			testkit.Works(t, testkit.Second(s.App.Booths.PlaceAll(t.Context(), s.Reviewer, s.Fair.ID, p.Mark)))
			s.Clock.Add(1e9)
			testkit.Works(t, c.build(s, list))
			given := stateOf(s, registry.BoothAssigned)
			u, _, err := s.App.Booths.PreviewUndo(t.Context(), s.Reviewer, s.Fair.ID)
			testkit.Works(t, err)
			_, err = s.App.Booths.UndoPlacing(t.Context(), s.Reviewer, s.Fair.ID, u.Batch.ID)
			testkit.Refused(t, name, err, registry.Conflict, c.key)
			if stateOf(s, registry.BoothAssigned) != given {
				t.Error("booths were taken back all the same")
			}
		})
	}
}

func TestSeveralBoothsChangeAtOnce(t *testing.T) {
	s := testkit.NewStage(t)
	list := s.Booths(s.Fair.ID, "A", 4)
	a := s.Applied(registry.AppApproved, func(a *registry.Application) { a.NeedsPower = true })
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(list[0]), a.ID))
	ids := func(n ...int) (out []registry.BoothID) {
		for _, i := range n {
			out = append(out, list[i].ID)
		}
		return out
	}
	change := func(do booths.ManyDo, n ...int) (booths.Many, error) {
		in := booths.ManyInput{Event: s.Fair.ID, Booths: ids(n...), Do: do}
		m, err := s.App.Booths.PreviewMany(t.Context(), s.Reviewer, in)
		if err == nil {
			done, fault := s.App.Booths.ChangeMany(t.Context(), s.Reviewer, in)
			if err = fault; done != len(m.Change) {
				t.Errorf("%s: %d changed, %d were named", do, done, len(m.Change))
			}
		}
		return m, err
	}
	for _, c := range []struct {
		do                      booths.ManyDo
		booths                  []int
		change, same, had, lose int
	}{
		{booths.ManyPower, []int{0, 1, 1}, 2, 0, 0, 0},
		{booths.ManyNoPower, []int{0, 2}, 1, 1, 0, 1},
		{booths.ManySpecial, []int{0, 1, 2}, 3, 0, 0, 0},
		{booths.ManyBlock, []int{0, 1, 2}, 2, 0, 1, 0},
		{booths.ManyUnblock, []int{1, 3}, 1, 1, 0, 0},
	} {
		t.Run(string(c.do), func(t *testing.T) {
			m, err := change(c.do, c.booths...)
			if err != nil || len(m.Change) != c.change || len(m.Same) != c.same || len(m.Had) != c.had || len(m.Lose) != c.lose {
				t.Errorf("%d change, %d are so, %d had, %d lose (%v); want %+v", len(m.Change), len(m.Same), len(m.Had), len(m.Lose), err, c)
			}
		})
	}
	t.Run("not what was promised", func(t *testing.T) {
		for range 2 {
			s.Applied(registry.AppApproved)
		}
		_, err := change(booths.ManyBlock, 1, 3)
		testkit.Refused(t, "two of three", err, registry.Conflict, "error.booth.promised")
	})
	t.Run("not nothing", func(t *testing.T) {
		for field, in := range map[string]booths.ManyInput{"booths": {Event: s.Fair.ID, Do: booths.ManyBlock}, "do": {Event: s.Fair.ID, Booths: ids(1), Do: "paint"}} {
			_, err := s.App.Booths.ChangeMany(t.Context(), s.Reviewer, in)
			if testkit.FaultsAt(err)[field] == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestPapersOfBooths(t *testing.T) {
	s, list := placed(t)
	viewer, _ := s.Officer(registry.Viewer, "19")
	for _, paper := range booths.Papers {
		f, err := s.App.Booths.Paper(t.Context(), s.Reviewer, s.Fair.ID, paper, "vi")
		if err != nil || !bytes.HasPrefix(f.Data, []byte("%PDF")) || len(testkit.PDFPages(t, f.Data, 40)) != 1 {
			t.Errorf("%s for %d booths: %d bytes (%v)", paper, len(list), len(f.Data), err)
		}
		if _, err := s.App.Booths.Paper(t.Context(), viewer, s.Fair.ID, paper, "vi"); (err != nil) != (paper == booths.PaperLoadIn) {
			t.Errorf("%s for a viewer: %v", paper, err)
		}
	}
	if _, err := s.App.Booths.Paper(t.Context(), s.Reviewer, s.Fair.ID, "x.pdf", "vi"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a paper that is none: %v", err)
	}
}
