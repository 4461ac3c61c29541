package web

import (
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// chip is a short mark with a colour of its meaning: "", go, wait, stop, star, off.
type chip struct {
	Text string
	Tone string
	Icon string
}

// eventTones are the colours of the states.
var eventTones = map[registry.EventState]string{
	registry.Open: "go", registry.Running: "go", registry.Announced: "wait", registry.Moved: "wait",
	registry.Postponed: "stop", registry.Cancelled: "stop", registry.Ended: "off", registry.Reported: "off",
	registry.Draft: "off",
}

// eventIcons say the state a second time, for who does not see colours.
var eventIcons = map[registry.EventState]string{
	registry.Open: "store", registry.Running: "circle-check", registry.Moved: "refresh-cw", registry.Postponed: "clock",
	registry.Cancelled: "ban", registry.Draft: "pencil",
}

// kindName names a kind of event.
func (b base) kindName(k registry.EventKind) string { return b.T("event.kind." + string(k)) }

// levelName names a level of event.
func (b base) levelName(l registry.EventLevel) string { return b.T("event.level." + string(l)) }

// registrationName says where a registration stands.
func (b base) registrationName(r registry.Registration) string {
	return b.T("event.registration." + string(r))
}

// stateChip is the mark of a state.
func (b base) stateChip(s registry.EventState) chip {
	return chip{Text: b.T("event.state." + string(s)), Tone: eventTones[s], Icon: eventIcons[s]}
}

// options turns codes into the choices of a field; prefix and code are the key
// of a label.
func options[T ~string](b base, prefix string, codes []T, chosen string) []Option {
	out := make([]Option, len(codes))
	for i, code := range codes {
		out[i] = Option{Value: string(code), Label: b.T(prefix + string(code)), Selected: string(code) == chosen}
	}
	return out
}

// lunarShort is the lunar day of a date as cards show it: "19/10", or "19/10
// nhuận" in a leap month.
func (b base) lunarShort(date string) string {
	d, ok := vn.Lunar(date)
	switch {
	case !ok:
		return ""
	case d.Leap:
		return b.T("event.lunar.leap", d.Short())
	}
	return b.T("event.lunar.short", d.Short())
}
