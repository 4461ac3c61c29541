package paste

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hoicho/data"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

var plan2027 = Reader{Year: 2027}

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"19/3": "2027-03-19", "19/3/2027": "2027-03-19", "19-3-2027": "2027-03-19", "19.3": "2027-03-19", "2027-03-19": "2027-03-19", "1/2/28": "2028-02-01",
		"19.3.": "2027-03-19", "19 / 3": "2027-03-19", "19/ 3/2027": "2027-03-19", "19. 3": "2027-03-19", "19/03/2027 00:00": "2027-03-19", "19/3 năm 2027": "2027-03-19",
		"19-21/3/2027": "2027-03-19 2027-03-21", "19–21/3": "2027-03-19 2027-03-21", "19/3 - 21/3": "2027-03-19 2027-03-21", "từ 19 đến 21/3": "2027-03-19 2027-03-21",
		"30/3–1/4": "2027-03-30 2027-04-01", "30/12/2026-1/1/2027": "2026-12-30 2027-01-01", "30/12-1/1/2027": "2026-12-30 2027-01-01", "19-21 / 3": "2027-03-19 2027-03-21",
		"5-7/10": "2027-10-05 2027-10-07", "1-3/12": "2027-12-01 2027-12-03", "19-21/10": "2027-10-19 2027-10-21", "từ ngày 19/3 đến ngày 21/3": "2027-03-19 2027-03-21",
		"từ ngày 19/3/2027 đến hết ngày 21/3/2027": "2027-03-19 2027-03-21",
		"2027-03-19 – 2027-03-21":                  "2027-03-19 2027-03-21", "2027-03-19/2027-03-21": "2027-03-19 2027-03-21", "2027-03-19 - 2027-03-21": "2027-03-19 2027-03-21",
		"ngày 15 tháng 3 năm 2027": "2027-03-15", "30 tháng 4": "2027-04-30", "8 tháng 3": "2027-03-08", "19 đến 21 tháng 3": "2027-03-19 2027-03-21", "15-17 tháng 3": "2027-03-15 2027-03-17",
		"thứ 7, ngày 20 tháng 3": "2027-03-20", "từ 19 tháng 3 đến 21 tháng 3 năm 2027": "2027-03-19 2027-03-21",
		"12/2 âm": "2027-03-19", "12/2 ÂL": "2027-03-19", "12/2 (âm lịch)": "2027-03-19", "12/2/2027 âm": "2027-03-19", "15/Giêng": "2027-02-20", "ÂL 12/2": "2027-03-19",
		"15 tháng Giêng": "2027-02-20", "15/Giêng/2027": "2027-02-20", "rằm tháng Giêng năm 2027": "2027-02-20", "mùng 5/5 ÂL": "2027-06-09", "12 tháng 2 âm": "2027-03-19",
		"mồng 5 tháng Chạp": "2027-01-12", "rằm tháng 7": "2027-08-16", "12-14/2 âm": "2027-03-19 2027-03-21", "12/2 âm - 14/2 âm": "2027-03-19 2027-03-21",
		"12-14 tháng 2 âm lịch": "2027-03-19 2027-03-21", "9 đến 11 tháng giêng": "2027-02-14 2027-02-16",
		"mùng 3 tháng Ba": "2027-04-09 ?lunar", "thứ Bảy 20/3": "2027-03-20", "T7, 20/3": "2027-03-20", "chủ nhật ngày 21/3/2027": "2027-03-21",
		"19/3 (thứ Sáu)": "2027-03-19", "19/3/2027 (12/2 ÂL)": "2027-03-19", "19-21/3 (12/2 âm)": "2027-03-19 2027-03-21",
		"19/3 (thứ Bảy)": "paste.error.weekday", "19/3/2027 (13/2 ÂL)": "paste.error.two_days", "19/3 (đợt 1)": "paste.error.date",
		"30/2/2027": "paste.error.month_days", "31/4": "paste.error.month_days", "29/2": "paste.error.month_days", "thứ Sáu 20/3": "paste.error.weekday",
		"21-19/3": "paste.error.reversed", "": "paste.error.date", "mai": "paste.error.date", "thứ Bảy": "paste.error.date", "0/3": "paste.error.month_days", "12/13": "paste.error.date",
		"30/12/2026 âm": "paste.error.lunar_short", "31/2 âm": "paste.error.date", "12/2 nhuận": "paste.error.date", "12/2 nhuận âm": "paste.error.lunar", "19/3/2072": "paste.error.far_year",
		"19 3": "paste.error.date", "mùng 2/9": "paste.error.date", "15 tháng ba": "paste.error.date", "5,6,7/4": "paste.error.date", "12/2 âm - 14/2 dương": "paste.error.date", "45369": "paste.error.date",
		"5/7-10": "paste.error.date", "19-21": "paste.error.date",
	} {
		s, wrong := plan2027.Solar(text)
		got := s.First
		if s.Last != s.First {
			got += " " + s.Last
		}
		if s.Guess != "" {
			got += " ?" + strings.TrimPrefix(s.Guess, "paste.guess.")
		}
		if wrong != nil {
			got = wrong.Key
		}
		if got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
	march := Reader{Year: 2027, Month: 3}
	for text, want := range map[string]string{"19": "2027-03-19 2027-03-19", "19-21": "2027-03-19 2027-03-21", "5 - 7": "2027-03-05 2027-03-07", "5-7/10": "2027-10-05 2027-10-07"} {
		if s, wrong := march.Solar(text); wrong != nil || s.First+" "+s.Last != want {
			t.Errorf("%s of a known month: %+v %v, want %s", text, s, wrong, want)
		}
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
			texts := []string{day, vn.ShowDate(day), at.Format("2/1"), at.Format("2.1.06"), at.Format("2 / 1"), at.Format("2 tháng 1"), "ngày " + at.Format("02 tháng 01 năm 2006"), vn.Weekday(day, "vi") + " " + at.Format("2/1/2006"), vn.WeekdayShort(day, "vi") + ", " + at.Format("2/1")}
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
		if moon := regexp.MustCompile(`(?i)â|a|l|g|r|m`).MatchString(vn.NFC(text)); wrong == nil && !lunar && !moon && strings.Count(text, "/") == 1 && month%13 == 0 {
			var d, m int
			if n, _ := fmt.Sscanf(strings.TrimSpace(text), "%d/%d", &d, &m); n == 2 && s.First == s.Last && s.First[5:] != fmt.Sprintf("%02d-%02d", m, d) {
				t.Errorf("%q is read as %s", text, s.First)
			}
		}
	})
}

func units(t testing.TB) *Units {
	t.Helper()
	areas, err := registry.ParseAreas(data.Units, vn.Fold, vn.SortKey)
	if err != nil {
		t.Fatal(err)
	}
	return &Units{Index: NewIndex(areas, "2027-03-19"), Home: registry.AreaRef{Edition: registry.Edition2025, Code: "19"}}
}

func TestCommunesAreReadAsPeopleWriteThem(t *testing.T) {
	x := units(t)
	for text, want := range map[string]string{
		"Nghĩa Tá": "Nghĩa Tá", "xã nghĩa tá": "Nghĩa Tá", "Xã Ba Bể, T. Thái Nguyên": "Ba Bể", "Na Ri": "Na Rì spelling", "NGHIA TA": "Nghĩa Tá spelling",
		"x. Ba Bể": "Ba Bể", "X Ba Bể": "Ba Bể", "x.Ba Bể": "Ba Bể", "P. Đức Xuân": "Đức Xuân", "phường Ba Bể": "Ba Bể spelling", "xã  Ba Bể - Thái Nguyên": "Ba Bể", "Ba Bể (Thái Nguyên)": "Ba Bể",
		"Ba Bể": "Ba Bể", "xa Nghia Ta": "Nghĩa Tá spelling", "Ba Bể.": "Ba Bể",
		"Bắc Cạn": "0 ?1", "Văn Lăng": "Văn Lăng", "Van Lang": "0 ?2", "Không Đâu": "0 ?0", "": "0 ?0", "1": "0 ?0", "12": "0 ?0", ",": "0 ?0",
		"thị trấn Chợ Rã": "Chợ Rã spelling", "TT Chợ Rã": "Chợ Rã spelling", "Địa Linh": "Chợ Rã former", "xã Mỹ Phương (cũ)": "Thượng Minh former", "Thị trấn Chợ Rã (cũ)": "Chợ Rã former",
		"xã Địa Linh, Ba Bể": "Chợ Rã former", "xã Địa Linh, huyện Ba Bể, tỉnh Bắc Kạn": "Chợ Rã former", "Địa Linh, H. Ba Bể": "Chợ Rã former", "Địa Linh, Bắc Kạn": "Chợ Rã former",
		"Địa Linh, Thái Nguyên": "Chợ Rã former", "Địa Linh, Chợ Mới": "0 ?0",
		"Bằng Lang": "Chợ Đồn former", "Bằng Lang, Tuyên Quang": "Bằng Lang", "Hoàn Kiếm": "Hoàn Kiếm elsewhere", "P. Hoàn Kiếm, TP. Hà Nội": "Hoàn Kiếm",
	} {
		u := x.Read(text)
		got := strings.TrimSpace(u.Name + " " + strings.TrimPrefix(u.Guess, "paste.guess."))
		if u.Ref.IsZero() {
			got = fmt.Sprintf("0 ?%d", len(u.Choices))
		}
		if got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}

// TestFormerCommunesOfTheProvinceStayInIt: by its name alone each former commune is one of the
// province today, or a choice among such; never one of another province that happens to bear the name.
func TestFormerCommunesOfTheProvinceStayInIt(t *testing.T) {
	x, n := units(t), 0
	for _, was := range x.was {
		for _, p := range was {
			if p.top != x.Home {
				continue
			}
			old := strings.Split(p.Was, ", ")[0]
			for _, text := range []string{p.name, old, p.Was} {
				u := x.Read(text)
				hits := u.Choices
				if !u.Ref.IsZero() {
					hits = []registry.AreaHit{{Area: u.Area}}
				}
				for n++; len(hits) > 0; hits = hits[1:] {
					if top, _ := x.areas.Province(hits[0].Ref); top.Ref != x.Home {
						t.Errorf("%q is read as %s of %s", text, hits[0].Name, top.Name)
					}
				}
			}
		}
	}
	if n < 300 {
		t.Fatalf("only %d names", n)
	}
}

// TestWhatIsConfirmedIsNoGuess: the long name that a tick puts into a cell is read as that unit, of
// every commune of the country.
func TestWhatIsConfirmedIsNoGuess(t *testing.T) {
	x := units(t)
	for _, places := range x.now {
		for _, p := range places {
			long := x.areas.LongName(p.Area, "2027-03-19")
			if u := x.Read(long); u.Ref != p.Ref || u.Guess != "" {
				t.Errorf("%q is read as %+v", long, u)
			}
		}
	}
	for _, s := range []Span{{First: "2027-03-19", Last: "2027-03-19"}, {First: "2027-03-30", Last: "2027-04-01"}} {
		if got, wrong := plan2027.Solar(vn.ShowDate(s.First) + " – " + vn.ShowDate(s.Last)); wrong != nil || got != s {
			t.Errorf("%+v is read as %+v %v", s, got, wrong)
		}
	}
}

// row is a line of a table in a few words.
func row(r Row) string {
	var cells []string
	for _, f := range slices.Sorted(maps.Keys(r.Cells)) {
		cells = append(cells, string(f)+"="+r.Cells[f])
	}
	return fmt.Sprint(r.N, " ", strings.Join(cells, " "))
}

func TestTablesAreKnownByTheirHeadings(t *testing.T) {
	for text, want := range map[string]string{
		"Xã\tNgày\tÂm lịch\tSố gian\tNơi họp\nNghĩa Tá\t19/3/2027\t\t20\tSân chợ": "2 booths=20 commune=Nghĩa Tá date=19/3/2027 venue=Sân chợ",
		"Xã;Ngày;Số ngày\nBa Bể;19/3;1":                                           "2 commune=Ba Bể date=19/3 days=1",
		"KẾ HOẠCH PHIÊN CHỢ 2027\t\t\nSTT\tTên xã/phường\tThời gian tổ chức\tSố gian hàng dự kiến\tĐịa điểm tổ chức\n1\tBa Bể\t19/3\t20\tSân": "3 booths=20 commune=Ba Bể date=19/3 venue=Sân",
		"STT\tXã\tThời gian\t\tSố gian\n\t\tDương lịch\tÂm lịch\t\n1\tBa Bể\t19/3\t12/2\t20":                                                  "3 booths=20 commune=Ba Bể date=19/3 lunar=12/2",
		"Nghĩa Tá\t19/3\t20\n": "1 booths=20 commune=Nghĩa Tá date=19/3",
		"Xã\tNgày\tNơi họp\r\nBa Bể\t19/3\tChợ \"Sắc xuân\"\r\n":                   "2 commune=Ba Bể date=19/3 venue=Chợ \"Sắc xuân\"",
		"Xã\tNgày\tNơi họp\nBa Bể\t19/3\t\"Sắc xuân\" Ba Bể\nNa Rì\t20/3\t\"x\"":   "2 commune=Ba Bể date=19/3 venue=\"Sắc xuân\" Ba Bể | 3 commune=Na Rì date=20/3 venue=x",
		"Xã\tNgày\tNơi họp\nBa Bể\t19/3\t\"Sân\nchợ \"\"lớn\"\"\"\nNa Rì\t20/3\t-": "2 commune=Ba Bể date=19/3 venue=Sân chợ \"lớn\" | 3 commune=Na Rì date=20/3",
		"Xã\tNgày\tNơi họp\nBa Bể\t19/3\t" + strings.Repeat("a, ", 30):             "2 commune=Ba Bể date=19/3 venue=" + strings.TrimSpace(strings.Repeat("a, ", 30)),
		"Xã\tNgày\tNơi họp\n\nBa Bể\t19/3\t\"":                                     "3 commune=Ba Bể date=19/3 venue=\"",
		"Row\tOut\tXã\tNgày\nA\t0\tBa Bể\t19/3":                                    "2 commune=Ba Bể date=19/3",
	} {
		table, err := Read([]byte(text))
		var got []string
		for _, r := range table.Rows {
			got = append(got, row(r))
		}
		if err != nil || strings.Join(got, " | ") != want {
			t.Errorf("%q is read as %q %v, want %q", text, got, err, want)
		}
	}
	for name, text := range map[string]string{"nothing": " \n", "one column": "Xã\tGhi chú\nNghĩa Tá\tx", "too many": "Xã\tNgày\n" + strings.Repeat("a\t1/2\n", MostRows+1), "no commune": "Đơn vị\tNgày\nBa Bể\t1/2"} {
		if _, err := Read([]byte(text)); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if table, err := Read([]byte("Xã\tNgày\n" + strings.Repeat("a\t1/2\n", MostRows))); err != nil || len(table.Rows) != MostRows {
		t.Errorf("as many as are taken: %v", err)
	}
}

// TestWhatIsNotReadIsTold: columns by their heading, or by their letter where they have none.
func TestWhatIsNotReadIsTold(t *testing.T) {
	for text, want := range map[string]string{"STT\tXã\tNgày\t\tTrống\n1\tBa Bể\t19/3\tx\t": "[D]", "Ba Bể\t19/3\t20\tSân\tTên\tx": "[F]", "Xã\tNgày\tThời gian\nBa Bể\t1/3\t2": "[Thời gian]"} {
		table, err := Read([]byte(text))
		if got := fmt.Sprint(table.Unknown); err != nil || got != want {
			t.Errorf("%q does not read %s %v, want %s", text, got, err, want)
		}
	}
	table, err := Read(workbook(t))
	if err != nil || fmt.Sprint(table.Sheets) != "[Quý 2]" || len(table.Rows) != 1 || row(table.Rows[0]) != "2 commune=Ba Bể date=19/03/2027 days=1" {
		t.Errorf("of a workbook: %+v %v", table, err)
	}
}

// TestATableIsKeptAsItWasRead: every field, whatever is in its cells.
func TestATableIsKeptAsItWasRead(t *testing.T) {
	table := Table{Columns: Fields, Unknown: []string{"Ghi chú"}, Sheets: []string{"Quý 2"}, Old: true}
	for n, text := range []string{"19/3", `"Sắc xuân", chợ; phiên`, "a\tb", "=x", "<b>"} {
		r := Row{N: n + 2, Out: n == 1, Cells: map[Field]string{}}
		for i, f := range Fields {
			if (i+n)%3 > 0 {
				r.Cells[f], _ = vn.CleanLine(text)
			}
		}
		table.Rows = append(table.Rows, r)
	}
	text, err := table.Keep()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Kept(text)
	if err != nil || fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", table) {
		t.Errorf("kept as %+v %v, want %+v", again, err, table)
	}
	read, err := Read([]byte(table.Text(func(f Field) string { return string(f) })))
	if err != nil || len(read.Rows) != 4 || len(read.Columns) != len(Fields) {
		t.Errorf("as a text it is read as %+v %v", read, err)
	}
	for _, bad := range []string{"", "x", `{"columns":["commune"],"rows":[{"n":1,"cells":["a","b"]}]}`, `{"columns":["shoes"],"rows":[{"n":1,"cells":["a"]}]}`,
		`{"columns":["commune"],"rows":[{"n":1,"cells":["a"]},{"n":1,"cells":["b"]}]}`, `{"columns":["commune"],"rows":[{"n":0,"cells":["a"]}]}`} {
		if _, err := Kept(bad); registry.KindOf(err) != registry.Malformed {
			t.Errorf("%s: %v", bad, err)
		}
	}
	table.Rows[0].Cells[Theme] = strings.Repeat("ữ", MostText)
	if _, err := table.Keep(); registry.KindOf(err) != registry.Invalid {
		t.Errorf("too large: %v", err)
	}
}

// TestHeadingsAreOfOneField: no word names two fields, and each names its own.
func TestHeadingsAreOfOneField(t *testing.T) {
	of := map[string]Field{}
	for f, words := range headings {
		for _, w := range words {
			if other, taken := of[w.text]; taken {
				t.Errorf("%q names %s and %s", w.text, f, other)
			}
			if of[w.text] = f; named(w.text) != f {
				t.Errorf("%q names %s, want %s", w.text, named(w.text), f)
			}
		}
	}
}

// workbook has a plan on its first sheet, with a day that it shows as a date, and another sheet.
func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "Xã", "B1": "Ngày", "C1": "Số ngày", "A2": "Ba Bể", "B2": 46465, "C2": 1} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "B2", "B2", day); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Quý 2"); err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if err := f.Write(&raw); err != nil {
		t.Fatal(err)
	}
	return raw.Bytes()
}
