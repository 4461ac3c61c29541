package periods_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func (o *office) unitPaper() periods.UnitPaper {
	o.t.Helper()
	p, err := o.App.Periods.UnitPaper(o.t.Context(), o.filer, o.key)
	testkit.Works(o.t, err)
	return p
}

func (o *office) unitPaperAs(form string) []byte {
	o.t.Helper()
	f, err := o.App.Periods.UnitPaperFile(o.t.Context(), o.filer, o.key, form)
	testkit.Works(o.t, err)
	return f.Data
}

// TestTheCommunesPaperSaysWhatWasHandedIn: every figure of the form stands in the paper as it was
// handed in, in all three files; a row that comes later, or a word, does not change it.
func TestTheCommunesPaperSaysWhatWasHandedIn(t *testing.T) {
	o := newOffice(t)
	o.filled()
	if p := o.unitPaper(); !p.Draft || p.Document().Letterhead().Draft == "" {
		t.Error("a paper that was not handed in is no draft")
	}
	testkit.Works(t, o.App.Periods.Submit(t.Context(), o.filer, o.key, periods.Input{WordsInput: periods.WordsInput{Limits: "Ít xe."}}))
	o.held("9", "900")
	p, frozen := o.unitPaper(), o.file()
	if p.Draft || len(p.Figures) != len(frozen.Figures) {
		t.Errorf("a draft: %v; %d figures of %d", p.Draft, len(p.Figures), len(frozen.Figures))
	}
	for _, f := range p.Figures {
		if want, known := frozen.Values[f.Code]; f.Now != want || f.Known != known {
			t.Errorf("%s is %v in the paper and %v in the report", f.Code, f.Now, want)
		}
	}
	d := p.Document()
	for name, text := range map[string]string{"pdf": pdfText(t, o.unitPaperAs("pdf")), "docx": docxText(t, o.unitPaperAs("docx")), "xlsx": xlsxText(t, o.unitPaperAs("xlsx"))} {
		saysAll(t, name, text, d)
		for _, want := range []string{"ỦY BAN NHÂN DÂN XÃ BA BỂ", "Kính gửi: Ban Chỉ đạo", "1. Khó khăn, hạn chế", "Ít xe."} {
			says(t, name, text, want)
		}
	}
}

// TestAPaperSplitsNothingOfNothing: a commune without visitors is said to have none, and not that
// none of them were counted in each of five ways.
func TestAPaperSplitsNothingOfNothing(t *testing.T) {
	o := newOffice(t)
	testkit.Works(t, o.App.Periods.Submit(t.Context(), o.filer, o.key, periods.Input{}))
	text := o.unitPaper().Document()
	var all strings.Builder
	for _, s := range text.Sections {
		all.WriteString(strings.Join(s.Paragraphs, "\n") + "\n")
	}
	says(t, "the paper", all.String(), "lượt khách")
	if strings.Contains(all.String(), "trong đó đếm") {
		t.Errorf("it splits nothing:\n%s", all.String())
	}
}

// TestTheBranchsPaperSpeaksOfItsOwnForm: the sentences of a body are those of the figures for which
// its form asks, without "of the branches".
func TestTheBranchsPaperSpeaksOfItsOwnForm(t *testing.T) {
	o := newOffice(t)
	key := period.Key{Form: period.BranchForm, Period: o.key.Period, Unit: string(o.branches())}
	p, err := o.App.Periods.UnitPaper(t.Context(), o.above, key)
	testkit.Works(t, err)
	var all strings.Builder
	for _, s := range p.Document().Sections {
		all.WriteString(s.Heading + "\n" + strings.Join(s.Paragraphs, "\n") + "\n")
		for _, table := range s.Tables {
			for _, row := range table.Rows {
				all.WriteString(row.Cells[0].String() + "\n")
			}
		}
	}
	for _, never := range []string{"ngành, đoàn thể", "xã, phường ban hành", "paper."} {
		if strings.Contains(all.String(), never) {
			t.Errorf("it says %q:\n%s", never, all.String())
		}
	}
	for _, f := range p.Figures {
		says(t, "the paper", all.String(), f.VI)
	}
}

// TestACommunesCover: who files the report writes what stands around it, after the lock too; the
// next period begins with it, without number and day.
func TestACommunesCover(t *testing.T) {
	o := newOffice(t)
	in := periods.HeadInput{Issuer: "Ủy ban nhân dân xã Ba Bể", Place: "Ba Bể", To: "Ban Chỉ đạo tỉnh", SignerName: "Nông Thị Mẫu"}
	save := func(by registry.Actor, in periods.HeadInput) error {
		return o.App.Periods.SaveUnitCover(t.Context(), by, o.key, in)
	}
	for _, by := range []registry.Actor{o.viewer, o.branch, o.stranger} {
		if err := save(by, in); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s writes it: %v", by.Name, err)
		}
	}
	bad := periods.HeadInput{Number: strings.Repeat("1", 61), SignedOn: "31/02/2026"}
	if got := testkit.FieldsOf(save(o.filer, bad)); !slices.Equal(got, []string{"issuer", "number", "place", "signed_on"}) {
		t.Errorf("bad input: %v", got)
	}
	testkit.Works(t, o.submit(o.filer, 0))
	testkit.Works(t, o.accept())
	o.to(1, "01-12")
	testkit.Works(t, o.lock())
	in.Number, in.SignedOn = "07/BC-UBND", vn.ShowDate(o.App.Today())
	testkit.Works(t, save(o.filer, in))
	refusedAs(t, "a colleague was quicker", save(o.filer, in), "error.stale")
	if p := o.unitPaper(); !p.Cover.Signed() || p.Draft {
		t.Errorf("signed: %v, a draft: %v", p.Cover.Signed(), p.Draft)
	}
	says(t, "the paper", docxText(t, o.unitPaperAs("docx")), "Số: 07/BC-UBND")
	key := o.key
	key.Period = period.Period{Year: o.key.Period.Year + 1, Part: o.key.Period.Part}
	next, err := o.App.Periods.UnitPaper(t.Context(), o.filer, key)
	testkit.Works(t, err)
	if c := next.Cover; c.Number != "……/BC-UBND" || c.SignedOn != "" || c.SignerName != "Nông Thị Mẫu" || c.Version != 0 {
		t.Errorf("the next one begins with %+v", c)
	}
	if got := len(o.Audited("period.paper")); got != 1 {
		t.Errorf("%d lines of the audit log", got)
	}
}
