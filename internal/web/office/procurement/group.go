package procurement

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/committee"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// groupsPage is the groups of goods, with the form of a new one.
type groupsPage struct {
	view.Base
	view.Form
	Rows []groupRow
	Name view.Field
}

// groupRow is a group as the page lists it.
type groupRow struct {
	Label, Act string // Act changes whether it is offered; "" of one built in
	Retires    bool
}

// showGroups shows the groups of goods.
func (s *Door) showGroups(c *fiber.Ctx) error { return s.groups(c, "", nil) }

func (s *Door) groups(c *fiber.Ctx, name string, fault error) error {
	all, err := s.App.Procurement.GoodsGroups(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := groupsPage{Base: s.OfficePage(c, "goods_group.title")}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	for _, g := range all {
		row := groupRow{Label: groupName(p.Base, g)}
		if !g.BuiltIn() {
			row.Act, row.Retires = groupRoot+"/"+string(g.ID)+"/dung-lai", !g.Retired
			if row.Retires {
				row.Act = groupRoot + "/" + string(g.ID) + "/thoi"
			}
		}
		p.Rows = append(p.Rows, row)
	}
	p.Name = p.TakeOne(view.Field{Name: "name", Label: p.T("goods_group.field.name"), Value: name, Max: committee.MaxGoodsGroupName, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "procurement/groups", p)
}

// addGroup adds a group of goods.
func (s *Door) addGroup(c *fiber.Ctx) error {
	var form struct {
		Name string `form:"name"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Procurement.AddGoodsGroup(c.UserContext(), frame.Actor(c), form.Name)
	}
	if err != nil {
		return s.groups(c, form.Name, err)
	}
	frame.Flash(c, "goods_group.flash.added")
	return c.Redirect(groupRoot, fiber.StatusSeeOther)
}

// retireGroup ends or takes up again that a group is offered.
func (s *Door) retireGroup(retired bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := s.App.Procurement.RetireGoodsGroup(c.UserContext(), frame.Actor(c), committee.GoodsGroupID(c.Params("group")), retired); err != nil {
			return err
		}
		frame.Flash(c, "goods_group.flash.changed")
		return c.Redirect(groupRoot, fiber.StatusSeeOther)
	}
}
