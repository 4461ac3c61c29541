package frame

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hoicho/internal/i18n"
	"hoicho/internal/web/view"
)

// part renders one partial as a page would.
func part(t *testing.T, name string, data any) string {
	t.Helper()
	p, err := LoadPages(nil, false)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := p.Parts()
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := parts.ExecuteTemplate(&buf, name, data); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// text is what a reader sees of a fragment.
func text(t *testing.T, fragment string) string {
	t.Helper()
	root, err := html.ParseWithOptions(strings.NewReader(fragment), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			words = append(words, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(words, " ")
}

func TestPartsSayWhatTheyHold(t *testing.T) {
	page := view.Base{Lang: i18n.Vietnamese}
	for _, c := range []struct {
		name string
		data any
		text string
		has  string
	}{
		{"chip", view.Chip{Class: "go", Icon: "check", Label: "Đủ"}, "Đủ", `class="chip go"`},
		{"event-card", view.EventCard{Href: "/su-kien/a", Date: view.DateBlock{Weekday: "Thứ Sáu", Day: "27", Month: "11", Lunar: "19/10 âm", Year: ""}, Title: "Phiên chợ <b>", Place: "Nghĩa Tá"},
			"Thứ Sáu 27 /11 19/10 âm Phiên chợ <b> Nghĩa Tá", `<a href="/su-kien/a">Phiên chợ &lt;b&gt;</a>`},
		{"stars", view.Stars{N: 4, Words: "4 sao", Label: "OCOP đến 12/2027"}, "4 sao OCOP đến 12/2027", `aria-hidden="true"`},
		{"stars", view.Stars{}, "", ""},
		{"product-card", view.ProductCard{Href: "/san-pham/m", Name: "Miến dong", Photo: "/tep/1"}, "Miến dong", `<img src="/tep/1/nho" alt=""`},
		{"vendor-row", view.VendorRow{Href: "/v", Booth: "A05", Name: "HTX Tài Hoan", Note: "miến dong"}, "A05 HTX Tài Hoan miến dong", `href="/v"`},
		{"ladder", view.Ladder{Step: 2, Of: 4, Words: "Mức 2 trên 4", Label: "Có giấy tờ.", Text: "Xem ngày 20/11."}, "Có giấy tờ. Xem ngày 20/11.", `aria-label="Mức 2 trên 4"><i class="on"></i><i class="on"></i><i></i><i></i>`},
		{"empty", view.Empty{Title: "Chưa có", Text: "Chờ nhé", Href: "/moi", Action: "Tạo"}, "Chưa có Chờ nhé Tạo", `href="/moi"`},
		{"panel", view.Panel{Title: "Đã gửi", Text: "Số đơn", Number: "PC-1"}, "Đã gửi Số đơn PC-1", "<h1>"},
		{"page-head", view.PageHead{Title: "Đơn", Back: "Về", BackHref: "/x", Chips: []view.Chip{{Label: "mới"}}}, "Về Đơn mới", `href="/x"`},
		{"summary", map[string]any{"P": page, "Rows": []view.SummaryRow{{Label: "Tên", Value: "HTX", ChangeHref: "/sua"}, {Label: "Số", Value: "1", ChangeHref: ""}}}, "Tên HTX Sửa Tên Số 1", `href="/sua"`},
		{"step-bar", []view.Step{{Label: "Ngày", Done: true, Current: false}, {Label: "Hàng", Done: false, Current: true}}, "Ngày Hàng", `<li aria-current="step">`},
		{"tasks", []view.Task{{Href: "/a", Label: "Hồ sơ", Hint: "", State: view.Chip{Label: "Xong"}}, {Href: "", Label: "Gửi", Hint: "sau cùng", State: view.Chip{Label: "Chưa"}}}, "Hồ sơ Xong Gửi Chưa sau cùng", `<a href="/a">`},
		{"notice", view.Notice{Class: "stop", Icon: "info", Title: "Hoãn", Text: "Vì mưa"}, "Hoãn Vì mưa", `class="banner stop"`},
		{"pager", map[string]any{"P": page, "Prev": "", "Next": "/sau"}, "Xem thêm", `rel="next" href="/sau"`},
		{"pager", map[string]any{"P": page, "Prev": "", "Next": ""}, "", ""},
		{"plan-key", map[string]any{"P": page, "Hit": "A05"}, "đã có cơ sở còn trống đang giữ chỗ không xếp đang xem: A05", `class="hit"`},
		{"draft-note", page, "Đã lấy lại những gì anh/chị gõ lần trước mà chưa gửi. Bỏ, làm lại từ đầu", "hidden"},
	} {
		got := part(t, c.name, c.data)
		if text(t, got) != c.text || !strings.Contains(got, c.has) {
			t.Errorf("%s: %q in %s", c.name, text(t, got), got)
		}
	}
}

// TestEveryFieldHasItsLabel walks the kinds of field: one label or legend each,
// hint and fault tied to the input.
func TestEveryFieldHasItsLabel(t *testing.T) {
	for _, kind := range []string{"", "email", "tel", "password", "number", "money", "date", "textarea", "select", "file", "area", "checkbox", "radios", "checkboxes"} {
		f := view.Field{Name: "ten", Label: "Tên", Hint: "gợi ý", Error: "sai rồi", Type: kind, Options: []view.Option{{Value: "a", Label: "A"}}}
		got := part(t, "field", f)
		if strings.Count(got, `id="f-ten"`) != 1 || !strings.Contains(got, `for="f-ten"`) {
			t.Errorf("%q: the input has no label: %s", kind, got)
		}
		if !strings.Contains(got, "h-ten e-ten") || !strings.Contains(got, `id="h-ten"`) || !strings.Contains(got, `id="e-ten"`) {
			t.Errorf("%q: hint and fault are not tied to the input: %s", kind, got)
		}
		// a group of tick boxes has no state of its own in ARIA
		if strings.Contains(got, `aria-invalid="true"`) == (kind == "checkboxes") {
			t.Errorf("%q: aria-invalid: %s", kind, got)
		}
	}
}
