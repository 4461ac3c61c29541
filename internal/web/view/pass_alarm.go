package view

import (
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// AlarmWhy says in words why a pass may have been copied.
func (b Base) AlarmWhy(a registry.PassAlarm) string {
	key := "pass.alarm.why." + string(a.Kind)
	if a.Place != "" {
		return b.T(key, a.Place, a.OtherPlace)
	}
	return b.T(key, vn.Count(int64(a.N)), vn.Count(int64(a.OtherN)))
}
