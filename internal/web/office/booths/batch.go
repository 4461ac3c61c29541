package booths

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// leftLine is an application that a batch did not approve, as it is told.
type leftLine struct {
	Href string
	Name string
	Why  string
}

// leftLines names what a batch left and why.
func leftLines(b view.Base, left []booths.Left) []leftLine {
	lines := make([]leftLine, len(left))
	for i, l := range left {
		lines[i] = leftLine{Name: b.T("application.queue.left_unknown"), Why: whyLeft(b, l.Fault)}
		if l.Number > 0 {
			lines[i].Href, lines[i].Name = view.ReviewRoot(l.ID), l.Vendor+" · "+b.T("application.number", l.Number)
		}
	}
	return lines
}

func whyLeft(b view.Base, fault error) string {
	lacking := lacksPapers(fault)
	if lacking == nil {
		return b.ErrorText(fault)
	}
	chips := b.FindingChips(shortFindings(lacking.Findings), "")
	words := make([]string, len(chips))
	for i, chip := range chips {
		words[i] = chip.Label
	}
	return strings.Join(words, "; ")
}

// lacksPapers is the fault of an approval that needs a reason, nil for any other fault.
func lacksPapers(fault error) *booths.LackingPapers {
	lacking, _ := errors.AsType[*booths.LackingPapers](fault)
	return lacking
}

// batchPage asks before a decision on many applications, with what it would do.
type batchPage struct {
	view.Base
	view.Form
	batchForm
	Action  string // where it is sent to
	Back    string // the list
	Heading string
	Effects []string
	Skipped string // how many are passed over, and why
	Left    []leftLine
	Any     bool // it would decide on at least one
	Button  string
	Reason  view.Field // Name "" where no words go with it
	Asks    *askPart   // nil where nothing is asked for
}

// batchForm is a decision on many applications as it was sent.
type batchForm struct {
	Choices []string `form:"choice"` // id:version
	To      string   `form:"to"`
	Tab     string   `form:"state"` // of the queue it was sent from
	Event   string   `form:"event"` // that the queue of all events was narrowed to
	Sure    bool     `form:"sure"`  // the effects were read
	Ask     []string `form:"ask"`   // keys of what is asked for, and askFound
	Reason  string   `form:"reason" lines:"many"`
}

// batchActions are the decisions that many applications of a tab can be given at once.
var batchActions = []registry.ApplicationState{registry.AppApproved, registry.AppNeedsInfo, registry.AppWaitlisted}

// batchesOf are the batches of a tab.
func batchesOf(tab registry.ApplicationState) (to []registry.ApplicationState) {
	switch tab {
	case registry.AppSubmitted, registry.AppNeedsInfo, registry.AppWaitlisted:
	default:
		return nil
	}
	for _, state := range batchActions {
		if tab.CanBecome(state) {
			to = append(to, state)
		}
	}
	return to
}

// list is the address of the list that a batch was sent from.
func (f batchForm) list(c *fiber.Ctx) string {
	href := strings.TrimSuffix(c.Path(), "/loat") + "?state=" + view.QueryEscape(f.Tab)
	if f.Event != "" {
		href += "&event=" + view.QueryEscape(f.Event)
	}
	return href
}

// decideMany asks for, and once that is answered takes, a decision on the applications
// that were ticked.
func (s *Door) decideMany(c *fiber.Ctx) error {
	var form batchForm
	if err := frame.Bind(c, &form); err != nil {
		return s.queue(c, form, nil, err)
	}
	choices, err := readChoices(form.Choices)
	if err != nil {
		return err
	}
	to := registry.ApplicationState(form.To)
	if len(choices) == 0 {
		return s.queue(c, form, nil, registry.At("choice", "error.application.choose"))
	}
	if !slices.Contains(batchActions, to) {
		return s.queue(c, form, nil, registry.At("choice", "review.error.decision"))
	}
	b := booths.Batch{To: to, Choices: choices, Reason: form.Reason,
		Found: slices.Contains(form.Ask, askFound), Asks: slices.DeleteFunc(slices.Clone(form.Ask), func(key string) bool { return key == askFound })}
	if !form.Sure {
		return s.askBatch(c, form, b, nil)
	}
	done, err := s.App.Booths.DecideMany(c.UserContext(), frame.Actor(c), b)
	switch {
	case err != nil:
		return s.askBatch(c, form, b, err)
	case len(done.Left) > 0:
		return s.queue(c, form, &done, nil)
	}
	frame.FlashCount(c, "review.flash."+form.To, done.Done)
	return c.Redirect(form.list(c)+"&loat="+view.QueryEscape(batchText(done.Ref)), fiber.StatusSeeOther)
}

func readChoices(texts []string) ([]booths.Choice, error) {
	choices := make([]booths.Choice, 0, len(texts))
	for _, text := range texts {
		id, version, _ := strings.Cut(text, ":")
		n, err := strconv.ParseInt(version, 10, 64)
		if err != nil {
			return nil, registry.E(registry.Malformed, "error.malformed")
		}
		choices = append(choices, booths.Choice{ID: registry.ApplicationID(id), Version: n})
	}
	return choices, nil
}

// askBatch shows what a batch would do.
func (s *Door) askBatch(c *fiber.Ctx, form batchForm, b booths.Batch, fault error) error {
	x, err := s.App.Booths.BatchEffect(c.UserContext(), frame.Actor(c), b)
	if err != nil {
		return err
	}
	key := "review.batch." + form.To
	p := batchPage{Base: s.OfficePage(c, key+".title"), batchForm: form, Action: c.Path(), Back: form.list(c), Left: leftLines(s.Page(c, key+".title"), x.Left),
		Any: x.Done > 0}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	some := ""
	if b.To == registry.AppNeedsInfo && x.Lacks < x.Done {
		some = "_most" // what lacks nothing is passed over unless more is asked for
	}
	p.Heading, p.Button = p.T(key+".ask"+some, x.Done), p.T(key+".button"+some, x.Done)
	if !p.Any {
		p.Heading = p.T(key + ".none")
	}
	p.Effects = batchEffects(p.Base, b, x)
	if len(x.Left) > 0 {
		p.Skipped = p.T("review.batch.skips", len(x.Left))
	}
	if b.To == registry.AppNeedsInfo {
		part := batchAsks(p.Base, x.Lacks, form)
		part.Fault = p.Part("ask", p.T("ask.heading"))
		p.Asks = &part
	}
	if b.To != registry.AppApproved {
		p.Reason = p.TakeOne(view.Field{Name: "reason", Type: "textarea", Rows: 4, Label: p.T("review.field." + form.To), Hint: p.T("review.field." + form.To + ".hint"),
			Value: form.Reason})
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/batch", p)
}

// batchEffects says what a batch does, in numbers.
func batchEffects(b view.Base, batch booths.Batch, x booths.BatchEffect) (lines []string) {
	if x.Done == 0 {
		return nil
	}
	if batch.To == registry.AppApproved {
		lines = append(lines, b.T("review.batch.booths", x.Booths))
		for _, f := range x.Fairs {
			if f.Booths == 0 {
				lines = append(lines, b.T("review.batch.no_grid", f.Title))
				continue
			}
			lines = append(lines, b.T("review.batch.places", f.Title, f.Before, f.Left))
		}
	}
	if x.Told.Letters > 0 {
		lines = append(lines, b.T("review.batch.letters", x.Told.Letters))
	}
	if x.Told.Calls > 0 {
		lines = append(lines, b.T("review.batch.calls", x.Told.Calls))
	}
	return lines
}

// outcome says what became of a batch that passed some over: how many it decided on, how
// many it left, and each reason once.
func outcome(b view.Base, to string, done booths.BatchDone, left []leftLine) string {
	var reasons []string
	for _, l := range left {
		if why := strings.TrimSuffix(l.Why, "."); !slices.Contains(reasons, why) {
			reasons = append(reasons, why)
		}
	}
	return b.T("review.batch."+to+".some_left", done.Done, len(left), strings.Join(reasons, "; "))
}
