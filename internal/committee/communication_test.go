package committee_test

import (
	"slices"
	"testing"

	"hoicho/internal/committee"
)

func TestDoubtsOfAnEntry(t *testing.T) {
	meeting, _ := committee.ChannelByID(committee.Channels, committee.VillageMeeting)
	banner, _ := committee.ChannelByID(committee.Channels, committee.Banner)
	for claim, c := range map[string]struct {
		channel committee.Channel
		entry   committee.Communication
		want    []committee.Doubt
	}{
		"200 people at a meeting are usual": {meeting, committee.Communication{Times: 1, Counted: true, People: 200, From: "2026-11-23", Until: "2026-11-23"}, nil},
		"201 are asked about":               {meeting, committee.Communication{Times: 1, Counted: true, People: 201, From: "2026-11-23", Until: "2026-11-23"}, []committee.Doubt{committee.DoubtCrowd}},
		"450 at three meetings are usual":   {meeting, committee.Communication{Times: 3, Counted: true, People: 450, From: "2026-11-23", Until: "2026-11-23"}, nil},
		"150 times are usual":               {banner, committee.Communication{Times: 150, From: "2026-11-23"}, nil},
		"151 are asked about":               {banner, committee.Communication{Times: 151, From: "2026-11-23"}, []committee.Doubt{committee.DoubtTimes}},
		"10,000 meetings in one entry":      {meeting, committee.Communication{Times: 10_000, Counted: true, People: 1, From: "2026-11-23", Until: "2026-11-23"}, []committee.Doubt{committee.DoubtTimes}},
		"a day that has not come":           {banner, committee.Communication{Times: 1, From: "2026-11-24"}, []committee.Doubt{committee.DoubtFuture}},
		"a last day that has not come":      {banner, committee.Communication{Times: 1, From: "2026-11-20", Until: "2026-12-01"}, []committee.Doubt{committee.DoubtFuture}},
	} {
		t.Run(claim, func(t *testing.T) {
			if got := c.entry.Doubts(c.channel, "2026-11-23"); !slices.Equal(got, c.want) {
				t.Errorf("doubts %v, want %v", got, c.want)
			}
		})
	}
}

func TestNumberOfACommunication(t *testing.T) {
	for text, want := range map[string]int64{"TT-1047": 1047, "tt-3": 3, "12": 12, "TT-": 0, "0": 0, "-4": 0, "họp": 0, "TT-9a": 0} {
		if got := committee.ParseCommunicationNumber(text); got != want {
			t.Errorf("%q is read as %d, want %d", text, got, want)
		}
	}
	if got := (committee.Communication{N: 1047}).Number(); got != "TT-1047" {
		t.Errorf("the number is shown as %s", got)
	}
}
