package registry

import (
	"slices"
	"testing"
)

func TestWhomOnlyACallReaches(t *testing.T) {
	t.Parallel()
	claims(t, map[string]bool{
		"whoever has no address":            Notice{}.ToCall(),
		"whose letter does not go out":      Notice{Mailed: true, Fault: "no such host"}.ToCall(),
		"not whose letter is on its way":    !Notice{Mailed: true}.ToCall(),
		"not whose letter went out at last": !Notice{Mailed: true, Fault: "busy", SentAt: 1}.ToCall(),
		"not whom somebody has called":      !Notice{Call: "c"}.ToCall(),
	})
	holdsFor(t, "spoken to, texted or told by others the vendor knows", CallOutcomes, CallOutcome.Told, CallSpoken, CallTexted, CallPassedOn)
}

// toldOf adds notices in their order.
func toldOf(add ...func(*Told)) *Told {
	var all Told
	for _, a := range add {
		a(&all)
	}
	return &all
}

func mailed(event EventID, v VendorID) func(*Told) { return func(t *Told) { t.Add(event, v, true) } }
func unmailed(event EventID, v VendorID) func(*Told) {
	return func(t *Told) { t.Add(event, v, false) }
}

func TestWhomNoticesReached(t *testing.T) {
	t.Parallel()
	lists := func(all *Told, mailed, toCall []VendorID) bool {
		return slices.Equal(all.Mailed, mailed) && slices.Equal(all.ToCall, toCall)
	}
	claims(t, map[string]bool{
		"nobody, before the first":                   toldOf().Nobody(),
		"a letter is somebody":                       !toldOf(mailed("e", "a")).Nobody(),
		"a call to make is somebody":                 !toldOf(unmailed("e", "a")).Nobody(),
		"a letter and a call are two of them":        !toldOf(mailed("e", "a"), unmailed("e", "b")).Nobody(),
		"each vendor once":                           lists(toldOf(mailed("e", "a"), mailed("e", "a"), unmailed("e", "b"), unmailed("e", "b")), []VendorID{"a"}, []VendorID{"b"}),
		"a letter is not enough where another fails": lists(toldOf(mailed("e", "a"), mailed("e", "b"), unmailed("e", "a")), []VendorID{"b"}, []VendorID{"a"}),
		"a later letter spares no call":              lists(toldOf(unmailed("e", "a"), mailed("e", "a")), nil, []VendorID{"a"}),
		"notices of one event go to its call list":   toldOf(mailed("e", "a"), unmailed("e", "b")).Event == "e",
		"notices of two events have no list":         toldOf(mailed("e", "a"), mailed("f", "b")).Event == "",
		"nor do they get one back":                   toldOf(mailed("e", "a"), mailed("f", "b"), mailed("e", "a")).Event == "",
	})
}
