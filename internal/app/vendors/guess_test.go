package vendors_test

import (
	"testing"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
)

func TestGroupIsGuessedFromTheName(t *testing.T) {
	for name, want := range map[string]registry.ProductGroup{
		"Măng khô Bản Lạp": registry.FoodGroup, "mang kho": registry.FoodGroup, "Miến dong Tài Hoan": registry.FoodGroup,
		"Rượu men lá": registry.SpiritGroup, "bánh rượu": registry.SpiritGroup, // what needs a licence is never taken for food
		"Trà Shan tuyết": registry.DrinkGroup, "Bưởi Diễn": registry.FreshGroup, "Túi thổ cẩm": registry.TextileGroup,
		"": "", "Hàng nhà làm": "", "Trang trí": "", "Rauthom": "", // a part of a word says nothing
	} {
		if got := vendors.GuessGroup(name); got != want {
			t.Errorf("%q is taken for %q, want %q", name, got, want)
		}
	}
}
