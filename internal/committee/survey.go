package committee

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// SurveyMethod is how people were asked.
type SurveyMethod string

// The methods.
const (
	ByInterview SurveyMethod = "interview" // face to face
	ByPhone     SurveyMethod = "phone"
	Online      SurveyMethod = "online"
	ByExperts   SurveyMethod = "experts" // an estimate: its sample is the experts asked
	FromPaper   SurveyMethod = "paper"   // taken over from a paper of somebody else
)

// SurveyMethods lists the methods in the order shown to people.
var SurveyMethods = []SurveyMethod{ByInterview, ByPhone, Online, ByExperts, FromPaper}

// Valid reports whether m is a known method.
func (m SurveyMethod) Valid() bool { return slices.Contains(SurveyMethods, m) }

// Survey is a share of people that somebody found by asking some of them, such as the
// share that prefers Vietnamese goods. It is an estimate: it is never added to, or shown
// among, what was counted.
type Survey struct {
	ID         registry.SurveyID
	Title      string
	Question   string // as it was asked
	Method     SurveyMethod
	MethodNote string // in words
	Sample     int    // people asked, at least 1
	Population string // who they stand for
	Area       registry.AreaRef
	From       string // first day of asking, YYYY-MM-DD
	Until      string // last day
	By         string // who carried it out
	Source     string // paper or report that says so
	Link       string // https address; "" is none
	Share      int    // result in tenths of a percent, 0 to 1000
	IssuedOn   string // day on which it was published; "" is not
	Public     bool   // everybody may read it here
	EnteredBy  registry.AccountID
	EnteredAs  string // name at that time
	EnteredAt  int64  // unix ms
	StruckAt   int64  // unix ms; 0 counts
	StruckAs   string
	StruckWhy  string
	Version    int64
}

// Limits of a survey, in characters, and the largest sample that is no slip of a finger.
const (
	MaxSurveyLine = 200
	MaxSurveyText = 600
	MaxSample     = 10_000_000
	WholeShare    = 1000 // a hundred percent
)

// Year is the year of the survey: that of its last day.
func (s Survey) Year() string { return s.Until[:4] }

// Struck reports whether it was struck out: it stays in the list and is shown nowhere else.
func (s Survey) Struck() bool { return s.StruckAt > 0 }

// ShowShare is a share in tenths of a percent as people read it: "83,4 %".
func ShowShare(tenths int) string {
	if tenths%10 == 0 {
		return fmt.Sprintf("%d %%", tenths/10)
	}
	return fmt.Sprintf("%d,%d %%", tenths/10, tenths%10)
}

// ParseShare reads a share as people type it, "83,4", "83.4 %" or "83", into tenths of a
// percent. It is false for anything else; a share above a hundred percent is read.
func ParseShare(typed string) (tenths int, ok bool) {
	typed = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(typed), "%"))
	whole, part, has := strings.Cut(strings.ReplaceAll(typed, ".", ","), ",")
	if !digits(whole) || len(whole) > 4 || has && (!digits(part) || len(part) != 1) {
		return 0, false
	}
	n, err := strconv.Atoi(whole + part)
	if !has {
		n *= 10
	}
	return n, err == nil
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// Mismatch is why two surveys are not compared.
type Mismatch string

// The reasons. Comparable is none.
const (
	Comparable    Mismatch = ""
	OtherQuestion Mismatch = "question"
	OtherMethod   Mismatch = "method"
	OtherArea     Mismatch = "area"
)

// Comparison is a survey beside the one of an earlier year.
type Comparison struct {
	With   Survey
	Why    Mismatch
	Change int // in tenths of a percentage point; only where they are comparable
}

// mismatch says why two surveys are not compared.
func (s Survey) mismatch(o Survey, sameArea func(a, b registry.AreaRef) bool) Mismatch {
	switch {
	case sameWords(s.Question) != sameWords(o.Question):
		return OtherQuestion
	case s.Method != o.Method:
		return OtherMethod
	case !sameArea(s.Area, o.Area):
		return OtherArea
	}
	return Comparable
}

// sameWords is a question without regard to capitals, spaces and its mark at the end.
func sameWords(question string) string {
	return strings.Trim(strings.Join(strings.Fields(strings.ToLower(question)), " "), " ?.!")
}

// Compare finds the survey of an earlier year to compare one with, among several: the
// newest that asked the same question by the same method in the same unit. Without such a
// one it is the newest of an earlier year with the reason why the two are not compared;
// false if there is none at all.
func (s Survey) Compare(all []Survey, sameArea func(a, b registry.AreaRef) bool) (c Comparison, found bool) {
	for _, o := range all {
		if o.ID == s.ID || o.Struck() || o.Year() >= s.Year() {
			continue
		}
		why := s.mismatch(o, sameArea)
		better := why == Comparable && c.Why != Comparable
		same := (why == Comparable) == (c.Why == Comparable)
		if !found || better || same && o.Until > c.With.Until {
			c, found = Comparison{With: o, Why: why}, true
		}
	}
	if found && c.Why == Comparable {
		c.Change = s.Share - c.With.Share
	}
	return c, found
}

// SurveyFilter chooses surveys. Empty fields do not narrow.
type SurveyFilter struct {
	Codes  []string // found under one of today's units; nil is all
	Year   string   // of the last day
	Public bool     // everybody may read it, and it was not struck out
	Stands bool     // was not struck out
}

// SurveyFigure is a survey with what it is compared with.
type SurveyFigure struct {
	Survey
	Comparison
	Compared bool // Comparison says something
}

// Figures are surveys with what they are compared with among all that the reader may see.
func Figures(shown, all []Survey, sameArea func(a, b registry.AreaRef) bool) (figures []SurveyFigure) {
	for _, s := range shown {
		c, found := s.Compare(all, sameArea)
		figures = append(figures, SurveyFigure{s, c, found})
	}
	return figures
}
