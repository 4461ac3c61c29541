package app

import (
	"maps"
	"sync"
)

// counter counts by key what happened since this process began. The zero value is
// ready to use.
type counter[K comparable] struct {
	mu sync.Mutex
	n  map[K]int64
}

// add counts one more for each key.
func (c *counter[K]) add(keys ...K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[K]int64{}
	}
	for _, key := range keys {
		c.n[key]++
	}
}

// counts returns a copy of the counts.
func (c *counter[K]) counts() map[K]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.n)
}
