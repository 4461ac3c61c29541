package demo

import (
	"context"
	"fmt"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
)

// copied is a sign whose page was opened so often that somebody had to look whether it was
// copied.
type copied struct {
	Session string             `json:"session"` // key
	Vendor  string             `json:"vendor"`
	Day     int                `json:"day"` // of the session
	Hour    string             `json:"hour"`
	Opens   int                `json:"opens"`
	Word    registry.AlarmWord `json:"word"` // "" while nobody has looked
	Note    string             `json:"note"`
}

// copies plans the signs that raised an alarm.
func (f *filler) copies() error {
	for _, x := range f.facts.madeUp.Copies {
		s, ok := f.session(x.Session)
		if !ok {
			return fmt.Errorf("no session %q", x.Session)
		}
		f.line.add(s.on(x.Day), x.Hour, "a sign opened often at "+s.Title, func(ctx context.Context) error { return f.openOften(ctx, s, x) })
	}
	return nil
}

func (f *filler) openOften(ctx context.Context, s *session, x copied) error {
	code, err := f.sign(ctx, s, x.Vendor)
	if err != nil {
		return err
	}
	for n := range x.Opens {
		f.app.Passes.Opened(code, fmt.Sprint("network ", n%30))
	}
	if _, err := f.app.Passes.RaiseAlarms(ctx); err != nil || x.Word == "" {
		return err
	}
	list, err := f.app.Passes.Alarms(ctx, f.admin, s.event.ID)
	if err != nil || len(list) == 0 {
		return fmt.Errorf("no alarm at %s: %w", s, err)
	}
	return f.app.Passes.SeeAlarm(ctx, f.admin, list[0].Pass, passes.AlarmInput{Kind: list[0].Kind, Day: list[0].Day, Word: x.Word, Note: x.Note})
}
