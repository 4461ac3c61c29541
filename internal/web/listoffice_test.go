package web_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// storyOfOffice fills what the other lists of the office have: a letter that failed, a phone,
// a body whose name looks like a formula.
func storyOfOffice(t *testing.T) (s stall, admin *testkit.Client) {
	t.Helper()
	s, admin = storyOfLists(t)
	s.k.Write(func(tx *store.Tx) error {
		return tx.Notify(t.Context(), registry.Message{To: "khong@vi-du.vn", Lang: "vi", Key: "event.notice.cancelled", Args: []string{"=1+1", "", "", ""}})
	})
	if _, err := s.k.App.SendOutbox(t.Context(), refusing{}); err != nil {
		t.Fatal(err)
	}
	s.k.Phone(s.event.ID, registry.Steward, 1)
	return s, admin
}

// officeLists are the lists of what the office keeps beside fairs, and of an event's calls,
// vouchers, offers and phones.
func (s *stall) officeLists() []listed {
	event, id := "/quan-ly/su-kien/"+string(s.event.ID), []any{string(s.event.ID)}
	return []listed{
		{"users", "/quan-ly/nguoi-dung?loai=tat-ca", []string{"Họ tên", "Điện thoại", "E-mail", "Đăng nhập lần đầu@"},
			`SELECT name, COALESCE(phone, ''), COALESCE(email, ''), entered_at FROM accounts`, nil},
		{"officers of a name", "/quan-ly/nguoi-dung?q=khong-co-ai-ten-nay", []string{"Họ tên"}, "", nil},
		{"letters", "/quan-ly/thu", []string{"Gửi cho", "Viết lúc@", "Số lần thử#", "Lý do"},
			`SELECT address, created_at, attempts, last_error FROM outbox WHERE channel = 'mail' AND sent_at IS NULL AND last_error <> ''`, nil},
		{"articles", "/quan-ly/bai-viet", []string{"Đầu đề", "Chuyên mục", "Tác giả", "Cập nhật lúc@"},
			`SELECT a.title, c.name, a.author, a.updated_at FROM articles a JOIN article_columns c ON c.code = a.column_code`, nil},
		{"surveys", "/quan-ly/khao-sat", []string{"Tên khảo sát", "Câu hỏi", "Số người được hỏi#", "Nguồn"}, `SELECT title, question, sample, source FROM surveys`, nil},
		{"bodies", "/quan-ly/co-quan", []string{"Tên", "Vai trò trong Cuộc vận động:body.kind.", "Mã địa bàn", "E-mail"}, `SELECT name, kind, area_code, email FROM bodies`, nil},
		{"findings", "/quan-ly/kiem-tra/dieu", []string{"Điều chưa đạt", "Yêu cầu khắc phục", "Tình trạng:inspection.finding_state.", "Ngày kiểm tra", "Hạn khắc phục", "Đổi tình trạng lúc@"},
			`SELECT f.words, f.remedy, f.state, i.day_on, CASE WHEN f.due_on = '' THEN i.day_on ELSE f.due_on END, f.moved_at
				FROM findings f JOIN inspections i ON i.id = f.inspection_id WHERE f.state <> 'closed'`, nil},
		{"findings of a state", "/quan-ly/kiem-tra/dieu?dieu=handed_over", []string{"Điều chưa đạt"}, "", nil},
		{"calls", event + "/goi", []string{"Cơ sở"}, `SELECT DISTINCT v.name FROM notices n JOIN vendors v ON v.id = n.vendor_id WHERE n.replaced = 0 AND n.event_id = $1`, id},
		{"packs", event + "/phieu", []string{"Tập số#", "Phát cho", "Trị giá một phiếu (đồng)#", "Đã lập#", "Ngày đầu"},
			`SELECT number, title, value_dong, count_n, first_day FROM voucher_packs WHERE event_id = $1`, id},
		{"vouchers of a pack", event + "/phieu/1", []string{"Tờ số#", "Cuối mã phiếu", "Tình trạng:pass.state."},
			`SELECT ordinal, '…' || substr(code, 9), state FROM passes WHERE event_id = $1 AND pack_n = 1`, id},
		{"offers", event + "/kich-cau", []string{"Tình trạng:offer.state.", "Giá trước (đồng)#", "Giá ở đây (đồng)#", "Đơn vị tính", "Ngày đầu", "Gửi lúc@"},
			`SELECT state, before_dong, here_dong, unit, from_on, submitted_at FROM offers WHERE event_id = $1`, id},
		{"offers that were returned", event + "/kich-cau?xem=da-tra", []string{"Cơ sở"}, "", nil},
		{"phones", event + "/cong", []string{"Điện thoại", "Vai trò:gate.role.", "Ghép lúc@"}, `SELECT name, role, paired_at FROM devices WHERE event_id = $1 AND gates <> ''`, id},
	}
}

// TestEveryOtherListComesBackAsTheDatabaseHasIt reads the lists of the office back. Where no
// query stands, the filter chooses nothing, and the file has its head alone.
func TestEveryOtherListComesBackAsTheDatabaseHasIt(t *testing.T) {
	s, admin := storyOfOffice(t)
	for _, l := range s.officeLists() {
		t.Run(l.name, func(t *testing.T) {
			var want []string
			if l.query != "" {
				if want = l.expected(s.k); len(want) == 0 {
					t.Fatal("the database has no row: nothing is shown by this")
				}
			}
			got := admin.Get(exportOf(l.path, "xlsx"))
			if got.Status != 200 {
				t.Fatalf("%d: %.300s", got.Status, got.Body)
			}
			if rows := l.read(t, got.Body); !slices.Equal(rows, want) {
				t.Errorf("the file has\n%s\nthe database\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
			}
			lines := testkit.ReadCSV(t, admin.Get(exportOf(l.path, "csv")).Body)
			if len(lines) != len(want)+1 {
				t.Errorf("the CSV has %d lines, its head is %q", len(lines), lines[0])
			}
			for _, cell := range slices.Concat(lines...) {
				if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(strings.TrimLeft(cell, " ")[0])) {
					t.Errorf("a cell begins like a formula: %q", cell)
				}
			}
		})
	}
	t.Run("no code of a voucher leaves whole", func(t *testing.T) {
		whole := s.k.Vouchers(s.event.ID, 1)[0].Code
		if body := admin.Get("/quan-ly/su-kien/" + string(s.event.ID) + "/phieu/1/xuat/csv").Body; strings.Contains(body, whole) {
			t.Errorf("%s stands in %s", whole, body)
		}
	})
}

// TestEachListLeavesALine: whoever takes a list out stands in the audit log, with the list,
// how it was narrowed, and how many rows.
func TestEachListLeavesALine(t *testing.T) {
	s, admin := storyOfOffice(t)
	vendor := testkit.NewClient(t, s.base)
	vendor.SignInAs(s.vendorToken)
	exports := func() (n int) {
		for _, row := range s.k.Look(`SELECT COUNT(*) FROM audit WHERE action LIKE '%.export%'`) {
			n = int(row[0].(int64))
		}
		return n
	}
	for _, r := range web.Policies(s.server) {
		page := frame.ListPage(r.Path)
		if page == "" {
			continue
		}
		before, c := exports(), admin
		if strings.HasPrefix(page, "/gian-hang/") {
			c = vendor
		}
		if got := c.Get(fill(&s, page) + "/xuat/csv"); got.Status != 200 || exports() != before+1 {
			t.Errorf("%s: %d, %d lines of the log", page, got.Status, exports()-before)
		}
	}
	admin.Get("/quan-ly/co-quan/xuat/csv?x=1")
	admin.Get("/quan-ly/nguoi-dung/xuat/xlsx?q=hoan&loai=khoa")
	lines := s.k.Audited("account.export")
	last := lines[0]
	for _, want := range []string{"khoa hoan", "xlsx", "export_rows"} {
		if !strings.Contains(last.Detail, want) {
			t.Errorf("no %s in %s", want, last.Detail)
		}
	}
	testkit.Page(t, admin.Get("/quan-ly/nhat-ky?loai=account").Body).Find("main").HasText("Tải danh sách người dùng")
}

// rowsShown finds a row in the body of a table.
var rowsShown = regexp.MustCompile(`<tbody>\s*<tr`)

// notLists are pages of the office with a table of rows that is no list to be taken out, and
// why.
var notLists = map[string]string{
	"/quan-ly":                                           "what waits, each row leads to its list",
	"/quan-ly/cai-dat":                                   "settings; their changes stand in the audit log",
	"/quan-ly/khoa":                                      "keys, which leave the server in no form",
	"/quan-ly/ke-hoach/tat-ca":                           "one plan a year, each with papers of its own",
	"/quan-ly/ke-hoach/:plan":                            "targets of a plan; its tasks go out from their list",
	"/quan-ly/ke-hoach/:plan/sua":                        "a form",
	"/quan-ly/ke-hoach/moi":                              "a form",
	"/quan-ly/tuyen-truyen/ghi-nhieu":                    "a form",
	"/quan-ly/tuyen-truyen/kenh":                         "the choices of a field, with their forms",
	"/quan-ly/mua-sam/nhom-hang":                         "the choices of a field, with their forms",
	"/quan-ly/co-so/:vendor":                             "one vendor",
	"/quan-ly/su-kien/:id/mat-bang":                      "one drawing; its booths go out from their list",
	"/quan-ly/lich-nam":                                  "communes by months; its events go out from their list",
	"/quan-ly/lich-nam/loat/:series":                     "one series; its sessions go out from the list of events",
	"/quan-ly/lich-nam/loat/:series/bao-cao":             "the paper of a series, which has files of its own",
	"/quan-ly/lich-nam/loat/:series/bao-cao/so/:figure":  "a figure of that paper, session by session, which its annex has",
	"/quan-ly/don/:application":                          "one application",
	"/quan-ly/kiem-tra/:record":                          "one record, which has its minutes",
	"/quan-ly/kiem-tra/dot/:round":                       "one round",
	"/quan-ly/bao-cao/:sheet/:period/:unit":              "one report; all of them go out from their list",
	"/quan-ly/bao-cao/:sheet/:period/:unit/dong/:figure": "rows of registers, each of which goes out from its list",
	"/quan-ly/luu-giu":                                   "the rules of keeping and their last runs, which the log has as well",
	"/quan-ly/du-lieu-ca-nhan":                           "what people ask about their own data, whose words stay sealed in the office",
	"/quan-ly/bao-cao/van-ban/:period":                   "the paper of a period, which has files of its own",
	"/quan-ly/bao-cao/van-ban/:period/mau":               "names of fields, which the sample has in place",
	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau":  "names of fields, which the sample has in place",
	"/quan-ly/lich-nam/loat/:series/bao-cao/mau":         "names of fields, which the sample has in place",
	"/quan-ly/su-kien/:id/bao-cao/mau":                   "names of fields, which the sample has in place",
	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban":      "the paper of a report, which has files of its own",
	"/quan-ly/bao-cao/van-ban/:period/so/:sheet/:figure": "a figure of the list of reports, unit by unit",
	"/quan-ly/nhap/:import":                              "the columns of a file that was sent in",
	"/quan-ly/nhap/:import/thu":                          "the rows of a file that was sent in, which nobody has written yet",
	"/quan-ly/su-kien/:id":                               "figures of one event; each leads to its list",
	"/quan-ly/su-kien/:id/sua":                           "a form",
	"/quan-ly/su-kien/moi":                               "a form",
	"/quan-ly/su-kien/:id/nhan-ban":                      "a form",
	"/quan-ly/su-kien/:id/bao-cao":                       "the report, which has files of its own",
	"/quan-ly/su-kien/:id/cong/truc-tiep":                "figures of the moment; the phones go out from their page",
	"/quan-ly/su-kien/:id/cong/so-tan":                   "a paper for an evacuation, of the moment",
	"/quan-ly/su-kien/:id/cong/quy-dinh":                 "a form",
	"/quan-ly/su-kien/:id/cong/phieu-dem":                "a form",
	"/quan-ly/su-kien/:id/cong/danh-sach":                "a form; the list itself is a paper",
}

// TestEveryPageWithRowsOffersItsFile walks the pages of the office: whoever adds one with a
// table adds its file, or says here why not.
func TestEveryPageWithRowsOffersItsFile(t *testing.T) {
	s, admin := storyOfOffice(t)
	used := map[string]bool{}
	for _, r := range web.Policies(s.server) {
		if r.Method != "GET" || !strings.HasPrefix(r.Path, "/quan-ly") || frame.ListPage(r.Path) != "" {
			continue
		}
		got := admin.Get(fill(&s, r.Path))
		if got.Status != 200 || !rowsShown.MatchString(got.Body) || strings.Contains(got.Body, `class="list-files`) {
			continue
		}
		if used[r.Path] = true; notLists[r.Path] == "" {
			t.Errorf("%s shows rows and offers no file of them", r.Path)
		}
	}
	for path := range notLists {
		if !used[path] {
			t.Errorf("%s is excused and need not be", path)
		}
	}
}
