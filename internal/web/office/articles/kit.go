package articles

import (
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// moment is what there is to say about an event; texts stand in the catalogue by it.
type moment string

// The moments.
const (
	ahead     moment = "ahead"
	running   moment = "running"
	moved     moment = "moved"
	postponed moment = "postponed"
	cancelled moment = "cancelled"
	over      moment = "over"
)

// momentOf is what there is to say about an event now.
func momentOf(e registry.Event) moment {
	switch {
	case e.State == registry.Cancelled:
		return cancelled
	case e.State == registry.Postponed:
		return postponed
	case e.State == registry.Running:
		return running
	case e.State == registry.Ended || e.State == registry.Reported:
		return over
	case e.WasMoved():
		return moved
	}
	return ahead
}

// kitMaker makes texts from what is known of an event.
type kitMaker struct {
	view.Base
	e     registry.Event
	at    moment
	place string // venue with its unit
	unit  string
	offer []stimulus.Row // the first few
}

// kitOffers is how many offers a ready-made text names.
const kitOffers = 3

// text makes a ready-made text.
func (k kitMaker) text(kind committee.TextKind) string {
	switch kind {
	case committee.ScriptText:
		return k.script()
	case committee.BannerText:
		return k.banner()
	case committee.PostText:
		return k.post()
	case committee.LetterText:
		return k.letter()
	}
	return ""
}

// days, lunar and hours say when the event is, as they are read by the eye.
func (k kitMaker) days() string { return vn.ShowRange(k.e.OpensOn, k.e.ClosesOn) }

func (k kitMaker) lunar() string { return k.LunarRange(k.e.OpensOn, k.e.ClosesOn) }

func (k kitMaker) hours() string {
	for _, d := range k.e.Days {
		if d.OpensAt != k.e.Days[0].OpensAt || d.ClosesAt != k.e.Days[0].ClosesAt {
			return k.T("kit.hours_differ")
		}
	}
	return view.HoursLine(k.e.Days[0])
}

// spokenHours says the hours as they are read aloud.
func (k kitMaker) spokenHours() string {
	if k.hours() == k.T("kit.hours_differ") {
		return k.T("kit.hours_differ")
	}
	d := k.e.Days[0]
	if d.OpensAt == 0 && d.ClosesAt == 24*60 {
		return k.T("kit.all_day")
	}
	return k.T("kit.from_to", vn.SpokenClock(d.OpensAt), vn.SpokenClock(d.ClosesAt))
}

// spokenDays says the days as they are read aloud, those of the lunar calendar behind
// them.
func (k kitMaker) spokenDays() string {
	days := make([]string, len(k.e.Days))
	for i, d := range k.e.Days {
		days[i] = d.Day
	}
	return k.T("kit.days_lunar", vn.SpokenDays(days), vn.SpokenLunar(k.e.OpensOn, k.e.ClosesOn))
}

// former is when and where a moved event was to be.
func (k kitMaker) former() string {
	return vn.ShowRange(k.e.Former.OpensOn, k.e.Former.ClosesOn) + ", " + k.e.Former.Venue
}

func (k kitMaker) spokenFormer() string {
	return vn.SpokenDays([]string{k.e.Former.OpensOn}) + ", " + k.e.Former.Venue
}

// script is read from the loudspeaker of the commune: dates and hours in words.
func (k kitMaker) script() string {
	lines := []string{k.T("kit.script.hello", k.unit)}
	switch k.at {
	case postponed, cancelled:
		lines = append(lines, k.T("kit.script."+string(k.at), k.e.Title, k.e.StateReason))
	case over:
		lines = append(lines, k.T("kit.script.over", k.e.Title, k.place))
	case moved:
		lines = append(lines, k.T("kit.script.moved", k.e.Title, k.spokenFormer()), k.T("kit.script.now", k.spokenDays(), k.place), k.T("kit.script.hours", k.spokenHours()))
	case running:
		lines = append(lines, k.T("kit.script.running", k.e.Title, k.place, vn.SpokenDay(k.e.ClosesOn)), k.T("kit.script.hours", k.spokenHours()))
	default:
		lines = append(lines, k.T("kit.script.ahead", k.e.Title, k.spokenDays(), k.place), k.T("kit.script.hours", k.spokenHours()))
	}
	if k.invites() {
		lines = append(lines, k.spokenOffers()...)
		lines = append(lines, k.T("kit.script.goods"), k.T("kit.script.fake"), k.T("kit.script.invite", k.e.Organiser))
	} else {
		lines = append(lines, k.T("kit.script.close", k.e.Organiser))
	}
	return strings.Join(lines, "\n")
}

// invites reports whether people can still come.
func (k kitMaker) invites() bool { return k.at == ahead || k.at == moved || k.at == running }

// banner is one line in capitals.
func (k kitMaker) banner() string {
	title := strings.ToUpper(k.e.Title)
	switch k.at {
	case postponed, cancelled, over:
		return k.T("kit.banner."+string(k.at), title)
	case moved:
		return k.T("kit.banner.moved", title, k.days(), strings.ToUpper(k.e.Venue))
	}
	return k.T("kit.banner.ahead", title, k.days(), strings.ToUpper(k.e.Venue))
}

// post is what is sent to groups and put on boards.
func (k kitMaker) post() string {
	link := k.Site.BaseURL + view.EventHref(k.e.Slug)
	switch k.at {
	case postponed, cancelled:
		return k.T("kit.post."+string(k.at), k.e.Title, k.e.StateReason, link)
	case over:
		return k.T("kit.post.over", k.e.Title, k.place, link)
	}
	text := k.T("kit.post.ahead", k.e.Title, k.T("kit.when", k.days(), k.lunar(), k.hours()), k.place)
	if k.at == moved {
		text = k.T("kit.post.moved", k.former()) + "\n" + text
	}
	if k.e.Summary != "" {
		text += "\n" + k.e.Summary
	}
	if len(k.offer) > 0 && k.invites() {
		text += "\n" + k.T("kit.post.offers")
		for _, o := range k.offer {
			text += "\n" + k.T("kit.post.offer", o.Goods.Name, vn.Dong(o.BeforeDong), vn.Dong(o.HereDong), o.Unit, strings.Join(o.Booths, ", "))
		}
	}
	return text + "\n" + k.T("kit.post.link", link)
}

// spokenOffers names a few offers as they are read aloud.
func (k kitMaker) spokenOffers() (lines []string) {
	for _, o := range k.offer {
		lines = append(lines, k.T("kit.script.offer", o.Goods.Name, vn.Count(o.BeforeDong), vn.Count(o.HereDong), strings.TrimPrefix(o.Unit, "1 ")))
	}
	return lines
}

// letter is an invitation, or the word that there will be nothing to come to.
func (k kitMaker) letter() string {
	switch k.at {
	case postponed, cancelled, over:
		return k.T("kit.letter."+string(k.at), k.e.Title, k.e.StateReason, k.e.Organiser)
	}
	text := k.T("kit.letter.ahead", k.e.Organiser, k.e.Title, k.T("kit.when", k.days(), k.lunar(), k.hours()), k.place)
	if k.at == moved {
		text = k.T("kit.letter.moved", k.former()) + "\n\n" + text
	}
	return text
}

// slogans are lines for banners and boards, with the day.
func (k kitMaker) slogans() []string {
	return []string{k.T("kit.slogan.one"), k.T("kit.slogan.two"), k.T("kit.slogan.three"), k.T("kit.slogan.four", k.e.Title)}
}
