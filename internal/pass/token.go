package pass

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"time"

	"hoicho/internal/registry"
)

const (
	version     = 1
	headBytes   = 9
	proofBytes  = 73
	proofDigits = 176
	flagTest    = 1
	signedLabel = "hoicho/pass/1\n"
)

// firstOfAll is day 0 of the token's calendar.
var firstOfAll = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

// What can be wrong with a text that claims to be a pass.
var (
	// ErrMalformed is a text that is no pass at all.
	ErrMalformed = errors.New("pass: malformed")
	// ErrVersion is a pass of a newer version: the reader has to be updated.
	ErrVersion = errors.New("pass: unknown version")
	// ErrUnknownKey is a pass whose key is not in the ring: nothing can be said of it.
	ErrUnknownKey = errors.New("pass: unknown key")
	// ErrDeadKey is a pass with a good signature of a key that has been killed.
	ErrDeadKey = errors.New("pass: dead key")
	// ErrForged is a pass whose signature is wrong.
	ErrForged = errors.New("pass: wrong signature")
)

// Claims are what a pass says of itself. They are true once a KeyRing has
// verified them.
type Claims struct {
	Code        string
	KeyID       int // set by signing
	Kind        registry.PassKind
	Test        bool
	EventNumber uint32
	FirstDay    string // YYYY-MM-DD, 2020-01-01 or later; a voucher has no days of its own
	Days        int    // 1 to 255
	Pack        int    // of a voucher: its pack in the event, and its number there
	Serial      int
}

// ClaimsOf gives what a pass of the register says of itself.
func ClaimsOf(p *registry.Pass) Claims {
	if p.Kind == registry.VoucherPass {
		return Claims{Code: p.Code, KeyID: p.KeyID, Kind: p.Kind, Test: p.Test, EventNumber: p.EventNumber, Pack: p.Pack, Serial: p.Ordinal}
	}
	return Claims{
		Code: p.Code, KeyID: p.KeyID, Kind: p.Kind, Test: p.Test,
		EventNumber: p.EventNumber, FirstDay: p.FirstDay, Days: p.Days,
	}
}

// LastDay is the last day the pass is good for, YYYY-MM-DD.
func (c Claims) LastDay() string { return registry.AddDays(c.FirstDay, c.Days-1) }

// head writes bytes 0 to 8. It fails for what the layout cannot hold.
func (c Claims) head(keyID int) ([headBytes]byte, error) {
	var head [headBytes]byte
	head[0] = version<<4 | byte(keyID)
	head[1] = byte(c.Kind.Number()) << 4
	if c.Test {
		head[1] |= flagTest
	}
	binary.BigEndian.PutUint32(head[2:], c.EventNumber)
	if c.Kind == registry.VoucherPass {
		err := c.voucherTail(head[6:])
		return head, err
	}
	first, err := time.Parse(time.DateOnly, c.FirstDay)
	if err != nil {
		return head, fmt.Errorf("pass: first day %q: %w", c.FirstDay, err)
	}
	day := int(first.Sub(firstOfAll) / (24 * time.Hour))
	switch {
	case first.Before(firstOfAll) || day > 0xffff:
		return head, fmt.Errorf("pass: first day %s is out of range", c.FirstDay)
	case c.Days < 1 || c.Days > 0xff:
		return head, fmt.Errorf("pass: %d days are out of range", c.Days)
	case c.Kind.Number() == 0:
		return head, fmt.Errorf("pass: kind %q", c.Kind)
	}
	binary.BigEndian.PutUint16(head[6:], uint16(day))
	head[8] = byte(c.Days)
	return head, nil
}

// readHead reads bytes 0 to 8 of a pass with the given code.
func readHead(code string, head []byte) (Claims, error) {
	if head[0]>>4 != version {
		return Claims{}, ErrVersion
	}
	kind, ok := registry.PassKindByNumber(int(head[1] >> 4))
	flags := head[1] & 0x0f
	c := Claims{Code: code, KeyID: int(head[0] & 0x0f), Kind: kind, Test: flags&flagTest != 0, EventNumber: binary.BigEndian.Uint32(head[2:])}
	if !ok || flags&^flagTest != 0 || c.KeyID == 0 {
		return Claims{}, ErrMalformed
	}
	if kind == registry.VoucherPass {
		if c.Pack, c.Serial, ok = readVoucherTail(head[6:headBytes]); !ok {
			return Claims{}, ErrMalformed
		}
		return c, nil
	}
	if head[8] == 0 {
		return Claims{}, ErrMalformed
	}
	day := int(binary.BigEndian.Uint16(head[6:]))
	c.FirstDay, c.Days = firstOfAll.AddDate(0, 0, day).Format(time.DateOnly), int(head[8])
	return c, nil
}

// digest is what is signed: the label keeps the signature from meaning anything
// elsewhere, the code ties it to one pass.
func digest(code string, head []byte) []byte {
	h := sha256.New()
	h.Write([]byte(signedLabel))
	h.Write([]byte(code))
	h.Write(head)
	return h.Sum(nil)
}

// sign makes the proof of a pass. The same claims and key give the same digits
// (RFC 6979), so a proof can be made again and a bad random source cannot give
// the key away.
func sign(key *ecdsa.PrivateKey, keyID int, c Claims) (string, error) {
	if code, err := ParseCode(c.Code); err != nil || code != c.Code {
		return "", fmt.Errorf("pass: code %q: %w", c.Code, ErrMalformed)
	}
	head, err := c.head(keyID)
	if err != nil {
		return "", err
	}
	r, s, err := signDigest(key, digest(c.Code, head[:]))
	if err != nil {
		return "", fmt.Errorf("pass: signing %s: %w", c.Code, err)
	}
	var proof [proofBytes]byte
	copy(proof[:], head[:])
	r.FillBytes(proof[headBytes : headBytes+32])
	s.FillBytes(proof[headBytes+32:])
	return padded(new(big.Int).SetBytes(proof[:]), proofDigits), nil
}

// verifyProof reports whether proof bytes carry a good signature.
func verifyProof(key *ecdsa.PublicKey, code string, proof []byte) bool {
	r := new(big.Int).SetBytes(proof[headBytes : headBytes+32])
	s := new(big.Int).SetBytes(proof[headBytes+32:])
	return ecdsa.Verify(key, digest(code, proof[:headBytes]), r, s)
}

// proofFromDigits reads the digits of a proof. Anything but its one way of being
// written is malformed.
func proofFromDigits(digits string) ([]byte, error) {
	if len(digits) != proofDigits || !allDigits(digits) {
		return nil, ErrMalformed
	}
	n, _ := new(big.Int).SetString(digits, 10)
	if n.BitLen() > 8*proofBytes {
		return nil, ErrMalformed
	}
	return n.FillBytes(make([]byte, proofBytes)), nil
}
