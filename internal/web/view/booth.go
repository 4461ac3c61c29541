package view

import (
	"fmt"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// BoothSize writes the size of a booth in metres: "3 × 3,5 m".
func BoothSize(b registry.Booth) string {
	return metres(b.WidthCM) + " × " + metres(b.DepthCM) + " m"
}

// metres writes centimetres as metres, with a comma where there is a rest.
func metres(cm int) string {
	if cm%100 == 0 {
		return strconv.Itoa(cm / 100)
	}
	return strings.TrimRight(fmt.Sprintf("%d,%02d", cm/100, cm%100), "0")
}

// ZoneName names a zone of a plan, "" for none.
func ZoneName(b Base, zone string) string {
	if zone == "" {
		return ""
	}
	return b.T("booth.plan.zone", zone)
}
