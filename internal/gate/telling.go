package gate

import (
	"regexp"
	"strconv"

	"hoicho/internal/registry"
)

// TellingHeader is the request header in which a phone tells of itself.
const TellingHeader = "Hoicho-Device"

var telling = regexp.MustCompile(`^app=([0-9A-Za-z._-]{1,40}); queue=([0-9]{1,7}); battery=([0-9]{0,3})$`)

// ParseTelling reads what a phone tells of itself with each call. What is not
// written exactly as the protocol says is not taken at all: ok is false.
func ParseTelling(header string) (t registry.DeviceTelling, ok bool) {
	parts := telling.FindStringSubmatch(header)
	if parts == nil {
		return t, false
	}
	t.App, t.Battery = parts[1], registry.NoBattery
	t.Queue, _ = strconv.Atoi(parts[2]) // digits, and few of them
	if parts[3] != "" {
		t.Battery, _ = strconv.Atoi(parts[3])
	}
	return t, t.Battery <= 100
}
