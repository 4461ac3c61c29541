package booths

import "hoicho/internal/web/view"

// keyHelp is a line of the sheet of keys.
type keyHelp struct{ Key, Text string }

// Keys are the keys of the page of an application.
func (p reviewPage) Keys() []keyHelp {
	lines := keyHelps(p.Base, "j", "review.key.next", "k", "review.key.prev")
	for _, d := range p.Choices {
		lines = append(lines, keyHelp{d.Key, d.Label})
	}
	if len(p.Choices) > 0 {
		lines = append(lines, keyHelps(p.Base, "Ctrl + Enter", "review.key.write")...)
	}
	return append(lines, keyHelps(p.Base, "?", "review.key.sheet")...)
}

// Keys are the keys of the queue.
func (p queuePage) Keys() []keyHelp {
	lines := keyHelps(p.Base, "j, ↓", "review.key.down", "k, ↑", "review.key.up", "x", "review.key.tick", "Enter", "review.key.open")
	for _, b := range p.Batches {
		lines = append(lines, keyHelp{b.Key, p.T("review.key.batch", b.Label)})
	}
	return append(lines, keyHelps(p.Base, "?", "review.key.sheet")...)
}

// keyHelps takes keys, each followed by the key of its text.
func keyHelps(b view.Base, pairs ...string) (lines []keyHelp) {
	for i := 0; i < len(pairs); i += 2 {
		lines = append(lines, keyHelp{pairs[i], b.T(pairs[i+1])})
	}
	return lines
}
