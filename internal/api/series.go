package api

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/seriespaper"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
)

// seriesReportJSON is the report of a series of sessions in figures.
type seriesReportJSON struct {
	Series   string        `json:"series"`
	Pattern  string        `json:"pattern"`
	Draft    bool          `json:"draft"`
	Figures  []summedJSON  `json:"figures"`
	Sessions []sessionJSON `json:"sessions"`
}

// summedJSON is a figure of a series: a sum over so many of its sessions.
type summedJSON struct {
	figureJSON
	Sessions int `json:"sessions"`
}

// sessionJSON is a session of a series; figures are those of its closed report.
type sessionJSON struct {
	Event    string       `json:"event"`
	OpensOn  string       `json:"opens_on"`
	Place    string       `json:"place"`
	Standing string       `json:"standing"`
	Figures  []figureJSON `json:"figures,omitempty"`
}

// seriesReport answers GET /api/v1/office/series/:series/report.
func (d *door) seriesReport(c *fiber.Ctx, actor registry.Actor) error {
	p, err := d.app.SeriesPaper.Paper(c.UserContext(), actor, recurrence.SeriesID(c.Params("series")), "vi")
	if err != nil {
		return err
	}
	out := seriesReportJSON{Series: string(p.Series.ID), Pattern: string(p.Pattern.ID), Draft: p.Draft(), Figures: []summedJSON{}, Sessions: []sessionJSON{}}
	for _, f := range p.Figures() {
		out.Figures = append(out.Figures, summedJSON{figureJSON{string(f.Key), f.N}, f.Of})
	}
	for _, s := range p.Sessions {
		out.Sessions = append(out.Sessions, sessionFigures(s))
	}
	return c.JSON(out)
}

// sessionFigures is a session with every figure that is told of it.
func sessionFigures(s seriespaper.Session) sessionJSON {
	out := sessionJSON{Event: string(s.Event), OpensOn: s.OpensOn, Place: s.Place, Standing: string(s.Standing)}
	for _, key := range seriespaper.SessionKeys() {
		if n, told := s.N(key); told {
			out.Figures = append(out.Figures, figureJSON{string(key), n})
		}
	}
	return out
}

// filledSeries answers GET /api/v1/office/series/:series/report/filled: the paper in the Word template
// of its place or province.
func (d *door) filledSeries(c *fiber.Ctx, actor registry.Actor) error {
	p, err := d.app.SeriesPaper.TemplatePaper(c.UserContext(), actor, recurrence.SeriesID(c.Params("series")), "vi")
	if err != nil {
		return err
	}
	return d.sendFilled(c, p)
}
