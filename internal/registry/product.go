package registry

import "slices"

// ProductGroup is the kind of goods, after the six sectors of OCOP
// (26/2026/QĐ-TTg) with what else is sold at markets.
type ProductGroup string

// The groups.
const (
	FoodGroup      ProductGroup = "food"
	FreshGroup     ProductGroup = "fresh" // unprocessed produce
	DrinkGroup     ProductGroup = "drink"
	SpiritGroup    ProductGroup = "spirit" // needs a licence for hand-made spirits
	HerbGroup      ProductGroup = "herb"
	HandicraftGrp  ProductGroup = "handicraft"
	OrnamentalGrp  ProductGroup = "ornamental"
	TourismGroup   ProductGroup = "tourism"
	HouseholdGoods ProductGroup = "household_goods"
	TextileGroup   ProductGroup = "textile"
	FarmInputGroup ProductGroup = "farm_input"
	OtherGroup     ProductGroup = "other_goods"
)

// ProductGroups lists the groups in the order shown to people.
var ProductGroups = []ProductGroup{FoodGroup, FreshGroup, DrinkGroup, SpiritGroup, HerbGroup, HandicraftGrp, OrnamentalGrp, TourismGroup, HouseholdGoods, TextileGroup, FarmInputGroup, OtherGroup}

// Nature is whether what is sold is goods or a service. It follows from the group: the last
// sector of OCOP is tourism and services, all others are goods.
type Nature string

// The natures.
const (
	Goods    Nature = "goods"
	Services Nature = "services"
)

// Natures lists the natures in the order shown to people.
var Natures = []Nature{Goods, Services}

// Nature is whether the group is of goods or of services.
func (g ProductGroup) Nature() Nature {
	if g == TourismGroup {
		return Services
	}
	return Goods
}

// Valid reports whether g is a known group.
func (g ProductGroup) Valid() bool { return slices.Contains(ProductGroups, g) }

// Origin is what the label says of where goods come from, stated by the vendor at
// its own responsibility (37/2026/NĐ-CP, Điều 47).
type Origin string

// The origin statements. PackedIn alone does not count as Vietnamese goods.
const (
	MadeIn      Origin = "made_in"      // sản xuất tại, xuất xứ, sản phẩm của Việt Nam
	AssembledIn Origin = "assembled_in" // lắp ráp, hoàn tất tại Việt Nam
	PackedIn    Origin = "packed_in"    // đóng gói, đóng chai tại Việt Nam
	OriginOther Origin = "other"
)

// Origins lists the origin statements in the order shown to people.
var Origins = []Origin{MadeIn, AssembledIn, PackedIn, OriginOther}

// Valid reports whether o is a known statement.
func (o Origin) Valid() bool { return slices.Contains(Origins, o) }

// Vietnamese reports whether the statement by itself can count as Vietnamese
// goods.
func (o Origin) Vietnamese() bool { return o == MadeIn || o == AssembledIn }

// Evidence is a rung of the ladder of proof that goods are Vietnamese, or a
// fall from it.
type Evidence string

// The rungs, lowest first, then the two falls.
const (
	Declared   Evidence = "declared"   // the vendor says so
	Documented Evidence = "documented" // papers are with the office
	Checked    Evidence = "checked"    // an officer has read the papers and the label
	Confirmed  Evidence = "confirmed"  // an officer has seen the making
	Disputed   Evidence = "disputed"
	Excluded   Evidence = "excluded"
)

// EvidenceLadder lists the four rungs, lowest first.
var EvidenceLadder = []Evidence{Declared, Documented, Checked, Confirmed}

// Rung returns 1 to 4 for a rung of the ladder, 0 for disputed or excluded.
func (e Evidence) Rung() int { return slices.Index(EvidenceLadder, e) + 1 }

// Fallen reports whether the goods have been thrown off the ladder.
func (e Evidence) Fallen() bool { return e == Disputed || e == Excluded }

// Valid reports whether e is a rung or a fall.
func (e Evidence) Valid() bool { return e.Rung() > 0 || e.Fallen() }

// MaxPhotos is how many photos a product may have.
const MaxPhotos = 6

// Product is something a vendor sells: goods or a service.
type Product struct {
	ID            ProductID
	Vendor        VendorID
	Slug          string
	Name          string
	Group         ProductGroup
	Brand         string // nhãn hiệu, as it stands on the goods; "" has none
	Description   string
	Origin        Origin
	OriginPlace   string // where it is made, free text
	Label         Label
	GTIN          string // optional, check digit verified; says who licensed the number, not where goods were made
	PriceDong     int64  // 0 = not told
	PriceUnit     string // "kg", "gói 500 g"
	Evidence      Evidence
	EvidenceBy    AccountID
	EvidenceAt    int64
	EvidenceUntil string // YYYY-MM-DD; empty: no end
	EvidenceNote  string // shown to the public
	Hidden        bool
	Photos        []FileID
	Ratings       []Rating
	CreatedAt     int64
	UpdatedAt     int64
	Version       int64
}

// Rating is an OCOP star rank by a decision. The rules that it was given by are
// those of the day of the decision: OCOPRuleOn.
type Rating struct {
	Stars    int    // 3 to 5
	Decision string // số quyết định
	IssuedOn string // YYYY-MM-DD
	ValidTo  string // YYYY-MM-DD inclusive
	// Claimed means that the vendor typed it in and nobody has yet compared it
	// with the decision. It is never shown as a star.
	Claimed bool
}

// Stars returns the rank in force on a day. A lapsed, undated or merely claimed
// rank is never shown as one: ok is false.
func (p *Product) Stars(day string) (best Rating, ok bool) {
	for _, r := range p.Ratings {
		if r.InForce(day) && r.Stars > best.Stars {
			best = r
		}
	}
	return best, best.Stars > 0
}

// InForce reports whether the rank may be shown on a day.
func (r Rating) InForce(day string) bool {
	return !r.Claimed && r.IssuedOn != "" && r.IssuedOn <= day && day <= r.ValidTo
}

// EvidenceOn returns the evidence as it counts on a day: what was checked or
// confirmed until a date falls back to documented after it.
func (p *Product) EvidenceOn(day string) Evidence {
	if p.EvidenceUntil != "" && day > p.EvidenceUntil && p.Evidence.Rung() > 2 {
		return Documented
	}
	return p.Evidence
}

// ProductCard is a product with whose it is, as lists show it.
type ProductCard struct {
	Product
	VendorName string
	VendorSlug string
	VendorArea AreaRef
}
