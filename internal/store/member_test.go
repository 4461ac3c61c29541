package store_test

import (
	"sync"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func insertMember(t *testing.T, db *store.DB, v registry.VendorID, a registry.AccountID, role registry.MemberRole) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		account := registry.Account{ID: a, Name: "Nông Văn Dền", Email: string(a) + "@vi-du.vn", State: registry.AccountActive, Lang: "vi"}
		if err := tx.InsertAccount(t.Context(), account); err != nil {
			return err
		}
		return tx.InsertMember(t.Context(), v, a, role, a)
	})
}

func TestTwoOwnersCannotBothLeave(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		v := fullVendor()
		insertVendor(t, db, &v)
		for round := range 5 {
			owners := []registry.AccountID{registry.AccountID("a" + string(rune('0'+round))), registry.AccountID("b" + string(rune('0'+round)))}
			if round == 0 {
				insertMember(t, db, v.ID, owners[0], registry.Owner)
			} else {
				owners[0] = onlyOwner(t, db, v.ID)
			}
			insertMember(t, db, v.ID, owners[1], registry.Owner)
			var wg sync.WaitGroup
			for _, o := range owners {
				wg.Go(func() {
					db.Write(t.Context(), func(tx *store.Tx) error {
						if err := tx.LockVendor(t.Context(), v.ID); err != nil {
							return err
						}
						return tx.DeleteMember(t.Context(), v.ID, o)
					})
				})
			}
			wg.Wait()
			onlyOwner(t, db, v.ID)
		}
	})
}

// onlyOwner returns the owner of a vendor that has exactly one.
func onlyOwner(t *testing.T, db *store.DB, v registry.VendorID) registry.AccountID {
	t.Helper()
	var members []registry.VendorMember
	mustRead(t, db, func(tx *store.Tx) (err error) {
		members, err = tx.Members(t.Context(), v)
		return err
	})
	if len(members) != 1 || members[0].Role != registry.Owner {
		t.Fatalf("members %v, want one owner", members)
	}
	return members[0].Account
}

func TestLastOwnerStaysOwner(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		v := fullVendor()
		insertVendor(t, db, &v)
		insertMember(t, db, v.ID, "owner", registry.Owner)
		insertMember(t, db, v.ID, "member", registry.Member)
		step := func(a registry.AccountID, role registry.MemberRole) registry.Kind {
			return registry.KindOf(db.Write(t.Context(), func(tx *store.Tx) error {
				return tx.SaveMemberRole(t.Context(), v.ID, a, role)
			}))
		}
		if got := step("owner", registry.Member); got != registry.Conflict {
			t.Errorf("the last owner became a member: %v", got)
		}
		if err := step("member", registry.Owner); err != registry.None {
			t.Errorf("a member did not become owner: %v", err)
		}
		if err := step("owner", registry.Member); err != registry.None {
			t.Errorf("one of two owners did not step down: %v", err)
		}
	})
}

func TestJoinCodeWorksOnceAndNotTooLate(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		v := fullVendor()
		insertVendor(t, db, &v)
		now := db.Now().UnixMilli()
		issue := func(hash string, role registry.MemberRole, until int64) {
			mustWrite(t, db, func(tx *store.Tx) error {
				return tx.InsertJoinCode(t.Context(), registry.JoinCode{Hash: hash, Vendor: v.ID, Role: role, CreatedAt: now, ExpiresAt: until})
			})
		}
		take := func(hash string) error {
			return db.Write(t.Context(), func(tx *store.Tx) error {
				j, err := tx.TakeJoinCode(t.Context(), hash)
				if err == nil && (j.Vendor != v.ID || j.Role != registry.Member) {
					t.Errorf("took %+v", j)
				}
				return err
			})
		}
		issue("late", registry.Owner, now)
		issue("lost", registry.Member, now+1000)
		issue("good", registry.Member, now+1000)
		var wg sync.WaitGroup
		won := make([]error, 20)
		for i := range won {
			wg.Go(func() { won[i] = take("good") })
		}
		wg.Wait()
		n := 0
		for _, err := range won {
			if err == nil {
				n++
			} else if registry.KindOf(err) != registry.Invalid {
				t.Errorf("a loser was told %v", err)
			}
		}
		if n != 1 || take("late") == nil || take("lost") == nil {
			t.Errorf("the code worked %d times, or a late or replaced one worked", n)
		}
	})
}
