package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"hoicho/internal/pass"
	"hoicho/internal/print"
	"hoicho/internal/registry"
)

// passRow measures 200 signed passes as a PDF, symbols included, in this process.
func passRow() (row, error) {
	cards, err := signedCards(200)
	if err != nil {
		return row{}, err
	}
	event := print.Event{Title: "Phiên chợ đưa hàng Việt về Ba Bể", Venue: "Sân vận động xã Ba Bể, Thái Nguyên",
		Days: []registry.EventDay{{Day: "2026-11-22", OpensAt: 8 * 60, ClosesAt: 21 * 60}}}
	began := time.Now()
	if err := print.WritePasses(io.Discard, print.PassSheet{Lang: "vi", Layout: print.A4x8, Event: event, Cards: cards}); err != nil {
		return row{}, err
	}
	took := time.Since(began)
	return row{"200 passes as PDF", fmt.Sprintf("%d ms", took.Milliseconds()), "under 1 s", took < time.Second}, nil
}

func signedCards(n int) ([]print.PassCard, error) {
	master, err := pass.ParseMasterKey(strings.Repeat("5e", 32))
	if err != nil {
		return nil, err
	}
	key, err := pass.NewKey(nil, master, 0)
	if err != nil {
		return nil, err
	}
	key.State = registry.KeyActive
	ring, err := pass.NewSigningRing([]registry.PassKey{key}, master)
	if err != nil {
		return nil, err
	}
	cards := make([]print.PassCard, n)
	for i := range cards {
		p := registry.Pass{EventNumber: 1, Code: pass.NewCode(), Kind: registry.StaffPass, Ordinal: i%4 + 1, OrdinalOf: 4,
			FirstDay: "2026-11-22", Days: 4}
		if p.Proof, p.KeyID, err = ring.Sign(pass.ClaimsOf(&p)); err != nil {
			return nil, err
		}
		cards[i] = print.CardOf(&p, "https://hoicho.vn", "A05", "HTX Tài Hoan")
	}
	return cards, nil
}
