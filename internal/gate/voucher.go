package gate

import (
	"slices"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// maxNamedBooths is how many booths a verdict names of those that take a voucher.
const maxNamedBooths = 12

// Vouchers is what a phone has to know to take vouchers: an unspent one is on no list,
// its proof and its pack say what it is worth.
type Vouchers struct {
	Packs  []Pack  `json:"packs"`
	Booths []Booth `json:"booths"` // that take vouchers; those of its vendor alone on a seller's phone
}

// Pack is a pack of vouchers as a phone sees it. Nothing in it is personal.
type Pack struct {
	Number   int                `json:"number"` // in the event
	Title    string             `json:"title"`  // village or group
	Value    int64              `json:"value"`  // đồng, of each voucher
	Count    int                `json:"count"`  // serials 1 to Count
	Block    int                `json:"block"`  // of its codes
	FirstDay string             `json:"first_day"`
	Days     int                `json:"days"`
	State    registry.PassState `json:"state"`
	Test     bool               `json:"test,omitempty"`
	Only     bool               `json:"only,omitempty"`   // Booths alone take it, else all
	Booths   []string           `json:"booths,omitempty"` // codes
}

// Booth is a booth that takes vouchers.
type Booth struct {
	Code   string `json:"code"`
	Vendor string `json:"vendor"`
}

// voucherBook is for a voucher at a booth.
var voucherBook = rulebook{
	[]rule{
		(*decision).state, (*decision).packState, (*decision).eventStopped, (*decision).booth, (*decision).typed,
		(*decision).clock, (*decision).notYet, (*decision).expired, (*decision).alreadyUsed,
	},
	func(d *decision) *Verdict { return d.say(registry.VerdictOK) },
}

// misplaced stops a voucher at a gate and a pass at a booth.
func (d *decision) misplaced() *Verdict {
	voucher, spends := d.pass.Kind == registry.VoucherPass, d.scan.Direction == registry.Spend
	switch {
	case voucher && !spends:
		return d.because(registry.VerdictWrongGate, ReasonAtBooth)
	case !voucher && spends:
		return d.because(registry.VerdictWrongGate, ReasonNotVoucher)
	}
	return nil
}

// packState stops the vouchers of a pack that was blocked or called in.
func (d *decision) packState() *Verdict {
	pack := d.pack(d.pass.Pack)
	switch {
	case pack == nil || pack.State == registry.PassValid:
		return nil
	case pack.State == registry.PassBlocked:
		return d.say(registry.VerdictBlocked)
	}
	return d.say(registry.VerdictRevoked)
}

// booth stops a voucher at a booth that may not take it.
func (d *decision) booth() *Verdict {
	takes := d.takers()
	if slices.Contains(takes, d.scan.Booth) {
		return nil
	}
	v := d.say(registry.VerdictWrongBooth)
	if pack := d.pack(d.pass.Pack); pack != nil && pack.Only {
		v.Detail.Booths = slices.Clone(pack.Booths[:min(len(pack.Booths), maxNamedBooths)])
	}
	return v
}

// takers are the booths of the list that take the voucher.
func (d *decision) takers() (codes []string) {
	pack := d.pack(d.pass.Pack)
	if d.Vouchers == nil || pack == nil {
		return nil
	}
	for _, b := range d.Vouchers.Booths {
		if !pack.Only || slices.Contains(pack.Booths, b.Code) {
			codes = append(codes, b.Code)
		}
	}
	return codes
}

// pack finds a pack of the list by its number; nil when there is none.
func (s *Snapshot) pack(number int) *Pack {
	if s.Vouchers == nil {
		return nil
	}
	i := slices.IndexFunc(s.Vouchers.Packs, func(p Pack) bool { return p.Number == number })
	if i < 0 {
		return nil
	}
	return &s.Vouchers.Packs[i]
}

// findVoucher finds a voucher that is not on the list: one that is neither spent nor
// blocked needs no place on it. The register has all of them. A server that was restored
// may have given the number of a pack anew, with codes of another block.
func (s *Snapshot) findVoucher(c pass.Claims, now int64) (*Pass, *Verdict) {
	pack := s.pack(c.Pack)
	if s.TakenAt == 0 || pack == nil || pack.Test != c.Test || c.Serial > pack.Count || pass.Block(c.Code) != pack.Block {
		return nil, s.unknown(ReasonNotListed, Detail{Kind: c.Kind}, now)
	}
	return &Pass{Code: c.Code, Kind: c.Kind, State: registry.PassValid, Pack: c.Pack, Serial: c.Serial, FirstDay: pack.FirstDay, Days: pack.Days}, nil
}

// about is what a verdict shows of a pass.
func (s *Snapshot) about(p *Pass) Detail {
	detail := seen(p)
	if p.Kind != registry.VoucherPass {
		return detail
	}
	detail.Pack, detail.Serial = p.Pack, p.Serial
	if pack := s.pack(p.Pack); pack != nil {
		detail.Title, detail.Value = pack.Title, pack.Value
	}
	return detail
}

// layVouchers is Lay for the packs: an answer with changes alone says nothing of them
// where they are as before, and what was called in stays so.
func layVouchers(held, answer *Snapshot) *Vouchers {
	if answer.Vouchers == nil {
		if answer.Partial {
			return held.Vouchers
		}
		return nil
	}
	laid := *answer.Vouchers
	laid.Packs = slices.Clone(laid.Packs)
	for i := range laid.Packs {
		p := &laid.Packs[i]
		if before := held.pack(p.Number); before != nil && before.Block == p.Block && before.State == registry.PassRevoked {
			p.State = registry.PassRevoked
		}
	}
	return &laid
}
