package communications

import (
	"html/template"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/communications"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// shades are the least times of each shade of the map; below the first one a commune has
// almost none.
var shades = view.Shades{2, 7, 12, 20}

// communeMap is the communes of the province by their times.
type communeMap struct {
	SVG  template.HTML
	Key  []view.ShadeKey
	Bare []figureLine // communes with almost none
}

// communeMap draws the map for whoever reads the register of the whole province; nil
// for everybody else, and without a province.
func (s *Door) communeMap(c *fiber.Ctx, b view.Base, a asked, r communications.Register) (*communeMap, error) {
	province, err := s.App.Events.Province(c.UserContext())
	if err != nil || province.Ref.Code == "" || !frame.Actor(c).Can(registry.ViewPlan, registry.Scope{province.Ref.Code}) {
		return nil, err
	}
	times := map[string]int{}
	for code, unit := range r.Units {
		times[code] = int(unit.Times)
	}
	communes, box, err := s.App.Events.OnMap(c.UserContext(), times)
	if err != nil {
		return nil, err
	}
	m, shapes := &communeMap{Key: shades.Key(b.T("communication.from_times", vn.Count(shades[len(shades)-1])))}, []view.MapShape(nil)
	for _, commune := range communes {
		n, name, href := int64(commune.N), commune.Area.FullName(), a.with(func(a *asked) { a.area = commune.Area.Ref.Code })
		shapes = append(shapes, view.MapShape{Href: href, Class: shades.Class(n), Path: commune.Outline.Path, Title: b.T("communication.commune_times", name, vn.Count(n))})
		if n < shades[0] {
			m.Bare = append(m.Bare, figureLine{name, href, vn.Count(n)})
		}
	}
	slices.SortStableFunc(m.Bare, func(x, y figureLine) int { return strings.Compare(x.N, y.N) })
	m.SVG = view.DrawMap(box, shapes)
	return m, nil
}
