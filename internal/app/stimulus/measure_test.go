package stimulus_test

import (
	"testing"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func measureTyped() stim.MeasureInput {
	return stim.MeasureInput{Kind: "transport", Text: "Xe đưa đón miễn phí từ thôn Pác Ngòi", Quantity: "8", Value: "12 triệu", Provider: "UBND xã Ba Bể"}
}

func TestMeasureIsAddedChangedDroppedAndRestored(t *testing.T) {
	t.Parallel()
	s := testkit.NewStage(t)
	works := func(err error) {
		t.Helper()
		testkit.Works(t, err)
	}
	works(s.App.Stimulus.AddMeasure(t.Context(), s.Reviewer, s.Fair.ID, measureTyped()))
	public := func() stim.Public {
		p, err := s.App.Stimulus.OfEvent(t.Context(), s.Fair)
		works(err)
		return p
	}
	got := public().Measures
	if len(got) != 1 || got[0].ValueDong != 12_000_000 || got[0].Quantity != 8 || got[0].From != s.Fair.OpensOn || got[0].To != s.Fair.ClosesOn {
		t.Fatalf("added: %+v", got)
	}
	id := got[0].ID
	in := stim.MeasureInputOf(got[0])
	in.Text, in.To = "Xe đón từ 6 giờ", vn.ShowDate(s.Fair.OpensOn)
	works(s.App.Stimulus.EditMeasure(t.Context(), s.Reviewer, s.Fair.ID, id, in))
	if err := s.App.Stimulus.EditMeasure(t.Context(), s.Reviewer, s.Fair.ID, id, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a stale change: %v", err)
	}
	works(s.App.Stimulus.DropMeasure(t.Context(), s.Reviewer, s.Fair.ID, id, true))
	if n := len(public().Measures); n != 0 {
		t.Errorf("dropped, and %d are shown", n)
	}
	works(s.App.Stimulus.DropMeasure(t.Context(), s.Reviewer, s.Fair.ID, id, false))
	if got := public().Measures; len(got) != 1 || got[0].Text != in.Text || got[0].To != s.Fair.OpensOn {
		t.Errorf("restored: %+v", got)
	}
}

func TestMeasureIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	s := testkit.NewStage(t)
	for name, c := range map[string]struct {
		change     func(*stim.MeasureInput)
		field, key string
	}{
		"an unknown kind":       {func(in *stim.MeasureInput) { in.Kind = "lottery" }, "kind", "error.choose"},
		"a kind of a program":   {func(in *stim.MeasureInput) { in.Kind = "voucher" }, "kind", "error.choose"},
		"no sentence":           {func(in *stim.MeasureInput) { in.Text = "" }, "text", "error.required"},
		"nobody provides it":    {func(in *stim.MeasureInput) { in.Provider = "" }, "provider", "error.required"},
		"less than none":        {func(in *stim.MeasureInput) { in.Quantity = "-3" }, "quantity", "error.negative"},
		"worth a trillion":      {func(in *stim.MeasureInput) { in.Value = "1000 tỷ" }, "value", "error.number_too_big"},
		"a day after the event": {func(in *stim.MeasureInput) { in.To = vn.ShowDate(vn.AddDays(s.Fair.ClosesOn, 1)) }, "from", "measure.error.days"},
		"days the other way": {func(in *stim.MeasureInput) {
			in.From, in.To = vn.ShowDate(s.Fair.ClosesOn), vn.ShowDate(s.Fair.OpensOn)
		}, "to", "error.date_order"},
	} {
		t.Run(name, func(t *testing.T) {
			in := measureTyped()
			c.change(&in)
			if err := s.App.Stimulus.AddMeasure(t.Context(), s.Reviewer, s.Fair.ID, in); at(err, c.field) != c.key {
				t.Errorf("%v, want %s at %s", err, c.key, c.field)
			}
		})
	}
}

func TestWhoMayChangeMeasures(t *testing.T) {
	t.Parallel()
	s := testkit.NewStage(t)
	m := s.Measure(s.Fair)
	reviewer, _ := s.Officer(registry.Reviewer, "19")
	if err := s.App.Stimulus.AddMeasure(t.Context(), reviewer, s.Fair.ID, measureTyped()); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a reviewer adds one: %v", err)
	}
	if err := s.App.Stimulus.DropMeasure(t.Context(), s.Reviewer, s.Event().ID, m.ID, true); registry.KindOf(err) != registry.NotFound {
		t.Errorf("under another event: %v", err)
	}
	over := s.Event(testkit.InState(registry.Cancelled))
	if err := s.App.Stimulus.AddMeasure(t.Context(), s.Reviewer, over.ID, measureTyped()); registry.KindOf(err) != registry.Conflict {
		t.Errorf("at a cancelled event: %v", err)
	}
}
