package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
)

// receiptJSON is what has become of a record that was handed in.
type receiptJSON struct {
	ID      string     `json:"id"`
	Client  string     `json:"client"`
	State   string     `json:"state"`             // received until every photo has come, then handed_in
	Number  string     `json:"number,omitempty"`  // of the paper, once it is handed in
	Missing []string   `json:"missing"`           // hashes of photos that have not come
	Remarks []string   `json:"remarks,omitempty"` // what the server noticed and took all the same
	Before  bool       `json:"before,omitempty"`  // it had come in before
	Twins   []twinJSON `json:"twins,omitempty"`   // other records of the stall on that day: both are kept
}

type twinJSON struct {
	Number     string `json:"number,omitempty"`
	By         string `json:"by"`
	ReceivedAt int64  `json:"received_at"`
}

func receiptOf(r inspections.Receipt) receiptJSON {
	out := receiptJSON{ID: string(r.ID), Client: r.Client, State: string(r.State), Number: r.Number(), Missing: []string{}, Before: r.Before}
	for _, p := range r.Photos {
		if p.Missing() {
			out.Missing = append(out.Missing, p.Hash)
		}
	}
	for _, m := range r.Remarks {
		out.Remarks = append(out.Remarks, string(m))
	}
	for _, t := range r.Twins {
		out.Twins = append(out.Twins, twinJSON{t.Number(), t.EnterAs, t.Received})
	}
	return out
}

// handInRecord answers POST /api/v1/inspections/records.
func (d *door) handInRecord(c *fiber.Ctx, actor registry.Actor) error {
	var in inspections.HandIn
	if err := decode(c, &in); err != nil {
		return err
	}
	got, err := d.app.Inspections.HandIn(c.UserContext(), actor, in)
	if err != nil {
		return err
	}
	return c.JSON(receiptOf(got))
}

// recordStatus answers GET /api/v1/inspections/records/:client.
func (d *door) recordStatus(c *fiber.Ctx, actor registry.Actor) error {
	got, err := d.app.Inspections.Status(c.UserContext(), actor, c.Params("client"))
	if err != nil {
		return err
	}
	return c.JSON(receiptOf(got))
}

// takeRecordPhoto answers PUT /api/v1/inspections/records/:client/photos/:hash, whose body is
// the photo.
func (d *door) takeRecordPhoto(c *fiber.Ctx, actor registry.Actor) error {
	got, err := d.app.Inspections.TakePhoto(c.UserContext(), actor, c.Params("client"), strings.ToLower(c.Params("hash")), c.BodyRaw())
	if err != nil {
		return err
	}
	return c.JSON(receiptOf(got))
}

// workingSetJSON is what a phone takes along to inspect without a network.
type workingSetJSON struct {
	At         int64                    `json:"at"` // unix ms
	Today      string                   `json:"today"`
	Inspects   bool                     `json:"inspects"` // else self-inspections of bodies alone
	Checklists map[string]checklistJSON `json:"checklists"`
	Events     []nearEventJSON          `json:"events"`
	Rounds     []roundJSON              `json:"rounds"`
	Bodies     []namedJSON              `json:"bodies"`
}

type checklistJSON struct {
	ID    string     `json:"id"`
	Items []itemJSON `json:"items"`
}

type itemJSON struct {
	Code     string `json:"code"`
	VI       string `json:"vi"`
	EN       string `json:"en"`
	Law      string `json:"law,omitempty"`
	Verified *bool  `json:"law_verified,omitempty"`
	Safety   bool   `json:"safety,omitempty"`
}

type nearEventJSON struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	Slug       string      `json:"slug"`
	State      string      `json:"state"`
	Venue      string      `json:"venue"`
	OpensOn    string      `json:"opens_on"`
	ClosesOn   string      `json:"closes_on"`
	JointCheck bool        `json:"joint_check"`
	SelfCheck  bool        `json:"self_check"`
	Stalls     []stallJSON `json:"stalls"`
}

type stallJSON struct {
	Booth    string          `json:"booth"`
	Code     string          `json:"code"`
	Zone     string          `json:"zone"`
	Vendor   string          `json:"vendor"`
	Name     string          `json:"name"`
	Goods    []string        `json:"goods"`
	Offers   []offeredJSON   `json:"offers"`
	Held     *holdJSON       `json:"held,omitempty"` // absent: it may open
	Last     *seenJSON       `json:"last,omitempty"` // absent: not inspected at this event yet
	Findings []openFoundJSON `json:"findings"`       // that are not settled
}

type offeredJSON struct {
	Product string `json:"product"`
	Before  int64  `json:"before_dong"`
	Here    int64  `json:"here_dong"`
	Unit    string `json:"unit"`
	From    string `json:"from"`
	To      string `json:"to"`
}

type holdJSON struct {
	NoJoint  bool `json:"no_joint_check,omitempty"`
	NoSelf   bool `json:"no_self_check,omitempty"`
	Bad      bool `json:"self_check_bad,omitempty"`
	Findings int  `json:"findings,omitempty"`
}

type seenJSON struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	On     string `json:"on"`
	Kind   string `json:"kind"`
	Bad    int    `json:"bad"`
}

type openFoundJSON struct {
	ID     string `json:"id"`
	Record string `json:"record"`
	Item   string `json:"item,omitempty"`
	Words  string `json:"words"`
	Remedy string `json:"remedy,omitempty"`
	DueOn  string `json:"due_on,omitempty"`
	State  string `json:"state"`
	Safety bool   `json:"safety,omitempty"`
	Holds  bool   `json:"holds,omitempty"`
}

type roundJSON struct {
	ID     string               `json:"id"`
	Number string               `json:"number,omitempty"`
	Title  string               `json:"title"`
	Kind   string               `json:"kind"`
	Event  string               `json:"event,omitempty"`
	From   string               `json:"from"`
	Until  string               `json:"until"`
	Team   []inspections.Person `json:"team"`
}

type namedJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// workingSet answers GET /api/v1/inspections/working-set.
func (d *door) workingSet(c *fiber.Ctx, actor registry.Actor) error {
	w, err := d.app.Inspections.WorkingSet(c.UserContext(), actor)
	if err != nil {
		return err
	}
	out := workingSetJSON{At: w.At, Today: w.Today, Inspects: w.Inspects, Checklists: map[string]checklistJSON{}, Events: []nearEventJSON{},
		Rounds: []roundJSON{}, Bodies: []namedJSON{}}
	for subject, list := range w.Checklists {
		out.Checklists[string(subject)] = d.checklistOf(list)
	}
	for _, e := range w.Events {
		near := nearEventJSON{ID: string(e.ID), Title: e.Title, Slug: e.Slug, State: string(e.State), Venue: e.Venue, OpensOn: e.OpensOn, ClosesOn: e.ClosesOn,
			JointCheck: e.JointCheck, SelfCheck: e.SelfCheck, Stalls: []stallJSON{}}
		for _, s := range e.Stalls {
			near.Stalls = append(near.Stalls, stallOf(s))
		}
		out.Events = append(out.Events, near)
	}
	for _, r := range w.Rounds {
		row := roundJSON{ID: string(r.ID), Number: r.Number, Title: r.Title, Kind: string(r.Kind), Event: string(r.Event), From: r.From, Until: r.Until,
			Team: []inspections.Person{}}
		for _, p := range r.Team {
			row.Team = append(row.Team, inspections.Person(p))
		}
		out.Rounds = append(out.Rounds, row)
	}
	for _, b := range w.Bodies {
		out.Bodies = append(out.Bodies, namedJSON{string(b.ID), b.Name})
	}
	return sendJSON(c, out)
}

func (d *door) checklistOf(list inspection.Checklist) checklistJSON {
	out := checklistJSON{ID: list.ID, Items: []itemJSON{}}
	for _, i := range list.Items {
		row := itemJSON{Code: i.Code, VI: i.VI, EN: i.EN, Safety: i.Safety}
		if len(i.Law.Numbers) > 0 {
			verified := !d.app.Laws.Unverified(i.Law)
			row.Law, row.Verified = d.app.Laws.Cited(i.Law), &verified
		}
		out.Items = append(out.Items, row)
	}
	return out
}

func stallOf(s inspections.Stall) stallJSON {
	out := stallJSON{Booth: string(s.ID), Code: s.Code, Zone: s.Zone, Vendor: string(s.Vendor.ID), Name: s.Vendor.Name, Goods: append([]string{}, s.Goods...),
		Offers: []offeredJSON{}, Findings: []openFoundJSON{}}
	for _, o := range s.Offers {
		out.Offers = append(out.Offers, offeredOf(o))
	}
	if h := s.Hold; h != nil {
		out.Held = &holdJSON{h.NoJoint, h.NoSelf, h.Bad, h.Findings}
	}
	if r := s.Last; r != nil {
		out.Last = &seenJSON{string(r.ID), r.Number(), r.On, string(r.Kind), r.Bad}
	}
	for _, f := range s.Found {
		out.Findings = append(out.Findings, openFoundJSON{string(f.ID), string(f.Record), f.Item, f.Words, f.Remedy, f.DueOn, string(f.State), f.Safety, f.Holds})
	}
	return out
}

func offeredOf(o stimulus.Row) offeredJSON {
	return offeredJSON{o.Goods.Name, o.BeforeDong, o.HereDong, o.Unit, o.From, o.To}
}
