package registry

import (
	"reflect"
	"testing"
)

func TestKeysOfWhatIsAskedForComeBack(t *testing.T) {
	for key, want := range map[string]Asked{
		"application:days":                {About: AskField, Name: "days"},
		"vendor:phone":                    {About: AskVendor, Name: "phone"},
		"product:p1":                      {About: AskProduct, Product: "p1"},
		"paper:food_cert:missing":         {About: AskPaper, Name: "food_cert", Why: PaperMissing},
		"paper:self_declaration:lapses:p": {About: AskPaper, Name: "self_declaration", Why: PaperLapses, Product: "p"},
	} {
		got, ok := ParseAsk(key)
		if !ok || !reflect.DeepEqual(got, want) || got.Key() != key {
			t.Errorf("%s is read as %+v (%v) and written as %s", key, got, ok, got.Key())
		}
	}
	for _, key := range []string{"", "field", "application:", "application:a:b", "product:", "paper:food_cert", "paper:passport:missing", "paper:food_cert:ugly",
		"paper:food_cert:missing:", "paper:food_cert:missing:p:q", "event:days", ":", "vendor:a:b"} {
		if got, ok := ParseAsk(key); ok {
			t.Errorf("%q is read as %+v", key, got)
		}
	}
}

func TestEveryFieldOfAnApplicationHasItsValue(t *testing.T) {
	none, full := Application{}, Application{Days: []string{"2026-12-17"}, Products: []ProductID{"b", "a"}, Booths: 2, Zone: "A", NeedsPower: true, StaffN: 3,
		Vehicles: []string{"20C-101.55"}, Promotion: Promotion{Percent: 20}, Note: "Gần cổng"}
	for _, name := range ApplicationFields {
		if full.Field(name) == "" || full.Field(name) == none.Field(name) {
			t.Errorf("%s is told as %q, of an empty one as %q", name, full.Field(name), none.Field(name))
		}
	}
	if got := full.Field("reason"); got != "" {
		t.Errorf("what is no field is told as %q", got)
	}
	if got := full.Field("products"); got != "a\nb" {
		t.Errorf("the goods are told as %q", got)
	}
}

func TestFindingsSayWhatIsAskedFor(t *testing.T) {
	goods := []Product{{ID: "p", Name: "Rượu men lá"}}
	for want, f := range map[string]Finding{
		"paper:spirit_licence:missing":     {Kind: Missing, Paper: SpiritLicence},
		"paper:self_declaration:missing:p": {Kind: Missing, Paper: SelfDeclaration, Product: "Rượu men lá"},
		"paper:commitment:lapses":          {Kind: Lapses, Paper: FoodCommitment, On: "2026-12-18"},
		"product:p":                        {Kind: LabelOver, Product: "Rượu men lá"},
		"application:promo_percent":        {Kind: OverCeiling, Percent: 60, Ceiling: 50},
	} {
		if got := AskOf(f, goods).Key(); got != want {
			t.Errorf("%+v asks for %s, want %s", f, got, want)
		}
	}
}

func TestAPaperMayStandForAnother(t *testing.T) {
	claims(t, map[string]bool{
		"a commitment does for a food certificate": len(FoodSafety.Alternatives()) == 3 && FoodSafety.Alternatives()[1] == FoodCommitment,
		"nothing does for a business licence":      len(BusinessLicence.Alternatives()) == 1 && BusinessLicence.Alternatives()[0] == BusinessLicence,
	})
}
