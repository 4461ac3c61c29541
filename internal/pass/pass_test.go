package pass

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"math/big"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

// testMaster is a master key for tests alone.
func testMaster(t testing.TB) MasterKey {
	t.Helper()
	m, err := ParseMasterKey(strings.Repeat("5a", masterBytes))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// testPrivate is a private key for tests alone, the same in every run.
func testPrivate(t testing.TB, seed string) *ecdsa.PrivateKey {
	t.Helper()
	raw := sha256.Sum256([]byte("hoicho test key " + seed))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw[:])
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// testKey is the key row of testPrivate.
func testKey(t testing.TB, id int, state registry.PassKeyState, seed string) registry.PassKey {
	t.Helper()
	private := testPrivate(t, seed)
	public, err := private.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	k := registry.PassKey{ID: id, State: state, Public: public}
	if k.Sealed, err = testMaster(t).seal(&k, private); err != nil {
		t.Fatal(err)
	}
	return k
}

func testRing(t testing.TB, keys ...registry.PassKey) *KeyRing {
	t.Helper()
	r, err := NewSigningRing(keys, testMaster(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var staffClaims = Claims{
	Code: "482917306652", Kind: registry.StaffPass, EventNumber: 17,
	FirstDay: "2026-11-22", Days: 4,
}

func signed(t testing.TB, r *KeyRing, c Claims) string {
	t.Helper()
	proof, _, err := r.Sign(c)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func parsed(t testing.TB, text string) Token {
	t.Helper()
	token, err := Parse(text)
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return token
}

// withProof makes a token of any 73 bytes, as an attacker can.
func withProof(code string, proof []byte) Token {
	return Token{Code: code, proof: proof}
}

func digitsOf(proof []byte) string { return padded(new(big.Int).SetBytes(proof), proofDigits) }
