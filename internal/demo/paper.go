package demo

import (
	"context"
	"strconv"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// sheets types in what a session did on paper that day: the tally sheets of its
// gates and, of the first day, the list that was ticked at its first gate.
func (f *filler) sheets(ctx context.Context, s *session, t tally, n int) error {
	opens, closes := s.hours()
	hours := crowd[:min(len(crowd), closes-opens)]
	gates := len(f.gateNames(s))
	whole, seen, done := 0, 0, 0
	for _, share := range hours {
		whole += share * gates
	}
	for g := range gates {
		in := admission.TallySheetInput{GateQuery: admission.GateQuery{Day: s.on(n), Gate: g + 1}}
		sheet, err := f.app.Admission.TallySheet(ctx, f.gateChief(s), s.event.ID, in.GateQuery)
		if err != nil {
			return err
		}
		in.Version = sheet.Version
		for i, share := range hours {
			seen += share
			count := t.Days[n]*seen/whole - done
			done += count
			in.Hours = append(in.Hours, opens+i)
			in.Adults = append(in.Adults, strconv.Itoa(count-count/9))
			in.Children = append(in.Children, strconv.Itoa(count/9))
		}
		if _, err := f.app.Admission.SaveTallySheet(ctx, f.gateChief(s), s.event.ID, in); err != nil {
			return err
		}
	}
	if n > 0 {
		return nil
	}
	return f.tick(ctx, s, n)
}

// tick types in the list of the first gate: who came, and when they left.
func (f *filler) tick(ctx context.Context, s *session, n int) error {
	query := admission.GateQuery{Day: s.on(n), Gate: 1}
	list, err := f.app.Admission.GateList(ctx, f.gateChief(s), s.event.ID, query)
	if err != nil {
		return err
	}
	opens, closes := s.hours()
	in := admission.TickedInput{Day: query.Day, Gate: query.Gate}
	for i, p := range list.Passes {
		if p.State != registry.PassValid || p.Kind == registry.VisitorPass || i%7 == 5 {
			continue // some stayed at home
		}
		came, left := opens*60-20-i*11%80, closes*60+5+i*7%50
		row := admission.TickedRow{Code: p.Code, In: vn.ShowClock(came), Out: vn.ShowClock(left)}
		if p.Kind == registry.StaffPass && i%4 == 0 { // lunch at home
			row.In += ", " + vn.ShowClock(13*60+i%30)
			row.Out = vn.ShowClock(11*60+30+i%20) + ", " + row.Out
		}
		in.Rows = append(in.Rows, row)
	}
	if len(in.Rows) == 0 {
		return nil
	}
	_, err = f.app.Admission.EnterTicked(ctx, f.gateChief(s), s.event.ID, in)
	return err
}
