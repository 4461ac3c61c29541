package core

import (
	"maps"
	"sync"
)

// Counter counts by key what happened since this process began. The zero value is
// ready to use.
type Counter[K comparable] struct {
	mu sync.Mutex
	n  map[K]int64
}

// Add counts one more for each key.
func (c *Counter[K]) Add(keys ...K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[K]int64{}
	}
	for _, key := range keys {
		c.n[key]++
	}
}

// Counts returns a copy of the counts.
func (c *Counter[K]) Counts() map[K]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.n)
}
