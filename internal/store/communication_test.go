package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

var (
	nghiaTa     = registry.AreaRef{Edition: registry.Edition2025, Code: "02029"}
	theCommune  = registry.Scope{"02029", "19"}
	otherPlaces = registry.Scope{"01894", "19"}
)

// meeting is a village meeting on a day, sent under the id of a client.
func meeting(client, day string, people int) committee.Communication {
	return committee.Communication{Client: client, Channel: committee.VillageMeeting, Times: 1, Counted: true, People: people, Area: nghiaTa,
		From: day, Until: day, EnteredBy: "officer", EnteredAs: "Lan"}
}

func banner(client, day string) committee.Communication {
	return committee.Communication{Client: client, Channel: committee.Banner, Times: 2, Area: nghiaTa, From: day, EnteredBy: "officer", EnteredAs: "Lan"}
}

func TestCommunicationComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			task := committee.Task{Plan: p.plan.ID, Strand: committee.Communications, Kind: committee.Carry, Title: "1.200 cuộc", Lead: p.front.ID,
				Source: committee.CommunicationSource, Goal: 1200, State: committee.TaskOpen}
			must(t, tx.InsertTask(t.Context(), &task, "officer"))
			c := committee.Communication{Client: "a", Channel: committee.VillageMeeting, Times: 3, Counted: true, People: 0, Area: nghiaTa,
				Place: "nhà văn hóa", Village: "Nà Khằn", From: "2026-11-20", Until: "2026-11-22", Quantity: 4, Minutes: 12, Cost: 1_500_000,
				Topic: "“Hàng Việt” về xã", Quality: "Đông, hỏi nhiều.", Link: "https://example.vn/a", Body: p.front.ID,
				Audiences: []committee.Audience{committee.OrgMembers, committee.People}, Tasks: []registry.TaskID{task.ID},
				Movements: []string{"Học tập và làm theo Bác", "Nghị quyết TW4"}, Asked: true, EnteredBy: "officer", EnteredAs: "Lan"}
			must(t, tx.InsertCommunication(t.Context(), &c, theCommune))
			got, err := tx.Communication(t.Context(), c.ID)
			if diff := cmp.Diff(c, got); err != nil || diff != "" {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			c.Counted, c.People, c.Channel, c.Until, c.Audiences, c.Tasks, c.Movements = false, 0, committee.Banner, "", nil, nil, nil
			must(t, tx.SaveCommunication(t.Context(), &c, theCommune))
			if got, err = tx.Communication(t.Context(), c.ID); err != nil || cmp.Diff(c, got) != "" {
				t.Errorf("saved, it came back with %v, differing by\n%s", err, cmp.Diff(c, got))
			}
			old := c
			old.Version--
			if err := tx.SaveCommunication(t.Context(), &old, theCommune); registry.KindOf(err) != registry.Conflict {
				t.Errorf("saving an old version gives %v, want a conflict", err)
			}
			if err := tx.StrikeCommunication(t.Context(), &old, "Lan", "nhầm"); registry.KindOf(err) != registry.Conflict {
				t.Errorf("striking an old version gives %v, want a conflict", err)
			}
			return nil
		})
	})
}

func TestCommunicationsThatFit(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			list := []committee.Communication{meeting("1", "2026-03-05", 45), meeting("2", "2026-11-20", 60), banner("3", "2026-11-21"), meeting("4", "2025-11-20", 30)}
			list[0].Audiences, list[1].Body, list[3].Asked = []committee.Audience{committee.People}, p.front.ID, true
			for i := range list {
				scope := theCommune
				if i == 1 {
					scope = otherPlaces
				}
				must(t, tx.InsertCommunication(t.Context(), &list[i], scope))
			}
			file, err := tx.InsertFile(t.Context(), registry.File{ContentType: "image/jpeg", Data: []byte("jpeg")})
			must(t, err)
			must(t, tx.AddCommunicationPhoto(t.Context(), list[0].ID, file))
			struck := meeting("5", "2026-11-22", 70)
			must(t, tx.InsertCommunication(t.Context(), &struck, theCommune))
			must(t, tx.StrikeCommunication(t.Context(), &struck, "Lan", "ghi nhầm xã"))
			for claim, c := range map[string]struct {
				f    committee.CommunicationFilter
				want string
			}{
				"the latest day first, struck out too": {committee.CommunicationFilter{}, "[5 3 2 1 4]"},
				"a year":                               {committee.CommunicationFilter{From: "2026-01-01", Until: "2026-12-31"}, "[5 3 2 1]"},
				"under a unit":                         {committee.CommunicationFilter{Codes: []string{"01894"}}, "[2]"},
				"under the province":                   {committee.CommunicationFilter{Codes: []string{"19"}, Channel: committee.Banner}, "[3]"},
				"in no area":                           {committee.CommunicationFilter{Codes: []string{}}, "[]"},
				"of a commune":                         {committee.CommunicationFilter{Area: "02029", Until: "2026-06-30"}, "[1 4]"},
				"of a body":                            {committee.CommunicationFilter{Body: p.front.ID}, "[2]"},
				"of no body of one's own":              {committee.CommunicationFilter{Bodies: []registry.BodyID{}}, "[]"},
				"for an audience":                      {committee.CommunicationFilter{Audience: committee.People}, "[1]"},
				"still up":                             {committee.CommunicationFilter{Up: true}, "[3]"},
				"without a photo, struck out left out": {committee.CommunicationFilter{NoPhoto: true}, "[3 2 4]"},
				"asked back":                           {committee.CommunicationFilter{Asked: true}, "[4]"},
				"by number":                            {committee.CommunicationFilter{N: 2}, "[2]"},
				"a page":                               {committee.CommunicationFilter{Skip: 1, Limit: 2}, "[3 2]"},
			} {
				found, err := tx.Communications(t.Context(), c.f)
				must(t, err)
				numbers := []int64{}
				for _, x := range found {
					numbers = append(numbers, x.N)
				}
				if got := fmt.Sprint(numbers); got != c.want {
					t.Errorf("%s: %s, want %s", claim, got, c.want)
				}
			}
			return nil
		})
	})
}

func TestFiguresOfCommunications(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			task := committee.Task{Plan: p.plan.ID, Strand: committee.Communications, Kind: committee.Carry, Title: "Họp thôn", Lead: p.front.ID,
				Source: committee.CommunicationSource, Goal: 20, State: committee.TaskOpen}
			must(t, tx.InsertTask(t.Context(), &task, "officer"))
			first, second, hung, struck := meeting("1", "2026-11-20", 45), meeting("2", "2026-11-21", 60), banner("3", "2026-11-21"), meeting("4", "2026-11-22", 1000)
			first.Audiences, first.Times = []committee.Audience{committee.People, committee.OrgMembers}, 3
			for _, c := range []*committee.Communication{&first, &second, &hung, &struck} {
				c.Tasks = []registry.TaskID{task.ID}
				must(t, tx.InsertCommunication(t.Context(), c, theCommune))
			}
			must(t, tx.StrikeCommunication(t.Context(), &struck, "Lan", "nhầm"))
			channels, err := tx.TallyChannels(t.Context(), committee.CommunicationFilter{})
			must(t, err)
			if diff := cmp.Diff(map[committee.ChannelID]committee.Tally{committee.VillageMeeting: {Rows: 2, Times: 4, People: 105}, committee.Banner: {Rows: 1, Times: 2}}, channels); diff != "" {
				t.Errorf("by channel, without what is struck out: %s", diff)
			}
			audiences, err := tx.TallyAudiences(t.Context(), committee.CommunicationFilter{})
			must(t, err)
			if audiences[committee.People].Times != 3 || audiences[committee.OrgMembers].Times != 3 || len(audiences) != 2 {
				t.Errorf("by audience: %v", audiences)
			}
			areas, err := tx.TallyAreas(t.Context(), committee.CommunicationFilter{})
			must(t, err)
			if areas["02029"].Times != 6 || areas["19"].People != 105 {
				t.Errorf("by unit: %v", areas)
			}
			counts, err := tx.TaskCounts(t.Context(), []registry.TaskID{task.ID})
			must(t, err)
			if n := counts[task.ID][committee.CommunicationSource]; n.Done != 6 {
				t.Errorf("the task counts %d times, without what is struck out", n.Done)
			}
			twin := meeting("9", "2026-11-20", 45)
			if n, err := tx.TwinCommunication(t.Context(), &twin); err != nil || n != first.N {
				t.Errorf("the twin is number %d, %v, want %d", n, err, first.N)
			}
			twin = meeting("9", "2026-11-22", 1000)
			if n, err := tx.TwinCommunication(t.Context(), &twin); err != nil || n != 0 {
				t.Errorf("what is struck out is the twin %d of something, %v", n, err)
			}
			return nil
		})
	})
}

func TestChannelsAndTheirGoals(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			own := committee.Channel{Name: "Tờ gấp", Unit: "tờ"}
			must(t, tx.InsertChannel(t.Context(), &own, "officer"))
			twin := committee.Channel{Name: "TỜ GẤP", Unit: "cái"}
			if err := tx.InsertChannel(t.Context(), &twin, "officer"); registry.KindOf(err) != registry.Conflict {
				t.Errorf("a second channel of a name gives %v, want a conflict", err)
			}
			must(t, tx.RetireChannel(t.Context(), own.ID, true))
			all, err := tx.Channels(t.Context())
			must(t, err)
			if last := all[len(all)-1]; len(all) != len(committee.Channels)+1 || last.Name != "Tờ gấp" || !last.Retired {
				t.Errorf("the channels end with %+v", last)
			}
			if err := tx.RetireChannel(t.Context(), committee.Banner, true); registry.KindOf(err) != registry.NotFound {
				t.Errorf("retiring one built in gives %v, want not found", err)
			}
			goals := []committee.ChannelGoal{{Channel: committee.Banner, Goal: 160}, {Channel: committee.VillageMeeting, Goal: 620}}
			must(t, tx.SaveChannelGoals(t.Context(), p.plan.ID, goals))
			got, err := tx.ChannelGoals(t.Context(), p.plan.ID)
			if err != nil || cmp.Diff(goals, got) != "" {
				t.Errorf("the goals came back as %v, %v", got, err)
			}
			return nil
		})
	})
}
