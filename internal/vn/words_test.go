package vn

import "testing"

func TestDongWords(t *testing.T) {
	t.Parallel()
	for amount, want := range map[int64]string{
		0:               "Không đồng",
		5_000:           "Năm nghìn đồng",
		10_000:          "Mười nghìn đồng",
		15_000:          "Mười lăm nghìn đồng",
		20_000:          "Hai mươi nghìn đồng",
		21_500:          "Hai mươi mốt nghìn năm trăm đồng",
		50_000:          "Năm mươi nghìn đồng",
		55_000:          "Năm mươi lăm nghìn đồng",
		100_000:         "Một trăm nghìn đồng",
		105_000:         "Một trăm lẻ năm nghìn đồng",
		111_000:         "Một trăm mười một nghìn đồng",
		2_050_000:       "Hai triệu không trăm năm mươi nghìn đồng",
		1_000_004:       "Một triệu không trăm lẻ bốn đồng",
		13_400_000:      "Mười ba triệu bốn trăm nghìn đồng",
		1_234_567_891:   "Một tỷ hai trăm ba mươi bốn triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi mốt đồng",
		-1:              "",
		999_999_999_999: "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng",
		1e12:            "",
	} {
		if got := DongWords(amount); got != want {
			t.Errorf("%d is read %q, want %q", amount, got, want)
		}
	}
}
