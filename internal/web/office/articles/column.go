package articles

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/articles"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// saveColumn adds, renames, moves or removes a column.
func (s *Door) saveColumn(c *fiber.Ctx) error {
	var form columnForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Articles.SaveColumn(c.UserContext(), frame.Actor(c), articles.ColumnInput(form))
	}
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "article.column.title"), err); ok {
			return s.reshowColumns(c, frame.FaultStatus(c, err), form, texts)
		}
		return err
	}
	frame.Flash(c, "article.flash.column")
	return c.Redirect("/quan-ly/bai-viet/chuyen-muc", fiber.StatusSeeOther)
}
