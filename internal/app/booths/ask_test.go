package booths_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/vendors"
	"hoicho/internal/fact"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// asking is a decision that asks for things by their keys.
func asking(s *testkit.Stage, p testkit.Applicant, keys ...string) booths.Decision {
	d := s.Now(p, 0, "")
	d.Asks = keys
	return d
}

// states are the things asked for, with "+" behind what the vendor has changed.
func states(t *testing.T, s *testkit.Stage, p testkit.Applicant) (lines []string) {
	t.Helper()
	v, err := s.App.Booths.Application(t.Context(), p.Owner, p.ID)
	testkit.Works(t, err)
	for _, a := range v.Asked {
		line := a.Key()
		if a.Done {
			line += "+"
		}
		lines = append(lines, line)
	}
	return lines
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestWhatIsAskedForIsTickedOffByWhatChanges(t *testing.T) {
	testkit.NamesDays(t)
	s := testkit.NewStage(t)
	p := s.Apply(s.Newcomer(), registry.AppSubmitted)
	goods := "product:" + string(p.Product.ID)
	testkit.Works(t, s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID,
		asking(s, p, "paper:food_cert:missing", "application:booths", "vendor:about", goods, "application:booths")))
	same(t, "asked", states(t, s, p), "paper:food_cert:missing", "application:booths", "vendor:about", goods)
	if facts := s.Audited("application.needs_info"); len(facts) != 1 || !strings.Contains(facts[0].Detail, string(fact.Asked)) ||
		!strings.Contains(facts[0].Detail, "food_cert") || strings.Contains(facts[0].Detail, `was\"`) {
		t.Errorf("the audit log says %v", facts)
	}
	t.Run("a field that is filled in otherwise", func(t *testing.T) {
		in := answers(s, p)
		in.Booths = 3
		testkit.Works(t, s.App.Booths.EditApplication(t.Context(), p.Owner, p.ID, in))
		same(t, "asked", states(t, s, p), "paper:food_cert:missing", "application:booths+", "vendor:about", goods)
	})
	t.Run("not by a paper that ends too early", func(t *testing.T) {
		s.Certificate(p.Vendor, func(c *registry.Certificate) { c.ValidTo = "2026-11-26" })
		same(t, "asked", states(t, s, p), "paper:food_cert:missing", "application:booths+", "vendor:about", goods)
	})
	t.Run("a paper that does for the one asked for", func(t *testing.T) {
		s.Certificate(p.Vendor, func(c *registry.Certificate) { c.Kind, c.ValidTo = registry.FoodCommitment, "" })
		same(t, "asked", states(t, s, p), "paper:food_cert:missing+", "application:booths+", "vendor:about", goods)
	})
	t.Run("a profile and a product that were changed", func(t *testing.T) {
		in := vendors.InputOf(p.Vendor)
		in.About = "Miến dong Na Rì"
		testkit.Works(t, s.App.Vendors.EditVendor(t.Context(), p.Owner, p.Vendor.ID, p.Vendor.Version, in))
		q := vendors.ProductInputOf(p.Product)
		q.Brand = "Tài Hoan"
		testkit.Works(t, s.App.Vendors.EditProduct(t.Context(), p.Owner, vendors.ProductRef{Vendor: p.Vendor.ID, Product: p.Product.ID}, p.Product.Version, q))
		same(t, "asked", states(t, s, p), "paper:food_cert:missing+", "application:booths+", "vendor:about+", goods+"+")
	})
	t.Run("and the officer sees what changed after it was sent again", func(t *testing.T) {
		testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)))
		v, err := s.App.Booths.ReviewedApplication(t.Context(), s.Reviewer, p.ID)
		if err != nil || booths.Answered(v.Asked) != 4 {
			t.Fatalf("%+v are changed (%v)", v.Asked, err)
		}
		if c := v.Asked[1].Changes[0]; c.Was != "1" || c.Now != "3" {
			t.Errorf("the booths changed as %+v", c)
		}
		if c := v.Asked[2].Changes[0]; c != (booths.AskChange{Field: "vendor.field.about"}) {
			t.Errorf("what is personal or long is quoted: %+v", c)
		}
		if c := v.Asked[3].Changes[0]; c.Field != "product.field.brand" || c.Now != "Tài Hoan" {
			t.Errorf("the product changed as %+v", c)
		}
	})
}

func TestOnlyWhatTheVendorCanMendIsAskedFor(t *testing.T) {
	s := testkit.NewStage(t)
	p, other := s.Applied(registry.AppSubmitted), s.Applied(registry.AppSubmitted)
	refused := func(what, key string, asks ...string) {
		t.Helper()
		testkit.Refused(t, what, s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, asking(s, p, asks...)), registry.Invalid, key)
	}
	refused("a field that there is not", "ask.error.unknown", "application:price")
	refused("a field of the profile that there is not", "ask.error.unknown", "vendor:slug")
	refused("nonsense", "ask.error.unknown", "application:days", "<b>")
	refused("a paper that there is not", "ask.error.unknown", "paper:passport:missing")
	refused("a product of another vendor", "ask.error.elsewhere", "product:"+string(other.Product.ID))
	refused("a paper of such a product", "ask.error.elsewhere", "paper:self_declaration:missing:"+string(other.Product.ID))
	refused("nothing", "ask.error.nothing")
	var all []string
	for _, k := range registry.CertificateKinds {
		for _, why := range registry.AskWhys {
			all = append(all, "paper:"+string(k)+":"+string(why), "paper:"+string(k)+":"+string(why)+":"+string(p.Product.ID))
		}
	}
	refused("too much", "ask.error.many", all...)
	s.State(p, registry.AppSubmitted)
}

// TestUndoingTakesBackWhatWasAskedFor: and leaves what was asked for before that.
func TestUndoingTakesBackWhatWasAskedFor(t *testing.T) {
	s := testkit.NewStage(t)
	p := waits(s)
	undo := func() {
		t.Helper()
		testkit.Works(t, s.App.Booths.UndoDecision(t.Context(), s.Reviewer, p.ID, s.StoredApplication(p.ID).Version))
	}
	ask := func(key string) {
		t.Helper()
		testkit.Works(t, s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, asking(s, p, key)))
		s.Clock.Add(time.Minute)
	}
	ask("application:zone")
	undo()
	same(t, "after the first is undone", states(t, s, p))
	s.Clock.Add(time.Minute)
	ask("application:days")
	testkit.Works(t, s.App.Booths.SubmitApplication(t.Context(), p.Owner, p.ID, pledge(s, p)))
	s.Clock.Add(time.Minute)
	ask("application:note")
	undo()
	same(t, "after the second is undone", states(t, s, p), "application:days")
}

func TestNoticesNameWhatIsAskedForInTheReadersWords(t *testing.T) {
	s := testkit.NewStage(t)
	p := s.Applied(registry.AppSubmitted)
	testkit.Works(t, s.App.Booths.AskForMore(t.Context(), s.Reviewer, p.ID, asking(s, p, "application:days", "paper:self_declaration:unreadable:"+string(p.Product.ID))))
	var letter registry.Message
	s.Write(func(tx *store.Tx) error {
		letters, err := tx.LeaseMessages(t.Context(), 1, 0)
		letter = letters[0]
		return err
	})
	args := make([]any, len(letter.Args))
	for i, a := range letter.Args {
		args[i] = a
	}
	for lang, want := range map[string]string{"vi": "– Đơn đăng ký: Ngày tham gia\n– Bản chụp của “" + p.Product.Name + "” không đọc được: ",
		"en": "– Application: Days\n– Picture for “" + p.Product.Name + "” cannot be read: "} {
		for _, part := range []string{".body", ".say"} {
			if got := i18n.T(lang, letter.Key+part, args...); !strings.Contains(got, want) || strings.Contains(got, "\x1f") {
				t.Errorf("%s in %s reads %q, without %q", part, lang, got, want)
			}
		}
	}
	if got := i18n.T("vi", letter.Key+".push", args...); !strings.Contains(got, "cần bổ sung: Đơn đăng ký: Ngày tham gia, Bản chụp") {
		t.Errorf("the phone shows %q", got)
	}
}

// TestABatchAsksEachForWhatItLacks: nobody for what another lacks, and who lacks nothing is
// passed over.
func TestABatchAsksEachForWhatItLacks(t *testing.T) {
	s := testkit.NewStage(t)
	bare, full := s.Apply(s.Newcomer(), registry.AppSubmitted), s.Applied(registry.AppSubmitted)
	b := booths.Batch{To: registry.AppNeedsInfo, Found: true}
	for _, p := range []testkit.Applicant{bare, full} {
		b.Choices = append(b.Choices, booths.Choice{ID: p.ID, Version: s.StoredApplication(p.ID).Version})
	}
	x, err := s.App.Booths.BatchEffect(t.Context(), s.Reviewer, b)
	if err != nil || x.Done != 1 || x.Lacks != 1 || len(x.Left) != 1 || x.Left[0].ID != full.ID {
		t.Errorf("it would do %+v (%v)", x, err)
	}
	done, err := s.App.Booths.DecideMany(t.Context(), s.Reviewer, b)
	if err != nil || done.Done != 1 || len(done.Left) != 1 {
		t.Errorf("it did %+v (%v)", done, err)
	}
	s.State(full, registry.AppSubmitted)
	if got := states(t, s, bare); len(got) == 0 || !strings.HasPrefix(got[0], "paper:food_cert:missing") {
		t.Errorf("%q is asked for", got)
	}
}
