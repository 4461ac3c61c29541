package report

import (
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/period"
)

// clause is a sentence of a strand with its figures, which are known together or not at all.
type clause struct {
	key     string // of "paper.say."
	figures []string
}

// strand is a part of the campaign with what is said of it.
type strand struct {
	key     string // of "paper.strand."
	clauses []clause
}

// strands are the parts of the campaign in the order of a plan. Figures of places are those of
// the communes' form, which has them all; bodies are asked for what they alone know.
var strands = []strand{
	{"steering", []clause{{"tasks", []string{"nganh/tasks_due", "nganh/tasks_done"}}, {"papers", []string{"xa/papers"}}, {"papers_bodies", []string{"nganh/papers"}},
		{"pledges", []string{"xa/pledges"}}, {"pledges_bodies", []string{"nganh/pledges"}}}},
	{"communications", []clause{{"communications", []string{"xa/communications"}}, {"people", []string{"xa/comm_people"}}}},
	{"events", []clause{{"fairs", []string{"xa/fairs"}}, {"sessions", []string{"xa/sessions"}}, {"booths", []string{"xa/event_days", "xa/booths", "xa/booths_taken"}},
		{"vendors", []string{"xa/vendors", "xa/products"}}, {"visits", []string{"xa/visits"}},
		{"visits_by", []string{"xa/visits_scan", "xa/visits_tap", "xa/visits_clicker", "xa/visits_paper", "xa/visits_estimated"}},
		{"stimulus", []string{"xa/stimulus", "xa/measures", "xa/offers"}}, {"sales_filed", []string{"xa/sales_filed"}},
		{"sales", []string{"xa/sales_dong", "xa/sales_banded"}}, {"contracts", []string{"xa/contracts", "xa/contracts_dong"}}, {"costs", []string{"xa/costs_dong"}}}},
	{"checks", []clause{{"inspections", []string{"xa/inspections", "xa/self_checks"}}, {"findings", []string{"xa/findings", "xa/findings_open"}},
		{"tips", []string{"xa/tips", "xa/tips_closed"}}}},
	{"supervision", []clause{{"supervisions", []string{"xa/supervisions"}}, {"recommendations", []string{"xa/recommendations", "xa/answered"}}}},
	{"procurement", []clause{{"procurement", []string{"xa/procurement_total", "xa/procurement_domestic"}}, {"share", []string{"xa/procurement_share"}}}},
	{"support", []clause{{"supports", []string{"xa/supports", "xa/support_dong"}}, {"matchings", []string{"xa/matchings", "xa/memos"}}, {"outlets", []string{"xa/outlets"}}}},
}

// tells reports whether the sentences of some strand tell a figure.
func tells(ref string) bool {
	return slices.ContainsFunc(strands, func(s strand) bool {
		return slices.ContainsFunc(s.clauses, func(c clause) bool { return slices.Contains(c.figures, ref) })
	})
}

// strands are the numbered results: what is known as sentences, and of what is not its names. A
// single unit passes over those of which its form asks nothing.
func (p CampaignPaper) strands(t texts) (list []Section) {
	for _, s := range strands {
		said := p.strand(t, s)
		if len(said) == 0 && p.one != "" {
			continue
		}
		section := sectionOf(fmt.Sprintf("%d. %s", len(list)+1, t.T("paper.strand."+s.key)), said...)
		section.Sub = true
		list = append(list, section)
	}
	return list
}

// clauses are what is said of a strand; of a single unit all that its own form asks for.
func (p CampaignPaper) clauses(s strand) (list []clause) {
	for _, c := range s.clauses {
		own := clause{key: c.key}
		for _, ref := range c.figures {
			own.figures = append(own.figures, p.ref(ref))
		}
		if !slices.ContainsFunc(list, func(x clause) bool { return slices.Equal(x.figures, own.figures) }) {
			list = append(list, own)
		}
	}
	return list
}

// details are sentences that split the figure of another one: they say nothing of nothing.
var details = map[string]bool{"visits_by": true}

// ref is where a figure is found: of a single unit in its own form.
func (p CampaignPaper) ref(ref string) string {
	if _, code, _ := strings.Cut(ref, "/"); p.one != "" {
		return string(p.one) + "/" + code
	}
	return ref
}

// ownSays are sentences that a single unit says otherwise than a committee of its units.
var ownSays = map[string]string{"tasks": "paper.own.tasks", "papers": "paper.own.papers", "pledges": "paper.own.pledges", "supervisions": "paper.own.supervisions"}

// say is the text of a clause.
func (p CampaignPaper) say(c clause) string {
	if own, is := ownSays[c.key]; is && p.one != "" {
		return own
	}
	return "paper.say." + c.key
}

func (p CampaignPaper) strand(t texts, s strand) (paragraphs []Passage) {
	var told, none []Passage
	var unknown, withheld []string
	clauses := p.clauses(s)
	for _, c := range clauses {
		marks, missing, kept := p.marks(t, c)
		switch {
		case len(marks) < len(c.figures):
		case p.nothing(c) && details[c.key]:
		case p.nothing(c):
			none = append(none, p.name(t, c.figures[0]))
		default:
			told = append(told, t.passage(p.say(c), marks...))
		}
		unknown, withheld = append(unknown, missing...), append(withheld, kept...)
	}
	if len(told) > 0 {
		paragraphs = append(paragraphs, joinPassages(" ", told))
	}
	if len(none) > 0 {
		list := slices.Concat(words(t.T("paper.none_of")), joinPassages("; ", none), words("."))
		paragraphs = append(paragraphs, list)
	}
	if len(unknown) > 0 {
		paragraphs = append(paragraphs, words(t.T("paper.unknown_of", strings.Join(unknown, "; "))))
	}
	if len(withheld) > 0 {
		paragraphs = append(paragraphs, words(t.T("paper.withheld_of", strings.Join(withheld, "; "), period.Fewest)))
	}
	if slices.ContainsFunc(clauses, p.partly) {
		paragraphs = append(paragraphs, words(t.T("paper.withheld_some", period.Fewest)))
	}
	return paragraphs
}

// nothing reports whether the registers hold no row at all of a clause.
func (p CampaignPaper) nothing(c clause) bool {
	return !slices.ContainsFunc(c.figures, func(ref string) bool {
		f, _ := p.of(ref)
		return f.Now.N != 0
	})
}

// name is what a figure is called within a sentence, with its way to the units.
func (p CampaignPaper) name(t texts, ref string) Passage {
	f, _ := p.of(ref)
	return Passage{{Text: lower(f.called(t)), Figure: ref}}
}

// partly reports whether a sum of the clause leaves out units of which it is withheld.
func (p CampaignPaper) partly(c clause) bool {
	return slices.ContainsFunc(c.figures, func(ref string) bool {
		f, _ := p.of(ref)
		return f.Partly && f.Known
	})
}

// marks are the figures of a clause that are known, and the names of those that are not or are
// withheld. A figure that the forms of the period do not ask for is neither.
func (p CampaignPaper) marks(t texts, c clause) (marks []Mark, unknown, withheld []string) {
	for _, ref := range c.figures {
		f, asked := p.of(ref)
		switch {
		case !asked:
		case f.Now.Withheld:
			withheld = append(withheld, lower(f.called(t)))
		case !f.Known:
			unknown = append(unknown, lower(f.called(t)))
		default:
			marks = append(marks, f.say(t))
		}
	}
	return marks, unknown, withheld
}

// lower begins a text with a small letter.
func lower(s string) string {
	letters := []rune(s)
	return strings.ToLower(string(letters[:1])) + string(letters[1:])
}

// gaps are figures whose difference is what was not done.
var gaps = []struct{ key, of, done string }{
	{"tasks", "nganh/tasks_due", "nganh/tasks_done"}, {"tips", "xa/tips", "xa/tips_closed"}, {"recommendations", "xa/recommendations", "xa/answered"},
}

// shortcomings are what the figures say was not reached: who has not reported, by name, goals
// that were missed, who did nothing of a strand, what was left undone.
func (p CampaignPaper) shortcomings(t texts) []Passage {
	list := slices.Concat(p.missing(t), p.missedGoals(t), p.idle(t), p.undone(t))
	if len(list) == 0 {
		return []Passage{words(t.T("paper.no_shortcoming"))}
	}
	return list
}

func (p CampaignPaper) missing(t texts) (list []Passage) {
	if n := len(p.Communes.Missing); n > 0 {
		list = append(list, words(t.T("paper.missing_communes", n, p.Communes.All, named(p.Communes.Missing))))
	}
	if n := len(p.Bodies.Missing); n > 0 {
		list = append(list, words(t.T("paper.missing_bodies", n, p.Bodies.All, named(p.Bodies.Missing))))
	}
	return list
}

// missedGoals are goals of a year that its results do not reach.
func (p CampaignPaper) missedGoals(t texts) (list []Passage) {
	if p.Period.Part != period.WholeYear {
		return nil
	}
	for _, f := range p.Figures {
		if f.Known && f.Goal > 0 && f.Now.N < f.Goal {
			goal := number(f.Goal).String()
			list = append(list, t.passage("paper.missed", Mark{Text: lower(f.VI)}, f.say(t), Mark{Text: goal}, Mark{Text: fmt.Sprint(f.Now.N * 100 / f.Goal)}))
		}
	}
	return list
}

func (p CampaignPaper) idle(t texts) (list []Passage) {
	for _, idle := range p.Communes.Idle {
		if len(idle.Names) == p.Communes.Filed {
			list = append(list, words(t.T("paper.idle_all."+string(idle.Figure), p.Communes.Filed)))
			continue
		}
		list = append(list, words(t.T("paper.idle."+string(idle.Figure), len(idle.Names), named(idle.Names))))
	}
	return list
}

// undone is what of a figure was left open.
func (p CampaignPaper) undone(t texts) (list []Passage) {
	for _, g := range gaps {
		of, asked := p.of(p.ref(g.of))
		done, too := p.of(p.ref(g.done))
		if left := of.Now.N - done.Now.N; asked && too && of.Known && done.Known && left > 0 {
			list = append(list, t.passage("paper.undone."+g.key, Mark{Text: number(left).String(), Figure: done.Ref()}, of.say(t)))
		}
	}
	if f, asked := p.of(p.ref("xa/findings_open")); asked && f.Known && f.Now.N > 0 {
		list = append(list, t.passage("paper.undone.findings", f.say(t)))
	}
	return list
}

// topics are what the committee and the units say, topic by topic, each under its name.
func (p CampaignPaper) topics(t texts) (list []Section) {
	for _, topic := range period.Topics {
		var said []Passage
		for _, s := range p.Words {
			said = append(said, s.of(topic)...)
		}
		if len(said) > 0 {
			section := sectionOf(fmt.Sprintf("%d. %s", len(list)+1, t.T("paper.topic."+string(topic))), said...)
			section.Sub = true
			list = append(list, section)
		}
	}
	return list
}

// of are the paragraphs of a topic; the first one begins with the name of the unit.
func (s Spoken) of(topic period.Topic) (list []Passage) {
	for line := range strings.SplitSeq(s.Words[topic], "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if s.Unit != "" && len(list) == 0 {
			line = capital(s.Unit) + ": " + line
		}
		list = append(list, words(line))
	}
	return list
}

// silence says that nobody has written anything.
func (p CampaignPaper) silence(t texts) []Passage {
	if len(p.topics(t)) > 0 {
		return nil
	}
	return []Passage{words(t.T("paper.silence"))}
}
