package booths_test

import (
	"fmt"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
)

// row makes booths of zones from codes such as "A1" free, "A2p" with power, "A3s" special, "A4-" blocked.
func row(codes ...string) (list []registry.Booth) {
	for i, code := range codes {
		b := registry.Booth{ID: registry.BoothID(code[:2]), Code: code[:2], Zone: code[:1], Row: 1, Col: i + 1, Kind: registry.StandardBooth, State: registry.BoothFree}
		if strings.Contains(code, "p") {
			b.Power = true
		}
		if strings.Contains(code, "s") {
			b.Kind = registry.SpecialBooth
		}
		if strings.Contains(code, "-") {
			b.State = registry.BoothBlocked
		}
		list = append(list, b)
	}
	return list
}

// wish is an application named by its number, sent in the order of numbers.
func wish(n int64, zone string, power bool, owed int) booths.Wish {
	return booths.Wish{Application: registry.ApplicationID(fmt.Sprint("app", n)), Number: n, SubmittedAt: n, Zone: zone, Power: power, Owed: owed}
}

func TestPlacingFollowsWishes(t *testing.T) {
	held := row("A1", "A2", "A3")
	held[2].State, held[2].Application = registry.BoothHeld, "app1"
	others := row("A1", "A2")
	others[0].State, others[0].Application = registry.BoothHeld, "app9"
	mine := row("A1", "A2", "A3", "A4")
	mine[2].State, mine[2].Application = registry.BoothAssigned, "app1"
	suspended := wish(1, "", false, 1)
	suspended.Blocked = true
	for name, c := range map[string]struct {
		wishes []booths.Wish
		booths []registry.Booth
		want   string // number:code:reasons of each, then number!reason of who goes without
	}{
		"who applied first chooses first":           {[]booths.Wish{wish(2, "", false, 1), wish(1, "", false, 1)}, row("A1", "A2"), "1:A1:order 2:A2:order"},
		"the zone that was wished for":              {[]booths.Wish{wish(1, "B", false, 1), wish(2, "", false, 1)}, row("A1", "B1"), "1:B1:zone 2:A1:order"},
		"another where that is full":                {[]booths.Wish{wish(1, "B", false, 1)}, row("A1", "B1-"), "1:A1:zone_full"},
		"power only for who needs it":               {[]booths.Wish{wish(1, "", false, 1), wish(2, "", true, 1)}, row("A1p", "A2"), "1:A2:order 2:A1:power"},
		"power is kept for who needs it":            {[]booths.Wish{wish(1, "", false, 1), wish(2, "", true, 1)}, row("A1p"), "2:A1:power 1!kept"},
		"power that nobody needs is given":          {[]booths.Wish{wish(1, "", false, 1)}, row("A1p"), "1:A1:order"},
		"no booth without power for who needs it":   {[]booths.Wish{wish(1, "", true, 1)}, row("A1"), "1!no_power"},
		"standard booths before others":             {[]booths.Wish{wish(1, "", false, 2)}, row("A1s", "A2"), "1:A2:order 1:A1:beside,kind"},
		"two booths beside each other":              {[]booths.Wish{wish(1, "", true, 1), wish(2, "", false, 2)}, row("A1", "A2p", "A3", "A4"), "1:A2:power 2:A1:order 2:A3:order"},
		"next to the booth that it has":             {[]booths.Wish{wish(1, "", false, 1)}, mine, "1:A2:beside"},
		"the booth that it holds":                   {[]booths.Wish{wish(1, "", false, 1)}, held, "1:A3:held"},
		"not one that another holds":                {[]booths.Wish{wish(1, "", false, 1)}, others, "1:A2:order"},
		"no booth is free":                          {[]booths.Wish{wish(1, "", false, 1)}, row("A1-"), "1!no_booth"},
		"part of what is owed":                      {[]booths.Wish{wish(1, "", false, 2)}, row("A1"), "1:A1:order 1!no_booth"},
		"nothing for a suspended vendor":            {[]booths.Wish{suspended, wish(2, "", false, 1)}, row("A1"), "2:A1:order 1!blocked"},
		"who goes without does not keep power away": {[]booths.Wish{wish(1, "", true, 1), wish(2, "", true, 1), wish(3, "", false, 1)}, row("A1p", "A2"), "1:A1:power 3:A2:order 2!no_power"},
	} {
		t.Run(name, func(t *testing.T) {
			p := booths.Place(c.wishes, c.booths)
			var got []string
			for _, x := range p.Placed {
				why := make([]string, len(x.Why))
				for i, r := range x.Why {
					why[i] = string(r)
				}
				got = append(got, fmt.Sprintf("%d:%s:%s", x.Number, x.Booth.Code, strings.Join(why, ",")))
			}
			for _, x := range p.Unplaced {
				got = append(got, fmt.Sprintf("%d!%s", x.Number, x.Why))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("placed %v, want %s", got, c.want)
			}
			if again := booths.Place(c.wishes, c.booths); again.Mark != p.Mark || fmt.Sprint(again) != fmt.Sprint(p) {
				t.Error("the same wishes and booths give another proposal")
			}
		})
	}
}

func TestMarkOfAProposalTellsWhatChanged(t *testing.T) {
	wishes, list := []booths.Wish{wish(1, "", false, 1)}, row("A1", "A2")
	was := booths.Place(wishes, list).Mark
	for name, change := range map[string]func(){
		"a booth":        func() { list[1].Version++ },
		"its state":      func() { list[1].State = registry.BoothBlocked },
		"an application": func() { wishes[0].Version++ },
		"what is owed":   func() { wishes[0].Owed = 2 },
		"one more":       func() { wishes = append(wishes, wish(2, "", false, 1)) },
	} {
		t.Run(name, func(t *testing.T) {
			change()
			now := booths.Place(wishes, list).Mark
			if now == was {
				t.Error("the mark is the same")
			}
			was = now
		})
	}
}
