package campaign

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// fileLine is a file as pages list it.
type fileLine struct{ Href, Name, Note, Drop string }

// newFileLine puts a file into words: how large it is, whose, since when.
func newFileLine(b view.Base, root string, a committee.Attachment) fileLine {
	kb := vn.Count(max(1, a.Size/1024))
	return fileLine{Href: root + "/tep/" + string(a.File), Name: a.Name, Note: b.T("task.file_note", kb, a.As, view.ShowTime(a.At))}
}

// fileLines are the files of a task.
func fileLines(b view.Base, file campaign.TaskFile) (lines []fileLine) {
	for _, a := range file.Files {
		line := newFileLine(b, taskHref(file.ID), a.Attachment)
		if a.Drops {
			line.Drop = line.Href + "/bo"
		}
		lines = append(lines, line)
	}
	return lines
}

// filesField takes new files of a task. What was chosen beside a fault has to be chosen
// again.
func filesField(b view.Base, shown taskShown) view.Field {
	f := view.Field{Name: "file", Type: "file", Label: b.T("task.field.file"), Hint: b.T("task.field.file.hint", committee.MaxFilesAtOnce),
		Accept: "application/pdf,image/jpeg,image/png", Many: true}
	if shown.fault != nil && len(shown.form.Files) > 0 {
		f.Hint = b.T("form.file_again")
	}
	return f
}

// taskFile sends a file of a task, to be kept by the reader.
func (s *Door) taskFile(c *fiber.Ctx) error {
	f, err := s.App.Campaign.File(c.UserContext(), frame.Actor(c), taskParam(c), registry.FileID(c.Params("file")))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// removeTaskFile destroys a file of a task.
func (s *Door) removeTaskFile(c *fiber.Ctx) error {
	if err := s.App.Campaign.RemoveFile(c.UserContext(), frame.Actor(c), taskParam(c), registry.FileID(c.Params("file"))); err != nil {
		return err
	}
	frame.Flash(c, "task.flash.file_dropped")
	return c.Redirect(taskHref(taskParam(c)), fiber.StatusSeeOther)
}

// signedPapers puts the signed papers of a plan on its page.
func (s *Door) signedPapers(c *fiber.Ctx, p *boardPage) error {
	files, err := s.App.Campaign.PlanFiles(c.UserContext(), frame.Actor(c), p.Board.Plan)
	if err != nil {
		return err
	}
	for i, a := range files {
		line := newFileLine(p.Base, planHref(p.Board.ID), a)
		if i == 0 {
			p.Signed = &line
			continue
		}
		p.Former = append(p.Former, line)
	}
	label := p.T("plan.field.file")
	if len(files) > 0 {
		label = p.T("plan.file_replace")
	}
	p.File = p.TakeOne(view.Field{Name: "file", Type: "file", Label: label, Hint: p.T("plan.field.file.hint"), Accept: "application/pdf"})
	return nil
}

// planFile sends a signed paper of a plan, to be kept by the reader.
func (s *Door) planFile(c *fiber.Ctx) error {
	f, err := s.App.Campaign.PlanFile(c.UserContext(), frame.Actor(c), planParam(c), registry.FileID(c.Params("file")))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// filePlan keeps the signed paper of a plan.
func (s *Door) filePlan(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	parts, err := s.ReadParts(c, &share)
	defer frame.StartDeadline(c)()
	if err == nil {
		err = frame.BindValues(parts.Values, nil, &struct{}{})
	}
	if err == nil && parts.Lost != nil {
		err = parts.Lost
	}
	if err == nil {
		var u core.Upload
		if len(parts.Files) > 0 {
			u = core.Upload{Name: parts.Files[0].Name, Data: parts.Files[0].Data}
		}
		err = s.App.Campaign.FilePlan(c.UserContext(), frame.Actor(c), planParam(c), u)
	}
	if err != nil {
		return s.boardPage(c, err)
	}
	frame.Flash(c, "plan.flash.filed")
	return c.Redirect(planHref(planParam(c)), fiber.StatusSeeOther)
}
