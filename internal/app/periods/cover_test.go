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

func (o *office) cover(by registry.Actor, in periods.CoverInput) error {
	return o.App.Periods.SaveCover(o.t.Context(), by, o.query(), in)
}

// TestTheCommitteeWritesItsOwnPart: its words stand before those of the units; once the paper is
// final they stay, and its number and day are entered.
func TestTheCommitteeWritesItsOwnPart(t *testing.T) {
	o := newOffice(t)
	testkit.Works(t, o.App.Periods.Submit(t.Context(), o.filer, o.key, periods.Input{WordsInput: periods.WordsInput{Limits: "Ít xe."}}))
	in := periods.CoverInput{HeadInput: periods.HeadInput{Issuer: "Ban Chỉ đạo tỉnh", Place: "Thái Nguyên", To: "Ban Chỉ đạo Trung ương\nTỉnh ủy Thái Nguyên"}, WordsInput: periods.WordsInput{Limits: "Thiếu kinh phí."}}
	testkit.Works(t, o.cover(o.above, in))
	text := docxText(t, o.paperAs("docx"))
	for _, want := range []string{"Kính gửi: - Ban Chỉ đạo Trung ương; - Tỉnh ủy Thái Nguyên;", "BAN CHỈ ĐẠO TỈNH", "1. Khó khăn, hạn chế Thiếu kinh phí. Xã Ba Bể: Ít xe."} {
		says(t, "the paper", text, want)
	}
	refusedAs(t, "a colleague was quicker", o.cover(o.above, in), "error.stale")
	testkit.Works(t, o.accept())
	o.to(1, "01-12")
	testkit.Works(t, o.lock())
	in.Version, in.Number, in.SignedOn = 1, "05/BC-BCĐ", vn.ShowDate(o.App.Today())
	refusedAs(t, "words after the lock", o.cover(o.above, in), "paper.error.final")
	in.WordsInput = periods.WordsInput{}
	testkit.Works(t, o.cover(o.above, in))
	text = docxText(t, o.paperAs("docx"))
	for _, want := range []string{"Số: 05/BC-BCĐ", "ngày 12 tháng 01 năm", "Thiếu kinh phí."} {
		says(t, "the signed paper", text, want)
	}
	if p := o.paper(); !p.Cover.Signed() || p.Draft {
		t.Errorf("signed: %v, a draft: %v", p.Cover.Signed(), p.Draft)
	}
	if got := len(o.Audited("period.paper")); got != 2 {
		t.Errorf("%d lines of the audit log", got)
	}
}

func TestACoverIsForWhoeverManagesThePlans(t *testing.T) {
	o := newOffice(t)
	in := periods.CoverInput{HeadInput: periods.HeadInput{Issuer: "Ban Chỉ đạo", Place: "Thái Nguyên"}}
	for _, by := range []registry.Actor{o.filer, o.other, o.viewer, o.branch} {
		if err := o.cover(by, in); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s writes it: %v", by.Name, err)
		}
	}
	bad := periods.CoverInput{HeadInput: periods.HeadInput{Number: strings.Repeat("1", 61), SignedOn: "31/02/2026"}, WordsInput: periods.WordsInput{Causes: strings.Repeat("ơ", period.MaxWords+1)}}
	if got := testkit.FieldsOf(o.cover(o.above, bad)); !slices.Equal(got, []string{"issuer", "number", "place", "signed_on", "causes"}) {
		t.Errorf("bad input: %v", got)
	}
	if p := o.paper(); p.Cover.Version != 0 {
		t.Errorf("it was written: %+v", p.Cover)
	}
}

// TestAPaperOfTheParty has the Party's name in the place of nation and motto, and a star below the
// issuer, in every form; an unknown style is refused, and the paper of the next period has the same.
func TestAPaperOfTheParty(t *testing.T) {
	o := newOffice(t)
	in := periods.CoverInput{HeadInput: periods.HeadInput{Style: "party", Issuer: "Ban Tuyên giáo và Dân vận", Place: "Thái Nguyên", Number: "12-BC/BTGDV"}}
	bad := in
	bad.Style = "royal"
	if err := o.cover(o.above, bad); !slices.Equal(testkit.FieldsOf(err), []string{"style"}) {
		t.Errorf("an unknown style: %v", err)
	}
	testkit.Works(t, o.cover(o.above, in))
	for name, text := range map[string]string{"pdf": pdfText(t, o.paperAs("pdf")), "docx": docxText(t, o.paperAs("docx")), "xlsx": xlsxText(t, o.paperAs("xlsx"))} {
		for _, want := range []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BC/BTGDV"} {
			says(t, name, text, want)
		}
		for _, never := range []string{"CỘNG HÒA XÃ HỘI", "Độc lập", "Số: 12"} {
			if strings.Contains(text, never) {
				t.Errorf("%s says %q", name, never)
			}
		}
	}
	says(t, "xlsx", xlsxText(t, o.paperAs("xlsx")), "BAN TUYÊN GIÁO VÀ DÂN VẬN *")
	next := o.query()
	next.Period.Part = period.NineMonths
	p, err := o.App.Periods.Paper(t.Context(), o.above, next)
	testkit.Works(t, err)
	if p.Cover.Style != registry.PartyStyle || p.Cover.Number == in.Number {
		t.Errorf("the next one begins with style %q, number %q", p.Cover.Style, p.Cover.Number)
	}
}
