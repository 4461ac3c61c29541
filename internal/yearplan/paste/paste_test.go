package paste

import (
	"fmt"
	"strings"
	"testing"

	"hoicho/data"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

var plan2027 = Reader{Year: 2027}

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"19/3": "2027-03-19", "19/3/2027": "2027-03-19", "19-3-2027": "2027-03-19", "19.3": "2027-03-19", "2027-03-19": "2027-03-19", "1/2/28": "2028-02-01",
		"19-21/3/2027": "2027-03-19 2027-03-21", "19–21/3": "2027-03-19 2027-03-21", "19/3 - 21/3": "2027-03-19 2027-03-21", "từ 19 đến 21/3": "2027-03-19 2027-03-21",
		"30/3–1/4": "2027-03-30 2027-04-01", "30/12/2026-1/1/2027": "2026-12-30 2027-01-01", "30/12-1/1/2027": "2026-12-30 2027-01-01",
		"2027-03-19 – 2027-03-21": "2027-03-19 2027-03-21", "2027-03-19/2027-03-21": "2027-03-19 2027-03-21",
		"12/2 âm": "2027-03-19", "12/2 ÂL": "2027-03-19", "12/2 (âm lịch)": "2027-03-19", "12/2/2027 âm": "2027-03-19", "15/Giêng": "2027-02-20",
		"mồng 5 tháng Chạp": "2027-01-12", "mùng 3 tháng Ba": "2027-04-09", "rằm tháng 7": "2027-08-16", "12-14/2 âm": "2027-03-19 2027-03-21",
		"thứ Bảy 20/3": "2027-03-20", "T7, 20/3": "2027-03-20", "chủ nhật ngày 21/3/2027": "2027-03-21",
		"30/2/2027": "paste.error.month_days", "31/4": "paste.error.month_days", "29/2": "paste.error.month_days", "thứ Sáu 20/3": "paste.error.weekday",
		"21-19/3": "paste.error.reversed", "": "paste.error.date", "mai": "paste.error.date", "thứ Bảy": "paste.error.date", "0/3": "paste.error.month_days", "12/13": "paste.error.date",
		"30/12/2026 âm": "paste.error.lunar_short", "31/2 âm": "paste.error.date", "12/2 nhuận": "paste.error.lunar",
	} {
		s, wrong := plan2027.Solar(text)
		got := s.First
		if s.Last != s.First {
			got += " " + s.Last
		}
		if wrong != nil {
			got = wrong.Key
		}
		if got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
	if s, wrong := (Reader{Year: 2027, Month: 3}).Solar("19"); wrong != nil || s.First != "2027-03-19" {
		t.Errorf("a day of a known month: %+v %v", s, wrong)
	}
	for from, want := range map[string]string{"": "2027-03-06", "2027-03-07": "2027-03-13", "2027-03-30": ""} {
		if s, _ := (Reader{Year: 2027, Month: 3, From: from}).Solar("thứ Bảy"); s.First != want || s.Guess == "" && want != "" {
			t.Errorf("a weekday of a known month from %s: %+v, want %s", from, s, want)
		}
	}
}

// TestEveryDayComesBack writes each day of a year in every way and reads it again, by both calendars.
func TestEveryDayComesBack(t *testing.T) {
	for _, year := range []int{2025, 2027, 2028} {
		r := Reader{Year: year}
		for day := fmt.Sprintf("%d-01-01", year); strings.HasPrefix(day, fmt.Sprint(year)); day = vn.AddDays(day, 1) {
			at, _ := vn.StartOf(day)
			texts := []string{day, vn.ShowDate(day), at.Format("2/1"), at.Format("2.1.06"), vn.Weekday(day, "vi") + " " + at.Format("2/1/2006"), vn.WeekdayShort(day, "vi") + ", " + at.Format("2/1")}
			if d, ok := vn.Lunar(day); ok {
				lunar := fmt.Sprintf("%d/%d", d.Day, d.Month)
				if d.Leap {
					lunar += " nhuận"
				}
				texts = append(texts, fmt.Sprintf("%s/%d âm", lunar, d.Year))
				if s, wrong := r.Solar(lunar + " âm"); wrong != nil || s.First != day && s.Guess == "" {
					t.Errorf("%s âm is read as %s %v, want %s", lunar, s.First, wrong, day)
				}
			}
			for _, text := range texts {
				if s, wrong := r.Solar(text); wrong != nil || s.First != day || s.Last != day || s.Guess != "" {
					t.Errorf("%q is read as %+v %v, want %s", text, s, wrong, day)
				}
			}
			last := vn.AddDays(day, 2)
			if s, wrong := r.Solar(vn.ShowDate(day) + " - " + vn.ShowDate(last)); wrong != nil || s.First != day || s.Last != last {
				t.Errorf("%s to %s is read as %+v %v", day, last, s, wrong)
			}
		}
	}
}

// FuzzDays: whatever is typed, what comes back are days in their order, or a reason.
func FuzzDays(f *testing.F) {
	for _, text := range []string{"19/3", "12/2 âm", "15/Giêng", "19-21/3/2027", "thứ Bảy 20/3", "--/", "0", "30/12 âm - 2/1 âm", "/2027", "\xff"} {
		f.Add(text, false, 0)
	}
	f.Fuzz(func(t *testing.T, text string, lunar bool, month int) {
		r := Reader{Year: 2027, Month: month % 13}
		s, wrong := r.read(text, lunar)
		if wrong == nil && (!vn.ValidDate(s.First) || !vn.ValidDate(s.Last) || s.Last < s.First) {
			t.Errorf("%q gives %+v", text, s)
		}
	})
}

func units(t testing.TB) *Units {
	t.Helper()
	areas, err := registry.ParseAreas(data.Units, vn.Fold, vn.SortKey)
	if err != nil {
		t.Fatal(err)
	}
	return &Units{Areas: areas, Home: registry.AreaRef{Edition: registry.Edition2025, Code: "19"}}
}

func TestCommunesAreReadAsPeopleWriteThem(t *testing.T) {
	x := units(t)
	for text, want := range map[string]string{
		"Nghĩa Tá": "Nghĩa Tá", "xã nghĩa tá": "Nghĩa Tá", "Xã Ba Bể, T. Thái Nguyên": "Ba Bể", "Na Ri": "Na Rì paste.guess.spelling", "NGHIA TA": "Nghĩa Tá paste.guess.spelling",
		"Bắc Cạn": "0 ?1", "Văn Lăng": "Văn Lăng", "Van Lang": "0 ?2", "Không Đâu": "0 ?0", "thị trấn Chợ Rã": "Chợ Rã paste.guess.former", "Địa Linh": "Chợ Rã paste.guess.former", "xã Mỹ Phương (cũ)": "Thượng Minh paste.guess.former", "": "0 ?0",
	} {
		u := x.Read(text, "2027-03-19")
		got := strings.TrimSpace(u.Name + " " + u.Guess)
		if u.Ref.IsZero() {
			got = fmt.Sprintf("0 ?%d", len(u.Choices))
		}
		if got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}

func TestTablesAreKnownByTheirHeadings(t *testing.T) {
	for name, text := range map[string]string{
		"tabs":       "Xã\tNgày\tÂm lịch\tSố gian\tNơi họp\nNghĩa Tá\t19/3/2027\t\t20\tSân chợ Nghĩa Tá\nNa Ri\t\t11/3\t24\tSân \"cũ\"",
		"semicolons": "Xã;Ngày;Âm lịch;Số gian;Nơi họp\nNghĩa Tá;19/3/2027;;20;Sân chợ Nghĩa Tá\nNa Ri;;11/3;24;\"Sân \"\"cũ\"\"\"",
	} {
		table, err := Read([]byte(text))
		if name == "tabs" { // a quote in the midst of a cell, as people type it
			if err == nil {
				t.Log("taken as it is")
			}
			table, err = Read([]byte(strings.ReplaceAll(text, `"cũ"`, "cũ")))
		}
		if err != nil || len(table.Rows) != 2 || len(table.Columns) != 5 || table.Rows[1].Cells[Lunar] != "11/3" || table.Rows[1].N != 3 {
			t.Errorf("%s: %+v %v", name, table, err)
		}
		again, err := Read([]byte(table.Text()))
		if err != nil || again.Text() != table.Text() {
			t.Errorf("%s comes back as %q %v", name, again.Text(), err)
		}
	}
	if table, err := Read([]byte("Nghĩa Tá\t19/3\t20\nNa Rì\t20/3\t30\n")); err != nil || table.Rows[1].Cells[Booths] != "30" {
		t.Errorf("without headings: %+v %v", table, err)
	}
	for name, text := range map[string]string{"nothing": " \n", "one column": "Xã\nNghĩa Tá", "too many": "Xã\tNgày\n" + strings.Repeat("a\t1/2\n", MostRows+1)} {
		if _, err := Read([]byte(text)); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if table, err := Read([]byte("Xã\tNgày\n" + strings.Repeat("a\t1/2\n", MostRows))); err != nil || len(table.Rows) != MostRows {
		t.Errorf("as many as are taken: %v", err)
	}
}
