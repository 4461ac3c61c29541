package inspections_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/inspections"
	"hoicho/internal/committee"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

var system = registry.SystemActor("test")

func fieldsOf(err error) string {
	fields := testkit.FieldsOf(err)
	slices.Sort(fields)
	return strings.Join(slices.Compact(fields), " ")
}

// stand is a stall of a fair that is running, with an inspector.
type stand struct {
	*testkit.Kit
	fair  registry.Event
	stall registry.PassRow
	lan   registry.Actor
}

func newStand(t *testing.T) stand {
	t.Helper()
	k := testkit.NewApp(t)
	fair := k.Event(testkit.InState(registry.Running))
	lan, _ := k.Officer(registry.Inspector, "19")
	return stand{k, fair, k.Stall(fair, 1)[0], lan}
}

func (s stand) handIn(actor registry.Actor, in inspections.HandIn) (inspections.Receipt, error) {
	return s.App.Inspections.HandIn(s.T.Context(), actor, in)
}

func (s stand) file(id registry.InspectionID) inspections.File {
	s.T.Helper()
	f, err := s.App.Inspections.File(s.T.Context(), system, id)
	if err != nil {
		s.T.Fatal(err)
	}
	return f
}

func (s stand) pass(id registry.PassID) (p registry.Pass) {
	s.T.Helper()
	s.Read(func(tx *store.Tx) (err error) {
		p, err = tx.Pass(s.T.Context(), id)
		return err
	})
	return p
}

func TestARecordIsHandedInOnce(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	in := s.TypedInspection(s.stall)
	first, err := s.handIn(s.lan, in)
	if err != nil || first.State != inspection.HandedIn || first.N != 1 || first.Before {
		t.Fatalf("%+v, %v", first.Record, err)
	}
	t.Run("again it has the same number", func(t *testing.T) {
		again, err := s.handIn(s.lan, in)
		if err != nil || again.ID != first.ID || again.Number() != first.Number() || !again.Before {
			t.Errorf("%+v, %v", again.Record, err)
		}
		if n, err := s.App.Inspections.Count(t.Context(), system, inspection.Filter{}); err != nil || n != 1 {
			t.Errorf("%d records, %v", n, err)
		}
	})
	t.Run("another text under its id is refused", func(t *testing.T) {
		other := in
		other.Note = "khác"
		if _, err := s.handIn(s.lan, other); registry.KindOf(err) != registry.Conflict {
			t.Errorf("%v", err)
		}
	})
	t.Run("the same from another phone is refused, for it belongs to the first one", func(t *testing.T) {
		other := in
		other.Device = "may-2"
		if _, err := s.handIn(s.lan, other); registry.KindOf(err) != registry.Conflict {
			t.Errorf("%v", err)
		}
	})
	t.Run("another account's under its id is refused", func(t *testing.T) {
		hoa, _ := s.Officer(registry.Inspector, "19")
		if _, err := s.handIn(hoa, in); registry.KindOf(err) != registry.Conflict {
			t.Errorf("%v", err)
		}
	})
	t.Run("its finding is open, with remedy and day", func(t *testing.T) {
		f := s.file(first.ID)
		if len(f.Findings) != 1 || f.Findings[0].State != inspection.Open || f.Findings[0].Remedy != "Dán lại nhãn" || f.Findings[0].Words != "2 túi miến không ghi địa chỉ" {
			t.Errorf("%+v", f.Findings)
		}
		if !f.Has(inspection.NoPhoto) || f.Subject.Vendor != s.stall.Vendor || !strings.HasPrefix(f.Subject.Name, "A01 · ") {
			t.Errorf("%v, %+v", f.Remarks, f.Subject)
		}
	})
	t.Run("an item that was answered again keeps both answers", func(t *testing.T) {
		in := s.TypedInspection(s.Stall(s.fair, 2)[0])
		in.Answers = append(in.Answers, inspections.Said{Item: "prices", Answer: "not_ok", Note: "không niêm yết"})
		got, err := s.handIn(s.lan, in)
		if err != nil || got.Bad != 2 || len(s.file(got.ID).Said) != len(in.Answers) {
			t.Errorf("%d bad, %v", got.Bad, err)
		}
	})
}

func TestARecordWaitsForItsPhotos(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	ctx, photo, other := t.Context(), testkit.PhotoPNG(t), testkit.PictureOf(t, 40, 30)
	in := s.TypedInspection(s.stall)
	in.Photos = []inspections.Photo{{Hash: testkit.HashOf(photo), Item: "label"}, {Hash: testkit.HashOf(other), Item: inspection.Signature}}
	got, err := s.handIn(s.lan, in)
	if err != nil || got.State != inspection.Received || got.Missing() != 2 || got.Number() != "" {
		t.Fatalf("%+v, %v", got.Record, err)
	}
	got, err = s.App.Inspections.TakePhoto(ctx, s.lan, in.Client, testkit.HashOf(photo), photo)
	if err != nil || got.State != inspection.Received || got.Missing() != 1 {
		t.Errorf("after the first photo %+v, %v", got.Record, err)
	}
	for name, c := range map[string]struct {
		actor registry.Actor
		hash  string
		raw   []byte
		want  registry.Kind
	}{
		"other bytes than the hash names":    {s.lan, testkit.HashOf(other), photo, registry.Invalid},
		"a photo that nobody named":          {s.lan, testkit.HashOf([]byte("x")), []byte("x"), registry.NotFound},
		"a photo from whoever is not its":    {system, testkit.HashOf(other), other, registry.NotFound},
		"what is no photo":                   {s.lan, testkit.HashOf(photo), photo, registry.None},
		"the status for whoever is not hers": {registry.Actor{}, "", nil, registry.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := s.App.Inspections.TakePhoto(ctx, c.actor, in.Client, c.hash, c.raw); registry.KindOf(err) != c.want {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	t.Run("one that is lost is given up, and one taken anew comes in its place", func(t *testing.T) {
		fresh := testkit.PictureOf(t, 50, 30)
		in := in
		in.Photos = append(slices.Clone(in.Photos), inspections.Photo{Hash: testkit.HashOf(fresh), Item: "label"})
		in.Lost = []string{testkit.HashOf(other)}
		got, err := s.handIn(s.lan, in)
		if err != nil || got.State != inspection.Received || got.Missing() != 1 || !got.Has(inspection.LostPhoto) {
			t.Fatalf("%+v, %v", got.Record, err)
		}
		got, err = s.App.Inspections.TakePhoto(ctx, s.lan, in.Client, testkit.HashOf(fresh), fresh)
		if err != nil || got.State != inspection.HandedIn || got.N != 1 {
			t.Errorf("%+v, %v", got.Record, err)
		}
		in.Photos = append(in.Photos, inspections.Photo{Hash: testkit.HashOf([]byte("late"))})
		if _, err := s.handIn(s.lan, in); registry.KindOf(err) != registry.Conflict {
			t.Errorf("a photo after it was handed in gives %v", err)
		}
	})
	t.Run("its signature is for those who inspect there", func(t *testing.T) {
		viewer, _ := s.Officer(registry.Viewer, "19")
		got, err := s.App.Inspections.Status(ctx, s.lan, in.Client)
		testkit.Works(t, err)
		if _, err := s.App.Inspections.Photo(ctx, viewer, got.ID, testkit.HashOf(photo), registry.PhotoSmall); err != nil {
			t.Errorf("a viewer does not see the photo: %v", err)
		}
	})
}

func TestWhatHappenedIsTakenWhateverHasBecomeOfIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fair   registry.EventState
		change func(stand, *inspections.HandIn)
		remark inspection.Remark
	}{
		"the event was cancelled": {registry.Cancelled, func(stand, *inspections.HandIn) {}, inspection.EventStopped},
		"the booth is gone":       {registry.Running, func(_ stand, in *inspections.HandIn) { in.Subject.Booth, in.Subject.Name = "khong-con", "A09" }, inspection.BoothGone},
		"the booth has another vendor": {registry.Running, func(s stand, in *inspections.HandIn) {
			in.Subject.Vendor = string(s.Vendor().ID)
		}, inspection.OtherVendor},
		"the checklist has changed meanwhile": {registry.Running, func(s stand, in *inspections.HandIn) {
			list, _ := s.App.Inspections.Lists.On(inspection.OfBooth, "2026-01-22")
			in.Checklist, in.Answers, in.Findings = list.ID, nil, nil
			for _, item := range list.Items {
				in.Answers = append(in.Answers, inspections.Said{Item: item.Code, Answer: "ok"})
			}
		}, inspection.OldChecklist},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			in := s.TypedInspection(s.stall)
			c.change(s, &in)
			if c.fair != registry.Running {
				admin, _ := s.Officer(registry.Admin, "")
				testkit.StepEvent(t, s.Kit, admin, &s.fair, c.fair)
			}
			got, err := s.handIn(s.lan, in)
			if err != nil || !got.Has(c.remark) || got.State != inspection.HandedIn {
				t.Errorf("%v, %v", got.Remarks, err)
			}
			if c.remark == inspection.OldChecklist && s.file(got.ID).List.ID != in.Checklist {
				t.Errorf("it is frozen as %s", s.file(got.ID).List.ID)
			}
		})
	}
}

func TestARecordThatCannotBeIsRefusedAtItsField(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for name, c := range map[string]struct {
		change func(*inspections.HandIn)
		fields string
	}{
		"an item without an answer": {func(in *inspections.HandIn) { in.Answers = in.Answers[1:] }, "item.allowed"},
		"an answer that is none":    {func(in *inspections.HandIn) { in.Answers[0].Answer = "vielleicht" }, "item.allowed"},
		"an item that is none": {func(in *inspections.HandIn) {
			in.Answers = append(in.Answers, inspections.Said{Item: "x", Answer: "ok"})
		}, "answers"},
		"not as it should be, without words": {func(in *inspections.HandIn) {
			in.Answers = append(in.Answers, inspections.Said{Item: "expiry", Answer: "not_ok"})
		}, "item.expiry"},
		"a deadline before the day":     {func(in *inspections.HandIn) { in.Findings[0].DueOn = "2020-01-01" }, "item.label"},
		"a checklist that is none":      {func(in *inspections.HandIn) { in.Checklist = "booth:1999-01-01" }, "checklist"},
		"a day that lies ahead":         {func(in *inspections.HandIn) { in.On, in.Findings = registry.AddDays(in.On, 3), nil }, "day"},
		"a kind that is none":           {func(in *inspections.HandIn) { in.Kind = "party" }, "kind"},
		"a joint check of an event":     {func(in *inspections.HandIn) { in.Kind, in.Subject.Kind = "joint_check", "event" }, "subject"},
		"a photo without a hash":        {func(in *inspections.HandIn) { in.Photos = []inspections.Photo{{Hash: "../etc"}} }, "photos"},
		"no event of a booth":           {func(in *inspections.HandIn) { in.Subject.Event = "" }, "event"},
		"a round that is none":          {func(in *inspections.HandIn) { in.Round = "x" }, "round"},
		"a task that is none":           {func(in *inspections.HandIn) { in.Tasks = []string{"x"} }, "task"},
		"a re-check of nothing":         {func(in *inspections.HandIn) { in.Recheck = "x" }, "recheck"},
		"findings of no re-check":       {func(in *inspections.HandIn) { in.Rechecked = []inspections.Checked{{Finding: "x"}} }, "rechecked"},
		"words that are too long":       {func(in *inspections.HandIn) { in.Place = strings.Repeat("x", 201) }, "place"},
		"more photos than there may be": {func(in *inspections.HandIn) { in.Photos = make([]inspections.Photo, 41) }, "photos"},
	} {
		t.Run(name, func(t *testing.T) {
			in := s.TypedInspection(s.stall)
			in.Answers, in.Findings = slices.Clone(in.Answers), slices.Clone(in.Findings)
			c.change(&in)
			if _, err := s.handIn(s.lan, in); fieldsOf(err) != c.fields {
				t.Errorf("refused at %q, want %q (%v)", fieldsOf(err), c.fields, err)
			}
		})
	}
	in := s.TypedInspection(s.stall)
	in.Client = "eins"
	if _, err := s.handIn(s.lan, in); registry.KindOf(err) != registry.Malformed {
		t.Errorf("an id that is none: %v", err)
	}
}

func TestWhoHandsInWhat(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	body := s.Body()
	commune, _ := s.ActsFor(body)
	v, owner, _ := s.OwnVendor()
	_ = v
	far, _ := s.Officer(registry.Inspector, "01")
	viewer, _ := s.Officer(registry.Viewer, "19")
	booth := func() inspections.HandIn { return s.TypedInspection(s.stall) }
	self := func() inspections.HandIn { return s.TypedSelf(body.ID) }
	for name, c := range map[string]struct {
		actor registry.Actor
		in    func() inspections.HandIn
		want  registry.Kind
	}{
		"an inspector of the province":       {s.lan, booth, registry.None},
		"an inspector of another province":   {far, booth, registry.NotFound},
		"a viewer":                           {viewer, booth, registry.NotFound},
		"a vendor":                           {owner, booth, registry.NotFound},
		"nobody":                             {registry.Actor{}, booth, registry.NotFound},
		"a commune inspects a stall":         {commune, booth, registry.NotFound},
		"a commune looks at itself":          {commune, self, registry.None},
		"a viewer looks at a commune's self": {viewer, self, registry.NotFound},
		"a vendor checks another one":        {owner, func() inspections.HandIn { return s.TypedCheck(s.stall) }, registry.NotFound},
		"a commune checks a far event as self": {commune, func() inspections.HandIn {
			in := s.TypedInspection(s.stall)
			list, _ := s.App.Inspections.Lists.On(inspection.OfEvent, in.On)
			far := s.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "01"}))
			in.Kind, in.Subject, in.Checklist, in.Answers, in.Findings = "self_inspection", inspections.Subject{Kind: "event", Event: string(far.ID), Body: string(body.ID)}, list.ID, nil, nil
			for _, item := range list.Items {
				in.Answers = append(in.Answers, inspections.Said{Item: item.Code, Answer: "ok"})
			}
			return in
		}, registry.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := s.handIn(c.actor, c.in()); registry.KindOf(err) != c.want {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	t.Run("whose role was taken away is refused", func(t *testing.T) {
		in := booth()
		was := s.lan
		was.Grants = nil
		if _, err := s.handIn(was, in); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%v", err)
		}
	})
}

func TestTwoInspectionsOfAStallAreBothKept(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	ctx, rooms := t.Context(), s.App.Inspections
	hoa, _ := s.Officer(registry.Inspector, "19")
	one, err := s.handIn(s.lan, s.TypedInspection(s.stall))
	testkit.Works(t, err)
	two, err := s.handIn(hoa, s.TypedInspection(s.stall))
	if err != nil || len(two.Twins) != 1 || two.Twins[0].ID != one.ID || two.Twin != inspection.TwinOpen || s.file(one.ID).Twin != inspection.TwinOpen {
		t.Fatalf("%+v, %v", two, err)
	}
	counted := func() (n int) {
		s.Read(func(tx *store.Tx) (err error) {
			n, err = tx.CountInspections(ctx, inspection.Filter{Counts: true})
			return err
		})
		return n
	}
	testkit.Works(t, rooms.Join(ctx, s.lan, one.ID, two.ID))
	if f := s.file(two.ID); f.Lead != one.ID || f.Twin != inspection.NoTwin || f.Number() == "" || counted() != 1 {
		t.Errorf("joined %+v, %d count", f.Record, counted())
	}
	if err := rooms.Join(ctx, s.lan, two.ID, one.ID); registry.KindOf(err) != registry.Conflict {
		t.Errorf("joining it the other way gives %v", err)
	}
	testkit.Works(t, rooms.Unjoin(ctx, s.lan, one.ID, two.ID))
	if f := s.file(two.ID); f.Lead != "" || f.Twin != inspection.TwinOpen || counted() != 2 {
		t.Errorf("undone %+v, %d count", f.Record, counted())
	}
	testkit.Works(t, rooms.Apart(ctx, s.lan, one.ID, two.ID))
	if f := s.file(one.ID); f.Twin != inspection.TwinApart || counted() != 2 {
		t.Errorf("apart %+v", f.Record)
	}
	far, _ := s.Officer(registry.Inspector, "01")
	if err := rooms.Join(ctx, far, one.ID, two.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("an inspector elsewhere joins: %v", err)
	}
	if err := rooms.Join(ctx, s.lan, one.ID, s.HandedIn(s.TypedInspection(s.Stall(s.fair, 3)[0])).ID); registry.KindOf(err) != registry.Conflict {
		t.Errorf("records of two stalls are joined: %v", err)
	}
}

func TestAFindingGoesItsWay(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	ctx, rooms := t.Context(), s.App.Inspections
	rec, err := s.handIn(s.lan, s.TypedInspection(s.stall))
	testkit.Works(t, err)
	step := func(in inspections.StepInput) error {
		f := s.file(rec.ID).Findings[0]
		in.Version = f.Version
		_, err := rooms.StepFinding(ctx, s.lan, f.ID, in)
		return err
	}
	if err := step(inspections.StepInput{State: "closed"}); fieldsOf(err) != "step_note" {
		t.Errorf("closed without a note: %v", err)
	}
	if err := step(inspections.StepInput{State: "handed_over"}); fieldsOf(err) != "dossier handed_on handed_to" {
		t.Errorf("handed over to nobody: %v", err)
	}
	testkit.Works(t, step(inspections.StepInput{State: "remedied"}))
	testkit.Works(t, step(inspections.StepInput{State: "escalated", Note: "không sửa"}))
	today := s.App.Today()
	testkit.Works(t, step(inspections.StepInput{State: "handed_over", On: today, To: "Đội QLTT số 1", Dossier: "05/HS", Answer: registry.AddDays(today, 15)}))
	testkit.Works(t, step(inspections.StepInput{State: "handed_over", On: today, To: "Đội QLTT số 1", Dossier: "05/HS", Outcome: "phạt tiền"}))
	if h := s.file(rec.ID).Findings[0].Handover; h.Outcome != "phạt tiền" || h.Dossier != "05/HS" {
		t.Errorf("%+v", h)
	}
	recheck := s.TypedInspection(s.stall)
	recheck.Findings = nil
	for i := range recheck.Answers {
		recheck.Answers[i].Answer = "ok"
	}
	recheck.Recheck = string(rec.ID)
	recheck.Rechecked = []inspections.Checked{{Finding: string(s.file(rec.ID).Findings[0].ID), Done: true, Note: "đã dán"}}
	got, err := s.handIn(s.lan, recheck)
	if err != nil || got.Twin != inspection.NoTwin {
		t.Fatalf("the re-check: %+v, %v", got.Record, err)
	}
	f := s.file(rec.ID)
	if x := f.Findings[0]; x.State != inspection.Closed || x.Steps[len(x.Steps)-1].Record != got.ID || len(f.Rechecks) != 1 {
		t.Errorf("after the re-check it is %+v", x)
	}
	testkit.Works(t, step(inspections.StepInput{State: "open", Note: "lại thiếu", DueOn: registry.AddDays(today, 2)}))
	if x := s.file(rec.ID).Findings[0]; x.State != inspection.Open || x.DueOn != registry.AddDays(today, 2) {
		t.Errorf("open again it is %+v", x)
	}
	viewer, _ := s.Officer(registry.Viewer, "19")
	if _, err := rooms.StepFinding(ctx, viewer, f.Findings[0].ID, inspections.StepInput{State: "closed", Note: "x"}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a viewer closes it: %v", err)
	}
}

func TestABoothIsHeldUntilItWasLookedAt(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	fair := k.Event(testkit.InState(registry.Running), func(e *registry.Event) { e.JointCheck, e.SelfCheck = true, true })
	stall := k.Stall(fair, 1)
	lan, _ := k.Officer(registry.Inspector, "19")
	s := stand{k, fair, stall[0], lan}
	booth := testkit.PassesOfKind(stall, registry.BoothPass)[0]
	held := func(name string, want bool) {
		t.Helper()
		p := s.pass(booth.ID)
		if (p.State == registry.PassBlocked && p.StateReason == registry.PassHeld) != want {
			t.Errorf("%s: the pass is %s (%s)", name, p.State, p.StateReason)
		}
	}
	held("at first", true)
	k.Gates(fair.ID, 1)
	phone := k.Phone(fair.ID, registry.Steward, 1)
	verdict := func(want string) {
		t.Helper()
		answer, err := k.App.Admission.Scan(t.Context(), phone.Device, phone.Batch(phone.Scan(booth)))
		if err != nil || !strings.Contains(string(answer.Results[0]), want) {
			t.Errorf("a gate phone is told %s, %v, want %s", answer.Results, err, want)
		}
	}
	verdict(`"blocked"`)
	for _, p := range testkit.PassesOfKind(stall, registry.StaffPass) {
		if p.State != registry.PassValid {
			t.Errorf("its staff is kept out: %s", p.State)
		}
	}
	admin, _ := k.Officer(registry.Admin, "")
	if err := k.App.Passes.StepPass(t.Context(), admin, booth.ID, registry.PassValid, ""); registry.KindOf(err) != registry.Conflict {
		t.Errorf("it is made valid by hand: %v", err)
	}
	k.HandedIn(k.TypedCheck(stall[0], "expiry"))
	held("the vendor says that something is amiss", true)
	k.HandedIn(k.TypedCheck(stall[0]))
	held("the joint check is missing", true)
	joint, err := s.handIn(lan, k.TypedJoint(stall[0], "label"))
	testkit.Works(t, err)
	held("the joint check found something", true)
	f := s.file(joint.ID).Findings[0]
	_, err = k.App.Inspections.StepFinding(t.Context(), lan, f.ID, inspections.StepInput{Version: f.Version, State: "closed", Note: "đã bỏ khỏi quầy"})
	testkit.Works(t, err)
	held("it is mended", false)
	verdict(`"checked"`)
	testkit.Works(t, k.App.Vendors.BlockVendor(t.Context(), admin, stall[0].Vendor, "lý do"))
	_, err = k.App.Inspections.StepFinding(t.Context(), lan, f.ID, inspections.StepInput{Version: f.Version + 1, State: "open", Note: "lại thiếu"})
	testkit.Works(t, err)
	testkit.Works(t, k.App.Vendors.UnblockVendor(t.Context(), admin, stall[0].Vendor))
	held("with its vendor unblocked, and something open", true)
}

func TestTheWorkingSetOfAPhone(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	rec, err := s.handIn(s.lan, s.TypedInspection(s.stall))
	testkit.Works(t, err)
	w, err := s.App.Inspections.WorkingSet(t.Context(), s.lan)
	if err != nil || len(w.Events) != 1 || len(w.Events[0].Stalls) != 1 || len(w.Checklists) != len(inspection.SubjectKinds) {
		t.Fatalf("%+v, %v", w, err)
	}
	if st := w.Events[0].Stalls[0]; st.Last == nil || st.Last.ID != rec.ID || len(st.Found) != 1 || st.Vendor.ID != s.stall.Vendor {
		t.Errorf("%+v", st)
	}
	commune, _ := s.ActsFor(s.Body())
	if w, err := s.App.Inspections.WorkingSet(t.Context(), commune); err != nil || len(w.Events) != 0 || len(w.Bodies) != 1 || w.Inspects {
		t.Errorf("a commune takes along %+v, %v", w, err)
	}
	chief, _ := s.Officer(registry.GateChief, "19")
	if _, err := s.App.Inspections.WorkingSet(t.Context(), chief); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a gate chief: %v", err)
	}
}

func TestRecordsCountForTheTasksTheyAreTiedTo(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	task := s.Task()
	in := s.TypedInspection(s.stall)
	in.Tasks = []string{string(task.ID)}
	got, err := s.handIn(s.lan, in)
	testkit.Works(t, err)
	round, err := s.App.Inspections.EnterRound(t.Context(), s.lan, inspections.RoundInput{Title: "Đợt", Kind: "inspection", Area: "2025:19", From: s.App.Today(),
		Event: string(s.fair.ID), Task: string(task.ID), Team: "A, Sở\nB"})
	testkit.Works(t, err)
	in = s.TypedInspection(s.Stall(s.fair, 2)[0])
	in.Round = string(round.ID)
	_, err = s.handIn(s.lan, in)
	testkit.Works(t, err)
	s.Read(func(tx *store.Tx) error {
		counts, err := tx.TaskCounts(t.Context(), []registry.TaskID{task.ID})
		if done := counts[task.ID][committee.InspectionSource].Done; done != 2 {
			t.Errorf("%d count for the task, want that of the record and that of its round", done)
		}
		return err
	})
	f, err := s.App.Inspections.Round(t.Context(), s.lan, round.ID)
	if err != nil || len(f.Goals) != 2 || f.Done != 1 || len(f.Team) != 2 {
		t.Errorf("the round has looked at %d of %+v, %v", f.Done, f.Goals, err)
	}
	if file := s.file(got.ID); len(file.Tasks) != 1 || file.Tasks[0] != task.Title {
		t.Errorf("the record counts for %v", file.Tasks)
	}
	t.Run("an inspector elsewhere names no task of this plan", func(t *testing.T) {
		far, _ := s.Officer(registry.Inspector, "01")
		event := s.Event(testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "01"}), testkit.InState(registry.Running))
		in := s.TypedInspection(s.Stall(event, 1)[0])
		in.Tasks = []string{string(task.ID)}
		if _, err := s.handIn(far, in); fieldsOf(err) != "task" {
			t.Errorf("%v", err)
		}
		in.Tasks, in.Round = nil, string(round.ID)
		if _, err := s.handIn(far, in); fieldsOf(err) != "round" {
			t.Errorf("%v", err)
		}
	})
}
