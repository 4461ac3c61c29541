package vn

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestDong(t *testing.T) {
	t.Parallel()
	for in, want := range map[int64]string{
		0: "0 ₫", 500: "500 ₫", 1000: "1.000 ₫", 1250000: "1.250.000 ₫", -5000: "-5.000 ₫",
		math.MaxInt64: "9.223.372.036.854.775.807 ₫", math.MinInt64: "-9.223.372.036.854.775.808 ₫",
	} {
		if got := Dong(in); got != want {
			t.Errorf("Dong(%d) = %q, want %q", in, got, want)
		}
	}
}

func TestParseDong(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{
		"1.250.000": 1250000, "1,250,000": 1250000, "1 250 000": 1250000, "1250000 đ": 1250000, "1250000": 1250000,
		" 1.250.000 ₫ ": 1250000, "1.250.000đồng": 1250000, "5000 VND": 5000, "5.000 VNĐ": 5000, "0": 0, "007": 7,
		"1.250.000\u00a0₫": 1250000, "9223372036854775807": math.MaxInt64,
	} {
		if got, err := ParseDong(in); err != nil || got != want {
			t.Errorf("ParseDong(%q) = %d, %v, want %d", in, got, err, want)
		}
	}
}

func TestParseDongRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]error{
		"": FaultNumber, "đ": FaultNumber, "-5000": FaultNumber, "+5000": FaultNumber, "12.5": FaultNumber, "0.500": FaultNumber,
		"1.250,000": FaultNumber, "1.25.000": FaultNumber, "1250.000": FaultNumber, "1..000": FaultNumber, ".500": FaultNumber,
		"1.250.000.": FaultNumber, "1e6": FaultNumber, "0x10": FaultNumber, "５００": FaultNumber, "nghìn": FaultNumber, "1_000": FaultNumber,
		"9223372036854775808": FaultNumberTooBig, "9.999.999.999.999.999.999.999": FaultNumberTooBig,
	} {
		if got, err := ParseDong(in); err != want || got != 0 {
			t.Errorf("ParseDong(%q) = %d, %v, want %v", in, got, err, want)
		}
	}
}

func TestDongReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Min(0).Draw(t, "amount")
		if got, err := ParseDong(Dong(n)); err != nil || got != n {
			t.Fatalf("%s is read back as %d, %v", Dong(n), got, err)
		}
	})
}
