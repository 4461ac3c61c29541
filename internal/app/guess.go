package app

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
	seeker  *limiter // by browser in a network
	seekers *limiter // by network
}

func newSeekLimits() seekLimits {
	return seekLimits{seeker: newLimiter(30, 10*time.Second), seekers: newLimiter(1000, time.Second)}
}

// Seek runs find, which looks for a printed code, unless too many codes that the
// seeker looked for were none; then it is Limited. What find returns comes back,
// and NotFound counts.
func (a *App) Seek(who Seeker, find func() error) error {
	now, own := a.DB.Now(), who.Net+"\n"+who.Agent
	if err := a.seekLimits.seeker.owed(now, own); err != nil {
		return err
	}
	if err := a.seekLimits.seekers.owed(now, who.Net); err != nil {
		return err
	}
	err := find()
	if registry.KindOf(err) == registry.NotFound {
		a.seekLimits.seeker.charge(now, own, 1)
		a.seekLimits.seekers.charge(now, who.Net, 1)
	}
	return err
}
