package registry

import (
	"slices"
	"testing"
)

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	may := func(right Right) func(Role) bool {
		return func(r Role) bool { return r.Allows(right) }
	}
	holdsFor(t, "every role but that of a body's people opens the office", Roles, may(ViewOffice), Roles[:len(Roles)-1]...)
	holdsFor(t, "a body's people see the page of tasks, and no plan", Roles, func(r Role) bool { return r.Allows(ViewTasks) && !r.Allows(ViewPlan) }, Branch)
	holdsFor(t, "organisers make plans", Roles, may(ManagePlan), Admin, Organiser)
	holdsFor(t, "communicators write articles", Roles, may(WriteArticles), Admin, Communicator)
	holdsFor(t, "the admin alone manages users", Roles, may(ManageUsers), Admin)
	holdsFor(t, "the admin alone kills keys", Roles, may(ManageKeys), Admin)
	holdsFor(t, "organisers plan events", Roles, may(ManageEvents), Admin, Organiser)
	holdsFor(t, "the sales of single vendors are for reporters", Roles, may(ViewSales), Admin, Reporter)
	holdsFor(t, "phones are shown to whoever has to call", Roles, may(ViewPersonal), Admin, Organiser, Reviewer)
	claims(t, map[string]bool{"a role that is none may nothing": !Role("guest").Allows(ViewOffice) && !Role("guest").Valid()})
}

func TestRightsEndAtTheAreaOfTheirGrant(t *testing.T) {
	t.Parallel()
	officer := Actor{Account: "a", Grants: []Grant{{Organiser, "01843"}, {Viewer, "01900"}, {Organiser, "02000"}}}
	country := Actor{Account: "b", Grants: []Grant{{Reviewer, "19"}, {Organiser, ""}}}
	system := SystemActor("check")
	reach := func(a Actor, right Right) []string {
		codes, all := a.Reach(right)
		if all {
			return []string{"everywhere"}
		}
		return codes
	}
	claims(t, map[string]bool{
		"in its area it may":                           officer.Can(ManageEvents, Scope{"01843", "19"}),
		"beside it it may not":                         !officer.Can(ManageEvents, Scope{"01844", "19"}),
		"another role's area does not count":           !officer.Can(ManageEvents, Scope{"01900", "19"}),
		"the whole country needs a grant of it":        !officer.Can(ManageEvents, nil) && country.Can(ManageEvents, nil),
		"the page opens for a right in any area":       officer.CanSomewhere(ManageEvents) && !officer.CanSomewhere(ManageKeys),
		"lists show the areas of the right":            slices.Equal(reach(officer, ManageEvents), []string{"01843", "02000"}),
		"lists show nothing without the right":         reach(officer, ManageKeys) == nil,
		"one grant of the country opens every area":    slices.Equal(reach(country, ReviewApplications), []string{"everywhere"}),
		"a grant of the country is of its rights only": slices.Equal(reach(country, ReviewEvidence), []string{"19"}),
		"jobs may all, everywhere":                     system.Can(ManageKeys, nil) && system.CanSomewhere(ManageKeys) && slices.Equal(reach(system, ManageKeys), []string{"everywhere"}),
	})
}

func TestWhoAnActorIs(t *testing.T) {
	t.Parallel()
	waiting := Actor{Account: "a", Owes: true, Waiting: []Grant{{Admin, ""}}}
	officer := Actor{Account: "a", Grants: []Grant{{Viewer, "19"}}}
	vendor := Actor{Account: "v", Members: []Membership{{"htx", Member}, {"shop", Owner}}}
	claims(t, map[string]bool{
		"nobody is anonymous":                        Actor{}.Anonymous(),
		"who is signed in is not":                    !vendor.Anonymous(),
		"jobs are not":                               !SystemActor("jobs").Anonymous(),
		"a role makes an officer":                    officer.Office(),
		"so does one that waits for the second step": waiting.Office(),
		"but it gives no right":                      !waiting.CanSomewhere(ViewOffice),
		"a vendor's member is no officer":            !vendor.Office(),
		"jobs belong to the office":                  SystemActor("jobs").Office(),
		"a member acts for its vendor":               vendor.Owns("htx") && vendor.Owns("shop"),
		"and for no other":                           !vendor.Owns("agency"),
		"a member does not own":                      !vendor.OwnerOf("htx") && vendor.OwnerOf("shop"),
	})
}

func TestTokenOpensItsScopes(t *testing.T) {
	t.Parallel()
	token := APIToken{Scopes: []APIScope{ScopeRead, ScopeReports}}
	claims(t, map[string]bool{
		"one of several scopes is enough": token.Opens([]APIScope{ScopeEvents, ScopeReports}),
		"another scope opens nothing":     !token.Opens([]APIScope{ScopeEvents}),
		"without a scope it stays closed": !token.Opens(nil),
		"a word that is none is no scope": ScopeGate.Valid() && !APIScope("all").Valid(),
	})
}
