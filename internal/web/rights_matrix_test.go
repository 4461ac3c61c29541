package web_test

import (
	"archive/zip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/communications"
	"hoicho/internal/app/supervision"
	"hoicho/internal/app/tips"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/vn"
	"hoicho/internal/web"
)

// secret is something that may be read by whoever has a right in the area of the stall;
// on no page at all if there is no such right.
type secret struct {
	what, words string
	right       registry.Right
}

// plantSecrets puts words that stand nowhere else into the area of the stall.
func plantSecrets(t *testing.T, s *stall) []secret {
	t.Helper()
	ctx, actor, day := t.Context(), registry.SystemActor("test"), vn.ShowDate(s.k.App.Today())
	all := []secret{
		{"a task", "Việc kín qzxa", registry.ViewPlan},
		{"an entry of the register", "Nội dung kín qzxb", registry.ViewPlan},
		{"a tip", "Phản ánh kín qzxc", registry.ManageTips},
		{"who sent a tip", "qzxh@example.vn", ""}, // opened one by one, which is on record
		{"an event in draft", "Phiên kín qzxd", registry.ViewOffice},
		{"who represents a vendor", "Người kín qzxe", registry.ViewPersonal},
		{"a vendor's address for mail", "qzxf@example.vn", registry.ViewPersonal},
		{"an article in draft", "Bài kín qzxg", registry.ViewPlan},
		{"an inspection", "Chỗ kín qzxi", registry.ViewPlan},
		{"a supervision", "Giám sát kín qzxk", registry.ViewPlan},
	}
	s.supervision = s.k.Supervised(func(in *supervision.Input) { in.Content = all[9].words }).ID
	if _, err := s.k.App.Campaign.CreateTask(ctx, actor, s.task.Plan, campaign.TaskInput{Strand: string(committee.Sessions), Kind: string(committee.Carry),
		Title: all[0].words, Lead: string(s.task.Lead), Source: string(committee.NoSource)}); err != nil {
		t.Fatal(err)
	}
	if _, asked, err := s.k.App.Communications.Enter(ctx, actor, []communications.EntryInput{{Client: "5b0c4d52-7a5e-4a0e-8f0f-2f4c1f4b9d10", Channel: "village_meeting",
		Times: "1", People: "40", Area: testkit.BaBe.String(), Day: day, Topic: all[1].words}}); err != nil || len(asked) > 0 {
		t.Fatal(err, asked)
	}
	tip := testkit.TipAbout(s.pass(registry.BoothPass).Code)
	tip.Text, tip.Contact = all[2].words, all[3].words
	s.tip = testkit.StoredTip(t, s.k, testkit.SendTip(t, s.k, tip)).ID
	for i, to := range []registry.TipState{registry.TipSorted, registry.TipHandedOver} {
		testkit.Works(t, s.k.App.Tips.StepTip(ctx, actor, s.tip, tips.TipStepInput{To: to, Version: int64(i + 1), Body: "Đội QLTT số 3",
			DueOn: vn.ShowDate(s.k.App.Tips.SlipDue())}))
	}
	inspected := s.k.TypedInspection(s.pass(registry.BoothPass))
	inspected.Place = all[8].words
	s.inspected(inspected)
	s.k.Event(testkit.Titled(all[4].words), testkit.InState(registry.Draft))
	s.k.Article(func(a *committee.Article) { a.Title, a.State = all[7].words, committee.ArticleDraft })
	s.k.Write(func(tx *store.Tx) error {
		v, err := tx.Vendor(ctx, s.vendor.ID)
		if err != nil {
			return err
		}
		v.Representative, v.Email = all[5].words, all[6].words
		return tx.SaveVendor(ctx, &v, s.k.App.Areas.Scope(v.Area))
	})
	return all
}

// TestLongEveryRoleOpensWhatItsRightsSay makes the matrix of roles and routes: in its own
// area a role opens the pages of its rights and no other route; in another area and as
// somebody else's vendor nothing that is kept here is read on any page, export or log.
func TestLongEveryRoleOpensWhatItsRightsSay(t *testing.T) {
	need.Long(t)
	s := newStall(t)
	secrets := plantSecrets(t, &s)
	for _, role := range registry.Roles {
		for area, home := range map[string]bool{"19": true, "01": false} {
			t.Run(string(role)+" of "+area, func(t *testing.T) {
				_, token := s.k.Officer(role, area)
				w := walker{stall: &s, role: role, home: home, secrets: secrets, seen: map[string]bool{}}
				w.walk(t, token)
				for _, x := range secrets {
					if w.knows(x) && !w.seen[x.what] {
						t.Errorf("nothing shows %s: the walk sees too little", x.what)
					}
				}
			})
		}
	}
	t.Run("another vendor", func(t *testing.T) {
		_, _, sibling := s.k.OwnVendor()
		w := walker{stall: &s, secrets: secrets, seen: map[string]bool{}}
		w.walk(t, sibling)
	})
}

// walker asks for every route as somebody.
type walker struct {
	stall   *stall
	role    registry.Role // "" of a vendor
	home    bool          // the role is of the area in which the secrets are
	secrets []secret
	seen    map[string]bool
}

// knows reports whether a secret may be read.
func (w walker) knows(x secret) bool { return w.home && x.right != "" && w.role.Allows(x.right) }

func (w walker) walk(t *testing.T, token string) {
	t.Helper()
	c := testkit.NewClient(t, w.stall.base)
	c.SignInAs(token)
	for _, r := range web.Policies(w.stall.server) {
		w.ask(t, c, r)
	}
}

// ask asks for one route, and looks for what must not be there. What changes things is
// asked for only where it must be refused.
func (w walker) ask(t *testing.T, c *testkit.Client, r web.PolicyRoute) {
	t.Helper()
	allowed := r.Right == "" || w.role != "" && w.role.Allows(r.Right)
	if allowed && r.Method != http.MethodGet {
		return
	}
	got := ask(c, r.Method, fill(w.stall, r.Path))
	refused := got.Status == 401 || got.Status == 404
	if !allowed && !refused || allowed && w.home && refused && r.Right != "" && opensAsIs(w.role, r) {
		t.Errorf("%s %s needs %s and answers %d", r.Method, r.Path, r.Right, got.Status)
	}
	text := unpacked(got.Body)
	for _, x := range w.secrets {
		if !strings.Contains(text, x.words) {
			continue
		}
		w.seen[x.what] = true
		if !w.knows(x) {
			t.Errorf("%s %s shows %s", r.Method, r.Path, x.what)
		}
	}
}

// wholeCountry are the rights that count only where they reach the whole country.
var wholeCountry = []registry.Right{registry.ManageSettings, registry.ManageKeys}

// notHere are routes that need what the stall does not have: an application or an event
// in another state, a job under way, offers, vouchers that were spent, a body to speak for,
// the filing of a commune's report, a file or a plan that the officer sent in.
var notHere = []string{"/quan-ly/don/:application/sua", "/quan-ly/don/:application/kiem-tra", "/quan-ly/su-kien/:id/buoc", "/quan-ly/viec/:job",
	"/quan-ly/su-kien/:id/kich-cau/bien-gia", "/quan-ly/su-kien/:id/phieu/quyet-toan.pdf", "/quan-ly/mua-sam/ghi", "/quan-ly/mua-sam/:report/sua",
	"/quan-ly/kiem-tra/ghi", "/quan-ly/kiem-tra/:record/dieu/:finding", "/quan-ly/giam-sat/ghi",
	"/quan-ly/giam-sat/:supervision/sua", "/quan-ly/su-kien/:id/gian/hoan-tac", "/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/sua", "/quan-ly/bao-cao/luu-tru/:year",
	"/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau", "/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/dang-dung", "/quan-ly/bao-cao/:sheet/:period/:unit/van-ban/mau/goi-y",
	"/quan-ly/nhap/:import", "/quan-ly/nhap/:import/thu", "/quan-ly/nhap/:import/hoan-tac", "/quan-ly/lich-nam/dan/:paste"}

// opensAsIs reports whether the objects of the stall are enough for a role to open a
// page. A branch sees what its own bodies do, and has none here.
func opensAsIs(role registry.Role, r web.PolicyRoute) bool {
	for _, param := range []string{":file", ":size", ":account", ":form", ":device", ":line", ":n"} {
		if strings.Contains(r.Path, param) {
			return false
		}
	}
	ofOwnBodies := role == registry.Branch && (r.Right == registry.Communicate || testkit.RouteParam.MatchString(r.Path))
	return !slices.Contains(notHere, r.Path) && !slices.Contains(wholeCountry, r.Right) && !ofOwnBodies
}

// unpacked is the text of an answer; that of its parts if it is a spreadsheet or a
// document.
func unpacked(body string) string {
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		return body
	}
	var b strings.Builder
	for _, f := range z.File {
		if part, err := f.Open(); err == nil {
			io.Copy(&b, part)
			part.Close()
		}
	}
	return b.String()
}
