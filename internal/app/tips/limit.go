package tips

import (
	"crypto/sha256"
	"encoding/hex"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
)

// tipLimits are how many tips are taken in without more ado. Beyond them a toll is asked, so
// that nobody is shut out for what a neighbour does.
type tipLimits struct {
	tips   *core.Limiter // by network: a whole market sits behind one
	agents *core.Limiter // by kind of browser in a network
	paid   *core.Limiter // by toll: each pays for one tip
	photos *core.Limiter // by tip
}

func newTipLimits() tipLimits {
	return tipLimits{
		tips:   core.NewLimiter(400, 2*time.Second),
		agents: core.NewLimiter(150, 10*time.Second),
		paid:   core.NewLimiter(1, tollLives),
		photos: core.NewLimiter(2*registry.MaxTipExtras, time.Minute),
	}
}

// What a toll costs. The sum grows with what the source has sent beyond its limit, up to what
// an old phone works out in some seconds; whoever has no JavaScript waits instead, some minutes
// at most.
const (
	tollBits  = 16
	tollMore  = 3 // bits on top, one for each minute owed
	tollWait  = 20 * time.Second
	tollLong  = 5 * time.Minute
	tollLives = 2 * time.Hour
	mostOwed  = 10 * time.Minute
)

// Toll is what a source that sends very much is asked for before its next tip: a small sum that
// its browser works out, or waiting. It is good for the words that it was asked for, once.
type Toll struct {
	Text string // given back with the words
	Bits int    // a proof is a number with which the SHA-256 of "Text:number" begins with so many zero bits
	Wait time.Duration
}

// collect lets a tip through whose source has sent little, or which has paid; else it is
// Limited, with the toll. What is paid for counts too, so that a flood pays ever more.
func (a *Service) collect(in *TipInput) (*Toll, error) {
	now, agent := a.DB.Now(), in.Net+"\n"+in.Agent
	owed := max(a.tipLimits.tips.Owes(now, in.Net), a.tipLimits.agents.Owes(now, agent))
	if owed > 0 {
		if !a.paid(now, in) {
			return a.ask(now, in, owed)
		}
	}
	if owed < mostOwed {
		a.tipLimits.tips.Charge(now, in.Net, 1)
		a.tipLimits.agents.Charge(now, agent, 1)
	}
	return nil, nil
}

// words are what a toll is good for.
func (in *TipInput) words() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(in.Kind), in.Place, in.Text, in.Contact, in.PassCode, in.Product, string(in.Join)}, "\x00")))
	return hex.EncodeToString(sum[:])
}

// tollText is a toll as the browser keeps it: when it was asked, its bits, its seconds of
// waiting, and what shows that it is ours.
func (a *Service) tollText(in *TipInput, at int64, n int, wait time.Duration) string {
	head := strconv.FormatInt(at, 10) + "." + strconv.Itoa(n) + "." + strconv.Itoa(int(wait/time.Second))
	return head + "." + a.Seals.Keyed("hoicho/tip-toll/1", head, in.words())[:32]
}

// ask is the toll for a tip: the one that was asked before while it is good, so that asking
// again does not begin the waiting anew.
func (a *Service) ask(now time.Time, in *TipInput, owed time.Duration) (*Toll, error) {
	if t, at, ok := a.asked(now, in); ok {
		t.Wait = max(at.Add(t.Wait).Sub(now), time.Second)
		return t, registry.TooSoon(t.Wait)
	}
	t := &Toll{Bits: tollBits + min(tollMore, int(owed/time.Minute)), Wait: min(max(owed, tollWait), tollLong).Round(time.Second)}
	t.Text = a.tollText(in, now.UnixMilli(), t.Bits, t.Wait)
	return t, registry.TooSoon(t.Wait)
}

// asked reads the toll that a tip brings; ok is false for one that is not ours, is of other
// words, is over, or has paid for a tip.
func (a *Service) asked(now time.Time, in *TipInput) (t *Toll, at time.Time, ok bool) {
	part := strings.Split(in.Toll, ".")
	if len(part) != 4 {
		return nil, at, false
	}
	ms, err1 := strconv.ParseInt(part[0], 10, 64)
	n, err2 := strconv.Atoi(part[1])
	seconds, err3 := strconv.Atoi(part[2])
	t, at = &Toll{Text: in.Toll, Bits: n, Wait: time.Duration(seconds) * time.Second}, time.UnixMilli(ms)
	if err1 != nil || err2 != nil || err3 != nil || a.tollText(in, ms, n, t.Wait) != in.Toll {
		return nil, at, false
	}
	age := now.Sub(at)
	return t, at, age >= 0 && age < tollLives && a.tipLimits.paid.Owed(now, in.Toll) == nil
}

// paid reports whether the toll that a tip brings is paid, by a proof or by waiting, and
// spends it.
func (a *Service) paid(now time.Time, in *TipInput) bool {
	t, at, ok := a.asked(now, in)
	if !ok || now.Before(at.Add(t.Wait)) && !proves(t, in.Proof) {
		return false
	}
	_, err := a.tipLimits.paid.Take(now, in.Toll)
	return err == nil
}

// proves reports whether a number pays a toll.
func proves(t *Toll, proof string) bool {
	if len(proof) == 0 || len(proof) > 16 {
		return false
	}
	sum := sha256.Sum256([]byte(t.Text + ":" + proof))
	zeros := 0
	for _, b := range sum {
		zeros += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return zeros >= t.Bits
}
