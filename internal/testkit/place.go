package testkit

import (
	"hoicho/internal/app/places"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// TypedPlace is a place of sale at Ba Bể since yesterday, typed in full.
func (k *Kit) TypedPlace() places.Input {
	return places.Input{Kind: string(committee.OCOPPlace), Name: "Điểm OCOP Ba Bể", Address: "thôn Pác Ngòi", Area: BaBe.String(), Organisation: "HTX Ba Bể",
		Keeper: "Nông Thị Hạnh", Phone: "0912345678", Groups: []string{string(registry.FoodGroup)}, Goods: "miến dong", Hours: "7:00–18:00",
		Since: vn.ShowDate(vn.AddDays(k.App.Today(), -1)), Paper: "Quyết định 12/QĐ-UBND"}
}

// Place enters TypedPlace, changed as the test likes.
func (k *Kit) Place(changes ...func(*places.Input)) committee.Place {
	k.T.Helper()
	in := k.TypedPlace()
	for _, change := range changes {
		change(&in)
	}
	p, err := k.App.Places.Create(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return p
}
