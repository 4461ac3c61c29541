package app

import (
	"bytes"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

// Seeker is somebody who looks for a printed code: a browser in a network. A whole
// market sits behind one network, so codes that exist cost nobody anything.
type Seeker struct {
	Net   string // its network, /24 or /64
	Agent string // the browser's name and languages, as it tells them
}

// Seek runs find, which looks for a printed code, unless too many codes that the
// seeker looked for were none; then it is Limited. What find returns comes back,
// and NotFound counts.
func (a *App) Seek(who Seeker, find func() error) error {
	now, own := a.DB.Now(), who.Net+"\n"+who.Agent
	if err := a.limits.seeker.owed(now, own); err != nil {
		return err
	}
	if err := a.limits.seekers.owed(now, who.Net); err != nil {
		return err
	}
	err := find()
	if registry.KindOf(err) == registry.NotFound && err != nil {
		a.limits.seeker.charge(now, own, 1)
		a.limits.seekers.charge(now, who.Net, 1)
	}
	return err
}

// mayType is Limited when a batch holds typed codes and the phone has sent too many
// of no pass. The phone keeps the scans and sends them later.
func (a *App) mayType(device registry.Device, batch gate.ScanBatch) error {
	for i := range batch.Scans {
		if batch.Scans[i].Code != "" {
			return a.limits.typed.owed(a.DB.Now(), string(device.ID))
		}
	}
	return nil
}

var verdictUnknown = []byte(`"verdict":"` + string(registry.VerdictUnknown) + `"`)

// noteTyped counts the typed codes of a batch that are of no pass.
func (a *App) noteTyped(device registry.Device, batch gate.ScanBatch, answer GateAnswer) {
	n := 0
	for i, result := range answer.Results {
		if batch.Scans[i].Code != "" && bytes.Contains(result, verdictUnknown) {
			n++
		}
	}
	if n > 0 {
		a.limits.typed.charge(a.DB.Now(), string(device.ID), n)
	}
}
