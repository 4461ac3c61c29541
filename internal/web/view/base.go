package view

import (
	"html/template"
	"strings"
	"sync"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/static"
)

// Base is what every page knows. Typed page structs embed it.
type Base struct {
	Lang        string
	Title       string
	Path        string
	ReadOn      string // today: the day by which typed dates are read
	Nav         []NavItem
	User        *User
	Site        Site
	Flash       string
	FlashCalls  string // address of the call list of whom the change did not reach
	RequestID   string
	OtherLang   string
	Description string
	Light       bool // brings no typefaces: for a form that is opened once, on a slow line
	HasError    bool
	VendorHead  *VendorHead // set on the pages of one vendor
	PassedOver  *Unread     // filters of the address that could not be read
	Laws        registry.LawPapers
	Canonical   string     // the page on this site, without its language; "" is a page that search engines leave alone
	Share       *Share     // what others show of a link to the page; nil is nothing of its own
	Installs    bool       // a phone may put the site on its home screen from here
	Linked      any        // what the page is about in the words of schema.org; nil is nothing
	Feed        string     // title of the feed of articles, on the pages that it is of
	Goal        *DraftLink // the application that the reader was on the way to
	Awaits      *DraftLink // the application that waits for the vendor whose page this is
	Seeks       bool       // the reader may look through what the office keeps
	Sought      string     // the text that was looked for
	ListFiles   *ListFiles // of the list that the page shows; nil where it shows none
	OwnStyles   []string   // style sheets of this page beside those of its layout
	LinksStyle  bool       // the page names its style sheets and does not carry them: see Style
}

// LawText cites the papers of a rule, "" without any.
func (b Base) LawText(c registry.Citation) string {
	if len(c.Numbers) == 0 {
		return ""
	}
	return b.T("certificate.law", b.Cited(c))
}

// Cited is a citation, with a word about what nobody has verified.
func (b Base) Cited(c registry.Citation) string {
	if b.Laws.Unverified(c) {
		return b.T("certificate.unverified", b.Laws.Cited(c))
	}
	return b.Laws.Cited(c)
}

// T looks up a text in the language of the page.
func (b Base) T(key string, args ...any) string { return i18n.T(b.Lang, key, args...) }

// Vi marks what was written in Vietnamese on a page in another language.
func (b Base) Vi() template.HTMLAttr {
	if l := b.Foreign(); l != "" {
		return template.HTMLAttr(` lang="` + l + `"`)
	}
	return ""
}

// Foreign is the language of what people wrote, where it is not that of the page.
func (b Base) Foreign() string {
	if b.Lang == i18n.Vietnamese {
		return ""
	}
	return i18n.Vietnamese
}

// Count writes a number as the language of the page groups it: 1.009 or 1,009.
func (b Base) Count(n int64) string { return b.grouped(vn.Count(n)) }

// Dong writes an amount of money in the same way.
func (b Base) Dong(n int64) string { return b.grouped(vn.Dong(n)) }

func (b Base) grouped(number string) string {
	if b.Lang == i18n.Vietnamese {
		return number
	}
	return strings.ReplaceAll(number, ".", ",")
}

// Asset is the address of a static file, with its content in the address so
// that it may be kept for ever.
func (b Base) Asset(name string) string { return static.URL(name) }

// CarriedStyles are the style sheets that a page may carry, which the
// Content-Security-Policy allows by their content.
var CarriedStyles = []string{"css/app.css", "css/work.css", "css/month.css", "css/event.css", "css/read.css", "css/open.css"}

// Style brings a style sheet, in the page if it is one of CarriedStyles. On a slow line a page that carries its style is painted
// a round trip and a file earlier, which is what counts for whoever opens one page by a
// code or a search; who works here has the sheets already.
func (b Base) Style(name string) template.HTML {
	if sheet, ok := carried()[name]; ok && !b.LinksStyle {
		return sheet
	}
	return template.HTML(`<link rel="stylesheet" href="` + static.URL(name) + `">`)
}

// carried are CarriedStyles as they stand in a page, made once: a page is asked for often.
var carried = sync.OnceValue(func() map[string]template.HTML {
	sheets := map[string]template.HTML{}
	for _, name := range CarriedStyles {
		sheets[name] = template.HTML("<style>" + static.Style(name) + "</style>")
	}
	return sheets
})

// OtherLangHref switches the language and comes back to this page.
func (b Base) OtherLangHref() string {
	return "/ngon-ngu/" + b.OtherLang + "?next=" + QueryEscape(b.Path)
}

// LangQuery names the language in the address of a page: a link with it opens in that
// language whatever the reader chose before.
const LangQuery = "lang"

// InLang is the whole address of this page in a language. The plain one is Vietnamese.
func (b Base) InLang(lang string) string {
	if lang == i18n.Vietnamese {
		return b.Site.BaseURL + b.Canonical
	}
	sign := "?"
	if strings.Contains(b.Canonical, "?") {
		sign = "&"
	}
	return b.Site.BaseURL + b.Canonical + sign + LangQuery + "=" + lang
}

// User is who is signed in, as the header shows it.
type User struct {
	Name   string
	Office bool
	Vendor bool
}

// NavItem is a link of the navigation.
type NavItem struct {
	Href    string
	Label   string
	Icon    string
	Current bool
	Count   int
}

// Site is the name and logo of the installation.
type Site struct {
	Name     string
	Province string
	Logo     string
	BaseURL  string
}

// VendorHead is the head of the pages of one vendor, which its members see and officers
// who work on its behalf.
type VendorHead struct {
	Name     string
	Href     string
	Tabs     []NavItem // four at most: the rest is in More
	More     []NavItem
	InMore   bool   // the page is one of More
	OnTheWay bool   // somebody new is on the way to a first application: nothing leads away from it
	OnBehalf bool   // an officer is doing this for the vendor
	Office   string // where that officer came from
	Blocked  string // reason, if the vendor is blocked
}

// DraftLink leads back to an application that has been begun, or that the office asks about.
type DraftLink struct {
	Href  string
	Event string // title
	Slug  string // of the event
	First bool   // nothing is begun, and the reader's one vendor is new
	Text  string // how the application stands, "" for one on the way to which the reader was
	Label string // of the link
	Ready bool   // all that was asked for has been changed
}

// Unread are the filters in an address that say nothing to the page. The page shows
// what it shows without them, and says so: no list ignores what it was asked.
type Unread struct{ Values []string }

// Unread says which filters of the address could not be read, or nothing.
func (b Base) Unread() string {
	if b.PassedOver == nil || len(b.PassedOver.Values) == 0 {
		return ""
	}
	return b.T("list.unread", "“"+strings.Join(b.PassedOver.Values, "”, “")+"”")
}

// ErrorText is the text of an error that may be shown.
func (b Base) ErrorText(err error) string {
	e := First(err)
	return b.T(e.Key, e.Args...)
}

// Share is what others, such as a messenger, show of a link to a page.
type Share struct {
	Kind        string // "article" or "website", of the Open Graph protocol
	Title, Text string
	Href        string // on this site
	Lang        string
	Picture     string // on this site; "" is none
	Alt         string
	Width       int    // of the picture, in pixels; 0 is not known
	Height      int    // of the picture
	Published   string // as InstantText writes it; "" is not said
}
