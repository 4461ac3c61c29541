package communications

import (
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// registerPage is the register of a year with its figures.
type registerPage struct {
	view.Base
	Kicker    string
	Heading   string
	Enter     string // address of the form; "" for whoever enters nothing
	Keeps     bool   // the reader keeps the list of channels
	Goals     string // address of the goals of the plan
	Spans     []view.FilterLink
	Narrowed  []view.FilterLink // filters in force; each leads to the register without it
	Channels  []channelLine
	Sum       channelLine
	Shows     []showLink
	Rows      []rowLine
	Photos    []photoLine
	Audiences []figureLine
	Map       *communeMap
	Empty     view.Empty
	Prev      string
	Next      string
}

// channelLine is a channel with its figures in words.
type channelLine struct {
	Name, Href                 string
	Goal, Done, People, Before string
	Share                      string // of the goal
	Bar                        template.HTML
	Late                       bool // behind the year by more than a tenth of the goal
	Counts                     bool
}

// showLink is a list of the register with how many entries it has.
type showLink struct {
	view.FilterLink
	N string
}

// rowLine is an entry as the register shows it.
type rowLine struct {
	Href, What, Note, Where, Days, Times, People, Who, Photos string
	Chips                                                     []view.Chip
	Struck                                                    bool
}

// photoLine is a photo with what it shows.
type photoLine struct{ Href, Photo, Title, Note string }

// figureLine is a figure that leads to its rows.
type figureLine struct{ Label, Href, N string }

// showRegister shows the register.
func (s *Door) showRegister(c *fiber.Ctx) error {
	a := s.readAsked(c)
	r, err := s.App.Communications.Register(c.UserContext(), frame.Actor(c), a.query())
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "trang", len(r.Rows))
	p := registerPage{Base: s.OfficePage(c, "communication.title")}
	narrowed := a
	if p.Narrowed = s.narrowed(c, p.Base, &narrowed, r); narrowed != a { // a filter that names nothing counts as none
		a = narrowed
		r, err = s.App.Communications.Register(c.UserContext(), frame.Actor(c), a.query())
	}
	if err != nil {
		return err
	}
	p.Heading = p.T("communication.sum", vn.Count(r.Total.Times), vn.Count(r.Total.People))
	p.Kicker = kicker(p.Base, a, r, s.App.Today())
	if r.Enters {
		p.Enter = view.Query(enterRoot, "su-kien", a.event)
	}
	p.Keeps = r.Keeps
	if r.Goals {
		p.Goals = goalRoot + string(r.Plan.ID)
	}
	p.Spans = spans(p.Base, a)
	p.Shows = shows(p.Base, a, r)
	p.figures(a, r, s.App.Today())
	s.listEntries(&p, r)
	if p.Map, err = s.communeMap(c, p.Base, a, r); err != nil {
		return err
	}
	p.Empty = view.Empty{Icon: "megaphone", Title: p.T("communication.none"), Text: p.T("communication.none_text")}
	p.pages(a, len(r.Rows), r.N)
	return s.Render(c, frame.LayoutOffice, "communications/register", p)
}

// figures are the channels against the plan, and the groups that were spoken to.
func (p *registerPage) figures(a asked, r communications.Register, today string) {
	gone := yearGone(today, a)
	for _, line := range r.Channels {
		p.Channels = append(p.Channels, newChannelLine(p.Base, line, gone, a.with(func(a *asked) { a.channel = string(line.ID) })))
	}
	p.Sum = newChannelLine(p.Base, communications.ChannelLine{Channel: committee.Channel{Counts: true}, Goal: r.Goal, Done: r.Total, Before: r.Before}, gone, "")
	for _, g := range committee.Audiences {
		if t := r.By[g]; t.Rows > 0 {
			p.Audiences = append(p.Audiences, figureLine{p.T("communication.audience." + string(g)), a.with(func(a *asked) { a.audience = string(g) }), vn.Count(t.Times)})
		}
	}
}

// listEntries are the entries of the page, and the newest photos.
func (s *Door) listEntries(p *registerPage, r communications.Register) {
	for _, row := range r.Rows {
		p.Rows = append(p.Rows, s.newRow(p.Base, row))
	}
	for _, row := range r.Photos {
		p.Photos = append(p.Photos, photoLine{entryHref(row.ID), entryHref(row.ID) + "/anh/" + string(row.Photos[0]) + "/nho",
			view.SaidLine(channelName(p.Base, row.ChannelIs), row.Village, row.Place), s.areaName(row.Communication) + " · " + view.ShortDate(row.From)})
	}
}

// export sends what the address asks for as a file.
func (s *Door) export(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Communications.File(c.UserContext(), frame.Actor(c), s.readAsked(c).query(), ask.Form, ask.Lang)
	})
}

// sheet sends the blank sheet that is filled in by hand.
func (s *Door) sheet(c *fiber.Ctx) error {
	b := s.Page(c, "communication.title")
	f, err := s.App.Communications.Sheet(c.UserContext(), frame.Actor(c), frame.Lang(c), func(x committee.Channel) string { return channelName(b, x) })
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// pages links the pages before and after.
func (p *registerPage) pages(a asked, rows, n int) {
	if a.page > 0 {
		before := a
		before.page--
		p.Prev = before.href()
	}
	if a.page*rowsShown+rows < n {
		after := a
		after.page++
		p.Next = after.href()
	}
}

// kicker says of what time the figures are, and what was planned.
func kicker(b view.Base, a asked, r communications.Register, today string) string {
	text := b.T("communication.year", yearText(a.year))
	if a.quarter > 0 {
		text = b.T("communication.quarter", yearText(a.quarter), yearText(a.year))
	}
	if strings.HasPrefix(today, yearText(a.year)) {
		text += ", " + b.T("communication.until", view.ShortDate(today))
	}
	if r.Goal > 0 {
		text += " · " + b.T("communication.planned", vn.Count(r.Goal))
	}
	return text
}

// yearGone is the share of the time that has gone, in parts of a thousand: goals are
// those of a year, so that a quarter is not judged.
func yearGone(today string, a asked) int64 {
	first, last := yearText(a.year)+"-01-01", yearText(a.year)+"-12-31"
	switch {
	case a.quarter > 0 || today < first:
		return 0
	case today > last:
		return 1000
	}
	return int64(vn.DaysBetween(first, today)+1) * 1000 / int64(vn.DaysBetween(first, last)+1)
}

func newChannelLine(b view.Base, c communications.ChannelLine, gone int64, href string) channelLine {
	l := channelLine{Href: href, Done: vn.Count(c.Done.Times), Before: vn.Count(c.Before.Times), Counts: c.Counts, People: vn.Count(c.Done.People)}
	if href != "" {
		l.Name = channelName(b, c.Channel)
	}
	if !c.Counts {
		l.People = b.T("communication.uncounted")
	}
	if c.Goal == 0 {
		return l
	}
	l.Goal = vn.Count(c.Goal)
	l.Late = committee.Progress{Goal: c.Goal, Done: c.Done.Times, Counted: true}.Judge(gone) == committee.ShortBehind
	bar := view.TargetBar{Done: c.Done.Times, Goal: c.Goal, Gone: gone}
	l.Share = b.T("communication.share", vn.Count(c.Done.Times*100/c.Goal))
	if l.Late {
		bar.Tone, l.Share = "bad", b.T("communication.share_late", vn.Count(c.Done.Times*100/c.Goal))
	}
	if bar.Label = l.Share; gone == 0 {
		bar.Gone = -1
	}
	l.Bar = bar.Draw()
	return l
}

// spans are the years and quarters as links.
func spans(b view.Base, a asked) []view.FilterLink {
	links := []view.FilterLink{
		{Href: a.with(func(a *asked) { a.year--; a.quarter = 0 }), Label: yearText(a.year - 1)},
		{Href: a.with(func(a *asked) { a.quarter = 0 }), Label: b.T("register.whole_year", yearText(a.year)), Current: a.quarter == 0},
	}
	for q := 1; q <= 4; q++ {
		links = append(links, view.FilterLink{Href: a.with(func(a *asked) { a.quarter = q }), Label: b.T("communication.quarter_n", yearText(q)), Current: a.quarter == q})
	}
	return append(links, view.FilterLink{Href: a.with(func(a *asked) { a.year++; a.quarter = 0 }), Label: yearText(a.year + 1)})
}

// narrowed are the filters in force. One that names nothing is told as not understood,
// and taken out of what is asked.
func (s *Door) narrowed(c *fiber.Ctx, b view.Base, a *asked, r communications.Register) (links []view.FilterLink) {
	add := func(name, label string, without func(*asked)) {
		if label == "" {
			frame.CannotRead(c, name)
			without(a)
			return
		}
		links = append(links, view.FilterLink{Href: a.with(without), Label: label, Current: true})
	}
	if a.channel != "" {
		label := ""
		if channel, ok := committee.ChannelByID(r.All, committee.ChannelID(a.channel)); ok {
			label = channelName(b, channel)
		}
		add("kenh", label, func(a *asked) { a.channel = "" })
	}
	if a.area != "" {
		add("don-vi", s.AreaName(registry.AreaRef{Edition: registry.Edition2025, Code: a.area}), func(a *asked) { a.area = "" })
	}
	if a.audience != "" {
		add("doi-tuong", b.T("communication.audience."+a.audience), func(a *asked) { a.audience = "" })
	}
	if a.body != "" {
		label := ""
		for _, body := range r.Bodies {
			if string(body.ID) == a.body {
				label = body.Name
			}
		}
		add("co-quan", label, func(a *asked) { a.body = "" })
	}
	if a.event != "" {
		e, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), registry.EventID(a.event))
		if err != nil {
			e.Title = ""
		}
		add("su-kien", e.Title, func(a *asked) { a.event = "" })
	}
	if a.task != "" {
		add("nhiem-vu", r.Task, func(a *asked) { a.task = "" })
	}
	return links
}

// shows are the lists of the register.
func shows(b view.Base, a asked, r communications.Register) []showLink {
	link := func(show, key string, n int) showLink {
		l := showLink{N: vn.Count(int64(n))}
		l.Href, l.Label, l.Current = a.with(func(a *asked) { a.show = show }), b.T(key), a.show == show
		return l
	}
	newest := link("", "communication.show_all", 0)
	newest.N = ""
	return []showLink{newest, link(showUp, "communication.show_up", r.Up), link(showNoPhoto, "communication.show_no_photo", r.NoPhoto),
		link(showAsked, "communication.show_asked", r.Asked)}
}

func (s *Door) newRow(b view.Base, row communications.Row) rowLine {
	l := rowLine{Href: entryHref(row.ID), What: channelName(b, row.ChannelIs), Note: row.Topic, Where: view.SaidLine(s.areaName(row.Communication), row.Village, row.Place),
		Days: days(b, row.Communication), Times: vn.Count(int64(row.Times)), People: b.T("communication.uncounted"), Who: audienceNames(b, row.Audiences),
		Chips: chips(b, row.Communication), Struck: row.Struck(), Photos: b.T("communication.no_photo")}
	if row.Counted {
		l.People = vn.Count(int64(row.People))
	}
	if n := len(row.Photos); n > 0 {
		l.Photos = b.T("communication.photos_n", n)
	}
	return l
}
