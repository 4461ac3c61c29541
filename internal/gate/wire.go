package gate

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

const (
	// MaxScans is how many scans one request may carry.
	MaxScans = 1000
	// MaxCounts is how many counts one request may carry.
	MaxCounts = 1000
	// MaxHeadcount is the largest number one count may add.
	MaxHeadcount = 500
	// maxSentText is how much of a symbol's text is looked at; a phone cuts longer
	// ones, which are malformed all the same.
	maxSentText = 512
	maxName     = 80 // letters
	// maxForcedBy leaves room for the word before a phone's name.
	maxForcedBy = maxName + 40
	maxReason   = 200
	maxBooth    = 20 // letters of a booth's code
)

// PairQR is the text, in JSON, of the symbol that pairs a phone.
type PairQR struct {
	V     int    `json:"v"`   // 1
	URL   string `json:"url"` // of the server, without a slash at its end
	Token string `json:"token"`
}

// Symbol is the picture that a phone scans, as SVG whose name for readers of screens
// is label.
func (q PairQR) Symbol(label string) (string, error) {
	text, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	symbol, err := pass.NewSymbol(string(text))
	return symbol.SVG(label), err
}

// NewPairQR is what pairs a phone with the server at an address, with or without a
// slash at its end.
func NewPairQR(url, token string) PairQR {
	return PairQR{V: 1, URL: strings.TrimSuffix(url, "/"), Token: token}
}

// PairRequest is the body of POST /api/v1/gate/pair.
type PairRequest struct {
	Token string `json:"token"`
	Name  string `json:"name"` // empty: that of its gate with a letter
}

// PairAnswer is what a paired phone gets.
type PairAnswer struct {
	DeviceID   registry.DeviceID   `json:"device_id"`
	Name       string              `json:"name"`  // what the office calls it
	Token      string              `json:"token"` // bearer token of every other call
	Role       registry.DeviceRole `json:"role"`
	Event      Event               `json:"event"`
	Gates      []Gate              `json:"gates"`      // none of a seller
	ExpiresAt  int64               `json:"expires_at"` // unix ms
	ServerTime int64               `json:"server_time"`
}

// ScanBatch is the body of POST /api/v1/gate/scans.
type ScanBatch struct {
	DeviceSeqFrom int64      `json:"device_seq_from"` // the smallest seq that the phone still keeps
	Boot          string     `json:"boot"`            // names this start of the app
	SentAt        int64      `json:"sent_at"`         // unix ms, the phone's clock
	Scans         []SentScan `json:"scans"`
	// ReceivedAt is when the first byte of the request came, unix ms by the server's
	// clock; 0 for just now. What the rest took is no error of the phone's clock.
	ReceivedAt int64 `json:"-"`
}

// SentScan is one scan as the phone sends it.
type SentScan struct {
	ID         registry.ScanID      `json:"id"` // UUID, made by the phone
	Seq        int64                `json:"seq"`
	QR         string               `json:"qr,omitempty"`
	Code       string               `json:"code,omitempty"`
	Direction  registry.Direction   `json:"direction"`
	Gate       int                  `json:"gate"`            // 0 where a voucher is spent
	Booth      string               `json:"booth,omitempty"` // code of the booth that took a voucher
	At         int64                `json:"at"`              // unix ms, the phone's clock
	MonoMS     int64                `json:"mono_ms"`
	Mode       registry.ScanMode    `json:"mode"`
	Verdict    registry.VerdictCode `json:"verdict,omitempty"` // offline its own; online an answer from before a restore
	ForcedBy   string               `json:"forced_by,omitempty"`
	Training   bool                 `json:"training,omitempty"`
	VoidOf     registry.ScanID      `json:"void_of,omitempty"` // takes back that scan; no qr or code then
	VoidReason string               `json:"void_reason,omitempty"`
}

// ScanAnswer answers a batch, its results in the order sent.
type ScanAnswer struct {
	ServerTime  int64        `json:"server_time"`
	AckedSeq    int64        `json:"acked_seq"`
	BackedUpSeq int64        `json:"backed_up_seq"`
	Results     []ScanResult `json:"results"`
}

// ScanReply is a ScanAnswer whose results are written already.
type ScanReply struct {
	ServerTime  int64
	AckedSeq    int64
	BackedUpSeq int64
	Results     []json.RawMessage // as of ScanResult.Wire, in the order sent
}

// ScanResult is the server's verdict on one scan.
type ScanResult struct {
	ID      registry.ScanID      `json:"id"`
	Verdict registry.VerdictCode `json:"verdict"`
	Code    string               `json:"code"` // of the pass; empty for what could not be read
	Detail  Detail               `json:"detail"`
	First   *First               `json:"first,omitempty"`
}

// ResultOf puts a verdict on a pass code into its form on the wire.
func ResultOf(id registry.ScanID, code string, v Verdict) ScanResult {
	first := v.Detail.First
	v.Detail.First = nil
	return ScanResult{ID: id, Verdict: v.Code, Code: code, Detail: v.Detail, First: first}
}

// Wire is the result as it is sent.
func (r *ScanResult) Wire() json.RawMessage { return r.Append(make([]byte, 0, wireBytes)) }

// wireBytes has room for most results.
const wireBytes = 256

// CountBatch is the body of POST /api/v1/gate/counts.
type CountBatch struct {
	DeviceSeqFrom int64       `json:"device_seq_from"` // the smallest seq that the phone still keeps
	Boot          string      `json:"boot"`
	SentAt        int64       `json:"sent_at"`
	Counts        []SentCount `json:"counts"`
	ReceivedAt    int64       `json:"-"` // as of ScanBatch
}

// SentCount is one press of the clicker.
type SentCount struct {
	ID     registry.ScanID `json:"id"`  // UUID, made by the phone
	Seq    int64           `json:"seq"` // counted apart from the scans
	Gate   int             `json:"gate"`
	N      int             `json:"n"`                 // people, 1 to MaxHeadcount
	Who    registry.Who    `json:"who"`               // what the steward saw
	At     int64           `json:"at"`                // unix ms, the phone's clock
	MonoMS int64           `json:"mono_ms"`           // the phone's monotonic clock
	VoidOf registry.ScanID `json:"void_of,omitempty"` // takes back that count; n is 0 then
}

// CountAnswer answers a batch of counts.
type CountAnswer struct {
	ServerTime  int64             `json:"server_time"`
	AckedSeq    int64             `json:"acked_seq"`
	BackedUpSeq int64             `json:"backed_up_seq"`
	Results     []registry.ScanID `json:"results"` // ids that are kept, in the order sent
}

// Stats is the answer of GET /api/v1/gate/stats.
type Stats struct {
	ServerTime int64               `json:"server_time"`
	Inside     int                 `json:"inside"`   // people with passes who are in
	Capacity   int                 `json:"capacity"` // 0 = none set
	Alarm      bool                `json:"alarm"`    // inside has reached the capacity
	Fill       registry.Fill       `json:"fill"`     // near from 90 % of the capacity on, full at it
	Visits     []registry.VisitsBy `json:"visits"`   // today, by method
	Hours      []HourStats         `json:"hours"`    // today
	Gates      []GateStats         `json:"gates"`    // today
	Taken      *Taken              `json:"taken,omitempty"`
}

// Taken is what a seller's phone is told of the vouchers that its vendor took: those
// that count, of all days.
type Taken struct {
	N    int   `json:"n"`
	Dong int64 `json:"dong"`
}

// HourStats is what went through the gates in an hour.
type HourStats struct {
	FromAt int64 `json:"from_at"` // unix ms
	In     int   `json:"in"`
	Out    int   `json:"out"`
	Visits int   `json:"visits"`
}

// GateStats is what went through a gate.
type GateStats struct {
	Number int `json:"number"`
	In     int `json:"in"`
	Out    int `json:"out"`
	Visits int `json:"visits"`
}

// Cursor writes where a phone's list stands: the value of since in the next
// request for a snapshot. rest differs with all that is not passes.
func Cursor(epoch, version int64, rest string) string {
	return fmt.Sprintf("%d.%d.%s", epoch, version, rest)
}

// ParseCursor reads the epoch and the version of a cursor; Malformed when it is
// none. An empty one asks for everything; a version alone is one of a server that
// was never restored, with epoch 0.
func ParseCursor(cursor string) (epoch, version int64, err error) {
	if cursor == "" {
		return 0, 0, nil
	}
	parts := strings.SplitN(cursor, ".", 3)
	if len(parts) == 1 {
		parts = []string{"0", cursor}
	}
	epoch, err1 := strconv.ParseInt(parts[0], 10, 64)
	version, err2 := strconv.ParseInt(parts[1], 10, 64)
	if err1 != nil || err2 != nil || epoch < 0 || version < 0 {
		return 0, 0, registry.E(registry.Malformed, "error.gate.cursor")
	}
	return epoch, version, nil
}

// Spends reports whether the scan is of a voucher at a booth, or takes one back.
func (s *SentScan) Spends() bool { return s.Direction == registry.Spend }

// Happened reports whether a scan tells of what has been done already: the phone
// decided by itself or had an answer before, or the scan takes another one back.
func (s *SentScan) Happened() bool {
	return s.Mode == registry.Offline || s.Verdict != "" || s.VoidOf != ""
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// Check refuses a batch that no phone of ours sends, as Malformed; the error
// names the place in the batch and the field.
func (b *ScanBatch) Check() error {
	if len(b.Scans) == 0 || len(b.Scans) > MaxScans {
		return registry.E(registry.Malformed, "error.gate.batch_size", MaxScans)
	}
	if field := batchFault(b.Boot, b.SentAt); field != "" {
		return registry.E(registry.Malformed, "error.gate.batch_field", field)
	}
	for i := range b.Scans {
		if field := b.Scans[i].fault(); field != "" {
			return registry.E(registry.Malformed, "error.gate.field", i+1, field)
		}
		if b.DeviceSeqFrom < 0 || b.DeviceSeqFrom > b.Scans[i].Seq {
			return registry.E(registry.Malformed, "error.gate.batch_field", "device_seq_from")
		}
		if i > 0 && b.Scans[i].Seq <= b.Scans[i-1].Seq {
			return registry.E(registry.Malformed, "error.gate.field", i+1, "seq")
		}
	}
	return nil
}

// Check refuses a batch that no phone of ours sends, as Malformed.
func (b *CountBatch) Check() error {
	if len(b.Counts) == 0 || len(b.Counts) > MaxCounts {
		return registry.E(registry.Malformed, "error.gate.batch_size", MaxCounts)
	}
	if field := batchFault(b.Boot, b.SentAt); field != "" {
		return registry.E(registry.Malformed, "error.gate.batch_field", field)
	}
	for i := range b.Counts {
		if field := b.Counts[i].fault(); field != "" {
			return registry.E(registry.Malformed, "error.gate.field", i+1, field)
		}
		if b.DeviceSeqFrom < 0 || b.DeviceSeqFrom > b.Counts[i].Seq {
			return registry.E(registry.Malformed, "error.gate.batch_field", "device_seq_from")
		}
	}
	return nil
}

// Check refuses a pairing request without a token or with too long a name.
func (r *PairRequest) Check() error {
	var faults registry.Faults
	faults.Check(r.Token != "" && len(r.Token) <= maxReason, "token", "error.gate.pair_token")
	faults.Check(utf8.RuneCountInString(r.Name) <= maxName, "name", "error.gate.device_name", maxName)
	return faults.Err()
}

func batchFault(boot string, sentAt int64) (field string) {
	return firstFault(
		wrong{"boot", boot == "" || len(boot) > maxName},
		wrong{"sent_at", !validAt(sentAt)},
	)
}

func (s *SentScan) fault() (field string) {
	void := s.VoidOf != ""
	return firstFault(
		wrong{"id", !uuid.MatchString(string(s.ID))},
		wrong{"seq", s.Seq < 1},
		wrong{"void_of", void && !uuid.MatchString(string(s.VoidOf))},
		wrong{"qr", len(s.QR) > maxSentText || s.QR != "" && (void || s.Code != "")},
		wrong{"code", len(s.Code) > maxSentText || s.Code != "" && void || !void && s.QR == "" && s.Code == ""},
		wrong{"direction", s.Direction != registry.In && s.Direction != registry.Out && s.Direction != registry.Spend},
		wrong{"gate", (s.Gate < 1) != s.Spends() || s.Gate < 0},
		wrong{"booth", (s.Booth != "") != s.Spends() || utf8.RuneCountInString(s.Booth) > maxBooth},
		wrong{"at", !validAt(s.At)},
		wrong{"mono_ms", s.MonoMS < 0},
		wrong{"mode", s.Mode != registry.Online && s.Mode != registry.Offline},
		wrong{"verdict", s.Verdict != "" && s.Verdict.Group() == ""},
		wrong{"forced_by", utf8.RuneCountInString(s.ForcedBy) > maxForcedBy},
		wrong{"void_reason", len(s.VoidReason) > maxReason},
	)
}

func (c *SentCount) fault() (field string) {
	void := c.VoidOf != ""
	return firstFault(
		wrong{"id", !uuid.MatchString(string(c.ID))},
		wrong{"seq", c.Seq < 1},
		wrong{"void_of", void && !uuid.MatchString(string(c.VoidOf))},
		wrong{"gate", c.Gate < 1},
		wrong{"n", c.N < 0 || c.N > MaxHeadcount || void != (c.N == 0)},
		wrong{"who", c.Who != registry.Person && c.Who != registry.Child && c.Who != registry.Group},
		wrong{"at", !validAt(c.At)},
		wrong{"mono_ms", c.MonoMS < 0},
	)
}

// wrong says whether a field is.
type wrong struct {
	field string
	is    bool
}

func firstFault(checks ...wrong) string {
	for _, c := range checks {
		if c.is {
			return c.field
		}
	}
	return ""
}

// validAt takes what a browser's clock can say, however wrong it is.
func validAt(at int64) bool { return at >= 0 && at < 1<<53 }
