package events

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// hubFold is a part of the page that is closed, with what it comes to in its line.
type hubFold struct {
	ID, Title, Value string
	Rows             []view.SummaryRow
	Notes            []string // sentences that only tell
	Days             []view.ProgrammeDay
	Words            *eventWords
	Links            []hubAction
}

// hubFolds gathers what rarely changes, and the registers with their figures.
func (s *Door) hubFolds(c *fiber.Ctx, p *eventHubPage) error {
	p.Folds = s.factFolds(p)
	t := p.Tally
	p.Folds = append(p.Folds, hubFold{ID: "kich-cau", Title: p.T("measure.title"), Value: p.T("offer.hub", t.Offers(), t.Waiting, t.Measures),
		Links: []hubAction{{Href: p.Root + "/kich-cau", Label: p.T("measure.open")}}})
	for _, add := range []func(*fiber.Ctx, *eventHubPage) error{s.inspectionFold, s.supervisionFold, s.tipFold, s.costFold, s.wordFold} {
		if err := add(c, p); err != nil {
			return err
		}
	}
	return nil
}

// factFolds are an event as its organiser reads it through, part by part.
func (s *Door) factFolds(p *eventHubPage) []hubFold {
	e := p.Desk.Event
	facts := s.eventFacts(p.Base, e)
	edit := func(at string) []hubAction {
		if !p.Desk.MayEdit {
			return nil
		}
		return []hubAction{{Href: p.Root + "/sua#" + at, Icon: "pencil", Label: p.T("event.office.edit_do")}}
	}
	hours := ""
	if len(e.Days) > 0 {
		hours = ", " + view.HoursLine(e.Days[0])
	}
	legal := hubFold{ID: "can-cu", Title: p.T("event.page.legal"), Value: p.RegistrationName(e.Legal.Registration), Rows: facts.legal, Links: edit("g-legal")}
	if e.Legal.Number != "" {
		legal.Value += " · " + e.Legal.Number
	}
	for _, a := range p.Desk.Advice {
		if href, _ := p.wayOut(a); href == "" {
			legal.Notes = append(legal.Notes, p.T(a.Key, a.Args...))
		}
	}
	folds := []hubFold{
		{ID: "noi-ngay", Title: p.T("event.page.when_where"), Value: vn.ShowRange(e.OpensOn, e.ClosesOn) + hours + " · " + s.WhereLine(e), Rows: facts.where, Links: edit("g-when")},
		legal,
		{ID: "to-chuc", Title: p.T("event.page.organiser"), Value: joinSaid(e.Organiser, vn.ShowPhone(e.Phone)), Rows: facts.who, Links: edit("g-who")},
		{ID: "nhan-don", Title: p.T("hub.fold.booths"), Value: p.boothLine(), Rows: facts.booths, Links: edit("g-booths")},
	}
	if n := len(e.Items); n > 0 {
		folds = append(folds, hubFold{ID: "lich", Title: p.T("event.page.programme"), Value: p.nextItem(s.App.Today(), s.App.NowMS()),
			Days: p.ProgrammeDays(e), Links: edit("g-programme")})
	}
	return folds
}

// boothLine is how many vendors come, what they bring, and how many booths are left.
func (p *eventHubPage) boothLine() string {
	f := p.Desk.Figures
	return p.T("hub.fold.booths_line", f.Vendors, f.Products, f.Left(), f.Booths)
}

// nextItem is the next entry of the programme, else how many there are.
func (p *eventHubPage) nextItem(today string, now int64) string {
	for _, item := range p.Desk.Event.Items {
		start := vn.ShowClock(item.StartsAt)
		if item.Day > today || item.Day == today && start > view.ShowClock(now) {
			return p.T("hub.fold.next_item", start+" "+view.ShortDate(item.Day), item.Title)
		}
	}
	return p.T("hub.fold.items", len(p.Desk.Event.Items))
}

// joinSaid joins what is said with a dot between.
func joinSaid(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

func (s *Door) inspectionFold(c *fiber.Ctx, p *eventHubPage) error {
	e := p.Desk.Event
	line, err := s.lookedLine(c, p.Base, e.ID)
	if err != nil || line == "" {
		return err
	}
	f := hubFold{ID: "kiem-tra", Title: p.T("inspection.title"), Value: line,
		Links: []hubAction{{Href: view.Query(view.InspectionsRoot, "su-kien", string(e.ID)), Label: p.T("inspection.hub_open")}}}
	if frame.Actor(c).Can(registry.Inspect, s.App.Areas.Scope(e.Area)) {
		f.Links = append(f.Links, hubAction{Icon: "plus", Label: p.T("inspection.enter"),
			Href: view.Query(view.InspectionsRoot+"/ghi", "loai", "inspection", "ve", "booth", "su-kien", string(e.ID))})
	}
	p.Folds = append(p.Folds, f)
	return nil
}

func (s *Door) supervisionFold(c *fiber.Ctx, p *eventHubPage) error {
	id := p.Desk.Event.ID
	n, err := s.App.Supervision.OfEvent(c.UserContext(), frame.Actor(c), id)
	if err == nil && n > 0 {
		line := p.T("supervision.event_n", n)
		p.Folds = append(p.Folds, hubFold{ID: "giam-sat", Title: p.T("supervision.title"), Value: line,
			Links: []hubAction{{Href: view.Query(view.SupervisionRoot, "su-kien", string(id)), Label: line}}})
	}
	return err
}

func (s *Door) tipFold(c *fiber.Ctx, p *eventHubPage) error {
	line, err := s.tipsLine(c, p.Base, p.Desk.Event)
	if err == nil && line != "" {
		p.Folds = append(p.Folds, hubFold{ID: "phan-anh", Title: p.T("tip.desk_title"), Value: line,
			Links: []hubAction{{Href: view.Query("/quan-ly/phan-anh", "trang-thai", "tat-ca", "su-kien", string(p.Desk.Event.ID)), Label: p.T("tip.hub_open")}}})
	}
	return err
}

func (s *Door) costFold(c *fiber.Ctx, p *eventHubPage) error {
	line, err := s.costLine(c, p.Base, p.Desk.Event)
	if err == nil && line != "" {
		p.Folds = append(p.Folds, hubFold{ID: "cost", Title: p.T("cost.hub"), Value: line,
			Links: []hubAction{{Href: p.Root + "/kinh-phi", Label: p.T("cost.hub_open")}}})
	}
	return err
}

func (s *Door) wordFold(c *fiber.Ctx, p *eventHubPage) error {
	words, err := s.eventWords(c, p.Base, p.Desk.Event)
	if err != nil || words == nil {
		return err
	}
	f := hubFold{ID: "words", Title: p.T("communication.of_event"), Value: p.T("communication.of_event_none"), Words: words}
	if words.N > 0 {
		f.Value = p.T("hub.fold.words", words.N)
	}
	if words.Add != "" {
		f.Links = append(f.Links, hubAction{Href: words.Add, Icon: "megaphone", Label: p.T("communication.of_event_add")})
	}
	if words.N > 0 {
		f.Links = append(f.Links, hubAction{Href: words.All, Label: p.T("communication.of_event_all", words.N)})
	}
	p.Folds = append(p.Folds, f)
	return nil
}
