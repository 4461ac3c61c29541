package committee

import (
	"slices"

	"hoicho/internal/registry"
)

// PlaceKind is what a place of sale was set up for.
type PlaceKind string

// The kinds of place. The schemes for the domestic market ask for those of Vietnamese goods,
// the rules of OCOP for those of its products.
const (
	VietnamesePlace PlaceKind = "vietnamese_goods" // điểm bán hàng Việt Nam cố định
	OCOPPlace       PlaceKind = "ocop"             // điểm giới thiệu, bán sản phẩm OCOP
	SafeFoodPlace   PlaceKind = "safe_food"        // cửa hàng nông sản, thực phẩm an toàn
)

// PlaceKinds lists the kinds in the order shown to people.
var PlaceKinds = []PlaceKind{VietnamesePlace, OCOPPlace, SafeFoodPlace}

// Valid reports whether k is a known kind.
func (k PlaceKind) Valid() bool { return slices.Contains(PlaceKinds, k) }

// Place is a place where Vietnamese goods are sold all the year (điểm bán). It is never
// deleted: one that gave up keeps its days and the reason.
type Place struct {
	ID           registry.PlaceID
	Slug         string // of its public page
	Kind         PlaceKind
	Name         string
	Address      string           // below the commune: house, street, village
	Area         registry.AreaRef // commune, in the edition of its first day
	Organisation string           // that runs it: enterprise, co-operative, shop
	Keeper       string           // person in charge; personal
	Phone        string           // of the keeper; personal
	Agreed       bool             // the keeper agreed that name and phone are public
	AgreedAt     int64            // unix ms; 0 without
	Groups       []registry.ProductGroup
	Goods        string // in words
	Hours        string // when it is open, as people say it
	From         string // first day, YYYY-MM-DD
	Until        string // last day; "" goes on
	EndReason    string // why it gave up; "" goes on
	Paper        string // that it rests on; "" is not known
	Body         registry.BodyID
	Photo        registry.FileID // public; "" is none
	EnteredBy    registry.AccountID
	EnteredAs    string // name at that time
	EnteredAt    int64  // unix ms
	Version      int64
}

// Limits of a place, in characters.
const (
	MaxPlaceName  = 120
	MaxPlaceLine  = 200
	MaxPlaceGoods = 600
	MaxEndReason  = 300
)

// PlaceState is whether a place sells on a day.
type PlaceState string

// The states.
const (
	PlaceSelling PlaceState = "selling" // đang bán
	PlaceComing  PlaceState = "coming"  // has a first day that is still to come
	PlaceEnded   PlaceState = "ended"   // đã thôi
)

// PlaceStates lists the states in the order shown to people.
var PlaceStates = []PlaceState{PlaceSelling, PlaceEnded, PlaceComing}

// StateOn is whether the place sells on a day: its last day is one on which it does.
func (p Place) StateOn(day string) PlaceState {
	switch {
	case day < p.From:
		return PlaceComing
	case p.Until != "" && p.Until < day:
		return PlaceEnded
	}
	return PlaceSelling
}

// Public is the place as everybody may read it: without the person in charge, unless that
// person agreed, and without who entered it.
func (p Place) Public() Place {
	if !p.Agreed {
		p.Keeper, p.Phone = "", ""
	}
	p.EnteredBy, p.EnteredAs = "", ""
	return p
}

// PlaceFilter chooses places. Empty fields do not narrow.
type PlaceFilter struct {
	Codes []string // found under one of today's units; nil is all
	Area  string   // code of a unit of today
	Kind  PlaceKind
	State PlaceState // on the day On
	On    string     // YYYY-MM-DD
	Text  string     // folded words of name, address, organisation, goods
	Skip  int        // rows to leave out
	Limit int        // 0 is all
}

// PlaceDay is the day on which the places of a plan's year are counted: the last day of
// the year, or today as long as the year goes on.
func (p Plan) PlaceDay(today string) string { return min(p.LastDay(), today) }
