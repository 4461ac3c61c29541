package store_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

const (
	theEvent   registry.EventID = "event"
	otherEvent registry.EventID = "other-event"
)

// fair is two events with booths A01 to A03 at the first, and n vendors with an
// approved application each: "app0", "app1", …
type fair struct {
	t  *testing.T
	db *store.DB
}

func newFair(t *testing.T, db *store.DB, n int) fair {
	t.Helper()
	f := fair{t, db}
	f.write(func(tx *store.Tx) error {
		for _, id := range []registry.EventID{theEvent, otherEvent} {
			if err := f.insertEvent(tx, id); err != nil {
				return err
			}
		}
		for i := range n {
			if err := f.insertApplicant(tx, i, registry.AppApproved); err != nil {
				return err
			}
		}
		return tx.InsertBooths(t.Context(), boothsOf("A01", "A02", "A03"))
	})
	return f
}

func boothsOf(codes ...string) []registry.Booth {
	out := make([]registry.Booth, len(codes))
	for i, c := range codes {
		out[i] = registry.Booth{ID: registry.BoothID("booth-" + c), Event: theEvent, Code: c, Zone: c[:1], Row: 1, Col: i + 1,
			WidthCM: 300, DepthCM: 300, Kind: registry.StandardBooth}
	}
	return out
}

func (f fair) write(fn func(*store.Tx) error) {
	f.t.Helper()
	mustWrite(f.t, f.db, fn)
}

func (f fair) try(fn func(*store.Tx) error) error { return f.db.Write(f.t.Context(), fn) }

func (f fair) insertEvent(tx *store.Tx, id registry.EventID) error {
	e := registry.Event{ID: id, Kind: registry.Fair, Level: registry.CommuneLevel, State: registry.Open, Title: string(id),
		Area: testkit.BaBe, Legal: registry.LegalBasis{Registration: registry.RegistrationNotNeeded}}
	for _, day := range []string{"2026-11-27", "2026-11-28", "2026-11-29"} {
		e.Days = append(e.Days, registry.EventDay{Day: day, OpensAt: 480, ClosesAt: 1260})
	}
	return tx.InsertEvent(f.t.Context(), &e, registry.Scope{"01906", "19"})
}

// insertApplicant adds vendor i with a product and an application for one booth.
func (f fair) insertApplicant(tx *store.Tx, i int, state registry.ApplicationState) error {
	v := registry.Vendor{ID: registry.VendorID(fmt.Sprint("vendor", i)), Name: fmt.Sprint("HTX ", i), Kind: registry.Cooperative,
		State: registry.VendorActive, Area: testkit.BaBe}
	if err := tx.InsertVendor(f.t.Context(), &v, registry.Scope{"01906", "19"}); err != nil {
		return err
	}
	p := registry.Product{ID: productID(i), Vendor: v.ID, Name: fmt.Sprint("Miến ", i), Group: registry.FoodGroup,
		Origin: registry.MadeIn, Evidence: registry.Declared}
	if err := tx.InsertProduct(f.t.Context(), &p); err != nil {
		return err
	}
	a := applicant(i, state)
	if state == registry.AppApproved {
		a.Granted = 1
	}
	_, err := tx.InsertApplication(f.t.Context(), a)
	return err
}

func applicant(i int, state registry.ApplicationState) registry.Application {
	return registry.Application{ID: appID(i), Number: int64(i + 1), Event: theEvent, Vendor: registry.VendorID(fmt.Sprint("vendor", i)),
		State: state, Booths: 1}
}

func productID(i int) registry.ProductID { return registry.ProductID(fmt.Sprint("product", i)) }

func appID(i int) registry.ApplicationID { return registry.ApplicationID(fmt.Sprint("app", i)) }

func (f fair) booth(code string) registry.Booth {
	f.t.Helper()
	var b registry.Booth
	f.write(func(tx *store.Tx) (err error) {
		b, err = tx.Booth(f.t.Context(), theEvent, registry.BoothID("booth-"+code))
		return err
	})
	return b
}

// race runs fn n times at once, each in a transaction, and returns how many
// succeeded. Every loser must be told of a conflict.
func (f fair) race(n int, fn func(tx *store.Tx, i int) error) int {
	f.t.Helper()
	var won atomic.Int32
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			err := f.try(func(tx *store.Tx) error { return fn(tx, i) })
			switch {
			case err == nil:
				won.Add(1)
			case registry.KindOf(err) != registry.Conflict:
				f.t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	return int(won.Load())
}

func TestBoothHasOneWinner(t *testing.T) {
	for name, take := range map[string]func(*testing.T, *store.Tx, int) error{
		"assign": func(t *testing.T, tx *store.Tx, i int) error {
			return tx.AssignBooth(t.Context(), "booth-A01", appID(i))
		},
		"hold": func(t *testing.T, tx *store.Tx, i int) error {
			return tx.HoldBooth(t.Context(), "booth-A01", appID(i), tx.NowMS()+60_000)
		},
		"assign or hold or block": func(t *testing.T, tx *store.Tx, i int) error {
			switch i % 3 {
			case 0:
				return tx.BlockBooth(t.Context(), "booth-A01")
			case 1:
				return tx.HoldBooth(t.Context(), "booth-A01", appID(i), tx.NowMS()+60_000)
			}
			return tx.AssignBooth(t.Context(), "booth-A01", appID(i))
		},
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, db *store.DB) {
				f := newFair(t, db, 200)
				won := f.race(200, func(tx *store.Tx, i int) error { return take(t, tx, i) })
				if won != 1 {
					t.Errorf("booth A01 was taken %d times, want once", won)
				}
				if b := f.booth("A01"); b.State == registry.BoothFree {
					t.Error("nobody has booth A01")
				}
			})
		})
	}
}

// TestReadThenWriteWouldLose is the control of TestBoothHasOneWinner: the same
// race, but with the rule read first and written later, has several winners
// where writers run side by side.
func TestReadThenWriteWouldLose(t *testing.T) {
	if os.Getenv("HOICHO_TEST_POSTGRES") == "" {
		testkit.Missing(t, "HOICHO_TEST_POSTGRES names no PostgreSQL server; SQLite has one writer")
	}
	db, _ := testkit.NewDB(t, "postgres")
	const rivals = 4
	f := newFair(t, db, rivals)
	var read sync.WaitGroup
	read.Add(rivals)
	won := f.race(rivals, func(tx *store.Tx, i int) error {
		b, err := tx.Booth(t.Context(), theEvent, "booth-A01")
		read.Done()
		read.Wait()
		if err != nil || b.State != registry.BoothFree {
			return errors.Join(err, registry.E(registry.Conflict, "error.booth.taken"))
		}
		return tx.Exec(t.Context(), `UPDATE booths SET state = 'assigned', application_id = $2 WHERE id = $1`, string(b.ID), string(appID(i)))
	})
	if won < 2 {
		t.Errorf("read-then-write had %d winners: the race of TestBoothHasOneWinner proves nothing", won)
	}
}

func TestHoldEndsByItself(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 2)
		until := testkit.Start.Add(15 * time.Minute).UnixMilli()
		f.write(func(tx *store.Tx) error { return tx.HoldBooth(t.Context(), "booth-A01", appID(0), until) })
		take := func(tx *store.Tx) error { return tx.AssignBooth(t.Context(), "booth-A01", appID(1)) }
		f.at(15*time.Minute - time.Millisecond)
		if err := f.try(take); registry.KindOf(err) != registry.Conflict {
			t.Errorf("a held booth was given to another: %v", err)
		}
		f.at(15 * time.Minute)
		if b := f.booth("A01"); b.State != registry.BoothFree || b.Application != "" {
			t.Errorf("a hold that is over reads as %s of %q, want free", b.State, b.Application)
		}
		confirm := func(tx *store.Tx) error { return tx.ConfirmBooth(t.Context(), "booth-A01", appID(0)) }
		if err := f.try(confirm); registry.KindOf(err) != registry.Conflict {
			t.Errorf("a hold that is over was confirmed: %v", err)
		}
		if err := f.try(take); err != nil {
			t.Errorf("a hold that is over still keeps the booth: %v", err)
		}
	})
}

// at moves the clock to d after testkit.Start.
func (f fair) at(d time.Duration) {
	f.db.Now = func() time.Time { return testkit.Start.Add(d) }
}

func TestExpireHoldsTidiesOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 2)
		f.write(func(tx *store.Tx) error {
			err := tx.HoldBooth(t.Context(), "booth-A01", appID(0), tx.NowMS()+1000)
			return errors.Join(err, tx.HoldBooth(t.Context(), "booth-A02", appID(1), tx.NowMS()+9000))
		})
		f.at(time.Second)
		for _, want := range []int{1, 0} {
			f.write(func(tx *store.Tx) error {
				n, err := tx.ExpireHolds(t.Context())
				if n != want {
					t.Errorf("%d holds tidied, want %d", n, want)
				}
				return err
			})
		}
		if b := f.booth("A02"); b.State != registry.BoothHeld {
			t.Errorf("a living hold became %s", b.State)
		}
	})
}

func TestHoldersConfirmAndOfficersRespectHolds(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 2)
		f.write(func(tx *store.Tx) error {
			if err := tx.HoldBooth(t.Context(), "booth-A01", appID(0), tx.NowMS()+1000); err != nil {
				return err
			}
			return tx.ConfirmBooth(t.Context(), "booth-A01", appID(0))
		})
		if b := f.booth("A01"); b.State != registry.BoothAssigned || b.Application != appID(0) || b.HeldUntil != 0 {
			t.Errorf("after confirming: %+v", b)
		}
		for what, fn := range map[string]func(*store.Tx) error{
			"assigned to another": func(tx *store.Tx) error { return tx.AssignBooth(t.Context(), "booth-A01", appID(1)) },
			"held":                func(tx *store.Tx) error { return tx.HoldBooth(t.Context(), "booth-A01", appID(1), 1<<60) },
			"blocked":             func(tx *store.Tx) error { return tx.BlockBooth(t.Context(), "booth-A01") },
			"deleted":             func(tx *store.Tx) error { return tx.DeleteBooth(t.Context(), theEvent, "booth-A01") },
			"released by another": func(tx *store.Tx) error { return tx.ReleaseBooth(t.Context(), "booth-A01", appID(1)) },
			"unblocked":           func(tx *store.Tx) error { return tx.UnblockBooth(t.Context(), "booth-A01") },
		} {
			if err := f.try(fn); registry.KindOf(err) != registry.Conflict {
				t.Errorf("an assigned booth could be %s: %v", what, err)
			}
		}
	})
}

func TestSwapNeedsBothAsTheyWereRead(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 3)
		f.write(func(tx *store.Tx) error {
			return errors.Join(tx.AssignBooth(t.Context(), "booth-A01", appID(0)), tx.AssignBooth(t.Context(), "booth-A02", appID(1)))
		})
		x, y := f.booth("A01"), f.booth("A02")
		won := f.race(20, func(tx *store.Tx, _ int) error { return tx.SwapBooths(t.Context(), x, y) })
		if won != 1 {
			t.Errorf("the same swap was done %d times, want once", won)
		}
		if x, y = f.booth("A01"), f.booth("A02"); x.Application != appID(1) || y.Application != appID(0) {
			t.Errorf("after the swap A01 is of %s and A02 of %s", x.Application, y.Application)
		}
	})
}

func TestBoothCodesAndPlacesAreUnique(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 0)
		again := boothsOf("A03")
		again[0].ID, again[0].Col = "x", 9
		same := boothsOf("A99")
		for what, b := range map[string][]registry.Booth{"code": again, "place": same} {
			err := f.try(func(tx *store.Tx) error { return tx.InsertBooths(t.Context(), b) })
			if registry.KindOf(err) != registry.Conflict {
				t.Errorf("a booth with a %s that is taken: %v", what, err)
			}
		}
	})
}

func TestBoothOfAnotherEventIsNotFound(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 0)
		err := f.try(func(tx *store.Tx) error {
			_, err := tx.Booth(t.Context(), otherEvent, "booth-A01")
			return err
		})
		if registry.KindOf(err) != registry.NotFound {
			t.Errorf("booth A01 seen from another event: %v", err)
		}
	})
}

func TestPlacesCountPromises(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 2)
		f.write(func(tx *store.Tx) error {
			if err := tx.BlockBooth(t.Context(), "booth-A03"); err != nil {
				return err
			}
			if err := tx.AssignBooth(t.Context(), "booth-A01", appID(0)); err != nil {
				return err
			}
			p, err := tx.Places(t.Context(), theEvent)
			if p != (registry.Places{Booths: 2, Promised: 2}) || p.Left() != 0 {
				t.Errorf("places %+v, want 2 booths, 2 promised", p)
			}
			return err
		})
	})
}

func TestBoothDaysAreNotedPerDay(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 0)
		f.write(func(tx *store.Tx) error {
			save := func(day string, s registry.BoothDayState) error {
				return tx.SaveBoothDay(t.Context(), "booth-A01", day, s, "officer")
			}
			return errors.Join(save("2026-11-27", registry.BoothNoShow), save("2026-11-27", registry.BoothOccupied),
				save("2026-11-28", registry.BoothNoShow), save("2026-11-29", registry.BoothNoShow), save("2026-11-29", registry.BoothUnseen))
		})
		for day, want := range map[string]registry.BoothDayState{"2026-11-27": registry.BoothOccupied,
			"2026-11-28": registry.BoothNoShow, "2026-11-29": registry.BoothUnseen} {
			f.write(func(tx *store.Tx) error {
				seen, err := tx.BoothDays(t.Context(), theEvent, day)
				if seen["booth-A01"] != want {
					t.Errorf("%s: %q, want %q", day, seen["booth-A01"], want)
				}
				return err
			})
		}
	})
}
