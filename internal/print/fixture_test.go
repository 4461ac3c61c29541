package print

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

var fair = Event{
	Title: "Phiên chợ đưa hàng Việt về Ba Bể",
	Venue: "Sân vận động xã Ba Bể, tỉnh Thái Nguyên",
	Days: []registry.EventDay{
		{Day: "2026-11-22", OpensAt: 420, ClosesAt: 1020}, {Day: "2026-11-23", OpensAt: 420, ClosesAt: 1020},
		{Day: "2026-11-24", OpensAt: 420, ClosesAt: 1020}, {Day: "2026-11-25", OpensAt: 420, ClosesAt: 1020},
	},
}

// testBase has a host of 24 letters, the longest that the symbols are made for.
const testBase = "https://hoicho.thainguyen.gov.vn"

// newRing is a ring with one active key, made for this run.
func newRing(t testing.TB) *pass.KeyRing {
	t.Helper()
	master, err := pass.ParseMasterKey(strings.Repeat("5a", 32))
	if err != nil {
		t.Fatal(err)
	}
	key, err := pass.NewKey(nil, master, 0)
	if err != nil {
		t.Fatal(err)
	}
	key.State = registry.KeyActive
	ring, err := pass.NewSigningRing([]registry.PassKey{key}, master)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// testPasses are n passes of every kind in turn.
func testPasses(t testing.TB, n int) []PassCard {
	t.Helper()
	ring := newRing(t)
	cards := make([]PassCard, n)
	for i := range cards {
		p := registry.Pass{
			Code: pass.NewCode(), Kind: registry.PassKinds[i%5], EventNumber: 17,
			FirstDay: "2026-11-22", Days: 1 + i%4, Test: i%50 == 49,
		}
		booth, vendor := fmt.Sprintf("%c%02d", 'A'+i/100, 1+i/5%20), "HTX Nông nghiệp sạch Tài Hoan"
		switch p.Kind {
		case registry.StaffPass:
			p.Ordinal, p.OrdinalOf = 2, 4
		case registry.VehiclePass:
			p.Label = "97C-012.34"
		case registry.OfficialPass:
			p.Label, booth, vendor = "Sở Công Thương", "", ""
		case registry.VisitorPass:
			booth, vendor = "", ""
		}
		proof, _, err := ring.Sign(pass.ClaimsOf(&p))
		if err != nil {
			t.Fatal(err)
		}
		p.Proof = proof
		cards[i] = CardOf(&p, testBase, booth, vendor)
	}
	return cards
}

func sheetPDF(t testing.TB, sheet PassSheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePasses(&b, sheet); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
