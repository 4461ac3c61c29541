package frame

import (
	"bytes"
	"html/template"

	"hoicho/internal/i18n"
	"hoicho/internal/web/view"
)

// samplePage holds one of everything that the partials draw.
type samplePage struct {
	view.Base
	Fields  []view.Field
	Faults  []view.FieldFault
	Head    view.PageHead
	Steps   []view.Step
	Tasks   []view.Task
	Rows    []view.SummaryRow
	Notices []view.Notice
	Events  []view.EventCard
	Product []view.ProductCard
	Vendors []view.VendorRow
	Ladders []view.Ladder
	Panel   view.Panel
	Empty   view.Empty
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
	p, err := LoadPages(nil, false)
	if err != nil {
		return nil, err
	}
	t, err := template.Must(p.Parts()).Parse(sampleContent)
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
	if layout == LayoutOffice {
		page.User = &view.User{Name: "Trung tâm", Office: true}
	}
	var buf bytes.Buffer
	err = t.ExecuteTemplate(&buf, layout, page)
	return buf.Bytes(), err
}

func sample() samplePage {
	chips := []view.Chip{{Class: "go live", Icon: "", Label: "Đang diễn ra"}, {Class: "wait", Icon: "clock", Label: "Chờ kiểm tra"}, {Class: "stop", Icon: "triangle-alert", Label: "Hoãn"}, {Class: "star", Icon: "star", Label: "Sao"}, {Class: "off", Icon: "", Label: "Đã qua"}, {Class: "", Icon: "", Label: "Phiên chợ"}}
	options := []view.Option{{Value: "a", Label: "Hợp tác xã", Hint: "có giấy đăng ký"}, {Value: "b", Label: "Hộ kinh doanh"}}
	return samplePage{
		Base: view.Base{Lang: i18n.Vietnamese, Title: "Mẫu", OtherLang: i18n.English, Path: "/", Flash: "Đã lưu.", Site: view.Site{Name: "Hội chợ hàng Việt", Province: "tỉnh Thái Nguyên"},
			Nav: []view.NavItem{{Href: "/su-kien", Label: "Sự kiện", Icon: "calendar", Current: true}, {Href: "/don", Label: "Đơn", Icon: "inbox", Count: 12}}},
		Fields: []view.Field{
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
		Faults:  []view.FieldFault{{Heading: "Cần xem lại", Name: "dt", Text: "Có 10 chữ số"}, {Heading: "Cần xem lại", Name: "ngay", Text: "Chọn ít nhất một ngày"}},
		Head:    view.PageHead{BackHref: "/", Back: "Về danh sách", Kicker: "Chủ Nhật", Title: "Đơn đăng ký", Lead: "Gửi trước 20/11.", Chips: chips},
		Steps:   []view.Step{{Label: "Ngày", Done: true, Current: false}, {Label: "Hàng hóa", Done: false, Current: true}, {Label: "Xem lại", Done: false, Current: false}},
		Tasks:   []view.Task{{Href: "/a", Label: "Hồ sơ", Hint: "", State: chips[0]}, {Href: "", Label: "Gửi đơn", Hint: "Sau cùng", State: chips[4]}},
		Rows:    []view.SummaryRow{{Label: "Tên", Value: "HTX Tài Hoan", ChangeHref: "/sua"}, {Label: "Số đơn", Value: "PC-1", ChangeHref: ""}},
		Notices: []view.Notice{{Class: "", Icon: "info", Title: "Không thu phí", Text: "Gian miễn phí."}, {Class: "go", Icon: "check", Title: "Đủ", Text: "Đủ giấy tờ."}, {Class: "wait", Icon: "clock", Title: "Sắp hết hạn", Text: "Còn 5 ngày."}, {Class: "stop", Icon: "ban", Title: "Hoãn", Text: "Vì mưa."}},
		Events:  []view.EventCard{{Href: "/e", Date: view.DateBlock{Weekday: "Thứ Sáu", Day: "27", Month: "11", Lunar: "19/10 âm", Year: ""}, Chips: chips[:3], Title: "Phiên chợ hàng Việt xã Nghĩa Tá", Place: "Trung tâm xã", When: "27–29/11/2026", Note: "3 ngày"}},
		Product: []view.ProductCard{{Href: "/p", Photo: "", Name: "Miến dong", Maker: "HTX Tài Hoan", Stars: view.Stars{N: 5, Words: "5 sao", Label: "OCOP đến 12/2027"}, Chips: chips[1:2]}},
		Vendors: []view.VendorRow{{Href: "/v1", Booth: "A01", Name: "HTX Nhung Lũy", Note: "bí xanh", Chips: chips[:1]}, {Href: "/v2", Initial: "T", Name: "HTX Tài Hoan", Note: "miến dong"}, {Href: "/v3", Initial: "H", Name: "Curcumin Bắc Hà"}},
		Ladders: []view.Ladder{{Step: 3, Of: 4, Bad: false, Words: "Mức 3 trên 4", Label: "Đã kiểm tra.", Text: "Ngày 20/11."}, {Step: 1, Of: 4, Bad: true, Words: "Đang tranh chấp", Label: "Bị phản ánh.", Text: ""}},
		Panel:   view.Panel{Title: "Đã gửi", Text: "Số đơn", Number: "PC-1"},
		Empty:   view.Empty{Icon: "inbox", Title: "Chưa có đơn", Text: "Đơn mới hiện ở đây.", Href: "/moi", Action: "Nhập đơn giấy"},
	}
}
