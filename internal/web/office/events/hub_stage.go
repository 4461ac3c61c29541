package events

import (
	"time"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// hubStage is one of the six steps of the life of an event.
type hubStage struct {
	Label, Note   string
	Done, Current bool
	Stopped       bool // the event stands still here
}

// The stages in their order.
const (
	stageDraft = iota
	stageAnnounced
	stageOpen
	stageBooths
	stageRunning
	stageReport
	stageOver // all are done
)

// stageOf is the stage in which an event is; of one that stands still, where it stopped.
func stageOf(e registry.Event, now int64) int {
	switch e.State {
	case registry.Draft, registry.Planned:
		return stageDraft
	case registry.Announced:
		return stageAnnounced
	case registry.Open:
		return stageOpen
	case registry.Closed:
		return stageBooths
	case registry.Running:
		return stageRunning
	case registry.Ended:
		return stageReport
	case registry.Reported:
		return stageOver
	}
	at := now
	if e.State.Stopped() {
		at = e.StateAt
	}
	switch {
	case e.PublishedAt == 0:
		return stageDraft
	case at >= e.BeginsAt:
		return stageRunning
	case e.ApplyUntil == 0 || at < e.ApplyFrom:
		return stageAnnounced
	case at < e.ApplyUntil:
		return stageOpen
	}
	return stageBooths
}

// hubStages are the steps of the life of an event with their dates.
func hubStages(b view.Base, d lifecycle.EventDesk, now int64) []hubStage {
	e, at := d.Event, stageOf(d.Event, now)
	notes := [stageOver]string{shortDay(e.CreatedAt), "", windowNote(b, e, now), "", dayNote(b, d), ""}
	if e.PublishedAt > 0 {
		notes[stageAnnounced] = shortDay(e.PublishedAt)
	}
	if n := d.Figures.Booths; n > 0 {
		notes[stageBooths] = b.T("hub.stage.booths_of", d.Work.Given, n)
	}
	switch {
	case e.State == registry.Reported:
		notes[stageReport] = shortDay(e.StateAt)
	case d.ReportUntil != "":
		notes[stageReport] = b.T("hub.stage.report_by", view.ShortDate(d.ReportUntil))
	}
	stages := make([]hubStage, stageOver)
	for i, name := range [stageOver]string{"draft", "announced", "open", "booths", "running", "report"} {
		stages[i] = hubStage{Label: b.T("hub.stage." + name), Note: notes[i], Done: i < at, Current: i == at}
	}
	if at < stageOver && e.State.Stopped() {
		stages[at].Label, stages[at].Note, stages[at].Stopped = b.StateChip(e.State).Label, shortDay(e.StateAt), true
	}
	return stages
}

// windowNote says from when or until when vendors may apply.
func windowNote(b view.Base, e registry.Event, now int64) string {
	switch {
	case e.ApplyUntil == 0:
		return b.T("hub.stage.no_window")
	case now < e.ApplyFrom:
		return b.T("hub.stage.from", shortDay(e.ApplyFrom))
	}
	return b.T("hub.stage.until", shortDay(e.ApplyUntil-1))
}

// dayNote says when the event is, and which of its days today is.
func dayNote(b view.Base, d lifecycle.EventDesk) string {
	if d.Today != nil && d.Today.Day > 0 {
		return b.T("hub.stage.day", d.Today.Day, len(d.Event.Days))
	}
	if d.Event.OpensOn == d.Event.ClosesOn {
		return view.ShortDate(d.Event.OpensOn)
	}
	return view.ShortDate(d.Event.OpensOn) + "–" + view.ShortDate(d.Event.ClosesOn)
}

// shortDay is the day of an instant without its year: "29/11".
func shortDay(ms int64) string { return view.ShortDate(vn.DateOf(time.UnixMilli(ms))) }
