package frame

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// helpTopic is a page of help: for whom, under which address and keys.
type helpTopic struct {
	slug string
	key  string // stem of the keys: title, lead, q1, a1, q2, …
	icon string
}

var helpTopics = []helpTopic{
	{"co-so", "help.vendor.", "store"},
	{"khach", "help.visitor.", "users"},
	{"to-chuc", "help.organiser.", "calendar-days"},
	{"ban-chi-dao", "help.committee.", "flag"},
	{"tuyen-truyen", "help.communicator.", "megaphone"},
	{"soat-cong", "help.steward.", "door-open"},
	{"tram-chuyen-tiep", "help.relay.", "wifi-off"},
}

// helpPage is the list of topics, or one of them.
type helpPage struct {
	view.Base
	Topics  []helpLink
	Lead    string
	Answers []helpAnswer
}

// helpLink leads to a topic.
type helpLink struct {
	Href, Icon, Title, Lead string
}

// helpAnswer is a question with its answer.
type helpAnswer struct{ Question, Answer string }

// showHelp lists the topics.
func (s *Server) showHelp(c *fiber.Ctx) error {
	p := helpPage{Base: s.PublicNav(c, s.Page(c, "help.title"))}
	p.Lead = p.T("help.lead")
	for _, t := range helpTopics {
		p.Topics = append(p.Topics, helpLink{"/tro-giup/" + t.slug, t.icon, p.T(t.key + "title"), p.T(t.key + "lead")})
	}
	return s.Render(c, LayoutPublic, "frame/help", p)
}

// showHelpTopic shows the questions and answers of a topic.
func (s *Server) showHelpTopic(c *fiber.Ctx) error {
	i := slices.IndexFunc(helpTopics, func(t helpTopic) bool { return t.slug == c.Params("topic") })
	if i < 0 {
		return registry.E(registry.NotFound, "error.not_found")
	}
	key := helpTopics[i].key
	p := helpPage{Base: s.PublicNav(c, s.Page(c, key+"title"))}
	p.Lead = p.T(key + "lead")
	for n := 1; i18n.Has(key + "q" + strconv.Itoa(n)); n++ {
		number := strconv.Itoa(n)
		p.Answers = append(p.Answers, helpAnswer{p.T(key + "q" + number), p.T(key + "a" + number)})
	}
	return s.Render(c, LayoutPublic, "frame/help_topic", p)
}
