package periods_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// TestWordsGoIntoThePaperAsTheyWereHandedIn: what a unit writes stands in the paper under its name
// once it is handed in, and stays as it is while the unit mends it.
func TestWordsGoIntoThePaperAsTheyWereHandedIn(t *testing.T) {
	o := newOffice(t)
	o.held("2", "90")
	in := periods.Input{WordsInput: periods.WordsInput{Advantages: "Dân ủng hộ.\nChợ đông.", Proposals: "Thêm xe đưa hàng."}}
	testkit.Works(t, o.App.Periods.Keep(t.Context(), o.filer, o.key, in))
	if text := said(o.paper()); strings.Contains(text, "Dân ủng hộ") || !strings.Contains(text, "Chưa có đánh giá, kiến nghị nào được gửi.") {
		t.Errorf("kept, not handed in:\n%s", text)
	}
	in.Version = 1
	testkit.Works(t, o.App.Periods.Submit(t.Context(), o.filer, o.key, in))
	for _, want := range []string{"III. ĐÁNH GIÁ, KIẾN NGHỊ", "1. Thuận lợi\nXã Ba Bể: Dân ủng hộ.\nChợ đông.\n", "2. Đề xuất, kiến nghị\nXã Ba Bể: Thêm xe đưa hàng.\n"} {
		says(t, "the paper", said(o.paper()), want)
	}
	testkit.Works(t, o.accept())
	o.to(1, "01-12")
	testkit.Works(t, o.lock())
	was := said(o.paper())
	_, err := o.App.Periods.Except(t.Context(), o.above, o.key.Form, o.key.Period, periods.ExceptInput{Reason: "Gõ nhầm.", Until: vn.ShowDate(vn.AddDays(o.App.Today(), 3)), Units: []string{o.key.Unit}})
	testkit.Works(t, err)
	in.Version, in.Advantages = o.file().Version, "Viết lại."
	testkit.Works(t, o.App.Periods.Keep(t.Context(), o.filer, o.key, in))
	if is := said(o.paper()); is != was {
		t.Errorf("a draft of a locked report is in the paper:\n%s", is)
	}
	in.Version++
	testkit.Works(t, o.App.Periods.Submit(t.Context(), o.filer, o.key, in))
	says(t, "the mended paper", said(o.paper()), "Xã Ba Bể: Viết lại.")
}

// TestBadWordsAreRefused: too long and no text at all are faults at their fields, and nothing
// is kept.
func TestBadWordsAreRefused(t *testing.T) {
	o := newOffice(t)
	in := periods.Input{Codes: []string{"papers"}, Typed: []string{"nhiều"}, WordsInput: periods.WordsInput{Advantages: strings.Repeat("ơ", period.MaxWords+1), Causes: "a\xffb"}}
	for what, err := range map[string]error{"keeping": o.App.Periods.Keep(t.Context(), o.filer, o.key, in), "handing in": o.App.Periods.Submit(t.Context(), o.filer, o.key, in)} {
		if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"typed.papers", "advantages", "causes"}) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if f := o.file(); f.Version != 0 {
		t.Errorf("it was written: %+v", f.Report)
	}
	in = periods.Input{WordsInput: periods.WordsInput{Proposals: "a\x01b\x00c", Limits: strings.Repeat("ơ", period.MaxWords)}}
	testkit.Works(t, o.App.Periods.Keep(t.Context(), o.filer, o.key, in))
	if got := o.file().Words[period.Proposals]; got != "abc" {
		t.Errorf("control characters are kept: %q", got)
	}
	if f := o.file(); len([]rune(f.Words[period.Limits])) != period.MaxWords || f.Said != nil {
		t.Errorf("kept: %d signs, %v handed in", len([]rune(f.Words[period.Limits])), f.Said)
	}
}
