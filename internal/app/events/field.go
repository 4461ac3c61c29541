package events

import (
	"fmt"
	"strings"

	"hoicho/internal/app/field"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// EventInput is what the form of an event holds, dates and hours as people type
// them, each field under the name that it has in the form, in Fields and in faults.
type EventInput struct {
	Kind          string `form:"kind"`
	Title         string `form:"title"`
	Summary       string `form:"summary"`
	Level         string `form:"level"`
	FirstDay      string `form:"first_day"`
	LastDay       string `form:"last_day"` // empty: the first
	OpensAt       string `form:"opens_at"` // hours of all days that have none of their own
	ClosesAt      string `form:"closes_at"`
	Area          string `form:"area"` // text form of the unit
	Venue         string `form:"venue"`
	Place         string `form:"place"` // coordinates or a map link
	Directions    string `form:"directions" lines:"many"`
	Organiser     string `form:"organiser"`
	CoOrganisers  string `form:"co_organisers" lines:"many"` // one a line
	Phone         string `form:"phone"`
	Programme     string `form:"programme"`
	Registration  string `form:"registration"`
	LegalNumber   string `form:"legal_number"`
	LegalIssuedOn string `form:"legal_issued_on"`
	LegalIssuer   string `form:"legal_issuer"`
	LegalFiledOn  string `form:"legal_filed_on"`
	LegalOthers   string `form:"legal_others" lines:"many"` // one a line
	ApplyFrom     string `form:"apply_from"`                // both days included
	ApplyUntil    string `form:"apply_until"`
	Booths        string `form:"booths"`
	StaffPasses   string `form:"staff_passes"`
	Capacity      string `form:"capacity"`
	SelfPick      bool   `form:"self_pick"`
	SelfCheck     bool   `form:"self_check"`
	JointCheck    bool   `form:"joint_check"`
	Body          string `form:"body" lines:"many"`

	Days   []DayInput   `rows:"days"`
	Quotas []QuotaInput `rows:"quotas"`
	Items  []ItemInput  `rows:"items"`
	Cover  []byte       `file:"cover"` // a new cover photo, if any

	DropCover bool
	Carried   bool            // the programme comes from a stored event: its hours are looked at when it is edited
	None      []string        // asked fields of a copy that have no answer: NoneOf
	Version   int64           // that was read, for an edit
	Unread    registry.Faults // what could not be read at all, told with the rest
}

// DayInput is a day with hours of its own, or one that is left out.
type DayInput struct {
	Day      string `form:"day_on"`
	OpensAt  string `form:"day_opens"`
	ClosesAt string `form:"day_closes"`
	Note     string `form:"day_note"`
	Out      bool   `form:"day_out"`
}

// QuotaInput is how many booths a product group may have. A row without a number is
// empty.
type QuotaInput struct {
	Group string `form:"quota_group"`
	Max   string `form:"quota_max"`
}

// ItemInput is a row of the programme. A row without title and hour is empty.
type ItemInput struct {
	Day      string `form:"item_day"`
	StartsAt string `form:"item_starts"`
	EndsAt   string `form:"item_ends"`
	Title    string `form:"item_title"`
	Place    string `form:"item_place"`
}

// Field is one field of an event, FieldList several in the order shown.
type (
	Field     = field.Field[EventInput, registry.Event]
	FieldList = field.List[EventInput, registry.Event]
)

// FieldGroups are the parts of the form in their order: first those with what has to be
// filled in. The heading of one is the text "event.group." with its section.
var FieldGroups = []field.Section{"what", "when", "where", "who", legalSection, LaterSection, "booths", "programme", "about"}

// LaterSection is the first part of the form with nothing that has to be filled in.
const LaterSection field.Section = "way"

// legalSection is the part of what an event rests on.
const legalSection field.Section = "legal"

// Limits of an event.
const (
	eventDaysMost  = 60
	eventItemsMost = 100
	eventCoMost    = 20
)

// Fields are all fields of an event. The form, the audit log, what a copy is asked
// and the public view follow from this table.
var Fields = FieldList{
	{Name: "kind", Kind: field.Choice, Section: "what", Codes: field.Codes(registry.EventKinds), Texts: fact.EventKind, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Kind, &e.Kind }},
	{Name: "title", Kind: field.Line, Section: "what", Max: 200, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Title, &e.Title }},
	{Name: "level", Kind: field.Pick, Section: "what", Codes: field.Codes(registry.EventLevels), Texts: fact.EventLevel, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Level, &e.Level }},
	{Name: "first_day", Kind: field.Date, Section: "when", Apart: true, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.FirstDay, &e.OpensOn }},
	{Name: "last_day", Kind: field.Date, Section: "when", Apart: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.LastDay, &e.ClosesOn }},
	{Name: "opens_at", Kind: field.Clock, Section: "when", Apart: true, Public: true,
		At: func(in *EventInput, _ *registry.Event) (any, any) { return &in.OpensAt, nil }},
	{Name: "closes_at", Kind: field.Clock, Section: "when", Apart: true, Public: true,
		At: func(in *EventInput, _ *registry.Event) (any, any) { return &in.ClosesAt, nil }},
	{Name: "days", Kind: field.Rows, Section: "when", Apart: true, Texts: fact.DayHours, Public: true, Quoted: true, Said: daysSaid,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Days, &e.Days }},
	{Name: "area", Kind: field.Area, Section: "where", Apart: true, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Area, &e.Area }},
	{Name: "venue", Kind: field.Line, Section: "where", Apart: true, Max: 200, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Venue, &e.Venue }},
	{Name: "organiser", Kind: field.Line, Section: "who", Max: 200, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Organiser, &e.Organiser }},
	{Name: "phone", Kind: field.Phone, Section: "who", Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Phone, &e.Phone }},
	{Name: "co_organisers", Kind: field.Lines, Section: "who", Max: 2000, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.CoOrganisers, &e.CoOrganiser }},
	{Name: "programme", Kind: field.Line, Section: "who", Max: 300, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Programme, &e.Programme }},
	{Name: "registration", Kind: field.Choice, Section: legalSection, Codes: field.Codes(registry.Registrations), Texts: fact.Registration, Required: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Registration, &e.Legal.Registration }},
	{Name: "legal_number", Kind: field.Line, Section: legalSection, Max: 100, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.LegalNumber, &e.Legal.Number }},
	{Name: "legal_issued_on", Kind: field.Date, Section: legalSection, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.LegalIssuedOn, &e.Legal.IssuedOn }},
	{Name: "legal_issuer", Kind: field.Line, Section: legalSection, Max: 200, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.LegalIssuer, &e.Legal.Issuer }},
	{Name: "legal_filed_on", Kind: field.Date, Section: legalSection, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.LegalFiledOn, &e.Legal.FiledOn }},
	{Name: "legal_others", Kind: field.Lines, Section: legalSection, Max: 3000, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.LegalOthers, &e.LegalOthers }},
	{Name: "place", Kind: field.Point, Section: "way", Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Place, &e.Point }},
	{Name: "directions", Kind: field.Text, Section: "way", Max: 1000, Public: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Directions, &e.Directions }},
	{Name: "apply_from", Kind: field.Date, Section: "booths", Apart: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.ApplyFrom, &e.ApplyFrom }},
	{Name: "apply_until", Kind: field.Date, Section: "booths", Apart: true, Public: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.ApplyUntil, &e.ApplyUntil }},
	{Name: "booths", Kind: field.Count, Section: "booths", Max: 2000, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Booths, &e.BoothsN }},
	{Name: "staff_passes", Kind: field.Count, Section: "booths", Max: 20, Zero: true, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.StaffPasses, &e.StaffPasses }},
	{Name: "capacity", Kind: field.Count, Section: "booths", Max: 1_000_000, Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Capacity, &e.Capacity }},
	{Name: "self_pick", Kind: field.Tick, Section: "booths", Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.SelfPick, &e.SelfPick }},
	{Name: "self_check", Kind: field.Tick, Section: "booths", Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.SelfCheck, &e.SelfCheck }},
	{Name: "joint_check", Kind: field.Tick, Section: "booths", Quoted: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.JointCheck, &e.JointCheck }},
	{Name: "quotas", Kind: field.Rows, Section: "booths", Apart: true, Texts: fact.GroupCount, Public: true, Quoted: true, Said: quotasSaid,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Quotas, &e.Quotas }},
	{Name: "items", Kind: field.Rows, Section: "programme", Apart: true, Public: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Items, &e.Items }},
	{Name: "summary", Kind: field.Line, Section: "about", Max: 400, Public: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Summary, &e.Summary }},
	{Name: "body", Kind: field.Text, Section: "about", Max: 5000, Public: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Body, &e.Body }},
	{Name: "cover", Kind: field.File, Section: "about", Apart: true, Public: true,
		At: func(in *EventInput, e *registry.Event) (any, any) { return &in.Cover, &e.Cover }},
}

// daysSaid are the days of an event with their hours, in minutes after midnight.
func daysSaid(e *registry.Event) []string {
	days := make([]string, len(e.Days))
	for i, d := range e.Days {
		days[i] = strings.TrimSpace(fmt.Sprintf("%s %d %d %s", d.Day, d.OpensAt, d.ClosesAt, d.Note))
	}
	return days
}

func quotasSaid(e *registry.Event) []string {
	quotas := make([]string, len(e.Quotas))
	for i, q := range e.Quotas {
		quotas[i] = fmt.Sprintf("%s %d", q.Group, q.Max)
	}
	return quotas
}

// publicEvent is what the public is given of an event: what its page is made of, and
// the fields that are Public.
func publicEvent(e registry.Event) registry.Event {
	shown := registry.Event{ID: e.ID, Number: e.Number, Slug: e.Slug, State: e.State, StateReason: e.StateReason, StateAt: e.StateAt, Former: e.Former,
		BeginsAt: e.BeginsAt, EndsAt: e.EndsAt, PublishedAt: e.PublishedAt, CreatedAt: e.CreatedAt, UpdatedAt: e.UpdatedAt, Version: e.Version}
	Fields.Public(&shown, &e)
	return shown
}
