package vn

import "math"

// Instants here are Julian days (JD) of universal time, or Julian ephemeris
// days (JDE) of the uniform time in which the theories of sun and moon are
// written. Formulas after Jean Meeus, Astronomical Algorithms, 2nd edition.

const (
	j2000   = 2451545.0
	century = 36525.0
	radian  = math.Pi / 180
)

// newMoon returns the JD of the k-th new moon counted from 6 January 2000,
// right to about ten seconds (chapter 49, without the powers of time that do not
// come to a fifth of a second from 1900 to 2100).
func newMoon(k int) float64 {
	kf := float64(k)
	t := kf / 1236.85
	jde := 2451550.09766 + 29.530588861*kf + 0.00015437*t*t
	e := 1 - 0.002516*t
	sun := radian * (2.5534 + 29.10535670*kf)
	moon := radian * (201.5643 + 385.81693528*kf + 0.0107582*t*t)
	lat := radian * (160.7108 + 390.67050284*kf)
	node := radian * (124.7746 - 1.56375588*kf)
	jde -= 0.00017 * math.Sin(node)
	for _, m := range newMoonTerms {
		size := m.size * math.Pow(e, math.Abs(m.sun))
		jde += size * math.Sin(m.sun*sun+m.moon*moon+m.lat*lat)
	}
	for _, p := range newMoonPlanets {
		jde += p.size * math.Sin(radian*(p.start+p.rate*kf))
	}
	return jde - deltaT(jde)
}

// newMoonTerms are days times the sine of multiples of the mean anomalies of
// sun and moon and of the moon's argument of latitude.
var newMoonTerms = []struct{ size, sun, moon, lat float64 }{
	{-0.40720, 0, 1, 0}, {0.17241, 1, 0, 0}, {0.01608, 0, 2, 0}, {0.01039, 0, 0, 2},
	{0.00739, -1, 1, 0}, {-0.00514, 1, 1, 0}, {0.00208, 2, 0, 0}, {-0.00111, 0, 1, -2},
	{-0.00057, 0, 1, 2}, {0.00056, 1, 2, 0}, {-0.00042, 0, 3, 0}, {0.00042, 1, 0, 2},
	{0.00038, 1, 0, -2}, {-0.00024, -1, 2, 0}, {-0.00007, 2, 1, 0}, {0.00004, 0, 2, -2},
	{0.00004, 3, 0, 0}, {0.00003, 1, 1, -2}, {0.00003, 0, 2, 2}, {-0.00003, 1, 1, 2},
	{0.00003, -1, 1, 2}, {-0.00002, -1, 1, -2}, {-0.00002, 1, 3, 0}, {0.00002, 0, 4, 0},
}

// newMoonPlanets are the pulls of the planets: days times the sine of an angle
// in degrees that grows with the number of the moon.
var newMoonPlanets = []struct{ size, start, rate float64 }{
	{0.000325, 299.77, 0.107408}, {0.000165, 251.88, 0.016321}, {0.000164, 251.83, 26.651886},
	{0.000126, 349.42, 36.412478}, {0.000110, 84.66, 18.206239}, {0.000062, 141.74, 53.303771},
	{0.000060, 207.14, 2.453732}, {0.000056, 154.84, 7.306860}, {0.000047, 34.52, 27.261239},
	{0.000042, 207.19, 0.121824}, {0.000040, 291.34, 1.844379}, {0.000037, 161.72, 24.198154},
	{0.000035, 239.56, 25.513099}, {0.000023, 331.55, 3.592518},
}

// sunLongitude returns the apparent longitude of the sun in degrees 0 to 360 at
// a JD, right to about two seconds of arc, which the sun passes in under a
// minute (chapter 25 with the theory VSOP87 cut short).
func sunLongitude(jd float64) float64 {
	jde := jd + deltaT(jd)
	t := (jde - j2000) / (10 * century)
	earth := series(earthL0, t) + t*(series(earthL1, t)+t*series(earthL2, t))
	degrees := earth*1e-8/radian + 180
	c := (jde - j2000) / century
	node := radian * (125.04452 - 1934.136261*c)
	mean := radian * (280.4665 + 36000.7698*c)
	moon := radian * (218.3165 + 481267.8813*c)
	nutation := -17.20*math.Sin(node) - 1.32*math.Sin(2*mean) - 0.23*math.Sin(2*moon) + 0.21*math.Sin(2*node)
	anomaly := radian * (357.52911 + 35999.05029*c)
	distance := 1.00014 - 0.01671*math.Cos(anomaly) - 0.00014*math.Cos(2*anomaly)
	const frame = -0.09033
	aberration := -20.4898 / distance
	degrees += (nutation + aberration + frame) / 3600
	return degrees - 360*math.Floor(degrees/360)
}

// wave is one term of a periodic series: size times the cosine of an angle in
// radians, t in Julian millennia from 2000.
type wave struct{ size, phase, rate float64 }

func series(waves []wave, t float64) float64 {
	sum := 0.0
	for _, w := range waves {
		sum += w.size * math.Cos(w.phase+w.rate*t)
	}
	return sum
}

// The heliocentric longitude of the earth in 1e-8 radians, by powers of t.
var (
	earthL0 = []wave{
		{175347046, 0, 0}, {3341656, 4.6692568, 6283.0758500}, {34894, 4.62610, 12566.15170},
		{3497, 2.7441, 5753.3849}, {3418, 2.8289, 3.5231}, {3136, 3.6277, 77713.7715},
		{2676, 4.4181, 7860.4194}, {2343, 6.1352, 3930.2097}, {1324, 0.7425, 11506.7698},
		{1273, 2.0371, 529.6910}, {1199, 1.1096, 1577.3435}, {990, 5.233, 5884.927},
		{902, 2.045, 26.298}, {857, 3.508, 398.149}, {780, 1.179, 5223.694},
		{753, 2.533, 5507.553}, {505, 4.583, 18849.228}, {492, 4.205, 775.523},
		{357, 2.920, 0.067}, {317, 5.849, 11790.629}, {284, 1.899, 796.298},
		{271, 0.315, 10977.079}, {243, 0.345, 5486.778}, {206, 4.806, 2544.314},
		{205, 1.869, 5573.143}, {202, 2.458, 6069.777}, {156, 0.833, 213.299},
		{132, 3.411, 2942.463}, {126, 1.083, 20.775}, {115, 0.645, 0.980},
		{103, 0.636, 4694.003}, {102, 0.976, 15720.839}, {102, 4.267, 7.114},
		{99, 6.21, 2146.17}, {98, 0.68, 155.42}, {86, 5.98, 161000.69},
		{85, 1.30, 6275.96}, {85, 3.67, 71430.70}, {80, 1.81, 17260.15},
	}
	earthL1 = []wave{
		{628331966747, 0, 0}, {206059, 2.678235, 6283.075850}, {4303, 2.6351, 12566.1517},
		{425, 1.590, 3.523}, {119, 5.796, 26.298}, {109, 2.966, 1577.344},
	}
	earthL2 = []wave{{52919, 0, 0}, {8720, 1.0721, 6283.0758}}
)

// deltaT returns how far the uniform time ran ahead of the earth's rotation, in
// days.
func deltaT(jd float64) float64 {
	decade := (jd - j2000) / (century / 10)
	i := int(math.Floor(decade)) - deltaFirst
	i = max(0, min(i, len(deltaSeconds)-2))
	within := decade - float64(deltaFirst+i)
	return (deltaSeconds[i] + within*(deltaSeconds[i+1]-deltaSeconds[i])) / 86400
}

// deltaFirst is the decade of the first of deltaSeconds, counted from 2000.
const deltaFirst = -11

// deltaSeconds has one value for each tenth year from 1890 to 2110. To 2020
// they were observed; from 2050 they follow the parabola -20 + 32u² (u in
// centuries from 1820) with which calendars are published. The truth may turn
// out a minute less; that would move the first day of three months, in May
// 2054, November 2077 and October 2085, by one day.
var deltaSeconds = []float64{
	-5.9, -2.8, 10.4, 21.2, 24.0, 24.3, 29.1, 33.1, 40.2, 50.5, 56.9, 63.8,
	66.1, 69.4, 75, 110, 149, 164, 180, 196, 213, 231, 249,
}
