package vendors

import (
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// groupWords are words in the names of goods that belong to one group and hardly ever to
// another. The first line that has one decides: what needs a licence or has a rule of its
// own comes first, so that it is never taken for plain food.
var groupWords = []struct {
	group registry.ProductGroup
	words []string
}{
	{registry.SpiritGroup, []string{"rượu"}},
	{registry.FarmInputGroup, []string{"phân bón", "phân hữu cơ", "thuốc trừ sâu", "hạt giống", "cây giống", "con giống", "thức ăn chăn nuôi"}},
	{registry.HerbGroup, []string{"dược liệu", "thuốc nam", "tinh dầu", "đẳng sâm", "ba kích", "hà thủ ô", "tam thất", "nấm linh chi", "giảo cổ lam"}},
	{registry.TextileGroup, []string{"quần áo", "vải thổ cẩm", "thổ cẩm", "trang phục", "giày dép", "khăn thêu"}},
	{registry.OrnamentalGrp, []string{"hoa lan", "cây cảnh", "cá cảnh", "chim cảnh"}},
	{registry.HandicraftGrp, []string{"mây tre", "đan lát", "đồ gỗ", "mỹ nghệ", "đồ gốm"}},
	{registry.TourismGroup, []string{"du lịch", "homestay", "lưu trú"}},
	{registry.DrinkGroup, []string{"trà", "chè khô", "chè xanh", "chè búp", "cà phê", "nước ép", "nước khoáng", "nước tinh khiết"}},
	{registry.FoodGroup, []string{"miến", "miến dong", "bún khô", "bánh", "măng khô", "măng chua", "măng ớt", "mật ong", "lạp sườn", "lạp xưởng", "thịt gác bếp",
		"thịt treo", "giò chả", "nước mắm", "mắm tép", "kẹo", "mứt", "gạo", "tinh bột", "tôm chua", "ô mai", "xôi", "chuối sấy", "mít sấy", "ruốc"}},
	{registry.FreshGroup, []string{"rau", "bưởi", "cam sành", "quýt", "hồng không hạt", "chuối", "khoai", "bí xanh", "bí đỏ", "măng tươi", "gà", "vịt",
		"cá tươi", "trứng gà", "trứng vịt", "vải thiều", "gừng tươi", "nấm tươi"}},
}

// GuessGroup is the group of goods by their name, typed with marks or without; "" where
// the name does not say it. A guess is shown for checking: whoever sells the goods
// answers for the group.
func GuessGroup(name string) registry.ProductGroup {
	folded := " " + vn.Fold(name) + " "
	for _, g := range groupWords {
		for _, w := range g.words {
			if strings.Contains(folded, " "+vn.Fold(w)+" ") {
				return g.group
			}
		}
	}
	return ""
}
