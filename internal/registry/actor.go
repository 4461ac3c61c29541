package registry

import "slices"

// Role is what an account is trusted with inside an area and all below it.
type Role string

// The roles. Vendors have none: they own their vendor (MemberRole).
const (
	Admin        Role = "admin"        // users, keys, settings, and all below
	Organiser    Role = "organiser"    // events, booths, passes
	Reviewer     Role = "reviewer"     // applications, evidence of origin
	Inspector    Role = "inspector"    // looks at events, vendors and products on site
	GateChief    Role = "gate_chief"   // pairs gate phones, sees gate figures
	Communicator Role = "communicator" // the register of communications, articles
	Reporter     Role = "reporter"     // figures and their rows
	Viewer       Role = "viewer"       // reads the office pages
	Branch       Role = "branch"       // a body's own tasks and communications, nothing else
)

// Roles lists every role in the order shown to people.
var Roles = []Role{Admin, Organiser, Reviewer, Inspector, GateChief, Communicator, Reporter, Viewer, Branch}

// Right is one thing an actor may do.
type Right string

// The rights. A handler never looks at roles, only at rights.
const (
	EnterOffice        Right = "enter_office"        // its door: leads to what the role is for
	ViewOffice         Right = "view_office"         // events, vendors and what waits
	ManageUsers        Right = "manage_users"        // grant roles, disable accounts, paper reset codes
	ManageSettings     Right = "manage_settings"     // dated settings, site name, logo
	ManageKeys         Right = "manage_keys"         // rotate and kill pass keys
	ViewAudit          Right = "view_audit"          // read the audit log
	ManageEvents       Right = "manage_events"       // create, edit, announce, cancel events
	ManageBooths       Right = "manage_booths"       // grid, assign, swap, block
	ManagePasses       Right = "manage_passes"       // issue, re-issue, block, revoke, print
	ReviewApplications Right = "review_applications" // decide on applications
	ReviewEvidence     Right = "review_evidence"     // raise, dispute or exclude evidence of origin
	ManageVendors      Right = "manage_vendors"      // register and edit vendors on their behalf
	ViewPersonal       Right = "view_personal"       // unmasked phones of vendors and accounts
	ManageGate         Right = "manage_gate"         // pair and revoke gate devices
	ViewFigures        Right = "view_figures"        // counts by hour, gate and method, result reports
	ManageTips         Right = "manage_tips"         // read, sort and settle citizens' tips
	FileSales          Right = "file_sales"          // type in sales from paper, see who has not filed
	ViewSales          Right = "view_sales"          // the sales of single vendors
	ViewPlan           Right = "view_plan"           // the year's plan with all its tasks, the register of communications
	ManagePlan         Right = "manage_plan"         // plans, bodies, tasks
	ViewTasks          Right = "view_tasks"          // the page of tasks: those of one's bodies, or with ViewPlan all
	Communicate        Right = "communicate"         // enter communications
	WriteArticles      Right = "write_articles"      // articles of the special page
	Inspect            Right = "inspect"             // inspections, what they find, rounds with their teams
)

// rightsOf says what each role may do. Admin may do all.
var rightsOf = map[Role][]Right{
	Organiser: {EnterOffice, ViewOffice, ManageEvents, ManageBooths, ManagePasses, ManageVendors, ViewPersonal,
		ReviewApplications, ManageGate, ViewFigures, ManageTips, FileSales, ViewPlan, ManagePlan, ViewTasks, Communicate, Inspect},
	Reviewer:     {EnterOffice, ViewOffice, ReviewApplications, ReviewEvidence, ManageVendors, ViewPersonal, ViewFigures, ViewPlan, ViewTasks},
	Inspector:    {EnterOffice, ViewOffice, ReviewEvidence, ViewFigures, ManageTips, ViewPlan, ViewTasks, Inspect},
	GateChief:    {EnterOffice, ViewOffice, ManageGate, ViewFigures},
	Communicator: {EnterOffice, ViewOffice, ViewPlan, ViewTasks, Communicate, WriteArticles},
	Reporter:     {EnterOffice, ViewOffice, ViewFigures, FileSales, ViewSales, ViewPlan, ViewTasks},
	Viewer:       {EnterOffice, ViewOffice, ViewPlan, ViewTasks},
	Branch:       {EnterOffice, ViewTasks, Communicate},
}

// Allows reports whether a role carries a right.
func (r Role) Allows(right Right) bool {
	return r == Admin || slices.Contains(rightsOf[r], right)
}

// Valid reports whether r is a known role.
func (r Role) Valid() bool { return slices.Contains(Roles, r) }

// Grant is a role within an area: the code of a unit of today's edition, or ""
// for the whole country.
type Grant struct {
	Role Role
	Area string
}

// MemberRole is what an account may do for a vendor.
type MemberRole string

// The member roles. An owner may also add and remove members.
const (
	Owner  MemberRole = "owner"
	Member MemberRole = "member"
)

// Membership ties an account to a vendor.
type Membership struct {
	Vendor VendorID
	Role   MemberRole
}

// Actor is who is doing something: a signed-in account with its grants and
// memberships, the system itself (jobs, command line), or nobody (the zero
// value: an anonymous visitor, who may do nothing that needs a right).
type Actor struct {
	Account AccountID
	Name    string
	System  bool
	Grants  []Grant
	Owes    bool    // the session's second step: before it nothing of the account counts
	Waiting []Grant // roles that do not count before it
	Members []Membership
}

// SystemActor acts for the command line and the background jobs. It may do all.
func SystemActor(name string) Actor { return Actor{Name: name, System: true} }

// Anonymous reports whether nobody is signed in.
func (a Actor) Anonymous() bool { return a.Account == "" && !a.System }

// Can reports whether the actor has the right in an area, given by its scope.
// An empty scope means the whole country: only a grant without area reaches it.
func (a Actor) Can(right Right, in Scope) bool {
	if a.System {
		return true
	}
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Role.Allows(right) && (g.Area == "" || slices.Contains(in, g.Area))
	})
}

// CanSomewhere reports whether the actor has the right in any area at all. It
// opens a page; the rows on it are still filtered by Reach.
func (a Actor) CanSomewhere(right Right) bool {
	return a.System || slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role.Allows(right) })
}

// Reach returns the codes of the areas in which the actor has the right, and
// all=true if that is the whole country.
func (a Actor) Reach(right Right) (codes []string, all bool) {
	if a.System {
		return nil, true
	}
	for _, g := range a.Grants {
		switch {
		case !g.Role.Allows(right):
		case g.Area == "":
			return nil, true
		default:
			codes = append(codes, g.Area)
		}
	}
	return codes, false
}

// Scope is where a list of all that the actor reaches with a right lies: everywhere is none.
func (a Actor) Scope(right Right) Scope {
	codes, all := a.Reach(right)
	if all {
		return nil
	}
	return Scope(codes)
}

// Office reports whether the actor holds any role, be it one that waits for the
// second step. It gives no right.
func (a Actor) Office() bool { return a.System || len(a.Grants)+len(a.Waiting) > 0 }

// Owns reports whether the actor is a member of the vendor in any role.
func (a Actor) Owns(v VendorID) bool {
	return slices.ContainsFunc(a.Members, func(m Membership) bool { return m.Vendor == v })
}

// OwnerOf reports whether the actor owns the vendor.
func (a Actor) OwnerOf(v VendorID) bool {
	return slices.Contains(a.Members, Membership{Vendor: v, Role: Owner})
}
