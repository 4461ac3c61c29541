package core

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"hoicho/internal/pass"
)

// Sealer keeps small secrets in the database so that a copy of it alone is worth
// nothing: secrets that must be read again are sealed, short codes that are only
// compared are hashed with a key.
type Sealer struct {
	aead cipher.AEAD
	mac  []byte
}

// newSealer makes the sealer of an installation from its master key.
func newSealer(master pass.MasterKey) (Sealer, error) {
	sealKey, err := master.Derive("hoicho/account/seal/1")
	if err != nil {
		return Sealer{}, err
	}
	macKey, err := master.Derive("hoicho/account/mac/1")
	if err != nil {
		return Sealer{}, err
	}
	block, err := aes.NewCipher(sealKey)
	if err != nil {
		return Sealer{}, err
	}
	aead, err := cipher.NewGCM(block)
	return Sealer{aead: aead, mac: macKey}, err
}

// Seal encrypts a secret for one place, such as the account it belongs to: it
// opens nowhere else.
func (s Sealer) Seal(secret, place string) string {
	nonce := make([]byte, s.aead.NonceSize())
	rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(secret), []byte(place)))
}

// Open decrypts what seal made for the same place.
func (s Sealer) Open(sealed, place string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < s.aead.NonceSize() {
		return "", fmt.Errorf("open %s: not a sealed secret", place)
	}
	secret, err := s.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], []byte(place))
	if err != nil {
		return "", fmt.Errorf("open %s: sealed with another master key, or changed", place)
	}
	return string(secret), nil
}

// Keyed is the hash of a code that is too short to be hashed without a key. No
// part may hold a NUL, which stands between them.
func (s Sealer) Keyed(parts ...string) string {
	mac := hmac.New(sha256.New, s.mac)
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(mac.Sum(nil))
}

// sealedArg marks an argument of a notice that is a secret and stays sealed in
// the outbox until it is sent.
const sealedArg = "sealed:"

// SealArg seals a secret that stands among the arguments of a queued message.
func (s Sealer) SealArg(secret string) string { return sealedArg + s.Seal(secret, sealedArg) }

// openArgs returns the arguments of a notice as its text shows them.
func (s Sealer) openArgs(args []string) ([]string, error) {
	out := make([]string, len(args))
	for i, arg := range args {
		sealed, is := strings.CutPrefix(arg, sealedArg)
		if !is {
			out[i] = arg
			continue
		}
		var err error
		if out[i], err = s.Open(sealed, sealedArg); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// codeDigits is the length of a code that people type: 40 bits, enough because
// tries are slowed down and its hash is keyed.
const codeDigits = 12

// NewCode makes a code of digits, which every phone types with its number pad.
func NewCode() string {
	raw := make([]byte, codeDigits)
	for i := range raw {
		raw[i] = randomDigit()
	}
	return string(raw)
}

// randomDigit draws a digit; bytes from 250 up are drawn again so that none is
// likelier than another.
func randomDigit() byte {
	var b [1]byte
	for {
		if rand.Read(b[:]); b[0] < 250 {
			return '0' + b[0]%10
		}
	}
}

// GroupCode writes a code of digits in groups of four, as it stands on paper.
func GroupCode(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), " ")
}

// PlainCode takes out the spaces and dashes that people type between groups.
func PlainCode(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", ".", "").Replace(typed)
}
