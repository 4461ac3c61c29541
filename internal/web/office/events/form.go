package events

import (
	"mime/multipart"
	"slices"
	"strconv"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventForm is the form of an event as it is sent. Days, quotas and the programme
// come as columns of their tables.
type eventForm struct {
	Kind          string                `form:"kind"`
	Level         string                `form:"level"`
	Title         string                `form:"title"`
	Summary       string                `form:"summary"`
	Body          string                `form:"body" lines:"many"`
	FirstDay      string                `form:"first_day"`
	LastDay       string                `form:"last_day"`
	OpensAt       string                `form:"opens_at"`
	ClosesAt      string                `form:"closes_at"`
	DayOn         []string              `form:"day_on" lines:"row"`
	DayOpens      []string              `form:"day_opens" lines:"row"`
	DayCloses     []string              `form:"day_closes" lines:"row"`
	DayNote       []string              `form:"day_note" lines:"row"`
	DayOut        []string              `form:"day_out"`
	Area          string                `form:"area"`
	AreaRef       string                `form:"area_ref"`
	Venue         string                `form:"venue"`
	Place         string                `form:"place"`
	Directions    string                `form:"directions" lines:"many"`
	Organiser     string                `form:"organiser"`
	CoOrganisers  string                `form:"co_organisers" lines:"many"`
	Phone         string                `form:"phone"`
	Programme     string                `form:"programme"`
	Registration  string                `form:"registration"`
	LegalNumber   string                `form:"legal_number"`
	LegalIssuedOn string                `form:"legal_issued_on"`
	LegalIssuer   string                `form:"legal_issuer"`
	LegalFiledOn  string                `form:"legal_filed_on"`
	ApplyFrom     string                `form:"apply_from"`
	ApplyUntil    string                `form:"apply_until"`
	Booths        view.Number           `form:"booths"`
	StaffPasses   view.Number           `form:"staff_passes"`
	Capacity      view.Number           `form:"capacity"`
	SelfPick      bool                  `form:"self_pick"`
	QuotaGroup    []string              `form:"quota_group" lines:"row"`
	QuotaMax      []string              `form:"quota_max" lines:"row"`
	ItemDay       []string              `form:"item_day" lines:"row"`
	ItemStarts    []string              `form:"item_starts" lines:"row"`
	ItemEnds      []string              `form:"item_ends" lines:"row"`
	ItemTitle     []string              `form:"item_title" lines:"row"`
	ItemPlace     []string              `form:"item_place" lines:"row"`
	Cover         *multipart.FileHeader `form:"cover"`
	DropCover     bool                  `form:"drop_cover"`
	None          []string              `form:"none"`
	Version       int64                 `form:"version"`
	Over          int64                 `form:"over"`
}

// blankItems is how many empty rows the programme offers.
const blankItems = 3

// input turns the form into what app reads. Columns of unequal length were not
// made by the form: Malformed.
func (f *eventForm) input(area registry.AreaRef) (events.EventInput, error) {
	in := events.EventInput{Kind: f.Kind, Level: f.Level, Title: f.Title, Summary: f.Summary, Body: f.Body,
		Area: area.String(), Venue: f.Venue, Place: f.Place, Directions: f.Directions,
		Organiser: f.Organiser, CoOrganisers: f.CoOrganisers, Phone: f.Phone, Programme: f.Programme,
		Registration: f.Registration, LegalNumber: f.LegalNumber, LegalIssuedOn: f.LegalIssuedOn, LegalIssuer: f.LegalIssuer,
		LegalFiledOn: f.LegalFiledOn, FirstDay: f.FirstDay, LastDay: f.LastDay, OpensAt: f.OpensAt, ClosesAt: f.ClosesAt,
		ApplyFrom: f.ApplyFrom, ApplyUntil: f.ApplyUntil, SelfPick: f.SelfPick, Booths: f.Booths.N, StaffPasses: f.StaffPasses.N,
		Capacity: f.Capacity.N, DropCover: f.DropCover, None: f.None, Version: view.ReadAt(f.Version, f.Over)}
	if !sameLength(f.DayOn, f.DayOpens, f.DayCloses, f.DayNote) || !sameLength(f.QuotaGroup, f.QuotaMax) ||
		!sameLength(f.ItemDay, f.ItemStarts, f.ItemEnds, f.ItemTitle, f.ItemPlace) {
		return in, registry.E(registry.Malformed, "error.malformed")
	}
	for i, day := range f.DayOn {
		in.Days = append(in.Days, events.DayInput{Day: day, OpensAt: f.DayOpens[i], ClosesAt: f.DayCloses[i],
			Note: f.DayNote[i], Out: slices.Contains(f.DayOut, day)})
	}
	for i := range f.ItemTitle {
		in.Items = append(in.Items, events.ItemInput{Day: f.ItemDay[i], StartsAt: f.ItemStarts[i], EndsAt: f.ItemEnds[i],
			Title: f.ItemTitle[i], Place: f.ItemPlace[i]})
	}
	in.Quotas, in.Unread = f.quotas()
	var err error
	in.Cover, err = frame.ReadUpload(f.Cover)
	return in, err
}

func sameLength(columns ...[]string) bool {
	return !slices.ContainsFunc(columns, func(c []string) bool { return len(c) != len(columns[0]) })
}

// quotas reads the rows that have a number.
func (f *eventForm) quotas() (quotas []registry.Quota, unread registry.Faults) {
	for i, text := range f.QuotaMax {
		if text == "" {
			continue
		}
		n, err := vn.ParseCount(text)
		if err != nil || n > 1_000_000 {
			unread.Add("quotas", "error.number")
			continue
		}
		quotas = append(quotas, registry.Quota{Group: registry.ProductGroup(f.QuotaGroup[i]), Max: int(n)})
	}
	return quotas, unread
}

// formOf fills the form with an event, or with what a new one begins with.
func (s *Door) formOf(in events.EventInput, area string) eventForm {
	f := eventForm{Kind: in.Kind, Level: in.Level, Title: in.Title, Summary: in.Summary, Body: in.Body, FirstDay: in.FirstDay,
		LastDay: in.LastDay, OpensAt: in.OpensAt, ClosesAt: in.ClosesAt, Area: area, AreaRef: in.Area, Venue: in.Venue, Place: in.Place,
		Directions: in.Directions, Organiser: in.Organiser, CoOrganisers: in.CoOrganisers, Phone: in.Phone, Programme: in.Programme,
		Registration: in.Registration, LegalNumber: in.LegalNumber, LegalIssuedOn: in.LegalIssuedOn, LegalIssuer: in.LegalIssuer,
		LegalFiledOn: in.LegalFiledOn, ApplyFrom: in.ApplyFrom, ApplyUntil: in.ApplyUntil, Booths: view.NumberIfAny(in.Booths),
		StaffPasses: view.NumberOf(in.StaffPasses), Capacity: view.NumberIfAny(in.Capacity), SelfPick: in.SelfPick, Version: in.Version}
	for _, d := range in.Days {
		f.DayOn, f.DayOpens = append(f.DayOn, d.Day), append(f.DayOpens, d.OpensAt)
		f.DayCloses, f.DayNote = append(f.DayCloses, d.ClosesAt), append(f.DayNote, d.Note)
		if d.Out {
			f.DayOut = append(f.DayOut, d.Day)
		}
	}
	for _, q := range in.Quotas {
		f.QuotaGroup, f.QuotaMax = append(f.QuotaGroup, string(q.Group)), append(f.QuotaMax, strconv.Itoa(q.Max))
	}
	for _, p := range in.Items {
		f.ItemDay, f.ItemStarts, f.ItemEnds = append(f.ItemDay, p.Day), append(f.ItemStarts, p.StartsAt), append(f.ItemEnds, p.EndsAt)
		f.ItemTitle, f.ItemPlace = append(f.ItemTitle, p.Title), append(f.ItemPlace, p.Place)
	}
	return f
}
