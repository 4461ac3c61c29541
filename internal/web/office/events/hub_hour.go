package events

import (
	"html/template"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// hubHour is the visits of an hour of today, for who reads the chart as a table.
type hubHour struct {
	Label string
	N     int
}

// hubHours are the visits of today hour by hour, from the opening to the present hour; none
// while nothing was counted, and for who may not see what goes on at the gates.
func (s *Door) hubHours(e registry.Event, t lifecycle.EventToday) (hours []hubHour) {
	day, open := e.Day(s.App.Today())
	if !t.Gates || len(t.Hours) == 0 {
		return nil
	}
	start, _ := vn.StartOf(s.App.Today())
	first, last := t.Hours[0].HourAt, s.App.NowMS()/registry.HourMS*registry.HourMS
	if open {
		first = min(first, start.UnixMilli()+int64(day.OpensAt/60)*registry.HourMS)
	}
	for _, h := range t.Hours {
		first, last = min(first, h.HourAt), max(last, h.HourAt)
	}
	for at := first; at <= last; at += registry.HourMS {
		var counted []registry.GateHour
		for _, h := range t.Hours {
			if h.HourAt == at {
				counted = append(counted, h)
			}
		}
		hours = append(hours, hubHour{view.HourLabel(at), registry.VisitsOf(counted).Total})
	}
	return hours
}

// chart draws the visits of today; nothing where there are none to draw.
func (row *hubToday) chart(b view.Base, hours []hubHour) {
	bars := make([]view.ChartBar, len(hours))
	for i, h := range hours {
		bars[i] = view.ChartBar{Label: h.Label, Parts: []view.ChartPart{{Class: "a", Value: h.N}}}
	}
	if row.Hours = hours; len(bars) > 0 {
		row.ChartLabel = b.T("hub.today.chart")
		row.Chart = b.BarChart(row.ChartLabel, bars)
	}
}

// hubChart is what draws the visits.
type hubChart struct {
	Hours      []hubHour
	Chart      template.HTML
	ChartLabel string
}
