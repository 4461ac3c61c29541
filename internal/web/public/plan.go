package public

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// planPage is the public plan of an event's booths.
type planPage struct {
	view.Base
	Event  registry.Event
	Days   string
	Plan   frame.PlanView
	Query  string
	Shown  *planRow  // the booth looked at
	Found  []planRow // what a search found
	Rows   []planRow // who is where, in the order of the plan
	Free   []string  // codes
	Others []string  // codes of held and blocked booths
}

// planRow is a vendor, or a booth without one, as the table under the plan has it.
type planRow struct {
	Codes []string
	Name  string
	Slug  string
	Goods []string
	Booth registry.Booth // the first one
}

// Code joins the codes of the vendor's booths.
func (r planRow) Code() string { return strings.Join(r.Codes, ", ") }

// GoodsText joins the goods.
func (r planRow) GoodsText() string { return strings.Join(r.Goods, ", ") }

// planRows lists the vendors of a plan with all their booths.
func planRows(p booths.Plan) (rows []planRow) {
	at := map[registry.ApplicationID]int{}
	for _, b := range p.Booths {
		v, ok := p.Vendors[b.ID]
		if !ok || b.State != registry.BoothAssigned {
			continue
		}
		i, seen := at[v.Application]
		if !seen {
			i = len(rows)
			at[v.Application] = i
			rows = append(rows, planRow{Name: v.Name, Slug: v.Slug, Goods: v.Goods, Booth: b})
		}
		rows[i].Codes = append(rows[i].Codes, b.Code)
	}
	return rows
}

// matches reports whether every word of a folded search stands in the row.
func (r planRow) matches(words []string) bool {
	text := vn.Fold(r.Code() + " " + r.Name + " " + strings.Join(r.Goods, " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// eventPlan draws the plan of an event whose booths lead to its public plan page;
// marked are the codes that stand out, shown is the one that is drawn by itself too.
func eventPlan(b view.Base, p booths.Plan, marked []string, shown string) frame.PlanView {
	d := frame.PlanDrawing{Base: b, Plan: p, Show: shown, Href: boothHref(p.Event),
		Hit: func(booth registry.Booth) bool { return slices.Contains(marked, booth.Code) }}
	return d.Draw()
}

// boothHref leads to a booth on the public plan of its event.
func boothHref(e registry.Event) func(registry.Booth) string {
	return func(b registry.Booth) string { return view.EventHref(e.Slug) + "/so-do?gian=" + b.Code + "#gian" }
}

// smallPlanBooths is how many booths the plan within the event's page draws at
// most, for the sake of its weight; a larger one has a page of its own only.
const smallPlanBooths = 120

// smallPlan draws the plan for the page of an event, which names the vendors itself: nil before there are booths,
// without a drawing where there are too many.
func (s *Door) smallPlan(c *fiber.Ctx, b view.Base, e registry.Event) (*frame.PlanView, error) {
	p, err := s.App.Booths.PlanOf(c.UserContext(), e)
	if err != nil || len(p.Booths) == 0 {
		return nil, err
	}
	if len(p.Booths) > smallPlanBooths {
		return &frame.PlanView{}, nil
	}
	small := (&frame.PlanDrawing{Base: b, Plan: noneFree(p), Href: boothHref(p.Event), Coded: true}).Draw()
	return &small, nil
}

// noneFree is the plan of an event that is over or stopped without booths to be
// had: what was free is not used.
func noneFree(p booths.Plan) booths.Plan {
	if p.Event.State.Upcoming() && !p.Event.State.Stopped() {
		return p
	}
	p.Booths = slices.Clone(p.Booths)
	for i := range p.Booths {
		if p.Booths[i].State == registry.BoothFree {
			p.Booths[i].State = registry.BoothBlocked
		}
	}
	return p
}

// showPlan is the public plan: a booth to look at by ?gian=, a search by ?q=.
func (s *Door) showPlan(c *fiber.Ctx) error {
	p, err := s.App.Booths.BoothPlan(c.UserContext(), frame.Actor(c), c.Params("slug"))
	if err != nil {
		return err
	}
	p = noneFree(p)
	page := planPage{Base: s.PublicNav(c, s.Page(c, "booth.plan.title", p.Event.Title)), Event: p.Event,
		Days: vn.ShowRange(p.Event.OpensOn, p.Event.ClosesOn), Rows: planRows(p)}
	page.Query = frame.AskedText(c, "q")
	if page.find(p, strings.ToUpper(c.Query("gian"))); c.Query("gian") != "" && page.Shown == nil {
		frame.CannotRead(c, "gian")
	}
	for _, b := range p.Booths {
		switch b.State {
		case registry.BoothFree:
			page.Free = append(page.Free, b.Code)
		case registry.BoothHeld, registry.BoothBlocked:
			page.Others = append(page.Others, b.Code)
		}
	}
	shown := ""
	if page.Shown != nil {
		shown = strings.ToUpper(c.Query("gian"))
	}
	page.Plan = eventPlan(page.Base, p, page.marked(), shown)
	return s.Render(c, frame.LayoutPublic, "public/plan", page)
}

// find looks up the booth asked for and what the search words fit.
func (p *planPage) find(plan booths.Plan, code string) {
	if b, ok := plan.Find(code); ok {
		p.Shown = &planRow{Codes: []string{b.Code}, Booth: b}
		for _, r := range p.Rows {
			if slices.Contains(r.Codes, code) {
				p.Shown = &r
			}
		}
	}
	words := strings.Fields(vn.Fold(p.Query))
	if len(words) == 0 {
		return
	}
	for _, r := range p.Rows {
		if r.matches(words) {
			p.Found = append(p.Found, r)
		}
	}
}

// marked lists the codes that stand out on the plan.
func (p *planPage) marked() (codes []string) {
	for _, r := range p.Found {
		codes = append(codes, r.Codes...)
	}
	if p.Shown != nil {
		codes = append(codes, p.Shown.Codes...)
	}
	return codes
}
