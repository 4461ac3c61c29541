package passes_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// printed runs the job of a paper and returns its file.
func printed(t *testing.T, k *testkit.Kit, actor registry.Actor, in passes.PaperInput) registry.File {
	t.Helper()
	id, err := k.App.Passes.StartPaper(t.Context(), actor, in)
	testkit.Works(t, err)
	_, err = k.App.RunJob(t.Context())
	testkit.Works(t, err)
	job, err := k.App.Job(t.Context(), actor, id)
	testkit.Works(t, err)
	file, err := k.App.File(t.Context(), actor, job.Result, registry.PhotoWhole)
	testkit.Works(t, err)
	return file
}

func TestPapersOfAnEvent(t *testing.T) {
	k, event, organiser, _ := testkit.StallOf(t)
	unprinted := func() int {
		t.Helper()
		b, err := k.App.Passes.PassBook(t.Context(), organiser, passes.BookPage{Filter: registry.PassFilter{Event: event.ID}})
		testkit.Works(t, err)
		return b.All.ToPrint
	}
	t.Run("signs are one page a booth and leave the passes to print", func(t *testing.T) {
		before := unprinted()
		f := printed(t, k, organiser, passes.PaperInput{Event: event.ID, Paper: passes.PaperSigns, Lang: "vi"})
		if !bytes.HasPrefix(f.Data, []byte("%PDF")) || f.Name != "bien-gian-"+event.Slug+".pdf" || unprinted() != before {
			t.Errorf("file %q of %d bytes, %d unprinted of %d", f.Name, len(f.Data), unprinted(), before)
		}
	})
	t.Run("passes of one kind are printed once", func(t *testing.T) {
		before := unprinted()
		in := passes.PaperInput{Event: event.ID, Paper: passes.PaperPasses, Kind: registry.StaffPass, Sheet: passes.SheetA6, Unprinted: true, Lang: "vi"}
		f := printed(t, k, organiser, in)
		if f.Name != "the-"+event.Slug+".pdf" || unprinted() != before-4 {
			t.Errorf("file %q, %d unprinted of %d, want four fewer", f.Name, unprinted(), before)
		}
		_, err := k.App.Passes.StartPaper(t.Context(), organiser, in)
		testkit.Refused(t, "again", err, registry.Conflict, "error.pass.nothing_to_print")
	})
}

func TestPaperAsksForWhatThereIs(t *testing.T) {
	k, event, organiser, _ := testkit.StallOf(t)
	for name, c := range map[string]struct {
		change func(*passes.PaperInput)
		field  string
	}{
		"no paper":         {func(in *passes.PaperInput) { in.Paper = "tickets.pdf" }, "paper"},
		"no kind of pass":  {func(in *passes.PaperInput) { in.Kind = "guest" }, "kind"},
		"no sheet":         {func(in *passes.PaperInput) { in.Sheet = "A3" }, "sheet"},
		"the sheet unsaid": {func(in *passes.PaperInput) { in.Sheet = "" }, ""},
		"the first kind":   {func(in *passes.PaperInput) { in.Kind = registry.PassKinds[0] }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := passes.PaperInput{Event: event.ID, Paper: passes.PaperPasses, Sheet: passes.SheetA6, Lang: "vi"}
			c.change(&in)
			_, err := k.App.Passes.StartPaper(t.Context(), organiser, in)
			if got := strings.Join(testkit.FieldsOf(err), ","); got != c.field || (err == nil) != (c.field == "") {
				t.Errorf("refused at %q (%v), want %q", got, err, c.field)
			}
		})
	}
}

func TestPaperTellsWhichLettersItLacks(t *testing.T) {
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running), testkit.Titled("Phiên chợ 汉 Ba Bể"))
	organiser, _ := k.Officer(registry.Organiser, "19")
	testkit.Works(t, k.App.Passes.IssuePasses(t.Context(), organiser, event.ID,
		passes.IssueInput{Kind: registry.OfficialPass, Count: 1, FirstDay: event.OpensOn, Days: 1}))
	id, err := k.App.Passes.StartPaper(t.Context(), organiser, passes.PaperInput{Event: event.ID, Paper: passes.PaperPasses, Lang: "vi"})
	testkit.Works(t, err)
	job, err := k.App.Job(t.Context(), organiser, id)
	if got := passes.PaperLacks(job); err != nil || !slices.Equal(got, []string{"汉"}) {
		t.Errorf("lacks %q (%v)", got, err)
	}
	job.Kind = passes.PaperSigns
	if got := passes.PaperLacks(job); len(got) != 1 {
		t.Errorf("signs lack %q", got)
	}
	job.Kind = "report.pdf"
	if got := passes.PaperLacks(job); got != nil {
		t.Errorf("another job lacks %q", got)
	}
}

func TestVendorPrintsItsOwnPasses(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppApproved)
	in := passes.PaperInput{Event: s.Fair.ID, Paper: passes.PaperPasses, Sheet: passes.SheetA6, Lang: "vi"}
	_, err := s.App.Passes.VendorPaper(t.Context(), p.Owner, p.Vendor.ID, in)
	testkit.Refused(t, "before a booth is given", err, registry.NotFound, "error.not_found")
	testkit.Works(t, s.App.Booths.AssignBooth(t.Context(), s.Reviewer, s.Ref(s.Booths(s.Fair.ID, "A", 1)[0]), p.ID))
	f, err := s.App.Passes.VendorPaper(t.Context(), p.Owner, p.Vendor.ID, in)
	if err != nil || !bytes.HasPrefix(f.Data, []byte("%PDF")) || f.Name != "the-"+s.Fair.Slug+".pdf" {
		t.Errorf("file %q of %d bytes (%v)", f.Name, len(f.Data), err)
	}
	_, err = s.App.Passes.VendorPaper(t.Context(), s.NewVendor().Owner, p.Vendor.ID, in)
	testkit.Refused(t, "another vendor", err, registry.NotFound, "error.not_found")
}
