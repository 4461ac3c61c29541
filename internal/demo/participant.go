package demo

import (
	"context"
	"fmt"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// participant is a vendor at a session: what it asked for and what came of it.
type participant struct {
	Vendor         string   `json:"vendor"`
	State          string   `json:"state"` // where its application stands; empty: approved, with Booth
	Booth          string   `json:"booth"`
	Booths         int      `json:"booths"`
	Staff          int      `json:"staff"`
	Vehicles       string   `json:"vehicles"`
	Note           string   `json:"note"`
	Reason         string   `json:"reason"` // told to the vendor
	NoShow         bool     `json:"no_show"`
	Sales          []int64  `json:"sales"` // đồng, by day
	Bands          []string `json:"bands"`
	Contracts      int      `json:"contracts"`
	ContractsValue int64    `json:"contracts_value"`

	stall *stall
	id    registry.ApplicationID
}

// applications plans who applied to a session, what was decided, and who got
// which booth. Of a window that is still open, all of it has happened by now.
func (f *filler) applications(s *session) {
	span := max(1, min(s.ApplyUntil, s.sinceToday()-2)-s.ApplyFrom)
	for n, p := range s.Vendors {
		applied := s.day(s.ApplyFrom + n*span/max(1, len(s.Vendors)))
		decided := min(s.day(s.ApplyUntil+1), f.day(-1))
		hour := fmt.Sprintf("%d:%02d", 8+n%9, n*7%60)
		f.line.add(applied, hour, p.Vendor+" applies to "+s.Title, func(ctx context.Context) error { return f.apply(ctx, s, p) })
		f.line.add(decided, hour, "decide on "+p.Vendor+" at "+s.Title, func(ctx context.Context) error { return f.decide(ctx, s, p) })
	}
	for _, n := range s.Notes {
		f.line.add(f.day(-1), "18:00", "note on "+n.Vendor, func(ctx context.Context) error { return f.remark(ctx, s, n) })
	}
}

// sinceToday is how far today lies from where the session counts.
func (s *session) sinceToday() int { return -vn.DaysBetween(s.today, s.from) }

// apply fills in an application and sends it, unless it stays a draft.
func (f *filler) apply(ctx context.Context, s *session, p *participant) error {
	p.stall = f.stalls[p.Vendor]
	if p.stall == nil {
		return fmt.Errorf("no vendor %q", p.Vendor)
	}
	actor := f.applicant(s, p)
	a, _, err := f.app.Booths.StartApplication(ctx, actor, s.event.ID, p.stall.vendor.ID)
	if err != nil {
		return err
	}
	p.id = a.ID
	in := booths.ApplicationInput{Booths: max(1, p.Booths), StaffN: max(2, p.Staff), Vehicles: p.Vehicles, Note: p.Note, Version: a.Version}
	for i := range s.Days {
		in.Days = append(in.Days, s.on(i))
	}
	for _, g := range p.stall.goods {
		if g.row["evidence"] != string(registry.Excluded) {
			in.Products = append(in.Products, g.product.ID)
		}
	}
	if err := f.app.Booths.EditApplication(ctx, actor, p.id, in); err != nil || p.State == string(registry.AppDraft) {
		return err
	}
	f.clock.tick()
	v, err := f.app.Booths.Application(ctx, actor, p.id)
	if err != nil {
		return err
	}
	return f.app.Booths.SubmitApplication(ctx, actor, p.id, booths.Pledge{Agreed: true, Text: booths.PledgeVersion, Version: v.Version})
}

// applicant is the owner of the vendor, or the officer who types in its paper form.
func (f *filler) applicant(s *session, p *participant) registry.Actor {
	if p.stall.owned() {
		return p.stall.actor
	}
	return f.organiser(s)
}

// decide takes the application to where it stands.
func (f *filler) decide(ctx context.Context, s *session, p *participant) error {
	if p.State == string(registry.AppDraft) || p.State == string(registry.AppSubmitted) {
		return nil
	}
	reviewer := f.officers[registry.Reviewer]
	v, err := f.app.Booths.ReviewedApplication(ctx, reviewer, p.id)
	if err != nil {
		return err
	}
	d := booths.Decision{Version: v.Version, Granted: max(1, p.Booths), Reason: p.Reason}
	switch registry.ApplicationState(p.State) {
	case registry.AppNeedsInfo:
		return f.app.Booths.AskForMore(ctx, reviewer, p.id, d)
	case registry.AppWaitlisted:
		return f.app.Booths.WaitlistApplication(ctx, reviewer, p.id, d)
	case registry.AppDeclined:
		return f.app.Booths.DeclineApplication(ctx, reviewer, p.id, d)
	}
	if len(v.Lacking) > 0 && d.Reason == "" {
		d.Reason = "Cơ sở đã hẹn nộp bổ sung giấy tờ trước ngày mở cửa."
	}
	if err := f.app.Booths.ApproveApplication(ctx, reviewer, p.id, d); err != nil || p.Booth == "" {
		return err
	}
	f.clock.tick()
	return f.app.Booths.AssignBooth(ctx, f.organiser(s), s.booth(p.Booth), p.id)
}

// remark writes what only the office reads.
func (f *filler) remark(ctx context.Context, s *session, n note) error {
	for _, p := range s.Vendors {
		if p.Vendor == n.Vendor {
			return f.app.Booths.NoteApplication(ctx, f.officers[registry.Reviewer], p.id, n.Text)
		}
	}
	return fmt.Errorf("%s did not apply to %s", n.Vendor, s)
}
