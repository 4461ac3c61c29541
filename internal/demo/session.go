package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// session is an event with all that happened around it, as madeup.json tells it.
// Days are counted from today, or from the first day of a published fair.
type session struct {
	Key          string         `json:"key"`
	In           string         `json:"in"`   // the session of whose series it is one: it was made by that, with booths and windows of its pattern
	Real         string         `json:"real"` // id of a published fair whose title, days and place it has
	Title        string         `json:"title"`
	Kind         string         `json:"kind"`
	Level        string         `json:"level"`
	Area         string         `json:"area"`
	Venue        string         `json:"venue"`
	Place        string         `json:"place"`
	Directions   string         `json:"directions"`
	Summary      string         `json:"summary"`
	Body         string         `json:"body"`
	Cover        string         `json:"cover"` // group of goods whose colours the cover has
	Organiser    string         `json:"organiser"`
	First        int            `json:"first"`
	Days         int            `json:"days"`
	Lunar        *lunarDay      `json:"lunar"` // the first day, instead of First
	Opens        string         `json:"opens"`
	Closes       string         `json:"closes"`
	Registration string         `json:"registration"`
	LegalNumber  string         `json:"legal_number"`
	LegalIssuer  string         `json:"legal_issuer"`
	Filed        int            `json:"filed"`
	Issued       int            `json:"issued"`
	Create       int            `json:"create"`
	Announce     int            `json:"announce"`
	ApplyFrom    int            `json:"apply_from"`
	ApplyUntil   int            `json:"apply_until"`
	State        string         `json:"state"` // draft or planned: where it still stands
	Booths       int            `json:"booths"`
	Zones        []zone         `json:"zones"`
	Blocked      []string       `json:"blocked"`
	SelfPick     bool           `json:"self_pick"`
	StaffPasses  int            `json:"staff_passes"`
	Capacity     int            `json:"capacity"`
	Quotas       map[string]int `json:"quotas"`
	Gates        []string       `json:"gates"`
	Officials    int            `json:"officials"`
	Invitations  int            `json:"invitations"`
	Items        []item         `json:"items"`
	Vendors      []*participant `json:"vendors"`
	Notes        []note         `json:"notes"`
	Stop         *stop          `json:"stop"`
	Measures     []measure      `json:"measures"`
	Offers       []offer        `json:"offers"`
	Visits       []tally        `json:"visits"`
	Report       *report        `json:"report"`

	event    registry.Event
	booths   map[string]registry.BoothID
	phones   []*phone
	passes   map[registry.PassKind][]registry.PassRow // valid ones of the running session
	lost     registry.PassRow
	vouchers []registry.Pass // of the pack of the running session
	sellers  []seller
	visitors int    // published, of all days
	from     string // the date that days are counted from
	today    string
}

// lunarDay is a day of the lunar year.
type lunarDay struct {
	Day   int `json:"day"`
	Month int `json:"month"`
}

// zone is a grid of booths.
type zone struct {
	Zone    string `json:"zone"`
	To      int    `json:"to"`
	Columns int    `json:"columns"`
	Kind    string `json:"kind"`
	Power   bool   `json:"power"`
	Fee     int    `json:"fee"`
}

// item is a row of the programme; Day counts from the first day.
type item struct {
	Day    int    `json:"day"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
	Title  string `json:"title"`
	Place  string `json:"place"`
}

// note is what an officer wrote about an application, for the office only.
type note struct {
	Vendor string `json:"vendor"`
	Text   string `json:"text"`
}

// stop is a session that did not take place as announced.
type stop struct {
	Day    int    `json:"day"`
	To     string `json:"to"`
	Reason string `json:"reason"`
}

// tally is how many came each day, counted one way.
type tally struct {
	Method string `json:"method"`
	Days   []int  `json:"days"`
}

// report is what the result report says in words.
type report struct {
	Day        int    `json:"day"`
	Number     string `json:"number"`
	Assessment string `json:"assessment"`
}

// day is the date n days from where the session counts.
func (s *session) day(n int) string { return vn.AddDays(s.from, n) }

// on is the n-th day of the event, from 0.
func (s *session) on(n int) string { return vn.AddDays(s.day(s.First), n) }

// schedule puts a session with all around it on the timeline.
func (f *filler) schedule(s *session) error {
	s.from, s.today = f.today, f.today
	if err := f.settle(s); err != nil {
		return err
	}
	if s.runs() && s.State == "" {
		f.aroundNow(s)
	}
	created := s.Create
	if s.State == "" {
		created = s.Announce - 1
	}
	f.line.add(s.day(created), "14:00", "create "+s.Title, func(ctx context.Context) error { return f.create(ctx, s) })
	switch registry.EventState(s.State) {
	case registry.Draft:
		return nil
	case registry.Planned:
		f.line.add(s.day(created), "15:00", "plan "+s.Title, func(ctx context.Context) error { return f.step(ctx, s, registry.Planned, "") })
		return nil
	}
	f.line.add(s.day(s.Announce), "8:00", "announce "+s.Title, func(ctx context.Context) error { return f.step(ctx, s, registry.Announced, "") })
	f.line.add(s.day(s.Announce), "9:00", "lay out "+s.Title, func(ctx context.Context) error { return f.layOut(ctx, s) })
	for _, boundary := range []string{s.day(s.ApplyFrom), s.day(s.ApplyUntil + 1), s.on(0)} {
		f.line.add(boundary, "0:00", "advance to "+s.Title, f.advance)
	}
	f.line.add(s.on(s.Days-1), s.Closes, "advance past "+s.Title, f.advance)
	if s.Stop != nil {
		f.line.add(s.day(s.Stop.Day), "16:00", "stop "+s.Title, func(ctx context.Context) error {
			return f.step(ctx, s, registry.EventState(s.Stop.To), s.Stop.Reason)
		})
	}
	f.applications(s)
	f.gates(s)
	f.happenings(s)
	f.buy(s)
	f.sales(s)
	f.stimulate(s)
	if s.Report != nil {
		f.line.add(s.day(s.Report.Day), "10:00", "close the report of "+s.Title, func(ctx context.Context) error {
			return f.closeReport(ctx, s)
		})
	}
	return nil
}

// settle fills in what a session takes from elsewhere: the published fair it
// plays, the lunar year.
func (f *filler) settle(s *session) error {
	if s.Real != "" {
		if err := f.playReal(s); err != nil {
			return err
		}
	}
	if s.Lunar == nil {
		return nil
	}
	here, _ := vn.Lunar(f.today)
	for year := here.Year; ; year++ {
		date, ok := vn.LunarDate{Year: year, Month: s.Lunar.Month, Day: s.Lunar.Day}.Solar()
		if !ok {
			return fmt.Errorf("no lunar day %+v in %d", s.Lunar, year)
		}
		if s.First = vn.DaysBetween(f.today, date); s.First > 0 {
			return nil
		}
	}
}

// create stores the draft of a session.
func (f *filler) create(ctx context.Context, s *session) (err error) {
	if s.In != "" {
		return f.inSeries(ctx, s)
	}
	in := f.eventInput(s)
	if s.Cover != "" {
		if in.Cover, err = f.pictures.cover(registry.ProductGroup(s.Cover)); err != nil {
			return err
		}
	}
	s.event, err = f.app.Events.CreateEvent(ctx, f.organiser(s), in)
	f.sessions = append(f.sessions, s)
	return err
}

// organiser is who looks after a session: those of other provinces are kept by
// the admin.
func (f *filler) organiser(s *session) registry.Actor {
	ref, err := registry.ParseAreaRef(s.Area)
	o := f.officers[registry.Organiser]
	if err == nil && o.Can(registry.ManageEvents, f.app.Areas.Scope(ref)) {
		return o
	}
	return f.admin
}

// eventInput is a session as the form of an event takes it.
func (f *filler) eventInput(s *session) events.EventInput {
	d := f.facts.madeUp.Defaults
	in := events.EventInput{Kind: s.Kind, Level: s.Level, Title: s.Title, Summary: s.Summary, Body: s.Body,
		Area: s.Area, Venue: s.Venue, Place: s.Place, Directions: s.Directions,
		Organiser: s.Organiser, Programme: d["programme"], Registration: s.Registration,
		FirstDay: vn.ShowDate(s.on(0)), LastDay: vn.ShowDate(s.on(s.Days - 1)), OpensAt: s.Opens, ClosesAt: s.Closes,
		SelfPick: s.SelfPick, Booths: strconv.Itoa(s.boothsN()), StaffPasses: strconv.Itoa(s.StaffPasses), Capacity: strconv.Itoa(s.Capacity)}
	if s.Real == "" {
		in.Organiser, in.CoOrganisers, in.Phone = d["organiser"], d["co_organisers"], d["phone"]
		in.LegalNumber, in.LegalIssuer, in.LegalOthers = d["legal_number"], d["legal_issuer"], d["legal_others"]
	}
	if s.Registration == "" {
		in.Registration = string(registry.RegistrationNotNeeded)
	} else {
		in.LegalNumber, in.LegalIssuer = s.LegalNumber, s.LegalIssuer
		in.LegalFiledOn, in.LegalIssuedOn = vn.ShowDate(s.day(s.Filed)), vn.ShowDate(s.day(s.Issued))
	}
	if s.ApplyFrom != s.ApplyUntil {
		in.ApplyFrom, in.ApplyUntil = vn.ShowDate(s.day(s.ApplyFrom)), vn.ShowDate(s.day(s.ApplyUntil))
	}
	for _, group := range slices.Sorted(maps.Keys(s.Quotas)) {
		in.Quotas = append(in.Quotas, events.QuotaInput{Group: group, Max: strconv.Itoa(s.Quotas[group])})
	}
	for _, i := range s.Items {
		in.Items = append(in.Items, events.ItemInput{Day: vn.ShowDate(s.on(i.Day)), StartsAt: i.Starts, EndsAt: i.Ends, Title: i.Title, Place: i.Place})
	}
	return in
}

// boothsN is how many booths are planned.
func (s *session) boothsN() int {
	n := s.Booths
	for _, z := range s.Zones {
		n += z.To
	}
	return n
}

// step moves a session to another state by hand.
func (f *filler) step(ctx context.Context, s *session, to registry.EventState, reason string) error {
	actor := f.organiser(s)
	e, err := f.app.Events.Event(ctx, actor, s.event.ID)
	if err != nil {
		return err
	}
	return f.app.Lifecycle.StepEvent(ctx, actor, e.ID, lifecycle.StepInput{To: to, Reason: reason, Version: e.Version})
}

// layOut makes the booths of a session.
func (f *filler) layOut(ctx context.Context, s *session) error {
	actor := f.organiser(s)
	for _, z := range s.Zones {
		grid := booths.BoothGrid{Zone: z.Zone, From: 1, To: z.To, Columns: z.Columns, Width: "3", Depth: "3",
			Kind: registry.BoothKind(z.Kind), Power: z.Power}
		if z.Fee > 0 {
			grid.Fee = fmt.Sprint(z.Fee)
		}
		if _, err := f.app.Booths.AddBooths(ctx, actor, s.event.ID, grid); err != nil {
			return err
		}
	}
	desk, err := f.app.Booths.BoothDesk(ctx, actor, s.event.ID)
	if err != nil {
		return err
	}
	s.booths = map[string]registry.BoothID{}
	for _, b := range desk.Booths {
		s.booths[b.Code] = b.ID
	}
	for _, code := range s.Blocked {
		if err := f.app.Booths.BlockBooth(ctx, actor, s.booth(code)); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) booth(code string) booths.BoothRef {
	return booths.BoothRef{Event: s.event.ID, Booth: s.booths[code]}
}

// String names a session in the messages of faults.
func (s *session) String() string { return strings.TrimSpace(s.Key + s.Real + " " + s.Title) }
