package tips

import (
	"context"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// FindTip returns the tip that a text names, by its number ("PA-12", "12") or by the code by
// which its sender follows it. NotFound where there is none with which the actor deals.
func (a *Service) FindTip(ctx context.Context, actor registry.Actor, typed string) (t registry.TipRow, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		id, err := tipNamed(ctx, tx, typed)
		if err != nil {
			return err
		}
		t, _, err = tipFor(ctx, tx, actor, id)
		return err
	})
	return t, err
}

// tipNamed is the tip that a text names.
func tipNamed(ctx context.Context, tx *store.Tx, typed string) (registry.TipID, error) {
	if n := tipNumber(typed); n > 0 {
		t, err := tx.TipByNumber(ctx, n)
		return t.ID, err
	}
	t, err := tipByCode(ctx, tx, typed)
	return t.ID, err
}

// tipNumber reads the number of a tip as people write it; 0 for anything else.
func tipNumber(typed string) int64 {
	text := strings.TrimSpace(typed)
	if len(text) > 2 && strings.EqualFold(text[:2], "pa") {
		text = strings.TrimLeft(text[2:], " -")
	}
	const longest = 8 // a code has more digits
	if len(text) > longest {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
