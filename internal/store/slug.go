package store

import (
	"crypto/rand"
	"errors"
	"strconv"
	"strings"

	"hoicho/internal/vn"
)

// plainEndings is how many readable endings are tried before a random one.
const plainEndings = 9

// firstFree inserts a row under an address of its own, made of a name: plain, then
// with -2, -3, …, then with random letters. insert does nothing and returns 0 where
// the slug is taken (ON CONFLICT (slug) DO NOTHING), so the transaction lives on.
func firstFree(name string, slug *string, insert func() (int64, error)) error {
	base := vn.Slug(name)
	for try := 1; try <= plainEndings+2; try++ {
		*slug = base
		switch {
		case try > plainEndings:
			*slug = base + "-" + strings.ToLower(rand.Text()[:6])
		case try > 1:
			*slug = base + "-" + strconv.Itoa(try)
		}
		n, err := insert()
		if err != nil || n > 0 {
			return err
		}
	}
	return errors.New("store: no slug is free for " + base)
}
