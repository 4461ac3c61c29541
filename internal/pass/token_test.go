package pass

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

func TestSignAndVerifyEveryKind(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 15, registry.KeyActive, "a"))
	for _, kind := range registry.PassKinds {
		for _, c := range []Claims{
			{Kind: kind, EventNumber: 1, FirstDay: "2020-01-01", Days: 1},
			{Kind: kind, EventNumber: 1<<32 - 1, FirstDay: "2199-06-06", Days: 255, Test: true},
		} {
			c.Code, c.KeyID = NewCode(), 15
			text := Text("https://hoicho.vn/", c.Code, signed(t, ring, c))
			got, err := ring.Verify(parsed(t, text))
			if err != nil || got != c {
				t.Errorf("%s: got %+v, %v, want %+v", text, got, err, c)
			}
		}
	}
}

func TestSameClaimsSameProof(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	first, again := signed(t, ring, staffClaims), signed(t, ring, staffClaims)
	if first != again {
		t.Error("two proofs of one pass differ")
	}
}

// The proof of a fixed key, so that a change of the layout cannot go unseen: old
// passes hang in the booths.
func TestProofOfFixedKey(t *testing.T) {
	t.Parallel()
	const want = "0423553312523074786192296669025457790667715810326428909700389296810940391385766612207153" +
		"4146649870444279913893226580143047074132442834710690730325174264298564319421764739526010"
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	if got := signed(t, ring, staffClaims); got != want {
		t.Errorf("proof is\n%s, want\n%s", got, want)
	}
	proof, err := proofFromDigits(want)
	if err != nil {
		t.Fatal(err)
	}
	// version 1 key 1, staff, event 17, day 2517 of the calendar, 4 days
	head := []byte{0x11, 0x20, 0, 0, 0, 17, 0x09, 0xd5, 4}
	if string(proof[:headBytes]) != string(head) {
		t.Errorf("head is % x, want % x", proof[:headBytes], head)
	}
}

func TestEveryBitFlipIsRefused(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"), testKey(t, 2, registry.KeyVerifyOnly, "b"))
	text := Text("https://hoicho.vn", staffClaims.Code, signed(t, ring, staffClaims))
	proof := parsed(t, text).proof
	for bit := range 8 * proofBytes {
		bent := append([]byte(nil), proof...)
		bent[bit/8] ^= 0x80 >> (bit % 8)
		token := withProof(staffClaims.Code, bent)
		if claims, err := ring.Verify(token); err == nil {
			t.Fatalf("bit %d turned: accepted as %+v", bit, claims)
		}
		if bit < 4 { // the version
			if _, err := Parse(Text("https://hoicho.vn", token.Code, digitsOf(bent))); err == nil {
				t.Errorf("version bit %d turned: parsed", bit)
			}
		}
	}
	if _, err := ring.Verify(withProof(staffClaims.Code, proof)); err != nil {
		t.Fatalf("the proof itself is refused: %v", err)
	}
}

func TestProofIsGoodForOnePassOnly(t *testing.T) {
	t.Parallel()
	keyA, keyB := testKey(t, 1, registry.KeyActive, "a"), testKey(t, 2, registry.KeyVerifyOnly, "b")
	ring := testRing(t, keyA, keyB)
	proof := parsed(t, Text("https://h.vn", staffClaims.Code, signed(t, ring, staffClaims))).proof

	changed := func(change func(*Claims)) []byte {
		c := staffClaims
		change(&c)
		head, err := c.head(1)
		if err != nil {
			t.Fatal(err)
		}
		return append(head[:], proof[headBytes:]...)
	}
	otherKey := append([]byte(nil), proof...)
	otherKey[0] = version<<4 | 2
	for name, token := range map[string]Token{
		"other code":  withProof(NewCode(), proof),
		"other event": withProof(staffClaims.Code, changed(func(c *Claims) { c.EventNumber++ })),
		"other kind":  withProof(staffClaims.Code, changed(func(c *Claims) { c.Kind = registry.OfficialPass })),
		"other day":   withProof(staffClaims.Code, changed(func(c *Claims) { c.FirstDay = "2026-11-23" })),
		"more days":   withProof(staffClaims.Code, changed(func(c *Claims) { c.Days++ })),
		"test pass":   withProof(staffClaims.Code, changed(func(c *Claims) { c.Test = true })),
		"other key":   withProof(staffClaims.Code, otherKey),
	} {
		if _, err := ring.Verify(token); !errors.Is(err, ErrForged) {
			t.Errorf("%s: %v, want forged", name, err)
		}
	}
}

func TestKeyStatesDecide(t *testing.T) {
	t.Parallel()
	proof := signed(t, testRing(t, testKey(t, 3, registry.KeyActive, "a")), staffClaims)
	token := parsed(t, Text("https://h.vn", staffClaims.Code, proof))
	for state, want := range map[registry.PassKeyState]error{
		registry.KeyNext: nil, registry.KeyActive: nil, registry.KeyVerifyOnly: nil, registry.KeyDead: ErrDeadKey,
	} {
		ring := testRing(t, testKey(t, 3, state, "a"))
		if _, err := ring.Verify(token); !errors.Is(err, want) {
			t.Errorf("key %s: %v, want %v", state, err, want)
		}
	}
	ring := testRing(t, testKey(t, 4, registry.KeyActive, "a"))
	if _, err := ring.Verify(token); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("key not in the ring: %v", err)
	}
	ring = testRing(t, testKey(t, 3, registry.KeyDead, "b"))
	if _, err := ring.Verify(token); !errors.Is(err, ErrForged) {
		t.Errorf("a dead key with another signature: %v, want forged", err)
	}
}

// A signature over fields that mean nothing: only whoever holds the key can make
// one, and it still is no pass.
func TestSignedNonsenseIsMalformed(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	for name, head := range map[string][]byte{
		"kind 0":        {0x11, 0x00, 0, 0, 0, 1, 0, 1, 1},
		"kind 6":        {0x11, 0x60, 0, 0, 0, 1, 0, 1, 1},
		"unknown flag":  {0x11, 0x22, 0, 0, 0, 1, 0, 1, 1},
		"no day":        {0x11, 0x20, 0, 0, 0, 1, 0, 1, 0},
		"a newer proof": {0x21, 0x20, 0, 0, 0, 1, 0, 1, 1},
	} {
		r, s, err := signDigest(testPrivate(t, "a"), digest(staffClaims.Code, head))
		if err != nil {
			t.Fatal(err)
		}
		proof := append(append(head, r.FillBytes(make([]byte, 32))...), s.FillBytes(make([]byte, 32))...)
		_, err = ring.Verify(withProof(staffClaims.Code, proof))
		if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrVersion) {
			t.Errorf("%s: %v, want malformed", name, err)
		}
	}
}

func TestSignRefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	for name, change := range map[string]func(*Claims){
		"bad code":     func(c *Claims) { c.Code = "482917306653" },
		"spaced code":  func(c *Claims) { c.Code = FormatCode(c.Code) },
		"day before":   func(c *Claims) { c.FirstDay = "2019-12-31" },
		"day too late": func(c *Claims) { c.FirstDay = "2199-06-07" },
		"no date":      func(c *Claims) { c.FirstDay = "22/11/2026" },
		"no days":      func(c *Claims) { c.Days = 0 },
		"256 days":     func(c *Claims) { c.Days = 256 },
		"no kind":      func(c *Claims) { c.Kind = "guest" },
	} {
		c := staffClaims
		change(&c)
		if proof, _, err := ring.Sign(c); err == nil {
			t.Errorf("%s: signed as %s", name, proof)
		}
	}
}

func TestParseRefusesOtherTexts(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	proof := signed(t, ring, staffClaims)
	code := staffClaims.Code
	over := new(big.Int).Lsh(big.NewInt(1), 8*proofBytes)
	for name, text := range map[string]string{
		"empty":             "",
		"other site":        "https://example.com/",
		"other path":        "https://h.vn/c/" + code + "#" + proof,
		"deeper path":       "https://h.vn/a/t/" + code + "#" + proof,
		"no host":           "https:///t/" + code + "#" + proof,
		"user in host":      "https://a@h.vn/t/" + code + "#" + proof,
		"script":            "javascript://h.vn/t/" + code + "#" + proof,
		"upper-case scheme": "HTTPS://h.vn/t/" + code + "#" + proof,
		"no proof":          "https://h.vn/t/" + code,
		"empty proof":       "https://h.vn/t/" + code + "#",
		"query":             "https://h.vn/t/" + code + "?a=1#" + proof,
		"short proof":       "https://h.vn/t/" + code + "#" + proof[1:],
		"long proof":        "https://h.vn/t/" + code + "#0" + proof,
		"sign":              "https://h.vn/t/" + code + "#+" + proof[1:],
		"underscore":        "https://h.vn/t/" + code + "#" + proof[:9] + "_" + proof[10:],
		"space in proof":    "https://h.vn/t/" + code + "#" + proof[:9] + " " + proof[10:],
		"74 bytes":          "https://h.vn/t/" + code + "#" + over.String(),
		"largest number":    "https://h.vn/t/" + code + "#" + strings.Repeat("9", proofDigits),
		"wrong check digit": "https://h.vn/t/482917306653#" + proof,
		"spaced code":       "https://h.vn/t/4829 1730 6652#" + proof,
		"too long":          "https://" + strings.Repeat("a", 80) + "/t/" + code + "#" + proof,
		"NUL in host":       "https://h\x00.vn/t/" + code + "#" + proof,
	} {
		if token, err := Parse(text); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: Parse(%q) = %+v, %v, want malformed", name, text, token, err)
		}
	}
	for _, first := range []int64{0x21, 0xf1} {
		newer := new(big.Int).Lsh(big.NewInt(first), 8*(proofBytes-1))
		if _, err := Parse(Text("https://h.vn", code, padded(newer, proofDigits))); !errors.Is(err, ErrVersion) {
			t.Errorf("a newer proof, %x: %v, want unknown version", first, err)
		}
	}
}

func TestParseAcceptsWhatScannersSend(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	proof := signed(t, ring, staffClaims)
	for _, base := range []string{"https://h.vn", "http://localhost:8080", "https://[::1]:8443", "https://A-a.Z-z.0-9", "https://hoicho.thainguyen.gov.vn"} {
		text := Text(base, staffClaims.Code, proof)
		for _, sent := range []string{text, text + "\r\n", " " + text} {
			if token := parsed(t, sent); token.Typed() || token.Code != staffClaims.Code {
				t.Errorf("Parse(%q) = %+v", sent, token)
			}
		}
	}
	if token := parsed(t, FormatCode(staffClaims.Code)); !token.Typed() || token.Code != staffClaims.Code {
		t.Errorf("typed code gives %+v", token)
	}
	if _, err := ring.Verify(parsed(t, staffClaims.Code)); !errors.Is(err, ErrMalformed) {
		t.Errorf("a typed code verified: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	ring := testRing(f, testKey(f, 1, registry.KeyActive, "a"))
	text := Text("https://hoicho.vn", staffClaims.Code, signed(f, ring, staffClaims))
	for _, seed := range []string{text, "", staffClaims.Code, FormatCode(staffClaims.Code), text[:40], "https://h.vn/t/" + strings.Repeat("9", 188)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		token, err := Parse(sent)
		if err != nil {
			return
		}
		if len(sent) > MaxText || len(token.Code) != CodeDigits || checkDigit(token.Code) != '0' {
			t.Fatalf("Parse(%q) = %+v", sent, token)
		}
		if token.Typed() {
			return
		}
		if digits := digitsOf(token.proof); !strings.HasSuffix(strings.TrimSpace(sent), "/t/"+token.Code+"#"+digits) {
			t.Fatalf("Parse(%q) is not canonical: %s", sent, digits)
		}
		if claims, err := ring.Verify(token); err == nil && claims != (Claims{Code: staffClaims.Code, KeyID: 1, Kind: registry.StaffPass, EventNumber: 17, FirstDay: "2026-11-22", Days: 4}) {
			t.Fatalf("a forged pass verifies: %q as %+v", sent, claims)
		}
	})
}

func BenchmarkSign(b *testing.B) {
	ring := testRing(b, testKey(b, 1, registry.KeyActive, "a"))
	for b.Loop() {
		signed(b, ring, staffClaims)
	}
}

func BenchmarkVerify(b *testing.B) {
	ring := testRing(b, testKey(b, 1, registry.KeyActive, "a"))
	text := Text("https://hoicho.vn", staffClaims.Code, signed(b, ring, staffClaims))
	for b.Loop() {
		if _, err := ring.Verify(parsed(b, text)); err != nil {
			b.Fatal(err)
		}
	}
}
