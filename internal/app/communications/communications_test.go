package communications_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// The communes of these tests: both of Thái Nguyên since July 2025.
const (
	here  = "01840" // phường Đức Xuân
	there = "01843" // phường Bắc Kạn
)

// typedMeeting is a village meeting of yesterday, typed in full.
func typedMeeting(k *testkit.Kit) communications.EntryInput {
	return communications.EntryInput{Channel: string(committee.VillageMeeting), Times: "1", People: "45", Area: "2025:" + here, Day: k.App.Today()}
}

func enter(t *testing.T, k *testkit.Kit, actor registry.Actor, in communications.EntryInput) committee.Communication {
	t.Helper()
	done, asked, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{in})
	if err != nil || len(asked) > 0 || len(done) != 1 {
		t.Fatalf("entered %v, asked %v, %v", done, asked, err)
	}
	return done[0].Communication
}

func TestEntriesAreReadAsTyped(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	c := enter(t, k, actor, typedMeeting(k))
	if c.N != 1 || c.People != 45 || !c.Counted || c.Until != c.From || c.Area.Code != here || c.Asked {
		t.Errorf("a meeting is stored as %+v", c)
	}
	in := typedMeeting(k)
	in.Channel, in.People = string(committee.Banner), ""
	if c = enter(t, k, actor, in); c.Counted || !c.Up() {
		t.Errorf("a banner is stored as %+v", c)
	}
}

func TestFaultsOfAnEntry(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	for claim, c := range map[string]struct {
		change func(*communications.EntryInput)
		field  string
	}{
		"no channel":                      {func(in *communications.EntryInput) { in.Channel = "" }, "channel"},
		"an invented channel":             {func(in *communications.EntryInput) { in.Channel = "smoke" }, "channel"},
		"no times":                        {func(in *communications.EntryInput) { in.Times = "" }, "times"},
		"no times at all":                 {func(in *communications.EntryInput) { in.Times = "0" }, "times"},
		"times below nothing":             {func(in *communications.EntryInput) { in.Times = "-1" }, "times"},
		"times that are no number":        {func(in *communications.EntryInput) { in.Times = "nhiều" }, "times"},
		"times beyond all bounds":         {func(in *communications.EntryInput) { in.Times = "100.001" }, "times"},
		"people not said":                 {func(in *communications.EntryInput) { in.People = "" }, "people"},
		"people of a banner":              {func(in *communications.EntryInput) { in.Channel = "banner" }, "people"},
		"no unit":                         {func(in *communications.EntryInput) { in.Area = "" }, "area"},
		"an invented unit":                {func(in *communications.EntryInput) { in.Area = "2025:99999" }, "area"},
		"a unit of another province":      {func(in *communications.EntryInput) { in.Area = "2025:00004" }, "area"},
		"no day":                          {func(in *communications.EntryInput) { in.Day = "" }, "day"},
		"a day that is none":              {func(in *communications.EntryInput) { in.Day = "31/02/2026" }, "day"},
		"a day before the campaign":       {func(in *communications.EntryInput) { in.Day = "30/07/2009" }, "day"},
		"taken down before it was put up": {func(in *communications.EntryInput) { in.Day, in.DownOn = "05/03/2026", "04/03/2026" }, "down_on"},
		"a link that is no web address":   {func(in *communications.EntryInput) { in.Link = "javascript:alert(1)" }, "link"},
		"a link without encryption":       {func(in *communications.EntryInput) { in.Link = "http://example.vn" }, "link"},
		"an invented audience":            {func(in *communications.EntryInput) { in.Audiences = []string{"ghosts"} }, "audience"},
		"an event that there is not":      {func(in *communications.EntryInput) { in.Event = "x" }, "event"},
		"a task that there is not":        {func(in *communications.EntryInput) { in.Tasks = []string{"x"} }, "task"},
		"a body that there is not":        {func(in *communications.EntryInput) { in.Body = "x" }, "body"},
		"a topic that is too long":        {func(in *communications.EntryInput) { in.Topic = strings.Repeat("a", committee.MaxCommTopic+1) }, "topic"},
	} {
		t.Run(claim, func(t *testing.T) {
			in := typedMeeting(k)
			c.change(&in)
			_, _, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{in})
			if fields := testkit.FieldsOf(err); !slices.Contains(fields, c.field) {
				t.Errorf("faults at %v, want one at %s: %v", fields, c.field, err)
			}
		})
	}
}

func TestRowsAreWrittenTogetherOrNotAtAll(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	good, bad := typedMeeting(k), typedMeeting(k)
	bad.People = ""
	_, _, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{good, bad})
	if fields := testkit.FieldsOf(err); !slices.Equal(fields, []string{"people.1"}) {
		t.Errorf("faults at %v", fields)
	}
	if r := register(t, k, actor); r.N != 0 {
		t.Errorf("%d rows were written beside a faulty one", r.N)
	}
}

func register(t *testing.T, k *testkit.Kit, actor registry.Actor) communications.Register {
	t.Helper()
	year := k.App.DB.Now().Year()
	r, err := k.App.Communications.Register(t.Context(), actor, communications.Query{Year: year})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheSameIdTwiceIsStoredOnce(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	in := typedMeeting(k)
	in.Client = store.NewID[string]()
	first := enter(t, k, actor, in)
	in.People = "46" // whatever comes under the id again, it was stored
	done, _, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{in})
	if err != nil || !done[0].Before || done[0].ID != first.ID || done[0].People != 45 {
		t.Errorf("sent again: %+v, %v", done, err)
	}
	other, _ := k.Officer(registry.Communicator, "19")
	done, _, err = k.App.Communications.Enter(t.Context(), other, []communications.EntryInput{in})
	if err != nil || done[0].Before {
		t.Errorf("an id of somebody else's is taken for the own: %+v, %v", done, err)
	}
	in.Client = "1"
	if _, _, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{in}); registry.KindOf(err) != registry.Malformed {
		t.Errorf("an id that is none gives %v", err)
	}
}

func TestWhatIsNotPlausibleIsAskedAndNeverRefused(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	enter(t, k, actor, typedMeeting(k))
	for claim, c := range map[string]struct {
		change func(*communications.EntryInput)
		want   committee.Doubt
	}{
		"450 people at a meeting":    {func(in *communications.EntryInput) { in.People = "450" }, committee.DoubtCrowd},
		"10.000 meetings":            {func(in *communications.EntryInput) { in.Times, in.People = "10.000", "46" }, committee.DoubtTimes},
		"a day that has not come":    {func(in *communications.EntryInput) { in.Day = "31/12/2099" }, committee.DoubtFuture},
		"an entry that stands there": {func(*communications.EntryInput) {}, committee.DoubtTwice},
	} {
		t.Run(claim, func(t *testing.T) {
			in := typedMeeting(k)
			c.change(&in)
			before := register(t, k, actor).N
			_, asked, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{in})
			if err != nil || len(asked) != 1 || asked[0].Doubt != c.want {
				t.Fatalf("asked %v, %v, want %s", asked, err, c.want)
			}
			if n := register(t, k, actor).N; n != before {
				t.Errorf("%d rows were written before the answer", n-before)
			}
			in.Confirm = true
			if stored := enter(t, k, actor, in); !stored.Asked {
				t.Error("a confirmed entry is not marked as asked")
			}
		})
	}
}

func TestAnEntryIsCorrectedAndStruckOut(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, here)
	c := enter(t, k, actor, typedMeeting(k))
	in := communications.InputOf(c)
	in.People, in.Village = "54", "Nà Khằn"
	if asked, err := k.App.Communications.Save(t.Context(), actor, c.ID, in); err != nil || len(asked) > 0 {
		t.Fatalf("asked %v, %v", asked, err)
	}
	if _, err := k.App.Communications.Save(t.Context(), actor, c.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("saving what was read before gives %v, want a conflict", err)
	}
	f, err := k.App.Communications.Entry(t.Context(), actor, c.ID)
	if err != nil || f.People != 54 || f.Village != "Nà Khằn" {
		t.Fatalf("corrected to %+v, %v", f, err)
	}
	if err := k.App.Communications.Strike(t.Context(), actor, c.ID, f.Version, " "); registry.KindOf(err) != registry.Invalid {
		t.Errorf("striking without a reason gives %v", err)
	}
	if err := k.App.Communications.Strike(t.Context(), actor, c.ID, f.Version, "ghi nhầm xã"); err != nil {
		t.Fatal(err)
	}
	if r := register(t, k, actor); r.Total.Times != 0 || r.N != 1 || !r.Rows[0].Struck() {
		t.Errorf("struck out, the register has %+v in %d rows", r.Total, r.N)
	}
	in.Version = f.Version + 1
	if _, err := k.App.Communications.Save(t.Context(), actor, c.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("correcting what is struck out gives %v", err)
	}
	if err := k.App.Communications.Restore(t.Context(), actor, c.ID, f.Version+1); err != nil {
		t.Fatal(err)
	}
	if r := register(t, k, actor); r.Total.People != 54 {
		t.Errorf("restored, the register counts %+v", r.Total)
	}
}

// TestWhoSeesAndWritesAnEntry walks all roles, in the area of the entry and in another.
func TestWhoSeesAndWritesAnEntry(t *testing.T) {
	k := testkit.NewApp(t)
	keeper, _ := k.Officer(registry.Communicator, "19")
	front := committee.Body{Kind: committee.StandingBody, Area: registry.AreaRef{Edition: registry.Edition2025, Code: here}, Name: "UBMTTQ phường Đức Xuân"}
	k.Write(func(tx *store.Tx) error { return tx.InsertBody(t.Context(), &front, k.App.Areas.Scope(front.Area)) })
	in := typedMeeting(k)
	in.Body = string(front.ID)
	c := enter(t, k, keeper, in)
	reads := []registry.Role{registry.Admin, registry.Organiser, registry.Reviewer, registry.Inspector, registry.Communicator, registry.Reporter, registry.Viewer}
	writes := []registry.Role{registry.Admin, registry.Organiser, registry.Communicator}
	check := func(name string, actor registry.Actor, mayRead, mayWrite bool) {
		t.Helper()
		if _, err := k.App.Communications.Entry(t.Context(), actor, c.ID); (err == nil) != mayRead || err != nil && registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s reads the entry: %v, want %v", name, err, mayRead)
		}
		current := c
		k.Read(func(tx *store.Tx) (err error) { current, err = tx.Communication(t.Context(), c.ID); return err })
		change := communications.InputOf(current)
		change.Topic, change.Confirm = name, true
		if _, err := k.App.Communications.Save(t.Context(), actor, c.ID, change); (err == nil) != mayWrite || err != nil && registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s changes the entry: %v, want %v", name, err, mayWrite)
		}
		fresh := in
		fresh.Client, fresh.Confirm = "", true
		if _, _, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{fresh}); (err == nil) != mayWrite {
			t.Errorf("%s enters one like it: %v, want %v", name, err, mayWrite)
		}
	}
	for _, role := range registry.Roles {
		own, _ := k.Officer(role, here)
		check(string(role), own, slices.Contains(reads, role), slices.Contains(writes, role))
		far, _ := k.Officer(role, there)
		check(string(role)+" of another ward", far, false, false)
	}
	branch := k.Account("Ngành", registry.Grant{Role: registry.Branch, Area: here})
	k.Write(func(tx *store.Tx) error { return tx.AddBodyPerson(t.Context(), front.ID, branch.ID, branch.ID) })
	check("a branch for its body", k.ActorOf(branch.ID), true, true)
	vendor, _ := k.VendorAccount()
	check("a vendor", vendor, false, false)
	check("nobody", registry.Actor{}, false, false)
}

func TestABranchReadsWhatItsBodiesDid(t *testing.T) {
	k := testkit.NewApp(t)
	keeper, _ := k.Officer(registry.Communicator, "19")
	front := committee.Body{Kind: committee.MemberOrg, Area: registry.AreaRef{Edition: registry.Edition2025, Code: here}, Name: "Hội Phụ nữ"}
	k.Write(func(tx *store.Tx) error { return tx.InsertBody(t.Context(), &front, k.App.Areas.Scope(front.Area)) })
	enter(t, k, keeper, typedMeeting(k))
	in := typedMeeting(k)
	in.Body, in.People = string(front.ID), "30"
	enter(t, k, keeper, in)
	branch := k.Account("Hội", registry.Grant{Role: registry.Branch, Area: here})
	k.Write(func(tx *store.Tx) error { return tx.AddBodyPerson(t.Context(), front.ID, branch.ID, branch.ID) })
	if r := register(t, k, k.ActorOf(branch.ID)); r.N != 1 || r.Total.People != 30 {
		t.Errorf("a branch reads %d rows with %+v", r.N, r.Total)
	}
	alone, _ := k.Officer(registry.Branch, here)
	if r := register(t, k, alone); r.N != 0 {
		t.Errorf("a branch without a body reads %d rows", r.N)
	}
	gate, _ := k.Officer(registry.GateChief, here)
	if _, err := k.App.Communications.Register(t.Context(), gate, communications.Query{Year: 2026}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a gate chief reads the register: %v", err)
	}
}

func TestAUnitIsThatOfItsDay(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	in := typedMeeting(k)
	in.Day = "15/09/2020" // phường Đức Xuân then was a smaller one of that name
	_, _, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{in})
	if fields := testkit.FieldsOf(err); !slices.Contains(fields, "area") {
		t.Errorf("a ward of 2025 on a day of 2020 gives %v", err)
	}
	in.Area = "2025-before:01840"
	if c := enter(t, k, actor, in); c.Area.Edition != registry.Edition2025Before {
		t.Errorf("the unit is %v", c.Area)
	}
}

func TestChannelsOfOnesOwn(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	if err := k.App.Communications.AddChannel(t.Context(), actor, communications.ChannelInput{Name: "Tờ gấp", Unit: "tờ"}); err != nil {
		t.Fatal(err)
	}
	all, err := k.App.Communications.Channels(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	own := all[len(all)-1]
	in := typedMeeting(k)
	in.Channel, in.People = string(own.ID), ""
	c := enter(t, k, actor, in)
	if err := k.App.Communications.RetireChannel(t.Context(), actor, own.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := k.App.Communications.Enter(t.Context(), actor, []communications.EntryInput{in}); !slices.Contains(testkit.FieldsOf(err), "channel") {
		t.Errorf("a retired channel is taken: %v", err)
	}
	change := communications.InputOf(c)
	change.Topic = "mới"
	if _, err := k.App.Communications.Save(t.Context(), actor, c.ID, change); err != nil {
		t.Errorf("an old entry of a retired channel cannot be corrected: %v", err)
	}
	for claim, err := range map[string]error{
		"one built in is retired":  k.App.Communications.RetireChannel(t.Context(), actor, committee.Banner, true),
		"a channel without a name": k.App.Communications.AddChannel(t.Context(), actor, communications.ChannelInput{Unit: "tờ"}),
		"a second one of a name":   k.App.Communications.AddChannel(t.Context(), actor, communications.ChannelInput{Name: "tờ gấp", Unit: "tờ"}),
	} {
		if err == nil {
			t.Error(claim)
		}
	}
}
