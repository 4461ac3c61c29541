package articles

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/articles"
	"hoicho/internal/committee"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// channels are where the use of a text is noted in the register of communications.
var channels = map[committee.TextKind]committee.ChannelID{committee.ScriptText: committee.CommuneRadio, committee.BannerText: committee.Banner,
	committee.PostText: committee.SocialMedia}

// loudspeakerPace is how many syllables a minute a loudspeaker is understood at.
const loudspeakerPace = 130

// textsPage is the ready-made texts of an event.
type textsPage struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Said    *view.Notice // what has become of the event
	Texts   []readyText
	Slogans []slogan
	Try     view.Field // somebody's own line to be looked at
	Tried   []finding
	Checked bool // a line was looked at
	Poster  posterLook
	Takings []takingRow
	StaleN  int
	Event   registry.Event
	Writes  bool
}

// readyText is a text with what it needs.
type readyText struct {
	Kind     committee.TextKind
	Title    string
	Note     string // reading time, or number of letters
	Action   string
	Channel  committee.ChannelID // under which its use is noted
	Field    view.Field
	Findings []finding
	Anyway   bool // it is asked whether the text is to be taken as it is
}

// slogan is a line for a banner.
type slogan struct {
	Text     string
	Findings []finding
}

// posterLook is the poster as the page shows it.
type posterLook struct {
	Days, Lunar, Hours, Place string
	Stop                      string // why not to come
}

// takingRow is who took which text when.
type takingRow struct {
	By, Kind, When string
	Stale          bool
}

// textForm is a text as somebody has changed it, to be taken along.
type textForm struct {
	Text   string `form:"text" lines:"many"`
	Anyway bool   `form:"anyway"`
}

// textAsked is a text that was sent to be taken.
type textAsked struct {
	kind   committee.TextKind
	form   textForm
	faults map[string]string
}

// showTexts shows the ready-made texts of an event.
func (s *Door) showTexts(c *fiber.Ctx) error { return s.reshowTexts(c, fiber.StatusOK, textAsked{}) }

func (s *Door) reshowTexts(c *fiber.Ctx, status int, asked textAsked) error {
	kit, err := s.App.Articles.Kit(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := textsPage{Base: s.OfficePage(c, "kit.title"), Event: kit.Event, StaleN: kit.StaleN(), Writes: kit.Writes}
	p.Head = s.EventHead(c, p.Base, kit.Event)
	p.Form = view.NewForm(&p.Base, asked.faults)
	k := s.maker(p.Base, kit)
	p.Said, p.Poster = said(k), posterLook{Days: k.days(), Lunar: k.lunar(), Hours: k.hours(), Place: k.place}
	if !k.invites() {
		p.Poster.Stop = p.T("kit.moment." + string(k.at))
	}
	for _, kind := range committee.TextKinds {
		if !kind.Poster() {
			p.Texts = append(p.Texts, p.ready(s.App.Today(), k, kind, asked))
		}
	}
	for _, line := range k.slogans() {
		p.Slogans = append(p.Slogans, slogan{line, findingsOf(p.Base, committee.CheckWording(line, s.App.Today()))})
	}
	tried := frame.AskedText(c, "cau")
	p.Try = view.Field{Name: "cau", Label: p.T("kit.try"), Hint: p.T("kit.try_text"), Value: tried, Max: 100}
	p.Tried, p.Checked = findingsOf(p.Base, committee.CheckWording(tried, s.App.Today())), tried != ""
	for _, t := range kit.Takings {
		p.Takings = append(p.Takings, takingRow{By: t.By, Kind: p.T("kit.kind." + string(t.Kind)), When: view.ShowInstant(t.At), Stale: kit.Stale(t)})
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "articles/texts", p)
}

// maker makes the texts of an event.
func (s *Door) maker(b view.Base, kit articles.Kit) kitMaker {
	e := kit.Event
	return kitMaker{Base: b, e: e, at: momentOf(e), place: s.WhereLine(e), unit: s.App.Events.EventPlace(e).Short, offer: kit.Offers[:min(kitOffers, len(kit.Offers))]}
}

// said tells on top what the texts have to say of an event that is not as announced.
func said(k kitMaker) *view.Notice {
	if k.at == ahead || k.at == running {
		return nil
	}
	return &view.Notice{Class: "wait", Icon: "refresh-cw", Title: k.T("kit.moment." + string(k.at)), Text: k.e.StateReason}
}

// ready is a text on the page: as it is made, or as somebody has changed it.
func (p *textsPage) ready(today string, k kitMaker, kind committee.TextKind, asked textAsked) readyText {
	text := k.text(kind)
	mine := asked.kind == kind
	if mine && asked.form.Text != "" {
		text = asked.form.Text
	}
	t := readyText{Kind: kind, Title: p.T("kit.kind." + string(kind)), Action: view.TextsRoot(p.Event.ID) + "/" + string(kind),
		Channel: channels[kind]}
	switch kind {
	case committee.ScriptText:
		t.Note = p.T("kit.seconds", vn.SpokenSeconds(text, loudspeakerPace), loudspeakerPace)
	case committee.BannerText:
		t.Note = p.T("kit.letters", len([]rune(text)))
	}
	t.Findings = findingsOf(p.Base, committee.CheckWording(text, today))
	t.Field = p.TakeOne(view.Field{Name: "text_" + string(kind), Type: "textarea", Label: t.Title, Value: text, Rows: rowsOf(kind), Max: maxText})
	t.Anyway = mine && len(t.Findings) > 0
	return t
}

// maxText bounds a text that is taken along.
const maxText = 4000

func rowsOf(kind committee.TextKind) int {
	return map[committee.TextKind]int{committee.ScriptText: 9, committee.BannerText: 2, committee.PostText: 6, committee.LetterText: 10}[kind]
}

// takeText sends a text or poster as a file, and notes who has it.
func (s *Door) takeText(c *fiber.Ctx) error {
	kind := committee.TextKind(c.Params("kind"))
	if !kind.Valid() {
		return registry.E(registry.NotFound, "error.not_found")
	}
	if kind.Poster() {
		return s.takePoster(c, kind)
	}
	asked := textAsked{kind: kind}
	b := s.Page(c, "kit.title")
	field := "text_" + string(kind)
	unread := frame.Bind(c, &asked.form)
	texts, told := view.FaultTexts(b, unread)
	switch {
	case unread != nil && !told:
		return unread
	case unread != nil:
		asked.faults = map[string]string{field: cmp.Or(texts["text"], texts[field])}
	case asked.form.Text == "":
		asked.faults = map[string]string{field: b.T("error.required")}
	case len([]rune(asked.form.Text)) > maxText:
		asked.faults = map[string]string{field: b.T("error.too_long", maxText)}
	case !asked.form.Anyway && len(committee.CheckWording(asked.form.Text, s.App.Today())) > 0:
		asked.faults = map[string]string{field: b.T("kit.error.wording")}
	}
	if asked.faults != nil {
		return s.reshowTexts(c, fiber.StatusUnprocessableEntity, asked)
	}
	e, err := s.App.Articles.Take(c.UserContext(), frame.Actor(c), frame.EventParam(c), kind)
	if err != nil {
		return err
	}
	return frame.SendFile(c, registry.File{ContentType: "text/plain; charset=utf-8", Name: string(kind) + "-" + e.Slug + ".txt", Data: []byte(asked.form.Text + "\n")})
}

// posterMoments are what a poster says of an event that is not as announced.
var posterMoments = map[moment]print.PosterMoment{moved: print.PosterMoved, postponed: print.PosterPostponed, cancelled: print.PosterCancelled}

// takePoster sends the poster as PDF.
func (s *Door) takePoster(c *fiber.Ctx, kind committee.TextKind) error {
	kit, err := s.App.Articles.Kit(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	k := s.maker(s.Page(c, "kit.title"), kit)
	poster := print.EventPoster{Lang: k.Lang, Size: print.PosterA4, Event: print.Event{Title: k.e.Title, Venue: k.place, Days: k.e.Days}, Moment: print.PosterAhead,
		Lunar: k.lunar(), Organiser: k.e.Organiser, Phone: vn.ShowPhone(k.e.Phone)}
	if kind == committee.PosterA3 {
		poster.Size = print.PosterA3
	}
	if said, ok := posterMoments[k.at]; ok {
		poster.Moment = said
	}
	if k.at == moved {
		poster.Before = k.former()
	}
	f, err := s.App.Articles.Poster(c.UserContext(), frame.Actor(c), kit.Event.ID, poster)
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
