package web

import (
	"bytes"
	"html/template"

	"hoicho/internal/i18n"
)

// samplePage holds one of everything that the partials draw.
type samplePage struct {
	base
	Fields  []Field
	Faults  []FieldFault
	Head    PageHead
	Steps   []Step
	Tasks   []Task
	Rows    []SummaryRow
	Notices []Notice
	Events  []EventCard
	Product []ProductCard
	Vendors []VendorRow
	Ladders []Ladder
	Panel   Panel
	Empty   Empty
}

const sampleContent = `{{define "content"}}<div class="wrap page">
{{template "page-head" .Head}}{{template "step-bar" .Steps}}{{template "faults" .Faults}}{{range .Notices}}{{template "notice" .}}{{end}}
<form method="post" action="/gui" enctype="multipart/form-data" data-draft="thu" class="narrow">{{template "draft-note" .}}{{range .Fields}}{{template "field" .}}{{end}}
<div class="actions"><button class="btn">Gửi</button><button class="btn line" type="button">Nháp</button><button class="btn danger" type="button">Rút</button></div></form>
{{template "summary" dict "P" . "Rows" .Rows}}{{template "tasks" .Tasks}}
<div class="two"><section class="sec"><h2>Sự kiện</h2><div class="card list">{{range .Events}}{{template "event-card" .}}{{end}}</div></section>
<section class="sec"><h2>Cơ sở</h2><div class="card list">{{range .Vendors}}{{template "vendor-row" .}}{{end}}</div></section></div>
<section class="sec"><h2>Sản phẩm</h2><div class="grid">{{range .Product}}{{template "product-card" .}}{{end}}</div>{{template "pager" dict "P" . "Prev" "/a" "Next" "/b"}}</section>
{{range .Ladders}}{{template "ladder" .}}{{end}}{{template "plan-key" dict "P" . "Hit" "A05"}}
<form method="post" action="/duyet"><div class="card scroll"><table class="stack"><thead><tr><th><input type="checkbox" data-all="id" aria-label="Chọn tất cả"></th><th scope="col">Cơ sở</th><th scope="col" class="n">Gian</th></tr></thead>
<tbody>{{range $i, $v := .Vendors}}<tr><td><input type="checkbox" name="id" value="{{$i}}" aria-label="Chọn {{$v.Name}}"></td><th scope="row">{{$v.Name}}</th><td class="n" data-label="Gian">{{$v.Booth}}</td></tr>{{end}}</tbody></table>
<div class="batch"><button class="btn small-btn" data-picked>Duyệt</button></div></div></form>
<div class="card">{{template "empty" .Empty}}</div>
</div>{{end}}`

// SamplePage renders one of everything in a layout, with faults in its form or
// without.
func SamplePage(layout string, faulty bool) ([]byte, error) {
	p, err := loadPages(false)
	if err != nil {
		return nil, err
	}
	t, err := template.Must(p.pages["error"].Clone()).Parse(sampleContent)
	if err != nil {
		return nil, err
	}
	page := sample()
	if !faulty {
		page.Faults = nil
		for i := range page.Fields {
			page.Fields[i].Error = ""
		}
	}
	if layout == layoutOffice {
		page.User = &user{Name: "Trung tâm", Office: true}
	}
	var buf bytes.Buffer
	err = t.ExecuteTemplate(&buf, layout, page)
	return buf.Bytes(), err
}

// ContentPolicy is the policy that the server sends with every page.
func ContentPolicy() string {
	for _, h := range securityHeaders {
		if h[0] == "Content-Security-Policy" {
			return h[1]
		}
	}
	return ""
}

func sample() samplePage {
	chips := []Chip{{"go live", "", "Đang diễn ra"}, {"wait", "clock", "Chờ kiểm tra"}, {"stop", "triangle-alert", "Hoãn"}, {"star", "star", "Sao"}, {"off", "", "Đã qua"}, {"", "", "Phiên chợ"}}
	options := []Option{{Value: "a", Label: "Hợp tác xã", Hint: "có giấy đăng ký"}, {Value: "b", Label: "Hộ kinh doanh"}}
	return samplePage{
		base: base{Lang: i18n.Vietnamese, Title: "Mẫu", OtherLang: i18n.English, Path: "/", Flash: "Đã lưu.", Site: site{Name: "Hội chợ hàng Việt", Province: "tỉnh Thái Nguyên"},
			Nav: []navItem{{Href: "/su-kien", Label: "Sự kiện", Icon: "calendar", Current: true}, {Href: "/don", Label: "Đơn", Icon: "inbox", Count: 12}}},
		Fields: []Field{
			{Name: "ten", Label: "Tên cơ sở", Hint: "Như trên giấy", Required: true},
			{Name: "dt", Label: "Điện thoại", Type: "tel", InputMode: "tel", Error: "Có 10 chữ số"},
			{Name: "xa", Label: "Xã, phường", Type: "area", On: "tu"},
			{Name: "tu", Label: "Từ ngày", Type: "date"},
			{Name: "gia", Label: "Giá", Type: "money", Value: "85000"},
			{Name: "so", Label: "Số gian", Type: "number"},
			{Name: "anh", Label: "Ảnh", Type: "file", Photo: true, Accept: "image/*"},
			{Name: "mo_ta", Label: "Mô tả", Type: "textarea"},
			{Name: "loai", Label: "Loại", Type: "select", Options: options},
			{Name: "kieu", Label: "Kiểu", Type: "radios", Options: options, Required: true},
			{Name: "ngay", Label: "Ngày", Type: "checkboxes", Options: options, Error: "Chọn ít nhất một ngày"},
			{Name: "dong_y", Label: "Tôi cam kết", Type: "checkbox", Hint: "Bản số 2"},
		},
		Faults:  []FieldFault{{"Cần xem lại", "dt", "Có 10 chữ số"}, {"Cần xem lại", "ngay", "Chọn ít nhất một ngày"}},
		Head:    PageHead{"/", "Về danh sách", "Chủ Nhật", "Đơn đăng ký", "Gửi trước 20/11.", chips},
		Steps:   []Step{{"Ngày", true, false}, {"Hàng hóa", false, true}, {"Xem lại", false, false}},
		Tasks:   []Task{{"/a", "Hồ sơ", "", chips[0]}, {"", "Gửi đơn", "Sau cùng", chips[4]}},
		Rows:    []SummaryRow{{"Tên", "HTX Tài Hoan", "/sua"}, {"Số đơn", "PC-1", ""}},
		Notices: []Notice{{"", "info", "Không thu phí", "Gian miễn phí."}, {"go", "check", "Đủ", "Đủ giấy tờ."}, {"wait", "clock", "Sắp hết hạn", "Còn 5 ngày."}, {"stop", "ban", "Hoãn", "Vì mưa."}},
		Events:  []EventCard{{"/e", DateBlock{"Thứ Sáu", "27", "11", "19/10 âm", ""}, chips[:3], "Phiên chợ hàng Việt xã Nghĩa Tá", "Trung tâm xã", "27–29/11/2026", "3 ngày"}},
		Product: []ProductCard{{"/p", "", "Miến dong", "HTX Tài Hoan", Stars{5, "5 sao", "OCOP đến 12/2027"}, chips[1:2]}},
		Vendors: []VendorRow{{Href: "/v1", Booth: "A01", Name: "HTX Nhung Lũy", Note: "bí xanh", Chips: chips[:1]}, {Href: "/v2", Initial: "T", Name: "HTX Tài Hoan", Note: "miến dong"}, {Href: "/v3", Initial: "H", Name: "Curcumin Bắc Hà"}},
		Ladders: []Ladder{{3, 4, false, "Mức 3 trên 4", "Đã kiểm tra.", "Ngày 20/11."}, {1, 4, true, "Đang tranh chấp", "Bị phản ánh.", ""}},
		Panel:   Panel{"Đã gửi", "Số đơn", "PC-1"},
		Empty:   Empty{"inbox", "Chưa có đơn", "Đơn mới hiện ở đây.", "/moi", "Nhập đơn giấy"},
	}
}
