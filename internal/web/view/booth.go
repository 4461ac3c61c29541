package view

import (
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// BoothSize writes the size of a booth in metres: "3 × 3,5 m".
func BoothSize(b registry.Booth) string {
	return vn.ShowSize(b.WidthCM, b.DepthCM)
}

// ZoneName names a zone of a plan, "" for none.
func ZoneName(b Base, zone string) string {
	if zone == "" {
		return ""
	}
	return b.T("booth.plan.zone", zone)
}
