package core_test

import (
	"errors"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func keyOf(t *testing.T, pair string) pass.MasterKey {
	t.Helper()
	key, err := pass.ParseMasterKey(strings.Repeat(pair, 32))
	testkit.Works(t, err)
	return key
}

func sealed(t *testing.T, db *store.DB) bool {
	t.Helper()
	is, err := core.Sealed(t.Context(), db)
	testkit.Works(t, err)
	return is
}

func TestFirstMasterKeyIsThatOfTheDatabase(t *testing.T) {
	db, _ := testkit.NewDB(t, testkit.Engine())
	first, other := keyOf(t, "1a"), keyOf(t, "2b")
	if sealed(t, db) {
		t.Error("a new database is sealed")
	}
	testkit.Works(t, core.BindKey(t.Context(), db, first))
	if !sealed(t, db) {
		t.Error("a database with a key is not sealed")
	}
	testkit.Works(t, core.BindKey(t.Context(), db, first))
	if err := core.BindKey(t.Context(), db, other); !errors.Is(err, core.ErrOtherKey) {
		t.Errorf("another key: %v", err)
	}
}

func TestKeyOfADatabaseWithoutAFingerprint(t *testing.T) {
	k := testkit.NewApp(t)
	k.Issued(k.Event(), registry.VisitorPass, 1)
	if !sealed(t, k.DB) {
		t.Error("pass keys are not sealed")
	}
	if err := core.BindKey(t.Context(), k.DB, keyOf(t, "2b")); !errors.Is(err, core.ErrOtherKey) {
		t.Errorf("a key that does not open the pass keys: %v", err)
	}
	testkit.Works(t, core.BindKey(t.Context(), k.DB, keyOf(t, "5e")))
}

func TestKeyIsComparedWithAFingerprint(t *testing.T) {
	key := keyOf(t, "1a")
	own, err := key.Fingerprint()
	testkit.Works(t, err)
	for mark, want := range map[string]error{"": nil, own: nil, "0123": core.ErrOtherKey} {
		if err := core.CheckKey(key, mark); !errors.Is(err, want) {
			t.Errorf("fingerprint %q: %v, want %v", mark, err, want)
		}
	}
}
