package known

import (
	"crypto/sha256"
	"sync"

	"hoicho/internal/gate"
)

// maxProofs bounds the proofs that are remembered of an event.
const maxProofs = 50_000

// Proofs are the symbols whose proof was found good with the keys of an event: a pass
// comes many times, and checking its proof is the dearest part of a scan. Other keys need
// other Proofs. The zero value knows none.
type Proofs struct {
	mu   sync.RWMutex
	good map[[sha256.Size]byte]gate.Reading // by the whole text
}

// Read is what keys read in a scan.
func (p *Proofs) Read(keys gate.Keys, scan gate.Scan) gate.Reading {
	if scan.QR == "" {
		return keys.Read(scan)
	}
	text := sha256.Sum256([]byte(scan.QR))
	p.mu.RLock()
	read, known := p.good[text]
	p.mu.RUnlock()
	if known {
		return read
	}
	if read = keys.Read(scan); read.Proven() {
		p.keep(text, read)
	}
	return read
}

func (p *Proofs) keep(text [sha256.Size]byte, read gate.Reading) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.good == nil || len(p.good) >= maxProofs {
		p.good = map[[sha256.Size]byte]gate.Reading{}
	}
	p.good[text] = read
}
