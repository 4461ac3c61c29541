package booths

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// alarmLine is an alarm about a pass, with the form that says what was found.
type alarmLine struct {
	registry.AlarmRow
	What, Why, When, Seen string
	Word                  []view.Option
	Open                  bool // its form was sent, and something was wrong with it
}

// alarmWhat names the pass of an alarm.
func alarmWhat(b view.Base, a registry.AlarmRow) string {
	return strings.TrimSuffix(b.T("pass.kind."+string(a.PassKind))+" "+a.BoothCode+" · "+a.VendorName, " · ")
}

// alarms reads the alarms of the event into the page, and which passes of the list they are about.
func (s *Door) alarms(c *fiber.Ctx, p *passesPage, sent alarmForm) (open map[registry.PassID]bool, err error) {
	list, err := s.App.Passes.Alarms(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	open = map[registry.PassID]bool{}
	for _, row := range list {
		l := alarmLine{AlarmRow: row, What: alarmWhat(p.Base, row), Why: p.AlarmWhy(row.PassAlarm), When: view.ShowInstant(row.At)}
		if row.SeenAt > 0 {
			l.Seen = p.T("pass.alarm.seen", p.T("pass.alarm.word."+string(row.Word)), row.SeenAs, view.ShowInstant(row.SeenAt))
		} else {
			open[row.Pass] = true
			p.Unseen++
			l.Open = sent.Pass == row.Pass && sent.Kind == row.Kind
			l.Word = view.Options(p.Base, "pass.alarm.word.", registry.AlarmWords, "")
		}
		p.AlarmOpen = p.AlarmOpen || l.Open
		p.Alarms = append(p.Alarms, l)
	}
	return open, err
}

// alarmForm is the form of one alarm.
type alarmForm struct {
	Pass registry.PassID // of the address
	passes.AlarmInput
}

// seeAlarm notes what an officer found about an alarm.
func (s *Door) seeAlarm(c *fiber.Ctx) error {
	form := alarmForm{Pass: registry.PassID(c.Params("pass"))}
	err := frame.Bind(c, &form.AlarmInput)
	if err == nil {
		err = s.App.Passes.SeeAlarm(c.UserContext(), frame.Actor(c), form.Pass, form.AlarmInput)
	}
	if err != nil {
		return s.passes(c, passForms{Issue: newIssue, Alarm: form}, err)
	}
	frame.Flash(c, "pass.flash.alarm_"+string(form.Word))
	return c.Redirect(view.PassRoot(frame.EventParam(c))+"#canh-bao", fiber.StatusSeeOther)
}
