package gates

import (
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// PhoneRow is a paired phone as the office sees it.
type PhoneRow struct {
	registry.Device
	Gates   string
	Via     string // name of the relay that paired it
	Seen    string
	Chip    view.Chip
	Queue   string // scans that it has not sent, as it said; empty when it never said
	Queued  bool   // there are some
	Battery string
	Low     bool // its battery is
	App     string
}

// lowBattery is from which percentage down somebody should bring a charger.
const lowBattery = 20

// PhoneRows shows the paired phones of an event.
func PhoneRows(b view.Base, devices []registry.Device, tellings map[registry.DeviceID]registry.DeviceTelling, gates []registry.Gate, now int64) []PhoneRow {
	rows, known := make([]PhoneRow, len(devices)), map[registry.DeviceID]string{}
	for _, d := range devices {
		known[d.ID] = d.Name
	}
	for i, d := range devices {
		told := tellings[d.ID]
		d.LastSeenAt = max(d.LastSeenAt, told.At)
		names := make([]string, len(d.Gates))
		for j, n := range d.Gates {
			names[j] = gateName(gates, n)
		}
		r := PhoneRow{Device: d, Gates: strings.Join(names, ", "), Seen: seen(b, d.LastSeenAt, now), Chip: phoneChip(b, d, now), App: told.App,
			Via: known[d.Relay]}
		if told.At > 0 {
			r.Queue, r.Queued = vn.Count(int64(told.Queue)), told.Queue > 0
		}
		if told.At > 0 && told.Battery != registry.NoBattery {
			r.Battery, r.Low = strconv.Itoa(told.Battery)+" %", told.Battery <= lowBattery
		}
		rows[i] = r
	}
	return rows
}

// phoneChip says how a phone is: on line when it called in the last five minutes.
func phoneChip(b view.Base, d registry.Device, now int64) view.Chip {
	standing := d.Standing(now)
	class := map[string]string{"revoked": "stop", "over": "off", "online": "go", "silent": "wait"}[standing]
	return view.Chip{Class: class, Label: b.T("gate.phone." + standing)}
}
