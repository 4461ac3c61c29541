package committee

import (
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// Lang is the language of an article, as its lang attribute says it (BCP 47).
type Lang string

// The languages that articles are written in.
const (
	Vietnamese Lang = "vi"
	Tay        Lang = "tyz"
	Nung       Lang = "nut"
	Dao        Lang = "ium"
	English    Lang = "en"
)

// Langs lists the languages in the order shown to people.
var Langs = []Lang{Vietnamese, Tay, Nung, Dao, English}

// Valid reports whether l is a known language.
func (l Lang) Valid() bool { return slices.Contains(Langs, l) }

// ArticleColumn is a column of the special page (chuyên mục) under which articles stand.
type ArticleColumn struct {
	Code     string // in addresses; never changes
	Name     string
	Lang     Lang // of its name
	Position int
	Version  int64
	N        int // articles that the public sees in it, where a list counted them
}

// ArticleState is a step in the life of an article.
type ArticleState string

// The states. Scheduled is never stored: an article that is published at an instant to
// come is scheduled until then.
const (
	ArticleDraft     ArticleState = "draft"
	ArticleScheduled ArticleState = "scheduled"
	ArticlePublished ArticleState = "published"
	ArticleWithdrawn ArticleState = "withdrawn" // with reason; its address says so
)

// ArticleStates lists the states in the order of life.
var ArticleStates = []ArticleState{ArticleDraft, ArticleScheduled, ArticlePublished, ArticleWithdrawn}

var articleEdges = map[ArticleState][]ArticleState{
	ArticleDraft:     {ArticlePublished},
	ArticleScheduled: {ArticleDraft, ArticlePublished},
	ArticlePublished: {ArticleWithdrawn},
	ArticleWithdrawn: {ArticlePublished},
}

// CanBecome reports whether an article in state s may step to next. What people have
// read goes back to no draft: it is withdrawn, for a reason that stands at its address.
func (s ArticleState) CanBecome(next ArticleState) bool {
	return slices.Contains(articleEdges[s], next)
}

// Picture is a picture of an article. The first one stands above the text and goes with
// the link when the article is shared.
type Picture struct {
	File    registry.FileID
	Alt     string // what it shows, for whoever does not see it; never empty
	Caption string
}

// Article is an article of the special page.
type Article struct {
	ID          registry.ArticleID
	Slug        string
	Column      string // code
	Lang        Lang
	Original    registry.ArticleID // that it is a version of in another language; "" is none
	Title       string
	Lead        string // one paragraph
	Text        string // Markdown
	Author      string
	Area        registry.AreaRef // unit in which it is written
	Body        registry.BodyID  // that speaks in it; "" is none
	Event       registry.EventID // that it is about; "" is none
	State       ArticleState     // as stored: see StateAt
	PublishAt   int64            // unix ms; 0 before it was ever published
	Reason      string           // of the withdrawal
	WithdrawnAt int64            // unix ms
	Pictures    []Picture
	Vendors     []registry.VendorID // whose goods it speaks of
	Products    []registry.ProductID
	CreatedBy   registry.AccountID
	CreatedAt   int64
	UpdatedAt   int64
	Version     int64
}

// Limits of an article, in characters, and of what hangs on it.
const (
	MaxArticleTitle   = 150
	MaxArticleLead    = 400
	MaxArticleText    = 20_000
	MaxAuthor         = 120
	MaxAlt            = 250
	MaxCaption        = 250
	MaxReason         = 500
	MaxHeadings       = 40
	MaxPictures       = 12
	MaxArticleVendors = 10
	MaxColumnName     = 60
	MaxColumns        = 20
)

// StateAt is the state of the article at an instant (unix ms).
func (a Article) StateAt(now int64) ArticleState {
	if a.State == ArticlePublished && a.PublishAt > now {
		return ArticleScheduled
	}
	return a.State
}

// Public reports whether everybody may read the article at an instant (unix ms).
func (a Article) Public(now int64) bool { return a.StateAt(now) == ArticlePublished }

// Known reports whether the public has known the address of the article, which from
// then on stays.
func (a Article) Known(now int64) bool {
	return a.State == ArticleWithdrawn || a.Public(now)
}

// readingPace is how many syllables are read in a minute.
const readingPace = 220

// Minutes is how long the article takes to be read, at least one.
func (a Article) Minutes() int {
	return max(1, (len(strings.Fields(a.Lead))+len(strings.Fields(a.Text))+readingPace-1)/readingPace)
}

// ArticleVersion is the words of an article as they once were.
type ArticleVersion struct {
	N     int
	At    int64 // unix ms
	By    string
	Title string
	Lead  string
	Text  string
}

// ArticleFilter chooses articles. Empty fields do not narrow.
type ArticleFilter struct {
	Areas  []string // of today's units, for the office; nil is all
	State  ArticleState
	Column string
	Event  registry.EventID
	Now    int64 // unix ms, by which scheduled and published are told apart
	Public bool  // what everybody may read, one article once in all its languages
	// Pictures wants all pictures of each instead of the first.
	Pictures bool
	Skip     int // rows to leave out
	Limit    int // 0 is none
}

// TextKind is a ready-made text of an event.
type TextKind string

// The kinds of ready-made text.
const (
	ScriptText TextKind = "script" // read by the loudspeaker of the commune
	BannerText TextKind = "banner"
	PostText   TextKind = "post"
	LetterText TextKind = "letter" // invitation
	PosterA3   TextKind = "poster_a3"
	PosterA4   TextKind = "poster_a4"
)

// TextKinds lists the kinds in the order shown to people.
var TextKinds = []TextKind{ScriptText, BannerText, PostText, LetterText, PosterA3, PosterA4}

// Valid reports whether k is a known kind.
func (k TextKind) Valid() bool { return slices.Contains(TextKinds, k) }

// Poster reports whether the text is drawn on paper.
func (k TextKind) Poster() bool { return k == PosterA3 || k == PosterA4 }

// Taking is that somebody has taken a ready-made text of an event with them.
type Taking struct {
	Kind TextKind
	By   string
	At   int64  // unix ms
	Said string // what the event was then, as Saying tells it
}

// Saying is what ready-made texts say of an event. Whoever took a text that said
// something else has a text that is out of date.
func Saying(e registry.Event) string {
	stopped := ""
	if e.State.Stopped() {
		stopped = string(e.State)
	}
	said := []string{e.Title, e.Area.String(), e.Venue, stopped}
	for _, d := range e.Days {
		said = append(said, d.Day, strconv.Itoa(d.OpensAt), strconv.Itoa(d.ClosesAt))
	}
	return strings.Join(said, "|")
}
