package communications_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// work is a plan of 2026 with a task that counts communications, the body that leads it,
// and somebody who acts for it.
type work struct {
	*testkit.Kit
	body   committee.Body
	task   committee.Task
	keeper registry.Actor
	branch registry.Actor
}

func newWork(t *testing.T) *work {
	t.Helper()
	testkit.NamesDays(t)
	w := &work{Kit: testkit.NewApp(t)}
	w.keeper, _ = w.Officer(registry.Communicator, "19")
	w.body = committee.Body{Kind: committee.MemberOrg, Area: registry.AreaRef{Edition: registry.Edition2025, Code: here}, Name: "Hội Phụ nữ phường"}
	account := w.Account("Hội", registry.Grant{Role: registry.Branch, Area: here})
	w.Write(func(tx *store.Tx) error {
		if err := tx.InsertBody(t.Context(), &w.body, w.App.Areas.Scope(w.body.Area)); err != nil {
			return err
		}
		return tx.AddBodyPerson(t.Context(), w.body.ID, account.ID, account.ID)
	})
	w.branch = w.ActorOf(account.ID)
	var err error
	w.task, err = w.App.Campaign.CreateTask(t.Context(), registry.SystemActor("test"), w.Task().Plan, campaign.TaskInput{Strand: string(committee.Communications), Kind: string(committee.Carry),
		Title: "Nói chuyện tại tổ dân phố", Lead: string(w.body.ID), Source: string(committee.CommunicationSource), Measure: "buổi", Goal: "20"})
	testkit.Works(t, err)
	return w
}

// meeting is typedMeeting of the body, for the task.
func (w *work) meeting() communications.EntryInput {
	in := typedMeeting(w.Kit)
	in.Body, in.Tasks = string(w.body.ID), []string{string(w.task.ID)}
	return in
}

func (w *work) read(t *testing.T, q communications.Query) communications.Register {
	t.Helper()
	r, err := w.App.Communications.Register(t.Context(), w.keeper, q)
	testkit.Works(t, err)
	return r
}

func TestTheRegisterAddsUp(t *testing.T) {
	w := newWork(t)
	goals := []communications.GoalInput{{Channel: string(committee.VillageMeeting), Goal: "20"}, {Channel: string(committee.Banner), Goal: ""}}
	testkit.Works(t, w.App.Communications.SaveGoals(t.Context(), registry.SystemActor("test"), w.task.Plan, goals))
	for _, c := range []struct{ day, channel, people, area string }{
		{"15/11/2025", "village_meeting", "10", "2025:" + here}, {"01/10/2026", "village_meeting", "20", "2025:" + here},
		{"30/09/2026", "village_meeting", "30", "2025:" + there}, {"20/11/2026", "banner", "", "2025:" + here},
	} {
		in := w.meeting()
		in.Day, in.Channel, in.People, in.Area, in.Audiences = c.day, c.channel, c.people, c.area, []string{string(committee.People)}
		enter(t, w.Kit, w.keeper, in)
	}
	for name, c := range map[string]struct {
		q                    communications.Query
		n, up                int
		people, before, goal int64
		lines                int
	}{
		"the year":           {communications.Query{Year: 2026}, 3, 1, 50, 10, 20, 2},
		"its last quarter":   {communications.Query{Year: 2026, Quarter: 4}, 2, 1, 20, 10, 20, 2},
		"its third quarter":  {communications.Query{Year: 2026, Quarter: 3}, 1, 0, 30, 0, 20, 1},
		"its first quarter":  {communications.Query{Year: 2026, Quarter: 1}, 0, 0, 0, 0, 20, 1},
		"the year before":    {communications.Query{Year: 2025}, 1, 0, 10, 0, 0, 1},
		"the year to come":   {communications.Query{Year: 2027}, 0, 0, 0, 50, 0, 2},
		"of the task":        {communications.Query{Year: 2026, Filter: committee.CommunicationFilter{Task: w.task.ID}}, 3, 1, 50, 10, 20, 2},
		"of the other ward":  {communications.Query{Year: 2026, Filter: committee.CommunicationFilter{Area: there}}, 1, 0, 30, 0, 20, 1},
		"of another channel": {communications.Query{Year: 2026, Filter: committee.CommunicationFilter{Channel: committee.Banner}}, 1, 1, 0, 0, 20, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := w.read(t, c.q)
			if r.N != c.n || len(r.Rows) != c.n || r.Up != c.up || r.NoPhoto != c.n || r.Asked != 0 || r.Total.People != c.people || r.Before.People != c.before {
				t.Errorf("%d rows, %d up, %d without a photo, %d asked, %+v, before %+v", r.N, r.Up, r.NoPhoto, r.Asked, r.Total, r.Before)
			}
			if goal := goalOf(r, committee.VillageMeeting); goal != c.goal || len(r.Channels) != c.lines || (r.Plan != nil) != (c.q.Year == 2026) {
				t.Errorf("goal %d, %d channels, plan %v", goal, len(r.Channels), r.Plan)
			}
			if r.By[committee.People].People != c.people || r.Units[here].People+r.Units[there].People != c.people || !r.Enters || !r.Keeps || len(r.Bodies) != 2 {
				t.Errorf("by audience %v, by unit %v, %d bodies", r.By, r.Units, len(r.Bodies))
			}
			if (r.Task != "") != (c.q.Filter.Task != "") {
				t.Errorf("the task is %q", r.Task)
			}
		})
	}
	t.Run("a file has what the page has", func(t *testing.T) {
		file, err := w.App.Communications.File(t.Context(), w.keeper, communications.Query{Year: 2026, Quarter: 4}, report.FormCSV, "vi")
		if err != nil || strings.Count(string(file.Data), "Hội Phụ nữ phường") != 2 {
			t.Errorf("the file is %s, %v", file.Data, err)
		}
	})
	t.Run("this year adds up alike", func(t *testing.T) {
		sum, err := w.App.Communications.Year(t.Context(), w.keeper)
		if err != nil || sum.People != 50 || sum.Rows != 3 {
			t.Errorf("%+v, %v", sum, err)
		}
	})
	t.Run("one's own, and one's ward's", func(t *testing.T) {
		m, err := w.App.Communications.Mine(t.Context(), w.keeper, registry.AreaRef{Edition: registry.Edition2025, Code: here}, 2)
		if err != nil || len(m.Rows) != 2 || m.Year.People != 20 || m.Rows[0].ChannelIs.ID == "" {
			t.Errorf("%d rows, %+v, %v", len(m.Rows), m.Year, err)
		}
	})
	t.Run("the branch reads the title of the task in which its body has a part", func(t *testing.T) {
		q := communications.Query{Year: 2026, Filter: committee.CommunicationFilter{Task: w.task.ID}}
		r, err := w.App.Communications.Register(t.Context(), w.branch, q)
		alone, _ := w.Officer(registry.Branch, here)
		none, errAlone := w.App.Communications.Register(t.Context(), alone, q)
		if err != nil || errAlone != nil || r.Task == "" || none.Task != "" || r.Keeps || r.Plan != nil {
			t.Errorf("it reads %q, another %q, keeps %v, %v %v", r.Task, none.Task, r.Keeps, err, errAlone)
		}
	})
}

func goalOf(r communications.Register, id committee.ChannelID) int64 {
	for _, line := range r.Channels {
		if line.ID == id {
			return line.Goal
		}
	}
	return 0
}

func TestGoalsOfAPlan(t *testing.T) {
	w := newWork(t)
	system := registry.SystemActor("test")
	testkit.Works(t, w.App.Communications.AddChannel(t.Context(), w.keeper, communications.ChannelInput{Name: "Tờ gấp", Unit: "tờ"}))
	all, err := w.App.Communications.Channels(t.Context(), w.keeper)
	testkit.Works(t, err)
	own := all[len(all)-1].ID
	goals := func() communications.Goals {
		g, err := w.App.Communications.Goals(t.Context(), system, w.task.Plan)
		testkit.Works(t, err)
		return g
	}
	set := func(id committee.ChannelID, n string) error {
		return w.App.Communications.SaveGoals(t.Context(), system, w.task.Plan, []communications.GoalInput{{Channel: string(id), Goal: n}})
	}
	t.Run("none is no goal", func(t *testing.T) {
		testkit.Works(t, set(own, "0"))
		if g := goals(); len(g.Of) != 0 || len(g.Channels) != len(all) {
			t.Errorf("%v of %d channels", g.Of, len(g.Channels))
		}
	})
	t.Run("beyond all bounds at its field", func(t *testing.T) {
		if fields := testkit.FieldsOf(set(own, "10.000.001")); !slices.Equal(fields, []string{"goal." + string(own)}) {
			t.Errorf("refused at %v", fields)
		}
	})
	t.Run("a channel that is none", func(t *testing.T) {
		if err := set("khong-co", "1"); registry.KindOf(err) != registry.Malformed {
			t.Errorf("it gives %v", err)
		}
	})
	t.Run("a retired channel is offered while it has one", func(t *testing.T) {
		testkit.Works(t, set(own, "500"))
		testkit.Works(t, w.App.Communications.RetireChannel(t.Context(), w.keeper, own, true))
		if g := goals(); g.Of[own] != 500 || len(g.Channels) != len(all) {
			t.Errorf("%v of %d channels", g.Of, len(g.Channels))
		}
		testkit.Works(t, set(own, ""))
		if g := goals(); len(g.Of) != 0 || len(g.Channels) != len(all)-1 {
			t.Errorf("%v of %d channels", g.Of, len(g.Channels))
		}
	})
	t.Run("by whoever manages the plan", func(t *testing.T) {
		for role, works := range map[registry.Role]bool{registry.Organiser: true, registry.Communicator: false, registry.Viewer: false} {
			actor, _ := w.Officer(role, "19")
			_, err := w.App.Communications.Goals(t.Context(), actor, w.task.Plan)
			if (err == nil) != works {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}

func TestTheFormOffersWhatIsLikely(t *testing.T) {
	w := newWork(t)
	w.otherTask(t)
	w.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: here}))
	w.Event(testkit.InState(registry.Draft))
	ward, _ := w.Officer(registry.Communicator, here)
	hereRef := registry.AreaRef{Edition: registry.Edition2025, Code: here}
	for name, c := range map[string]struct {
		actor         registry.Actor
		keeps         bool
		bodies, tasks int
		area          registry.AreaRef
		body          registry.BodyID
	}{
		"whoever keeps the register": {w.keeper, true, 2, 1, registry.AreaRef{Edition: registry.Edition2025, Code: "19"}, ""},
		"a keeper of the ward":       {ward, true, 1, 0, hereRef, ""},
		"whoever acts for a body":    {w.branch, false, 1, 1, hereRef, w.body.ID},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := w.App.Communications.Choices(t.Context(), c.actor)
			if err != nil || got.Keeps != c.keeps || len(got.Bodies) != c.bodies || len(got.Tasks) != c.tasks || len(got.Events) != 1 {
				t.Errorf("keeps %v, %d bodies, %d tasks, %d events, %v", got.Keeps, len(got.Bodies), len(got.Tasks), len(got.Events), err)
			}
			if got.Channel != committee.VillageMeeting || got.Area != c.area || got.Body != c.body {
				t.Errorf("%s at %v of %q is likely", got.Channel, got.Area, got.Body)
			}
		})
	}
	t.Run("what was entered last", func(t *testing.T) {
		in := typedMeeting(w.Kit)
		in.Channel, in.People = string(committee.Banner), ""
		enter(t, w.Kit, w.keeper, in)
		if got, err := w.App.Communications.Choices(t.Context(), w.keeper); err != nil || got.Channel != committee.Banner || got.Area != hereRef {
			t.Errorf("%s at %v is likely, %v", got.Channel, got.Area, err)
		}
	})
	t.Run("the sheet to note on is a page", func(t *testing.T) {
		file, err := w.App.Communications.Sheet(t.Context(), w.branch, "vi", func(c committee.Channel) string { return string(c.ID) })
		viewer, _ := w.Officer(registry.Viewer, "19")
		_, refused := w.App.Communications.Sheet(t.Context(), viewer, "vi", nil)
		if err != nil || !strings.HasPrefix(string(file.Data), "%PDF") || registry.KindOf(refused) != registry.NotFound {
			t.Errorf("the sheet: %v; a viewer: %v", err, refused)
		}
	})
}

func TestEntriesAboutAnEvent(t *testing.T) {
	w := newWork(t)
	event := w.Event()
	for i := range 3 {
		in := w.meeting()
		in.Event, in.Topic, in.Confirm = string(event.ID), fmt.Sprint(i), true
		enter(t, w.Kit, w.keeper, in)
	}
	chief, _ := w.Officer(registry.GateChief, "19")
	for name, c := range map[string]struct {
		actor   registry.Actor
		n, rows int
	}{"who reads the register": {w.keeper, 3, 2}, "who acts for the body": {w.branch, 3, 2}, "who reads none": {chief, 0, 0}} {
		t.Run(name, func(t *testing.T) {
			rows, n, err := w.App.Communications.OfEvent(t.Context(), c.actor, event.ID, 2)
			if err != nil || n != c.n || len(rows) != c.rows {
				t.Errorf("%d rows of %d, %v", len(rows), n, err)
			}
		})
	}
}

func TestChannelsOfOnesOwnHaveAnEnd(t *testing.T) {
	w := newWork(t)
	for i := range committee.MaxOwnChannels {
		testkit.Works(t, w.App.Communications.AddChannel(t.Context(), w.keeper, communications.ChannelInput{Name: "Kênh " + vn.Count(int64(i)), Unit: "lần"}))
	}
	err := w.App.Communications.AddChannel(t.Context(), w.keeper, communications.ChannelInput{Name: "Một nữa", Unit: "lần"})
	testkit.Refused(t, "one more", err, registry.Conflict, "channel.error.many")
}
