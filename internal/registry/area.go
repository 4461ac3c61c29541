package registry

import "strings"

// AreaEdition names a list of administrative units that was in force at once.
type AreaEdition string

// The editions. Dates before the first one known fall into it.
const (
	Edition2025Before AreaEdition = "2025-before" // three levels, until 30 June 2025
	Edition2025       AreaEdition = "2025"        // two levels, from 1 July 2025
)

// edition2025From is the first day of Edition2025, edition2025Eve the last day
// of the edition before it.
const (
	edition2025From = "2025-07-01"
	edition2025Eve  = "2025-06-30"
)

// EditionOn returns the edition in force on a date (YYYY-MM-DD).
func EditionOn(date string) AreaEdition {
	if date < edition2025From {
		return Edition2025Before
	}
	return Edition2025
}

// AreaRef names a unit: a code alone is no identity, because codes are used
// again for other units. Codes are text: leading zeros count.
type AreaRef struct {
	Edition AreaEdition
	Code    string
}

// Code lengths of the levels.
const (
	provinceDigits = 2
	districtDigits = 3
	communeDigits  = 5
)

// ParseAreaRef reads the text form of a reference, "2025:01843". It returns
// Invalid if the text cannot name a unit; whether the unit exists is for
// Areas.Find to say.
func ParseAreaRef(s string) (AreaRef, error) {
	edition, code, _ := strings.Cut(s, ":")
	r := AreaRef{AreaEdition(edition), code}
	known := r.Edition == Edition2025Before || r.Edition == Edition2025
	level := r.IsProvince() || r.IsDistrict() || r.IsCommune()
	if !known || !level || strings.Trim(code, "0123456789") != "" {
		return AreaRef{}, E(Invalid, "error.area_unknown")
	}
	return r, nil
}

// String returns the text form, "" for the zero value.
func (r AreaRef) String() string {
	if r.IsZero() {
		return ""
	}
	return string(r.Edition) + ":" + r.Code
}

// MarshalText writes the text form, so that JSON carries references as text.
func (r AreaRef) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (r *AreaRef) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = AreaRef{}
		return nil
	}
	ref, err := ParseAreaRef(string(text))
	if err == nil {
		*r = ref
	}
	return err
}

// IsZero reports whether r names nothing.
func (r AreaRef) IsZero() bool { return r == AreaRef{} }

// IsProvince reports whether r names a province or a city of that rank.
func (r AreaRef) IsProvince() bool { return len(r.Code) == provinceDigits }

// IsDistrict reports whether r names a district; only old editions have them.
func (r AreaRef) IsDistrict() bool {
	return len(r.Code) == districtDigits && r.Edition == Edition2025Before
}

// IsCommune reports whether r names a commune, ward, township or special zone.
func (r AreaRef) IsCommune() bool { return len(r.Code) == communeDigits }

// AreaKind says what sort of unit an area is. Its value is the key under
// "area.kind." of its name in the i18n catalogue.
type AreaKind string

// The kinds of units.
const (
	AreaProvince       AreaKind = "tinh"
	AreaCity           AreaKind = "thanh-pho-tw" // a city of the rank of a province
	AreaUrbanDistrict  AreaKind = "quan"
	AreaDistrict       AreaKind = "huyen"
	AreaDistrictTown   AreaKind = "thi-xa"
	AreaProvincialCity AreaKind = "thanh-pho" // a city of the rank of a district
	AreaWard           AreaKind = "phuong"
	AreaCommune        AreaKind = "xa"
	AreaTownship       AreaKind = "thi-tran"
	AreaSpecialZone    AreaKind = "dac-khu"
)

// areaTerms are the Vietnamese names of the kinds, which are a part of the
// proper name of a unit in every language.
var areaTerms = map[AreaKind]string{
	AreaProvince: "tỉnh", AreaCity: "thành phố",
	AreaUrbanDistrict: "quận", AreaDistrict: "huyện", AreaDistrictTown: "thị xã", AreaProvincialCity: "thành phố",
	AreaWard: "phường", AreaCommune: "xã", AreaTownship: "thị trấn", AreaSpecialZone: "đặc khu",
}

// Area is an administrative unit (đơn vị hành chính) in one edition, as it was
// from ValidFrom to ValidTo. Name has no prefix and no leading zero ("Ba Bể",
// "6"). Parent is the district or province it lies in, zero for a province.
// ValidFrom is empty where the beginning is not known, ValidTo (the last day)
// where no end is. Lat and Lon are a point for a label in degrees (WGS 84);
// only communes of Edition2025 have one.
type Area struct {
	Ref                AreaRef
	Name               string
	Kind               AreaKind
	Parent             AreaRef
	ValidFrom, ValidTo string
	Lat, Lon           float64
}

// FullName returns the name with the kind before it: "xã Ba Bể", "Phường 6".
// The kind is written small except, as the rules for official documents have it
// (NĐ 30/2020/NĐ-CP, annex II), before numbers and in "Thành phố Hồ Chí Minh".
func (a Area) FullName() string {
	term := areaTerms[a.Kind]
	numbered := a.Name != "" && a.Name[0] <= '9'
	if numbered || a.Kind == AreaCity && a.Name == "Hồ Chí Minh" {
		term = strings.ToUpper(term[:1]) + term[1:]
	}
	return term + " " + a.Name
}

// within reports whether the area is in force on a date.
func (a Area) within(date string) bool {
	return a.ValidFrom <= date && (a.ValidTo == "" || date <= a.ValidTo)
}
