package view

import (
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// GroupName names a group of products.
func (b Base) GroupName(g registry.ProductGroup) string { return b.T("product.group." + string(g)) }

// OriginPhrase is what a label says of the origin: "Sản xuất tại Côn Minh, Na Rì".
func (b Base) OriginPhrase(p registry.Product) string {
	return b.T("product.origin_phrase."+string(p.Origin), p.OriginPlace)
}

// evidenceTones are the colours of the rungs and falls.
var evidenceTones = map[registry.Evidence]string{
	registry.Declared: "wait", registry.Documented: "", registry.Checked: "go", registry.Confirmed: "go",
	registry.Disputed: "stop", registry.Excluded: "stop",
}

// evidenceIcons say the rung a second time, for who does not see colours.
var evidenceIcons = map[registry.Evidence]string{
	registry.Declared: "info", registry.Documented: "file-text", registry.Checked: "badge-check", registry.Confirmed: "shield-check",
	registry.Disputed: "triangle-alert", registry.Excluded: "ban",
}

// EvidenceChip is the mark of how far a product is proved to be Vietnamese.
func (b Base) EvidenceChip(e registry.Evidence) Chip {
	return Chip{Label: b.T("product.evidence." + string(e)), Class: evidenceTones[e], Icon: evidenceIcons[e]}
}

// Proof is the evidence of a product as its page tells it.
type Proof struct {
	Ladder
	Chip  Chip
	On    string // when it was decided, shown
	Until string // shown; empty: no end
	Note  string
}

// ProofOn tells the evidence of a product as it counts on a day.
func (b Base) ProofOn(p registry.Product, day string) Proof {
	e := p.EvidenceOn(day)
	l := Proof{Chip: b.EvidenceChip(e), Ladder: Ladder{Step: e.Rung(), Of: len(registry.EvidenceLadder), Bad: e.Fallen(),
		Label: b.T("product.evidence."+string(e)) + ".", Text: b.T("product.evidence.plain." + string(e))}}
	l.Words = b.T("product.rung", l.Step, l.Of)
	if l.Bad {
		l.Words = l.Label
	}
	if e != p.Evidence {
		l.Note = b.T("product.evidence.over", vn.ShowDate(p.EvidenceUntil))
		return l
	}
	l.Note = p.EvidenceNote
	if (e.Rung() > 2 || l.Bad) && p.EvidenceAt > 0 {
		l.On = ShowDay(p.EvidenceAt)
	}
	l.Until = vn.ShowDate(p.EvidenceUntil)
	return l
}

// StarsOn shows the rank of a product that is in force on a day; N is 0 if none is.
func (b Base) StarsOn(p registry.Product, day string) Stars {
	r, ok := p.Stars(day)
	if !ok {
		return Stars{}
	}
	return Stars{N: r.Stars, Words: b.T("product.stars", r.Stars), Label: b.T("product.stars_until", vn.ShowDate(r.ValidTo)[3:])}
}

// PriceText shows what a product costs, "" if that is not told.
func (b Base) PriceText(p registry.Product) string {
	if p.PriceDong == 0 {
		return ""
	}
	return b.Dong(p.PriceDong) + "/" + p.PriceUnit
}

// LabelText says what is told of a label, until when it may be used, or why none is
// needed; "" where nothing is told.
func (b Base) LabelText(l registry.Label) string {
	if l == registry.LabelUntold {
		return ""
	}
	rule := l.Rule()
	text := b.T("product.label." + string(l))
	if rule.Until != "" {
		text += ", " + b.T("product.label.until", vn.ShowDate(rule.Until))
	}
	if law := b.LawText(rule.Law); law != "" {
		text += ". " + law
	}
	return text
}

// RatingText is a rank in words, with the criteria of its time.
func (b Base) RatingText(r registry.Rating) string {
	text := b.T("product.rating.line", r.Stars, r.Decision, vn.ShowDate(r.IssuedOn), vn.ShowDate(r.ValidTo))
	if rule, ok := registry.OCOPRuleOn(r.IssuedOn); ok {
		text += ". " + b.T("product.rating.criteria", b.Cited(rule.Law()))
	}
	return text
}

// PlaceGoods is what a place sells: its groups of goods, and what is said beside them.
func PlaceGoods(b Base, groups []registry.ProductGroup, said string) string {
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = b.GroupName(g)
	}
	line := strings.Join(names, ", ")
	if line != "" && said != "" {
		line += ": "
	}
	return line + said
}
