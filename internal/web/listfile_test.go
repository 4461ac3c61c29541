package web_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// listed is a list with how the database answers the same question. A column is a heading,
// "@" behind it where the database holds a moment in unix ms, "#" a number, and ":" with the
// beginning of the texts of its codes.
type listed struct {
	name, path string
	columns    []string
	query      string
	args       []any
}

// storyOfLists fills an event so that each list has something hard to write.
func storyOfLists(t *testing.T) (s stall, admin *testkit.Client) {
	t.Helper()
	s = newStall(t)
	s.k.Vendor(testkit.WithVendor(func(v *registry.Vendor) {
		v.Name, v.TaxCode, v.Phone, v.Kind = `=HYPERLINK("http://a.vn","x")`, "0100109106", "0912000111", registry.Enterprise
	}))
	s.k.Vendor(testkit.WithVendor(func(v *registry.Vendor) {
		v.Name, v.State, v.StateReason = "@Cơ sở bị dừng", registry.VendorBlocked, "-2 lần vi phạm"
	}))
	s.k.Product(s.vendor, func(p *registry.Product) {
		p.Name, p.GTIN, p.PriceDong, p.OriginPlace = "+Rượu men lá", "0893001234567", 1_250_000, "\tNa Rì"
	})
	waiting := s.k.Vendor()
	s.k.Application(s.event, waiting.ID, testkit.Standing(registry.AppSubmitted))
	s.tip = testkit.StoredTip(t, s.k, testkit.SendTip(t, s.k, testkit.TipAbout(s.pass(registry.BoothPass).Code))).ID
	testkit.Works(t, s.k.App.Admission.AddTally(t.Context(), s.organiser, s.event.ID, admission.TallyInput{Day: vn.ShowDate(s.event.OpensOn), Hour: 8,
		Gate: s.gate.Number, Method: registry.CountPaper, N: 148}))
	s.k.Write(func(tx *store.Tx) error {
		return tx.SaveSales(t.Context(), &registry.SalesReturn{Event: s.event.ID, Vendor: s.vendor.ID, Days: []registry.SalesDay{{Day: s.event.OpensOn, Dong: 3_450_000}},
			Best: []registry.ProductID{s.product.ID}, ContractsN: 2, ContractsDong: 70_000_000})
	})
	_, token := s.k.Officer(registry.Admin, "")
	admin = testkit.NewClient(t, s.base)
	admin.SignInAs(token)
	return s, admin
}

func (s *stall) lists() []listed {
	event, id := "/quan-ly/su-kien/"+string(s.event.ID), []any{string(s.event.ID)}
	return []listed{
		{"events", "/quan-ly/su-kien?xem=tat-ca", []string{"Sự kiện", "Tình trạng:event.state.", "Loại:event.kind.", "Ngày đầu", "Ngày cuối", "Mã địa bàn", "Nơi tổ chức", "Số gian#"},
			`SELECT title, state, kind, opens_on, closes_on, area_code, venue, (SELECT COUNT(*) FROM booths b WHERE b.event_id = e.id) FROM events e`, nil},
		{"vendors", "/quan-ly/co-so", []string{"Cơ sở", "Loại:vendor.kind.", "Tình trạng:vendor.state.", "Mã số thuế", "Người đại diện", "Điện thoại", "Mã địa bàn", "Thôn, bản, tổ", "Ghi vào sổ lúc@", "Lý do"},
			`SELECT name, kind, state, COALESCE(tax_code, ''), representative, phone, area_code, village, created_at, state_reason FROM vendors`, nil},
		{"vendors of a kind", "/quan-ly/co-so?loai=enterprise", []string{"Cơ sở", "Điện thoại"}, `SELECT name, phone FROM vendors WHERE kind = 'enterprise'`, nil},
		{"products", "/quan-ly/co-so/san-pham?viec=tat-ca", []string{"Sản phẩm", "Cơ sở", "Nhóm hàng:product.group.", "Mã vạch (GTIN)", "Giá (đồng)#", "Đơn vị tính"},
			`SELECT p.name, v.name, p.product_group, p.gtin, p.price_dong, p.price_unit FROM products p JOIN vendors v ON v.id = p.vendor_id`, nil},
		{"applications", "/quan-ly/don?state=approved", []string{"Số đơn#", "Cơ sở", "Tình trạng:application.state.", "Điện thoại", "Sự kiện", "Gian xin#", "Gian được duyệt#", "Gửi lúc@"},
			`SELECT a.number, v.name, a.state, v.phone, e.title, a.booths_n, a.granted_n, a.submitted_at FROM applications a
				JOIN vendors v ON v.id = a.vendor_id JOIN events e ON e.id = a.event_id WHERE a.state = 'approved'`, nil},
		{"applications of an event", event + "/don", []string{"Cơ sở", "Tình trạng:application.state."},
			`SELECT v.name, a.state FROM applications a JOIN vendors v ON v.id = a.vendor_id WHERE a.state = 'submitted' AND a.event_id = $1`, id},
		{"booths", event + "/gian", []string{"Gian", "Khu", "Loại:booth.kind.", "Tình trạng:booth.state.", "Rộng (cm)#", "Sâu (cm)#", "Phí (đồng)#"},
			`SELECT code, zone, kind, state, width_cm, depth_cm, fee_dong FROM booths WHERE event_id = $1`, id},
		{"passes", event + "/the", []string{"Cuối mã thẻ", "Loại:pass.kind.", "In trên thẻ", "Ngày đầu", "Tình trạng:pass.state.", "Cấp lúc@"},
			`SELECT '…' || substr(code, 9), kind, label, first_day, state, issued_at FROM passes WHERE event_id = $1 AND pack_n = 0`, id},
		{"passes of staff", event + "/the?loai=staff", []string{"Cuối mã thẻ"}, `SELECT '…' || substr(code, 9) FROM passes WHERE event_id = $1 AND kind = 'staff'`, id},
		{"visits", event + "/cong/khach", []string{"Từ@", "Số lượt#"}, `SELECT h.hour_at, h.n FROM gate_hours h JOIN events e ON e.number = h.event_n WHERE e.id = $1`, id},
		{"sales", event + "/doanh-thu", []string{"Cơ sở", "Doanh thu (đồng)#", "Số hợp đồng#", "Giá trị hợp đồng (đồng)#"},
			`SELECT v.name, (SELECT SUM(dong) FROM sales_days d WHERE d.event_id = s.event_id AND d.vendor_id = s.vendor_id), s.contracts_n, s.contracts_dong
				FROM sales_returns s JOIN vendors v ON v.id = s.vendor_id WHERE s.event_id = $1`, id},
		{"tasks", "/quan-ly/nhiem-vu?xem=all&ke-hoach=" + string(s.task.Plan), []string{"Số#", "Nhiệm vụ", "Tình trạng:task.state.", "Mảng việc:plan.strand.", "Chỉ tiêu#"},
			`SELECT n, title, state, strand, goal FROM tasks WHERE plan_id = $1`, []any{string(s.task.Plan)}},
		{"tips", "/quan-ly/phan-anh", []string{"Số phản ánh", "Nhận lúc@", "Chuyện gì:tip.kind.", "Tình trạng:tip.state.", "Số lần gửi#"},
			`SELECT 'PA-' || n, received_at, kind, state, sent_n FROM tips`, nil},
		{"the log of a vendor", "/quan-ly/nhat-ky?loai=application", []string{"Bản ghi số#", "Lúc@", "Ai"},
			`SELECT seq, at, name FROM audit WHERE object = 'application'`, nil},
	}
}

// exportOf is the address of the file of a page.
func exportOf(page, form string) string {
	path, query, _ := strings.Cut(page, "?")
	if query != "" {
		query = "?" + query
	}
	return path + "/xuat/" + form + query
}

// expected is what the database answers, as the cells of a file should say it.
func (l listed) expected(k *testkit.Kit) (rows []string) {
	for _, row := range k.Look(l.query, l.args...) {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = fmt.Sprint(v)
			_, texts, coded := strings.Cut(l.columns[i], ":")
			if ms, ok := v.(int64); ok && strings.HasSuffix(l.columns[i], "@") {
				if cells[i] = ""; ms > 0 {
					cells[i] = time.UnixMilli(ms).In(vn.Zone).Format("2006-01-02 15:04")
				}
			} else if coded {
				cells[i] = i18n.T(i18n.Vietnamese, texts+cells[i])
			}
		}
		rows = append(rows, strings.Join(cells, " | "))
	}
	slices.Sort(rows)
	return rows
}

// kindOf is what the cells of a column have to be.
func kindOf(column string) string {
	heading, _, _ := strings.Cut(column, ":")
	switch {
	case strings.HasSuffix(column, "@"), strings.HasPrefix(heading, "Ngày"), strings.HasPrefix(heading, "Hạn"):
		return "date"
	case strings.HasSuffix(column, "#"):
		return "number"
	}
	return "text"
}

func heading(column string) string {
	name, _, _ := strings.Cut(strings.TrimRight(column, "@#"), ":")
	return name
}

// read picks the columns out of a workbook, with a fault for each cell of a wrong type.
func (l listed) read(t *testing.T, raw string) (rows []string) {
	t.Helper()
	sheet := testkit.ReadWorkbook(t, []byte(raw))
	for _, r := range sheet[1:] {
		var cells []string
		for _, column := range l.columns {
			at := slices.IndexFunc(sheet[0], func(c testkit.SheetCell) bool { return c.Text == heading(column) })
			if at < 0 {
				t.Fatalf("no column %q in %v", column, sheet[0])
			}
			cell := testkit.SheetCell{Kind: "text"}
			if at < len(r) {
				cell = r[at]
			}
			if cell.Text != "" && cell.Kind != kindOf(column) {
				t.Errorf("%s holds %q as %s", column, cell.Text, cell.Kind)
			}
			if cell.Text == "" && strings.HasSuffix(column, "#") {
				cell.Text = "0"
			}
			cells = append(cells, cell.Text)
		}
		rows = append(rows, strings.Join(cells, " | "))
	}
	slices.Sort(rows)
	return rows
}

func TestEveryListComesBackAsTheDatabaseHasIt(t *testing.T) {
	s, admin := storyOfLists(t)
	for _, l := range s.lists() {
		t.Run(l.name, func(t *testing.T) {
			want := l.expected(s.k)
			got := admin.Get(exportOf(l.path, "xlsx"))
			if got.Status != 200 || len(want) == 0 {
				t.Fatalf("%d: %.200s; the database has %d rows", got.Status, got.Body, len(want))
			}
			if rows := l.read(t, got.Body); !slices.Equal(rows, want) {
				t.Errorf("the file has\n%s\nthe database\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
			}
			text := admin.Get(exportOf(l.path, "csv"))
			lines := testkit.ReadCSV(t, text.Body)
			if len(lines) != len(want)+1 || !slices.Contains(lines[0], heading(l.columns[0])) {
				t.Errorf("the CSV has %d lines, its head is %q", len(lines), lines[0])
			}
			for _, cell := range slices.Concat(lines...) {
				if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(strings.TrimLeft(cell, " ")[0])) {
					t.Errorf("a cell begins like a formula: %q", cell)
				}
			}
		})
	}
}

func TestAListAsAFileSaysWhatItIs(t *testing.T) {
	s, admin := storyOfLists(t)
	day := s.k.App.Today()
	named := func(path, want string) {
		t.Helper()
		got := admin.Get(path).Header.Get("Content-Disposition")
		if !strings.Contains(got, want) {
			t.Errorf("%s is called %s, want %s", path, got, want)
		}
	}
	named("/quan-ly/co-so/xuat/xlsx?q=T%C3%A0i+Hoan", "co-so_tai-hoan_"+day+".xlsx")
	named("/quan-ly/su-kien/"+string(s.event.ID)+"/the/xuat/csv", "the_"+vn.Slug(s.event.Title)+"_"+day+".csv")
	named("/quan-ly/don/xuat/csv?state=approved&event="+string(s.event.ID), "don_"+vn.Slug(s.event.Title)+"_da-duyet_"+day+".csv")
	named("/quan-ly/tuyen-truyen/xuat/csv", "tuyen-truyen_"+day+".csv")
	t.Run("English where the officer reads English", func(t *testing.T) {
		admin.Get("/ngon-ngu/en?next=/quan-ly")
		head := testkit.ReadCSV(t, admin.Get("/quan-ly/co-so/xuat/csv").Body)[0]
		if !slices.Contains(head, "Tax code") {
			t.Errorf("%q", head)
		}
	})
	t.Run("a filter that says nothing is refused", func(t *testing.T) {
		if got := admin.Get("/quan-ly/co-so/xuat/xlsx?loai=tap-doan"); got.Status != 400 || !strings.Contains(got.Body, "tap-doan") {
			t.Errorf("%d %.200s", got.Status, got.Body)
		}
	})
	t.Run("another form is no file", func(t *testing.T) {
		if got := admin.Get("/quan-ly/co-so/xuat/doc"); got.Status != 404 {
			t.Errorf("%d", got.Status)
		}
	})
}

// TestWhatIsPersonalStaysWithWhoMaySeeIt: a file tells no more than its page, and the audit
// log has a line of each one that tells what is personal.
func TestWhatIsPersonalStaysWithWhoMaySeeIt(t *testing.T) {
	s, admin := storyOfLists(t)
	as := func(role registry.Role, area string) *testkit.Client {
		_, token := s.k.Officer(role, area)
		c := testkit.NewClient(t, s.base)
		c.SignInAs(token)
		return c
	}
	event := "/quan-ly/su-kien/" + string(s.event.ID)
	t.Run("a viewer reads masked phones, and the line says how many rows were personal", func(t *testing.T) {
		body := as(registry.Viewer, "19").Get("/quan-ly/co-so/xuat/csv").Body
		if strings.Contains(body, s.vendor.Phone) || strings.Contains(body, s.vendor.Representative) || !strings.Contains(body, s.vendor.Name) {
			t.Errorf("%s", body)
		}
		if lines := s.k.Audited("vendor.export"); len(lines) != 1 || !strings.Contains(lines[0].Detail, "export_personal") {
			t.Errorf("%v", lines)
		}
	})
	t.Run("who may see them leaves a line that tells how many rows and how they were narrowed", func(t *testing.T) {
		body := as(registry.Organiser, "19").Get("/quan-ly/co-so/xuat/csv?q=htx").Body
		lines := s.k.Audited("vendor.export")
		last := lines[0]
		if !strings.Contains(body, s.vendor.Phone) || len(lines) != 2 || !strings.Contains(last.Detail, `"htx"`) || last.Area != "|19|" ||
			!strings.Contains(last.Detail, "export_personal") {
			t.Errorf("%s\n%v", body, lines)
		}
		testkit.Page(t, admin.Get("/quan-ly/nhat-ky?loai=vendor").Body).Find("main").HasText("Tải danh sách cơ sở")
	})
	t.Run("an officer of another province gets an empty list", func(t *testing.T) {
		c := as(registry.Organiser, "01")
		if lines := testkit.ReadCSV(t, c.Get("/quan-ly/co-so/xuat/csv").Body); len(lines) != 1 {
			t.Errorf("%q", lines)
		}
		if got := c.Get(event + "/the/xuat/csv"); got.Status != 404 {
			t.Errorf("%d", got.Status)
		}
	})
	t.Run("figures of sales need their right", func(t *testing.T) {
		organiser := testkit.ReadCSV(t, as(registry.Organiser, "19").Get(event+"/doanh-thu/xuat/csv").Body)
		reporter := testkit.ReadCSV(t, as(registry.Reporter, "19").Get(event+"/doanh-thu/xuat/csv").Body)
		if slices.Contains(organiser[0], "Doanh thu (đồng)") || !slices.Contains(reporter[1], "3450000") {
			t.Errorf("%q\n%q", organiser, reporter)
		}
	})
	t.Run("the person in charge of a place of sale leaves with a line", func(t *testing.T) {
		admin.Get("/quan-ly/diem-ban/xuat/csv")
		if lines := s.k.Audited("place.export"); len(lines) != 1 {
			t.Errorf("%v", lines)
		}
	})
	t.Run("no code of a pass leaves whole", func(t *testing.T) {
		if body := admin.Get(event + "/the/xuat/csv").Body; strings.Contains(body, s.pass(registry.StaffPass).Code) {
			t.Errorf("%s", body)
		}
	})
	t.Run("no word of a sender leaves", func(t *testing.T) {
		if body := admin.Get("/quan-ly/phan-anh/xuat/csv").Body; strings.Contains(body, "bao bì in mờ") || !strings.Contains(body, "PA-") {
			t.Errorf("%s", body)
		}
	})
	t.Run("after very many it is asked to wait", func(t *testing.T) {
		c, limited := as(registry.Viewer, "19"), 0
		for range 110 {
			if c.Get("/quan-ly/co-so/xuat/csv").Status == 429 {
				limited++
			}
		}
		if limited == 0 {
			t.Error("a hundred and ten files in a moment")
		}
	})
}

// TestListsThatGoOutAsFiles holds the pages whose list goes out against testdata, and looks
// that each offers its files as it is narrowed.
func TestListsThatGoOutAsFiles(t *testing.T) {
	s, admin := storyOfLists(t)
	vendor := testkit.NewClient(t, s.base)
	vendor.SignInAs(s.vendorToken)
	var pages []string
	for _, r := range web.Policies(s.server) {
		page := frame.ListPage(r.Path)
		if page == "" {
			continue
		}
		pages = append(pages, strings.TrimSpace(page+" "+string(r.Right)))
		path, c := fill(&s, page), admin
		if strings.HasPrefix(page, "/gian-hang/") {
			c = vendor
		}
		doc := testkit.Page(t, c.Get(path).Body)
		for _, form := range []string{"xlsx", "csv"} {
			doc.In(`.list-files a[href="` + path + "/xuat/" + form + `"]`)
			if got := c.Get(path + "/xuat/" + form); got.Status != 200 || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s as %s: %d", page, form, got.Status)
			}
		}
	}
	slices.Sort(pages)
	const golden = "testdata/lists.txt"
	got := strings.Join(pages, "\n") + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != got {
		t.Errorf("the lists that go out as files are\n%s%v; if that is meant: go test ./internal/web -run TestListsThatGoOutAsFiles -update", got, err)
	}
	narrowed := testkit.Page(t, admin.Get("/quan-ly/co-so?q=htx&loai=cooperative").Body)
	narrowed.In(`.list-files a[href="/quan-ly/co-so/xuat/xlsx?q=htx&loai=cooperative"]`)
}
