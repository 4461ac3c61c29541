package web_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/vn"
	"hoicho/internal/web"
)

// untried are the routes of forms that the walk below does not send, and why. A form
// on which nothing is typed, ticked or chosen has no field that can be at fault.
var untried = map[string]string{
	"/api/":                                                "no form of ours",
	"/quan-ly/su-kien/:id/mat-bang/sua":                    "a button",
	"/quan-ly/su-kien/:id/mat-bang/lui":                    "a button",
	"/quan-ly/su-kien/:id/mat-bang/soat":                   "a button",
	"/quan-ly/su-kien/:id/mat-bang/cat":                    "a button",
	"/quan-ly/su-kien/:id/mat-bang/lay":                    "a button",
	"/quan-ly/su-kien/:id/mat-bang/cong-bo":                "a button",
	"/quan-ly/su-kien/:id/mat-bang/vat/:object/xoa":        "a button",
	"/quan-ly/su-kien/:id/mat-bang/luu":                    "only where two people changed one thing; tried by the tests of plans",
	"/c/:code":                                             "a button",
	"/dang-xuat":                                           "a button",
	"/dat-lai-mat-khau/:token":                             "needs a token that lives once; tried by the tests of passwords",
	"/thiet-lap/:token":                                    "needs a token that lives once; tried by the tests of passwords",
	"/tai-khoan/email/:token":                              "a button",
	"/quan-ly/bao-cao/van-ban/:period/mau/bo":              "a button",
	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/bo": "a button",
	"/quan-ly/lich-nam/loat/:series/bao-cao/mau/bo":        "a button",
	"/quan-ly/su-kien/:id/bao-cao/mau/bo":                  "a button",
	"/tai-khoan/dong-y":                                    "buttons; only of whoever agreed to an older text",
	"/tai-khoan/phien/":                                    "buttons",
	"/tai-khoan/bao-tin/:push/bo":                          "a button",
	"/tai-khoan/bao-tin":                                   "sent by a script alone; tried by the tests of notifications",
	"/thong-bao/mo":                                        "sent by a script alone; tried by the tests of notifications",
	"/tai-khoan/ma-api/:token/huy":                         "a button",
	"/xac-thuc/ma-du-phong":                                "only where a second step is set up; tried by the tests of accounts",
	"/gian-hang/:vendor/ho-so/anh/xoa":                     "a button",
	"/gian-hang/:vendor/san-pham/:product/anh/:file/":      "buttons",
	"/gian-hang/:vendor/san-pham/:product/sao/:issued/xoa": "a button",
	"/gian-hang/:vendor/giay-to/:paper/rut":                "a button",
	"/quan-ly/don/:application/giay-to/:paper/doi-chieu":   "a button",
	"/quan-ly/don/:application/hoan-tac":                   "a button",
	"/gian-hang/:vendor/phieu/:event":                      "buttons",
	"/gian-hang/:vendor/uu-dai/:offer/rut":                 "a button",
	"/quan-ly/su-kien/:id/kich-cau/bien-phap/:measure/bo":  "a button",
	"/gian-hang/:vendor/thanh-vien/:account/xoa":           "a button",
	"/gian-hang/:vendor/don/:application/gian/":            "buttons",
	"/gian-hang/:vendor/don/:application/nhan":             "a button",
	"/gian-hang/:vendor/don/:application/rut":              "a button",
	"/su-kien/:slug/dang-ky":                               "a button",
	"/quan-ly/cai-dat/tinh":                                "only before a province is chosen; tried by the tests of settings",
	"/quan-ly/thu/":                                        "buttons",
	"/quan-ly/co-so/:vendor/cong-khai":                     "a button",
	"/quan-ly/co-so/:vendor/mo":                            "a button",
	"/quan-ly/co-so/:vendor/ma":                            "a button",
	"/quan-ly/co-so/:vendor/giay-to/":                      "a button",
	"/quan-ly/co-so/:vendor/goi":                           "buttons",
	"/quan-ly/co-so/:vendor/san-pham/:product/sao/:issued": "buttons",
	"/quan-ly/kiem-tra/:record/ghep":                       "buttons",
	"/quan-ly/kiem-tra/:record/de-rieng":                   "a button",
	"/quan-ly/kiem-tra/:record/bo-ghep":                    "a button",
	"/quan-ly/kiem-tra/dot/:round/tinh-lai":                "a button",
	"/quan-ly/khoa/":                                       "buttons",
	"/quan-ly/nguoi-dung/:id/bo-xac-thuc":                  "a button",
	"/quan-ly/nguoi-dung/:id/khoa":                         "a button",
	"/quan-ly/nguoi-dung/:id/ma-giay":                      "a button",
	"/quan-ly/nguoi-dung/:id/mo":                           "a button",
	"/quan-ly/nguoi-dung/:id/vai-tro/thu-hoi":              "a button",
	"/quan-ly/phan-anh/:tip/lien-he":                       "a button",
	"/quan-ly/phan-anh/:tip/tach":                          "a button",
	"/quan-ly/su-kien/:id/the/:pass/canh-bao":              "buttons, where there is an alarm",
	"/quan-ly/su-kien/:id/bao-cao/chot":                    "a button",
	"/quan-ly/su-kien/:id/cong/danh-sach/:scan/bo":         "a button",
	"/quan-ly/su-kien/:id/cong/doi-chieu/mo-lai":           "a button",
	"/quan-ly/su-kien/:id/cong/may/:device/go":             "a button",
	"/quan-ly/su-kien/:id/cong/phieu/:tally/bo":            "a button",
	"/quan-ly/su-kien/:id/bao-cao/so":                      "only once a report is closed; tried by the tests of reports",
	"/quan-ly/su-kien/:id/doanh-thu/nhac":                  "a button",
	"/quan-ly/su-kien/:id/gian/:booth/hom-nay":             "buttons",
	"/quan-ly/su-kien/:id/gian/tu-xep":                     "a button",
	"/quan-ly/su-kien/:id/gian/hoan-tac":                   "a button",
	"/quan-ly/su-kien/:id/boc-tham/:n/xep":                 "a button",
	"/quan-ly/su-kien/:id/boc-tham/bo":                     "a button",
	"/quan-ly/su-kien/:id/boc-tham/khoa":                   "a button",
	"/quan-ly/su-kien/:id/boc-tham/mo":                     "a button",
	"/quan-ly/don/loat/hoan-tac":                           "a button",
	"/quan-ly/su-kien/:id/gian/nhieu":                      "another button of the form that deletes; tried by the tests of booths",
	"/quan-ly/su-kien/:id/gian/:booth/khoa":                "a button",
	"/quan-ly/su-kien/:id/gian/:booth/mo":                  "a button",
	"/quan-ly/su-kien/:id/gian/:booth/tra":                 "a button",
	"/quan-ly/su-kien/:id/goi/:call/bo":                    "a button", "/quan-ly/co-so/:vendor/goi/:call/bo": "a button", "/gian-hang/:vendor/thanh-vien/ma": "buttons",
	"/gian-hang/:vendor/thanh-vien/:account/vai-tro":  "a button",
	"/quan-ly/su-kien/:id/goi":                        "buttons",
	"/quan-ly/su-kien/:id/the/cap-lai":                "a button",
	"/quan-ly/su-kien/:id/the/cap-thieu":              "a button",
	"/quan-ly/su-kien/:id/the/in":                     "a button",
	"/quan-ly/su-kien/:id/xoa":                        "a button",
	"/quan-ly/tuyen-truyen/gui":                       "sent by the script of a phone; tried by the tests of communications",
	"/quan-ly/tuyen-truyen/kenh/:channel/":            "buttons",
	"/quan-ly/tuyen-truyen/:entry/tinh-lai":           "a button",
	"/quan-ly/tuyen-truyen/:entry/anh/:file/bo":       "a button",
	"/quan-ly/bai-viet/:article/khoi-phuc":            "a button",
	"/quan-ly/diem-ban/:place/mo-lai":                 "a button",
	"/quan-ly/khao-sat/:survey/tinh-lai":              "a button",
	"/quan-ly/lich-nam/loat/:series/":                 "buttons",
	"/quan-ly/lich-nam/dan/:paste/hoan-tac":           "a button",
	"/quan-ly/su-kien/:id/kinh-phi/:cost/tinh-lai":    "a button",
	"/quan-ly/ke-hoach/:plan/kinh-phi/:cost/tinh-lai": "a button",
	"/quan-ly/ho-tro/:support/tinh-lai":               "a button",
	"/quan-ly/nhap/:import/nhap":                      "a button",
	"/quan-ly/nhap/:import/bo":                        "a button",
	"/quan-ly/nhap/:import/dung":                      "a button",
	"/quan-ly/nhap/:import/hoan-tac":                  "a button",
	"/quan-ly/giam-sat/:supervision/tinh-lai":         "a button",
	"/quan-ly/bao-cao/:sheet/:period/:unit/het-phep":  "a button",
	"/quan-ly/bao-cao/:sheet/:period/:unit/luu":       "another button of the form that hands in; tried by the tests of periods",
	"/quan-ly/bao-cao/:sheet/:period/:unit/tra-lai":   "only of a report that was handed in; tried by the tests of periods",
	"/quan-ly/bao-cao/:sheet/:period/:unit/bo-sung":   "only of a period that is locked; tried by the tests of periods",
	"/quan-ly/bao-cao/:sheet/:period/nhan":            "a button and ticks; tried by the tests of periods",
	"/quan-ly/du-lieu-ca-nhan/:request/xac-nhan":      "a button",
	"/quan-ly/du-lieu-ca-nhan/:request/rut-xoa":       "only while an erasure waits; tried by TestAnAccountIsErasedFromItsRequest",
	"/tai-khoan/xoa":                                  "a button",
	"/quan-ly/du-lieu-ca-nhan/:request/du-lieu":       "only of a request to see; tried by TestOwnDataIsTakenAtTheAccountPage",
	"/quan-ly/luu-giu/:kind/bo":                       "a button",
	"/quan-ly/ho-tro/ket-noi/:matching/tinh-lai":      "a button",
	"/quan-ly/mua-sam/mo-lai":                         "a button",
	"/quan-ly/mua-sam/nhom-hang/:group/":              "buttons",
	"/quan-ly/nhiem-vu/:task/tep/:file/bo":            "a button",
	"/quan-ly/ke-hoach/:plan/buoc":                    "buttons",
	"/quan-ly/ke-hoach/:plan/chep":                    "a button",
	"/quan-ly/nhiem-vu/:task/su-kien/:event/bo":       "a button",
	"/quan-ly/co-quan/:body/nguoi/:account/bo":        "a button",
}

// unsaid are the forms with a line in their summary that leads to no field.
var unsaid = map[string]string{"/dang-nhap": "tells nobody which of the two is wrong"}

// sentForm is a form of a page with who sends it.
type sentForm struct {
	testkit.Form
	who, page, route string
}

// formWalk sends forms and reads what comes back.
type formWalk struct {
	t       *testing.T
	readers map[string]*testkit.Client
	routes  []string // of forms, those with the fewest parameters first
	forms   []sentForm
}

// newFormWalk finds every form of the pages that show one.
func newFormWalk(t *testing.T) *formWalk {
	d := newGateDesk(t)
	d.doubled()
	w := &formWalk{t: t, readers: readersOf(t, d.stall)}
	for _, r := range web.Policies(d.server) {
		if r.Method == fiber.MethodPost && !isUntried(r.Path) {
			w.routes = append(w.routes, r.Path)
		}
	}
	slices.SortStableFunc(w.routes, func(a, b string) int { return strings.Count(a, ":") - strings.Count(b, ":") })
	for _, v := range slices.Concat(visitsOf(d.stall, web.Policies(d.server)), w.furtherPages(d.stall)) {
		w.read(v)
	}
	return w
}

func isUntried(route string) bool {
	for name := range untried {
		if route == name || strings.HasSuffix(name, "/") && strings.HasPrefix(route, name) {
			return true
		}
	}
	return false
}

// furtherPages are pages with forms that the usual ones do not show.
func (w *formWalk) furtherPages(s *stall) []visit {
	open := s.k.Event(testkit.InState(registry.Open), testkit.SelfPick)
	s.k.Booths(open.ID, "B", 4)
	s.k.Booths(s.event.ID, "C", 2)
	applied := func(state registry.ApplicationState, change ...func(*registry.Application)) registry.Application {
		v, _, token := s.k.OwnVendor()
		a := s.k.Application(open, v.ID, append(change, testkit.Standing(state), testkit.Bringing(s.k.Product(v)))...)
		w.readers[string(a.ID)] = testkit.NewClient(w.t, s.base)
		w.readers[string(a.ID)].SignInAs(token)
		return a
	}
	applied(registry.AppSubmitted)
	sent, granted, draft := applied(registry.AppSubmitted), applied(registry.AppApproved), applied(registry.AppDraft)
	paper := applied(registry.AppDraft, func(a *registry.Application) { a.OnPaper = true })
	halfway := s.k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Admin})
	setUpTOTP(w.t, s, halfway)
	w.readers["halfway"] = enterHalfway(w.t, s, "halfway", halfway).client
	tipCode := testkit.SendTip(w.t, s.k, testkit.TipAbout(s.pass(registry.BoothPass).Code))
	tip := testkit.StoredTip(w.t, s.k, tipCode)
	alike := testkit.TipAbout(s.pass(registry.BoothPass).Code)
	alike.Text = "Cũng gian này, không niêm yết giá."
	testkit.SendTip(w.t, s.k, alike)
	event := func(e registry.Event) string { return "/quan-ly/su-kien/" + string(e.ID) }
	own := func(a registry.Application) string { return "/gian-hang/" + string(a.Vendor) + "/don/" + string(a.ID) }
	ended := s.k.Event(testkit.InState(registry.Ended))
	pages := []visit{{event(open) + "/mat-bang", "admin"}, {"/quan-ly/lich-nam/loat/moi?mau=" + string(s.event.ID), "admin"}, {"/quan-ly/kinh-phi/" + string(s.planCost), "admin"}, {own(draft) + "/sua", string(draft.ID)}, {own(draft) + "/kiem-tra", string(draft.ID)}, {"/phan-anh/" + tipCode, ""}, {"/xac-thuc", "halfway"}}
	for _, path := range []string{event(open) + "/buoc?den=cancelled", event(open) + "/doi", event(open) + "/don", event(open) + "/gian?gian=B01", event(ended) + "/bao-cao",
		"/quan-ly/don", "/quan-ly/don/moi?q=a", "/quan-ly/don/" + string(granted.ID) + "/tra-lai", "/quan-ly/don/" + string(sent.ID), "/quan-ly/don/" + string(paper.ID) + "/sua",
		"/quan-ly/don/" + string(paper.ID) + "/kiem-tra", "/quan-ly/phan-anh/" + string(tip.ID), event(s.event) + "/gian?gian=A05",
		"/quan-ly/kiem-tra/ghi?loai=joint_check&ve=booth&su-kien=" + string(s.event.ID), "/quan-ly/kiem-tra/ghi?loai=inspection&ve=vendor",
		"/quan-ly/kiem-tra/ghi?loai=inspection&ve=goods", "/quan-ly/kiem-tra/ghi?phuc-tra=" + string(s.record)} {
		pages = append(pages, visit{path, "admin"})
	}
	late := period.Period{Year: testkit.Start.Year(), Part: period.NineMonths}
	if _, err := s.k.App.Periods.Except(w.t.Context(), registry.SystemActor("test"), period.CommuneForm, late,
		periods.ExceptInput{Reason: "Mất điện.", Until: vn.ShowDate(vn.AddDays(s.k.App.Today(), 3)), Units: []string{testkit.BaBe.Code}}); err != nil {
		w.t.Fatal(err)
	}
	home, _ := s.k.App.Areas.Province(testkit.BaBe)
	for _, unit := range []registry.AreaRef{testkit.BaBe, s.k.App.Areas.Communes(home.Ref)[0].Ref} { // one may file, the other is late
		pages = append(pages, visit{"/quan-ly/bao-cao/xa/" + late.String() + "/" + unit.Code, "admin"})
	}
	choice := "?san-pham=" + string(s.product.ID)
	return append(pages, visit{"/gian-hang/" + string(s.vendor.ID) + "/uu-dai/moi/" + string(s.event.ID) + choice, "vendor"},
		visit{event(s.event) + "/kich-cau/nhap/" + string(s.vendor.ID) + choice, "admin"},
		visit{event(drawAt(w.t, s.k, false, 0)) + "/boc-tham", "admin"}, visit{event(drawAt(w.t, s.k, true, 1)) + "/boc-tham", "admin"},
		visit{event(drawAt(w.t, s.k, true, 3)) + "/boc-tham/man-hinh", "admin"})
}

// read takes the forms of a page, each kind of form once.
func (w *formWalk) read(v visit) {
	w.t.Helper()
	got := w.readers[v.who].Get(v.path)
	if got.Status != 200 && got.Status != 303 {
		w.t.Errorf("%s: %d", v.path, got.Status)
	}
	for _, form := range testkit.Page(w.t, got.Body).Forms() {
		if form.Action == "" {
			form.Action, _, _ = strings.Cut(v.path, "?")
		}
		f := sentForm{form, v.who, v.path, w.routeOf(form.Action)}
		same := func(other sentForm) bool { return other.route == f.route && slices.Equal(other.Typed(), f.Typed()) }
		if f.Method == fiber.MethodPost && f.route != "" && len(f.Typed())+len(f.Files) > 0 && !slices.ContainsFunc(w.forms, same) {
			w.forms = append(w.forms, f)
		}
	}
}

var (
	beyondPath = regexp.MustCompile(`[?#].*`)
	routeParam = regexp.MustCompile(`:[a-z]+`)
)

func (w *formWalk) routeOf(action string) string {
	path := beyondPath.ReplaceAllString(action, "")
	for _, route := range w.routes {
		if regexp.MustCompile("^" + routeParam.ReplaceAllString(route, "[^/]+") + "$").MatchString(path) {
			return route
		}
	}
	return ""
}

// faulty are ways to fill a form in wrongly: what stands in each field that is typed.
var faulty = map[string]string{"empty": "", "odd": "ạ", "endless": strings.Repeat("a", 20_001)}

// mostEndless is how many fields of a form get a text without end: a request has one.
const mostEndless = 12

// filled is the form with the same in every field for text, nothing ticked, what stands
// in a list as it is, and a button pressed. The cells of a table get no endless text.
func (f sentForm) filled(text, button string) url.Values {
	fields, left := url.Values{}, mostEndless
	for name, values := range f.Fields {
		for _, value := range values {
			if slices.Contains(f.Written, name) {
				if value = text; len(text) > 20_000 {
					if left--; left < 0 || len(values) > 1 || name == "amount" { // of a fair of one day
						value = ""
					}
				}
			} else if slices.Contains(f.Ticked, name) {
				continue
			}
			fields.Add(name, value)
		}
	}
	if name, value, ok := strings.Cut(button, "="); ok {
		fields.Set(name, value)
	}
	return fields
}

// buttons are the named buttons of the form, and that without a name.
func (f sentForm) buttons() []string {
	out := []string{""}
	for name, values := range f.Buttons {
		for _, value := range values {
			out = append(out, name+"="+value)
		}
	}
	slices.Sort(out)
	return out
}

// TestLongEveryFaultLeadsToItsField fills every form in wrongly: the page comes back with a
// summary of which every line names the field and leads to it.
func TestLongEveryFaultLeadsToItsField(t *testing.T) {
	need.Long(t)
	t.Parallel()
	w := newFormWalk(t)
	for _, route := range w.routes {
		if !slices.ContainsFunc(w.forms, func(f sentForm) bool { return f.route == route }) {
			t.Errorf("%s: no page shows its form; open one in furtherPages, or say in untried why not", route)
		}
	}
	for _, how := range []string{"endless", "empty", "odd"} {
		for _, f := range w.forms {
			for _, button := range f.buttons() {
				w.send(f, how, button)
			}
		}
	}
}

// send sends a form and checks the answer. What was taken, or has no page any more
// because of what an earlier form did, says nothing.
func (w *formWalk) send(f sentForm, how, button string) {
	w.t.Helper()
	got := w.readers[f.who].Post(f.Action, f.filled(faulty[how], button))
	if got.Status < 400 {
		return
	}
	page, where := testkit.Page(w.t, got.Body), f.route+" "+button+" "+how+" from "+f.page
	lines := page.Find("#faults li").Each()
	if len(lines) == 0 && w.readers[f.who].Get(f.page).Status == 200 {
		w.t.Errorf("%s: %d and no form: %.200s", where, got.Status, page.Find("main").Text())
	}
	for _, line := range lines {
		if fault := unledFault(page, line); fault != "" && unsaid[f.route] == "" && (got.Status == 422 || line.Find("a").Count() > 0) {
			w.t.Errorf("%s: %d, %q %s", where, got.Status, line.Text(), fault)
		}
	}
}

// unledFault says what a line of a summary lacks, "" for nothing.
func unledFault(page, line testkit.Doc) string {
	if line.Find("a").Count() == 0 {
		return "leads nowhere: take the field with Form.Take, Part or PartAt"
	}
	at := strings.TrimPrefix(line.Find("a").Attr("href"), "#f-")
	field, fault := page.Find("[id=f-"+at+"]"), page.Find("[id=e-"+at+"]")
	switch {
	case field.Count() != 1:
		return "leads to f-" + at + ", which the page does not have once"
	case fault.Count() != 1:
		return "is not said at the field: the page has no e-" + at
	case fault.Text() == line.Text() && field.Attr("type") != "checkbox":
		return "does not name its field"
	}
	return ""
}
