package communications

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// channelsPage is the channels, with the form of a new one.
type channelsPage struct {
	view.Base
	view.Form
	Rows   []channelRow
	Fields []view.Field
}

// channelRow is a channel as the page lists it.
type channelRow struct {
	committee.Channel
	Label, Kind, Act string // Act changes whether it is offered; "" of one built in
	Retires          bool
}

// showChannels shows the channels.
func (s *Door) showChannels(c *fiber.Ctx) error {
	return s.channels(c, fiber.StatusOK, communications.ChannelInput{}, nil)
}

func (s *Door) channels(c *fiber.Ctx, status int, in communications.ChannelInput, faults map[string]string) error {
	all, err := s.App.Communications.Channels(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := channelsPage{Base: s.OfficePage(c, "channel.title")}
	for _, x := range all {
		row := channelRow{Channel: x, Label: channelName(p.Base, x), Kind: p.T("channel.uncounted")}
		if x.Counts {
			row.Kind = p.T("channel.counted")
		}
		if !x.BuiltIn() {
			row.Act, row.Retires = channelRoot+"/"+string(x.ID)+"/dung-lai", !x.Retired
			if row.Retires {
				row.Act = channelRoot + "/" + string(x.ID) + "/thoi"
			}
		}
		p.Rows = append(p.Rows, row)
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(
		view.Field{Name: "name", Label: p.T("channel.field.name"), Value: in.Name, Max: committee.MaxChannelName, Required: true},
		view.Field{Name: "unit", Label: p.T("channel.field.unit"), Hint: p.T("channel.field.unit.hint"), Value: in.Unit, Max: committee.MaxChannelUnit, Required: true},
		view.Field{Name: "counts", Type: "checkbox", Label: p.T("channel.field.counts"), Hint: p.T("channel.field.counts.hint"), Value: view.Ticked(in.Counts)},
		view.Field{Name: "hangs", Type: "checkbox", Label: p.T("channel.field.hangs"), Value: view.Ticked(in.Hangs)})
	return s.RenderStatus(c, status, frame.LayoutOffice, "communications/channels", p)
}

// addChannel adds a channel.
func (s *Door) addChannel(c *fiber.Ctx) error {
	var in communications.ChannelInput
	err := frame.Bind(c, &in)
	if err == nil {
		err = s.App.Communications.AddChannel(c.UserContext(), frame.Actor(c), in)
	}
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "channel.title"), err); ok {
			return s.channels(c, frame.FaultStatus(c, err), in, texts)
		}
		return err
	}
	frame.Flash(c, "channel.flash.added")
	return c.Redirect(channelRoot, fiber.StatusSeeOther)
}

// retireChannel ends or takes up again that a channel is offered.
func (s *Door) retireChannel(retired bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := s.App.Communications.RetireChannel(c.UserContext(), frame.Actor(c), committee.ChannelID(c.Params("channel")), retired); err != nil {
			return err
		}
		frame.Flash(c, "channel.flash.changed")
		return c.Redirect(channelRoot, fiber.StatusSeeOther)
	}
}

// goalsPage is what a plan wants done through each channel.
type goalsPage struct {
	view.Base
	view.Form
	Plan   committee.Plan
	Action string
	Rows   []goalRow
}

// goalRow is the goal of a channel as it is typed.
type goalRow struct {
	view.Field
	Channel string
}

// goalForm is the goals as they are sent, side by side.
type goalForm struct {
	Channels []string `form:"channel" lines:"row"`
	Goals    []string `form:"goal" lines:"row"`
}

// showGoals shows the goals of a plan.
func (s *Door) showGoals(c *fiber.Ctx) error { return s.goals(c, fiber.StatusOK, nil, nil) }

func (s *Door) goals(c *fiber.Ctx, status int, typed map[string]string, faults map[string]string) error {
	g, err := s.App.Communications.Goals(c.UserContext(), frame.Actor(c), registry.PlanID(c.Params("plan")))
	if err != nil {
		return err
	}
	p := goalsPage{Base: s.OfficePage(c, "channel.goals_title", yearText(g.Plan.Year)), Plan: g.Plan, Action: goalRoot + string(g.Plan.ID)}
	p.Form = view.NewForm(&p.Base, faults)
	for _, x := range g.Channels {
		value := view.NumberIfAny(int(g.Of[x.ID])).Typed
		if typed != nil {
			value = typed[string(x.ID)]
		}
		p.Rows = append(p.Rows, goalRow{p.TakeOne(view.Field{Name: "goal." + string(x.ID), Label: channelName(p.Base, x), Value: value}), string(x.ID)})
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "communications/goals", p)
}

// saveGoals sets the goals of a plan.
func (s *Door) saveGoals(c *fiber.Ctx) error {
	var form goalForm
	unread := frame.Bind(c, &form)
	if len(form.Channels) != len(form.Goals) {
		return registry.E(registry.Malformed, "error.malformed")
	}
	typed := map[string]string{}
	var in []communications.GoalInput
	for i, channel := range form.Channels {
		typed[channel] = form.Goals[i]
		in = append(in, communications.GoalInput{Channel: channel, Goal: form.Goals[i]})
	}
	err := unread
	if err == nil {
		err = s.App.Communications.SaveGoals(c.UserContext(), frame.Actor(c), registry.PlanID(c.Params("plan")), in)
	}
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "channel.title"), err); ok {
			return s.goals(c, frame.FaultStatus(c, err), typed, texts)
		}
		return err
	}
	frame.Flash(c, "channel.flash.goals")
	return c.Redirect(root, fiber.StatusSeeOther)
}
