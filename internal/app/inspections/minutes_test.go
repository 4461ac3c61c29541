package inspections_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// signed hands in a record with a photo of its fault and a signature.
func (s stand) signed() inspection.Record {
	s.T.Helper()
	in := s.TypedInspection(s.stall)
	photo, drawn := testkit.CostlyJPEG(1), testkit.CostlyJPEG(2)
	in.Photos = []inspections.Photo{{Hash: testkit.HashOf(photo), Item: "label"}, {Hash: testkit.HashOf(drawn), Item: inspection.Signature}}
	got, err := s.handIn(s.lan, in)
	for _, raw := range [][]byte{photo, drawn} {
		if err == nil {
			got, err = s.App.Inspections.TakePhoto(s.T.Context(), s.lan, in.Client, testkit.HashOf(raw), raw)
		}
	}
	if err != nil || got.State != inspection.HandedIn {
		s.T.Fatalf("%s: %v", got.State, err)
	}
	return got.Record
}

// minutesText is what minutes say as PDF, by another program.
func minutesText(t *testing.T, f registry.File) string {
	t.Helper()
	cmd := exec.Command(testkit.Need(t, "pdftotext"), "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(f.Data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return norm.NFC.String(strings.Join(strings.Fields(string(out)), " "))
}

func TestMinutesTellTheRecordAsItWasHandedIn(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	r := s.signed()
	f, err := s.App.Inspections.MinutesFile(t.Context(), s.lan, r.ID, inspections.MinutesAsked{Form: "pdf", Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	text := minutesText(t, f)
	for _, want := range []string{"BIÊN BẢN KIỂM TRA", "Số: " + r.Number(), r.Subject.Name, "Nông Văn A, Sở Công Thương", "2 túi miến không ghi địa chỉ", "Dán lại nhãn", "Nguyễn Thị C", "Ảnh 1, mục"} {
		if !strings.Contains(text, want) {
			t.Errorf("the minutes lack %q", want)
		}
	}
	if f.Name != "bien-ban-"+strings.ReplaceAll(r.Number(), "/", "-")+".pdf" {
		t.Errorf("they are called %s", f.Name)
	}
}

// TestSignaturesStandOnTheMinutesOfInspectorsAlone counts the pictures of the minutes as
// those who inspect there get them, and as those who only read plans do.
func TestSignaturesStandOnTheMinutesOfInspectorsAlone(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	r := s.signed()
	reader, _ := s.Officer(registry.Communicator, "19")
	for who, c := range map[string]struct {
		actor registry.Actor
		want  int
	}{"an inspector": {s.lan, 2}, "a reader of plans": {reader, 1}} {
		f, err := s.App.Inspections.MinutesFile(t.Context(), c.actor, r.ID, inspections.MinutesAsked{Form: "docx", Lang: "vi"})
		if err != nil {
			t.Fatalf("%s: %v", who, err)
		}
		zr, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
		if err != nil {
			t.Fatal(err)
		}
		pictures := 0
		for _, part := range zr.File {
			if strings.HasPrefix(part.Name, "word/media/") {
				pictures++
				if body, err := part.Open(); err == nil {
					io.Copy(io.Discard, body)
				}
			}
		}
		if pictures != c.want {
			t.Errorf("%s gets %d pictures, want %d", who, pictures, c.want)
		}
	}
}

func TestWhoGetsNoMinutes(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	r := s.signed()
	stranger, _ := s.VendorAccount()
	waiting := s.TypedInspection(s.stall)
	waiting.Photos = []inspections.Photo{{Hash: strings.Repeat("a", 64), Item: "label"}}
	got, err := s.handIn(s.lan, waiting)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		actor registry.Actor
		id    registry.InspectionID
		form  string
		want  registry.Kind
	}{
		"a stranger":                 {stranger, r.ID, "pdf", registry.NotFound},
		"before it has a number":     {s.lan, got.ID, "pdf", registry.Conflict},
		"in a form that is none":     {s.lan, r.ID, "odt", registry.NotFound},
		"of a record that is none":   {s.lan, "nothing", "pdf", registry.NotFound},
		"whoever is not signed in":   {registry.Actor{}, r.ID, "pdf", registry.NotFound},
		"its own inspector, at last": {s.lan, r.ID, "pdf", registry.None},
	} {
		if _, err := s.App.Inspections.MinutesFile(t.Context(), c.actor, c.id, inspections.MinutesAsked{Form: c.form, Lang: "vi"}); registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBlankMinutesHaveTheItemsOfToday(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	f, err := s.App.Inspections.BlankMinutes(s.lan, inspection.OfBooth, inspections.MinutesAsked{Form: "pdf", Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	list, _ := s.App.Inspections.Lists.On(inspection.OfBooth, s.App.Today())
	text := minutesText(t, f)
	for _, item := range list.Items {
		if words := strings.Fields(item.VI); !strings.Contains(text, strings.Join(words[:3], " ")) {
			t.Errorf("the form lacks %q", item.VI)
		}
	}
	stranger, _ := s.VendorAccount()
	if _, err := s.App.Inspections.BlankMinutes(stranger, inspection.OfBooth, inspections.MinutesAsked{Form: "pdf", Lang: "vi"}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a stranger gets the form: %v", err)
	}
}
