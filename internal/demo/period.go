package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"hoicho/internal/app/communications"
	"hoicho/internal/app/periods"
	"hoicho/internal/app/templates"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// How far the reports of the demo are: how many communes filed those of the period before, and
// of the one that is being filed now.
const (
	filedLocked = 40 // of the period before those
	filedBefore = 24
	filedNow    = 9
	waiting     = 5 // the last ones of them wait to be accepted
)

// periodReports files reports of both years: 2020 of Bắc Kạn is locked, with an exception and an
// addendum; of this year some are accepted, some wait, one was given back.
func (f *filler) periodReports(ctx context.Context) error {
	if err := f.lockedYear(ctx); err != nil {
		return fmt.Errorf("the year 2020: %w", err)
	}
	now, ok := f.app.Periods.Forms.Current(period.CommuneForm, f.app.Today())
	if !ok {
		return nil
	}
	parts := f.app.Periods.Forms.Parts(period.CommuneForm, now.Period.Year)
	before := now.Period.Before(parts)
	if err := f.lockedPeriod(ctx, before.Before(parts)); err != nil {
		return fmt.Errorf("the period that is locked: %w", err)
	}
	if before.Edition() == registry.Edition2025 {
		if err := f.fileSome(ctx, before, f.withRows(ctx, before, filedBefore)); err != nil {
			return fmt.Errorf("%s: %w", before, err)
		}
	}
	if now.Period.Edition() == registry.Edition2025 {
		if err := f.fileSome(ctx, now.Period, f.withRows(ctx, now.Period, filedNow)); err != nil {
			return fmt.Errorf("%s: %w", now.Period, err)
		}
	}
	return f.branches(ctx, now.Period)
}

// lockedPeriod files, accepts and locks a period of the communes and branches of today, so that its
// paper is final.
func (f *filler) lockedPeriod(ctx context.Context, p period.Period) error {
	if p.Edition() != registry.Edition2025 {
		return nil
	}
	var keys []period.Key
	for _, unit := range f.withRows(ctx, p, filedLocked) {
		keys = append(keys, period.Key{Form: period.CommuneForm, Period: p, Unit: unit})
	}
	for _, body := range []string{"front", "trade", "farmers"} {
		keys = append(keys, period.Key{Form: period.BranchForm, Period: p, Unit: string(f.bodies[body])})
	}
	if err := f.fileAndAccept(ctx, keys); err != nil {
		return err
	}
	if err := f.signUnit(ctx, keys[1], periods.HeadInput{Number: "12/BC-UBND", SignedOn: vn.ShowDate(f.day(-3)), SignerName: "Hoàng Văn Mẫu"}); err != nil {
		return err
	}
	if err := f.periodTemplates(ctx, periods.Query{Period: p}, keys[1]); err != nil {
		return err
	}
	words := periods.WordsInput{Advantages: "Tỉnh ủy, Ủy ban nhân dân tỉnh quan tâm chỉ đạo; các xã sau sắp xếp đã có đầu mối phụ trách.", Proposals: "Đề nghị Ban Chỉ đạo Trung ương hướng dẫn thống nhất biểu mẫu báo cáo của cấp xã."}
	if err := f.signPaper(ctx, periods.Query{Period: p}, periods.CoverInput{WordsInput: words}); err != nil {
		return err
	}
	if err := f.lockBoth(ctx, periods.Query{Period: p}, "Đến hạn tổng hợp; các đơn vị còn lại nộp vào kỳ sau."); err != nil {
		return err
	}
	return f.signPaper(ctx, periods.Query{Period: p}, periods.CoverInput{HeadInput: periods.HeadInput{Number: "45/BC-BCĐ", SignedOn: vn.ShowDate(f.day(-1)), SignerName: "Nông Thị Mẫu"}})
}

// periodTemplates gives the committee a template of its own, and a commune.
func (f *filler) periodTemplates(ctx context.Context, q periods.Query, k period.Key) error {
	committee, err := f.app.Periods.TemplatePaper(ctx, f.admin, q)
	if err != nil {
		return err
	}
	if err := f.template(ctx, committee, templates.Input{FileName: "Mau bao cao Ban Chi dao.docx"}); err != nil {
		return err
	}
	commune, err := f.app.Periods.UnitTemplatePaper(ctx, f.admin, k)
	if err != nil {
		return err
	}
	return f.template(ctx, commune, templates.Input{FileName: "Mau bao cao cua xa.docx"})
}

// template makes the sample of a paper the template of an owner.
func (f *filler) template(ctx context.Context, p templates.Paper, in templates.Input) error {
	f.clock.tick()
	sample, err := f.app.Templates.Sample(p)
	if err != nil {
		return err
	}
	in.Data = sample.Data
	return f.app.Templates.Save(ctx, f.admin, p, in)
}

// signPaper writes into the paper of a period what a form holds; what it leaves out stays.
func (f *filler) signPaper(ctx context.Context, q periods.Query, in periods.CoverInput) error {
	f.clock.tick()
	p, err := f.app.Periods.Paper(ctx, f.admin, q)
	if err != nil {
		return err
	}
	c := p.Cover
	in.Authority, in.Issuer, in.Place, in.To, in.Recipients = c.Authority, c.Issuer, c.Place, c.To, c.Recipients
	in.SignerTitle, in.Number, in.Version = c.SignerTitle, cmp.Or(in.Number, c.Number), c.Version
	return f.app.Periods.SaveCover(ctx, f.admin, q, in)
}

// signUnit writes number, day and name into the paper of a unit.
func (f *filler) signUnit(ctx context.Context, k period.Key, in periods.HeadInput) error {
	f.clock.tick()
	p, err := f.app.Periods.UnitPaper(ctx, f.admin, k)
	if err != nil {
		return err
	}
	c := p.Cover
	in.Authority, in.Issuer, in.Place, in.To, in.Recipients, in.SignerTitle = c.Authority, c.Issuer, c.Place, c.To, c.Recipients, c.SignerTitle
	return f.app.Periods.SaveUnitCover(ctx, f.admin, k, in)
}

// fileAndAccept files reports and accepts them, and ends the leave by which they were filed.
func (f *filler) fileAndAccept(ctx context.Context, keys []period.Key) error {
	for i, k := range keys {
		if err := f.fileReport(ctx, k, fmt.Sprint(2+i%4)); err != nil {
			return fmt.Errorf("%s: %w", k.Unit, err)
		}
		if err := f.acceptReport(ctx, k); err != nil {
			return fmt.Errorf("%s: %w", k.Unit, err)
		}
	}
	f.clock.tick()
	return f.endLeaves(ctx, keys)
}

// lockBoth locks a period for communes and for branches, which makes its paper final.
func (f *filler) lockBoth(ctx context.Context, q periods.Query, reason string) error {
	for _, form := range period.FormCodes {
		q.Form = form
		if err := f.app.Periods.Lock(ctx, f.admin, q, periods.LockInput{Reason: reason, Sure: true}); err != nil {
			return fmt.Errorf("%s: %w", form, err)
		}
	}
	return nil
}

// withRows are some communes with the most to report on.
func (f *filler) withRows(ctx context.Context, p period.Period, n int) (units []string) {
	o, err := f.app.Periods.Overview(ctx, f.admin, periods.Query{Form: period.CommuneForm, Period: p})
	if err != nil {
		return nil
	}
	for _, some := range []bool{true, false} {
		for _, row := range o.Rows {
			if (row.Values["communications"].N > 0) == some && len(units) < n {
				units = append(units, row.Key)
			}
		}
	}
	return units
}

// fileSome files the reports of communes: most are accepted, one is given back, the last ones
// wait.
func (f *filler) fileSome(ctx context.Context, p period.Period, units []string) error {
	for i, unit := range units {
		k := period.Key{Form: period.CommuneForm, Period: p, Unit: unit}
		if err := f.fileReport(ctx, k, fmt.Sprint(2+i%4)); err != nil {
			return fmt.Errorf("%s: %w", unit, err)
		}
		var err error
		switch version := int64(1); {
		case i == 2:
			err = f.app.Periods.Return(ctx, f.admin, k, periods.ReturnInput{Reason: "Xem lại số văn bản đã ban hành.", Until: vn.ShowDate(f.day(6)), Version: version})
		case i < len(units)-waiting:
			err = f.acceptReport(ctx, k)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", unit, err)
		}
	}
	return nil
}

// fileReport hands in a report, with leave where its deadline has passed.
func (f *filler) fileReport(ctx context.Context, k period.Key, papers string) error {
	f.clock.tick()
	file, err := f.app.Periods.Report(ctx, f.admin, k)
	if err != nil {
		return err
	}
	if file.Excepts() {
		in := periods.ExceptInput{Reason: "Nộp bù khi bắt đầu dùng phần mềm.", Until: vn.ShowDate(f.day(6)), Units: []string{k.Unit}}
		if _, err := f.app.Periods.Except(ctx, f.admin, k.Form, k.Period, in); err != nil {
			return err
		}
	}
	in := periods.Input{Codes: []string{"papers"}, Typed: []string{papers}, Sure: true, Version: file.Version, WordsInput: wordsOf[papers]}
	return f.app.Periods.Submit(ctx, f.admin, k, in)
}

// wordsOf is what some units say beside their figures, by how many papers they issued.
var wordsOf = map[string]periods.WordsInput{
	"3": {Advantages: "Người dân quen đi chợ phiên, các thôn đều có người nhắc lịch họp.", Limits: "Ít cơ sở trong xã có giấy chứng nhận; gian hàng trống nhiều khi mưa.",
		Proposals: "Đề nghị tỉnh hỗ trợ xe đưa hàng đến các xã vùng cao."},
	"4": {Causes: "Cơ sở nhỏ lẻ, chưa quen ghi chép doanh thu."},
}

func (f *filler) acceptReport(ctx context.Context, k period.Key) error {
	f.clock.tick()
	file, err := f.app.Periods.Report(ctx, f.admin, k)
	if err != nil {
		return err
	}
	_, err = f.app.Periods.Accept(ctx, f.admin, k.Form, k.Period, []string{periods.Pick(file.Report)})
	return err
}

// branches files the reports of two branches, and accepts one.
func (f *filler) branches(ctx context.Context, p period.Period) error {
	for i, body := range []string{"trade", "front"} {
		k := period.Key{Form: period.BranchForm, Period: p, Unit: string(f.bodies[body])}
		if err := f.fileReport(ctx, k, fmt.Sprint(3+i)); err != nil {
			return fmt.Errorf("%s: %w", body, err)
		}
		if i > 0 {
			continue
		}
		if err := f.acceptReport(ctx, k); err != nil {
			return fmt.Errorf("%s: %w", body, err)
		}
	}
	return nil
}

// lockedYear files, accepts and locks the year of the source plan, with one addendum and one
// exception afterwards.
func (f *filler) lockedYear(ctx context.Context) error {
	year := period.Period{Year: 2020, Part: period.WholeYear}
	old := registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"}
	q := periods.Query{Form: period.CommuneForm, Period: year, Province: old}
	o, err := f.app.Periods.Overview(ctx, f.admin, q)
	if err != nil {
		return err
	}
	var filed []period.Key
	for _, row := range o.Rows {
		if row.Values["communications"].N == 0 && row.Values["sessions"].N == 0 && len(filed) > 1 {
			continue
		}
		filed = append(filed, period.Key{Form: period.CommuneForm, Period: year, Unit: row.Key})
	}
	bodies := []period.Key{{Form: period.BranchForm, Period: year, Unit: string(f.bodies["old_front"])}, {Form: period.BranchForm, Period: year, Unit: string(f.bodies["old_trade"])}}
	if err := f.fileAndAccept(ctx, slices.Concat(filed, bodies)); err != nil {
		return err
	}
	if err := f.lockBoth(ctx, q, "Nhập lại từ báo cáo giấy; các xã khác không còn hồ sơ."); err != nil {
		return err
	}
	if err := f.signPaper(ctx, q, periods.CoverInput{HeadInput: periods.HeadInput{Number: "03/BC-BCĐ", SignedOn: "15/01/2021", SignerName: "Hà Văn Mẫu"}}); err != nil {
		return err
	}
	return f.afterLock(ctx, filed)
}

// endLeaves ends the leave of those that have filed.
func (f *filler) endLeaves(ctx context.Context, filed []period.Key) error {
	for _, k := range filed {
		if err := f.app.Periods.End(ctx, f.admin, k); err != nil {
			return err
		}
	}
	return nil
}

// afterLock writes an addendum for one commune and opens another one.
func (f *filler) afterLock(ctx context.Context, filed []period.Key) error {
	late := communications.EntryInput{Client: "0f4c4f0e-3f6b-4d0a-9a57-2d8e62c7a9f1", Channel: "village_meeting", Times: "2", People: "96",
		Area: registry.AreaRef{Edition: registry.Edition2025Before, Code: filed[0].Unit}.String(), Day: "12/10/2020", Topic: "Họp thôn, ghi muộn theo sổ tay của xã"}
	f.clock.tick()
	if _, asked, err := f.app.Communications.Enter(ctx, f.admin, []communications.EntryInput{late}); err != nil || len(asked) > 0 {
		return fmt.Errorf("a late entry: %w, %d asked", err, len(asked))
	}
	if err := f.app.Periods.Add(ctx, f.admin, filed[0], periods.AddendumInput{Reason: "Hai cuộc họp thôn tìm thấy trong sổ tay của xã."}); err != nil {
		return err
	}
	last := filed[len(filed)-1]
	in := periods.ExceptInput{Reason: "Gõ nhầm số văn bản, xã gửi lại bản đúng.", Until: vn.ShowDate(f.day(20)), Units: []string{last.Unit}}
	_, err := f.app.Periods.Except(ctx, f.admin, last.Form, last.Period, in)
	return err
}
