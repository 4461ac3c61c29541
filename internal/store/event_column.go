package store

import (
	"strings"

	"hoicho/internal/registry"
)

// eventColumnsOf are the columns of an event that are read and written as they are.
// The statements below name the others: keys, and what is made of the title.
func eventColumnsOf(e *registry.Event) columnList {
	return columnList{
		{"kind", &e.Kind, string(e.Kind)},
		{"level", &e.Level, string(e.Level)},
		{"state", &e.State, string(e.State)},
		{"state_reason", &e.StateReason, e.StateReason},
		{"state_at", &e.StateAt, e.StateAt},
		{"former_opens_on", &e.Former.OpensOn, e.Former.OpensOn},
		{"former_closes_on", &e.Former.ClosesOn, e.Former.ClosesOn},
		{"former_venue", &e.Former.Venue, e.Former.Venue},
		{"title", &e.Title, e.Title},
		{"summary", &e.Summary, e.Summary},
		{"body", &e.Body, e.Body},
		{"area_edition", &e.Area.Edition, string(e.Area.Edition)},
		{"area_code", &e.Area.Code, e.Area.Code},
		{"venue", &e.Venue, e.Venue},
		{"lat_e6", &e.LatE6, e.LatE6},
		{"lon_e6", &e.LonE6, e.LonE6},
		{"directions", &e.Directions, e.Directions},
		{"organiser", &e.Organiser, e.Organiser},
		{"co_organisers", joined{&e.CoOrganiser, "\n"}, strings.Join(e.CoOrganiser, "\n")},
		{"phone", &e.Phone, e.Phone},
		{"registration", &e.Legal.Registration, string(e.Legal.Registration)},
		{"legal_number", &e.Legal.Number, e.Legal.Number},
		{"legal_issued_on", &e.Legal.IssuedOn, e.Legal.IssuedOn},
		{"legal_issuer", &e.Legal.Issuer, e.Legal.Issuer},
		{"legal_filed_on", &e.Legal.FiledOn, e.Legal.FiledOn},
		{"legal_others", joined{&e.LegalOthers, "\n"}, strings.Join(e.LegalOthers, "\n")},
		{"programme", &e.Programme, e.Programme},
		{"opens_on", &e.OpensOn, e.OpensOn},
		{"closes_on", &e.ClosesOn, e.ClosesOn},
		{"begins_at", &e.BeginsAt, e.BeginsAt},
		{"ends_at", &e.EndsAt, e.EndsAt},
		{"apply_from", &e.ApplyFrom, e.ApplyFrom},
		{"apply_until", &e.ApplyUntil, e.ApplyUntil},
		{"self_pick", &e.SelfPick, flag(e.SelfPick)},
		{"self_check", &e.SelfCheck, flag(e.SelfCheck)},
		{"joint_check", &e.JointCheck, flag(e.JointCheck)},
		{"booths_n", &e.BoothsN, e.BoothsN},
		{"staff_passes", &e.StaffPasses, e.StaffPasses},
		{"capacity", &e.Capacity, e.Capacity},
		{"cover", &e.Cover, string(e.Cover)},
		{"asked", joined{&e.Asked, " "}, strings.Join(e.Asked, " ")},
		{"published_at", &e.PublishedAt, e.PublishedAt},
		{"updated_at", &e.UpdatedAt, e.UpdatedAt},
		{"version", &e.Version, e.Version},
	}
}

var (
	eventFields  = eventColumnsOf(&registry.Event{})
	eventColumns = `e.id, e.number, e.slug, e.created_by, e.created_at, e.cloned_from, ` + eventFields.names("e.")
)

func scanEvent(row scanner) (e registry.Event, err error) {
	into := []any{&e.ID, &e.Number, &e.Slug, &e.CreatedBy, &e.CreatedAt, &e.ClonedFrom}
	err = row.Scan(append(into, eventColumnsOf(&e).into()...)...)
	return e, err
}

var insertEventSQL = `
	INSERT INTO events (id, number, slug, created_by, created_at, cloned_from, title_fold, ` + eventFields.names("") + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, ` + eventFields.places(8) + `)
	ON CONFLICT (slug) DO NOTHING`

var saveEventSQL = `
	UPDATE events SET title_fold = $3, ` + eventFields.sets(4) + `
	WHERE id = $1 AND version = $2`
