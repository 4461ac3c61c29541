package tips_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestFollowedTipNamesItsStall(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	code := testkit.SendTip(t, k, testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass)))
	seen, err := k.App.Tips.FollowTip(t.Context(), code)
	if err != nil || seen.EventTitle != event.Title || seen.BoothCode != "A05" || !seen.TakesPhoto {
		t.Errorf("followed %+v (%v), want %q, A05 and room for a photo", seen, err, event.Title)
	}
}

func TestCodeOfTooManyDigitsIsCut(t *testing.T) {
	k := testkit.NewApp(t)
	in := testkit.TipAbout(strings.Repeat("1234567890", 2))
	in.Place = "chợ Ba Bể"
	if tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, in)); tip.PassCode != "123456789012" {
		t.Errorf("stored code %q", tip.PassCode)
	}
}

func TestShortestWordsOfATip(t *testing.T) {
	k := testkit.NewApp(t)
	in := testkit.TipAbout("")
	in.Place = "chợ Ba Bể"
	for text, want := range map[string]registry.Kind{"giảả": registry.Invalid, "giả ả": registry.None} {
		in.Text = text
		if _, err := k.App.Tips.SendTip(t.Context(), in); registry.KindOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestPhotoFollowsItsTip adds photos by the code, until the tip is full or closed.
func TestPhotoFollowsItsTip(t *testing.T) {
	k, _, organiser, passes := testkit.StallOf(t)
	code := testkit.SendTip(t, k, testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass)))
	add := func(code string, photo []byte) error {
		return k.App.Tips.AddTipPhoto(t.Context(), tips.TipPhotoInput{Code: code, Photo: photo})
	}
	for name, c := range map[string]struct {
		code  string
		photo []byte
		want  registry.Kind
	}{
		"no photo":     {code, nil, registry.Invalid},
		"no picture":   {code, []byte("%PDF"), registry.Invalid},
		"unknown code": {"000000000000", testkit.PhotoPNG(t), registry.NotFound},
		"no code":      {"abc", testkit.PhotoPNG(t), registry.NotFound},
	} {
		if err := add(c.code, c.photo); registry.KindOf(err) != c.want || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 3 {
		if err := add(code, testkit.PhotoPNG(t)); err != nil {
			t.Fatal(err)
		}
	}
	seen, err := k.App.Tips.FollowTip(t.Context(), code)
	if err != nil || seen.PhotosN != 3 || !seen.TakesPhoto || len(testkit.StoredTip(t, k, code).Photos) != 3 {
		t.Fatalf("followed %+v (%v), want three photos and room for more", seen, err)
	}
	for range registry.MaxTipExtras - 3 {
		if err := add(code, testkit.PhotoPNG(t)); err != nil {
			t.Fatal(err)
		}
	}
	if err := add(code, testkit.PhotoPNG(t)); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a full tip: %v", err)
	}
	other := testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))
	other.Text = "Chuyện khác hẳn, không niêm yết giá."
	closed := testkit.SendTip(t, k, other)
	for _, to := range []registry.TipState{registry.TipSorted, registry.TipClosed} {
		tip := testkit.StoredTip(t, k, closed)
		if err := k.App.Tips.StepTip(t.Context(), organiser, tip.ID, tips.TipStepInput{To: to, Version: tip.Version, Told: "Đã nhắc nhở."}); err != nil {
			t.Fatal(err)
		}
	}
	if err := add(closed, testkit.PhotoPNG(t)); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a closed tip: %v", err)
	}
}
