package registry

import "testing"

func TestStampsOfOneClock(t *testing.T) {
	t.Parallel()
	c := PhoneClock{Base: 100_000}
	claims(t, map[string]bool{
		"both clocks counted the same":      c.Made(160_000, 60_000),
		"a second apart is still the clock": c.Made(161_000, 60_000) && c.Made(159_000, 60_000),
		"set forward by more it is another": !c.Made(161_001, 60_000),
		"set back by more it is another":    !c.Made(158_999, 60_000),
	})
}
