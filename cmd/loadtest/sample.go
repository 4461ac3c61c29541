package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"hoicho/internal/testkit"
)

// sample finds, in the database, something that really is there for the parameters of the
// routes below a path: one column for each parameter, in their order, and perhaps the
// account that may read it. $1 is the event with the most scans.
type sample struct{ below, query string }

// owned ends a query for something of a vendor that somebody acts for.
const owned = ` JOIN vendor_members m ON m.vendor_id = x.vendor_id AND m.role = 'owner' `

// samples are asked in this order: the first that a route lies below decides.
var samples = []sample{
	{"/api/v1/events/:slug", `SELECT slug FROM events WHERE id = $1`},
	{"/su-kien/:slug", `SELECT slug FROM events WHERE id = $1`},
	{"/api/v1/office/events/:id", `SELECT $1`},
	{"/api/v1/office/series/:series", `SELECT id FROM series`},
	{"/api/v1/inspections/records/:client", `SELECT client, entered_by FROM inspections ORDER BY n DESC`},
	{"/lich/:area", `SELECT '19'`},
	{"/tro-giup/:topic", `SELECT 'co-so'`},
	{"/ngon-ngu/:lang", `SELECT 'vi'`},
	{"/c/:code", `SELECT code FROM gates WHERE event_id = $1`},
	{"/t/:code", `SELECT code FROM passes WHERE event_id = $1 AND kind = 'booth' AND state = 'valid'`},
	{"/chuyen-trang/muc/:column", `SELECT column_code FROM articles WHERE state = 'published'`},
	{"/chuyen-trang/:slug", `SELECT slug FROM articles WHERE state = 'published'`},
	{"/diem-ban/:slug", `SELECT slug FROM places`},
	{"/doanh-nghiep/:slug", `SELECT v.slug FROM vendors v JOIN passes p ON p.vendor_id = v.id WHERE p.event_id = $1`},
	{"/san-pham/:slug", `SELECT r.slug FROM products r JOIN application_products i ON i.product_id = r.id JOIN applications a ON a.id = i.application_id WHERE a.event_id = $1 AND r.hidden = 0`},
	{"/tep/:id", `SELECT id FROM files WHERE public = 1`},

	{"/gian-hang/:vendor/bien-ban/:record/anh/:hash", `SELECT x.vendor_id, x.id, h.hash FROM inspections x` + owned + `JOIN inspection_photos h ON h.inspection_id = x.id WHERE h.file_id IS NOT NULL`},
	{"/gian-hang/:vendor/bien-ban/:record", `SELECT x.vendor_id, x.id FROM inspections x` + owned},
	{"/gian-hang/:vendor/doanh-thu/:event", `SELECT x.vendor_id, x.event_id FROM passes x` + owned + `WHERE x.kind = 'booth' ORDER BY x.event_id = $1 DESC`},
	{"/gian-hang/:vendor/don/:application/gian", `SELECT x.vendor_id, x.id FROM applications x` + owned + `JOIN events e ON e.id = x.event_id WHERE e.self_pick = 1 AND x.state = 'approved'`},
	{"/gian-hang/:vendor/don/:application/sua", `SELECT x.vendor_id, x.id FROM applications x` + owned + `JOIN events e ON e.id = x.event_id WHERE x.state IN ('draft', 'needs_info', 'submitted') ORDER BY e.apply_until DESC`},
	{"/gian-hang/:vendor/don/:application/kiem-tra", `SELECT x.vendor_id, x.id FROM applications x` + owned + `JOIN events e ON e.id = x.event_id WHERE x.state IN ('draft', 'needs_info') ORDER BY e.apply_until DESC`},
	{"/gian-hang/:vendor/don/:application", `SELECT x.vendor_id, x.id FROM applications x` + owned + `WHERE x.event_id = $1 AND x.state = 'approved'`},
	{"/gian-hang/:vendor/phieu/:event/quyet-toan.pdf", `SELECT x.vendor_id, d.event_id FROM scans x` + owned + `JOIN devices d ON d.n = x.device_n WHERE x.direction = 2`},
	{"/gian-hang/:vendor/phieu/:event", `SELECT x.vendor_id, x.event_id FROM passes x` + owned + `JOIN voucher_packs k ON k.event_id = x.event_id WHERE x.kind = 'booth' ORDER BY x.event_id = $1 DESC`},
	{"/gian-hang/:vendor/san-pham/:product", `SELECT x.vendor_id, x.id FROM products x` + owned},
	{"/gian-hang/:vendor/the/:event/:pass", `SELECT x.vendor_id, x.event_id, x.id FROM passes x` + owned + `WHERE x.event_id = $1 AND x.state = 'valid'`},
	{"/gian-hang/:vendor/the/:event", `SELECT x.vendor_id, x.event_id FROM passes x` + owned + `WHERE x.event_id = $1 AND x.state = 'valid'`},
	{"/gian-hang/:vendor/uu-dai/bien-gia/:event", `SELECT x.vendor_id, x.event_id FROM offers x` + owned + `WHERE x.state = 'accepted' ORDER BY x.event_id = $1 DESC`},
	{"/gian-hang/:vendor/uu-dai/moi/:event", `SELECT x.vendor_id, x.event_id FROM offers x` + owned + `ORDER BY x.event_id = $1 DESC`},
	{"/gian-hang/:vendor/uu-dai/:offer", `SELECT x.vendor_id, x.id FROM offers x` + owned},
	{"/gian-hang/:vendor", `SELECT x.vendor_id FROM passes x` + owned + `WHERE x.event_id = $1`},

	{"/quan-ly/bai-viet/:article", `SELECT id FROM articles`},
	{"/quan-ly/bao-cao/van-ban/:period/so/:sheet/:figure", `SELECT year || '-' || part, form, 'communications' FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/bao-cao/luu-tru/:year", `SELECT year FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/bao-cao/van-ban/:period/mau/goi-y", `SELECT year || '-' || part FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/bao-cao/van-ban/:period/mau/dang-dung", `SELECT p.year || '-' || p.part FROM period_reports p, paper_templates t WHERE t.kind = 'period' AND p.form = 'xa' AND p.figures <> '' ORDER BY p.year DESC`},
	{"/quan-ly/bao-cao/van-ban/:period/mau/da-dien", `SELECT p.year || '-' || p.part FROM period_reports p, paper_templates t WHERE t.kind = 'period' AND p.form = 'xa' AND p.figures <> '' ORDER BY p.year DESC`},
	{"/quan-ly/bao-cao/van-ban/:period/mau", `SELECT year || '-' || part FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/bao-cao/van-ban/:period", `SELECT year || '-' || part FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/bao-cao/:sheet/:period/:unit/dong/:figure", `SELECT form, year || '-' || part, unit, 'communications' FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/da-dien", `SELECT p.form, p.year || '-' || p.part, p.unit FROM period_reports p JOIN paper_templates t ON t.kind = 'commune' AND t.owner = '2025:' || p.unit WHERE p.form = 'xa' AND p.figures <> '' AND p.year > 2025 ORDER BY p.year DESC`},
	{"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/dang-dung", `SELECT p.form, p.year || '-' || p.part, p.unit FROM period_reports p JOIN paper_templates t ON t.kind = 'commune' AND t.owner = '2025:' || p.unit WHERE p.form = 'xa' AND p.figures <> '' AND p.year > 2025 ORDER BY p.year DESC`},
	{"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/tep/:form", `SELECT form, year || '-' || part, unit, 'docx' FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/bao-cao/:sheet/:period/:unit", `SELECT form, year || '-' || part, unit FROM period_reports WHERE form = 'xa' AND figures <> '' ORDER BY year DESC`},
	{"/quan-ly/co-quan/:body", `SELECT standing_id FROM plans WHERE standing_id IS NOT NULL`},
	{"/quan-ly/co-so/:vendor/san-pham/:product", `SELECT vendor_id, id FROM products`},
	{"/quan-ly/co-so/:vendor", `SELECT vendor_id FROM passes WHERE event_id = $1 AND vendor_id IS NOT NULL`},
	{"/quan-ly/diem-ban/:place", `SELECT id FROM places`},
	{"/quan-ly/don/:application/sua", `SELECT id FROM applications WHERE on_paper = 1 AND state = 'draft'`},
	{"/quan-ly/don/:application/tra-lai", `SELECT id FROM applications WHERE event_id = $1 AND state = 'approved'`},
	{"/quan-ly/don/:application/kiem-tra", `SELECT id FROM applications WHERE on_paper = 1 AND state = 'draft'`},
	{"/quan-ly/don/:application", `SELECT id FROM applications WHERE state = 'submitted' ORDER BY number DESC`},
	{"/quan-ly/nhap/mau/:kind.xlsx", `SELECT 'vendors'`},
	{"/quan-ly/nhap/:import", `SELECT id, created_by FROM imports`},
	{"/du-lieu-ca-nhan/loi/:text/:version", `SELECT 'sign_up', '2026-11'`},
	{"/quan-ly/luu-giu/:kind", `SELECT 'codes'`},
	{"/quan-ly/du-lieu-ca-nhan/:request", `SELECT id FROM personal_requests ORDER BY n`},
	{"/quan-ly/giam-sat/:supervision/tep/:file", `SELECT id, CASE WHEN evidence IS NULL THEN 'tra-loi' ELSE 'giam-sat' END FROM supervisions WHERE COALESCE(evidence, answer_file) IS NOT NULL`},
	{"/quan-ly/giam-sat/:supervision", `SELECT id FROM supervisions WHERE struck_at = 0`},
	{"/quan-ly/ho-tro/ket-noi/:matching", `SELECT id FROM matchings WHERE struck_at = 0`},
	{"/quan-ly/ho-tro/:support", `SELECT id FROM supports WHERE struck_at = 0`},
	{"/quan-ly/ke-hoach/:plan/kinh-phi/:cost", `SELECT plan_id, id FROM costs WHERE plan_id IS NOT NULL AND struck_at = 0`},
	{"/quan-ly/ke-hoach/:plan/tep/:file", `SELECT plan_id, file_id FROM plan_files`},
	{"/quan-ly/ke-hoach/:plan", `SELECT p.id FROM plans p JOIN tasks t ON t.plan_id = p.id WHERE p.state = 'in_force' GROUP BY p.id ORDER BY COUNT(*) DESC`},
	{"/quan-ly/tuyen-truyen/chi-tieu/:plan", `SELECT id FROM plans WHERE state = 'in_force'`},
	{"/quan-ly/khao-sat/:survey", `SELECT id FROM surveys`},
	{"/quan-ly/kiem-tra/dot/:round", `SELECT id FROM inspection_rounds`},
	{"/quan-ly/kiem-tra/:record/anh/:hash", `SELECT inspection_id, hash FROM inspection_photos WHERE file_id IS NOT NULL`},
	{"/quan-ly/kiem-tra/:record/dieu/:finding", `SELECT inspection_id, id FROM findings WHERE state = 'open'`},
	{"/quan-ly/kiem-tra/:record", `SELECT id FROM inspections ORDER BY n DESC`},
	{"/quan-ly/kinh-phi/:cost/anh", `SELECT id FROM costs WHERE photo IS NOT NULL`},
	{"/quan-ly/lich-nam/loat/:series/doi", `SELECT id FROM series`},
	{"/quan-ly/lich-nam/loat/:series/bao-cao/so/:figure", `SELECT id, 'visits' FROM series`},
	{"/quan-ly/lich-nam/loat/:series/bao-cao/tep/:form", `SELECT id, 'docx' FROM series`},
	{"/quan-ly/lich-nam/dan/:paste", `SELECT id, created_by FROM year_pastes`},
	{"/quan-ly/lich-nam/loat/:series", `SELECT id FROM series`},
	{"/quan-ly/kinh-phi/:cost", `SELECT id FROM costs WHERE struck_at = 0`},
	{"/quan-ly/mua-sam/:report/sua", `SELECT p.id, b.account_id FROM procurements p JOIN body_people b ON b.body_id = p.body_id WHERE p.struck_at = 0`},
	{"/quan-ly/mua-sam/:report/anh", `SELECT id FROM procurements WHERE photo IS NOT NULL`},
	{"/quan-ly/mua-sam/:report", `SELECT id FROM procurements WHERE struck_at = 0`},
	{"/quan-ly/nguoi-dung/:id", `SELECT account_id FROM grants`},
	{"/quan-ly/nhiem-vu/:task/tep/:file", `SELECT task_id, file_id FROM task_files`},
	{"/quan-ly/nhiem-vu/:task", `SELECT id FROM tasks`},
	{"/quan-ly/phan-anh/:tip/anh/:file", `SELECT tip_id, file_id FROM tip_photos`},
	{"/quan-ly/phan-anh/:tip/phieu-chuyen", `SELECT tip_id FROM tip_slips`},
	{"/quan-ly/phan-anh/:tip", `SELECT id FROM tips`},
	{"/quan-ly/tuyen-truyen/:entry/anh/:file", `SELECT communication_id, file_id FROM communication_photos`},
	{"/quan-ly/tuyen-truyen/:entry", `SELECT id FROM communications WHERE struck_at = 0`},

	{"/quan-ly/su-kien/:id/bao-cao/mau", `SELECT id FROM events WHERE state IN ('ended', 'reported') ORDER BY booths_n DESC`},
	{"/quan-ly/su-kien/:id/bao-cao/tep", `SELECT id FROM events WHERE state IN ('ended', 'reported') ORDER BY booths_n DESC`},
	{"/quan-ly/su-kien/:id/doanh-thu/:vendor", `SELECT event_id, vendor_id FROM passes WHERE event_id = $1 AND kind = 'booth'`},
	{"/quan-ly/su-kien/:id/doi", `SELECT id FROM events WHERE state = 'open'`},
	{"/quan-ly/su-kien/:id/gian/hoan-tac", `SELECT event_id FROM placings WHERE undone_at = 0`},
	{"/quan-ly/su-kien/:id/kich-cau/bien-gia", `SELECT event_id FROM offers WHERE state = 'accepted' ORDER BY event_id = $1 DESC`},
	{"/quan-ly/su-kien/:id/kich-cau/bien-phap/:measure", `SELECT event_id, id FROM measures ORDER BY event_id = $1 DESC`},
	{"/quan-ly/su-kien/:id/kich-cau/nhap/:vendor", `SELECT event_id, vendor_id FROM passes WHERE event_id = $1 AND kind = 'booth'`},
	{"/quan-ly/su-kien/:id/kich-cau/uu-dai/:offer", `SELECT event_id, id FROM offers ORDER BY event_id = $1 DESC`},
	{"/quan-ly/su-kien/:id/kinh-phi/:cost", `SELECT event_id, id FROM costs WHERE event_id IS NOT NULL AND struck_at = 0`},
	{"/quan-ly/su-kien/:id/phieu/moi", `SELECT $1`},
	{"/quan-ly/su-kien/:id/phieu/quyet-toan.pdf", `SELECT d.event_id FROM scans x JOIN devices d ON d.n = x.device_n WHERE x.direction = 2 ORDER BY d.event_id = $1 DESC`},
	{"/quan-ly/su-kien/:id/phieu/quyet-toan", `SELECT event_id FROM voucher_packs ORDER BY event_id = $1 DESC`},
	{"/quan-ly/su-kien/:id/phieu/:number", `SELECT event_id, number FROM voucher_packs ORDER BY event_id = $1 DESC`},
	{"/quan-ly/su-kien/:id", `SELECT $1`},
}

// forms stand for the last parameters, which name no object.
var forms = strings.NewReplacer("/:form", "/xlsx", "/:size?", "")

// sampler fills the parameters of routes.
type sampler struct {
	db    *sql.DB
	event string // with the most scans
}

// openSampler opens a database for reading, past the server.
func openSampler(ctx context.Context, path string) (*sampler, error) {
	db, err := openCount(path)
	if err != nil {
		return nil, err
	}
	s := &sampler{db: db}
	err = db.QueryRowContext(ctx, `
		SELECT d.event_id FROM (SELECT device_n, COUNT(*) AS n FROM scans GROUP BY device_n) s JOIN devices d ON d.n = s.device_n
		GROUP BY d.event_id ORDER BY SUM(s.n) DESC LIMIT 1`).Scan(&s.event)
	return s, err
}

// filled is an address with what is there in it.
type filled struct {
	path   string
	vendor string // whose page it is
	reader string // the account that may read it, where not every admin may
}

// What stands in the way of an address.
var (
	errNoSample = errors.New("no sample tells what is there")
	errNothing  = errors.New("the demo has none")
)

// fill puts what is there into the address of a route.
func (s *sampler) fill(ctx context.Context, route string) (f filled, err error) {
	f.path = forms.Replace(route)
	if !strings.Contains(f.path, ":") {
		return f, nil
	}
	i := slices.IndexFunc(samples, func(x sample) bool {
		rest, below := strings.CutPrefix(f.path, x.below)
		return below && (rest == "" || rest[0] == '/' || rest[0] == '.') && !strings.Contains(rest, ":")
	})
	if i < 0 {
		return f, errNoSample
	}
	found, err := s.one(ctx, samples[i].query)
	if err != nil {
		return f, err
	}
	for i, value := range found {
		at := testkit.RouteParam.FindStringIndex(f.path)
		if at == nil {
			f.reader = value
			break
		}
		f.path = f.path[:at[0]] + value + f.path[at[1]:]
		if i == 0 && strings.HasPrefix(route, "/gian-hang/:vendor") {
			f.vendor = value
		}
	}
	return f, nil
}

// one reads the first row of a query as texts.
func (s *sampler) one(ctx context.Context, query string) ([]string, error) {
	var args []any
	if strings.Contains(query, "$1") {
		args = append(args, s.event)
	}
	rows, err := s.db.QueryContext(ctx, query+` LIMIT 1`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	found, into := make([]string, len(columns)), make([]any, len(columns))
	for i := range found {
		into[i] = &found[i]
	}
	if !rows.Next() {
		return nil, cmp.Or(rows.Err(), errNothing)
	}
	return found, errors.Join(rows.Scan(into...), rows.Close())
}
