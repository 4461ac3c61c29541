package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/communications"
	"hoicho/internal/app/costs"
	"hoicho/internal/app/places"
	"hoicho/internal/app/procurement"
	"hoicho/internal/app/supervision"
	"hoicho/internal/app/surveys"
	"hoicho/internal/app/vouchers"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/vn"
	"hoicho/internal/web"
)

// statementsMost is how many SQL statements a page may take.
const statementsMost = 30

// TestLongStatementsOfEveryPage counts the SQL statements of every page and paper, as an
// administrator, the vendor and a stranger read them: few, and no more of them when
// there are three times as many rows of each sort.
func TestLongStatementsOfEveryPage(t *testing.T) {
	need.Long(t)
	s := newStall(t)
	for i := range 2 {
		grow(t, &s, i)
	}
	readers := statementReaders(t, &s)
	before := countStatements(t, &s, readers)
	for i := range 6 {
		grow(t, &s, i+2)
	}
	after := countStatements(t, &s, readers)
	most := ""
	for _, page := range slices.Sorted(maps.Keys(after)) {
		n, m := before[page], after[page]
		if most == "" || m > after[most] {
			most = page
		}
		if m > statementsMost {
			t.Errorf("%s takes %d statements, at most %d are allowed", page, m, statementsMost)
		}
		if m > n {
			t.Errorf("%s takes %d statements with few rows and %d with more", page, n, m)
		}
	}
	if len(after) < 200 {
		t.Errorf("only %d pages: the walk sees too little", len(after))
	}
	t.Logf("%d pages; the most is %d, of %s", len(after), after[most], most)
}

func statementReaders(t *testing.T, s *stall) map[string]*testkit.Client {
	t.Helper()
	_, admin := s.k.Officer(registry.Admin, "")
	readers := map[string]*testkit.Client{"office": testkit.NewClient(t, s.base), "vendor": testkit.NewClient(t, s.base), "stranger": testkit.NewClient(t, s.base)}
	readers["office"].SignInAs(admin)
	readers["vendor"].SignInAs(s.vendorToken)
	return readers
}

// countStatements asks for every page that a reader may read and says how many
// statements each took. Each is asked for twice, so that what is only read at first, or
// noted of the reader, is left out; pages that are kept ready are made anew.
func countStatements(t *testing.T, s *stall, readers map[string]*testkit.Client) map[string]int64 {
	t.Helper()
	counts := map[string]int64{}
	for _, r := range web.Policies(s.server) {
		if r.Method != http.MethodGet {
			continue
		}
		path := fill(s, r.Path)
		for name, c := range readers {
			if got := c.Get(path); got.Status != http.StatusOK {
				continue
			}
			before := s.k.DB.Statements()
			c.Get(path + "?lan=2") // under this name it is not kept ready
			counts[name+" "+r.Path] = s.k.DB.Statements() - before
		}
	}
	return counts
}

// grow adds some of everything that a page may list.
func grow(t *testing.T, s *stall, i int) {
	t.Helper()
	k, ctx, actor := s.k, t.Context(), registry.SystemActor("test")
	v := k.Vendor()
	p := k.Product(v)
	k.Papers(v, p)
	mine := k.Product(s.vendor)
	k.Papers(s.vendor, mine)
	k.Application(s.event, v.ID, testkit.Bringing(p))
	other := k.Event(testkit.Titled(fmt.Sprintf("Phiên chợ số %d", i)), testkit.InState(registry.Open))
	k.Application(other, s.vendor.ID, testkit.Bringing(mine))
	stands := k.Vendor()
	approved := k.Application(s.event, stands.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(k.Product(stands)))
	k.Assign(k.Booths(s.event.ID, string(rune('C'+i)), 2)[0], approved)
	k.Issued(s.event, registry.OfficialPass, 1)
	k.Pack(s.event, 2, func(in *vouchers.PackInput) { in.Title = fmt.Sprint("Bản ", i) })
	if _, err := k.App.Campaign.CreateTask(ctx, actor, s.task.Plan, campaign.TaskInput{Strand: string(committee.Sessions), Kind: string(committee.Carry),
		Title: fmt.Sprint("Việc ", i), Lead: string(s.task.Lead), Source: string(committee.NoSource)}); err != nil {
		t.Fatal(err)
	}
	if _, asked, err := k.App.Communications.Enter(ctx, actor, []communications.EntryInput{{Client: fmt.Sprintf("5b0c4d52-7a5e-4a0e-8f0f-2f4c1f4b9e%02d", i),
		Channel: "village_meeting", Times: "1", People: fmt.Sprint(40 + i), Area: testkit.BaBe.String(), Day: vn.ShowDate(vn.AddDays(k.App.Today(), -1-i)), Topic: fmt.Sprint("Nội dung ", i)}}); err != nil || len(asked) > 0 {
		t.Fatal(err, asked)
	}
	k.Place(func(in *places.Input) { in.Name = fmt.Sprint("Điểm bán ", i) })
	k.Survey(func(in *surveys.Input) { in.Title = fmt.Sprint("Khảo sát ", i) })
	body := k.Body(func(in *campaign.BodyInput) { in.Name = fmt.Sprint("Cơ quan ", i) })
	k.Reported(body)
	k.PersonalRequest()
	k.Supervised(func(in *supervision.Input) { in.Content = fmt.Sprint("Giám sát ", i) })
	k.Supported(func(in *procurement.SupportInput) { in.Producer = fmt.Sprint("HTX ", i) })
	k.Matched(func(in *procurement.MatchingInput) { in.Buyer = fmt.Sprint("Siêu thị ", i) })
	for _, owner := range []costs.Owner{{Event: s.event.ID}, {Plan: s.task.Plan}} {
		k.Cost(owner, func(in *costs.Input) { in.Title = fmt.Sprint("Khoản ", i) })
	}
	k.HandedIn(k.TypedInspection(s.pass(registry.BoothPass)))
	k.Article(func(a *committee.Article) {
		a.Title, a.Event, a.Vendors = fmt.Sprint("Bài ", i), s.event.ID, []registry.VendorID{s.vendor.ID, v.ID}
	})
	k.Offer(s.event, mine, testkit.OfferIn([]stimulus.State{stimulus.Submitted, stimulus.Accepted}[i%2]))
	k.Measure(s.event)
	tip := testkit.TipAbout(s.pass(registry.BoothPass).Code)
	tip.Text = fmt.Sprintf("Nhãn ghi một nơi, bao bì in nơi khác, lần thứ %d.", i)
	sent := testkit.StoredTip(t, k, testkit.SendTip(t, k, tip)).ID
	if s.tip == "" {
		s.tip = sent
	}
}
