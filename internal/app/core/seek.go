package core

import (
	"time"

	"hoicho/internal/registry"
)

// Seeker is somebody who looks for a printed code: a browser in a network. A whole
// market sits behind one network, so codes that exist cost nobody anything.
type Seeker struct {
	Net   string // its network, /24 or /64
	Agent string // the browser's name and languages, as it tells them
}

// seekLimits are how often printed codes may be looked for that are none.
type seekLimits struct {
	seeker  *Limiter // by browser in a network
	seekers *Limiter // by network
}

// newSeekLimits makes the limits on looking for codes that exist.
func newSeekLimits() seekLimits {
	return seekLimits{seeker: NewLimiter(30, 10*time.Second), seekers: NewLimiter(1000, time.Second)}
}

// Seek runs find, which looks for a printed code, unless too many codes that the
// seeker looked for were none; then it is Limited. What find returns comes back,
// and NotFound counts.
func (a *Core) Seek(who Seeker, find func() error) error {
	now, own := a.DB.Now(), who.Net+"\n"+who.Agent
	if err := a.seekLimits.seeker.Owed(now, own); err != nil {
		return err
	}
	if err := a.seekLimits.seekers.Owed(now, who.Net); err != nil {
		return err
	}
	err := find()
	if registry.KindOf(err) == registry.NotFound {
		a.seekLimits.seeker.Charge(now, own, 1)
		a.seekLimits.seekers.Charge(now, who.Net, 1)
	}
	return err
}
