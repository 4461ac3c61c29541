package web

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hoicho/internal/i18n"
	"hoicho/static"
)

// part renders one partial as a page would.
func part(t *testing.T, name string, data any) string {
	t.Helper()
	p, err := loadPages(false)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := p.pages["error"].ExecuteTemplate(&buf, name, data); err != nil {
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
	page := base{Lang: i18n.Vietnamese}
	for _, c := range []struct {
		name string
		data any
		text string
		has  string
	}{
		{"chip", Chip{"go", "check", "Đủ"}, "Đủ", `class="chip go"`},
		{"event-card", EventCard{Href: "/su-kien/a", Date: DateBlock{"Thứ Sáu", "27", "11", "19/10 âm", ""}, Title: "Phiên chợ <b>", Place: "Nghĩa Tá"},
			"Thứ Sáu 27 /11 19/10 âm Phiên chợ <b> Nghĩa Tá", `<a href="/su-kien/a">Phiên chợ &lt;b&gt;</a>`},
		{"stars", Stars{4, "4 sao", "OCOP đến 12/2027"}, "4 sao OCOP đến 12/2027", `aria-hidden="true"`},
		{"stars", Stars{}, "", ""},
		{"product-card", ProductCard{Href: "/san-pham/m", Name: "Miến dong", Photo: "/tep/1"}, "Miến dong", `<img src="/tep/1/nho" alt=""`},
		{"vendor-row", VendorRow{Href: "/v", Booth: "A05", Name: "HTX Tài Hoan", Note: "miến dong"}, "A05 HTX Tài Hoan miến dong", `href="/v"`},
		{"ladder", Ladder{Step: 2, Of: 4, Words: "Mức 2 trên 4", Label: "Có giấy tờ.", Text: "Xem ngày 20/11."}, "Có giấy tờ. Xem ngày 20/11.", `aria-label="Mức 2 trên 4"><i class="on"></i><i class="on"></i><i></i><i></i>`},
		{"empty", Empty{Title: "Chưa có", Text: "Chờ nhé", Href: "/moi", Action: "Tạo"}, "Chưa có Chờ nhé Tạo", `href="/moi"`},
		{"panel", Panel{"Đã gửi", "Số đơn", "PC-1"}, "Đã gửi Số đơn PC-1", "<h1>"},
		{"page-head", PageHead{Title: "Đơn", Back: "Về", BackHref: "/x", Chips: []Chip{{Label: "mới"}}}, "Về Đơn mới", `href="/x"`},
		{"summary", map[string]any{"P": page, "Rows": []SummaryRow{{"Tên", "HTX", "/sua"}, {"Số", "1", ""}}}, "Tên HTX Sửa Tên Số 1", `href="/sua"`},
		{"step-bar", []Step{{"Ngày", true, false}, {"Hàng", false, true}}, "Ngày Hàng", `<li aria-current="step">`},
		{"tasks", []Task{{"/a", "Hồ sơ", "", Chip{Label: "Xong"}}, {"", "Gửi", "sau cùng", Chip{Label: "Chưa"}}}, "Hồ sơ Xong Gửi Chưa sau cùng", `<a href="/a">`},
		{"notice", Notice{"stop", "info", "Hoãn", "Vì mưa"}, "Hoãn Vì mưa", `class="banner stop"`},
		{"pager", map[string]any{"P": page, "Prev": "", "Next": "/sau"}, "Trang sau", `rel="next" href="/sau"`},
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
		f := Field{Name: "ten", Label: "Tên", Hint: "gợi ý", Error: "sai rồi", Type: kind, Options: []Option{{Value: "a", Label: "A"}}}
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

// TestTemplatesObeyTheContentPolicy finds style attributes and inline scripts,
// which the policy would drop without a word.
func TestTemplatesObeyTheContentPolicy(t *testing.T) {
	p, err := loadPages(false)
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range p.pages {
		for _, tm := range set.Templates() {
			if tm.Tree == nil {
				continue
			}
			source := tm.Tree.Root.String()
			for _, bad := range []string{" style=", "<style", "<script>", " onclick=", " onchange=", " onsubmit=", "javascript:"} {
				if strings.Contains(source, bad) {
					t.Errorf("page %s, template %s: %q", name, tm.Name(), bad)
				}
			}
		}
	}
}

var iconName = regexp.MustCompile("icon \"([a-z0-9-]+)\"|Icon: +\"([a-z0-9-]+)\"")

// TestEveryIconIsInTheSprite looks for the names in templates and code: one that
// is not there draws nothing, without any fault.
func TestEveryIconIsInTheSprite(t *testing.T) {
	sprite, _ := static.Open("icons.svg")
	asked := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range iconName.FindAllStringSubmatch(string(raw), -1) {
			asked++
			if !bytes.Contains(sprite.Data, []byte(`id="`+m[1]+m[2]+`"`)) {
				t.Errorf("%s: no icon %s%s in static/src/icons", path, m[1], m[2])
			}
		}
		return err
	})
	if err != nil || asked < 10 {
		t.Errorf("only %d icons found (%v): the pattern no longer sees them", asked, err)
	}
}
