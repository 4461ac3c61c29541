package pass

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"hoicho/internal/registry"
)

const masterBytes = 32

// MasterKey seals the private halves of pass keys, so that a copy of the database
// alone signs nothing. The zero value seals nothing.
type MasterKey struct {
	aead cipher.AEAD
	raw  []byte
}

// Derive returns a key of 32 bytes for another purpose, such as sealing the
// secrets of accounts. Keys of different purposes tell nothing of each other.
func (m MasterKey) Derive(purpose string) ([]byte, error) {
	if len(m.raw) == 0 {
		return nil, errors.New("there is no master key")
	}
	return hkdf.Key(sha256.New, m.raw, nil, purpose, masterBytes)
}

// ParseMasterKey reads a master key written as 64 hexadecimal digits, as it
// stands in its file or in the environment.
func ParseMasterKey(text string) (MasterKey, error) {
	raw, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != masterBytes {
		return MasterKey{}, fmt.Errorf("a master key is %d hexadecimal digits", 2*masterBytes)
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return MasterKey{}, err
	}
	aead, err := cipher.NewGCM(block)
	return MasterKey{aead: aead, raw: raw}, err
}

// Fingerprint names the key without telling anything of it, so that a database or a
// backup can say which key it belongs to.
func (m MasterKey) Fingerprint() (string, error) {
	raw, err := m.Derive("hoicho/master/fingerprint/1")
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(raw[:4]) + "-" + hex.EncodeToString(raw[4:8]), nil
}

// LoadMasterKey reads the master key from a file, and makes the file first when
// there is none.
func LoadMasterKey(path string) (MasterKey, error) {
	err := makeMasterKey(path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return MasterKey{}, fmt.Errorf("make the master key file: %w", err)
	}
	return ReadMasterKey(path)
}

// ReadMasterKey reads the master key from a file; fs.ErrNotExist if there is none. A
// file that others may read or write is refused: the text of the error says what to
// do.
func ReadMasterKey(path string) (MasterKey, error) {
	text, err := readPrivate(path)
	if err != nil {
		return MasterKey{}, err
	}
	key, err := ParseMasterKey(text)
	if err != nil {
		return MasterKey{}, fmt.Errorf("master key file %s: %w", path, err)
	}
	return key, nil
}

// makeMasterKey writes a new key to path, whole or not at all, and fails with
// fs.ErrExist when there is a file already.
func makeMasterKey(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".master-key-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	raw := make([]byte, masterBytes)
	rand.Read(raw) // never fails
	_, err = fmt.Fprintln(f, hex.EncodeToString(raw))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	// A link, not a rename: of two processes that start at once, one key wins.
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // it flushes no folders; NTFS keeps names in its own log
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// readPrivate reads a small file that only its owner may touch.
func readPrivate(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("master key file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("master key file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("master key file %s is not a regular file", path)
	}
	if perm := info.Mode().Perm(); perm&0o177 != 0 && runtime.GOOS != "windows" { // there the folder's owner decides
		return "", fmt.Errorf("master key file %s has permissions %04o, so others could use the key: run chmod 600 %s, and rotate the pass keys if someone may have read it", path, perm, path)
	}
	buf := make([]byte, 4*masterBytes)
	n, err := f.Read(buf)
	if err != nil {
		return "", fmt.Errorf("master key file %s: %w", path, err)
	}
	return string(buf[:n]), nil
}

// sealedFor binds a sealed key to its place, so that it opens nowhere else.
func sealedFor(k *registry.PassKey) []byte {
	return append(fmt.Appendf(nil, "hoicho/pass-key/1\n%d\n", k.ID), k.Public...)
}

// Seal encrypts a secret and binds it to its place, such as the account whose
// second factor it is, so that it opens nowhere else.
func (m MasterKey) Seal(secret, place []byte) []byte {
	nonce := make([]byte, m.aead.NonceSize())
	rand.Read(nonce) // never fails
	return m.aead.Seal(nonce, nonce, secret, place)
}

// Open decrypts what Seal made for the same place. It fails when the secret was
// sealed for another place or with another master key, or was changed.
func (m MasterKey) Open(sealed, place []byte) ([]byte, error) {
	if len(sealed) < m.aead.NonceSize() {
		return nil, errors.New("nothing is sealed here")
	}
	return m.aead.Open(nil, sealed[:m.aead.NonceSize()], sealed[m.aead.NonceSize():], place)
}

func (m MasterKey) seal(k *registry.PassKey, private *ecdsa.PrivateKey) ([]byte, error) {
	raw, err := private.Bytes()
	if err != nil {
		return nil, fmt.Errorf("pass key %d: %w", k.ID, err)
	}
	return m.Seal(raw, sealedFor(k)), nil
}

func (m MasterKey) open(k *registry.PassKey) (*ecdsa.PrivateKey, error) {
	if len(k.Sealed) == 0 {
		return nil, fmt.Errorf("pass key %d has no sealed private key", k.ID)
	}
	raw, err := m.Open(k.Sealed, sealedFor(k))
	if err != nil {
		return nil, fmt.Errorf("pass key %d does not open with this master key: the key file belongs to another database, or the row was changed", k.ID)
	}
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
	if err != nil {
		return nil, fmt.Errorf("pass key %d: %w", k.ID, err)
	}
	return private, nil
}
