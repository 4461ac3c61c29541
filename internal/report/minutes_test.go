package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hoicho/internal/registry"
	"hoicho/internal/testkit/need"
)

// photo is a JPEG of one colour.
func photo(t testing.TB, w, h int, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		m.Set(i%w, i/w, c)
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, m, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// fullMinutes are minutes that fill every part of the form.
func fullMinutes(t testing.TB) Minutes {
	green, red := photo(t, 400, 300, color.RGBA{40, 120, 40, 255}), photo(t, 300, 400, color.RGBA{180, 40, 40, 255})
	m := Minutes{Lang: "vi", Paper: registry.ResultPaper{Authority: "Sở Công Thương", Issuer: "Đoàn kiểm tra số 2", Number: "27/BB-KT", Place: "Ba Bể",
		SignedOn: "2026-11-23", Recipients: "HTX Tài Hoan;\nLưu: VT, ĐKT."},
		Subject: "HTX Tài Hoan", Event: "Phiên chợ đưa hàng Việt về Ba Bể", Basis: []string{"Kế hoạch số 12/KH-BCĐ ngày 15/01/2026"},
		Place: "gian A05, sân vận động xã Ba Bể", BeganAt: 1795404000000, Ended: 1795405860000,
		Team:    []string{"Nông Văn A, Sở Công Thương", "Hà Thị B, Chi cục Quản lý thị trường"},
		Present: "Nguyễn Thị C", Opinion: "Nhất trí. Sẽ dán lại nhãn.", Drawn: photo(t, 320, 128, color.RGBA{20, 40, 90, 255}),
		Faults:   []MinutesFault{{Words: "2 túi miến không ghi địa chỉ", Remedy: "Dán lại nhãn", Due: "2026-11-24"}, {Words: "Rượu không nhãn"}},
		Pictures: []Picture{{green, "Ảnh 1. Giá hàng"}, {red, "Ảnh 2. Mặt sau túi"}, {green, "Ảnh 3"}, {red, "Ảnh 4"}}}
	for i := range 40 {
		item := MinutesItem{Text: "Nhãn có tên hàng, tên và địa chỉ cơ sở chịu trách nhiệm, xuất xứ", Law: "Điều 42 NĐ 37/2026/NĐ-CP", Answer: "ok"}
		if i == 3 {
			item.Answer, item.Note, item.Pictures = "not_ok", "2 túi miến không ghi địa chỉ.", []int{2, 3}
		}
		m.Items = append(m.Items, item)
	}
	return m
}

// pdfText is the text of a PDF by another program, its spaces evened out.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	cmd := exec.Command(need.Program(t, "pdftotext"), "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return norm.NFC.String(strings.Join(strings.Fields(string(out)), " "))
}

func TestMinutesSayWhatWasFound(t *testing.T) {
	t.Parallel()
	m := fullMinutes(t)
	pdf, err := m.Document().PDF()
	if err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, pdf)
	for _, want := range []string{"BIÊN BẢN KIỂM TRA", "Số: 27/BB-KT", "Hồi", "23 tháng 11 năm 2026", "Nông Văn A, Sở Công Thương", "Ảnh 2, 3", "chậm nhất ngày 24/11/2026",
		"Khắc phục ngay", "Nhất trí. Sẽ dán lại nhãn.", "ký trên màn hình", "TRƯỞNG ĐOÀN KIỂM TRA", "THÀNH VIÊN", "Ảnh 4", "Lưu: VT, ĐKT."} {
		if !strings.Contains(text, want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
	if strings.Contains(text, "NGƯỜI CHỨNG KIẾN") {
		t.Error("witnesses sign although the vendor did")
	}
}

func TestMinutesThatAreNotSignedNameTheirWitnesses(t *testing.T) {
	t.Parallel()
	m := fullMinutes(t)
	m.Drawn, m.Refusal, m.Witnesses = nil, "Không đồng ý mục 4", []string{"Lý Thị D", "Ma Văn E"}
	pdf, err := m.Document().PDF()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Lý do: Không đồng ý mục 4", "không ký", "NGƯỜI CHỨNG KIẾN", "Lý Thị D", "Ma Văn E"} {
		if !strings.Contains(pdfText(t, pdf), want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
}

func TestBlankMinutesLeaveRoomToWrite(t *testing.T) {
	t.Parallel()
	m := Minutes{Lang: "vi", Items: []MinutesItem{{Text: "Niêm yết giá, bán đúng giá niêm yết"}}}
	pdf, err := m.Document().PDF()
	if err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, pdf)
	for _, want := range []string{"Hồi …… giờ …… phút", "Niêm yết giá", "Hạn: …", "ĐẠI DIỆN CƠ SỞ", "NGƯỜI CHỨNG KIẾN"} {
		if !strings.Contains(text, want) {
			t.Errorf("the blank form lacks %q", want)
		}
	}
	for _, bad := range []string{"Không có.", "Đạt", "Ảnh kèm theo"} {
		if strings.Contains(text, bad) {
			t.Errorf("the blank form says %q", bad)
		}
	}
}

func TestMinutesAsDOCXHoldTheirPictures(t *testing.T) {
	t.Parallel()
	m := fullMinutes(t)
	m.Pictures = append(m.Pictures, Picture{[]byte("not a picture"), "Ảnh 5"})
	data, err := m.Document().DOCX()
	if err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	parts := map[string]string{}
	for _, f := range zr.File {
		names = append(names, f.Name)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if parts[f.Name] = string(body); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			if err := xml.Unmarshal(body, new(struct{ XMLName xml.Name })); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(names)))); n != len(names) {
		t.Errorf("%d names of %d parts", n, len(names))
	}
	const pictures = 5 // four photos and the signature; what is none is left out
	if n := strings.Count(parts["word/document.xml"], "r:embed="); n != pictures || strings.Count(parts["word/_rels/document.xml.rels"], "media/picture") != pictures {
		t.Errorf("%d pictures are shown", n)
	}
	if parts["word/media/picture5.jpeg"] == "" || parts["word/media/picture6.jpeg"] != "" || !strings.Contains(parts["word/document.xml"], "Ảnh 5") {
		t.Errorf("the parts are %v", names)
	}
}

func BenchmarkMinutesPDF(b *testing.B) {
	m := fullMinutes(b)
	for len(m.Pictures) < 10 {
		m.Pictures = append(m.Pictures, Picture{photo(b, 1280, 960, color.RGBA{90, 90, 40, 255}), "Ảnh"})
	}
	for b.Loop() {
		if _, err := m.Document().PDF(); err != nil {
			b.Fatal(err)
		}
	}
}
