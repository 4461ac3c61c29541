package vn

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
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
		"1.250.000\u00a0₫": 1250000, "1tr25": 1250000, "1tr250": 1250000, "1 triệu 200 nghìn": 1200000, "1tr200k": 1200000, "2 tỷ 5": 2500000000, "5 TR": 5000000,
		"1.500 triệu": 1500000000, "0,250 tỷ": 250000000, "1,500,000.00": 1500000, "1500": 1500, "5 trieu": 5000000, "1500.0": 1500, "45k đ": 45000, "1 tỷ 20 triệu đồng": 1020000000, "1,25k": 1250, "0,250k": 250, "9223372036854775807": math.MaxInt64,
	} {
		if got, err := ParseDong(in); err != nil || got != want {
			t.Errorf("ParseDong(%q) = %d, %v, want %d", in, got, err, want)
		}
	}
}

func TestParseDongRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]error{
		"": FaultMoney, "đ": FaultMoney, "-5000": FaultNegative, "− 5": FaultNegative, "+5000": FaultMoney, "12.5": FaultMoney, "0.500": FaultMoney,
		"1.250,000": FaultMoney, "1.25.000": FaultMoney, "1250.000": FaultMoney, "1..000": FaultMoney, ".500": FaultMoney,
		"1.250.000.": FaultMoney, "1e6": FaultMoney, "0x10": FaultMoney, "５００": FaultMoney, "nghìn": FaultMoney, "1_000": FaultMoney,
		"1tr50": FaultMoney, "1,500 triệu": FaultMoney, "1.500.000.00": FaultMoney, "200k1tr": FaultMoney, "1tr2000k": FaultMoney, "1tr2 3": FaultMoney, "1trang": FaultMoney,
		"1,2345k": FaultMoney, "k": FaultMoney, "1,tr": FaultMoney, "1500,5": FaultMoney, "(5)": FaultMoney, "1k k": FaultMoney, "1tr 0tr": FaultMoney,
		"9223372036854775808": FaultNumberTooBig, "9.999.999.999.999.999.999.999": FaultNumberTooBig, "9.999.999.999.999 tỷ": FaultNumberTooBig,
	} {
		if got, err := ParseDong(in); err != want || got != 0 {
			t.Errorf("ParseDong(%q) = %d, %v, want %v", in, got, err, want)
		}
	}
}

func TestParseCount(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{"0": 0, "45": 45, "1.250": 1250, " 1,250,000 ": 1250000, "1\u00a0250": 1250, "9223372036854775807": math.MaxInt64} {
		if got, err := ParseCount(in); err != nil || got != want {
			t.Errorf("ParseCount(%q) = %d, %v, want %d", in, got, err, want)
		}
	}
	for in, want := range map[string]error{"": FaultNumber, "-5": FaultNumber, "12.5": FaultNumber, "45k": FaultNumber, "9223372036854775808": FaultNumberTooBig} {
		if got, err := ParseCount(in); err != want || got != 0 {
			t.Errorf("ParseCount(%q) = %d, %v, want %v", in, got, err, want)
		}
	}
}

// caseRows are what people type and mean, shared with the scripts of the fields.
func caseRows(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if rows, err = csv.NewReader(file).ReadAll(); err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestMoneyAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for _, row := range caseRows(t, "money.csv") {
		got, err := ParseDong(row[0])
		if shown := strconv.FormatInt(got, 10); row[1] == "" && err == nil || row[1] != "" && (err != nil || shown != row[1]) {
			t.Errorf("%q is read as %d, %v; it means %q (%s)", row[0], got, err, row[1], row[2])
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
