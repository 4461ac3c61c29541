package stall

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// salesPage is a sales return, to be filled in or to be read.
type salesPage struct {
	view.Base
	view.Form
	reports.SalesSheet
	Action    string
	Days      string // of the event, as people read them
	Booths    string
	FiledOn   string
	Lines     []salesLine
	Best      []view.Option
	BestFault string
	Contracts []view.Field
	More      bool // contracts were told, or are at fault
	Version   int64
	Stale     *view.Stale
	Doubts    []string
	Token     string
	Total     string
	Back      string
}

// salesLine is a day of a return.
type salesLine struct {
	Day    string // YYYY-MM-DD
	Label  string
	Amount string
	Bands  []view.Option
	Error  string
	Shown  string // for who reads
}

// salesForm is what the form sends: days, amounts and bands row by row.
type salesForm struct {
	Day           []string             `form:"day" lines:"row"`
	Amount        []string             `form:"amount" lines:"row"`
	Band          []registry.SalesBand `form:"band" lines:"row"`
	Best          []registry.ProductID `form:"best"`
	Contracts     string               `form:"contracts"`
	ContractsDong string               `form:"contracts_dong"`
	Version       int64                `form:"version"`
	Over          int64                `form:"over"`
	Sure          string               `form:"sure"`
}

// input makes the use case's input of the form; rows that do not fit together are
// left out, and the day is asked for again.
func (f *salesForm) input() reports.SalesInput {
	in := reports.SalesInput{Best: f.Best, Contracts: f.Contracts, ContractsDong: f.ContractsDong, Version: view.ReadAt(f.Version, f.Over), Sure: f.Sure}
	if len(f.Day) != len(f.Amount) || len(f.Day) != len(f.Band) {
		return in
	}
	for i, day := range f.Day {
		in.Days = append(in.Days, reports.SalesDayInput{Day: day, Amount: f.Amount[i], Band: f.Band[i]})
	}
	return in
}

// salesInputOf is the form as a return stands.
func salesInputOf(r registry.SalesReturn) reports.SalesInput {
	in := reports.SalesInput{Best: r.Best, Version: r.Version}
	for _, d := range r.Days {
		line := reports.SalesDayInput{Day: d.Day, Band: d.Band}
		if d.Band == "" {
			line.Amount = vn.Count(d.Dong)
		}
		in.Days = append(in.Days, line)
	}
	if r.ContractsN > 0 {
		in.Contracts, in.ContractsDong = strconv.Itoa(r.ContractsN), vn.Count(r.ContractsDong)
	}
	return in
}

// salesDoor is where a return is filled in: at the vendor's or in the office.
type salesDoor struct {
	by     filledIn
	vendor registry.VendorID
	event  registry.EventID
	back   string
}

func ownDoor(c *fiber.Ctx) salesDoor {
	return salesDoor{byVendor, frame.VendorParam(c), registry.EventID(c.Params("event")), "/gian-hang"}
}

func officeDoor(c *fiber.Ctx) salesDoor {
	return salesDoor{ByOffice, frame.VendorParam(c), frame.EventParam(c), view.EventRoot(frame.EventParam(c)) + "/doanh-thu"}
}

// showOwnSales shows the vendor its return.
func (s *Door) showOwnSales(c *fiber.Ctx) error { return s.showSales(c, ownDoor(c)) }

// ShowPaperSales shows the office a return, to type one in from paper.
func (s *Door) ShowPaperSales(c *fiber.Ctx) error { return s.showSales(c, officeDoor(c)) }

// fileOwnSales takes in the vendor's return.
func (s *Door) fileOwnSales(c *fiber.Ctx) error { return s.fileSales(c, ownDoor(c)) }

// FilePaperSales takes in a return that the office types in.
func (s *Door) FilePaperSales(c *fiber.Ctx) error { return s.fileSales(c, officeDoor(c)) }

func (s *Door) showSales(c *fiber.Ctx, door salesDoor) error {
	sheet, err := s.App.Reports.SalesSheet(c.UserContext(), frame.Actor(c), door.vendor, door.event)
	if err != nil {
		return err
	}
	return s.salesPage(c, fiber.StatusOK, door, sheet, salesAnswer{in: salesInputOf(sheet.Return), readAt: sheet.Return.Version})
}

// salesAnswer is what is shown again: what was filled in and what is to be said
// about it.
type salesAnswer struct {
	in     reports.SalesInput
	faults map[string]string
	unsure *reports.SalesUnsure
	late   bool  // somebody else filed first
	readAt int64 // version that the form was read with
}

func (s *Door) salesPage(c *fiber.Ctx, status int, door salesDoor, sheet reports.SalesSheet, answer salesAnswer) error {
	layout, b := frame.LayoutVendor, s.vendorPage(c, sheet.Vendor, "sales.title")
	if door.by == ByOffice {
		layout, b = frame.LayoutOffice, s.OfficePage(c, "sales.title")
	}
	p := salesPage{Base: b, SalesSheet: sheet, Action: c.Path(), Back: door.back, Version: answer.readAt,
		Days: vn.ShowRange(sheet.Event.OpensOn, sheet.Event.ClosesOn), Booths: strings.Join(sheet.Due.Booths, ", ")}
	if sheet.Due.FiledAt > 0 {
		p.FiledOn = view.ShowInstant(sheet.Due.FiledAt)
	}
	p.Form = view.NewForm(&p.Base, answer.faults)
	p.HasError = p.HasError || answer.unsure != nil
	p.fill(answer)
	if answer.late {
		p.Stale = p.differences()
	}
	return s.RenderStatus(c, status, layout, "stall/sales", p)
}

// differences compares what was filled in with the return that was filed first.
func (p *salesPage) differences() *view.Stale {
	theirs := salesPage{Base: p.Base, SalesSheet: p.SalesSheet}
	theirs.fill(salesAnswer{in: salesInputOf(p.Return)})
	st := view.NewStale(p.Base, p.Return.Version, p.Action, p.Contracts, theirs.Contracts)
	for i, line := range p.Lines {
		st.Compare(line.Label, line.said(p.Base), theirs.Lines[i].said(p.Base))
	}
	st.Compare(p.T("sales.best"), view.Field{Options: p.Best}.Said(p.Base), view.Field{Options: theirs.Best}.Said(p.Base))
	return st
}

// said is a day of a return in words.
func (l salesLine) said(b view.Base) string {
	return view.SaidLine(l.Amount, view.Field{Options: slices.DeleteFunc(slices.Clone(l.Bands), func(o view.Option) bool { return o.Value == "" })}.Said(b))
}

// fill puts what was filled in into the fields.
func (p *salesPage) fill(answer salesAnswer) {
	for _, day := range p.SalesSheet.Days {
		line := salesLine{Day: day, Label: p.T("sales.day", vn.Weekday(day, p.Lang), vn.ShowDate(day))}
		line.Error = p.Part("amount-"+day, line.Label)
		band := registry.SalesBand("")
		for _, d := range answer.in.Days {
			if d.Day == day {
				line.Amount, band = d.Amount, d.Band
			}
		}
		line.Bands = append([]view.Option{{Label: p.T("sales.band.none")}}, view.Options(p.Base, "sales.band.", registry.SalesBands, string(band))...)
		line.Shown = p.T("sales.not_told")
		if d, ok := p.Return.On(day); ok && d.Band != "" {
			line.Shown = p.T("sales.band." + string(d.Band))
		} else if ok {
			line.Shown = vn.Dong(d.Dong)
		}
		p.Lines = append(p.Lines, line)
	}
	p.Total = vn.Dong(p.Return.Dong())
	for _, product := range p.Products {
		p.Best = append(p.Best, view.Option{Value: string(product.ID), Label: product.Name, Selected: slices.Contains(answer.in.Best, product.ID)})
	}
	p.BestFault = p.Part("best", p.T("sales.best"))
	p.Contracts = p.Take(
		view.Field{Name: "contracts", Type: "number", Label: p.T("sales.contracts"), Value: answer.in.Contracts},
		view.Field{Name: "contracts_dong", Type: "money", Label: p.T("sales.contracts_dong"), Hint: p.T("sales.contracts_hint"), Value: answer.in.ContractsDong},
	)
	p.More = answer.in.Contracts != "" || answer.in.ContractsDong != "" || p.Contracts[0].Error != "" || p.Contracts[1].Error != ""
	if answer.unsure != nil {
		p.Token = answer.unsure.Token
		for _, d := range answer.unsure.Doubts {
			p.Doubts = append(p.Doubts, p.doubt(d))
		}
	}
}

// doubt asks about a figure that looks like a slip.
func (p *salesPage) doubt(d registry.SalesDoubt) string {
	switch {
	case d.Day == "":
		return p.T("sales.doubt.contracts", vn.Dong(d.Dong))
	case d.Times == 0:
		return p.T("sales.doubt.little", vn.ShowDate(d.Day), vn.Dong(d.Dong))
	}
	return p.T("sales.doubt.much", vn.ShowDate(d.Day), vn.Dong(d.Dong), vn.Count(d.Times))
}

func (s *Door) fileSales(c *fiber.Ctx, door salesDoor) error {
	var form salesForm
	err := frame.Bind(c, &form)
	in := form.input()
	if err == nil {
		err = s.App.Reports.FileSales(c.UserContext(), frame.Actor(c), door.vendor, door.event, in)
	}
	if err == nil {
		frame.Flash(c, "sales.flash_filed")
		if door.by == ByOffice {
			return c.Redirect(door.back, fiber.StatusSeeOther)
		}
		return c.Redirect(c.Path(), fiber.StatusSeeOther)
	}
	answer := salesAnswer{in: in, late: view.IsStale(err), readAt: form.Version}
	if unsure, ok := errors.AsType[*reports.SalesUnsure](err); ok {
		answer.unsure = unsure
	} else if texts, ok := view.FaultTexts(s.Page(c, "sales.title"), err); ok {
		answer.faults = texts
	} else {
		return err
	}
	sheet, readErr := s.App.Reports.SalesSheet(c.UserContext(), frame.Actor(c), door.vendor, door.event)
	if readErr != nil {
		return readErr
	}
	return s.salesPage(c, frame.FaultStatus(c, err), door, sheet, answer)
}
