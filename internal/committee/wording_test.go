package committee_test

import (
	"strings"
	"testing"

	"hoicho/internal/committee"
)

const wordingDay = "2026-11-23"

// praises are phrases with what is found in each, by "|".
var praises = map[string]string{
	// superlatives
	"Đây là hàng tốt nhất vùng Đông Bắc.": "tốt nhất",
	"MIẾN DONG NGON NHẤT BẮC KẠN":         "NGON NHẤT",
	"Giá Rẻ Nhất Hội Chợ":                 "Rẻ Nhất",
	"Gian A05 rẻ nhất là miến dong.":      "rẻ nhất",
	"hội chợ lớn nhất từ trước đến nay":   "lớn nhất",
	"Nơi duy nhất bán chè Shan":           "duy nhất",
	"Bền nhất, đẹp nhất!":                 "Bền nhất|đẹp nhất",
	"Nhất vùng Đông Bắc":                  "Nhất vùng",
	"được nhiều người mua nhất":           "mua nhất",
	// the first
	"thương hiệu số 1 Việt Nam":   "số 1",
	"Chất lượng là số một":        "số một",
	"Miến dong Top 1":             "Top 1",
	"Sản phẩm hàng đầu của tỉnh":  "hàng đầu",
	"chất lượng vô địch, vô song": "vô địch|vô song",
	// words that only look like praise
	"Bà con chú ý, nhất là người già, đi đường cẩn thận": "",
	"Phiên chợ thứ nhất":                     "",
	"Thống nhất ngày mở":                     "",
	"Công viên Thống Nhất":                   "",
	"Nhất định phải có nhãn":                 "",
	"Các xã nhất trí, làm nhất quán":         "",
	"ít nhất hai mươi gian":                  "",
	"Chậm nhất ngày 20/11 phải nộp":          "",
	"chợ gần nhất ở Nghĩa Tá":                "",
	"tin mới nhất":                           "",
	"Giải nhất hội thi":                      "",
	"Huân chương hạng Nhất":                  "",
	"Ông Hoàng Văn Nhất, trưởng thôn":        "",
	"Nhất nước, nhì phân, tam cần, tứ giống": "",
	"Tốt nhất là đến trước 8 giờ":            "",
	"Hợp nhất ba xã cũ":                      "",
	"Cổng số 1 mở lúc 7 giờ":                 "",
	"Gian số một còn trống":                  "",
	"Quốc lộ số 1":                           "",
	"Quyết định số 1/QĐ":                     "",
	"Trụ sở ở số 1 đường Hùng Vương":         "",
	"một số mặt hàng":                        "",
	"một số một mình đi":                     "",
	"số 1.000 đồng":                          "",
	"số 12":                                  "",
	"Khách hàng đầu tiên được tặng quà":      "",
	"Gian bày ở hàng đầu":                    "",
	"nhận hàng đầu vụ":                       "",
	"các gian hàng đầu dãy":                  "",
	"vô tư, vô cùng":                         "",
	"":                                       "",
	"!!!":                                    "",
}

// cuts are phrases with price cuts.
var cuts = map[string]string{
	"giảm giá đến 70%":                     "giảm giá đến 70%",
	"Giảm 60 % cho mọi mặt hàng":           "Giảm 60 %",
	"GIẢM SỐC TỚI 90%":                     "GIẢM SỐC TỚI 90%",
	"giảm từ 20% đến 51%":                  "giảm từ 20% đến 51%",
	"giảm sáu mươi, tức giảm 60 phần trăm": "giảm 60 phần trăm",
	"Sale 80%":         "Sale 80%",
	"Áo ấm -75%":       "-75%",
	"khuyến mại 100%":  "khuyến mại 100%",
	"giảm giá đến 50%": "",
	"Miến dong: từ 85.000 ₫ còn 30.000 ₫/kg":     "85.000 ₫ còn 30.000",
	"áo 120k chỉ còn 50k":                        "120k chỉ còn 50k",
	"từ 1 triệu còn 400 nghìn":                   "1 triệu còn 400",
	"giá trước 85.000 đồng, nay còn 68.000 đồng": "",
	"hộ nghèo từ 12.000 còn 3.000":               "",
	"Giảm 49,9%":                                 "",
	"Doanh thu giảm 60%":                         "",
	"hộ nghèo giảm 70% so với năm trước":         "",
	"giảm chi phí 80%":                           "",
	"100% hàng có nhãn":                          "",
	"Giảm giá. 80% gian hàng trong tỉnh":         "",
	"83-92%": "",
}

func foundIn(text string) string {
	var words []string
	for _, w := range committee.CheckWording(text, wordingDay) {
		words = append(words, w.Word)
	}
	return strings.Join(words, "|")
}

func TestPraiseIsFoundByVietnameseWords(t *testing.T) {
	for text, want := range praises {
		t.Run(text, func(t *testing.T) {
			if got := foundIn(text); got != want {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
}

func TestPriceCutsAboveTheCeilingAreFound(t *testing.T) {
	for text, want := range cuts {
		t.Run(text, func(t *testing.T) {
			if got := foundIn(text); got != want {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
}

func TestAFindingNamesItsRuleAndPlace(t *testing.T) {
	text := "Chè ngon nhất, giảm 60%"
	found := committee.CheckWording(text, wordingDay)
	if len(found) != 2 {
		t.Fatalf("found %+v", found)
	}
	praise, cut := found[0], found[1]
	if praise.Kind != committee.BestWord || praise.Law.Numbers[0] != "16/2012/QH13" || praise.From != "2026-07-05" || text[praise.At:][:len(praise.Word)] != praise.Word {
		t.Errorf("praise %+v", praise)
	}
	if cut.Kind != committee.DeepCut || cut.Law.Numbers[0] != "39/2025/TT-BCT" || cut.From != "2025-07-01" {
		t.Errorf("cut %+v", cut)
	}
}

func TestBeforeTheFirstRuleNoCutIsFound(t *testing.T) {
	if got := committee.CheckWording("giảm giá 90%", "2010-01-01"); len(got) != 0 {
		t.Errorf("found %+v", got)
	}
}

func TestKindsOfPraise(t *testing.T) {
	for text, want := range map[string]committee.WordingKind{"rẻ nhất": committee.CheapestWord, "lớn nhất": committee.LargestWord,
		"duy nhất": committee.OnlyWord, "thơm nhất": committee.BestWord, "thương hiệu hàng đầu": committee.FirstWord} {
		if got := committee.CheckWording(text, wordingDay); len(got) != 1 || got[0].Kind != want {
			t.Errorf("%s: %+v, want %s", text, got, want)
		}
	}
}
