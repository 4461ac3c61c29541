package seriespaper_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func reportsInput(assessment string) reports.ReportPaperInput {
	return reports.ReportPaperInput{ResultPaper: registry.ResultPaper{Issuer: "Trung tâm XTTM", Place: "Ba Bể", Assessment: assessment, Recipients: "UBND tỉnh",
		SignerTitle: "GIÁM ĐỐC", SignerName: "Nông Thị Sim"}}
}

func TestWhatStandsAroundThePaperOfASeries(t *testing.T) {
	y := newYear(t)
	p := y.paper()
	if p.Cover.Issuer != y.pattern.Organiser || !slices.Equal(p.Empty(), []string{"number", "signed_on", "recipients", "signer_title", "signer_name"}) {
		t.Errorf("it begins with %+v, empty are %v", p.Cover, p.Empty())
	}
	in := periods.HeadInput{Issuer: "Trung tâm XTTM", Number: "31/BC-XTTM", SignedOn: vn.ShowDate(y.App.Today()), Place: "Thái Nguyên", Recipients: "UBND tỉnh",
		To: "Ban Chỉ đạo tỉnh", SignerTitle: "GIÁM ĐỐC", SignerName: "Nông Thị Sim"}
	save := func(actor registry.Actor, change func(*periods.HeadInput)) error {
		sent := in
		change(&sent)
		return y.App.SeriesPaper.SaveCover(t.Context(), actor, y.id, sent)
	}
	same := func(*periods.HeadInput) {}
	if err := save(y.reporter, same); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a reporter writes it: %v", err)
	}
	err := save(y.organiser, func(in *periods.HeadInput) { in.Issuer, in.SignedOn = "", "30/02/2027" })
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"issuer", "signed_on"}) {
		t.Errorf("faults at %v: %v", got, err)
	}
	testkit.Works(t, save(y.organiser, same))
	if err := save(y.organiser, same); registry.KindOf(err) != registry.Conflict {
		t.Errorf("saved over a colleague: %v", err)
	}
	p = y.paper()
	head := p.Document("vi").Letterhead()
	if p.Cover.Version != 1 || len(p.Empty()) > 0 || !strings.Contains(head.Number, "31/BC-XTTM") || len(head.To) != 1 {
		t.Errorf("the paper has %+v, empty are %v", head, p.Empty())
	}
	testkit.Works(t, save(y.organiser, func(in *periods.HeadInput) { in.Version, in.Number = 1, "" }))
	if got := y.Look(`SELECT COUNT(*) FROM audit WHERE action = 'event.series_paper'`); got[0][0] != int64(2) {
		t.Errorf("the audit log has %v lines", got)
	}
}

func TestTheCoverGoesWithItsSeries(t *testing.T) {
	y := newYear(t)
	draft := y.Event(testkit.InState(registry.Draft))
	y.id = y.Series(y.pattern, draft)
	testkit.Works(t, y.App.SeriesPaper.SaveCover(t.Context(), y.organiser, y.id, periods.HeadInput{Issuer: "Trung tâm XTTM", Place: "Thái Nguyên"}))
	if _, stay, err := y.App.Planning.RemoveDrafts(t.Context(), y.organiser, y.id, 1); err != nil || stay != 0 {
		t.Fatal(stay, err)
	}
	if got := y.Look(`SELECT COUNT(*) FROM period_papers`); got[0][0] != int64(0) {
		t.Errorf("%v covers stay behind", got[0][0])
	}
}
