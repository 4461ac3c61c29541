package core

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// The box in which a place in Vietnam lies, islands included, in degrees.
const (
	southmost, northmost = 6.0, 23.5
	westmost, eastmost   = 102.0, 118.0
)

// linkForms are the shapes of coordinates in addresses of maps, the surest
// first: the pin of a place, then the query, then the middle of the view.
var linkForms = []*regexp.Regexp{
	regexp.MustCompile(`!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)`),
	regexp.MustCompile(`[?&]mlat=(-?\d+\.\d+)&mlon=(-?\d+\.\d+)`),
	regexp.MustCompile(`(?:[?&](?:q|query|ll|destination|daddr|center)=|/place/|/search/|geo:)(?:loc:)?(-?\d+\.\d+)(?:,|%2C)[+\s]*(-?\d+\.\d+)`),
	regexp.MustCompile(`@(-?\d+\.\d+),(-?\d+\.\d+)`),
	regexp.MustCompile(`#map=[\d.]+/(-?\d+\.\d+)/(-?\d+\.\d+)`),
}

var (
	plainForm = regexp.MustCompile(`^(-?\d+[.,]\d+)\s*°?\s*[NB]?(?:\s*[,;]\s*|\s+)(-?\d+[.,]\d+)\s*°?\s*[EĐ]?$`)
	sexaForm  = regexp.MustCompile(`^(\d+)°\s*(\d+)['′’]\s*([\d.,]+)?["″”]?\s*[NB][\s,;]+(\d+)°\s*(\d+)['′’]\s*([\d.,]+)?["″”]?\s*[EĐ]$`)
)

// ParsePlace reads coordinates as people have them: "22.4034, 105.6166", degrees
// with minutes and seconds, or the address of a map. It returns millionths of a
// degree; ok is false for what cannot be read or lies outside Vietnam.
// Coordinates the wrong way round are turned, since the box tells.
func ParsePlace(s string) (latE6, lonE6 int64, ok bool) {
	lat, lon, ok := findPlace(strings.TrimSpace(s))
	if !ok {
		return 0, 0, false
	}
	if inVietnam(lon, lat) {
		lat, lon = lon, lat
	}
	if !inVietnam(lat, lon) {
		return 0, 0, false
	}
	return int64(math.Round(lat * 1e6)), int64(math.Round(lon * 1e6)), true
}

func inVietnam(lat, lon float64) bool {
	return lat >= southmost && lat <= northmost && lon >= westmost && lon <= eastmost
}

func findPlace(s string) (lat, lon float64, ok bool) {
	if m := plainForm.FindStringSubmatch(s); m != nil {
		return decimal(m[1]), decimal(m[2]), true
	}
	if m := sexaForm.FindStringSubmatch(s); m != nil {
		return degrees(m[1:4]), degrees(m[4:7]), true
	}
	for _, form := range linkForms {
		if m := form.FindStringSubmatch(s); m != nil {
			return decimal(m[1]), decimal(m[2]), true
		}
	}
	return 0, 0, false
}

func decimal(s string) float64 {
	f, _ := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64) // digits, as the form saw to
	return f
}

// degrees adds up degrees, minutes and seconds.
func degrees(parts []string) float64 {
	return decimal(parts[0]) + decimal(parts[1])/60 + decimal(parts[2])/3600
}
