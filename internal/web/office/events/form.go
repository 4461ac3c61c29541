package events

import (
	"mime/multipart"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventForm is the form of an event as it is sent. Its Area is the text that was
// typed.
type eventForm struct {
	events.EventInput
	AreaRef   string                `form:"area_ref"`
	Cover     *multipart.FileHeader `form:"cover"`
	DropCover bool                  `form:"drop_cover"`
	None      []string              `form:"none"`
	Version   int64                 `form:"version"`
	Over      int64                 `form:"over"`
}

// blankItems is how many empty rows the programme offers.
const blankItems = 3

// input turns the form into what app reads.
func (f *eventForm) input(area registry.AreaRef) (events.EventInput, error) {
	in := f.EventInput
	in.Area, in.DropCover, in.None, in.Version = area.String(), f.DropCover, f.None, view.ReadAt(f.Version, f.Over)
	var err error
	in.Cover, err = frame.ReadUpload(f.Cover)
	return in, err
}

// formOf fills the form with an event, or with what a new one begins with; area is
// its unit as people write it.
func formOf(in events.EventInput, area string) eventForm {
	f := eventForm{EventInput: in, AreaRef: in.Area, Version: in.Version}
	f.Area = area
	return f
}
