package events

import (
	"slices"
	"strings"

	"hoicho/internal/registry"
)

// askAnew takes out of a copy for another commune what belongs to the old one, and
// returns the fields that are to be answered before the copy is announced: only
// what the source had is asked for. Title and organiser keep a working text with
// the commune's name in it.
func (a *Service) askAnew(source registry.Event, area registry.Area, on string, in *EventInput) (asked []string) {
	old, _ := a.Areas.Lookup(source.Area)
	was, now := a.names(old, source.OpensOn), a.names(area, on)
	local := func(text string) bool {
		return strings.Contains(text, was.alone) || source.Venue != "" && strings.Contains(text, source.Venue)
	}
	drop := func(field string, text *string, gone bool) {
		if *text != "" && gone {
			*text, asked = "", append(asked, field)
		}
	}
	in.Title, asked = was.replacedBy(now, in.Title), append(asked, "title")
	drop("summary", &in.Summary, local(in.Summary))
	drop("body", &in.Body, local(in.Body))
	drop("venue", &in.Venue, true)
	drop("place", &in.Place, true)
	drop("directions", &in.Directions, true)
	if strings.Contains(in.Organiser, was.alone) {
		in.Organiser, asked = was.replacedBy(now, in.Organiser), append(asked, "organiser")
		drop("phone", &in.Phone, true)
	}
	drop("co_organisers", &in.CoOrganisers, true)
	if source.Legal.Registration == registry.RegistrationNotNeeded {
		drop("legal_number", &in.LegalNumber, true)
		*in = Fields.On(legalSection).Merge(*in, EventInput{Registration: in.Registration})
	}
	for _, field := range source.Asked {
		if !slices.Contains(asked, field) {
			asked = append(asked, field) // a copy of a copy that was not answered either
		}
	}
	return asked
}

// areaNames is a unit with its kind, "xã Ba Bể", and alone.
type areaNames struct{ full, alone string }

func (a *Service) names(area registry.Area, on string) areaNames {
	return areaNames{a.Areas.FullName(area, on), area.Name}
}

// replacedBy writes another unit's name where a text has this one, and after the
// text where it has none.
func (n areaNames) replacedBy(now areaNames, text string) string {
	switch {
	case strings.Contains(text, n.full):
		return strings.ReplaceAll(text, n.full, now.full)
	case strings.Contains(text, n.alone):
		return strings.ReplaceAll(text, n.alone, now.alone)
	}
	return text + " – " + now.full
}

// NoneOf are the fields of a copy that may be answered with "there is none".
var NoneOf = []string{"summary", "body", "place", "directions", "phone", "co_organisers"}

// answered returns what is still asked after an edit: what was left empty, unless it
// was said that there is none.
func answered(asked []string, in EventInput, e registry.Event) []string {
	typed := FormerTexts(e)
	return slices.DeleteFunc(slices.Clone(asked), func(field string) bool {
		none := slices.Contains(in.None, field) && slices.Contains(NoneOf, field)
		needless := field == "legal_number" && e.Legal.Registration != registry.RegistrationNotNeeded
		return typed[field] != "" || none || needless
	})
}

// without returns a list without one of its words.
func without(list []string, word string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == word })
}

// FormerTexts are what the source of a copy has in the fields that the copy left
// out, by field, as they would be typed.
func FormerTexts(source registry.Event) map[string]string {
	in := Fields.Input(source)
	texts := map[string]string{}
	for _, f := range Fields {
		texts[f.Name] = f.Typed(in)
	}
	texts["co_organisers"] = strings.ReplaceAll(in.CoOrganisers, "\n", "; ")
	return texts
}
