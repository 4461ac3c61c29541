package registry

import (
	"slices"
	"strconv"
	"strings"
)

// VendorKind is the legal shape of a vendor.
type VendorKind string

// The kinds of vendor. A co-operative group has no tax code of its own.
const (
	Enterprise  VendorKind = "enterprise"
	Cooperative VendorKind = "cooperative"
	CoopGroup   VendorKind = "coop_group"
	Household   VendorKind = "household"
	Producer    VendorKind = "producer"
	Agency      VendorKind = "agency" // a body or district with a booth of its own
)

// VendorKinds lists the kinds in the order shown to people.
var VendorKinds = []VendorKind{Household, Cooperative, CoopGroup, Enterprise, Producer, Agency}

// Valid reports whether k is a known kind.
func (k VendorKind) Valid() bool { return slices.Contains(VendorKinds, k) }

// VendorState says whether a vendor takes part.
type VendorState string

// The states of a vendor.
const (
	VendorNew     VendorState = "new" // registered itself: may apply; no officer has seen it, hidden from the public
	VendorActive  VendorState = "active"
	VendorBlocked VendorState = "blocked" // may not apply; hidden from the public
)

// Public reports whether visitors see a vendor in this state.
func (s VendorState) Public() bool { return s == VendorActive }

// TaxCode is a tax code as stored: digits, a branch with its dash. Twelve digits
// are the personal number of an individual or a household (TT 90/2026/TT-BTC):
// whichever way such a code is printed, logged or marshalled, only its last three
// digits come out. Only the store converts it to a plain string.
type TaxCode string

// Personal reports whether the code is a personal number.
func (t TaxCode) Personal() bool { return len(t) == 12 && strings.Trim(string(t), "0123456789") == "" }

// String is the code as it may be shown to the office and to members.
func (t TaxCode) String() string {
	if t.Personal() {
		return strings.Repeat("*", 9) + string(t[9:])
	}
	return string(t)
}

// GoString keeps %#v from printing what String hides.
func (t TaxCode) GoString() string { return strconv.Quote(t.String()) }

// MarshalText keeps JSON, the audit log and structured logs from holding what
// String hides.
func (t TaxCode) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Public is the code as the public may see it: nothing of a personal number.
func (t TaxCode) Public() string {
	if t.Personal() {
		return ""
	}
	return string(t)
}

// Vendor is whoever sells at a booth (cơ sở, doanh nghiệp).
type Vendor struct {
	ID             VendorID
	Slug           string
	Kind           VendorKind
	State          VendorState
	StateReason    string // why it is blocked; told to its members
	Name           string
	TaxCode        TaxCode // optional
	Representative string  // optional; personal data, office and members only
	Phone          string  // 0xxxxxxxxx; office and members only unless PhonePublic
	PhonePublic    bool
	Email          string // office and members only
	Area           AreaRef
	Village        string // thôn, bản, tổ; free text
	About          string
	Logo           FileID
	CreatedBy      AccountID
	CreatedAt      int64
	UpdatedAt      int64
	Version        int64
}

// MaskedPhone is the phone as those see it who may not see what is personal: its last
// three digits, all of it where the vendor has made it public.
func (v *Vendor) MaskedPhone() string {
	n := len(v.Phone)
	if n <= 3 || v.PhonePublic {
		return v.Phone
	}
	return strings.Repeat("*", n-3) + v.Phone[n-3:]
}

// VendorMember is a person who acts for a vendor, with what the other members see
// of them.
type VendorMember struct {
	Account AccountID
	Name    string
	Phone   string
	Email   string
	Lang    string
	Role    MemberRole
	AddedAt int64
}

// JoinCode lets whoever types it in join a vendor, once. Only its hash is stored.
type JoinCode struct {
	Hash      string
	Vendor    VendorID
	Role      MemberRole
	IssuedBy  AccountID
	CreatedAt int64
	ExpiresAt int64
}

// Stop is an event at which a vendor will be, as the public sees it.
type Stop struct {
	Event    EventID
	Slug     string
	Title    string
	State    EventState
	OpensOn  string
	ClosesOn string
	Area     AreaRef
	Venue    string
	Booths   []string // codes, in order
	SelfPick bool     // the vendor may pick its booth
	App      ApplicationID
}
