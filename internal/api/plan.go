package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/planning"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/yearplan/paste"
)

// planRowJSON is a row of a plan, each cell as people write it.
type planRowJSON struct {
	Commune string `json:"commune"`
	Date    string `json:"date"`
	Lunar   string `json:"lunar"`
	Until   string `json:"until"`
	Days    string `json:"days"`
	Booths  string `json:"booths"`
	Venue   string `json:"venue"`
	Name    string `json:"name"`
	Theme   string `json:"theme"`
	Hours   string `json:"hours"`
}

// planJSON is a plan of sessions that are made like an event.
type planJSON struct {
	Pattern string        `json:"pattern"`
	Year    int           `json:"year"`
	Rows    []planRowJSON `json:"rows"`
	Key     string        `json:"key"`
	Shown   string        `json:"shown"`
}

// planTrialJSON says how a plan is understood.
type planTrialJSON struct {
	Ready bool          `json:"ready"`
	Shown string        `json:"shown"`
	N     planCountJSON `json:"n"`
	Rows  []plannedJSON `json:"rows"`
}

// planCountJSON counts rows by their state.
type planCountJSON struct {
	New     int `json:"new"`
	There   int `json:"there"`
	Confirm int `json:"confirm"`
	Wrong   int `json:"wrong"`
}

// plannedJSON is a row as it is understood.
type plannedJSON struct {
	Row      int               `json:"row"`
	State    string            `json:"state"`
	Area     string            `json:"area,omitempty"`
	FirstDay string            `json:"first_day,omitempty"`
	LastDay  string            `json:"last_day,omitempty"`
	Event    string            `json:"event,omitempty"` // that is there already
	Wrong    []cellFaultJSON   `json:"wrong,omitempty"`
	Confirm  []cellGuessJSON   `json:"confirm,omitempty"`
	Findings []planFindingJSON `json:"findings,omitempty"`
}

// cellFaultJSON is what is wrong with a cell.
type cellFaultJSON struct {
	Field string `json:"field"`
	Error string `json:"error"`
}

// cellGuessJSON is what a cell is taken for. It is confirmed by sending that text in its place.
type cellGuessJSON struct {
	Field string `json:"field"`
	Means string `json:"means"`
}

// planFindingJSON is what stands in the way of a row: another event or row, or a day near Tết.
type planFindingJSON struct {
	Kind     string   `json:"kind"`
	Severity string   `json:"severity"`
	Event    string   `json:"event,omitempty"`
	Row      int      `json:"row,omitempty"`
	Free     []string `json:"free,omitempty"` // days near it that would do, YYYY-MM-DD
}

// readPlan reads the plan of a request: its rows are counted from 1.
func readPlan(c *fiber.Ctx) (in planning.PasteInput, err error) {
	var body planJSON
	if err := decode(c, &body); err != nil {
		return in, err
	}
	in = planning.PasteInput{Pattern: registry.EventID(body.Pattern), Year: body.Year, Key: body.Key, Shown: body.Shown}
	if len(body.Rows) == 0 {
		return in, registry.Faults{registry.At("rows", "error.required")}
	}
	for i, r := range body.Rows {
		row := paste.Row{N: i + 1, Cells: map[paste.Field]string{}}
		for field, text := range r.cells() {
			clean, ok := vn.CleanLine(text)
			if !ok {
				return in, registry.E(registry.Malformed, "error.bad_text")
			}
			if clean != "" {
				row.Cells[field] = clean
			}
		}
		in.Table.Rows = append(in.Table.Rows, row)
		for field := range row.Cells {
			if !in.Table.Has(field) {
				in.Table.Columns = append(in.Table.Columns, field)
			}
		}
	}
	return in, nil
}

func (r planRowJSON) cells() map[paste.Field]string {
	return map[paste.Field]string{paste.Commune: r.Commune, paste.Date: r.Date, paste.Lunar: r.Lunar, paste.Until: r.Until, paste.Days: r.Days,
		paste.Booths: r.Booths, paste.Venue: r.Venue, paste.Name: r.Name, paste.Theme: r.Theme, paste.Hours: r.Hours}
}

// checkPlan answers POST /api/v1/office/plans/check: how each row is understood. Nothing is stored.
func (d *door) checkPlan(c *fiber.Ctx, actor registry.Actor) error {
	in, err := readPlan(c)
	if err != nil {
		return err
	}
	plan, err := d.app.Planning.CheckPaste(c.UserContext(), actor, in)
	if err != nil {
		return err
	}
	n := planCountJSON{plan.N[planning.PasteNew], plan.N[planning.PasteThere], plan.N[planning.PasteConfirm], plan.N[planning.PasteWrong]}
	out := planTrialJSON{Ready: plan.Ready(), Shown: plan.Digest, N: n, Rows: []plannedJSON{}}
	for _, r := range plan.Rows {
		out.Rows = append(out.Rows, planned(r))
	}
	return c.JSON(out)
}

func planned(r planning.PasteRow) plannedJSON {
	out := plannedJSON{Row: r.N, State: string(r.State), FirstDay: r.First, LastDay: r.Last, Event: string(r.There.ID)}
	if !r.Unit.Ref.IsZero() {
		out.Area = r.Unit.Ref.String()
	}
	for _, field := range paste.Fields {
		if e := r.Wrong[field]; e != nil {
			out.Wrong = append(out.Wrong, cellFaultJSON{string(field), strings.TrimPrefix(e.Key, "error.")})
		}
	}
	for _, g := range r.Guesses {
		out.Confirm = append(out.Confirm, cellGuessJSON{string(g.Field), g.Text})
	}
	for _, f := range r.Findings {
		x := planFindingJSON{Kind: string(f.Kind), Severity: string(f.Severity), Free: f.Ways}
		if f.Other != nil {
			x.Row, x.Event = f.Other.Row, string(f.Other.ID)
		}
		out.Findings = append(out.Findings, x)
	}
	return out
}

// makePlan answers POST /api/v1/office/plans: a draft of every new row, all of them or none.
func (d *door) makePlan(c *fiber.Ctx, actor registry.Actor) error {
	in, err := readPlan(c)
	if err != nil {
		return err
	}
	made, already, err := d.app.Planning.MakePaste(c.UserContext(), actor, in)
	if err != nil {
		return err
	}
	status := fiber.StatusCreated
	if already {
		status = fiber.StatusOK
	}
	return c.Status(status).JSON(fiber.Map{"plan": made.ID, "events": made.Events})
}
