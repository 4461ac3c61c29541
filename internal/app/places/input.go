package places

import (
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Input is what the form of a place holds, as it was typed.
type Input struct {
	Kind         string   `form:"kind"`
	Name         string   `form:"name"`
	Address      string   `form:"address"`
	Area         string   `form:"area_ref"` // text form of a unit
	Organisation string   `form:"organisation"`
	Keeper       string   `form:"keeper"`
	Phone        string   `form:"phone"`
	Agreed       bool     `form:"agreed"`
	Groups       []string `form:"group"`
	Goods        string   `form:"goods" lines:"many"`
	Hours        string   `form:"hours"`
	Since        string   `form:"since_on"`
	Paper        string   `form:"paper"`
	Body         string   `form:"body"`
	DropPhoto    bool     `form:"drop_photo"`
	Version      int64    `form:"version"`
	Photo        []byte
}

// InputOf is a place as its form takes it.
func InputOf(p committee.Place) Input {
	in := Input{Kind: string(p.Kind), Name: p.Name, Address: p.Address, Area: p.Area.String(), Organisation: p.Organisation, Keeper: p.Keeper,
		Phone: p.Phone, Agreed: p.Agreed, Goods: p.Goods, Hours: p.Hours, Since: vn.ShowDate(p.From), Paper: p.Paper, Body: string(p.Body),
		Version: p.Version}
	for _, g := range p.Groups {
		in.Groups = append(in.Groups, string(g))
	}
	return in
}

// fill reads a form into a place, or returns all faults at once.
func (a *Service) fill(in Input, p *committee.Place) error {
	r := core.Input{Today: a.Today()}
	p.Kind = committee.PlaceKind(in.Kind)
	r.Faults.Check(p.Kind.Valid(), "kind", "error.choose")
	p.Name, p.Address = r.Needed("name", in.Name, committee.MaxPlaceName), r.Line("address", in.Address, committee.MaxPlaceLine)
	p.Organisation, p.Keeper = r.Line("organisation", in.Organisation, committee.MaxPlaceLine), r.Line("keeper", in.Keeper, committee.MaxPlaceName)
	p.Phone, p.Agreed = r.Phone("phone", in.Phone), in.Agreed
	r.Faults.Check(!p.Agreed || p.Keeper != "" || p.Phone != "", "agreed", "place.error.agreed")
	a.fillGoods(&r, in, p)
	p.Hours, p.Paper = r.Line("hours", in.Hours, committee.MaxPlaceLine), r.Line("paper", in.Paper, committee.MaxPlaceLine)
	p.Body = registry.BodyID(in.Body)
	if in.Since == "" {
		r.Faults.Add("since_on", "error.required")
	}
	p.From = r.Date("since_on", in.Since)
	r.Faults.Check(p.From == "" || p.From >= committee.FirstCommDay, "since_on", "register.error.day")
	r.Faults.Check(p.Until == "" || p.From <= p.Until, "since_on", "place.error.since", vn.ShowDate(p.Until))
	p.Area = a.commune(&r, in.Area, p.From)
	return r.Faults.Err()
}

// fillGoods reads what is sold: the groups that are ticked, and words.
func (a *Service) fillGoods(r *core.Input, in Input, p *committee.Place) {
	p.Goods, p.Groups = r.Text("goods", in.Goods, committee.MaxPlaceGoods), nil
	for _, g := range registry.ProductGroups {
		if slices.Contains(in.Groups, string(g)) {
			p.Groups = append(p.Groups, g)
		}
	}
	for _, g := range in.Groups {
		r.Faults.Check(registry.ProductGroup(g).Valid(), "group", "error.choose")
	}
}

// commune reads the unit of a place as it was on its first day; it is a commune.
func (a *Service) commune(r *core.Input, text, day string) registry.AreaRef {
	if found, err := a.Areas.Find(text); err == nil && !found.Ref.IsCommune() {
		r.Faults.Add("area", "place.error.commune")
		return registry.AreaRef{}
	}
	return a.UnitOn(r, text, day)
}
