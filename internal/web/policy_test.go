package web_test

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store/intake"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web"
)

// param is what stands for a parameter of a route: the first pattern that fits
// the path decides. Objects are those of the stall, so that they exist and are
// somebody's.
type param struct {
	path  *regexp.Regexp
	value func(s *stall) string
}

func paramsOf() []param {
	p := func(pattern string, value func(s *stall) string) param {
		return param{regexp.MustCompile(pattern), value}
	}
	return []param{
		p(`^/(api/v1/office/events|quan-ly/su-kien)/:id`, func(s *stall) string { return string(s.event.ID) }),
		p(`^/quan-ly/nguoi-dung/:id`, func(s *stall) string { return string(s.organiser.Account) }),
		p(`^/(api/v1/office/applications|quan-ly/don)/:(id|application)`, func(s *stall) string { return string(s.passes[0].Application) }),
		p(`^/tro-giup/:topic`, func(*stall) string { return "co-so" }),
		p(`^/c/:code`, func(s *stall) string { return s.gate.Code }),
		p(`^/t/:code`, func(s *stall) string { return s.pass(registry.BoothPass).Code }),
		p(`^/chuyen-trang/:slug`, func(s *stall) string { return s.article.Slug }),
		p(`^/chuyen-trang/muc/:column`, func(s *stall) string { return s.article.Column }),
		p(`:article`, func(s *stall) string { return string(s.article.ID) }),
		p(`/bai-soan/:kind`, func(*stall) string { return "script" }),
		p(`^/(su-kien|api/v1/events)/:slug`, func(s *stall) string { return s.event.Slug }),
		p(`^/doanh-nghiep/:slug`, func(s *stall) string { return s.vendor.Slug }),
		p(`^/san-pham/:slug`, func(s *stall) string { return s.product.Slug }),
		p(`:product`, func(s *stall) string { return string(s.product.ID) }),
		p(`:vendor`, func(s *stall) string { return string(s.vendor.ID) }),
		p(`^/diem-ban/:slug`, func(s *stall) string { return s.place.Slug }),
		p(`:paste`, func(s *stall) string { return string(s.pasted) }),
		p(`:series`, func(s *stall) string { return string(s.series) }),
		p(`/mat-bang/ban/:n`, func(*stall) string { return "1" }),
		p(`:object`, func(s *stall) string { return s.drawn }),
		p(`:survey`, func(s *stall) string { return string(s.survey) }),
		p(`:place`, func(s *stall) string { return string(s.place.ID) }),
		p(`:report`, func(s *stall) string { return string(s.bought.ID) }),
		p(`/loi/:text`, func(*stall) string { return string(personal.SignUp) }),
		p(`/loi/sign_up/:version`, func(*stall) string { return "2026-11" }),
		p(`/luu-giu/:kind`, func(*stall) string { return string(personal.KeepCodes) }),
		p(`/nhap/mau/:kind`, func(*stall) string { return string(intake.Vendors) }),
		p(`:import`, func(s *stall) string { return string(s.listed) }),
		p(`:sheet`, func(*stall) string { return "xa" }),
		p(`/luu-tru/:year`, func(s *stall) string { return s.k.App.Today()[:4] }),
		p(`:period`, func(s *stall) string { return s.k.App.Today()[:4] + "-year" }),
		p(`/(van-ban|loat/[^/]+)(/[^/]+)?/tep/:form`, func(*stall) string { return "docx" }),
		p(`:unit`, func(*stall) string { return testkit.BaBe.Code }),
		p(`:figure`, func(*stall) string { return "sessions" }),
		p(`:supervision`, func(s *stall) string { return string(s.supervision) }),
		p(`:request`, func(s *stall) string { return string(s.request) }),
		p(`:support`, func(s *stall) string { return string(s.support) }),
		p(`:matching`, func(s *stall) string { return string(s.matching) }),
		p(`:months`, func(*stall) string { return "3" }),
		p(`:entry`, func(s *stall) string { return string(s.entry) }),
		p(`:plan`, func(s *stall) string { return string(s.task.Plan) }),
		p(`/ke-hoach/[^/:]+/kinh-phi/:cost`, func(s *stall) string { return string(s.planCost) }),
		p(`:cost`, func(s *stall) string { return string(s.cost) }),
		p(`:record`, func(s *stall) string { return string(s.record) }),
		p(`:finding`, func(s *stall) string { return string(s.finding) }),
		p(`:round`, func(s *stall) string { return string(s.round) }),
		p(`:task`, func(s *stall) string { return string(s.task.ID) }),
		p(`:body`, func(s *stall) string { return string(s.task.Lead) }),
		p(`:event`, func(s *stall) string { return string(s.event.ID) }),
		p(`:offer`, func(s *stall) string { return string(s.offer) }),
		p(`:measure`, func(s *stall) string { return string(s.measure) }),
		p(`:booth`, func(s *stall) string { return string(s.passes[0].Booth) }),
		p(`:pass`, func(s *stall) string { return string(s.passes[0].ID) }),
		p(`:application`, func(s *stall) string { return string(s.passes[0].Application) }),
		p(`:tip`, func(s *stall) string { return cmp.Or(string(s.tip), "khong-co") }),
		p(`/phieu/:number`, func(*stall) string { return "1" }),
		p(`:[a-z]+`, func(*stall) string { return "khong-co" }),
	}
}

// fill puts objects into a path. Parameters are filled from left to right.
func fill(s *stall, path string) string {
	for strings.Contains(path, ":") {
		for _, p := range paramsOf() {
			if at := p.path.FindString(path); at != "" {
				first := testkit.RouteParam.FindString(at)
				path = strings.Replace(path, first, p.value(s), 1)
				break
			}
		}
	}
	return path
}

// TestEveryRouteHasAPolicy walks what the engine will really answer.
func TestEveryRouteHasAPolicy(t *testing.T) {
	s, _ := site.Of(testkit.NewApp(t))
	known := map[string]bool{}
	for _, r := range web.Policies(s) {
		known[r.Method+" "+r.Path] = true
	}
	for _, r := range s.Fiber().GetRoutes(true) {
		if r.Method == fiber.MethodHead {
			continue // Fiber answers HEAD for every GET
		}
		if !known[r.Method+" "+r.Path] {
			t.Errorf("%s %s is not in the table of routes", r.Method, r.Path)
		}
	}
	if len(known) < 40 {
		t.Errorf("only %d routes: the walk sees too little", len(known))
	}
}

// reader is somebody who must not get in.
type reader struct {
	name   string
	client *testkit.Client
	refuse func(r web.PolicyRoute) bool // must this reader be kept out of the route?
}

// TestNobodySeesWhatIsNotTheirs asks every route as anonymous, wrong role, other
// area and sibling vendor: 401 or 404 everywhere.
func TestNobodySeesWhatIsNotTheirs(t *testing.T) {
	s := newStall(t)
	routes := web.Policies(s.server)
	for _, who := range strangers(t, &s) {
		t.Run(who.name, func(t *testing.T) {
			asked := 0
			for _, r := range routes {
				if !who.refuse(r) {
					continue
				}
				asked++
				got := ask(who.client, r.Method, fill(&s, r.Path))
				if got.Status != 401 && got.Status != 404 {
					t.Errorf("%s %s: %d %.120s", r.Method, r.Path, got.Status, got.Location)
				}
			}
			if asked < 10 {
				t.Errorf("only %d routes asked", asked)
			}
		})
	}
}

func ask(c *testkit.Client, method, path string) testkit.Answer {
	if method == fiber.MethodGet {
		return c.Get(path)
	}
	if strings.HasPrefix(path, "/api/") {
		return c.Do(method, path, "application/json", strings.NewReader("{}"))
	}
	return c.Post(path, url.Values{})
}

// aboutObject reports whether a route names an object of the stall.
func aboutObject(r web.PolicyRoute) bool {
	for _, prefix := range []string{"/quan-ly/su-kien/:id", "/quan-ly/don/:", "/quan-ly/nguoi-dung/:id", "/quan-ly/co-so/:", "/quan-ly/bai-viet/:"} {
		if strings.HasPrefix(r.Path, prefix) {
			return true
		}
	}
	return false
}

func strangers(t *testing.T, s *stall) []reader {
	sign := func(token string) *testkit.Client {
		c := testkit.NewClient(t, s.base)
		c.SignInAs(token)
		return c
	}
	_, elsewhere := s.k.Officer(registry.Admin, "01")
	_, viewer := s.k.Officer(registry.Viewer, "19")
	_, _, sibling := s.k.OwnVendor()
	closed := func(r web.PolicyRoute) bool { return !r.Public }
	return []reader{
		{"anonymous", testkit.NewClient(t, s.base), closed},
		{"other area", sign(elsewhere), func(r web.PolicyRoute) bool { return r.Right != "" && aboutObject(r) }},
		{"wrong role", sign(viewer), func(r web.PolicyRoute) bool {
			return r.Right != "" && !registry.Viewer.Allows(r.Right)
		}},
		{"sibling vendor", sign(sibling), func(r web.PolicyRoute) bool {
			return r.Right != "" || strings.HasPrefix(r.Path, "/gian-hang/:vendor")
		}},
	}
}
