package registry

import (
	"reflect"
	"slices"
	"time"
)

// PassKind is what a pass (thẻ) is for, and so what it does at a gate.
type PassKind string

// The kinds of pass.
const (
	BoothPass    PassKind = "booth"    // thẻ gian hàng: hangs at the booth, never enters
	StaffPass    PassKind = "staff"    // thẻ nhân viên of a booth
	VehiclePass  PassKind = "vehicle"  // thẻ xe: load-in and load-out
	OfficialPass PassKind = "official" // thẻ ban tổ chức: organisers, inspectors, guests of honour
	VisitorPass  PassKind = "visitor"  // giấy mời
)

// CodeBlocks is how many blocks of pass codes there are. A database gives new codes
// in one of them.
const CodeBlocks = 100

// PassKinds lists the kinds in the order shown to people. A kind's place,
// counted from 1, is its number in the token and never changes.
var PassKinds = []PassKind{BoothPass, StaffPass, VehiclePass, OfficialPass, VisitorPass}

// Number is the kind's number in the token, 1 to 6; 0 for what is no kind.
func (k PassKind) Number() int {
	if k == VoucherPass {
		return VoucherNumber
	}
	return slices.Index(PassKinds, k) + 1
}

// PassKindByNumber gives the kind with a token's number; ok is false where there
// is none.
func PassKindByNumber(n int) (kind PassKind, ok bool) {
	if n == VoucherNumber {
		return VoucherPass, true
	}
	if n < 1 || n > len(PassKinds) {
		return "", false
	}
	return PassKinds[n-1], true
}

// Enters reports whether the kind goes in and out, so that a scan of it is an
// entry or an exit and not only a check.
func (k PassKind) Enters() bool { return k != BoothPass && k != VoucherPass && k.Number() > 0 }

// PassState is a step of a pass. Expiry is no state: it follows from the days.
type PassState string

// The states.
const (
	PassValid   PassState = "valid"
	PassBlocked PassState = "blocked" // can be valid again
	PassRevoked PassState = "revoked" // final; a re-issue revokes what it replaces
)

// passEdges says which step may follow which.
var passEdges = map[PassState][]PassState{
	PassValid:   {PassBlocked, PassRevoked},
	PassBlocked: {PassValid, PassRevoked},
}

// CanBecome reports whether a pass in state s may step to next.
func (s PassState) CanBecome(next PassState) bool { return slices.Contains(passEdges[s], next) }

// Pass is a printed pass. It is known by its code; the proof only shows that we
// issued it, and the same pass may be proved by other digits.
type Pass struct {
	ID          PassID
	Event       EventID
	EventNumber uint32
	Code        string // 12 digits, the last one checks the others
	Kind        PassKind
	Booth       BoothID       // empty for passes of no booth
	Vendor      VendorID      // empty for official and visitor passes
	Application ApplicationID // what the pass was issued for, if anything
	Label       string        // printed beside the kind: booth code, number plate, body
	Ordinal     int           // 2 in "nhân viên 2/4"; 0 = not numbered; of a voucher its serial
	OrdinalOf   int           // 4 in "nhân viên 2/4"
	Pack        int           // of a voucher: the number of its pack in the event
	FirstDay    string        // YYYY-MM-DD
	Days        int           // 1 to 255, counted from FirstDay
	Test        bool          // for training; never opens a live gate
	KeyID       int           // which key signed the proof
	Proof       string        // 176 digits
	State       PassState
	StateReason string
	ReplacedBy  PassID // the re-issue that revoked this one
	Bearer      PassID // the first of the passes that replaced one another: scans go by it
	IssuedBy    AccountID
	IssuedAt    int64 // unix ms
	BlockedAt   int64 // 0 unless blocked
	RevokedAt   int64 // 0 unless revoked
	Version     int64
}

// LastDay is the last day the pass is good for, YYYY-MM-DD.
func (p *Pass) LastDay() string { return AddDays(p.FirstDay, p.Days-1) }

// ExpiredOn reports whether the pass's last day is over on a day, YYYY-MM-DD.
func (p *Pass) ExpiredOn(day string) bool { return day > p.LastDay() }

// KeyKilled is the state reason of passes that were revoked with the key that
// signed them.
const KeyKilled = "key_killed"

// PassHeld is the state reason of booth passes that are blocked because their booth may not
// open yet: a check before opening is missing, or found something that holds it.
const PassHeld = "held"

// Replaceable reports whether another pass may be issued in the place of this one
// when its bearer goes on: it is in force or blocked, or it died with its key.
func (p *Pass) Replaceable() bool {
	return p.ReplacedBy == "" && (p.State != PassRevoked || p.Killed())
}

// Killed reports whether the pass died with its key, and nothing was issued in its place.
func (p *Pass) Killed() bool {
	return p.State == PassRevoked && p.StateReason == KeyKilled && p.ReplacedBy == ""
}

// AddDays moves a date, YYYY-MM-DD, by n days. What is not a date comes back
// empty.
func AddDays(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}

// DaysBetween counts the days from one date to another, YYYY-MM-DD; 0 where one of
// them is no date.
func DaysBetween(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours()) / 24
}

// PassKeyState is a step in the life of a signing key.
type PassKeyState string

// The states. A key is handed to the gates as next before it signs, so that no
// gate meets a pass whose key it has not heard of.
const (
	KeyNext       PassKeyState = "next"        // known to the gates, does not sign yet
	KeyActive     PassKeyState = "active"      // signs; one at a time
	KeyVerifyOnly PassKeyState = "verify_only" // its passes stay good
	KeyDead       PassKeyState = "dead"        // its passes are refused; final
)

// PassKeyStates lists the states in the order of life.
var PassKeyStates = []PassKeyState{KeyNext, KeyActive, KeyVerifyOnly, KeyDead}

// keyEdges says which step may follow which.
var keyEdges = map[PassKeyState][]PassKeyState{
	KeyNext:       {KeyActive, KeyDead},
	KeyActive:     {KeyVerifyOnly, KeyDead},
	KeyVerifyOnly: {KeyDead},
}

// CanBecome reports whether a key in state s may step to next.
func (s PassKeyState) CanBecome(next PassKeyState) bool { return slices.Contains(keyEdges[s], next) }

// Verifies reports whether passes signed with a key in this state are genuine.
func (s PassKeyState) Verifies() bool {
	return s == KeyNext || s == KeyActive || s == KeyVerifyOnly
}

// MaxPassKeys is how many signing keys there can be at once: the token has four bits
// for the number of the key and 0 is not used.
const MaxPassKeys = 15

// PassKey is a key that signs passes (ECDSA P-256).
type PassKey struct {
	ID          int // from 1 on; no two keys ever have the same
	State       PassKeyState
	Public      []byte // uncompressed point, 65 bytes
	Sealed      []byte // private key, sealed with the master key
	CreatedAt   int64  // unix ms
	ActivatedAt int64
	RetiredAt   int64 // when it became verify_only
	KilledAt    int64
}

// Number is the key's number in the token, 1 to MaxPassKeys. A number is given to
// another key once the one that has it is dead: its passes died with it, and the dead
// key stays known, so that they are told from forged ones.
func (k *PassKey) Number() int { return (k.ID-1)%MaxPassKeys + 1 }

// FreePassKeyID is the id of the next key among those that there are, dead ones too:
// one with a number that no key ever had, else with that of the key that died first;
// 0 when all numbers are in use.
func FreePassKeyID(keys []PassKey) int {
	newest := map[int]*PassKey{}
	for i := range keys {
		k := &keys[i]
		if had := newest[k.Number()]; had == nil || had.ID < k.ID {
			newest[k.Number()] = k
		}
	}
	var first *PassKey // to die
	for number := 1; number <= MaxPassKeys; number++ {
		k := newest[number]
		if k == nil {
			return number
		}
		if k.State == KeyDead && (first == nil || k.KilledAt < first.KilledAt) {
			first = k
		}
	}
	if first == nil {
		return 0
	}
	return first.ID + MaxPassKeys
}

// PassRow is a pass with the names that stand on it.
type PassRow struct {
	Pass
	BoothCode  string
	VendorName string
	HeirCode   string // of the pass that took its place
	PrintedAt  int64  // unix ms, when the office last put it on paper; 0 = not yet
}

// FoundPass is a pass with the event that it is for, as a search finds it.
type FoundPass struct {
	PassRow
	EventTitle string
}

// PassFilter narrows a list of passes. Empty fields do not.
type PassFilter struct {
	Event     EventID
	Vendor    VendorID
	Booth     BoothID
	Kind      PassKind
	State     PassState
	Stall     BoothID  // of a booth, and the vehicles of who has it where it is the first of its booths
	Passes    []PassID // these
	Text      string   // part of a code, a label, a booth's code or a vendor's name; four digits end the code
	Live      bool     // in force or blocked
	Unprinted bool     // not put on paper by the office yet
	Killed    bool     // died with its key, and nothing was issued in its place
	After     PassID
	Limit     int // 0 = all
	Pack      int // vouchers of this pack; 0 leaves all vouchers out
}

// Whole reports whether the filter leaves all passes of an event that are in force or blocked.
func (f PassFilter) Whole() bool {
	return reflect.DeepEqual(f, PassFilter{Event: f.Event, Live: true})
}
