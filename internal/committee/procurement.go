package committee

import (
	"fmt"
	"slices"

	"hoicho/internal/registry"
)

// GoodsGroupID names a group of goods that bodies buy: one of those built in, or the id of
// one that somebody added.
type GoodsGroupID string

// GoodsGroup is a group of goods in the reports of public procurement.
type GoodsGroup struct {
	ID      GoodsGroupID
	Name    string // as typed; "" of one built in, whose name is a text of the catalogue
	Retired bool   // not offered for new reports
}

// GoodsGroups lists the groups built in, in the order shown to people. No law names them:
// they are what offices buy out of the budget, and a province adds its own.
var GoodsGroups = []GoodsGroup{{ID: "office_equipment"}, {ID: "computers"}, {ID: "furniture"}, {ID: "stationery"}, {ID: "clothing"},
	{ID: "school"}, {ID: "medical"}, {ID: "vehicles"}, {ID: "building"}, {ID: "electrical"}, {ID: "food"}, {ID: "other"}}

// BuiltIn reports whether the group came with the program.
func (g GoodsGroup) BuiltIn() bool { return g.Name == "" }

// GoodsGroupByID finds a group among several.
func GoodsGroupByID(all []GoodsGroup, id GoodsGroupID) (GoodsGroup, bool) {
	i := slices.IndexFunc(all, func(g GoodsGroup) bool { return g.ID == id })
	if i < 0 {
		return GoodsGroup{}, false
	}
	return all[i], true
}

// UsesBudget reports whether bodies of the kind buy out of the State budget and so report
// what they bought. A steering committee has no budget of its own: its money is in that of
// the standing body (TT 91/2012/TT-BTC, Điều 2).
func (k BodyKind) UsesBudget() bool { return k != SteeringCommittee }

// Purchase is what a body bought of a group of goods in a period, out of the budget
// (S09, S12 of the campaign's plans).
type Purchase struct {
	ID        registry.ProcurementID
	N         int64 // number in the register, never used twice
	Body      registry.BodyID
	Period    Period
	Group     GoodsGroupID
	Total     int64           // đồng; 0 says that nothing was bought
	Domestic  int64           // đồng of it for goods made in Viet Nam
	Paper     string          // that bears it out: number, day
	Photo     registry.FileID // of that paper; "" is none
	Note      string
	EnteredBy registry.AccountID
	EnteredAs string // name at that time
	EnteredAt int64  // unix ms
	StruckAt  int64  // unix ms; 0 counts
	StruckAs  string // name of whoever struck it out
	StruckWhy string
	Version   int64
}

// Limits of a report of procurement: characters, and the largest amount that is no slip of
// a finger.
const (
	MaxProcurement       = 10_000_000_000_000
	MaxProcurementPaper  = 200
	MaxProcurementNote   = 600
	MaxProcurementReason = 300
	MaxGoodsGroupName    = 60
	MaxOwnGoodsGroups    = 40
	FirstPlanYear        = 2009
	LastPlanYear         = 2100
)

// Number is how people name it: "MS-12".
func (p Purchase) Number() string { return fmt.Sprintf("MS-%d", p.N) }

// Struck reports whether it was struck out and no longer counts.
func (p Purchase) Struck() bool { return p.StruckAt > 0 }

// ProcurementFix is a correction: what stood before, and why it was changed.
type ProcurementFix struct {
	N        int
	At       int64 // unix ms
	By       string
	Total    int64 // before
	Domestic int64 // before
	Reason   string
}

// ProcurementClosing says that a period takes no more reports from a unit and what lies in
// it.
type ProcurementClosing struct {
	Area   string // code of a unit of today
	Period Period
	At     int64 // unix ms
	By     string
	Reason string
}

// ProcurementSum is what reports add up to.
type ProcurementSum struct {
	Rows     int64
	Total    int64
	Domestic int64
}

// Add adds another sum.
func (s ProcurementSum) Add(o ProcurementSum) ProcurementSum {
	return ProcurementSum{s.Rows + o.Rows, s.Total + o.Total, s.Domestic + o.Domestic}
}

// Share is the share of domestic goods in thousandths; false where nothing was bought.
func (s ProcurementSum) Share() (perMille int64, ok bool) { return Share(s.Domestic, s.Total) }

// ProcurementFilter chooses reports of a year. Empty fields do not narrow.
type ProcurementFilter struct {
	Codes  []string          // of bodies found under one of today's units; nil is all
	Bodies []registry.BodyID // of one of them; nil is all
	Area   string            // code of a unit of today
	Year   int
	Parts  []Part // one of them; nil is all
	Group  GoodsGroupID
	Body   registry.BodyID
	Counts bool // without those struck out
	Skip   int  // rows to leave out
	Limit  int  // 0 is all
}
