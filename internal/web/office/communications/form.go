package communications

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// entryForm is the form of an entry as it is sent.
type entryForm struct {
	communications.EntryInput
	AreaText string `form:"area"`
	Over     int64  `form:"over"`
}

// formOf fills the form with what is stored.
func (s *Door) formOf(in communications.EntryInput) entryForm {
	f := entryForm{EntryInput: in}
	f.AreaText = s.AreaText(in.Area, s.PastDayTyped(in.Day))
	return f
}

// sent is how a form fared that was not written.
type sent struct {
	err   error
	place *registry.Error // what is wrong with the unit
	asked []communications.Question
	stale *view.Stale
}

// texts are the faults by field.
func (x sent) texts(b view.Base) (map[string]string, bool) {
	if x.err == nil {
		return nil, true
	}
	return view.FaultTexts(b, frame.AtArea(x.err, x.place))
}

// entryPage is the form of an entry, new or stored.
type entryPage struct {
	view.Base
	view.Form
	Action  string
	Back    string
	New     bool
	Client  string
	Version int64
	Channel view.Field
	Main    []view.Field
	Place   []view.Field
	More    []view.Field
	Open    bool // show the rest at once
	Asked   []string
	Stale   *view.Stale
	Uncount string // channels that count no people, for the script
	Texts   string // what the script says
	Send    string
	Keep    string                   // names the entries that wait on this phone
	Holds   communications.EntryFile // what the entry refers to, offered or not
}

// hold adds to the choices what an entry refers to and is no longer offered: nobody who
// corrects a figure drops an event that is long past.
func hold(ch communications.Choices, f communications.EntryFile) communications.Choices {
	ch.Events, ch.Bodies, ch.Tasks = slices.Clone(ch.Events), slices.Clone(ch.Bodies), slices.Clone(ch.Tasks)
	if f.Event != "" && !slices.ContainsFunc(ch.Events, func(e registry.Event) bool { return e.ID == f.Event }) {
		ch.Events = append(ch.Events, registry.Event{ID: f.Event, Title: f.EventTitle})
	}
	if f.Body != "" && !slices.ContainsFunc(ch.Bodies, func(b committee.Body) bool { return b.ID == f.Body }) {
		ch.Bodies = append(ch.Bodies, committee.Body{ID: f.Body, Name: f.BodyName})
	}
	for i, id := range f.Tasks {
		if !slices.ContainsFunc(ch.Tasks, func(t committee.Task) bool { return t.ID == id }) {
			ch.Tasks = append(ch.Tasks, committee.Task{ID: id, Title: f.TaskTitles[i]})
		}
	}
	return ch
}

// draw puts a form into the page.
func (s *Door) draw(p *entryPage, f entryForm, ch communications.Choices) {
	ch = hold(ch, p.Holds)
	p.Client, p.Version = f.Client, f.Version
	b := p.Base
	p.Channel = p.TakeOne(view.Field{Name: "channel", Type: "radios", Label: b.T("communication.field.channel"), Options: channelOptions(b, ch.Channels, f.Channel)})
	p.Main = p.Take(
		view.Field{Name: "times", Type: "number", Label: b.T("communication.field.times"), Value: f.Times, Required: true},
		view.Field{Name: "people", Type: "number", Label: b.T("communication.field.people"), Hint: b.T("communication.field.people.hint"), Value: f.People})
	p.Place = p.Take(
		view.Field{Name: "area", Type: "area", Label: b.T("communication.field.area"), Value: f.AreaText, Ref: f.Area, On: "day", Required: true},
		view.Field{Name: "village", Label: b.T("communication.field.village"), Value: f.Village, Max: committee.MaxCommPlace},
		view.Field{Name: "day", Type: "date", Label: b.T("communication.field.day"), Value: f.Day, Shape: b.T("form.date_shape"), Required: true})
	p.More = p.Take(rest(b, f, ch)...)
	for _, field := range p.More {
		p.Open = p.Open || field.Error != ""
	}
	for _, c := range ch.Channels {
		if !c.Counts {
			p.Uncount += string(c.ID) + " "
		}
	}
}

// rest are the fields that may be left out.
func rest(b view.Base, f entryForm, ch communications.Choices) []view.Field {
	t := func(name string) string { return b.T("communication.field." + name) }
	hint := func(name string) string { return b.T("communication.field." + name + ".hint") }
	fields := []view.Field{
		{Name: "place", Label: t("place"), Hint: hint("place"), Value: f.Place, Max: committee.MaxCommPlace},
		{Name: "topic", Label: t("topic"), Hint: hint("topic"), Value: f.Topic, Max: committee.MaxCommTopic},
		{Name: "audience", Type: "checkboxes", Label: t("audience"), Options: chosen(view.Options(b, "communication.audience.", committee.Audiences, ""), f.Audiences)},
		{Name: "down_on", Type: "date", Label: t("down_on"), Hint: hint("down_on"), Value: f.DownOn, Shape: b.T("form.date_shape")},
		{Name: "quantity", Type: "number", Label: t("quantity"), Value: f.Quantity},
		{Name: "minutes", Type: "number", Label: t("minutes"), Value: f.Minutes},
		{Name: "cost", Type: "money", Label: t("cost"), Value: f.Cost},
		{Name: "body", Type: "select", Label: t("body"), Options: bodyOptions(b, ch, f.Body)},
		{Name: "event", Type: "select", Label: t("event"), Options: eventOptions(b, ch, f.Event)},
	}
	if len(ch.Tasks) > 0 {
		tasks := make([]view.Option, len(ch.Tasks))
		for i, task := range ch.Tasks {
			tasks[i] = view.Option{Value: string(task.ID), Label: task.Title}
		}
		fields = append(fields, view.Field{Name: "task", Type: "checkboxes", Label: t("task"), Options: chosen(tasks, f.Tasks)})
	}
	return append(fields,
		view.Field{Name: "link", Label: t("link"), Value: f.Link, InputMode: "url", Max: committee.MaxCommLink},
		view.Field{Name: "movements", Type: "textarea", Label: t("movements"), Hint: hint("movements"), Value: f.Movements, Rows: 2},
		view.Field{Name: "quality", Type: "textarea", Label: t("quality"), Value: f.Quality, Rows: 2, Max: committee.MaxCommQuality})
}

// chosen marks several choices.
func chosen(options []view.Option, values []string) []view.Option {
	for i := range options {
		for _, v := range values {
			options[i].Selected = options[i].Selected || options[i].Value == v
		}
	}
	return options
}

// channelOptions are the channels offered, and the one of the entry.
func channelOptions(b view.Base, channels []committee.Channel, current string) (options []view.Option) {
	for _, c := range channels {
		if !c.Retired || string(c.ID) == current {
			options = append(options, view.Option{Value: string(c.ID), Label: channelName(b, c), Selected: string(c.ID) == current})
		}
	}
	return options
}

func bodyOptions(b view.Base, ch communications.Choices, current string) []view.Option {
	options := []view.Option{{Label: b.T("register.unsaid")}}
	for _, body := range ch.Bodies {
		options = append(options, view.Option{Value: string(body.ID), Label: body.Name, Selected: string(body.ID) == current})
	}
	return options
}

func eventOptions(b view.Base, ch communications.Choices, current string) []view.Option {
	options := []view.Option{{Label: b.T("register.no_event")}}
	for _, e := range ch.Events {
		options = append(options, view.Option{Value: string(e.ID), Label: e.Title, Selected: string(e.ID) == current})
	}
	return options
}

// questions are what is asked back, in words.
func questions(b view.Base, asked []communications.Question) (texts []string) {
	for _, q := range asked {
		texts = append(texts, b.T("communication.doubt."+string(q.Doubt), q.Args...))
	}
	return texts
}

// reshowEntry shows a form again that was not written; what cannot stand on it is
// answered by itself.
func (s *Door) reshowEntry(c *fiber.Ctx, p entryPage, f entryForm, x sent) error {
	faults, ok := x.texts(p.Base)
	if !ok && x.stale == nil {
		return x.err
	}
	ch, err := s.App.Communications.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	status := fiber.StatusOK
	if x.err != nil {
		status = frame.FaultStatus(c, x.err)
	}
	p.Form, p.Stale, p.Asked = view.NewForm(&p.Base, faults), x.stale, questions(p.Base, x.asked)
	s.draw(&p, f, ch)
	return s.RenderStatus(c, status, frame.LayoutOffice, "communications/entry_form", p)
}
