package gate

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/binary"
	"fmt"
	"math/big"
	"time"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// The people and things of the cases, by the first 11 digits of their codes.
var (
	boothA05    = code("10000000001")
	boothBlock  = code("10000000002")
	boothGone   = code("10000000003")
	lan         = code("20000000001") // staff of A05
	minh        = code("20000000002")
	hoa         = code("20000000003")
	son         = code("20000000004")
	tuyet       = code("20000000005")
	blockedOne  = code("20000000006")
	revokedOne  = code("20000000007")
	dayTwoOnly  = code("20000000008") // staff of A06, 23/11 alone
	noBooth     = code("20000000009") // staff of no booth
	truck       = code("30000000001")
	dayTwoTruck = code("30000000002") // 23/11 alone
	official    = code("40000000001")
	guest       = code("50000000001")
	guestTwo    = code("50000000002")
	trial       = code("60000000001") // test passes
	trialBooth  = code("60000000002")
	stranger    = code("90000000001") // on no list
)

// code adds the check digit.
func code(digits string) string {
	for d := range 10 {
		if c, err := pass.ParseCode(fmt.Sprint(digits, d)); err == nil {
			return c
		}
	}
	panic(digits)
}

// at reads a local time.
func at(text string) int64 {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, local)
	if err != nil {
		panic(err)
	}
	return t.UnixMilli()
}

func hours(from, until string) registry.TimeWindow {
	return registry.TimeWindow{FromAt: at(from), UntilAt: at(until)}
}

func key(seed string) *ecdsa.PrivateKey {
	raw := sha256.Sum256([]byte("hoicho gate vectors " + seed))
	k, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw[:])
	if err != nil {
		panic(err)
	}
	return k
}

func keyRow(id int, state registry.PassKeyState) registry.PassKey {
	public, err := key(fmt.Sprint(id)).PublicKey.Bytes()
	if err != nil {
		panic(err)
	}
	return registry.PassKey{ID: id, State: state, Public: public}
}

func keysOf(rows ...registry.PassKey) Keys {
	k, err := NewKeys(rows)
	if err != nil {
		panic(err)
	}
	return k
}

// token is a proof made here from the words of the specification, apart from the
// code that it tests.
type token struct {
	code     string
	keyID    int
	kind     registry.PassKind
	test     bool
	event    uint32
	firstDay string
	days     int
	seed     string // another signer than the key id says
	newer    int    // versions ahead
	pack     int    // of a voucher, in the place of the days
	serial   int
}

func (k token) text() string {
	head := make([]byte, 9, 73)
	head[0] = byte(1+k.newer)<<4 | byte(k.keyID)
	head[1] = byte(k.kind.Number()) << 4
	if k.test {
		head[1] |= 1
	}
	binary.BigEndian.PutUint32(head[2:], k.event)
	k.tail(head)
	seed := k.seed
	if seed == "" {
		seed = fmt.Sprint(k.keyID)
	}
	digest := sha256.Sum256([]byte("hoicho/pass/1\n" + k.code + string(head)))
	der, err := key(seed).Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		panic(err)
	}
	var sig struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &sig); err != nil {
		panic(err)
	}
	proof := append(append(head, sig.R.FillBytes(make([]byte, 32))...), sig.S.FillBytes(make([]byte, 32))...)
	return fmt.Sprintf("https://hoicho.vn/t/%s#%0176d", k.code, new(big.Int).SetBytes(proof))
}

// tail writes the days, or what stands in their place on a voucher.
func (k token) tail(head []byte) {
	if k.kind == registry.VoucherPass {
		n := k.pack<<14 + k.serial
		head[6], head[7], head[8] = byte(n>>16), byte(n>>8), byte(n)
		return
	}
	first, err := time.Parse(time.DateOnly, k.firstDay)
	if err != nil {
		panic(err)
	}
	epoch := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	binary.BigEndian.PutUint16(head[6:], uint16(first.Sub(epoch).Hours()/24))
	head[8] = byte(k.days)
}

// genuine is the text of a pass of the fair, signed with key 1.
func genuine(code string) string { return tokenOf(code).text() }

// tokenOf is the proof of a pass of the fair, to be bent.
func tokenOf(code string) token {
	p, ok := fair().Passes[code]
	if !ok {
		p = Pass{Kind: registry.StaffPass, FirstDay: "2026-11-22", Days: 4}
	}
	return token{code: code, keyID: 1, kind: p.Kind, test: p.Test, event: 17, firstDay: p.FirstDay, days: p.Days}
}

// fair is what a phone holds of the session at Ba Bể, 22 to 25 November 2026,
// open from 7 to 17.
func fair() *Snapshot {
	s := &Snapshot{
		Epoch: 1, Version: 240, TakenAt: at("2026-11-22 04:00"),
		Event:  Event{Number: 17, Title: "Phiên chợ đưa hàng Việt về Ba Bể"},
		Policy: registry.DefaultGatePolicy(),
		Gates: []Gate{
			{Number: 1, Name: "Cổng A", Kinds: []registry.PassKind{}},
			{Number: 2, Name: "Cổng B", Kinds: []registry.PassKind{}},
			{Number: 3, Name: "Cổng xe", Kinds: []registry.PassKind{registry.VehiclePass}},
			{Number: 4, Name: "Cổng khách", Kinds: []registry.PassKind{registry.VisitorPass, registry.OfficialPass}},
		},
		Keys: keysOf(keyRow(1, registry.KeyActive), keyRow(2, registry.KeyVerifyOnly),
			keyRow(3, registry.KeyDead), keyRow(4, registry.KeyNext)),
		Passes: Passes{},
	}
	for _, day := range []string{"2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"} {
		s.Event.Days = append(s.Event.Days, Day{Day: day, Hours: hours(day+" 07:00", day+" 17:00")})
	}
	for _, p := range fairPasses() {
		if p.FirstDay == "" {
			p.FirstDay, p.Days = "2026-11-22", 4
		}
		if p.State == "" {
			p.State = registry.PassValid
		}
		s.Passes[p.Code] = p
	}
	return s
}

func fairPasses() []Pass {
	list := []Pass{
		{Code: boothA05, Kind: registry.BoothPass, Booth: "A05", Vendor: "HTX Tài Hoan"},
		{Code: boothBlock, Kind: registry.BoothPass, Booth: "A06", Vendor: "Hộ Nông Thị Lan", State: registry.PassBlocked},
		{Code: boothGone, Kind: registry.BoothPass, Booth: "A07", Vendor: "HTX Yến Dương", State: registry.PassRevoked},
		{Code: blockedOne, Kind: registry.StaffPass, Booth: "A06", Vendor: "Hộ Nông Thị Lan", State: registry.PassBlocked},
		{Code: revokedOne, Kind: registry.StaffPass, Booth: "A06", Vendor: "Hộ Nông Thị Lan", State: registry.PassRevoked},
		{Code: dayTwoOnly, Kind: registry.StaffPass, Booth: "A06", Vendor: "Hộ Nông Thị Lan", FirstDay: "2026-11-23", Days: 1},
		{Code: noBooth, Kind: registry.StaffPass, Label: "Ban âm thanh"},
		{Code: truck, Kind: registry.VehiclePass, Booth: "A05", Label: "97C-012.34", Vendor: "HTX Tài Hoan"},
		{Code: dayTwoTruck, Kind: registry.VehiclePass, Booth: "A06", Label: "20C-111.11", FirstDay: "2026-11-23", Days: 1},
		{Code: official, Kind: registry.OfficialPass, Label: "Sở Công Thương"},
		{Code: guest, Kind: registry.VisitorPass},
		{Code: guestTwo, Kind: registry.VisitorPass, FirstDay: "2026-11-23", Days: 2},
		{Code: trial, Kind: registry.StaffPass, Booth: "A05", Vendor: "HTX Tài Hoan", Test: true},
		{Code: trialBooth, Kind: registry.BoothPass, Booth: "A05", Vendor: "HTX Tài Hoan", Test: true},
	}
	for _, c := range []string{lan, minh, hoa, son, tuyet} {
		list = append(list, Pass{Code: c, Kind: registry.StaffPass, Booth: "A05", Vendor: "HTX Tài Hoan"})
	}
	return list
}

// enter puts passes of a snapshot inside.
func enter(s *Snapshot, day, clock string, gate int, codes ...string) {
	for _, c := range codes {
		p := s.Passes[c]
		mark := registry.Mark{Day: day, At: at(day + " " + clock), Gate: gate}
		p.Inside, p.Used = &mark, append(p.Used, mark)
		s.Passes[c] = p
	}
}

// snapshots are the states of the fair that the cases begin with.
func snapshots() map[string]*Snapshot {
	made := map[string]*Snapshot{"fair": fair()}
	vary := func(name string, change func(*Snapshot)) {
		s := fair()
		change(s)
		made[name] = s
	}
	vary("register", func(s *Snapshot) { s.TakenAt = 0 })
	vary("lan inside", func(s *Snapshot) { enter(s, "2026-11-22", "08:12", 2, lan) })
	vary("three inside", func(s *Snapshot) { enter(s, "2026-11-22", "08:00", 1, lan, minh, hoa) })
	vary("three inside, and others", func(s *Snapshot) {
		enter(s, "2026-11-22", "08:00", 1, lan, minh, hoa, blockedOne, noBooth, truck, official, guest)
	})
	vary("four inside", func(s *Snapshot) { enter(s, "2026-11-22", "08:00", 1, lan, minh, hoa, son) })
	vary("four inside, no limit", func(s *Snapshot) {
		enter(s, "2026-11-22", "08:00", 1, lan, minh, hoa, son)
		s.Policy.MaxInside = 0
	})
	vary("limit of one", func(s *Snapshot) { s.Policy.MaxInside = 1 })
	vary("stopped", func(s *Snapshot) { s.Event.Stopped = true; enter(s, "2026-11-22", "08:00", 1, lan) })
	vary("blocked while inside", func(s *Snapshot) {
		enter(s, "2026-11-22", "08:00", 1, lan, minh)
		for c, state := range map[string]registry.PassState{lan: registry.PassBlocked, minh: registry.PassRevoked} {
			p := s.Passes[c]
			p.State = state
			s.Passes[c] = p
		}
	})
	vary("typed supervised", func(s *Snapshot) { s.Policy.TypedSupervised = true })
	vary("visitors daily", func(s *Snapshot) { s.Policy.VisitorRule = registry.VisitorDaily })
	vary("load windows", func(s *Snapshot) {
		s.Policy.LoadWindows = []registry.TimeWindow{
			hours("2026-11-21 14:00", "2026-11-21 18:00"), hours("2026-11-22 04:30", "2026-11-22 06:30"),
			hours("2026-11-26 06:00", "2026-11-26 10:00"), hours("2026-11-27 06:00", "2026-11-27 10:00"),
		}
	})
	vary("no set-up time", func(s *Snapshot) { s.Policy.SetupMinutes = 0 })
	vary("rotated", func(s *Snapshot) {
		s.Keys = keysOf(keyRow(1, registry.KeyVerifyOnly), keyRow(4, registry.KeyActive), keyRow(5, registry.KeyNext))
	})
	vary("key killed", func(s *Snapshot) { s.Keys = keysOf(keyRow(1, registry.KeyDead), keyRow(4, registry.KeyActive)) })
	vary("key killed, inside", func(s *Snapshot) {
		s.Keys = keysOf(keyRow(1, registry.KeyDead), keyRow(4, registry.KeyActive))
		enter(s, "2026-11-22", "08:00", 1, lan, truck, official, guest)
		for code, p := range s.Passes { // a key's passes are revoked with it
			p.State = registry.PassRevoked
			s.Passes[code] = p
		}
	})
	vary("number used again", func(s *Snapshot) {
		s.Keys = keysOf(keyRow(1, registry.KeyDead), keyRow(4, registry.KeyActive), keyRow(16, registry.KeyVerifyOnly))
		enter(s, "2026-11-22", "08:00", 1, lan)
		p := s.Passes[lan]
		p.State = registry.PassRevoked
		s.Passes[lan] = p
	})
	vary("no keys", func(s *Snapshot) { s.Keys = keysOf() })
	vary("evening", func(s *Snapshot) {
		for i, d := range s.Event.Days {
			s.Event.Days[i].Hours = hours(d.Day+" 16:00", d.Day+" 23:00")
		}
	})
	vary("day off", func(s *Snapshot) { s.Event.Days = append(s.Event.Days[:1:1], s.Event.Days[2:]...) })
	vary("round the clock", func(s *Snapshot) {
		for i, d := range s.Event.Days {
			s.Event.Days[i].Hours = hours(d.Day+" 00:00", registry.AddDays(d.Day, 1)+" 00:00")
		}
	})
	vary("packed up", func(s *Snapshot) { s.TakenAt = at("2026-11-28 08:00") })
	vary("no days", func(s *Snapshot) { s.Event.Days = []Day{} })
	varyVouchers(vary)
	return made
}

// codeOf is the code that a scan reads, whatever its proof.
func codeOf(scan Scan) string { return Keys{}.Read(scan).Code() }
