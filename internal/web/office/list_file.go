package office

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/app/lists"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// sendVendors sends the register of vendors as a file.
func (s *Door) sendVendors(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		_, f := s.readVendors(c)
		return s.App.Lists.VendorFile(c.UserContext(), frame.Actor(c), f, ask)
	})
}

// sendProducts sends the products of a queue as a file.
func (s *Door) sendProducts(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		_, f := readProducts(c)
		return s.App.Lists.ProductFile(c.UserContext(), frame.Actor(c), f, ask)
	})
}

// sendTips sends the tips of a tab as a file.
func (s *Door) sendTips(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		_, f := s.readTips(c)
		return s.App.Lists.TipFile(c.UserContext(), frame.Actor(c), f, ask)
	})
}

// sendAudit sends the audit log as a file. A day that cannot be read is at fault.
func (s *Door) sendAudit(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		q := readAudit(c)
		f := core.AuditFilter{Object: q.Object, ID: q.ID, Account: registry.AccountID(q.Account)}
		if err := q.days(s.App.Today(), &f); err != nil {
			return frame.ListFile{}, err
		}
		b := s.Page(c, "audit.title")
		words := func(lines []registry.AuditEntry, names map[string]string) []lists.LogLine {
			return auditWords{b, s.PlaceName, names}.rows(frame.Actor(c), lines, q)
		}
		return s.App.Lists.LogFile(c.UserContext(), frame.Actor(c), f, words, ask)
	})
}

// rows are lines of the log as a file has them.
func (w auditWords) rows(reader registry.Actor, lines []registry.AuditEntry, q auditQuery) (rows []lists.LogLine) {
	for _, e := range lines {
		l := w.line(reader, e, q)
		var details []string
		for _, d := range l.Details {
			details = append(details, d.Label+": "+d.Value)
		}
		rows = append(rows, lists.LogLine{N: e.Seq, At: e.At, Who: l.Who, Action: l.Action, Thing: l.Thing, Details: strings.Join(details, "; ")})
	}
	return rows
}

// sendUsers sends the accounts that the reader manages as a file.
func (s *Door) sendUsers(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		_, f := readUsers(c)
		return s.App.Lists.UserFile(c.UserContext(), frame.Actor(c), f, ask)
	})
}

// sendLetters sends the letters that have not gone out as a file.
func (s *Door) sendLetters(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Lists.LetterFile(c.UserContext(), frame.Actor(c), ask)
	})
}
