package view

import (
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// ApplicationTones are the colours of the states of an application.
var ApplicationTones = map[registry.ApplicationState]string{
	registry.AppDraft: "off", registry.AppSubmitted: "", registry.AppNeedsInfo: "wait", registry.AppApproved: "go",
	registry.AppWaitlisted: "wait", registry.AppOffered: "go", registry.AppDeclined: "stop", registry.AppWithdrawn: "off",
	registry.AppCancelled: "stop",
}

// ApplicationIcons say the state a second time, for who does not see colours.
var ApplicationIcons = map[registry.ApplicationState]string{
	registry.AppDraft: "pencil", registry.AppSubmitted: "mail", registry.AppNeedsInfo: "circle-help",
	registry.AppApproved: "circle-check", registry.AppWaitlisted: "clock", registry.AppOffered: "bell",
	registry.AppDeclined: "circle-x", registry.AppWithdrawn: "rotate-ccw", registry.AppCancelled: "ban",
}

// ApplicationChip is the mark of an application's state.
func (b Base) ApplicationChip(s registry.ApplicationState) Chip {
	return Chip{Label: b.T("application.state." + string(s)), Class: ApplicationTones[s], Icon: ApplicationIcons[s]}
}

// FindingChips says what is wrong with an applicant's papers, or that all is well
// until the last day.
func (b Base) FindingChips(findings []registry.Finding, lastDay string) []Chip {
	if len(findings) == 0 {
		return []Chip{{Label: b.T("application.finding.none", ShortDate(lastDay)), Class: "go", Icon: "check"}}
	}
	chips := make([]Chip, len(findings))
	for i, f := range findings {
		chips[i] = b.findingChip(f)
	}
	return chips
}

func (b Base) findingChip(f registry.Finding) Chip {
	product := ""
	if f.Product != "" {
		product = " · " + f.Product
	}
	switch f.Kind {
	case registry.Missing:
		return Chip{Label: b.T("application.finding.missing", b.T("application.finding.paper."+string(f.Paper))) + product, Class: "stop", Icon: "circle-x"}
	case registry.Lapses:
		return Chip{Label: b.T("application.finding.lapses", b.T("application.finding.paper."+string(f.Paper)), ShortDate(f.On)) + product, Class: "wait", Icon: "clock"}
	}
	switch f.Kind {
	case registry.LabelOver:
		return Chip{Label: b.T("application.finding.label_over", f.Product, ShortDate(f.On)), Class: "stop", Icon: "circle-x"}
	case registry.OverCeiling:
		return Chip{Label: b.T("application.finding.over_ceiling", f.Percent, f.Ceiling), Class: "stop", Icon: "triangle-alert"}
	}
	if f.Evidence != "" {
		return Chip{Label: b.T("application.finding.evidence."+string(f.Evidence), f.Product), Class: "stop", Icon: "triangle-alert"}
	}
	return Chip{Label: b.T("application.finding.origin."+string(f.Origin), f.Product), Class: "wait", Icon: "triangle-alert"}
}

// AskText names a thing that a vendor is asked to mend or add.
func (b Base) AskText(a registry.Asked) string {
	sentence, label := a.Said()
	if label != "" {
		label = b.T(label)
	}
	return b.T(sentence, label, a.Goods)
}

// FindingText says what is missing, lapses or is weak, in one sentence.
func (b Base) FindingText(f registry.Finding) string {
	what := ""
	for i, k := range f.AnyOf {
		if i > 0 {
			what += b.T("certificate.finding.or")
		}
		what += b.PaperName(k)
	}
	switch {
	case f.Kind == registry.Missing && f.Product != "":
		return b.T("certificate.finding.missing_product", what, f.Product)
	case f.Kind == registry.Missing:
		return b.T("certificate.finding.missing", what)
	case f.Kind == registry.Lapses && f.Product != "":
		return b.T("certificate.finding.lapses_product", b.PaperName(f.Paper), f.Product, vn.ShowDate(f.On))
	case f.Kind == registry.Lapses:
		return b.T("certificate.finding.lapses", b.PaperName(f.Paper), vn.ShowDate(f.On))
	case f.Kind == registry.LabelOver:
		return b.T("product.label.over", f.Product, b.T("product.label."+string(f.Label)), vn.ShowDate(f.On))
	case f.Kind == registry.OverCeiling:
		return b.T("application.finding.over_ceiling", f.Percent, f.Ceiling)
	case f.Evidence != "":
		return b.T("certificate.finding.evidence."+string(f.Evidence), f.Product)
	}
	return b.T("certificate.finding.origin."+string(f.Origin), f.Product)
}
