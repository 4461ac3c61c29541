package events

import (
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Copy says what is different about a copy of an event, as it would be typed. What is empty is as
// CloneRow has it.
type Copy struct {
	CloneRow
	Venue, Booths, Summary string
	OpensAt, ClosesAt      string // of all days
}

// fill writes into the form of a copy what is different about it. At another venue the way to the
// old one is left out, and asked for where there was one.
func (c Copy) fill(source registry.Event, e *registry.Event, in *EventInput) {
	if c.Venue != "" {
		if vn.Fold(c.Venue) != vn.Fold(source.Venue) {
			drop := func(field string, text *string) {
				if *text != "" {
					*text, e.Asked = "", append(without(e.Asked, field), field)
				}
			}
			drop("place", &in.Place)
			drop("directions", &in.Directions)
		}
		in.Venue, e.Asked = c.Venue, without(e.Asked, "venue")
	}
	if c.Booths != "" {
		in.Booths = c.Booths
	}
	if c.Summary != "" {
		in.Summary, e.Asked = c.Summary, without(e.Asked, "summary")
	}
	if c.OpensAt != "" {
		in.OpensAt, in.ClosesAt, in.Days = c.OpensAt, c.ClosesAt, nil
	}
}
