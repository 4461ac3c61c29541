package communications_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestTheFormOfAnEntryChangesNothingByItself(t *testing.T) {
	w := newWork(t)
	event := w.Event()
	full := w.meeting()
	full.Event, full.Quantity, full.Minutes, full.Cost, full.Topic, full.Quality = string(event.ID), "1.200", "90", "1.500.000", "Hàng Việt", "Tốt"
	full.Link, full.Audiences, full.Movements, full.Place, full.Village = "https://vi-du.vn/a", []string{string(committee.People)}, "Nông thôn mới", "Nhà văn hóa", "Tổ 3"
	full.DownOn = full.Day
	short, banner := typedMeeting(w.Kit), typedMeeting(w.Kit)
	short.People = "0"
	banner.Channel, banner.People = string(committee.Banner), ""
	for name, in := range map[string]communications.EntryInput{"in full": full, "as short as can be": short, "hanging": banner} {
		t.Run(name, func(t *testing.T) {
			c := enter(t, w.Kit, w.keeper, in)
			shown := communications.InputOf(c)
			if c.Quantity == 0 && shown.Quantity+shown.Minutes+shown.Cost != "" || (shown.DownOn == "") != (c.Until == "") {
				t.Errorf("the form shows %+v", shown)
			}
			shown.Confirm = true
			_, err := w.App.Communications.Save(t.Context(), w.keeper, c.ID, shown)
			testkit.Works(t, err)
			f, err := w.App.Communications.Entry(t.Context(), w.keeper, c.ID)
			c.Version++
			f.Asked = c.Asked
			if err != nil || !reflect.DeepEqual(f.Communication, c) {
				t.Errorf("it became %+v from %+v, %v", f.Communication, c, err)
			}
			if named := f.EventTitle != "" && f.BodyName == "Hội Phụ nữ phường" && slices.Equal(f.TaskTitles, []string{"Nói chuyện tại tổ dân phố"}); named != (name == "in full") || !f.Writes {
				t.Errorf("it names %q, %q, %q, writes %v", f.EventTitle, f.BodyName, f.TaskTitles, f.Writes)
			}
		})
	}
	if entered, saved := w.Audited("communication.enter"), w.Audited("communication.save"); len(entered) != 3 || len(saved) != 3 {
		t.Errorf("%d entered and %d saved in the log", len(entered), len(saved))
	}
}

func TestWhatIsJustRightIsEntered(t *testing.T) {
	w := newWork(t)
	lines := func(n int) (all string) {
		for i := range n {
			all += fmt.Sprintln("Phong trào", i)
		}
		return all
	}
	var tasks []string
	for i := range committee.MaxCommTasks {
		task, err := w.App.Campaign.CreateTask(t.Context(), registry.SystemActor("test"), w.task.Plan, campaign.TaskInput{Strand: string(committee.Communications), Kind: string(committee.Carry),
			Title: fmt.Sprint("Việc ", i), Lead: string(w.body.ID), Source: string(committee.CommunicationSource), Measure: "buổi", Goal: "20"})
		testkit.Works(t, err)
		tasks = append(tasks, string(task.ID))
	}
	for name, c := range map[string]struct {
		change func(*communications.EntryInput)
		field  string
	}{
		"the first day of the campaign": {func(in *communications.EntryInput) { in.Day, in.Area = "31/07/2009", "2025-before:01840" }, ""},
		"two years long": {func(in *communications.EntryInput) {
			in.Day, in.DownOn = "01/07/2024", "01/07/2026"
			in.Area = "2025-before:01840"
		}, ""},
		"a day longer": {func(in *communications.EntryInput) {
			in.Day, in.DownOn = "01/07/2024", "02/07/2026"
			in.Area = "2025-before:01840"
		}, "down_on"},
		"all tasks":                 {func(in *communications.EntryInput) { in.Tasks = tasks }, ""},
		"a task more":               {func(in *communications.EntryInput) { in.Tasks = append(tasks, string(w.task.ID)) }, "task"},
		"a task named twice":        {func(in *communications.EntryInput) { in.Tasks = []string{tasks[0], tasks[0]} }, ""},
		"all movements":             {func(in *communications.EntryInput) { in.Movements = lines(committee.MaxMovements) }, ""},
		"a movement more":           {func(in *communications.EntryInput) { in.Movements = lines(committee.MaxMovements + 1) }, "movements"},
		"a link that is broken":     {func(in *communications.EntryInput) { in.Link = "https://a.vn:x/%zz" }, "link"},
		"a link with a name":        {func(in *communications.EntryInput) { in.Link = "https://a:b@vi-du.vn/" }, "link"},
		"an event that is known":    {func(in *communications.EntryInput) { in.Event = string(w.Event().ID) }, ""},
		"a task that counts others": {func(in *communications.EntryInput) { in.Tasks = []string{string(w.otherTask(t))} }, "task"},
	} {
		t.Run(name, func(t *testing.T) {
			in := typedMeeting(w.Kit)
			in.Confirm = true
			c.change(&in)
			_, _, err := w.App.Communications.Enter(t.Context(), w.keeper, []communications.EntryInput{in})
			if got := strings.Join(testkit.FieldsOf(err), " "); got != c.field || err != nil && c.field == "" {
				t.Errorf("refused at %q, want %q (%v)", got, c.field, err)
			}
		})
	}
}

// otherTask is a task of the plan that counts something else.
func (w *work) otherTask(t *testing.T) registry.TaskID {
	t.Helper()
	task, err := w.App.Campaign.CreateTask(t.Context(), registry.SystemActor("test"), w.task.Plan, campaign.TaskInput{Strand: string(committee.Sessions), Kind: string(committee.Carry),
		Title: "Phiên chợ", Lead: string(w.body.ID), Source: string(committee.EventsSource), Measure: "phiên", Goal: "2"})
	testkit.Works(t, err)
	return task.ID
}

func TestSoManyRowsAtOnce(t *testing.T) {
	w := newWork(t)
	for n, works := range map[int]bool{0: false, communications.MaxRows: true, communications.MaxRows + 1: false} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			rows := make([]communications.EntryInput, n)
			for i := range rows {
				rows[i] = typedMeeting(w.Kit)
				rows[i].Topic, rows[i].Confirm = fmt.Sprint("Buổi ", i), true
			}
			if _, _, err := w.App.Communications.Enter(t.Context(), w.keeper, rows); (err == nil) != works {
				t.Errorf("%d rows: %v", n, err)
			}
		})
	}
}

func TestPhotosOfAnEntry(t *testing.T) {
	w := newWork(t)
	c := enter(t, w.Kit, w.keeper, w.meeting())
	add := func(raw []byte) error { return w.App.Communications.AddPhoto(t.Context(), w.keeper, c.ID, raw) }
	photos := func() []registry.FileID {
		f, err := w.App.Communications.Entry(t.Context(), w.keeper, c.ID)
		testkit.Works(t, err)
		return f.Photos
	}
	for name, raw := range map[string][]byte{"nothing": nil, "no photo": []byte("%PDF-1.7")} {
		t.Run(name+" is refused", func(t *testing.T) {
			if fields := testkit.FieldsOf(add(raw)); !slices.Equal(fields, []string{"photo"}) {
				t.Errorf("refused at %v", fields)
			}
		})
	}
	for range committee.MaxCommPhotos {
		testkit.Works(t, add(testkit.PhotoPNG(t)))
	}
	t.Run("no more than there may be", func(t *testing.T) {
		if fields := testkit.FieldsOf(add(testkit.PhotoPNG(t))); !slices.Equal(fields, []string{"photo"}) || len(photos()) != committee.MaxCommPhotos {
			t.Errorf("refused at %v, %d photos", fields, len(photos()))
		}
	})
	t.Run("the register shows the entry with it", func(t *testing.T) {
		if r := w.read(t, communications.Query{Year: 2026}); r.NoPhoto != 0 || len(r.Photos) != 1 || r.Photos[0].BodyName == "" {
			t.Errorf("%d without, %d with a photo", r.NoPhoto, len(r.Photos))
		}
	})
	file := photos()[0]
	stranger, _ := w.Officer(registry.Viewer, there)
	for name, c := range map[string]struct {
		actor registry.Actor
		file  registry.FileID
		works bool
	}{"it is read": {w.branch, file, true}, "by nobody elsewhere": {stranger, file, false}, "another file is not": {w.keeper, "khong-co", false}} {
		t.Run(name, func(t *testing.T) {
			if _, err := w.App.Communications.Photo(t.Context(), c.actor, photosOf(t, w).ID, c.file, registry.PhotoSmall); (err == nil) != c.works {
				t.Errorf("reading gives %v", err)
			}
		})
	}
	t.Run("it is destroyed", func(t *testing.T) {
		testkit.Works(t, w.App.Communications.RemovePhoto(t.Context(), w.keeper, c.ID, file))
		if err := w.App.Communications.RemovePhoto(t.Context(), w.keeper, c.ID, file); registry.KindOf(err) != registry.NotFound || slices.Contains(photos(), file) {
			t.Errorf("once more: %v", err)
		}
	})
	t.Run("each is a line of the log", func(t *testing.T) {
		if added, removed := w.Audited("communication.add_photo"), w.Audited("communication.remove_photo"); len(added) != committee.MaxCommPhotos || len(removed) != 1 {
			t.Errorf("%d added, %d removed", len(added), len(removed))
		}
	})
	t.Run("by nobody elsewhere", func(t *testing.T) {
		if err := w.App.Communications.AddPhoto(t.Context(), stranger, c.ID, testkit.PhotoPNG(t)); registry.KindOf(err) != registry.NotFound {
			t.Errorf("adding gives %v", err)
		}
	})
}

func photosOf(t *testing.T, w *work) communications.Row {
	t.Helper()
	return w.read(t, communications.Query{Year: 2026}).Photos[0]
}

func TestWhoWritesForNobodyIsToldWhere(t *testing.T) {
	w := newWork(t)
	lone, _ := w.Officer(registry.Branch, here)
	ward, _ := w.Officer(registry.Communicator, there)
	for name, c := range map[string]struct {
		actor registry.Actor
		field string
	}{"who acts for a body names it": {w.branch, "body"}, "who acts for none has no area": {lone, "area"}, "a keeper elsewhere": {ward, "area"}} {
		t.Run(name, func(t *testing.T) {
			_, _, err := w.App.Communications.Enter(t.Context(), c.actor, []communications.EntryInput{typedMeeting(w.Kit)})
			if fields := testkit.FieldsOf(err); !slices.Equal(fields, []string{c.field}) {
				t.Errorf("refused at %v, %v", fields, err)
			}
		})
	}
	t.Run("a draft of others is no event", func(t *testing.T) {
		in := w.meeting()
		in.Event = string(w.Event(testkit.InState(registry.Draft)).ID)
		if _, _, err := w.App.Communications.Enter(t.Context(), w.branch, []communications.EntryInput{in}); !slices.Equal(testkit.FieldsOf(err), []string{"event"}) {
			t.Errorf("entering gives %v", err)
		}
	})
}

func TestACorrectionIsAskedAboutAndTold(t *testing.T) {
	w := newWork(t)
	c := enter(t, w.Kit, w.keeper, w.meeting())
	in := communications.InputOf(c)
	in.People = "450"
	t.Run("what is not plausible is asked, and not written", func(t *testing.T) {
		asked, err := w.App.Communications.Save(t.Context(), w.keeper, c.ID, in)
		f, errRead := w.App.Communications.Entry(t.Context(), w.keeper, c.ID)
		if err != nil || errRead != nil || len(asked) != 1 || asked[0].Doubt != committee.DoubtCrowd || f.People != 45 {
			t.Errorf("asked %v, %v; it has %d people", asked, err, f.People)
		}
	})
	t.Run("the log names the new channel", func(t *testing.T) {
		testkit.Works(t, w.App.Communications.AddChannel(t.Context(), w.keeper, communications.ChannelInput{Name: "Tờ gấp", Unit: "tờ"}))
		all, err := w.App.Communications.Channels(t.Context(), w.keeper)
		testkit.Works(t, err)
		in.Channel, in.People = string(all[len(all)-1].ID), ""
		_, err = w.App.Communications.Save(t.Context(), w.keeper, c.ID, in)
		testkit.Works(t, err)
		if line := w.Audited("communication.save")[0].Detail; !strings.Contains(line, "Tờ gấp") || strings.Contains(line, string(committee.VillageMeeting)) {
			t.Errorf("it says %s", line)
		}
	})
	testkit.Works(t, w.App.Communications.Strike(t.Context(), w.keeper, c.ID, c.Version+1, "nhầm"))
	testkit.Works(t, w.App.Communications.Restore(t.Context(), w.keeper, c.ID, c.Version+2))
	for action, reason := range map[string]bool{"communication.strike": true, "communication.restore": false} {
		t.Run("the log tells "+action, func(t *testing.T) {
			if lines := w.Audited(action); len(lines) != 1 || strings.Contains(lines[0].Detail, "nhầm") != reason {
				t.Errorf("it says %+v", lines)
			}
		})
	}
}
