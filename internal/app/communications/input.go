package communications

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// EntryInput is what the form of an entry holds, as it was typed.
type EntryInput struct {
	Client    string   `form:"client"` // made where it is typed: what comes twice is stored once
	Channel   string   `form:"channel"`
	Times     string   `form:"times"`
	People    string   `form:"people"`
	Area      string   `form:"area_ref"` // text form of a unit
	Place     string   `form:"place"`
	Village   string   `form:"village"`
	Day       string   `form:"day"`
	DownOn    string   `form:"down_on"` // taken down, or the last day
	Quantity  string   `form:"quantity"`
	Minutes   string   `form:"minutes"`
	Cost      string   `form:"cost"`
	Topic     string   `form:"topic"`
	Quality   string   `form:"quality" lines:"many"`
	Link      string   `form:"link"`
	Audiences []string `form:"audience"`
	Event     string   `form:"event"`
	Tasks     []string `form:"task"`
	Body      string   `form:"body"`
	Movements string   `form:"movements" lines:"many"`
	Confirm   bool     `form:"confirm"` // what is asked back is right
	Version   int64    `form:"version"`
}

// InputOf is an entry as its form takes it.
func InputOf(c committee.Communication) EntryInput {
	in := EntryInput{Channel: string(c.Channel), Times: vn.Count(int64(c.Times)), Area: c.Area.String(), Place: c.Place, Village: c.Village,
		Day: vn.ShowDate(c.From), Quantity: countIfAny(int64(c.Quantity)), Minutes: countIfAny(int64(c.Minutes)), Cost: countIfAny(c.Cost),
		Topic: c.Topic, Quality: c.Quality, Link: c.Link, Event: string(c.Event), Body: string(c.Body),
		Movements: strings.Join(c.Movements, "\n"), Version: c.Version}
	if c.Counted {
		in.People = vn.Count(int64(c.People))
	}
	if c.Until != "" {
		in.DownOn = vn.ShowDate(c.Until)
	}
	for _, x := range c.Audiences {
		in.Audiences = append(in.Audiences, string(x))
	}
	for _, id := range c.Tasks {
		in.Tasks = append(in.Tasks, string(id))
	}
	return in
}

func countIfAny(n int64) string {
	if n == 0 {
		return ""
	}
	return vn.Count(n)
}

// fill reads a form into an entry, or returns all faults at once. What refers to other
// things is checked by refer.
func (a *Service) fill(in EntryInput, channels []committee.Channel, c *committee.Communication) error {
	r := core.Input{Today: a.Today()}
	channel, ok := committee.ChannelByID(channels, committee.ChannelID(in.Channel))
	r.Faults.Check(ok && (!channel.Retired || channel.ID == c.Channel), "channel", "error.choose")
	c.Channel = channel.ID
	c.Times = needed(&r, "times", in.Times, 1, committee.MaxTimes)
	c.Counted, c.People = channel.Counts, 0
	switch {
	case channel.Counts:
		c.People = needed(&r, "people", in.People, 0, committee.MaxPeople)
	case ok && in.People != "":
		r.Faults.Add("people", "communication.error.people")
	}
	a.fillDays(&r, in, channel, c)
	c.Area = a.UnitOn(&r, in.Area, c.From)
	c.Place, c.Village = r.Line("place", in.Place, committee.MaxCommPlace), r.Line("village", in.Village, committee.MaxCommPlace)
	fillRest(&r, in, c)
	return r.Faults.Err()
}

// needed reads a count that has to be typed.
func needed(r *core.Input, field, typed string, least, most int) int {
	if typed == "" {
		r.Faults.Add(field, "error.required")
		return 0
	}
	before := len(r.Faults)
	n := r.Count(field, typed)
	if len(r.Faults) > before {
		return 0
	}
	return r.Between(field, n, least, most)
}

// fillDays reads the days: what hangs goes on until it is taken down, everything else
// is over on its last day.
func (a *Service) fillDays(r *core.Input, in EntryInput, channel committee.Channel, c *committee.Communication) {
	if in.Day == "" {
		r.Faults.Add("day", "error.required")
	}
	c.From, c.Until = r.Date("day", in.Day), r.Date("down_on", in.DownOn)
	if c.From == "" {
		return
	}
	r.Faults.Check(c.From >= committee.FirstCommDay, "day", "register.error.day")
	if c.Until == "" && !channel.Hangs {
		c.Until = c.From
	}
	if c.Until == "" {
		return
	}
	r.Faults.Check(c.From <= c.Until, "down_on", "register.error.until")
	r.Faults.Check(vn.DaysBetween(c.From, c.Until) <= committee.MaxCommDaysLong, "down_on", "communication.error.long")
}

// fillRest reads what may be left out.
func fillRest(r *core.Input, in EntryInput, c *committee.Communication) {
	c.Quantity = r.Between("quantity", r.Count("quantity", in.Quantity), 0, committee.MaxQuantity)
	c.Minutes = r.Between("minutes", r.Count("minutes", in.Minutes), 0, committee.MaxMinutes)
	c.Cost = r.Money("cost", in.Cost, committee.MaxCost)
	c.Topic, c.Quality = r.Line("topic", in.Topic, committee.MaxCommTopic), r.Text("quality", in.Quality, committee.MaxCommQuality)
	c.Link = link(r, in.Link)
	c.Audiences = nil
	for _, code := range committee.Audiences {
		if slices.Contains(in.Audiences, string(code)) {
			c.Audiences = append(c.Audiences, code)
		}
	}
	for _, code := range in.Audiences {
		r.Faults.Check(committee.Audience(code).Valid(), "audience", "error.choose")
	}
	c.Event, c.Body = registry.EventID(in.Event), registry.BodyID(in.Body)
	c.Tasks = nil
	for _, id := range in.Tasks {
		if !slices.Contains(c.Tasks, registry.TaskID(id)) {
			c.Tasks = append(c.Tasks, registry.TaskID(id))
		}
	}
	slices.Sort(c.Tasks)
	r.Faults.Check(len(c.Tasks) <= committee.MaxCommTasks, "task", "communication.error.tasks", committee.MaxCommTasks)
	c.Movements = r.Lines("movements", in.Movements, committee.MaxCommPlace)
	r.Faults.Check(len(c.Movements) <= committee.MaxMovements, "movements", "communication.error.movements", committee.MaxMovements)
}

// link reads an address of the web; it has to be one that the page may lead to.
func link(r *core.Input, typed string) string {
	typed = r.Line("link", typed, committee.MaxCommLink)
	if typed == "" {
		return ""
	}
	u, err := url.Parse(typed)
	r.Faults.Check(err == nil && u.Scheme == "https" && strings.Contains(u.Hostname(), ".") && u.User == nil, "link", "register.error.link")
	return typed
}

// refer checks what an entry refers to and whether the actor may write it: was is the
// entry as it was before, the zero one for a new one. What it referred to already is
// not asked for again.
func (a *Service) refer(ctx context.Context, tx *store.Tx, actor registry.Actor, was, c committee.Communication) error {
	var faults registry.Faults
	choices, err := a.choices(ctx, tx, actor)
	if err != nil {
		return err
	}
	if c.Event != "" && c.Event != was.Event {
		e, err := tx.Event(ctx, c.Event)
		known := err == nil && (e.State != registry.Draft || actor.Can(registry.ViewOffice, a.Areas.Scope(e.Area)))
		faults.Check(known, "event", "register.error.event")
	}
	hasBody := slices.ContainsFunc(choices.Bodies, func(b committee.Body) bool { return b.ID == c.Body })
	faults.Check(c.Body == "" || c.Body == was.Body || hasBody, "body", "register.error.body")
	for _, id := range c.Tasks {
		offered := slices.ContainsFunc(choices.Tasks, func(t committee.Task) bool { return t.ID == id })
		faults.Check(offered || slices.Contains(was.Tasks, id), "task", "communication.error.task")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	r, err := a.rightsTo(ctx, tx, actor, c)
	switch {
	case err != nil || r.writes:
		return err
	case c.Body == "" && len(choices.Bodies) > 0 && !choices.Keeps:
		return registry.Faults{registry.At("body", "communication.error.own_body")}
	}
	return registry.Faults{registry.At("area", "register.error.area_not_yours")}
}
