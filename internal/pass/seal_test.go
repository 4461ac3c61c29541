package pass

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"hoicho/internal/registry"
)

func TestNewKeySignsOnceActive(t *testing.T) {
	t.Parallel()
	master := testMaster(t)
	key, err := NewKey(nil, master, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if key.ID != 1 || key.State != registry.KeyNext || key.CreatedAt != 1000 {
		t.Fatalf("new key is %+v", key)
	}
	if _, _, err := testRing(t, key).Sign(staffClaims); err == nil {
		t.Error("a key signs before it is active")
	}
	key.State = registry.KeyActive
	ring := testRing(t, key)
	proof := signed(t, ring, staffClaims)
	if ring.Active() != 1 {
		t.Errorf("active key is %d", ring.Active())
	}

	gate, err := NewKeyRing([]registry.PassKey{{ID: 1, State: registry.KeyActive, Public: key.Public}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := gate.Verify(parsed(t, Text("https://h.vn", staffClaims.Code, proof))); err != nil {
		t.Errorf("a ring of public keys: %v", err)
	}
	if _, _, err := gate.Sign(staffClaims); err == nil {
		t.Error("a ring without private keys signs")
	}
}

func TestNewKeyTakesTheSmallestFreeID(t *testing.T) {
	t.Parallel()
	var keys []registry.PassKey
	for id := 1; id <= registry.MaxPassKeys; id++ {
		if id != 9 {
			keys = append(keys, registry.PassKey{ID: id, State: registry.KeyVerifyOnly})
		}
	}
	key, err := NewKey(keys, testMaster(t), 0)
	if err != nil || key.ID != 9 {
		t.Fatalf("id %d, %v, want 9", key.ID, err)
	}
	_, err = NewKey(append(keys, key), testMaster(t), 0)
	if registry.KindOf(err) != registry.Conflict {
		t.Errorf("a sixteenth key: %v, want Conflict", err)
	}
}

func TestRingRefusesKeysThatClash(t *testing.T) {
	t.Parallel()
	a := testKey(t, 1, registry.KeyActive, "a")
	for name, keys := range map[string][]registry.PassKey{
		"one id twice": {a, testKey(t, 1, registry.KeyNext, "b")},
		"two active":   {a, testKey(t, 2, registry.KeyActive, "b")},
		"id 0":         {testKey(t, 0, registry.KeyNext, "b")},
		"one number":   {a, testKey(t, 16, registry.KeyNext, "b")},
		"one id, dead": {a, testKey(t, 1, registry.KeyDead, "b")},
		"no point":     {{ID: 2, State: registry.KeyNext, Public: bytes.Repeat([]byte{4}, 65)}},
		"no bytes":     {{ID: 2, State: registry.KeyNext}},
	} {
		if _, err := NewKeyRing(keys); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSealedKeyOpensInItsPlaceOnly(t *testing.T) {
	t.Parallel()
	key := testKey(t, 1, registry.KeyActive, "a")
	other, err := ParseMasterKey(strings.Repeat("5b", masterBytes))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewSigningRing([]registry.PassKey{key}, other); err == nil {
		t.Error("another master key opens it")
	}
	for name, change := range map[string]func(*registry.PassKey){
		"other id":         func(k *registry.PassKey) { k.ID = 2 },
		"other public key": func(k *registry.PassKey) { k.Public = testKey(t, 2, registry.KeyNext, "b").Public },
		"changed":          func(k *registry.PassKey) { k.Sealed = append([]byte{k.Sealed[0] ^ 1}, k.Sealed[1:]...) },
		"cut":              func(k *registry.PassKey) { k.Sealed = k.Sealed[:5] },
		"none":             func(k *registry.PassKey) { k.Sealed = nil },
	} {
		k := key
		change(&k)
		if _, err := NewSigningRing([]registry.PassKey{k}, testMaster(t)); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	if bytes.Contains(key.Sealed, mustBytes(t, "a")) {
		t.Error("the private key lies open in the sealed bytes")
	}
}

func mustBytes(t *testing.T, seed string) []byte {
	t.Helper()
	raw, err := testPrivate(t, seed).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestMasterKeyFileIsMadeOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	key, err := LoadMasterKey(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v, want 0600", info.Mode(), err)
	}
	row, err := NewKey(nil, key, 0)
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadMasterKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.open(&row); err != nil {
		t.Errorf("the file gives another key the second time: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".master-key-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestMasterKeyFileOpenToOthersIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := LoadMasterKey(path); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []fs.FileMode{0o644, 0o640, 0o604, 0o660, 0o606, 0o700} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := LoadMasterKey(path)
		if err == nil || !strings.Contains(err.Error(), "chmod 600 "+path) {
			t.Errorf("mode %04o: %v, want a refusal that says what to do", mode, err)
		}
	}
	for _, mode := range []fs.FileMode{0o600, 0o400} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadMasterKey(path); err != nil {
			t.Errorf("mode %04o: %v", mode, err)
		}
	}
}

func TestMasterKeyFileWithOtherContentIsRefused(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"empty": "", "short": "5a5a", "no hex": strings.Repeat("xy", 32), "long": strings.Repeat("5a", 33),
	} {
		path := filepath.Join(t.TempDir(), "master.key")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadMasterKey(path); err == nil {
			t.Errorf("%s: accepted", name)
		}
		if after, _ := os.ReadFile(path); string(after) != content {
			t.Errorf("%s: the file was changed", name)
		}
	}
	if _, err := LoadMasterKey(t.TempDir()); err == nil {
		t.Error("a folder is taken for a key")
	}
	if _, err := LoadMasterKey(filepath.Join(t.TempDir(), "no", "folder")); err == nil {
		t.Error("a missing folder is no error")
	}
}

func TestMasterKeyFileOfTwoStartsAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	rows := make([]registry.PassKey, 16)
	var wg sync.WaitGroup
	for i := range rows {
		wg.Go(func() {
			key, err := LoadMasterKey(path)
			if err != nil {
				t.Error(err)
				return
			}
			rows[i], err = NewKey(nil, key, 0)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	key, err := LoadMasterKey(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if _, err := key.open(&rows[i]); err != nil {
			t.Errorf("start %d had another key: %v", i, err)
		}
	}
}

func TestNumberOfADeadKeyIsGivenAgain(t *testing.T) {
	t.Parallel()
	old := testKey(t, 1, registry.KeyActive, "a")
	before := parsed(t, Text("https://h.vn", staffClaims.Code, signed(t, testRing(t, old), staffClaims)))
	old.State = registry.KeyDead
	ring := testRing(t, old, testKey(t, 16, registry.KeyActive, "b"))
	after := parsed(t, Text("https://h.vn", staffClaims.Code, signed(t, ring, staffClaims)))
	if _, err := ring.Verify(after); err != nil {
		t.Errorf("a pass of the new key: %v", err)
	}
	if claims, err := ring.Verify(before); !errors.Is(err, ErrDeadKey) || claims.LastDay() != "2026-11-25" {
		t.Errorf("a pass of the dead key: %v, good to %s", err, claims.LastDay())
	}
}

func TestMasterKeyTellsNothingOfItself(t *testing.T) {
	t.Parallel()
	key := testMaster(t)
	name, err := key.Fingerprint()
	again, _ := testMaster(t).Fingerprint()
	if shape := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{8}$`); err != nil || !shape.MatchString(name) || again != name || name[:8] == name[9:] {
		t.Errorf("the name of a key is %q, then %q, %v", name, again, err)
	}
	accounts, err := key.Derive("accounts")
	taps, _ := key.Derive("taps")
	if err != nil || len(accounts) != masterBytes || bytes.Equal(accounts, taps) || bytes.Equal(accounts, key.raw) {
		t.Errorf("two purposes have the keys %x and %x, %v", accounts, taps, err)
	}
	if name, err := (MasterKey{}).Fingerprint(); err == nil {
		t.Errorf("no key has the name %q", name)
	}
	if _, err := ParseMasterKey("5a5a"); err == nil || !strings.Contains(err.Error(), "64 hexadecimal digits") {
		t.Errorf("a short key: %v", err)
	}
}
