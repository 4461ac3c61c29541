package personal

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// erasing is the erasure of an account on the page of its request.
type erasing struct {
	Ask     []view.Field // ask for the login, and how it was compared; none where nothing can be planned
	Chip    view.Chip
	Text    string // where the last one stands; "" where none was planned
	Against []against
	Back    *view.Field // asks why it is taken back; nil where it cannot be
	Version int64
}

// against is something that stands against an erasure, and what to do about it.
type against struct {
	Why, Todo string
	Names     []string
}

// stay is a part that an erasure leaves.
type stay struct{ Part, N, Why string }

// erasure fills in what stands of the erasure that the request asks for.
func (p *page) erasure(all []personal.Erasure, x typed) {
	open := len(all) > 0 && all[0].State.Open()
	if p.File.Kind != personal.Erase || len(all) == 0 && !p.File.State.Open() {
		return
	}
	e := &erasing{}
	p.Erasing = e
	if len(all) > 0 {
		e.Chip, e.Text, e.Against, e.Version = erasureChip(p.Base, all[0].State), erasureSaid(p.Base, all[0]), obstaclesOf(p.Base, all[0].Obstacles), all[0].Version
	}
	switch {
	case open:
		back := p.TakeOne(view.Field{Name: "back_why", Type: "textarea", Label: p.T("erase.field.why"), Hint: p.T("erase.field.why.hint"), Value: x.back, Rows: 3,
			Max: personal.MaxReason, Required: true})
		e.Back, p.Outcome = &back, nil // the program closes the request
	case p.File.State.Open():
		ask := x.erase
		if ask == nil {
			ask = &apppersonal.EraseAsk{Login: p.File.Words.Way}
		}
		e.Ask = p.Take(view.Field{Name: "login", Type: "text", Label: p.T("erase.field.login"), Hint: p.T("personal.field.login.hint"), Value: ask.Login, Max: 254, Required: true})
		if p.File.Account == "" {
			e.Ask = append(e.Ask, p.TakeOne(view.Field{Name: "compared", Type: "text", Label: p.T("personal.field.compared"), Hint: p.T("erase.field.compared.hint"),
				Value: ask.Compared, Max: personal.MaxCheck, Required: true}))
		}
	}
}

func erasureChip(b view.Base, s personal.ErasureState) view.Chip {
	c := map[personal.ErasureState]view.Chip{personal.Waiting: {Class: "wait", Icon: "clock"}, personal.PutOff: {Class: "stop", Icon: "triangle-alert"},
		personal.TakenBack: {Class: "off", Icon: "ban"}, personal.Erased: {Class: "go", Icon: "circle-check"}}[s]
	c.Label = b.T("erase.state." + string(s))
	return c
}

// erasureSaid says where an erasure stands.
func erasureSaid(b view.Base, e personal.Erasure) string {
	switch e.State {
	case personal.PutOff:
		return b.T("erase.put_off_text", vn.ShowDate(e.DueOn))
	case personal.TakenBack:
		return b.T("erase.taken_back_text", e.TakenAs, view.ShowTime(e.TakenAt), e.TakenWhy)
	case personal.Erased:
		gone, stays := e.Effects.Total()
		return b.T("erase.done_text", view.ShowTime(e.DoneAt), vn.Count(int64(gone)), vn.Count(int64(stays)))
	}
	return b.T("erase.waits", vn.ShowDate(e.DueOn), e.PlannedAs, view.ShowTime(e.PlannedAt))
}

func obstaclesOf(b view.Base, found []personal.Obstacle) (all []against) {
	for _, o := range found {
		all = append(all, against{Why: b.T("erase.hindrance." + string(o.Why)), Todo: b.T("erase.todo." + string(o.Why)), Names: o.Names})
	}
	return all
}

// erasePage says what the erasure of an account would do, before it is planned.
type erasePage struct {
	view.Base
	Root, Name, Asked, Effect, When string
	Ask                             apppersonal.EraseAsk
	Gone, Stays                     []stay
	Against                         []against
}

// planErase first says what an erasure would do, then plans it.
func (s *Door) planErase(c *fiber.Ctx) error {
	var form struct {
		apppersonal.EraseAsk
		Sure string `form:"sure"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.page(c, typed{erase: &form.EraseAsk, fault: err})
	}
	if form.Sure != "" {
		err := s.App.Personal.Erase(c.UserContext(), frame.Actor(c), param(c), form.EraseAsk)
		return s.changed(c, typed{erase: &form.EraseAsk, fault: err}, "erase.flash.planned")
	}
	plan, err := s.App.Personal.PlanErase(c.UserContext(), frame.Actor(c), param(c), form.EraseAsk)
	if err != nil {
		return s.page(c, typed{erase: &form.EraseAsk, fault: err})
	}
	f, err := s.App.Personal.Request(c.UserContext(), frame.Actor(c), param(c))
	if err != nil {
		return err
	}
	return s.Render(c, frame.LayoutOffice, "personal/erase", newErasePage(s.OfficePage(c, "erase.title", f.Number()), f, plan, form.EraseAsk))
}

func newErasePage(b view.Base, f apppersonal.File, plan apppersonal.ErasePlan, ask apppersonal.EraseAsk) erasePage {
	ask.Login, ask.Version = strings.TrimSpace(ask.Login), f.Version
	gone, stays := plan.Effects.Total()
	p := erasePage{Base: b, Root: view.PersonalHref(f.ID), Ask: ask, Name: plan.Name, Against: obstaclesOf(b, plan.Obstacles),
		Asked: b.T("erase.asked_stranger"), Effect: b.T("erase.effect", vn.Count(int64(gone)), vn.Count(int64(stays))), When: b.T("erase.when_now")}
	if plan.Asked {
		p.Asked = b.T("erase.asked")
	}
	if plan.Days > 0 {
		p.When = b.T("erase.when", vn.ShowDate(plan.DueOn), plan.Days)
	}
	for _, n := range plan.Effects.Gone {
		p.Gone = append(p.Gone, stay{Part: b.T("erase.part." + string(n.Part)), N: vn.Count(int64(n.N))})
	}
	for _, n := range plan.Effects.Stays {
		p.Stays = append(p.Stays, stay{b.T("erase.part." + string(n.Part)), vn.Count(int64(n.N)), b.T("erase.why." + string(n.Part))})
	}
	return p
}

// takeBack takes the erasure back that waits.
func (s *Door) takeBack(c *fiber.Ctx) error {
	var form struct {
		Version int64  `form:"version"`
		Why     string `form:"back_why" lines:"many"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Personal.TakeBack(c.UserContext(), frame.Actor(c), param(c), form.Version, form.Why)
	}
	return s.changed(c, typed{back: form.Why, fault: err}, "erase.flash.back")
}
