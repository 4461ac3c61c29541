package registry

// VoucherPass is a voucher (phiếu mua hàng): printed in packs for a village or group and
// spent once at a booth. It opens no gate, so it is none of PassKinds.
const VoucherPass PassKind = "voucher"

// VoucherNumber is the number of a voucher in the token.
const VoucherNumber = 6

// Bounds of a voucher's token: what its bits hold.
const (
	MaxPacks     = 1<<10 - 1 // of one event
	MaxPackSheet = 2_000     // vouchers in a pack: 250 sheets, one file; the token holds 1<<14 - 1
)

// Spend is the way of a voucher at a booth: neither in nor out.
const Spend Direction = "spend"

// Seller is the role of a vendor's phone: it takes the vouchers of one vendor at its
// booths and nothing else.
const Seller DeviceRole = "seller"

// VerdictWrongBooth refuses a voucher at a booth that may not take it.
const VerdictWrongBooth VerdictCode = "wrong_booth"

// PackScope is which booths of an event take the vouchers of a pack.
type PackScope string

// The scopes.
const (
	PackAtAll    PackScope = "all"    // every booth that a vendor has
	PackByGroups PackScope = "groups" // of those, the ones that bring goods of some groups
	PackAtBooths PackScope = "booths" // of those, the ones named
)

// PackScopes lists the scopes in the order shown to people.
var PackScopes = []PackScope{PackAtAll, PackByGroups, PackAtBooths}

// Pack is a pack of vouchers (tập phiếu) of an event, printed for a village or group. It
// names nobody. What is printed on its vouchers never changes.
type Pack struct {
	Event     EventID
	Number    int    // within the event, from 1
	Title     string // the village or group
	ValueDong int64  // of each voucher
	Count     int    // vouchers, with the serials 1 to Count
	FirstDay  string // YYYY-MM-DD
	Days      int
	Scope     PackScope
	Groups    []ProductGroup // of PackByGroups
	Booths    []string       // codes as printed, of PackAtBooths
	Test      bool           // for training: never taken in earnest
	Block     int            // of the codes of its vouchers: a restored server has another one
	State     PassState      // blocked or revoked: none that is unspent is taken
	Reason    string         // why, when it is not valid
	StateAt   int64          // unix ms, 0 as long as nobody changed it
	HandedN   int            // vouchers handed out, as typed
	HandedAt  int64          // unix ms; 0 = not typed yet
	PrintedAt int64          // unix ms; 0 = not printed yet
	MadeBy    AccountID
	MadeAt    int64 // unix ms
	Version   int64
}

// LastDay is the last day its vouchers are good for, YYYY-MM-DD.
func (p *Pack) LastDay() string { return AddDays(p.FirstDay, p.Days-1) }

// Standing says how a pack is on a day: "revoked", "blocked", "over", "unprinted", "not_yet"
// or "valid".
func (p *Pack) Standing(today string) string {
	switch {
	case p.State == PassRevoked:
		return "revoked"
	case p.State == PassBlocked:
		return "blocked"
	case today > p.LastDay():
		return "over"
	case p.PrintedAt == 0:
		return "unprinted"
	case today < p.FirstDay:
		return "not_yet"
	}
	return "valid"
}

// PackTotals is a pack with what became of its vouchers. Printed, that is Count, is the
// sum of Spent, Unspent and Blocked.
type PackTotals struct {
	Pack
	Spent   int // counted once each
	Blocked int // not spent, and blocked one by one or died with their key
	Doubles int // takings beyond the first
	Faulty  int // takings that a rule was against: taken by a phone without a network
	Killed  int // of Blocked: died with their key
}

// Unspent is how many vouchers could still be spent, whatever the state of the pack.
func (t *PackTotals) Unspent() int { return t.Count - t.Spent - t.Blocked }

// SpentDong is what the vouchers spent are worth.
func (t *PackTotals) SpentDong() int64 { return int64(t.Spent) * t.ValueDong }

// Taking is a voucher taken at a booth, as the settlement sees it.
type Taking struct {
	Scan       ScanRef
	Pack       int
	Serial     int
	Code       string
	ValueDong  int64
	Vendor     VendorID // empty: the booth was nobody's
	VendorName string
	Booth      string // code, as the phone said it
	DeviceName string
	At         int64 // corrected time, unix ms
	Nth        int   // 1 = the taking that counts; more: the voucher was taken before; 0: a rule was against it
	Verdict    VerdictCode
}

// VoucherRange is vouchers of a pack by their serials, the ends included.
type VoucherRange struct {
	Event       EventID
	Pack        int
	From, Until int
}

// Counts reports whether the taking is paid: it is the voucher's first, and no rule was
// against it.
func (t *Taking) Counts() bool { return t.Nth == 1 }

// AgainstRule reports whether a rule was against a taking that has happened. That a
// voucher was taken before is told by the order of time and not by what the server said
// when it heard of it.
func (v VerdictCode) AgainstRule() bool { return !v.Admits() && v != VerdictAlreadyUsed }

// PackBooth is a booth that takes vouchers, and whose it is.
type PackBooth struct {
	Code   string
	Vendor VendorID
	Name   string
	Groups []ProductGroup // of the goods that it brings
}

// Takes reports whether a booth takes the vouchers of a pack.
func (p *Pack) Takes(b *PackBooth) bool {
	switch p.Scope {
	case PackByGroups:
		return meet(p.Groups, b.Groups)
	case PackAtBooths:
		return meet(p.Booths, []string{b.Code})
	}
	return true
}

func meet[T comparable](a, b []T) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
