package campaign

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// chasePart is who has not reported on a task, with what urges them.
type chasePart struct {
	Heading string
	Action  string
	Lines   []chaseLine
	Missing int
	Text    string // to be copied into a message
	Open    bool
	Told    *view.Notice // what came of urging
	Fault   string
}

// chaseLine is a body that is to report.
type chaseLine struct {
	Key            string // "" of one that has reported
	Picked, Sent   bool
	Name, Task     string
	Phone, Dial    string
	Note, Reminded string
}

// chase puts who is to report on the page: those missing first.
func (p *taskPage) chase(s *Door, file campaign.TaskFile, shown taskShown) {
	part := chasePart{Action: taskHref(file.ID) + "/nhac", Fault: p.Part("pick", p.T("task.chase_pick")), Open: shown.chased != nil}
	var missing []string
	for _, l := range file.Chase {
		line := chaseLine{Sent: l.Sent, Name: l.Name, Task: l.Title, Note: p.T("task.chase_unsaid")}
		if l.Phone != "" {
			line.Phone, line.Dial = vn.ShowPhone(l.Phone), vn.DialPhone(l.Phone)
		}
		switch {
		case l.SaidAt > 0:
			line.Note = p.T("task.chase_said", view.ShowTime(l.SaidAt))
		case l.Sent:
			line.Note = p.T("task.state.done")
		case l.Addresses == 0:
			line.Note = p.T("task.chase_no_address")
		}
		if l.Reminded > 0 {
			line.Reminded = p.T("task.chase_reminded", l.Reminded, view.ShowTime(l.RemindedAt))
		}
		if !l.Sent {
			line.Key, line.Picked = l.Key(), slices.Contains(shown.picked, l.Key())
			missing = append(missing, l.Name)
		}
		part.Lines = append(part.Lines, line)
	}
	part.Missing = len(missing)
	part.Heading = p.T("task.chase_heading", len(missing), len(file.Chase)-len(missing))
	part.Text = p.chaseText(s, file, missing)
	if shown.chased != nil {
		part.Told = chaseTold(p.Base, *shown.chased)
	}
	p.Chase = part
}

// chaseText is the message to those missing, ready to be sent by other means.
func (p *taskPage) chaseText(s *Door, file campaign.TaskFile, missing []string) string {
	slices.Sort(missing)
	day := p.T("task.no_day")
	if p.Line.Due != "" {
		day = p.Line.Due
	}
	return p.T("task.chase_text", file.Title, day, strings.Join(slices.Compact(missing), "; "), s.App.BaseURL+taskHref(file.ID))
}

// chaseTold says what came of urging: how many letters, who has no address, who was urged
// today already.
func chaseTold(b view.Base, done campaign.Chased) *view.Notice {
	n := &view.Notice{Class: "go", Icon: "mail", Title: b.T("task.chase_letters", done.Letters, len(done.Urged))}
	if len(done.Urged) == 0 {
		n.Title = b.T("task.chase_no_letters")
	}
	var lines []string
	names := func(key string, of []campaign.ChaseLine) {
		var all []string
		for _, l := range of {
			all = append(all, l.Name)
		}
		if len(all) > 0 {
			n.Class = "wait"
			lines = append(lines, b.T(key, strings.Join(all, "; ")))
		}
	}
	if done.Letters == 0 && len(done.Urged) > 0 {
		n.Class, lines = "wait", []string{b.T("task.chase_folder")}
	}
	names("task.chase_silent", done.Silent)
	names("task.chase_already", done.Already)
	n.Text = strings.Join(lines, " ")
	return n
}

// chaseForm names the lines that are urged.
type chaseForm struct {
	Pick []string `form:"pick"`
}

// chaseTask urges those who have not reported, and says what came of it. Sent again on the
// same day it writes to nobody twice.
func (s *Door) chaseTask(c *fiber.Ctx) error {
	var form chaseForm
	if err := frame.Bind(c, &form); err != nil {
		return s.taskPage(c, taskShown{picked: form.Pick, fault: err})
	}
	done, err := s.App.Campaign.Chase(c.UserContext(), frame.Actor(c), taskParam(c), form.Pick)
	if err != nil {
		return s.taskPage(c, taskShown{picked: form.Pick, fault: err})
	}
	return s.taskPage(c, taskShown{chased: &done})
}
