package vouchers_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestAPlanSaysWhatAPackComesTo(t *testing.T) {
	f := newFair(t)
	typed := func(change func(*vouchers.PackInput)) vouchers.PackInput {
		in := vouchers.PackInput{Title: "Bản Nà Mạ", Value: "50k", Count: "9", FirstDay: vn.ShowDate(f.event.OpensOn), LastDay: vn.ShowDate(f.event.ClosesOn), Scope: registry.PackAtAll}
		change(&in)
		return in
	}
	for name, c := range map[string]struct {
		change func(*vouchers.PackInput)
		sheets int
		dong   int64
		booths int
		days   int
	}{
		"nine on two sheets":         {func(in *vouchers.PackInput) {}, 2, 450_000, 2, 4},
		"eight on one":               {func(in *vouchers.PackInput) { in.Count = "8" }, 1, 400_000, 2, 4},
		"a single one":               {func(in *vouchers.PackInput) { in.Count = "1" }, 1, 50_000, 2, 4},
		"as many as there can be":    {func(in *vouchers.PackInput) { in.Count = "2000" }, 250, 100_000_000, 2, 4},
		"of the least value":         {func(in *vouchers.PackInput) { in.Value = "1.000" }, 2, 9_000, 2, 4},
		"of the highest value":       {func(in *vouchers.PackInput) { in.Value = "10 triệu" }, 2, 90_000_000, 2, 4},
		"good on the last day only":  {func(in *vouchers.PackInput) { in.FirstDay = in.LastDay }, 2, 450_000, 2, 1},
		"good on the first day only": {func(in *vouchers.PackInput) { in.LastDay = in.FirstDay }, 2, 450_000, 2, 1},
		"taken at one booth":         {func(in *vouchers.PackInput) { in.Scope, in.Booths = registry.PackAtBooths, []string{"A01"} }, 2, 450_000, 1, 4},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := f.k.App.Vouchers.PlanPack(t.Context(), f.organiser, f.event.ID, typed(c.change))
			if err != nil || p.Sheets != c.sheets || p.Dong != c.dong || p.Booths != c.booths || p.Pack.Days != c.days {
				t.Errorf("%d sheets, %d đồng, %d booths, %d days, %v", p.Sheets, p.Dong, p.Booths, p.Pack.Days, err)
			}
		})
	}
	t.Run("nothing for an event that is called off", func(t *testing.T) {
		off := f.k.Event(testkit.InState(registry.Cancelled))
		_, err := f.k.App.Vouchers.PlanPack(t.Context(), f.organiser, off.ID, typed(func(*vouchers.PackInput) {}))
		testkit.Refused(t, "a pack", err, registry.Conflict, "error.pass.event_stopped")
	})
}

func TestDaysOfAPackEndWhereItsTokenEnds(t *testing.T) {
	k := testkit.NewApp(t)
	e := k.Event(testkit.OnDays(k.App.Today(), 300))
	for name, c := range map[string]struct {
		days  int
		field string
	}{"as many as a token holds": {255, ""}, "one more": {256, "last_day"}} {
		t.Run(name, func(t *testing.T) {
			in := vouchers.PackInput{Title: "Bản Nà Mạ", Value: "50k", Count: "9", FirstDay: vn.ShowDate(e.OpensOn), LastDay: vn.ShowDate(vn.AddDays(e.OpensOn, c.days-1)), Scope: registry.PackAtAll}
			_, err := k.App.Vouchers.PlanPack(t.Context(), registry.SystemActor("test"), e.ID, in)
			if c.field == "" {
				testkit.Works(t, err)
				return
			}
			wantFault(t, err, c.field)
		})
	}
}

func TestTheFirstAndTheLastVoucherAreInARange(t *testing.T) {
	f := newFair(t)
	f.k.Pack(f.event, 20)
	ref := vouchers.PackRef{Event: f.event.ID, Number: 1}
	for _, serial := range []string{"1", "20"} {
		t.Run("blocked and good again: "+serial, func(t *testing.T) {
			in := vouchers.RangeInput{From: serial, Reason: "Rơi ở chợ"}
			if n, _, err := f.k.App.Vouchers.BlockVouchers(t.Context(), f.organiser, ref, in); err != nil || n != 1 || f.pack(t, 1).Blocked != 1 {
				t.Errorf("%d blocked, %v", n, err)
			}
			if n, err := f.k.App.Vouchers.UnblockVouchers(t.Context(), f.organiser, ref, in); err != nil || n != 1 || f.pack(t, 1).Blocked != 0 {
				t.Errorf("%d good again, %v", n, err)
			}
		})
		t.Run("handed out: "+serial, func(t *testing.T) {
			file, err := f.k.App.Vouchers.HandoutPaper(t.Context(), f.organiser, ref, vouchers.PaperInput{From: serial, Until: serial, Lang: "vi"})
			if err != nil || file.ContentType != "application/pdf" {
				t.Errorf("the list is %s, %v", file.ContentType, err)
			}
		})
		t.Run("printed: "+serial, func(t *testing.T) {
			id, err := f.k.App.Vouchers.StartPaper(t.Context(), f.organiser, ref, vouchers.PaperInput{From: serial, Until: serial, Lang: "vi"})
			testkit.Works(t, err)
			f.k.Read(func(tx *store.Tx) error {
				job, err := tx.Job(t.Context(), id)
				if job.TotalN != 1 {
					t.Errorf("%d to print", job.TotalN)
				}
				return err
			})
		})
	}
	for _, serial := range []string{"0", "21"} {
		t.Run("none has the number "+serial, func(t *testing.T) {
			_, _, err := f.k.App.Vouchers.BlockVouchers(t.Context(), f.organiser, ref, vouchers.RangeInput{From: serial, Reason: "x"})
			wantFault(t, err, "from")
			_, err = f.k.App.Vouchers.HandoutPaper(t.Context(), f.organiser, ref, vouchers.PaperInput{From: serial})
			wantFault(t, err, "from")
		})
	}
	t.Run("each is a line of the log", func(t *testing.T) {
		if blocked, good := f.k.Audited("voucher.block_range"), f.k.Audited("voucher.unblock_range"); len(blocked) != 2 || len(good) != 2 {
			t.Errorf("%d and %d lines", len(blocked), len(good))
		}
	})
}

func TestAllOrNoneMayBeHandedOut(t *testing.T) {
	f := newFair(t)
	f.k.Pack(f.event, 20)
	for said, n := range map[string]int{"0": 0, "20": 20} {
		t.Run(said, func(t *testing.T) {
			in := vouchers.HandedInput{Handed: said, Version: f.pack(t, 1).Version}
			err := f.k.App.Vouchers.SayHanded(t.Context(), f.organiser, vouchers.PackRef{Event: f.event.ID, Number: 1}, in)
			if err != nil || f.pack(t, 1).HandedN != n {
				t.Errorf("%d handed out, %v", f.pack(t, 1).HandedN, err)
			}
		})
	}
}

func TestAPhoneIsInvitedUntilTheEventIsLongOver(t *testing.T) {
	f := newFair(t)
	f.k.Pack(f.event, 1)
	for _, c := range []struct {
		name  string
		after int64 // ms since the event ended
		works bool
	}{{"while a phone of it would live", 12*registry.HourMS - 1, true}, {"not after", 12 * registry.HourMS, false}} {
		t.Run(c.name, func(t *testing.T) {
			f.k.Clock.Set(time.UnixMilli(f.event.EndsAt + c.after))
			_, err := f.k.App.Vouchers.InviteSeller(t.Context(), f.organiser, vouchers.SellerRef{Event: f.event.ID, Vendor: f.vendor(0)}, "")
			if (err == nil) != c.works {
				t.Errorf("inviting gives %v", err)
			}
		})
	}
}

// owner is somebody of the vendor of a stall.
func (f *fair) owner(n int) registry.Actor {
	owner, _ := f.k.VendorAccount()
	owner.Members = append(owner.Members, registry.Membership{Vendor: f.vendor(n), Role: registry.Owner})
	return owner
}

func TestWhatEachTookIsItsOwn(t *testing.T) {
	f := newFair(t)
	rows := f.k.Pack(f.event, 10)
	one, two := f.k.Seller(f.event.ID, f.vendor(0)), f.k.Seller(f.event.ID, f.vendor(1))
	f.send(t, one, one.Scan(rows[0], testkit.At("A01")), one.Scan(rows[1], testkit.At("A01")))
	f.k.Clock.Add(time.Minute)
	f.send(t, two, two.Scan(rows[1], testkit.At("A02"), testkit.Offline(registry.VerdictOK)), two.Scan(rows[2], testkit.At("A02")))
	testkit.Works(t, f.k.App.Vouchers.SayHanded(t.Context(), f.organiser, vouchers.PackRef{Event: f.event.ID, Number: 1}, vouchers.HandedInput{Handed: "5", Version: f.pack(t, 1).Version}))
	at := func(n int) vouchers.SellerRef { return vouchers.SellerRef{Event: f.event.ID, Vendor: f.vendor(n)} }
	for n, c := range []struct {
		booth      string
		paid, open int
		dong       int64
	}{{"A01", 2, 0, 100_000}, {"A02", 1, 1, 50_000}} {
		t.Run("the people of "+c.booth+" read it", func(t *testing.T) {
			o, err := f.k.App.Vouchers.OwnTakings(t.Context(), f.owner(n), f.vendor(n), f.event.ID)
			if err != nil || o.Vendor != f.vendor(n) || o.N != c.paid || o.Dong != c.dong || o.Packs[0].Number != 1 || !slices.Equal(o.Booths, []string{c.booth}) || len(o.Open) != c.open {
				t.Errorf("they read %+v, %v", o, err)
			}
			if len(o.VendorSettlement.Packs) != 1 || o.VendorSettlement.Packs[0].Dong != c.dong {
				t.Errorf("by pack %+v", o.VendorSettlement.Packs)
			}
		})
		t.Run("the people of "+c.booth+" have it on paper", func(t *testing.T) {
			own, err := f.k.App.Vouchers.OwnPaper(t.Context(), f.owner(n), at(n), "vi")
			testkit.Works(t, err)
			office, err := f.k.App.Vouchers.SettlementPaper(t.Context(), f.organiser, f.event.ID, f.vendor(n), "vi")
			testkit.Works(t, err)
			for _, pdf := range [][]byte{own.Data, office.Data} {
				if text := textOf(t, pdf); !strings.Contains(text, vn.Dong(c.dong)) || !strings.Contains(text, c.booth) {
					t.Errorf("the paper says %s", text)
				}
			}
		})
		t.Run("a phone for "+c.booth+" is invited by them", func(t *testing.T) {
			_, err := f.k.App.Vouchers.InviteSeller(t.Context(), f.owner(n), at(n), "")
			testkit.Works(t, err)
		})
	}
	t.Run("the paper of all is of both", func(t *testing.T) {
		all, err := f.k.App.Vouchers.SettlementPaper(t.Context(), f.organiser, f.event.ID, "", "vi")
		testkit.Works(t, err)
		if text := textOf(t, all.Data); !strings.Contains(text, vn.Dong(100_000)) || !strings.Contains(text, vn.Dong(50_000)) {
			t.Errorf("it says %s", text)
		}
	})
	t.Run("the desk sums them up", func(t *testing.T) {
		d, err := f.k.App.Vouchers.Desk(t.Context(), f.organiser, f.event.ID)
		if s := d.Sums; err != nil || !s.HandedSaid || s.Handed != 5 || s.Spent != 3 || s.SpentDong != 150_000 || s.Doubles != 1 || s.Faulty != 0 {
			t.Errorf("%+v, %v", s, err)
		}
	})
	t.Run("the paper of who took nothing is none", func(t *testing.T) {
		_, err := f.k.App.Vouchers.SettlementPaper(t.Context(), f.organiser, f.event.ID, "khong-co", "vi")
		testkit.Refused(t, "a paper", err, registry.NotFound, "voucher.error.nothing_taken")
	})
}

func TestWhoHasNothingToTakeIsToldNothing(t *testing.T) {
	f := newFair(t)
	other, owner, _ := f.k.OwnVendor()
	for name, c := range map[string]struct {
		actor  registry.Actor
		vendor registry.VendorID
		pack   bool
		works  bool
	}{
		"an event without vouchers":    {f.owner(0), f.vendor(0), false, false},
		"a vendor without a booth":     {owner, other.ID, true, false},
		"a vendor with one, of others": {owner, f.vendor(0), true, false},
		"a vendor with one":            {f.owner(0), f.vendor(0), true, true},
	} {
		t.Run(name, func(t *testing.T) {
			event := f.event
			if c.pack {
				f.k.Pack(event, 1)
			} else {
				event = f.k.Event(testkit.InState(registry.Running))
			}
			_, err := f.k.App.Vouchers.OwnTakings(t.Context(), c.actor, c.vendor, event.ID)
			if (err == nil) != c.works {
				t.Errorf("takings: %v", err)
			}
			_, err = f.k.App.Vouchers.InviteSeller(t.Context(), c.actor, vouchers.SellerRef{Event: event.ID, Vendor: c.vendor}, "")
			if (err == nil) != c.works {
				t.Errorf("inviting: %v", err)
			}
		})
	}
	t.Run("not even a paper", func(t *testing.T) {
		_, err := f.k.App.Vouchers.OwnPaper(t.Context(), f.owner(0), vouchers.SellerRef{Event: f.event.ID, Vendor: f.vendor(0)}, "vi")
		testkit.Refused(t, "a paper", err, registry.NotFound, "voucher.error.nothing_taken")
	})
}

// textOf is what a PDF says.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	testkit.Need(t, "pdftotext")
	path := filepath.Join(t.TempDir(), "p.pdf")
	testkit.Works(t, os.WriteFile(path, pdf, 0o600))
	text, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	testkit.Works(t, err)
	return string(text)
}
