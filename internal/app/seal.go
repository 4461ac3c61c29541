package app

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

// sealer keeps small secrets in the database so that a copy of it alone is worth
// nothing: secrets that must be read again are sealed, short codes that are only
// compared are hashed with a key.
type sealer struct {
	aead cipher.AEAD
	mac  []byte
}

func newSealer(master pass.MasterKey) (sealer, error) {
	sealKey, err := master.Derive("hoicho/account/seal/1")
	if err != nil {
		return sealer{}, err
	}
	macKey, err := master.Derive("hoicho/account/mac/1")
	if err != nil {
		return sealer{}, err
	}
	block, err := aes.NewCipher(sealKey)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCM(block)
	return sealer{aead: aead, mac: macKey}, err
}

// seal encrypts a secret for one place, such as the account it belongs to: it
// opens nowhere else.
func (s sealer) seal(secret, place string) string {
	nonce := make([]byte, s.aead.NonceSize())
	rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(secret), []byte(place)))
}

// open decrypts what seal made for the same place.
func (s sealer) open(sealed, place string) (string, error) {
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

// keyed is the hash of a code that is too short to be hashed without a key. No
// part may hold a NUL, which stands between them.
func (s sealer) keyed(parts ...string) string {
	mac := hmac.New(sha256.New, s.mac)
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(mac.Sum(nil))
}

// sealedArg marks an argument of a notice that is a secret and stays sealed in
// the outbox until it is sent.
const sealedArg = "sealed:"

func (s sealer) sealArg(secret string) string { return sealedArg + s.seal(secret, sealedArg) }

// openArgs returns the arguments of a notice as its text shows them.
func (s sealer) openArgs(args []string) ([]string, error) {
	out := make([]string, len(args))
	for i, arg := range args {
		sealed, is := strings.CutPrefix(arg, sealedArg)
		if !is {
			out[i] = arg
			continue
		}
		var err error
		if out[i], err = s.open(sealed, sealedArg); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// codeDigits is the length of a code that people type: 40 bits, enough because
// tries are slowed down and its hash is keyed.
const codeDigits = 12

// newCode makes a code of digits, which every phone types with its number pad.
func newCode() string {
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

// plainCode takes out the spaces and dashes that people type between groups.
func plainCode(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", ".", "").Replace(typed)
}
