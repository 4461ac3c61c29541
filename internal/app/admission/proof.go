package admission

import (
	"crypto/sha256"
	"sync"

	"hoicho/internal/gate"
)

// maxProofs bounds the proofs that are remembered of an event.
const maxProofs = 50_000

// proofs are the symbols whose proof was found good with the keys of a desk: a pass
// comes many times, and checking its proof is the dearest part of a scan. A desk
// with other keys starts anew.
type proofs struct {
	mu   sync.RWMutex
	good map[[sha256.Size]byte]gate.Reading // by the whole text
}

func newProofs() *proofs { return &proofs{good: map[[sha256.Size]byte]gate.Reading{}} }

// read reads the text of a scan with the desk's keys.
func (d *gateDesk) read(scan gate.Scan) gate.Reading {
	if scan.QR == "" {
		return d.register.Keys.Read(scan)
	}
	text := sha256.Sum256([]byte(scan.QR))
	d.proofs.mu.RLock()
	read, known := d.proofs.good[text]
	d.proofs.mu.RUnlock()
	if known {
		return read
	}
	if read = d.register.Keys.Read(scan); read.Proven() {
		d.proofs.keep(text, read)
	}
	return read
}

func (p *proofs) keep(text [sha256.Size]byte, read gate.Reading) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.good) >= maxProofs {
		clear(p.good)
	}
	p.good[text] = read
}
