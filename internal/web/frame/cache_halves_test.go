package frame

import (
	"strconv"
	"testing"
)

// TestPagesInUseOutliveTheOthers: a page that is asked for again and again stays however many
// others come, those that nobody asks for go, and the room is bounded.
func TestPagesInUseOutliveTheOthers(t *testing.T) {
	cache, used := newPageCache(), &cachedPage{room: 10_000}
	cache.put("used", used)
	for i := range 3 * cacheBytes / 10_000 {
		cache.put(strconv.Itoa(i), &cachedPage{room: 10_000})
		if i%1000 == 0 && cache.get("used") != used {
			t.Fatalf("the page in use is gone after %d others", i)
		}
		if room := 10_000 * (len(cache.pages) + len(cache.older)); room > cacheBytes+30_000 {
			t.Fatalf("%d bytes are kept after %d pages", room, i)
		}
	}
	if cache.get("0") != nil {
		t.Error("the first page, which nobody has asked for, is still kept")
	}
}
