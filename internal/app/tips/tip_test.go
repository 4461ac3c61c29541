package tips_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestTipKnowsItsStall(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	booth := testkit.PassCodeOf(passes, registry.BoothPass)
	tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, testkit.TipAbout(booth)))
	if tip.Event != event.ID || tip.BoothCode != "A05" || tip.Vendor == "" || tip.PassCode != booth || tip.State != registry.TipReceived {
		t.Errorf("tip %+v", tip)
	}
	for name, c := range map[string]struct {
		passCode string
		event    bool
		stored   string
	}{
		"staff pass: the event alone":   {testkit.PassCodeOf(passes, registry.StaffPass), true, testkit.PassCodeOf(passes, registry.StaffPass)},
		"code that was never issued":    {"000000000000", false, "000000000000"},
		"code with a wrong check digit": {"123456789012", false, "123456789012"},
		"no code at all":                {"<script>alert(1)</script>", false, "1"},
		"half a code":                   {"48 29", false, "4829"},
	} {
		in := testkit.TipAbout(c.passCode)
		in.Place, in.Text = "gian cạnh cổng chính", "Chuyện khác: "+name
		tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, in))
		if (tip.Event == event.ID) != c.event || tip.Vendor != "" || tip.PassCode != c.stored {
			t.Errorf("%s: event %q, vendor %q, code %q", name, tip.Event, tip.Vendor, tip.PassCode)
		}
	}
}

func TestTipAboutAProduct(t *testing.T) {
	k := testkit.NewApp(t)
	v, other := k.Vendor(), k.Vendor()
	p, hidden := k.Product(v), k.Product(v, func(p *registry.Product) { p.Hidden = true })
	in := testkit.TipAbout("")
	in.Product = p.Slug
	if tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, in)); tip.Product != p.ID || tip.Vendor != v.ID {
		t.Errorf("tip about %q of %q, want %q of %q (not %q)", tip.Product, tip.Vendor, p.ID, v.ID, other.ID)
	}
	in.Product = hidden.Slug
	if _, err := k.App.Tips.SendTip(t.Context(), in); registry.KindOf(err) != registry.Invalid {
		t.Errorf("a hidden product stands for a place: %v", err)
	}
}

func TestTipFaults(t *testing.T) {
	k := testkit.NewApp(t)
	good := testkit.TipAbout("")
	good.Place = "chợ Ba Bể"
	for name, c := range map[string]struct {
		change func(*tips.TipInput)
		field  string
	}{
		"no kind":        {func(in *tips.TipInput) { in.Kind = "" }, "kind"},
		"invented kind":  {func(in *tips.TipInput) { in.Kind = "murder" }, "kind"},
		"nowhere":        {func(in *tips.TipInput) { in.Place = " " }, "place"},
		"no words":       {func(in *tips.TipInput) { in.Text = "" }, "text"},
		"too many words": {func(in *tips.TipInput) { in.Text = strings.Repeat("ả", registry.MaxTipText+1) }, "text"},
		"long place":     {func(in *tips.TipInput) { in.Place = strings.Repeat("a", registry.MaxTipPlace+1) }, "place"},
		"long contact":   {func(in *tips.TipInput) { in.Contact = strings.Repeat("1", registry.MaxTipContact+1) }, "contact"},
	} {
		in := good
		c.change(&in)
		_, err := k.App.Tips.SendTip(t.Context(), in)
		if registry.KindOf(err) != registry.Invalid || !strings.Contains(err.Error(), "(field "+c.field+")") {
			t.Errorf("%s: %v, want Invalid at %s", name, err, c.field)
		}
	}
	testkit.SendTip(t, k, good) // control
}

func TestSameWordsJoin(t *testing.T) {
	k, _, organiser, passes := testkit.StallOf(t)
	in := testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))
	first := testkit.SendTip(t, k, in)
	again := in
	again.Text, again.Contact, again.Photo = "  nhãn ghi MIẾN DONG na rì nhưng bao bì in mờ, không có mã vạch.  ", "0912 345 678", testkit.PhotoPNG(t)
	code := testkit.SendTip(t, k, again)
	tip := testkit.StoredTip(t, k, first)
	if code == first || testkit.StoredTip(t, k, code).ID != tip.ID {
		t.Errorf("the same words got the code %s after %s, want another one of the same tip", code, first)
	}
	if tip.SentN != 2 || tip.ContactsN != 1 || len(tip.Photos) != 1 {
		t.Errorf("sent %d times, %d contacts, %d photos; want 2, 1, 1", tip.SentN, tip.ContactsN, len(tip.Photos))
	}
	elsewhere := in
	elsewhere.Kind = registry.WrongPrice
	if testkit.StoredTip(t, k, testkit.SendTip(t, k, elsewhere)).ID == tip.ID {
		t.Error("another kind joined")
	}
	for _, to := range []registry.TipState{registry.TipSorted, registry.TipClosed} {
		tip = testkit.StoredTip(t, k, first)
		if err := k.App.Tips.StepTip(t.Context(), organiser, tip.ID, tips.TipStepInput{To: to, Version: tip.Version, Told: "Đã nhắc nhở."}); err != nil {
			t.Fatal(err)
		}
	}
	if testkit.StoredTip(t, k, testkit.SendTip(t, k, in)).ID == tip.ID {
		t.Error("words about a new case joined a settled tip")
	}
}

func TestTipTakesSoManyExtras(t *testing.T) {
	k := testkit.NewApp(t)
	in := testkit.TipAbout("")
	in.Place = "chợ Ba Bể"
	var code string
	for n := range registry.MaxTipExtras + 5 {
		in.Contact = fmt.Sprintf("09%08d", n)
		code = testkit.SendTip(t, k, in)
	}
	if tip := testkit.StoredTip(t, k, code); tip.ContactsN != registry.MaxTipExtras || tip.SentN != registry.MaxTipExtras+5 {
		t.Errorf("%d contacts of %d senders, want %d", tip.ContactsN, tip.SentN, registry.MaxTipExtras)
	}
}

func TestWhoDealsWithTips(t *testing.T) {
	k, event, organiser, passes := testkit.StallOf(t)
	placed := testkit.StoredTip(t, k, testkit.SendTip(t, k, testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))))
	in := testkit.TipAbout("")
	in.Place = "không rõ chợ nào"
	nowhere := testkit.StoredTip(t, k, testkit.SendTip(t, k, in))
	member, _ := k.VendorAccount()
	for _, c := range []struct {
		role            registry.Role
		area            string
		placed, nowhere bool
	}{
		{registry.Inspector, "19", true, true}, {registry.Inspector, "01906", true, true}, {registry.Admin, "", true, true},
		{registry.Organiser, "19", true, true}, {registry.Organiser, "01", false, true}, {registry.Inspector, "01", false, true},
		{registry.Reporter, "19", false, false}, {registry.Reviewer, "19", false, false}, {registry.GateChief, "19", false, false},
		{registry.Viewer, "19", false, false}, {registry.Communicator, "19", false, false},
	} {
		officer, _ := k.Officer(c.role, c.area)
		for id, may := range map[registry.TipID]bool{placed.ID: c.placed, nowhere.ID: c.nowhere} {
			if _, err := k.App.Tips.Tip(t.Context(), officer, id); (err == nil) != may || err != nil && registry.KindOf(err) != registry.NotFound {
				t.Errorf("%s in %q reads the tip of %q: %v, want %v", c.role, c.area, event.Title, err, may)
			}
		}
		desk, err := k.App.Tips.Tips(t.Context(), officer, registry.TipFilter{})
		want := 0
		if c.placed {
			want++
		}
		if c.nowhere {
			want++
		}
		if len(desk.Rows) != want || (err == nil) != (want > 0) {
			t.Errorf("%s in %q lists %d tips (%v), want %d", c.role, c.area, len(desk.Rows), err, want)
		}
	}
	for name, actor := range map[string]registry.Actor{"nobody": {}, "a vendor": member} {
		_, err := k.App.Tips.Tip(t.Context(), actor, nowhere.ID)
		_, listErr := k.App.Tips.Tips(t.Context(), actor, registry.TipFilter{})
		stepErr := k.App.Tips.StepTip(t.Context(), actor, nowhere.ID, tips.TipStepInput{To: registry.TipSorted, Version: 1})
		for _, err := range []error{err, listErr, stepErr} {
			if registry.KindOf(err) != registry.NotFound {
				t.Errorf("%s: %v, want NotFound", name, err)
			}
		}
	}
	if err := k.App.Tips.StepTip(t.Context(), organiser, nowhere.ID, tips.TipStepInput{To: registry.TipSorted, Version: 1, Event: event.ID}); err != nil {
		t.Fatal(err)
	}
	elsewhere, _ := k.Officer(registry.Inspector, "01")
	if _, err := k.App.Tips.Tip(t.Context(), elsewhere, nowhere.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a tip tied to an event is still read elsewhere: %v", err)
	}
}

func TestTipSteps(t *testing.T) {
	k, _, organiser, passes := testkit.StallOf(t)
	code := testkit.SendTip(t, k, testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass)))
	tip := testkit.StoredTip(t, k, code)
	step := func(in tips.TipStepInput) error {
		in.Version = testkit.StoredTip(t, k, code).Version
		return k.App.Tips.StepTip(t.Context(), organiser, tip.ID, in)
	}
	for _, c := range []struct {
		in   tips.TipStepInput
		want registry.Kind
	}{
		{tips.TipStepInput{To: registry.TipClosed, Told: "x"}, registry.Conflict}, // not sorted yet
		{tips.TipStepInput{To: "burnt", Told: "x"}, registry.Conflict},
		{tips.TipStepInput{To: registry.TipSorted, Note: "Gian mới, xem kỹ nhãn."}, registry.None},
		{tips.TipStepInput{To: registry.TipReceived}, registry.Conflict},
		{tips.TipStepInput{To: registry.TipHandedOver}, registry.Invalid},                        // to whom?
		{tips.TipStepInput{To: registry.TipHandedOver, Body: "Đội QLTT số 3"}, registry.Invalid}, // until when?
		{tips.TipStepInput{To: registry.TipHandedOver, Body: "Đội QLTT số 3", DueOn: vn.ShowDate(k.App.Tips.SlipDue())}, registry.None},
		{tips.TipStepInput{To: registry.TipChecked}, registry.Invalid}, // what came out?
		{tips.TipStepInput{To: registry.TipChecked, Told: "Đã kiểm tra, tạm giữ 12 gói."}, registry.None},
		{tips.TipStepInput{To: registry.TipClosed, Told: "Đã xử phạt, tiêu hủy hàng."}, registry.None},
		{tips.TipStepInput{To: registry.TipSorted}, registry.Conflict},
	} {
		if err := step(c.in); registry.KindOf(err) != c.want {
			t.Errorf("step to %s: %v, want kind %d", c.in.To, err, c.want)
		}
	}
	seen, err := k.App.Tips.FollowTip(t.Context(), tips.ShowTrackingCode(code))
	if err != nil || len(seen.Steps) != 4 {
		t.Fatalf("%d steps, %v", len(seen.Steps), err)
	}
	if told := fmt.Sprint(seen); strings.Contains(told, "nhãn") || strings.Contains(told, organiser.Name) || !strings.Contains(told, "Đội QLTT số 3") {
		t.Errorf("the public is told %s", told)
	}
	for _, wrong := range []string{"", "abc", "123456789012", "000000000000", code + "1"} {
		if _, err := k.App.Tips.FollowTip(t.Context(), wrong); registry.KindOf(err) != registry.NotFound {
			t.Errorf("code %q: %v", wrong, err)
		}
	}
}

// TestTwoOfficersSortOneTip lets officers sort the same tip at the same time: one
// wins, the others are told.
func TestTwoOfficersSortOneTip(t *testing.T) {
	k, _, organiser, passes := testkit.StallOf(t)
	tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))))
	inspector, _ := k.Officer(registry.Inspector, "19")
	var won atomic.Int32
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			actor := []registry.Actor{organiser, inspector}[i%2]
			err := k.App.Tips.StepTip(t.Context(), actor, tip.ID, tips.TipStepInput{To: registry.TipSorted, Version: tip.Version})
			switch {
			case err == nil:
				won.Add(1)
			case registry.KindOf(err) != registry.Conflict:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("%d officers sorted the tip, want 1", won.Load())
	}
}

func TestContactsAreSealed(t *testing.T) {
	k, event, organiser, passes := testkit.StallOf(t)
	in := testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))
	in.Contact = "chị Nông Thị Lan, 0987 654 321"
	tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, in))
	var sealed [][]byte
	k.Read(func(tx *store.Tx) (err error) {
		sealed, err = tx.TipContacts(t.Context(), tip.ID)
		return err
	})
	if len(sealed) != 1 || bytes.Contains(sealed[0], []byte("0987")) {
		t.Fatalf("stored contacts %q", sealed)
	}
	inspector, _ := k.Officer(registry.Inspector, "19")
	if _, err := k.App.Tips.OpenTipContacts(t.Context(), inspector, tip.ID); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("an inspector opens the contact: %v", err)
	}
	other, _ := k.Officer(registry.Organiser, "01")
	if _, err := k.App.Tips.OpenTipContacts(t.Context(), other, tip.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("an organiser of another province opens the contact: %v", err)
	}
	before := opened(t, k)
	got, err := k.App.Tips.OpenTipContacts(t.Context(), organiser, tip.ID)
	if err != nil || len(got) != 1 || got[0] != in.Contact {
		t.Errorf("opened %q, %v", got, err)
	}
	if opened(t, k) != before+1 {
		t.Errorf("opening is not in the audit log of %s", event.Title)
	}
	k.Write(func(tx *store.Tx) error { // the seal is bound to the tip
		fresh := registry.Tip{Kind: registry.WrongPrice, Place: "x", Text: "chuyện khác"}
		if err := tx.InsertTip(t.Context(), &fresh, "other", k.App.Areas.Scope(event.Area)); err != nil {
			return err
		}
		tip.ID = fresh.ID
		return tx.InsertTipContact(t.Context(), fresh.ID, sealed[0])
	})
	if got, err := k.App.Tips.OpenTipContacts(t.Context(), organiser, tip.ID); err == nil {
		t.Errorf("a seal opened at another tip: %q", got)
	}
}

// opened counts the openings in the audit log.
func opened(t *testing.T, k *testkit.Kit) int {
	t.Helper()
	lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Action: "tip.open_contact"})
	if err != nil {
		t.Fatal(err)
	}
	return len(lines)
}

func TestTipPhotosAreForTheOffice(t *testing.T) {
	k, _, organiser, passes := testkit.StallOf(t)
	in := testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))
	in.Photo = testkit.PhotoPNG(t)
	tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, in))
	if len(tip.Photos) != 1 {
		t.Fatalf("%d photos", len(tip.Photos))
	}
	f, err := k.App.Tips.TipPhoto(t.Context(), organiser, tip.ID, tip.Photos[0], registry.PhotoWhole)
	if err != nil || f.ContentType != "image/jpeg" || bytes.Contains(f.Data, []byte("GPS")) {
		t.Errorf("photo %s, %d bytes, %v", f.ContentType, len(f.Data), err)
	}
	admin, _ := k.Officer(registry.Admin, "")
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	for name, actor := range map[string]registry.Actor{"nobody": {}, "organiser": organiser, "admin": admin} {
		if _, err := k.App.File(t.Context(), actor, tip.Photos[0], registry.PhotoWhole); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s gets the photo by its id alone: %v", name, err)
		}
	}
	if _, err := k.App.Tips.TipPhoto(t.Context(), reviewer, tip.ID, tip.Photos[0], registry.PhotoWhole); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a reviewer sees the photo: %v", err)
	}
	if _, err := k.App.Tips.TipPhoto(t.Context(), organiser, tip.ID, "another", registry.PhotoWhole); registry.KindOf(err) != registry.NotFound {
		t.Errorf("another file through the tip: %v", err)
	}
}
