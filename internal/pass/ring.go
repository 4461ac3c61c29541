package pass

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"

	"hoicho/internal/registry"
)

// KeyRing holds the keys that sign and verify passes. It never changes: a
// rotation makes a new ring. It is safe for concurrent use.
type KeyRing struct {
	keys   [registry.MaxPassKeys + 1][]ringKey // by number: at most one that is not dead
	active int                                 // its id; 0 = none
	signer *ecdsa.PrivateKey                   // of the active key; nil = verifies only
}

type ringKey struct {
	id     int
	state  registry.PassKeyState
	public *ecdsa.PublicKey
}

// NewKeyRing makes a ring that verifies, as a gate's does. It fails on a key that
// is no key, on an id below 1, on two keys of one id or of one number of which none
// is dead, and on two active ones.
func NewKeyRing(keys []registry.PassKey) (*KeyRing, error) {
	r := &KeyRing{}
	for i := range keys {
		if err := r.add(&keys[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *KeyRing) add(k *registry.PassKey) error {
	if k.ID < 1 {
		return fmt.Errorf("pass key %d: no such id", k.ID)
	}
	for _, other := range r.keys[k.Number()] {
		if other.id == k.ID || other.state != registry.KeyDead && k.State != registry.KeyDead {
			return fmt.Errorf("pass keys %d and %d have the same number", other.id, k.ID)
		}
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), k.Public)
	if err != nil {
		return fmt.Errorf("pass key %d: %w", k.ID, err)
	}
	r.keys[k.Number()] = append(r.keys[k.Number()], ringKey{id: k.ID, state: k.State, public: public})
	if k.State != registry.KeyActive {
		return nil
	}
	if r.active != 0 {
		return fmt.Errorf("pass keys %d and %d are both active", r.active, k.ID)
	}
	r.active = k.ID
	return nil
}

// NewSigningRing makes a ring that also signs with the active key, whose private
// half the master key opens. Without an active key it only verifies.
func NewSigningRing(keys []registry.PassKey, master MasterKey) (*KeyRing, error) {
	r, err := NewKeyRing(keys)
	if err != nil {
		return nil, err
	}
	for i := range keys {
		if keys[i].ID != r.active {
			continue
		}
		if r.signer, err = master.open(&keys[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Active is the id of the key that signs, 0 when there is none.
func (r *KeyRing) Active() int { return r.active }

// Sign makes the proof of a pass with the active key and says which key that is.
// It fails when the ring cannot sign or the claims do not fit the layout.
func (r *KeyRing) Sign(c Claims) (proof string, keyID int, err error) {
	if r.signer == nil {
		return "", 0, fmt.Errorf("pass: no active key to sign %s with", c.Code)
	}
	key := registry.PassKey{ID: r.active}
	proof, err = sign(r.signer, key.Number(), c)
	return proof, r.active, err
}

// Verify checks the signature of a token and only then reads its claims. Errors:
// ErrUnknownKey, ErrDeadKey, ErrForged, ErrMalformed (also for a typed code, which
// has nothing to verify), ErrVersion.
func (r *KeyRing) Verify(t Token) (Claims, error) {
	if t.Typed() {
		return Claims{}, ErrMalformed
	}
	keys := r.keys[t.proof[0]&0x0f]
	if len(keys) == 0 {
		return Claims{}, ErrUnknownKey
	}
	at := slices.IndexFunc(keys, func(k ringKey) bool { return verifyProof(k.public, t.Code, t.proof) })
	if at < 0 {
		return Claims{}, ErrForged
	}
	claims, err := readHead(t.Code, t.proof[:headBytes])
	if err != nil {
		return Claims{}, err
	}
	if !keys[at].state.Verifies() {
		return claims, ErrDeadKey
	}
	return claims, nil
}

// NewKey makes a signing key in state next, its private half sealed. keys are all
// that there are, dead ones too; Conflict when all 15 numbers are in use.
func NewKey(keys []registry.PassKey, master MasterKey, now int64) (registry.PassKey, error) {
	id := registry.FreePassKeyID(keys)
	if id == 0 {
		return registry.PassKey{}, registry.E(registry.Conflict, "error.pass.keys_full", registry.MaxPassKeys)
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return registry.PassKey{}, fmt.Errorf("pass key %d: %w", id, err)
	}
	public, err := private.PublicKey.Bytes()
	if err != nil {
		return registry.PassKey{}, fmt.Errorf("pass key %d: %w", id, err)
	}
	k := registry.PassKey{ID: id, State: registry.KeyNext, Public: public, CreatedAt: now}
	k.Sealed, err = master.seal(&k, private)
	return k, err
}

// signDigest gives the two numbers of a deterministic signature.
func signDigest(key *ecdsa.PrivateKey, digest []byte) (r, s *big.Int, err error) {
	der, err := key.Sign(nil, digest, crypto.SHA256)
	if err != nil {
		return nil, nil, err
	}
	var sig struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &sig); err != nil {
		return nil, nil, err
	}
	return sig.R, sig.S, nil
}
