package gate

import (
	"slices"
	"unicode/utf8"

	"hoicho/internal/registry"
)

// RelayList is what a relay has to know of its event to be the server of its
// phones: no personal data and no private key. It answers GET /api/v1/gate/relay.
type RelayList struct {
	Epoch      int64       `json:"epoch"`   // changes when the server is restored from a backup
	Version    int64       `json:"version"` // change number of the newest change in it
	Partial    bool        `json:"partial"` // Passes are those changed since the cursor
	ServerTime int64       `json:"server_time"`
	Head       RelayHead   `json:"head"`
	Hours      []RelayHour `json:"hours"` // of today, all gates: what nobody scanned
	Passes     []RelayPass `json:"passes"`
}

// RelayHour is how many visits one way of counting without scans counted at a gate in
// an hour.
type RelayHour struct {
	FromAt int64           `json:"from_at"` // unix ms, the beginning of the hour
	Gate   int             `json:"gate"`    // 0 = no single gate
	Figure registry.Figure `json:"figure"`
	N      int             `json:"n"`
}

// Cursor is where the list stands, for the next request.
func (l *RelayList) Cursor() string { return Cursor(l.Epoch, l.Version, "") }

// RelayHead is all of a relay's list but the passes.
type RelayHead struct {
	Event  RelayEvent          `json:"event"`
	Gates  []RelayGate         `json:"gates"`
	Policy registry.GatePolicy `json:"policy"`
	Pin    *registry.PinCheck  `json:"pin,omitempty"`
	Keys   []RelayKey          `json:"keys"`
	// Vouchers is absent where the event has no packs.
	Vouchers *Vouchers `json:"vouchers,omitempty"`
}

// RelayEvent is the event of a relay.
type RelayEvent struct {
	ID       registry.EventID     `json:"id"`
	Number   uint32               `json:"number"`
	Slug     string               `json:"slug"`
	Kind     registry.EventKind   `json:"kind"`
	Level    registry.EventLevel  `json:"level"`
	State    registry.EventState  `json:"state"`
	Title    string               `json:"title"`
	Edition  registry.AreaEdition `json:"edition"`
	Area     string               `json:"area"`
	Venue    string               `json:"venue"`
	Capacity int                  `json:"capacity"`
	Days     []RelayDay           `json:"days"`
}

// RelayDay is a day of a relay's event, in minutes after midnight.
type RelayDay struct {
	Day      string `json:"day"` // YYYY-MM-DD
	OpensAt  int    `json:"opens_at"`
	ClosesAt int    `json:"closes_at"`
}

// RelayGate is a gate of a relay's event.
type RelayGate struct {
	Number int                 `json:"number"`
	Name   string              `json:"name"`
	Code   string              `json:"code"`
	Kinds  []registry.PassKind `json:"kinds,omitempty"`
}

// RelayKey is the public half of a signing key.
type RelayKey struct {
	ID        int                   `json:"id"`
	State     registry.PassKeyState `json:"state"`
	Public    []byte                `json:"public"`
	CreatedAt int64                 `json:"created_at"`
}

// RelayPass is a pass with what the other gates of its event know of its place.
type RelayPass struct {
	ID         registry.PassID    `json:"id"`
	Code       string             `json:"code"`
	Kind       registry.PassKind  `json:"kind"`
	State      registry.PassState `json:"state"`
	Booth      registry.BoothID   `json:"booth,omitempty"`
	BoothCode  string             `json:"booth_code,omitempty"`
	Vendor     registry.VendorID  `json:"vendor,omitempty"`
	VendorName string             `json:"vendor_name,omitempty"`
	Label      string             `json:"label,omitempty"`
	FirstDay   string             `json:"first_day"`
	Days       int                `json:"days"`
	Test       bool               `json:"test,omitempty"`
	Pack       int                `json:"pack,omitempty"`   // of a voucher
	Serial     int                `json:"serial,omitempty"` // in its pack
	Key        int                `json:"key"`
	ReplacedBy registry.PassID    `json:"replaced_by,omitempty"`
	Bearer     registry.PassID    `json:"bearer,omitempty"` // where it is not the first of its own
	Newest     *registry.Movement `json:"newest,omitempty"` // at gates that are not this relay's
	Used       []registry.Mark    `json:"used,omitempty"`   // the first entries there, by day
}

// RelayBatch is what a relay hands on: at most 1,000 rows, in the order in which
// they came to it. It is the body of POST /api/v1/gate/relay. One without rows
// only says how the relay is.
type RelayBatch struct {
	SentAt  int64        `json:"sent_at"` // unix ms, the relay's clock
	Waiting int          `json:"waiting"` // rows that it holds, with these
	Phones  []RelayPhone `json:"phones"`  // every phone that it has paired
	Scans   []RelayScan  `json:"scans"`
	Counts  []RelayCount `json:"counts"`

	ReceivedAt int64 `json:"-"` // as of ScanBatch
}

// RelayPhone is a phone that a relay has paired.
type RelayPhone struct {
	ID       registry.DeviceID   `json:"id"`
	Name     string              `json:"name"`
	Role     registry.DeviceRole `json:"role"`
	Gates    []int               `json:"gates"`
	PairedAt int64               `json:"paired_at"` // unix ms
	Revoked  bool                `json:"revoked,omitempty"`
}

// RelayScan is a scan as the phone sent it to the relay, with what the relay made
// of it.
type RelayScan struct {
	Device      registry.DeviceID    `json:"device"`
	Boot        string               `json:"boot"`
	CorrectedAt int64                `json:"corrected_at"` // unix ms, the relay's clock
	Answered    registry.VerdictCode `json:"answered"`     // the relay's verdict
	Scan        SentScan             `json:"scan"`
}

// RelayCount is a press of the clicker as the phone sent it to the relay.
type RelayCount struct {
	Device      registry.DeviceID `json:"device"`
	Boot        string            `json:"boot"`
	CorrectedAt int64             `json:"corrected_at"` // unix ms, the relay's clock
	Count       SentCount         `json:"count"`
}

// RelayAnswer says what the server has of a relay's phones.
type RelayAnswer struct {
	ServerTime int64       `json:"server_time"`
	Epoch      int64       `json:"epoch"`
	Phones     []RelayMark `json:"phones"`
}

// RelayMark is up to where everything of a phone is durable at the server.
type RelayMark struct {
	ID            registry.DeviceID `json:"id"`
	Revoked       bool              `json:"revoked,omitempty"`
	AckedSeq      int64             `json:"acked_seq"`
	CountAckedSeq int64             `json:"count_acked_seq"`
}

// maxRelayPhones is how many phones one relay may pair.
const maxRelayPhones = 500

// Check refuses a batch that no relay of ours sends, as Malformed. Its phones stand
// at gates of the relay; what they did may be of any gate of the event, because they
// may have been paired anew since.
func (b *RelayBatch) Check(ofRelay, ofEvent []int) error {
	if len(b.Scans)+len(b.Counts) > MaxScans {
		return registry.E(registry.Malformed, "error.gate.batch_size", MaxScans)
	}
	known, field := b.phones(ofRelay)
	field = firstFault(wrong{field, field != ""}, wrong{"sent_at", !validAt(b.SentAt)}, wrong{"waiting", b.Waiting < 0})
	if field != "" {
		return registry.E(registry.Malformed, "error.gate.batch_field", field)
	}
	for i := range b.Scans {
		if field := b.Scans[i].fault(known, ofEvent); field != "" {
			return registry.E(registry.Malformed, "error.gate.field", i+1, field)
		}
	}
	for i := range b.Counts {
		if field := b.Counts[i].fault(known, ofEvent); field != "" {
			return registry.E(registry.Malformed, "error.gate.field", i+1, field)
		}
	}
	return nil
}

// phones gives the ids of the phones, or the field that is wrong.
func (b *RelayBatch) phones(gates []int) (known map[registry.DeviceID]bool, field string) {
	known = make(map[registry.DeviceID]bool, len(b.Phones))
	for _, p := range b.Phones {
		strange := slices.ContainsFunc(p.Gates, func(n int) bool { return !slices.Contains(gates, n) })
		field = firstFault(
			wrong{"phones.id", !uuid.MatchString(string(p.ID))},
			wrong{"phones.name", p.Name == "" || utf8.RuneCountInString(p.Name) > maxName},
			wrong{"phones.role", p.Role != registry.Steward && p.Role != registry.Supervisor},
			wrong{"phones.gates", len(p.Gates) == 0 || strange},
			wrong{"phones.paired_at", !validAt(p.PairedAt)},
		)
		if field != "" {
			return nil, field
		}
		known[p.ID] = true
	}
	return known, firstFault(wrong{"phones", len(known) > maxRelayPhones || len(known) != len(b.Phones)})
}

func (s *RelayScan) fault(phones map[registry.DeviceID]bool, gates []int) (field string) {
	inner := s.Scan.fault()
	return firstFault(
		wrong{"device", !phones[s.Device]},
		wrong{"boot", s.Boot == "" || len(s.Boot) > maxName},
		wrong{"corrected_at", !validAt(s.CorrectedAt)},
		wrong{"answered", s.Answered.Group() == ""},
		wrong{"gate", !s.Scan.Spends() && !slices.Contains(gates, s.Scan.Gate)},
		wrong{inner, inner != ""},
	)
}

func (c *RelayCount) fault(phones map[registry.DeviceID]bool, gates []int) (field string) {
	inner := c.Count.fault()
	return firstFault(
		wrong{"device", !phones[c.Device]},
		wrong{"boot", c.Boot == "" || len(c.Boot) > maxName},
		wrong{"corrected_at", !validAt(c.CorrectedAt)},
		wrong{"gate", !slices.Contains(gates, c.Count.Gate)},
		wrong{inner, inner != ""},
	)
}
