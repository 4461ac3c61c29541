package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
)

// passwordHasher hashes with argon2id. A semaphore as wide as the machine keeps
// a flood of sign-ins from taking more memory than cores times 19 MiB
// (OWASP ASVS 5.0, appendix C: t=2, m=19 MiB, p=1).
type passwordHasher struct {
	passes, memoryKiB uint32
	slots             chan struct{}
}

func newPasswordHasher(cheap bool) passwordHasher {
	h := passwordHasher{passes: 2, memoryKiB: 19 * 1024, slots: make(chan struct{}, runtime.NumCPU())}
	if cheap {
		h.passes, h.memoryKiB = 1, 64
	}
	return h
}

// hash returns the PHC string of a password.
func (h passwordHasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	key, err := h.key(ctx, password, salt, h.passes, h.memoryKiB)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, h.memoryKiB, h.passes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// verify reports whether a password fits a PHC string, and whether the string
// was made with other parameters than ours, so that it should be made anew.
// An empty or broken string fits nothing but takes as long as a real one.
func (h passwordHasher) verify(ctx context.Context, phc, password string) (ok, stale bool, err error) {
	var memory, passes uint32
	parts := strings.Split(phc, "$")
	salt, want := make([]byte, 16), []byte(nil)
	if len(parts) == 6 {
		if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &memory, &passes); err == nil {
			salt, _ = base64.RawStdEncoding.DecodeString(parts[4])
			want, _ = base64.RawStdEncoding.DecodeString(parts[5])
		}
	}
	if len(want) == 0 {
		memory, passes = h.memoryKiB, h.passes
	}
	got, err := h.key(ctx, password, salt, passes, memory)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, memory != h.memoryKiB || passes != h.passes, nil
}

// key derives 32 bytes once a slot is free, or gives up with the context.
func (h passwordHasher) key(ctx context.Context, password string, salt []byte, passes, memory uint32) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(password), salt, passes, memory, 1, 32), nil
}

// HashPassword returns the argon2id string of a password, for the makers of demo
// and test accounts. It waits for a free core and gives up with the context.
func (a *Service) HashPassword(ctx context.Context, password string) (string, error) {
	return a.passwords.hash(ctx, password)
}
