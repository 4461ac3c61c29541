package web

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// auditPage is the audit log with its filter.
type auditPage struct {
	base
	Filter  app.AuditFilter
	Lines   []auditLine
	Objects []Option
	Next    string
}

// auditLine is one line as the page shows it.
type auditLine struct {
	registry.AuditEntry
	When string
}

// auditObjects are the concepts that the log can be narrowed to.
var auditObjects = []string{"account", "event", "vendor", "product", "certificate", "application", "booth", "pass", "key", "device", "tip", "sales", "report", "setting"}

// showAudit shows who did what, newest first.
func (s *Server) showAudit(c *fiber.Ctx) error {
	before, _ := strconv.ParseInt(c.Query("truoc"), 10, 64) // not a number: from the newest
	f := app.AuditFilter{Object: c.Query("loai"), ID: c.Query("ma"), Account: registry.AccountID(c.Query("nguoi")), Before: before, Limit: 50}
	lines, err := s.app.Audit(c.UserContext(), actor(c), f)
	if err != nil {
		return err
	}
	p := auditPage{base: s.officePage(c, "audit.title"), Filter: f}
	p.Objects = append(p.Objects, Option{Label: p.T("audit.all")})
	for _, o := range auditObjects {
		p.Objects = append(p.Objects, Option{Value: o, Label: p.T("audit.object." + o), Selected: o == f.Object})
	}
	for _, l := range lines {
		p.Lines = append(p.Lines, auditLine{l, showInstant(l.At)})
	}
	if len(lines) == f.Limit {
		p.Next = "/quan-ly/nhat-ky?loai=" + queryEscape(f.Object) + "&ma=" + queryEscape(f.ID) + "&nguoi=" +
			queryEscape(string(f.Account)) + "&truoc=" + strconv.FormatInt(lines[len(lines)-1].Seq, 10)
	}
	return s.render(c, layoutOffice, "audit", p)
}

// showInstant shows an instant as day and time in Vietnam.
func showInstant(ms int64) string {
	t := time.UnixMilli(ms)
	return vn.ShowDate(vn.DateOf(t)) + " " + vn.ClockOf(t)
}
