package places_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/events"
	"hoicho/internal/app/places"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

const elsewhere = "01843" // phường Bắc Kạn: not Ba Bể

func TestWhatCannotBeIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	actor, _ := k.Officer(registry.Communicator, "19")
	for name, c := range map[string]struct {
		change func(*places.Input)
		fields string
	}{
		"nothing":              {func(in *places.Input) { *in = places.Input{} }, "area kind name since_on"},
		"a kind that is none":  {func(in *places.Input) { in.Kind = "quán" }, "kind"},
		"a province":           {func(in *places.Input) { in.Area = "2025:19" }, "area"},
		"a unit that is none":  {func(in *places.Input) { in.Area = "2025:99999" }, "area"},
		"another province":     {func(in *places.Input) { in.Area = "2025:00004" }, "area"},
		"before the campaign":  {func(in *places.Input) { in.Since, in.Area = "01/01/2005", "2025-before:01840" }, "since_on"},
		"a day that is none":   {func(in *places.Input) { in.Since = "30/02/2026" }, "since_on"},
		"a phone that is none": {func(in *places.Input) { in.Phone = "12" }, "phone"},
		"consent of nobody":    {func(in *places.Input) { in.Agreed, in.Keeper, in.Phone = true, "", "" }, "agreed"},
		"goods that are none":  {func(in *places.Input) { in.Groups = []string{"sắt thép"} }, "group"},
		"a body that is none":  {func(in *places.Input) { in.Body = "khong-co" }, "body"},
		"a name without end":   {func(in *places.Input) { in.Name = strings.Repeat("a", 121) }, "name"},
		"a photo that is none": {func(in *places.Input) { in.Photo = []byte("%PDF-1.7") }, "photo"},
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedPlace()
			c.change(&in)
			_, err := k.App.Places.Create(t.Context(), actor, in)
			fields := testkit.FieldsOf(err)
			slices.Sort(fields)
			if got := strings.Join(slices.Compact(fields), " "); got != c.fields {
				t.Errorf("refused at %q, want %q (%v)", got, c.fields, err)
			}
		})
	}
	if l, err := k.App.Places.List(t.Context(), actor, committee.PlaceFilter{}); err != nil || l.N != 0 {
		t.Errorf("%d places were written, %v", l.N, err)
	}
}

func TestAnOldPlaceKeepsTheUnitOfItsDay(t *testing.T) {
	k := testkit.NewApp(t)
	p := k.Place(func(in *places.Input) { in.Since, in.Area = "01/03/2020", "2025-before:01906" })
	if p.Area.Edition != registry.Edition2025Before {
		t.Errorf("it lies in %s", p.Area)
	}
	l, err := k.App.Places.List(t.Context(), registry.SystemActor("test"), committee.PlaceFilter{Area: "19"})
	if err != nil || l.N != 1 {
		t.Errorf("under the province of today there are %d, %v", l.N, err)
	}
}

func TestWhoReadsAndWritesPlaces(t *testing.T) {
	k := testkit.NewApp(t)
	p := k.Place()
	for name, c := range map[string]struct {
		role                  registry.Role
		area                  string
		reads, person, writes bool
	}{
		"a communicator of the province":      {registry.Communicator, "19", true, true, true},
		"a communicator of the commune":       {registry.Communicator, testkit.BaBe.Code, true, true, true},
		"a communicator of another commune":   {registry.Communicator, elsewhere, false, false, false},
		"an organiser":                        {registry.Organiser, "19", true, true, true},
		"a reviewer, who reads personal data": {registry.Reviewer, "19", true, true, false},
		"a viewer":                            {registry.Viewer, "19", true, false, false},
		"somebody of a body":                  {registry.Branch, "19", false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			actor, _ := k.Officer(c.role, c.area)
			f, err := k.App.Places.Place(t.Context(), actor, p.ID)
			if (err == nil) != c.reads || f.Writes != c.writes {
				t.Errorf("reads %v (%v), writes %v", err == nil, err, f.Writes)
			}
			if person := f.Keeper != "" && f.Phone != ""; person != c.person || c.reads && f.Hidden == c.person {
				t.Errorf("learns %q %q, hidden %v", f.Keeper, f.Phone, f.Hidden)
			}
			l, err := k.App.Places.List(t.Context(), actor, committee.PlaceFilter{})
			if len(l.Rows) == 1 != c.reads || c.reads && (err != nil || (l.Rows[0].Phone != "") != c.person) {
				t.Errorf("the list has %d rows, %v", len(l.Rows), err)
			}
			file, err := k.App.Places.File(t.Context(), actor, committee.PlaceFilter{}, report.FormCSV, "vi")
			if leaks := strings.Contains(string(file.Data), "Nông Thị Hạnh"); leaks != c.person {
				t.Errorf("the file names the person: %v (%v)", leaks, err)
			}
			in := places.InputOf(p)
			in.Version = 99 // refused before it could be written
			if err := k.App.Places.Save(t.Context(), actor, p.ID, in); (registry.KindOf(err) == registry.Conflict) != c.writes {
				t.Errorf("saving gives %v", err)
			}
			if err := k.App.Places.End(t.Context(), actor, p.ID, places.EndInput{Day: vn.ShowDate(k.App.Today()), Reason: "x", Version: 99}); (registry.KindOf(err) == registry.Conflict) != c.writes {
				t.Errorf("ending gives %v", err)
			}
			bad := k.TypedPlace()
			bad.Body = "khong-co" // refused at its field by whoever may write
			_, err = k.App.Places.Create(t.Context(), actor, bad)
			if may := slices.Equal(testkit.FieldsOf(err), []string{"body"}); may != c.writes {
				t.Errorf("creating gives %v", err)
			}
		})
	}
}

func TestAPlaceEndsForAReasonAndComesBack(t *testing.T) {
	k := testkit.NewApp(t)
	p, actor := k.Place(), registry.SystemActor("test")
	end := places.EndInput{Day: vn.ShowDate(k.App.Today()), Reason: "Hết hợp đồng thuê", Version: p.Version}
	for field, change := range map[string]func(*places.EndInput){"reason": func(in *places.EndInput) { in.Reason = " " }, "ended_on": func(in *places.EndInput) { in.Day = "01/01/2020" }} {
		in := end
		change(&in)
		if err := k.App.Places.End(t.Context(), actor, p.ID, in); !slices.Equal(testkit.FieldsOf(err), []string{field}) {
			t.Errorf("a bad %s gives %v", field, err)
		}
	}
	testkit.Works(t, k.App.Places.End(t.Context(), actor, p.ID, end))
	if err := k.App.Places.End(t.Context(), actor, p.ID, end); registry.KindOf(err) != registry.Conflict {
		t.Errorf("ending it again gives %v", err)
	}
	f, err := k.App.Places.Place(t.Context(), actor, p.ID)
	if err != nil || f.EndReason != end.Reason || f.StateOn(k.App.Today()) != committee.PlaceSelling || f.StateOn(vn.AddDays(k.App.Today(), 1)) != committee.PlaceEnded {
		t.Errorf("it is %+v, %v", f.Place, err)
	}
	testkit.Works(t, k.App.Places.Reopen(t.Context(), actor, p.ID, f.Version))
	if f, err = k.App.Places.Place(t.Context(), actor, p.ID); err != nil || f.Until != "" || f.EndReason != "" {
		t.Errorf("reopened it is %+v, %v", f.Place, err)
	}
	for action, want := range map[string]int{"place.create": 1, "place.end": 1, "place.reopen": 1} {
		if got := k.Audited(action); len(got) != want || strings.Contains(got[0].Detail, "0912") || strings.Contains(got[0].Detail, "Hạnh") {
			t.Errorf("%s: %v", action, got)
		}
	}
}

func TestThePhotoOfAPlaceIsReplacedAndDropped(t *testing.T) {
	k := testkit.NewApp(t)
	p := k.Place(func(in *places.Input) { in.Photo = testkit.PhotoPNG(t) })
	anonymous := registry.Actor{}
	if f, err := k.App.File(t.Context(), anonymous, p.Photo, registry.PhotoSmall); err != nil || f.ContentType != "image/jpeg" {
		t.Errorf("everybody reads %v, %v", f.ContentType, err)
	}
	in := places.InputOf(p)
	in.Photo = testkit.PhotoPNG(t)
	testkit.Works(t, k.App.Places.Save(t.Context(), registry.SystemActor("test"), p.ID, in))
	f, err := k.App.Places.Place(t.Context(), registry.SystemActor("test"), p.ID)
	if err != nil || f.Photo == "" || f.Photo == p.Photo {
		t.Fatalf("the photo is %q, was %q, %v", f.Photo, p.Photo, err)
	}
	if _, err := k.App.File(t.Context(), anonymous, p.Photo, ""); registry.KindOf(err) != registry.NotFound {
		t.Errorf("the old photo is still there: %v", err)
	}
	in = places.InputOf(f.Place)
	in.DropPhoto = true
	testkit.Works(t, k.App.Places.Save(t.Context(), registry.SystemActor("test"), p.ID, in))
	if f, err = k.App.Places.Place(t.Context(), registry.SystemActor("test"), p.ID); err != nil || f.Photo != "" {
		t.Errorf("the photo is %q, %v", f.Photo, err)
	}
	if saved := k.Audited("place.save"); len(saved) != 2 {
		t.Errorf("the log has %v", saved)
	}
}

func TestThePublicListHasWhatSellsToday(t *testing.T) {
	k := testkit.NewApp(t)
	k.Place()
	k.Place(func(in *places.Input) { in.Name, in.Since = "Sắp mở", vn.ShowDate(vn.AddDays(k.App.Today(), 5)) })
	l, err := k.App.Places.Public(t.Context(), committee.PlaceFilter{State: committee.PlaceComing})
	if err != nil || l.N != 1 || l.Rows[0].Name != "Điểm OCOP Ba Bể" || l.Rows[0].Keeper+l.Rows[0].Phone != "" {
		t.Errorf("the public reads %+v, %v", l.Rows, err)
	}
}

func TestWhatIsJustRightIsTaken(t *testing.T) {
	k := testkit.NewApp(t)
	actor := registry.SystemActor("test")
	t.Run("the first day of the campaign", func(t *testing.T) {
		in := k.TypedPlace()
		in.Since, in.Area = "31/07/2009", "2025-before:01906"
		if _, err := k.App.Places.Create(t.Context(), actor, in); err != nil {
			t.Error(err)
		}
	})
	p := k.Place()
	in := places.InputOf(p)
	t.Run("it ends on its first day", func(t *testing.T) {
		testkit.Works(t, k.App.Places.End(t.Context(), actor, p.ID, places.EndInput{Day: in.Since, Reason: "x", Version: p.Version}))
	})
	in.Version++
	t.Run("its only day stays as it is", func(t *testing.T) {
		testkit.Works(t, k.App.Places.Save(t.Context(), actor, p.ID, in))
	})
	t.Run("it cannot begin after its end", func(t *testing.T) {
		in.Since = vn.ShowDate(k.App.Today())
		if err := k.App.Places.Save(t.Context(), actor, p.ID, in); !slices.Equal(testkit.FieldsOf(err), []string{"since_on"}) {
			t.Errorf("saving gives %v", err)
		}
	})
}

func TestTheBodyOfAPlaceIsOneThatTheActorKeeps(t *testing.T) {
	k := testkit.NewApp(t)
	body := func(name, area string) string {
		b, err := k.App.Campaign.CreateBody(t.Context(), registry.SystemActor("test"), campaign.BodyInput{Kind: string(committee.SteeringCommittee), Name: name, Area: area})
		testkit.Works(t, err)
		return string(b.ID)
	}
	here, there := body("Ban Chỉ đạo xã Ba Bể", testkit.BaBe.String()), body("Ban Chỉ đạo tỉnh", "2025:19")
	actor, _ := k.Officer(registry.Communicator, testkit.BaBe.Code)
	t.Run("the form offers the body of the commune alone, and the commune", func(t *testing.T) {
		bodies, area, err := k.App.Places.Choices(t.Context(), actor)
		if err != nil || len(bodies) != 1 || string(bodies[0].ID) != here || area != testkit.BaBe {
			t.Errorf("offers %v and %v, %v", bodies, area, err)
		}
	})
	in := k.TypedPlace()
	t.Run("the body above is refused at its field", func(t *testing.T) {
		in.Body = there
		if _, err := k.App.Places.Create(t.Context(), actor, in); !slices.Equal(testkit.FieldsOf(err), []string{"body"}) {
			t.Errorf("creating gives %v", err)
		}
	})
	t.Run("its own is named on the page and in the list", func(t *testing.T) {
		in.Body = here
		p, err := k.App.Places.Create(t.Context(), actor, in)
		testkit.Works(t, err)
		f, err := k.App.Places.Place(t.Context(), actor, p.ID)
		l, listErr := k.App.Places.List(t.Context(), actor, committee.PlaceFilter{})
		if err != nil || listErr != nil || f.BodyName != "Ban Chỉ đạo xã Ba Bể" || l.Names[p.Body] != f.BodyName {
			t.Errorf("named %q and %v, %v %v", f.BodyName, l.Names, err, listErr)
		}
	})
}

func TestTheListCountsStatesAndUnitsOnItsDay(t *testing.T) {
	k := testkit.NewApp(t)
	k.Place()
	k.Place(func(in *places.Input) { in.Name, in.Since = "Sắp mở", vn.ShowDate(vn.AddDays(k.App.Today(), 5)) })
	actor := registry.SystemActor("test")
	for name, c := range map[string]struct {
		on              string
		selling, coming int
	}{
		"today":        {"", 1, 1},
		"in five days": {vn.AddDays(k.App.Today(), 5), 2, 0},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := k.App.Places.List(t.Context(), actor, committee.PlaceFilter{On: c.on})
			if err != nil || l.N != 2 || l.Counts[committee.PlaceSelling] != c.selling || l.Counts[committee.PlaceComing] != c.coming {
				t.Errorf("%d places, %v, %v", l.N, l.Counts, err)
			}
			if l.Units[testkit.BaBe.Code] != 2 {
				t.Errorf("by units %v", l.Units)
			}
			file, err := k.App.Places.File(t.Context(), actor, committee.PlaceFilter{On: c.on}, report.FormCSV, "vi")
			if err != nil || strings.Count(string(file.Data), "đang bán") != c.selling || !strings.Contains(string(file.Data), "0912 345 678") {
				t.Errorf("the file is %s, %v", file.Data, err)
			}
		})
	}
	t.Run("the map has the commune's", func(t *testing.T) {
		communes, box, err := k.App.Events.OnMap(t.Context(), map[string]int{testkit.BaBe.Code: 2})
		i := slices.IndexFunc(communes, func(c events.MapCommune) bool { return c.Area.Ref == testkit.BaBe })
		if err != nil || i < 0 || communes[i].N != 2 || box == registry.EmptyBox {
			t.Errorf("%d communes, %v", len(communes), err)
		}
	})
}

func TestSomebodyToHideIsHidden(t *testing.T) {
	k := testkit.NewApp(t)
	viewer, _ := k.Officer(registry.Viewer, "19")
	for name, c := range map[string]struct {
		keeper, phone string
		hidden        bool
	}{"nobody": {"", "", false}, "a name": {"Nông Thị Hạnh", "", true}, "a phone": {"", "0912345678", true}} {
		t.Run(name, func(t *testing.T) {
			p := k.Place(func(in *places.Input) { in.Keeper, in.Phone = c.keeper, c.phone })
			if f, err := k.App.Places.Place(t.Context(), viewer, p.ID); err != nil || f.Hidden != c.hidden {
				t.Errorf("hidden %v, %v", f.Hidden, err)
			}
		})
	}
}
