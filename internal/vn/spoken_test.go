package vn_test

import (
	"testing"

	"hoicho/internal/vn"
)

func TestNumbersAreWrittenAsTheyAreRead(t *testing.T) {
	for n, want := range map[int]string{0: "không", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm", 20: "hai mươi",
		21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 30: "ba mươi", 31: "ba mươi mốt", 99: "chín mươi chín", -1: "", 100: ""} {
		if got := vn.NumberWords(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestDaysAreWrittenAsTheyAreRead(t *testing.T) {
	for want, days := range map[string][]string{
		"": nil,
		"chủ nhật, ngày hai mươi hai tháng mười một":                                                     {"2026-11-22"},
		"từ chủ nhật, ngày hai mươi hai đến thứ tư, ngày hai mươi lăm tháng mười một":                    {"2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"},
		"từ thứ hai, ngày ba mươi tháng mười một đến thứ ba, ngày một tháng mười hai":                    {"2026-11-30", "2026-12-01"},
		"thứ bảy, ngày bốn tháng tư; thứ bảy, ngày mười một tháng tư và thứ bảy, ngày mười tám tháng tư": {"2026-04-04", "2026-04-11", "2026-04-18"},
		"không phải ngày": {"không phải ngày"},
	} {
		if got := vn.SpokenDays(days); got != want {
			t.Errorf("%v is %q, want %q", days, got, want)
		}
	}
}

func TestLunarDaysAreWrittenAsTheyAreRead(t *testing.T) {
	for _, c := range []struct{ first, last, want string }{
		{"2026-11-22", "2026-11-25", "ngày mười bốn đến ngày mười bảy tháng mười"},
		{"2027-02-06", "2027-02-06", "mùng một tháng giêng"},
		{"2027-02-05", "2027-02-07", "ngày hai mươi chín tháng chạp đến mùng hai tháng giêng"},
		{"2025-07-25", "2025-07-26", "mùng một đến mùng hai tháng sáu nhuận"},
		{"x", "2026-11-25", ""},
	} {
		if got := vn.SpokenLunar(c.first, c.last); got != c.want {
			t.Errorf("%s to %s is %q, want %q", c.first, c.last, got, c.want)
		}
	}
}

func TestClocksAreWrittenAsTheyAreRead(t *testing.T) {
	for minutes, want := range map[int]string{0: "không giờ đêm", 8 * 60: "tám giờ sáng", 11*60 + 30: "mười một giờ ba mươi trưa", 12 * 60: "mười hai giờ trưa",
		13*60 + 30: "một giờ ba mươi chiều", 21 * 60: "chín giờ tối", 24 * 60: "mười hai giờ đêm"} {
		if got := vn.SpokenClock(minutes); got != want {
			t.Errorf("%d is %q, want %q", minutes, got, want)
		}
	}
}

func TestReadingTimeOfALoudspeaker(t *testing.T) {
	if got := vn.SpokenSeconds("kính thưa toàn thể bà con", 120); got != 3 {
		t.Errorf("six syllables take %d seconds, want 3", got)
	}
}
