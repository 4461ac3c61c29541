package stall

import (
	"cmp"
	"slices"
	"strings"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// AskedPart tells what was asked of a vendor, and what has become of each since.
type AskedPart struct {
	TodoPart
	Left int // not changed yet
}

// asked lists what the office waits for, each with the way to where it is mended; without
// tasks where nothing was named, or the vendor has answered.
func (by filledIn) asked(b view.Base, v booths.ApplicationView) AskedPart {
	if v.State != registry.AppNeedsInfo || len(v.Asked) == 0 {
		return AskedPart{}
	}
	n := len(v.Asked)
	p := AskedPart{Left: n - booths.Answered(v.Asked), TodoPart: TodoPart{ID: "can-bo-sung", Title: b.T("ask.title", n), Text: v.Reason}}
	if p.Tasks = askedTasks(b, v); p.Left == 0 {
		p.Text = strings.TrimSpace(b.T("ask.all_done", n) + "\n" + v.Reason)
	}
	for i, s := range v.Asked {
		p.Tasks[i].Href = by.mends(v, s)
	}
	return p
}

// Reviewed lists what the office has asked for, for the officer who decides; without tasks
// once it is decided, or where nothing was named.
func Reviewed(b view.Base, v booths.ApplicationView) AskedPart {
	if v.State != registry.AppNeedsInfo && v.State != registry.AppSubmitted || len(v.Asked) == 0 {
		return AskedPart{}
	}
	n, done := len(v.Asked), booths.Answered(v.Asked)
	return AskedPart{TodoPart{"da-hoi", b.T("ask.asked", n, done), "", askedTasks(b, v)}, n - done}
}

// askedTasks are the things asked for, each with what has changed of it.
func askedTasks(b view.Base, v booths.ApplicationView) []view.Task {
	tasks := make([]view.Task, len(v.Asked))
	for i, s := range v.Asked {
		tasks[i] = view.Task{Label: b.AskText(s.Asked), State: view.Chip{Class: "wait", Icon: "clock", Label: b.T("ask.open")}}
		switch {
		case s.Gone:
			tasks[i].State = view.Chip{Icon: "check", Label: b.T("ask.gone")}
		case s.Done:
			tasks[i].State = view.Chip{Class: "go", Icon: "check", Label: b.T("ask.done")}
		}
		var changes []string
		for _, c := range s.Changes {
			changes = append(changes, changeText(b, v, s, c))
		}
		tasks[i].Hint = strings.Join(changes, "; ")
	}
	return tasks
}

// mends is the address of the very field or form where a vendor mends what it was asked
// for; "" for what an officer who types in a paper form cannot reach.
func (by filledIn) mends(v booths.ApplicationView, s booths.AskState) string {
	home := view.StallRoot(v.Vendor.ID)
	switch {
	case s.About == registry.AskField:
		return by.root(v) + "/sua#f-" + s.Name
	case by == ByOffice || s.Gone:
		return ""
	case s.About == registry.AskVendor:
		return home + "/ho-so#f-" + s.Name
	case s.About == registry.AskProduct:
		return home + "/san-pham/" + string(s.Product)
	case s.Why != registry.PaperMissing && s.Paper != "":
		return home + "/giay-to/moi?thay=" + string(s.Paper) + "#f-scan"
	case s.Product != "":
		return home + "/giay-to/moi?loai=" + s.Name + "&san-pham=" + string(s.Product) + "#f-scan"
	}
	return home + "/giay-to/moi?loai=" + s.Name + "#f-scan"
}

// changeText says how a thing differs from how it stood when it was asked for.
func changeText(b view.Base, v booths.ApplicationView, s booths.AskState, c booths.AskChange) string {
	switch {
	case s.About == registry.AskPaper && c.Was == "":
		return b.T("ask.paper_change", paperUntil(b, c.Now))
	case s.About == registry.AskPaper:
		return b.T("ask.change", b.T("certificate.field.valid_to"), vn.ShowDate(c.Was), paperUntil(b, c.Now))
	case s.About == registry.AskField:
		return b.T("ask.change", b.T(c.Field), askedValue(b, v, s, c.Was), askedValue(b, v, s, c.Now))
	case c.Was == c.Now:
		return b.T(c.Field)
	}
	return b.T("ask.change", b.T(c.Field), coded(b, c.Texts, c.Was), coded(b, c.Texts, c.Now))
}

func paperUntil(b view.Base, day string) string {
	if day == "" {
		return b.T("certificate.endless")
	}
	return b.T("ask.paper_until", vn.ShowDate(day))
}

// coded is a value as people read it: the text of its code, or itself.
func coded(b view.Base, texts, value string) string {
	if texts != "" && value != "" {
		return b.T(texts + value)
	}
	return cmp.Or(value, b.T("ask.none"))
}

// askedValue is what an application said, or says, at a field that was asked for.
func askedValue(b view.Base, v booths.ApplicationView, s booths.AskState, value string) string {
	lines := strings.Split(value, "\n")
	switch {
	case s.Name == "needs_power":
		return b.T("application.power." + value)
	case value == "":
		return b.T("ask.none")
	case s.Name == "days":
		return shown(lines, vn.ShowDate)
	case s.Name == "products":
		return shown(lines, func(id string) string { return cmp.Or(v.Names[registry.ProductID(id)], "…") })
	case s.Name == "booths":
		return b.T("application.booths_n", value)
	case s.Name == "staff_n":
		return b.T("application.people", value)
	case s.Name == "zone":
		return view.ZoneName(b, value)
	case s.Name == "promo_percent":
		percent, basis, based := strings.Cut(value, " ")
		if text := b.T("application.promo.percent", percent); based {
			return text + ", " + b.T("application.promo."+basis)
		}
		return b.T("application.promo.percent", percent)
	}
	return shown(lines, strings.TrimSpace)
}

func shown(lines []string, show func(string) string) string {
	words := slices.Clone(lines)
	for i := range words {
		words[i] = show(words[i])
	}
	return strings.Join(words, ", ")
}

// askedLines lists what was asked for by name, a line each.
func askedLines(b view.Base, asks []registry.Asked) (lines string) {
	for _, a := range asks {
		lines += "– " + b.AskText(a) + "\n"
	}
	return lines
}
