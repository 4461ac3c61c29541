package booths

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// printForm is what the forms that print send: those that a filter leaves, or those that were ticked.
type printForm struct {
	Paper     string             `form:"paper"`
	Sheet     string             `form:"sheet"`
	Passes    []registry.PassID  `form:"passes"`
	Picking   bool               `form:"picking"` // only what is ticked
	Kind      registry.PassKind  `form:"loai"`
	State     registry.PassState `form:"trang-thai"` // of the list that asks; what is printed is in force
	Text      string             `form:"ma"`
	Booth     string             `form:"gian"`
	Unprinted bool               `form:"chua-in"`
}

// printedAtOnce is how many passes are printed while the officer waits: a second's work at most.
const printedAtOnce = 48

// printPasses prints passes or signs: those that a list shows, or those that were ticked. A few are shown as a PDF at
// once, more are a job. What is at fault is said on the list.
func (s *Door) printPasses(c *fiber.Ctx) error {
	var form printForm
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	event := frame.EventParam(c)
	booth, err := s.boothByCode(c, event, form.Booth)
	if err == nil && form.Booth != "" && booth == "" {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	if form.Picking && len(form.Passes) == 0 {
		return s.passes(c, passForms{Issue: newIssue}, registry.At("passes", "book.error.none_picked"))
	}
	id, err := s.App.Passes.StartPaper(c.UserContext(), frame.Actor(c), passes.PaperInput{Event: event, Paper: form.Paper, Kind: form.Kind, Booth: booth,
		Passes: form.Passes, Text: form.Text, Unprinted: form.Unprinted, Sheet: form.Sheet, Lang: frame.Lang(c)})
	if err != nil {
		return s.passes(c, passForms{Issue: newIssue}, err)
	}
	back := passQuery{Kind: form.Kind, State: form.State, Text: form.Text, Booth: form.Booth, Unprinted: form.Unprinted}.href(view.PassRoot(event), "")
	file, err := s.printedNow(c, id)
	if err != nil {
		return err
	}
	if file != "" {
		return c.Redirect("/tep/"+string(file)+"?xem=1", fiber.StatusSeeOther)
	}
	return c.Redirect("/quan-ly/viec/"+string(id)+"?ve="+view.QueryEscape(back), fiber.StatusSeeOther)
}

// printedNow prints a small job and returns its file; none for a large one, and for one whose paper cannot show some letters: the
// page of the job names them.
func (s *Door) printedNow(c *fiber.Ctx, id registry.JobID) (registry.FileID, error) {
	job, err := s.App.Job(c.UserContext(), frame.Actor(c), id)
	if err != nil || job.TotalN > printedAtOnce || len(passes.PaperLacks(job)) > 0 {
		return "", err
	}
	if err := s.App.RunJobNow(c.UserContext(), id); err != nil {
		return "", err
	}
	job, err = s.App.Job(c.UserContext(), frame.Actor(c), id)
	return job.Result, err
}
