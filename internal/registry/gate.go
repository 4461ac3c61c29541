package registry

import (
	"cmp"
	"slices"
	"strings"
)

// Gate is a gate (cổng) of an event. Gates are numbered from 1 within the event.
type Gate struct {
	Event  EventID
	Number int
	Name   string     // "Cổng A"
	Code   string     // digits in the poster's address, /c/<code>
	Kinds  []PassKind // the kinds let through; empty = every kind
}

// Admits reports whether a kind of pass may use the gate.
func (g *Gate) Admits(kind PassKind) bool {
	return len(g.Kinds) == 0 || slices.Contains(g.Kinds, kind)
}

// DeviceRole is what the person with a gate phone may do.
type DeviceRole string

// The roles.
const (
	Steward    DeviceRole = "steward"
	Supervisor DeviceRole = "supervisor" // may force an entry and void any scan
	// Relay (trạm chuyển tiếp) is a laptop at the site: phones pair with it over its
	// own network, and it hands on what they did.
	Relay DeviceRole = "relay"
)

// LifeMS is how long after its event's end a device may still send: a relay may
// meet a network only after it has been carried home.
func (r DeviceRole) LifeMS() int64 {
	if r == Relay {
		return 7 * 24 * HourMS
	}
	return 12 * HourMS
}

// DeviceState is a step of a paired phone.
type DeviceState string

// The states.
const (
	DeviceActive  DeviceState = "active"
	DeviceRevoked DeviceState = "revoked" // final; the phone wipes what it holds
)

// Device is a gate phone, or a relay, bound to an event and some of its gates.
type Device struct {
	ID               DeviceID
	Event            EventID
	Relay            DeviceID // the relay that the phone is paired with; empty: this server
	Waiting          int      // of a relay: rows that it has not handed on yet, as it said last
	Name             string   // told by the steward at pairing, or proposed
	Role             DeviceRole
	Gates            []int
	Vendor           VendorID // of a seller; its booths are those that the vendor has now
	State            DeviceState
	TokenHash        string // of the bearer token; the token itself is not kept
	PairedAt         int64  // unix ms
	ExpiresAt        int64  // 12 h after the event's end; a relay's is a week
	RevokedAt        int64
	LastSeenAt       int64
	AckedSeq         int64 // scans up to here are durable
	BackedUpSeq      int64 // scans up to here are in a verified backup
	CountAckedSeq    int64 // the same for the clicker, which counts apart
	CountBackedUpSeq int64
}

// NextDeviceName names a phone by its gate and the first letter that no phone of the
// event has had there: "Cổng A · A", "Cổng A · B". What was said of a phone that is
// out now is never said of another one.
func NextDeviceName(gate string, known []Device) string {
	for n := 0; ; n++ {
		name := gate + " · " + letterNumber(n)
		if !slices.ContainsFunc(known, func(d Device) bool { return d.Name == name }) {
			return name
		}
	}
}

// letterNumber counts in letters: A to Z, then AA, AB.
func letterNumber(n int) string {
	letter := string(rune('A' + n%26))
	if n < 26 {
		return letter
	}
	return letterNumber(n/26-1) + letter
}

// PaperToken begins what stands in the place of a token's hash of the device that
// holds an event's ticked lists. No token has such a hash, so no phone can be it.
const PaperToken = "paper:"

// Paper reports whether the device is no phone, but the lists that were ticked at
// the event's gates and typed in.
func (d *Device) Paper() bool { return strings.HasPrefix(d.TokenHash, PaperToken) }

// contactMS is how long a phone may be silent before it counts as out of contact.
const contactMS = 5 * 60 * 1000

// OutOfContact reports whether a phone that may call has not called for five
// minutes, by LastSeenAt. now is unix ms.
func (d *Device) OutOfContact(now int64) bool {
	return d.State == DeviceActive && now < d.ExpiresAt && now-d.LastSeenAt >= contactMS
}

// Standing says how a phone is at a moment, by LastSeenAt: "revoked", "over", "silent" or
// "online". now is unix ms.
func (d *Device) Standing(now int64) string {
	switch {
	case d.State == DeviceRevoked:
		return "revoked"
	case now >= d.ExpiresAt:
		return "over"
	case d.OutOfContact(now):
		return "silent"
	}
	return "online"
}

// PairToken lets one phone pair with an event, once.
type PairToken struct {
	Hash      string // of the token; the token itself is only in the QR
	Event     EventID
	Gates     []int
	Vendor    VendorID // of a seller
	Role      DeviceRole
	CreatedBy AccountID
	CreatedAt int64 // unix ms
	ExpiresAt int64
	SpentAt   int64 // 0 = not spent
	Device    DeviceID
}

// Direction is the way through a gate.
type Direction string

// The directions.
const (
	In  Direction = "in"
	Out Direction = "out"
)

// ScanMode says whether the phone had the server's answer when it let in or
// refused.
type ScanMode string

// The modes.
const (
	Online  ScanMode = "online"
	Offline ScanMode = "offline"
	Paper   ScanMode = "paper" // ticked on a gate list and typed in afterwards; no phone sends it
)

// VerdictGroup is what the steward does about a verdict.
type VerdictGroup string

// The groups.
const (
	Admit  VerdictGroup = "admit"
	Refuse VerdictGroup = "refuse"
	Ask    VerdictGroup = "ask" // neither: somebody has to look
)

// VerdictCode is the answer to a scan.
type VerdictCode string

// The verdicts.
const (
	VerdictOK      VerdictCode = "ok"
	VerdictOKAgain VerdictCode = "ok_again" // re-entry
	VerdictExitOK  VerdictCode = "exit_ok"
	VerdictChecked VerdictCode = "checked" // a booth pass is genuine and in force

	VerdictAlreadyUsed     VerdictCode = "already_used"
	VerdictAlreadyInside   VerdictCode = "already_inside"
	VerdictTooManyInside   VerdictCode = "too_many_inside"
	VerdictNotYet          VerdictCode = "not_yet"
	VerdictExpired         VerdictCode = "expired"
	VerdictWrongHours      VerdictCode = "wrong_hours"
	VerdictWrongEvent      VerdictCode = "wrong_event"
	VerdictWrongGate       VerdictCode = "wrong_gate"
	VerdictRevoked         VerdictCode = "revoked"
	VerdictBlocked         VerdictCode = "blocked"
	VerdictEventStopped    VerdictCode = "event_stopped"
	VerdictForged          VerdictCode = "forged"
	VerdictMalformed       VerdictCode = "malformed"
	VerdictTestPass        VerdictCode = "test_pass"
	VerdictUnknown         VerdictCode = "unknown" // genuine by its proof or typed, but not on the list
	VerdictNeedsSupervisor VerdictCode = "needs_supervisor"
)

// verdictGroups holds every verdict, so that one without a group is no verdict.
var verdictGroups = map[VerdictCode]VerdictGroup{
	VerdictOK: Admit, VerdictOKAgain: Admit, VerdictExitOK: Admit, VerdictChecked: Admit,
	VerdictAlreadyUsed: Refuse, VerdictAlreadyInside: Refuse, VerdictTooManyInside: Refuse,
	VerdictNotYet: Refuse, VerdictExpired: Refuse, VerdictWrongHours: Refuse,
	VerdictWrongEvent: Refuse, VerdictWrongGate: Refuse, VerdictRevoked: Refuse,
	VerdictBlocked: Refuse, VerdictEventStopped: Refuse, VerdictForged: Refuse,
	VerdictMalformed: Refuse, VerdictTestPass: Refuse, VerdictWrongBooth: Refuse,
	VerdictUnknown: Ask, VerdictNeedsSupervisor: Ask,
}

// VerdictCodes lists every verdict: admitting, refusing, asking.
var VerdictCodes = []VerdictCode{
	VerdictOK, VerdictOKAgain, VerdictExitOK, VerdictChecked,
	VerdictAlreadyUsed, VerdictAlreadyInside, VerdictTooManyInside, VerdictNotYet, VerdictExpired,
	VerdictWrongHours, VerdictWrongEvent, VerdictWrongGate, VerdictRevoked, VerdictBlocked,
	VerdictEventStopped, VerdictForged, VerdictMalformed, VerdictTestPass, VerdictWrongBooth,
	VerdictUnknown, VerdictNeedsSupervisor,
}

// Group is what the steward does; empty for what is no verdict.
func (c VerdictCode) Group() VerdictGroup { return verdictGroups[c] }

// Admits reports whether the gate opens.
func (c VerdictCode) Admits() bool { return c.Group() == Admit }

// ScanID names a scan. The phone makes it, so that an upload can be repeated.
type ScanID string

// Scan is one scan as it is kept: what the phone saw and said, and what the
// server says. It is never changed; a void is a scan of its own.
type Scan struct {
	ID            ScanID
	Device        DeviceID
	Event         EventID
	Pass          PassID // the bearer's; empty for what is not on the list
	Code          string // 12 digits, or empty for what could not be read
	Direction     Direction
	Gate          int      // 0 for a voucher at a booth
	Booth         string   // code of the booth that took a voucher, as the phone said
	Vendor        VendorID // who had that booth when the server heard of it; of a seller's phone its vendor
	Boot          string   // one start of the phone's app: MonoMS counts from it
	Seq           int64    // counted by the phone, without gaps, over all its starts
	At            int64    // unix ms by the phone's clock
	CorrectedAt   int64    // unix ms by the server's clock
	MonoMS        int64    // the phone's monotonic clock
	ReceivedAt    int64
	Mode          ScanMode
	Training      bool        // counts nowhere
	DeviceVerdict VerdictCode // offline its own; online the answer it had got before a restore, else empty
	RelayVerdict  VerdictCode // what a relay answered the phone; empty for a phone of this server
	Verdict       VerdictCode // the server's
	Kept          string      // what the answer said beyond the verdict and the names of the pass; see gate.ScanResult.Keep
	ForcedBy      string      // supervisor who let in all the same
	VoidOf        ScanID      // the scan that this one takes back
	VoidReason    string
	Day           string // gate day, YYYY-MM-DD
	Moves         bool   // counts for the place of its pass and in the figures
}

// Movement is the scan as far as the place of its pass goes.
func (s *Scan) Movement() Movement {
	return Movement{Scan: s.ID, Device: s.Device, Seq: s.Seq, Direction: s.Direction, Gate: s.Gate, Booth: s.Booth,
		Day: s.Day, At: s.At, CorrectedAt: s.CorrectedAt, Paper: s.Mode == Paper}
}

// CompareScans orders scans as they happened.
func CompareScans(a, b *Scan) int {
	return cmp.Or(cmp.Compare(a.CorrectedAt, b.CorrectedAt), strings.Compare(string(a.Device), string(b.Device)), cmp.Compare(a.Seq, b.Seq),
		strings.Compare(string(a.ID), string(b.ID)))
}

// Admitted reports whether the person went through the gate: offline it was the
// phone that decided, on paper the steward, behind a relay the relay, and before a
// restore the server of then, whatever the server says now.
func (s *Scan) Admitted() bool {
	switch {
	case s.ForcedBy != "":
		return true
	case s.DeviceVerdict != "":
		return s.DeviceVerdict.Admits()
	case s.RelayVerdict != "":
		return s.RelayVerdict.Admits()
	}
	return s.Verdict.Admits()
}

// CountMethod is how visits were counted. The visits figure always says it.
type CountMethod string

// The methods.
const (
	CountScan      CountMethod = "scan"      // a visitor pass at a gate
	CountTap       CountMethod = "tap"       // "Tôi đã đến" on the visitor's own phone
	CountClicker   CountMethod = "clicker"   // a steward's clicker
	CountPaper     CountMethod = "paper"     // tally sheet, typed in afterwards
	CountEstimated CountMethod = "estimated" // nobody counted
)

// CountMethods lists the methods from the surest to the least sure.
var CountMethods = []CountMethod{CountScan, CountTap, CountClicker, CountPaper, CountEstimated}

// VisitorRule is how often a visitor pass enters.
type VisitorRule string

// The rules.
const (
	VisitorOnce  VisitorRule = "once"
	VisitorDaily VisitorRule = "daily" // once on each of its days
)

// TimeWindow is a stretch of time: FromAt belongs to it, UntilAt does not.
type TimeWindow struct {
	FromAt  int64 `json:"from_at"` // unix ms
	UntilAt int64 `json:"until_at"`
}

// Holds reports whether an instant lies in the window.
func (w TimeWindow) Holds(at int64) bool { return w.FromAt <= at && at < w.UntilAt }

// GatePolicy is what an event may change about its gates.
type GatePolicy struct {
	MaxInside       int          `json:"max_inside"`         // staff of one booth inside at once; 0 = no limit
	SetupMinutes    int          `json:"setup_minutes"`      // staff may come that long before opening and stay after closing
	LoadWindows     []TimeWindow `json:"load_windows"`       // vehicles; empty = the set-up time before opening and after closing
	VisitorRule     VisitorRule  `json:"visitor_rule"`       // how often a visitor pass enters
	TypedSupervised bool         `json:"typed_supervised"`   // a code typed by hand needs a supervisor
	Capacity        int          `json:"capacity,omitempty"` // people inside at once; 0 = what the event says
}

// DefaultGatePolicy is the policy of an event that has set none.
func DefaultGatePolicy() GatePolicy {
	return GatePolicy{MaxInside: 4, SetupMinutes: 120, LoadWindows: []TimeWindow{}, VisitorRule: VisitorOnce}
}

// GateSettings is what an event has set about its gates.
type GateSettings struct {
	Policy  GatePolicy
	Pin     *PinCheck // nil = no supervisor's PIN
	Version int64     // 0 = nothing was ever set
}

// PinCheck lets a phone check the supervisor's PIN with no network, without
// holding it: PBKDF2 with SHA-256. It keeps a curious steward out, not somebody
// who takes the phone apart.
type PinCheck struct {
	Salt   []byte `json:"salt"`
	Hash   []byte `json:"hash"` // 32 bytes
	Rounds int    `json:"rounds"`
}

// Check gives the faults of a policy, each at its form field.
func (p *GatePolicy) Check() (faults Faults) {
	faults.Check(p.MaxInside >= 0 && p.MaxInside <= 99, "max_inside", "error.gate.max_inside", 99)
	faults.Check(p.SetupMinutes >= 0 && p.SetupMinutes <= 720, "setup_minutes", "error.gate.setup_minutes", 720)
	faults.Check(p.Capacity >= 0 && p.Capacity <= 1_000_000, "capacity", "error.gate.capacity", 1_000_000)
	faults.Check(p.VisitorRule == VisitorOnce || p.VisitorRule == VisitorDaily, "visitor_rule", "error.choose")
	for _, w := range p.LoadWindows {
		faults.Check(w.FromAt < w.UntilAt, "load_windows", "error.gate.load_window")
	}
	return faults
}
