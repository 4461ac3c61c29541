package gate

import (
	"errors"
	"slices"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// ClockSlackMS is how far a phone's clock may be off before it is said to be
// wrong.
const ClockSlackMS = 120_000

// Scan is what the steward's phone holds when a pass has been read.
type Scan struct {
	QR         string             `json:"qr,omitempty"`   // the whole text of a symbol
	Code       string             `json:"code,omitempty"` // 12 digits typed by hand, when there is no symbol
	Direction  registry.Direction `json:"direction"`
	Gate       int                `json:"gate"`
	Booth      string             `json:"booth,omitempty"`      // code, where a voucher is spent; the gate is 0 then
	Supervisor bool               `json:"supervisor,omitempty"` // a supervisor holds the phone
	Training   bool               `json:"training,omitempty"`   // the phone is in training mode
}

// text is what was read.
func (s Scan) text() string {
	if s.QR != "" {
		return s.QR
	}
	return s.Code
}

// Reading is what the text of a scan says by itself: a pass whose proof has been
// checked, a typed code, or no pass. Checking a proof is most of the work of a
// decision and needs no list, so the server does it before its transaction.
type Reading struct {
	token  pass.Token
	claims pass.Claims
	err    error
}

// Code is the pass code that was read, or empty for a text that is no pass.
// Nothing says yet that there is such a pass.
func (r Reading) Code() string { return r.token.Code }

// Proven reports whether a good proof was read.
func (r Reading) Proven() bool { return r.err == nil && !r.token.Typed() }

// Read reads the text of a scan with these keys.
func (k Keys) Read(scan Scan) Reading {
	var r Reading
	r.token, r.err = pass.Parse(scan.text())
	if r.err == nil && !r.token.Typed() {
		r.claims, r.err = k.Verify(r.token)
	}
	return r
}

// Decide answers a scan at an instant (unix ms). It looks at nothing but its
// arguments and changes none: the same on the server, on a phone and in the
// browser. The order of the rules is part of the protocol; see the package
// comment.
func Decide(s *Snapshot, scan Scan, now int64) Verdict {
	return s.Judge(scan, s.Keys.Read(scan), now)
}

// Judge is Decide for a scan that has been read with the snapshot's keys.
func (s *Snapshot) Judge(scan Scan, read Reading, now int64) Verdict {
	p, stop := s.identify(scan, read, now)
	if stop != nil {
		return *stop
	}
	d := decision{Snapshot: s, scan: scan, read: read, pass: p, now: now, day: s.GateDay(now)}
	if v := d.misplaced(); v != nil {
		return *v
	}
	if p.Test {
		return d.testPass()
	}
	book := d.book()
	for _, rule := range book.stops {
		if v := rule(&d); v != nil {
			return *v
		}
	}
	return *book.otherwise(&d)
}

// decision is one scan of a pass that is on the list.
type decision struct {
	*Snapshot
	scan Scan
	read Reading
	pass *Pass
	now  int64
	day  string
}

// rule gives a verdict, or nil when it has nothing to say.
type rule func(*decision) *Verdict

// rulebook is what stops a scan, in order, and the verdict on one that nothing
// stops.
type rulebook struct {
	stops     []rule
	otherwise rule
}

var (
	boothBook = rulebook{
		[]rule{(*decision).state, (*decision).eventStopped, (*decision).clock, (*decision).expired},
		(*decision).checked,
	}
	entryBook = rulebook{
		[]rule{
			(*decision).state, (*decision).eventStopped, (*decision).gate, (*decision).typed,
			(*decision).clock, (*decision).notYet, (*decision).expired, (*decision).hours,
			(*decision).alreadyUsed, (*decision).alreadyInside, (*decision).tooManyInside,
		},
		(*decision).enters,
	}
	// A person is never kept in. A vehicle is: one that moves among visitors is a
	// danger.
	exitBook        = rulebook{nil, (*decision).exits}
	vehicleExitBook = rulebook{
		[]rule{(*decision).gate, (*decision).clock, (*decision).hours},
		(*decision).exits,
	}
)

// book is the rulebook for the scan.
func (d *decision) book() *rulebook {
	switch {
	case d.pass.Kind == registry.BoothPass:
		return &boothBook
	case d.pass.Kind == registry.VoucherPass:
		return &voucherBook
	case d.scan.Direction != registry.Out:
		return &entryBook
	case d.pass.Kind == registry.VehiclePass:
		return &vehicleExitBook
	}
	return &exitBook
}

func (d *decision) testPass() Verdict {
	detail := d.about(d.pass)
	if !d.scan.Training {
		return verdict(registry.VerdictTestPass, detail)
	}
	detail.Reason = ReasonTraining
	switch {
	case d.pass.Kind == registry.BoothPass:
		return verdict(registry.VerdictChecked, detail)
	case d.scan.Direction == registry.Out:
		return verdict(registry.VerdictExitOK, detail)
	}
	return verdict(registry.VerdictOK, detail)
}

func (d *decision) state() *Verdict {
	switch d.pass.State {
	case registry.PassValid:
		return nil
	case registry.PassBlocked:
		return d.say(registry.VerdictBlocked)
	}
	if errors.Is(d.read.err, pass.ErrDeadKey) {
		return d.because(registry.VerdictRevoked, ReasonKeyDead)
	}
	return d.say(registry.VerdictRevoked)
}

func (d *decision) eventStopped() *Verdict {
	if d.Event.Stopped {
		return d.say(registry.VerdictEventStopped)
	}
	return nil
}

func (d *decision) gate() *Verdict {
	var gates []int
	for _, g := range d.Gates {
		if len(g.Kinds) == 0 || slices.Contains(g.Kinds, d.pass.Kind) {
			gates = append(gates, g.Number)
		}
	}
	if slices.Contains(gates, d.scan.Gate) {
		return nil
	}
	v := d.say(registry.VerdictWrongGate)
	v.Detail.Gates = gates
	return v
}

func (d *decision) typed() *Verdict {
	if d.scan.QR != "" || !d.Policy.TypedSupervised || d.scan.Supervisor {
		return nil
	}
	return d.because(registry.VerdictNeedsSupervisor, ReasonTyped)
}

// clock stops the rules that rest on the time when the time cannot be right:
// before the list that the phone holds was made.
func (d *decision) clock() *Verdict {
	if d.TakenAt == 0 || d.now >= d.TakenAt-ClockSlackMS {
		return nil
	}
	return d.because(registry.VerdictNeedsSupervisor, ReasonClock)
}

// dayShift is how many days a kind may come before its first day and after its
// last: a vehicle loads the evening before and the morning after.
func (d *decision) dayShift() int {
	if d.pass.Kind == registry.VehiclePass {
		return 1
	}
	return 0
}

func (d *decision) notYet() *Verdict {
	if d.day >= registry.AddDays(d.pass.FirstDay, -d.dayShift()) {
		return nil
	}
	return d.withDays(registry.VerdictNotYet)
}

func (d *decision) expired() *Verdict {
	if d.day <= registry.AddDays(d.pass.lastDay(), d.dayShift()) {
		return nil
	}
	return d.withDays(registry.VerdictExpired)
}

func (d *decision) hours() *Verdict {
	var windows []registry.TimeWindow
	switch d.pass.Kind {
	case registry.StaffPass:
		windows = d.staffWindows()
	case registry.VehiclePass:
		windows = d.loadWindows()
	default:
		return nil
	}
	ok, next := held(windows, d.now)
	if ok {
		return nil
	}
	v := d.say(registry.VerdictWrongHours)
	v.Detail.FromAt, v.Detail.UntilAt = next.FromAt, next.UntilAt
	return v
}

func (d *decision) alreadyUsed() *Verdict {
	voucher := d.pass.Kind == registry.VoucherPass
	if d.pass.Kind != registry.VisitorPass && !voucher || len(d.pass.Used) == 0 {
		return nil
	}
	first := &d.pass.Used[0]
	if !voucher && d.Policy.VisitorRule == registry.VisitorDaily {
		first = d.pass.usedOn(d.day)
	}
	if first == nil {
		return nil
	}
	return d.since(registry.VerdictAlreadyUsed, first)
}

func (d *decision) alreadyInside() *Verdict {
	if d.pass.Kind == registry.VisitorPass || !d.pass.insideOn(d.day) {
		return nil
	}
	return d.since(registry.VerdictAlreadyInside, d.pass.Inside)
}

func (d *decision) tooManyInside() *Verdict {
	limit := d.Policy.MaxInside
	if d.pass.Kind != registry.StaffPass || d.pass.Booth == "" || limit == 0 {
		return nil
	}
	inside := 0
	for _, p := range d.Passes {
		if p.Kind == registry.StaffPass && p.Booth == d.pass.Booth && p.insideOn(d.day) {
			inside++
		}
	}
	if inside < limit {
		return nil
	}
	v := d.say(registry.VerdictTooManyInside)
	v.Detail.Inside, v.Detail.Limit = inside, limit
	return v
}

func (d *decision) enters() *Verdict {
	if first := d.pass.usedOn(d.day); first != nil {
		return d.since(registry.VerdictOKAgain, first)
	}
	return d.say(registry.VerdictOK)
}

func (d *decision) checked() *Verdict { return d.say(registry.VerdictChecked) }

func (d *decision) exits() *Verdict {
	v := d.say(registry.VerdictExitOK)
	switch {
	case d.pass.State == registry.PassBlocked:
		v.Detail.Reason = ReasonBlocked
	case d.pass.State != registry.PassValid:
		v.Detail.Reason = ReasonRevoked
	case !d.pass.insideOn(d.day):
		v.Detail.Reason = ReasonNotInside
	}
	return v
}

// say makes a verdict on the pass.
func (d *decision) say(code registry.VerdictCode) *Verdict {
	v := verdict(code, d.about(d.pass))
	return &v
}

func (d *decision) because(code registry.VerdictCode, reason Reason) *Verdict {
	v := d.say(code)
	v.Detail.Reason = reason
	return v
}

func (d *decision) since(code registry.VerdictCode, first *registry.Mark) *Verdict {
	v := d.say(code)
	v.Detail.First = &First{At: first.At, Gate: first.Gate, Booth: first.Booth}
	return v
}

func (d *decision) withDays(code registry.VerdictCode) *Verdict {
	v := d.say(code)
	v.Detail.FirstDay, v.Detail.LastDay = d.pass.FirstDay, d.pass.lastDay()
	return v
}
