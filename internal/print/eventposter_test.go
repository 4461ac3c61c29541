package print

import (
	"bytes"
	"strings"
	"testing"

	"hoicho/internal/i18n"
)

func eventPosterText(t *testing.T, s EventPoster) string {
	t.Helper()
	s.Lang, s.Event, s.Organiser, s.QRText = i18n.Vietnamese, fair, "Trung tâm Khuyến công", testBase+"/su-kien/ba-be"
	var b bytes.Buffer
	if err := WriteEventPoster(&b, s); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(textOf(t, b.Bytes())), " ")
}

func TestEventPosterSaysWhatHasBecomeOfTheEvent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		poster EventPoster
		want   string
		not    string
	}{
		"ahead":     {EventPoster{Moment: PosterAhead, Lunar: "14/10 âm lịch"}, "14/10 âm lịch", "ĐÃ"},
		"moved":     {EventPoster{Moment: PosterMoved, Before: "20/11/2026, chợ cũ"}, "20/11/2026, chợ cũ", "TẠM HOÃN"},
		"postponed": {EventPoster{Moment: PosterPostponed, Lunar: "14/10 âm lịch"}, "TẠM HOÃN", "14/10 âm lịch"},
		"cancelled": {EventPoster{Moment: PosterCancelled}, "KHÔNG TỔ CHỨC", "TẠM HOÃN"},
		"organiser": {EventPoster{Moment: PosterAhead, Phone: "0209 3870 123"}, "0209 3870 123", "TẠM HOÃN"},
	} {
		t.Run(name, func(t *testing.T) {
			got := eventPosterText(t, c.poster)
			if !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
				t.Errorf("the poster says %q, want %q and not %q", got, c.want, c.not)
			}
		})
	}
}

func TestEventPosterLeadsToThePageOfTheEvent(t *testing.T) {
	t.Parallel()
	for _, size := range []PosterSize{PosterA4, PosterA3} {
		var b bytes.Buffer
		if err := WriteEventPoster(&b, EventPoster{Lang: i18n.English, Size: size, Event: fair, QRText: testBase + "/su-kien/ba-be"}); err != nil {
			t.Fatal(err)
		}
		if got := readSymbols(t, b.Bytes(), 60); len(got) != 1 || got[0] != testBase+"/su-kien/ba-be" {
			t.Errorf("%s leads to %q", size, got)
		}
	}
}
