package committee

import (
	"slices"

	"hoicho/internal/registry"
)

// BodyKind is the part that a body has in the campaign.
type BodyKind string

// The kinds of body.
const (
	SteeringCommittee BodyKind = "steering_committee" // Ban Chỉ đạo
	StandingBody      BodyKind = "standing_body"      // cơ quan thường trực
	MemberBranch      BodyKind = "member_branch"      // ngành thành viên
	MemberOrg         BodyKind = "member_org"         // tổ chức thành viên
	BudgetAgency      BodyKind = "budget_agency"      // cơ quan, đơn vị sử dụng ngân sách
)

// BodyKinds lists the kinds in the order shown to people.
var BodyKinds = []BodyKind{SteeringCommittee, StandingBody, MemberBranch, MemberOrg, BudgetAgency}

// Valid reports whether k is a known kind.
func (k BodyKind) Valid() bool { return slices.Contains(BodyKinds, k) }

// Body is an office, committee or organisation that carries the campaign in a unit.
// Bodies are renamed and merged in the middle of a year: each stands for the days on
// which it bore its name, and Successor is the one that goes on with its work.
type Body struct {
	ID        registry.BodyID
	Kind      BodyKind
	Area      registry.AreaRef // unit that it works for
	Name      string
	Parent    registry.BodyID // "" is none
	Phone     string
	Email     string // reminders go there
	From      string // first day, YYYY-MM-DD; "" is not known
	Until     string // last day; "" goes on
	Successor registry.BodyID
	Version   int64
}

// StandsOn reports whether the body bears its name on a day.
func (b Body) StandsOn(day string) bool {
	return (b.From == "" || b.From <= day) && (b.Until == "" || day <= b.Until)
}

// Bodies are bodies by id.
type Bodies map[registry.BodyID]Body

// Heir follows successors from a body to the one that stands on a day; a body without a
// successor is its own heir. A circle ends where it began.
func (all Bodies) Heir(id registry.BodyID, day string) registry.BodyID {
	for seen := map[registry.BodyID]bool{}; !seen[id]; {
		seen[id] = true
		b := all[id]
		if b.Successor == "" || b.Until == "" || day <= b.Until {
			return id
		}
		id = b.Successor
	}
	return id
}
