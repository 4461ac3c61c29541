package booths

import (
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// askPart is what an officer may ask for by name: what the program found on top, all else
// in groups below.
type askPart struct {
	Fault string
	Text  string // what is ticked, and what the vendor sees of it
	Top   []askTick
	More  []askGroup
}

// askGroup is things of one sort.
type askGroup struct {
	Title string
	Ticks []askTick
	Open  bool // something is ticked
}

// askTick is one thing that may be asked for.
type askTick struct {
	ID, Value, Label string
	Why              string // the program proposes it; "" if it does not
	Ticked           bool
}

// askFound is ticked for what the program found lacking in each application of a batch.
const askFound = "found"

// askGroups are the sorts of thing in their order.
var askGroups = []registry.AskAbout{registry.AskPaper, registry.AskProduct, registry.AskField, registry.AskVendor}

// asks draws the things that may be asked for, ticked as they were sent, or as the program
// proposes it.
func asks(b view.Base, options []booths.AskOption, tried *decisionForm) (p askPart) {
	groups := make([]askGroup, len(askGroups))
	for i, o := range options {
		t := askTick{ID: "f-ask-" + strconv.Itoa(i), Value: o.Key(), Label: b.AskText(o.Asked), Ticked: o.Known}
		if tried != nil {
			t.Ticked = slices.Contains(tried.Ask, t.Value)
		}
		if o.Found != nil {
			t.Why = whyAsked(b, *o.Found)
			p.Top = append(p.Top, t)
			continue
		}
		g := &groups[slices.Index(askGroups, o.About)]
		if sentence, label := o.Said(); sentence == "ask.line.application" || sentence == "ask.line.vendor" {
			t.Label = b.T(label) // the heading says the rest
		}
		g.Title, g.Ticks = b.T("ask.group."+string(o.About)), append(g.Ticks, t)
		g.Open = g.Open || t.Ticked
	}
	p.More = slices.DeleteFunc(groups, func(g askGroup) bool { return len(g.Ticks) == 0 })
	if p.Text = b.T("ask.heading_text"); len(p.Top) == 0 {
		p.Text = b.T("ask.heading_none")
	}
	return p.numbered()
}

// whyAsked says of what the program found what its label does not: other papers that would
// do, the day on which one lapses, and the law.
func whyAsked(b view.Base, f registry.Finding) string {
	why := b.FindingText(f)
	switch {
	case f.Kind == registry.Lapses:
		why = b.T("ask.lapses_on", vn.ShowDate(f.On))
	case f.Kind == registry.Missing && len(f.AnyOf) < 2:
		why = ""
	}
	parts := slices.DeleteFunc([]string{why, b.LawText(f.Law)}, func(part string) bool { return part == "" })
	return strings.Join(parts, " · ")
}

// numbered gives the first thing the id that a fault leads to.
func (p askPart) numbered() askPart {
	switch {
	case len(p.Top) > 0:
		p.Top[0].ID = "f-ask"
	case len(p.More) > 0:
		p.More[0].Ticks[0].ID = "f-ask"
	}
	return p
}

// batchAsks draws what many vendors may be asked for at once: what each lacks, and what
// every vendor has.
func batchAsks(b view.Base, lacks int, form batchForm) askPart {
	var options []booths.AskOption
	for _, a := range append(booths.PapersToAsk(), booths.FieldsToAsk()...) {
		options = append(options, booths.AskOption{Asked: a})
	}
	p := asks(b, options, &decisionForm{Ask: form.Ask})
	p.Top = []askTick{{Value: askFound, Label: b.T("ask.found"), Why: b.T("ask.found_text", lacks),
		Ticked: slices.Contains(form.Ask, askFound) || !form.Sure && lacks > 0}}
	p.Text = b.T("ask.batch_text")
	return p.numbered()
}
