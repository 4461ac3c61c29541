package committee

import "slices"

// Audience is a group of people whom the campaign addresses (S11 of its plans).
type Audience string

// The seven groups.
const (
	PartyMembers    Audience = "party_members"    // đảng viên
	Officials       Audience = "officials"        // cán bộ
	CivilServants   Audience = "civil_servants"   // công chức
	PublicEmployees Audience = "public_employees" // viên chức
	UnionMembers    Audience = "union_members"    // đoàn viên
	OrgMembers      Audience = "org_members"      // hội viên
	People          Audience = "people"           // các tầng lớp nhân dân
)

// Audiences lists the groups in the order in which the plan names them.
var Audiences = []Audience{PartyMembers, Officials, CivilServants, PublicEmployees, UnionMembers, OrgMembers, People}

// Valid reports whether a is a known group.
func (a Audience) Valid() bool { return slices.Contains(Audiences, a) }
