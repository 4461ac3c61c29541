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
	outlines, err := s.App.Areas.Outlines(province.Ref)
	if err != nil {
		return nil, err
	}
	m := &communeMap{Key: shades.Key(b.T("communication.from_times", vn.Count(shades[len(shades)-1])))}
	box, shapes := registry.EmptyBox, []view.MapShape(nil)
	for i, commune := range s.App.Areas.Communes(province.Ref) {
		times := r.Units[commune.Ref.Code].Times
		href := a.with(func(a *asked) { a.area = commune.Ref.Code })
		box = box.Join(outlines[i].Box)
		shapes = append(shapes, view.MapShape{Href: href, Class: shades.Class(times), Path: outlines[i].Path,
			Title: b.T("communication.commune_times", commune.FullName(), vn.Count(times))})
		if times < shades[0] {
			m.Bare = append(m.Bare, figureLine{commune.FullName(), href, vn.Count(times)})
		}
	}
	slices.SortStableFunc(m.Bare, func(x, y figureLine) int { return strings.Compare(x.N, y.N) })
	m.SVG = view.DrawMap(box, shapes)
	return m, nil
}
