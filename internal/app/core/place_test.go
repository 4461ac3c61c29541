package core

import (
	"testing"
)

func TestParsePlace(t *testing.T) {
	const lat, lon = 22403400, 105616600
	for text, ok := range map[string]bool{
		"22.4034, 105.6166": true, "22.4034 105.6166": true, "22,4034; 105,6166": true, "22,4034, 105,6166": true,
		"  22.4034,105.6166 ": true, "105.6166, 22.4034": true, "22.4034°N 105.6166°E": true,
		`22°24'12.24"N 105°36'59.76"E`: true, "22°24′12.24″B, 105°36′59.76″Đ": true,
		"https://www.google.com/maps/@22.4034,105.6166,17z":                                              true,
		"https://www.google.com/maps/place/X/@22.1,105.1,17z/data=!3m1!4b1!4m6!8m2!3d22.4034!4d105.6166": true,
		"https://maps.google.com/?q=22.4034,105.6166":                                                    true,
		"https://www.google.com/maps/search/?api=1&query=22.4034%2C105.6166":                             true,
		"https://www.google.com/maps/search/22.4034,+105.6166":                                           true,
		"https://www.openstreetmap.org/?mlat=22.4034&mlon=105.6166#map=16/22.5/105.5":                    true,
		"https://www.openstreetmap.org/#map=16/22.4034/105.6166":                                         true,
		"geo:22.4034,105.6166?z=17":                                                                      true,
		"":                                                                                               false,
		"sân vận động":                                                                                   false, "22, 105": false, "48.8566, 2.3522": false, "0.0, 0.0": false, "91.0, 181.0": false,
		"https://maps.app.goo.gl/abcdef": false, "22.4034": false, "1e300.0, 105.6": false, "NaN, NaN": false,
	} {
		gotLat, gotLon, got := ParsePlace(text)
		if got != ok {
			t.Errorf("%q: read %t, want %t", text, got, ok)
		}
		if ok && (gotLat != lat || gotLon != lon) {
			t.Errorf("%q: %d, %d", text, gotLat, gotLon)
		}
	}
}

func TestTheCornersOfVietnamAreInIt(t *testing.T) {
	for name, c := range map[string][2]float64{"south-west": {southmost, westmost}, "north-east": {northmost, eastmost}} {
		t.Run(name, func(t *testing.T) {
			if !inVietnam(c[0], c[1]) {
				t.Errorf("%v is outside", c)
			}
		})
	}
}
