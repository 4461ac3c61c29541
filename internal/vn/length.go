package vn

import (
	"regexp"
	"strconv"
	"strings"
)

// lengthForm is a length in metres as people type it: whole centimetres, so two digits after the comma at most.
var lengthForm = regexp.MustCompile(`^(-?)([0-9]{1,6})(?:[.,]([0-9]{1,2}))?$`)

// ParseMetres reads a length in metres, with a comma or a dot, into centimetres. It is false for what is none and for parts of
// a centimetre, which would have to be rounded.
func ParseMetres(s string) (cm int, ok bool) {
	part := lengthForm.FindStringSubmatch(strings.TrimSpace(s))
	if part == nil {
		return 0, false
	}
	cm, err := strconv.Atoi(part[2] + (part[3] + "00")[:2])
	if part[1] != "" {
		cm = -cm
	}
	return cm, err == nil
}

// ShowMetres writes centimetres as metres, with a comma where there is a rest: "3,5".
func ShowMetres(cm int) string {
	return strings.Replace(strconv.FormatFloat(float64(cm)/100, 'f', -1, 64), ".", ",", 1)
}

// ShowSize writes a width and a depth in centimetres as metres: "3 × 3,5 m".
func ShowSize(width, depth int) string { return ShowMetres(width) + " × " + ShowMetres(depth) + " m" }
