package api

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/events"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
)

// eventJSON is an event as the public sees it.
type eventJSON struct {
	Slug         string    `json:"slug"`
	Number       uint32    `json:"number"`
	Kind         string    `json:"kind"`
	Level        string    `json:"level"`
	State        string    `json:"state"`
	StateReason  string    `json:"state_reason,omitempty"`
	Title        string    `json:"title"`
	Summary      string    `json:"summary"`
	Area         string    `json:"area"`      // edition:code, in the edition of its date
	AreaName     string    `json:"area_name"` // on its date
	Venue        string    `json:"venue"`
	Latitude     float64   `json:"latitude,omitempty"`
	Longitude    float64   `json:"longitude,omitempty"`
	Organiser    string    `json:"organiser"`
	CoOrganisers []string  `json:"co_organisers"`
	OpensOn      string    `json:"opens_on"`
	ClosesOn     string    `json:"closes_on"`
	ApplyFrom    int64     `json:"apply_from,omitempty"`  // unix ms
	ApplyUntil   int64     `json:"apply_until,omitempty"` // unix ms
	Days         []dayJSON `json:"days"`
}

// dayJSON is one day with its hours in minutes after midnight.
type dayJSON struct {
	Day      string `json:"day"`
	OpensAt  int    `json:"opens_at"`
	ClosesAt int    `json:"closes_at"`
	Note     string `json:"note,omitempty"`
}

func (d *door) eventJSON(e registry.Event) eventJSON {
	out := eventJSON{Slug: e.Slug, Number: e.Number, Kind: string(e.Kind), Level: string(e.Level), State: string(e.State),
		StateReason: e.StateReason, Title: e.Title, Summary: e.Summary, Area: e.Area.String(), Venue: e.Venue,
		Latitude: float64(e.LatE6) / 1e6, Longitude: float64(e.LonE6) / 1e6, Organiser: e.Organiser,
		CoOrganisers: append([]string{}, e.CoOrganiser...), OpensOn: e.OpensOn, ClosesOn: e.ClosesOn,
		ApplyFrom: e.ApplyFrom, ApplyUntil: e.ApplyUntil, Days: []dayJSON{}}
	if area, ok := d.app.Areas.Lookup(e.Area); ok {
		out.AreaName = d.app.Areas.LongName(area, e.OpensOn)
	}
	for _, day := range e.Days {
		out.Days = append(out.Days, dayJSON{day.Day, day.OpensAt, day.ClosesAt, day.Note})
	}
	return out
}

// events answers GET /api/v1/events: public events by kind, area and date,
// earliest first, 50 a page.
func (d *door) events(c *fiber.Ctx) error {
	f := registry.EventFilter{Kind: registry.EventKind(c.Query("kind")), Area: c.Query("area"), From: c.Query("from"),
		To: c.Query("to"), Text: c.Query("q"), After: registry.EventCursor{OpensOn: c.Query("after_day"), ID: registry.EventID(c.Query("after_id"))}}
	_, area := d.app.Areas.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: f.Area})
	if err := readable(c, filter{"kind", slices.Contains(registry.EventKinds, f.Kind)}, filter{"area", area}, filter{"from", isDay(f.From)},
		filter{"to", isDay(f.To)}, filter{"after_day", isDay(f.After.OpensOn)}); err != nil {
		return err
	}
	events, more, err := d.app.Events.PublicEvents(c.UserContext(), f)
	if err != nil {
		return err
	}
	out := fiber.Map{"events": []eventJSON{}}
	list := make([]eventJSON, len(events))
	for i, e := range events {
		list[i] = d.eventJSON(e)
	}
	out["events"] = list
	if more {
		next := events[len(events)-1].Cursor()
		out["next"] = fiber.Map{"after_day": next.OpensOn, "after_id": next.ID}
	}
	return c.JSON(out)
}

// event answers GET /api/v1/events/:slug.
func (d *door) event(c *fiber.Ctx) error {
	e, err := d.app.Events.EventBySlug(c.UserContext(), registry.Actor{}, c.Params("slug"))
	if err != nil {
		return err
	}
	return c.JSON(d.eventJSON(e))
}

// exhibitorJSON is a vendor with its booths at an event.
type exhibitorJSON struct {
	Slug   string   `json:"slug"`
	Name   string   `json:"name"`
	Booths []string `json:"booths"`
	Goods  []string `json:"goods"`
}

// eventVendors answers GET /api/v1/events/:slug/vendors.
func (d *door) eventVendors(c *fiber.Ctx) error {
	e, err := d.app.Events.EventBySlug(c.UserContext(), registry.Actor{}, c.Params("slug"))
	if err != nil {
		return err
	}
	vendors, err := d.app.Booths.EventVendors(c.UserContext(), e)
	if err != nil {
		return err
	}
	out := []exhibitorJSON{}
	for _, v := range vendors {
		goods := []string{}
		for _, p := range v.Products {
			goods = append(goods, p.Name)
		}
		out = append(out, exhibitorJSON{Slug: v.Slug, Name: v.Name, Booths: append([]string{}, v.Booths...), Goods: goods})
	}
	return c.JSON(fiber.Map{"vendors": out})
}

// offerJSON is an accepted offer of a vendor.
type offerJSON struct {
	Product    string   `json:"product"`
	Vendor     string   `json:"vendor"`
	Booths     []string `json:"booths"`
	BeforeDong int64    `json:"before_dong"`
	HereDong   int64    `json:"here_dong"`
	Unit       string   `json:"unit"`
	Days       []string `json:"days"`
	Quantity   int64    `json:"quantity,omitempty"`
	Condition  string   `json:"condition,omitempty"`
}

// eventOffers answers GET /api/v1/events/:slug/offers: those that hold today or on a
// coming day.
func (d *door) eventOffers(c *fiber.Ctx) error {
	e, err := d.app.Events.EventBySlug(c.UserContext(), registry.Actor{}, c.Params("slug"))
	if err != nil {
		return err
	}
	found, err := d.app.Stimulus.OfEvent(c.UserContext(), e)
	if err != nil {
		return err
	}
	out, today := []offerJSON{}, d.app.Today()
	for _, o := range found.Offers {
		out = append(out, offerJSON{Product: o.Goods.Slug, Vendor: o.VendorSlug, Booths: append([]string{}, o.Booths...), BeforeDong: o.BeforeDong,
			HereDong: o.HereDong, Unit: o.Unit, Days: o.ShownDays(today), Quantity: o.Quantity, Condition: o.Condition})
	}
	return c.JSON(fiber.Map{"offers": out})
}

// createEvent answers POST /api/v1/office/events with a draft. Fields are as on
// the form of the office: dates as dd/mm/yyyy or yyyy-mm-dd.
func (d *door) createEvent(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		Kind         string `json:"kind"`
		Level        string `json:"level"`
		Title        string `json:"title"`
		Summary      string `json:"summary"`
		Area         string `json:"area"`
		Venue        string `json:"venue"`
		Place        string `json:"place"`
		Organiser    string `json:"organiser"`
		Registration string `json:"registration"`
		LegalNumber  string `json:"legal_number"`
		FirstDay     string `json:"first_day"`
		LastDay      string `json:"last_day"`
		OpensAt      string `json:"opens_at"`
		ClosesAt     string `json:"closes_at"`
		ApplyFrom    string `json:"apply_from"`
		ApplyUntil   string `json:"apply_until"`
		Booths       int    `json:"booths"`
		StaffPasses  int    `json:"staff_passes"`
		SelfPick     bool   `json:"self_pick"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	e, err := d.app.Events.CreateEvent(c.UserContext(), actor, events.EventInput{Kind: in.Kind, Level: in.Level, Title: in.Title, Summary: in.Summary,
		Area: in.Area, Venue: in.Venue, Place: in.Place, Organiser: in.Organiser, Registration: in.Registration, LegalNumber: in.LegalNumber,
		FirstDay: in.FirstDay, LastDay: in.LastDay, OpensAt: in.OpensAt, ClosesAt: in.ClosesAt, ApplyFrom: in.ApplyFrom,
		ApplyUntil: in.ApplyUntil, Booths: strconv.Itoa(in.Booths), StaffPasses: strconv.Itoa(in.StaffPasses), SelfPick: in.SelfPick})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"id": e.ID, "slug": e.Slug, "number": e.Number, "state": e.State, "version": e.Version})
}

// stepEvent answers POST /api/v1/office/events/:id/state.
func (d *door) stepEvent(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		To      string `json:"to"`
		Reason  string `json:"reason"`
		Version int64  `json:"version"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	err := d.app.Lifecycle.StepEvent(c.UserContext(), actor, registry.EventID(c.Params("id")),
		lifecycle.StepInput{To: registry.EventState(in.To), Reason: in.Reason, Version: in.Version})
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
