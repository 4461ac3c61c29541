package frame

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// jobPage is long work with its progress. Without JavaScript it reloads itself.
type jobPage struct {
	view.Base
	Job     registry.Job
	Running bool
	Percent int
	Fault   string
	Lacking string // letters that stand as boxes on the paper
	Back    string
}

// jobJSON is what the page asks for while it waits.
type jobJSON struct {
	State   registry.JobState `json:"state"`
	Done    int               `json:"done"`
	Total   int               `json:"total"`
	Percent int               `json:"percent"`
}

// showJob shows how far long work is, or its result.
func (s *Server) showJob(c *fiber.Ctx) error {
	job, err := s.App.Job(c.UserContext(), Actor(c), registry.JobID(c.Params("job")))
	if err != nil {
		return err
	}
	p := jobPage{Base: s.OfficePage(c, "job.title"), Job: job, Back: view.LocalPath(c.Query("ve"), "/quan-ly")}
	p.Running = job.State == registry.JobQueued || job.State == registry.JobRunning
	if job.TotalN > 0 {
		p.Percent = 100 * job.DoneN / job.TotalN
	}
	if lacking := passes.PaperLacks(job); len(lacking) > 0 {
		p.Lacking = p.T("job.lacking", strings.Join(lacking[:min(len(lacking), 20)], " "))
	}
	if job.Error != "" {
		p.Fault = p.T(job.Error)
	}
	if strings.Contains(c.Get(fiber.HeaderAccept), "application/json") {
		return c.JSON(jobJSON{State: job.State, Done: job.DoneN, Total: job.TotalN, Percent: p.Percent})
	}
	if p.Running {
		c.Set("Refresh", "2")
	}
	return s.Render(c, LayoutOffice, "frame/job", p)
}
