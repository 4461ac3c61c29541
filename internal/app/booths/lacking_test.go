package booths_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// lackings are the ways in which an applicant's papers fail before the law, each
// with a vendor that fails in it.
var lackings = map[string]func(s *testkit.Stage) testkit.Applicant{
	"no paper at all": (*testkit.Stage).Newcomer,
	"no declaration of the product": func(s *testkit.Stage) testkit.Applicant {
		p := s.Newcomer()
		s.Certificate(p.Vendor)
		return p
	},
	"food safety lapses before the last day": func(s *testkit.Stage) testkit.Applicant {
		p := s.Newcomer()
		s.Papers(p.Vendor, p.Product)
		retireFoodSafety(s, p)
		s.Certificate(p.Vendor, func(c *registry.Certificate) { c.ValidTo = s.Fair.OpensOn })
		return p
	},
	"a label of old after its last day": func(s *testkit.Stage) testkit.Applicant {
		p := s.Newcomer()
		p.Product = s.Product(p.Vendor, func(q *registry.Product) { q.Group, q.Label = registry.HandicraftGrp, registry.LabelOldAddress })
		return p
	},
	"spirits without a licence": func(s *testkit.Stage) testkit.Applicant {
		p := s.Newcomer()
		p.Product = s.Product(p.Vendor, func(q *registry.Product) { q.Group = registry.SpiritGroup })
		return p
	},
}

func retireFoodSafety(s *testkit.Stage, p testkit.Applicant) {
	s.T.Helper()
	s.Write(func(tx *store.Tx) error {
		papers, err := tx.Certificates(s.T.Context(), p.Vendor.ID)
		for _, c := range papers {
			if c.Kind == registry.FoodSafety {
				err = errors.Join(err, tx.RetireCertificate(s.T.Context(), c.ID))
			}
		}
		return err
	})
}

// Whoever lacks a paper is let in only for a reason, which stands in the story, in
// the audit log and in what the vendor is sent; and it cannot take an offer.
func TestLackingPapersNeedAReason(t *testing.T) {
	s := testkit.NewStage(t, testkit.OnDays("2027-06-16", 2)) // labels with old addresses end on the first day
	for name, vendor := range lackings {
		p := s.Apply(vendor(s), registry.AppSubmitted)
		err := s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "  "))
		lacking, ok := errors.AsType[*booths.LackingPapers](err)
		if !ok || len(lacking.Findings) == 0 || registry.KindOf(err) != registry.Invalid {
			t.Errorf("%s: approved without a reason: %v", name, err)
			continue
		}
		s.State(p, registry.AppSubmitted)
		testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "Nộp bổ sung trước 25/11")))
		checkKept(s, name, p)

		offered := s.Apply(vendor(s), registry.AppOffered, func(a *registry.Application) { a.OfferUntil = s.App.NowMS() + registry.HourMS })
		if err := s.App.Booths.AcceptOffer(t.Context(), offered.Owner, offered.ID); registry.KindOf(err) != registry.Conflict {
			t.Errorf("%s: took an offer: %v", name, err)
		}
		testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, offered.ID, s.Now(offered, 1, "Ban tổ chức nhận trước")))
	}
}

// checkKept looks for the reason in the story, the log and the letter.
func checkKept(s *testkit.Stage, name string, p testkit.Applicant) {
	s.T.Helper()
	const reason = "Nộp bổ sung trước 25/11"
	v, err := s.App.Booths.Application(s.T.Context(), p.Owner, p.ID)
	testkit.Works(s.T, err)
	if v.Reason != reason || len(v.Lacking) == 0 || !slices.ContainsFunc(v.Story, func(n registry.ApplicationNote) bool {
		return n.State == registry.AppApproved && n.Text == reason
	}) {
		s.T.Errorf("%s: the vendor reads %q, lacking %v", name, v.Reason, v.Lacking)
	}
	if got := s.Mail(p); !slices.Contains(got, "application.mail.approved_lacking") {
		s.T.Errorf("%s: the vendor was sent %v", name, got)
	}
	s.Read(func(tx *store.Tx) error {
		lines, err := tx.AuditLines(s.T.Context(), store.AuditQuery{Object: "application", ID: string(p.ID), Limit: 10, Everywhere: true})
		i := slices.IndexFunc(lines, func(l registry.AuditEntry) bool { return l.Action == "application.approved" })
		if i < 0 || !strings.Contains(lines[i].Detail, reason) || !strings.Contains(lines[i].Detail, `["lacking","finding",`) {
			s.T.Errorf("%s: the log has %+v", name, lines)
		}
		return err
	})
}

func TestFullPapersNeedNoReason(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, "")))
	if got := s.Mail(p); !slices.Equal(got, []string{"application.mail.approved"}) {
		t.Errorf("the vendor was sent %v", got)
	}
}

func TestDecideManyLeavesWhoLacksPapers(t *testing.T) {
	s := testkit.NewStage(t)
	good, bare := s.Applied(registry.AppSubmitted), s.Apply(s.Newcomer(), registry.AppSubmitted)
	abroad := s.Application(s.Event(testkit.InArea(registry.AreaRef{Edition: "2025", Code: "00004"})), s.Newcomer().Vendor.ID)
	local, _ := s.Officer(registry.Reviewer, "01906")
	batch := booths.Batch{To: registry.AppApproved, Reason: "Cho vào hết", Choices: []booths.Choice{{ID: bare.ID, Version: 1}, {ID: good.ID, Version: 1}, {ID: abroad.ID, Version: 1}}}
	done, err := s.App.Booths.DecideMany(t.Context(), local, batch)
	left := done.Left
	if err != nil || done.Done != 1 || len(left) != 2 {
		t.Fatalf("approved %d, left %+v (%v)", done.Done, left, err)
	}
	if l := left[0]; l.ID != bare.ID || l.Vendor != bare.Vendor.Name || l.Number == 0 {
		t.Errorf("left %+v, want it named", l)
	}
	if l, ok := errors.AsType[*booths.LackingPapers](left[0].Fault); !ok || len(l.Findings) != 2 {
		t.Errorf("left for %v", left[0].Fault)
	}
	if l := left[1]; l.Vendor != "" || l.Number != 0 || registry.KindOf(l.Fault) != registry.NotFound {
		t.Errorf("told of an application elsewhere: %+v", l)
	}
	s.State(bare, registry.AppSubmitted)
}

// What a vendor tells of its price cuts: spirits are never promoted, a basis must be
// true of days and goods, and a cut beyond the ceiling needs a basis or a reason.
func TestPromotionsKeepToTheLaw(t *testing.T) {
	testkit.NamesDays(t)
	s := testkit.NewStage(t, testkit.OnDays("2027-01-20", 2)) // before Tết of 6 February
	spirits := func(p *testkit.Applicant) {
		p.Product = s.Product(p.Vendor, func(q *registry.Product) { q.Group = registry.SpiritGroup })
		s.Certificate(p.Vendor, func(c *registry.Certificate) { c.Kind = registry.SpiritLicence })
	}
	plain := func(*testkit.Applicant) {}
	for name, c := range map[string]struct {
		goods      func(*testkit.Applicant)
		promotion  registry.Promotion
		field, key string // of the fault
		reason     bool   // the approval needs one
	}{
		"half":                    {plain, registry.Promotion{Percent: 50}, "", "", false},
		"more without a basis":    {plain, registry.Promotion{Percent: 60}, "", "", true},
		"more before Tết":         {plain, registry.Promotion{Percent: 100, Basis: registry.PromotionBeforeTet}, "", "", false},
		"more on a holiday":       {plain, registry.Promotion{Percent: 60, Basis: registry.PromotionHoliday}, "promo_basis", "error.application.promo_basis.holiday", false},
		"more for fresh food":     {plain, registry.Promotion{Percent: 60, Basis: registry.PromotionFresh}, "promo_basis", "error.application.promo_basis.fresh", false},
		"spirits":                 {spirits, registry.Promotion{Percent: 10}, "promo_percent", "error.application.promo_spirits", false},
		"more than all":           {plain, registry.Promotion{Percent: 101}, "promo_percent", "error.application.promo_percent", false},
		"less than nothing":       {plain, registry.Promotion{Percent: -5}, "promo_percent", "error.application.promo_percent", false},
		"a basis that is unknown": {plain, registry.Promotion{Percent: 60, Basis: "because"}, "promo_basis", "error.choose", false},
	} {
		p := s.NewVendor()
		c.goods(&p)
		p = s.Apply(p, registry.AppSubmitted)
		in := answers(s, p)
		in.Promotion = c.promotion
		err := s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in)
		if c.key != "" {
			testkit.Refused(t, name, err, registry.Invalid, c.key)
			continue
		}
		testkit.Works(t, err)
		if got := s.StoredApplication(p.ID).Promotion; got != c.promotion {
			t.Errorf("%s: stored %+v", name, got)
		}
		err = s.App.Booths.ApproveApplication(t.Context(), s.Reviewer, p.ID, s.Now(p, 1, ""))
		if (err != nil) != c.reason {
			t.Errorf("%s: approved with %v", name, err)
		}
	}
}

func TestWhoWasPromisedAPlaceWithoutItsPapersIsNamed(t *testing.T) {
	s := testkit.NewStage(t)
	names := func() (names []string) {
		s.Read(func(tx *store.Tx) (err error) {
			names, err = booths.LackingVendors(t.Context(), tx, s.Fair.ID)
			return err
		})
		return names
	}
	if got := names(); len(got) != 0 {
		t.Errorf("before there is any, %v", got)
	}
	s.Applied(registry.AppApproved)
	s.Apply(s.Newcomer(), registry.AppSubmitted)
	lacking := s.Apply(s.Newcomer(), registry.AppApproved)
	if got := names(); !slices.Equal(got, []string{lacking.Vendor.Name}) {
		t.Errorf("named are %v", got)
	}
}
