package frame_test

import (
	"testing"

	"hoicho/internal/web/frame"
)

// TestForwardedListIsWalkedFromTheRight sends what proxies make of a list that the
// stranger began: whatever stands left of the first stranger is his invention.
func TestForwardedListIsWalkedFromTheRight(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		want  string
	}{
		"none":                            {nil, "127.0.0.0/24"},
		"one":                             {[]string{"203.0.113.7"}, "203.0.113.0/24"},
		"invented in front":               {[]string{"198.51.100.9, 203.0.113.7"}, "203.0.113.0/24"},
		"invented in a line of its own":   {[]string{"198.51.100.9", "203.0.113.7"}, "203.0.113.0/24"},
		"several invented lines":          {[]string{"198.51.100.9", "192.0.2.1, 192.0.2.2", "203.0.113.7"}, "203.0.113.0/24"},
		"a second proxy in its own line":  {[]string{"198.51.100.9", "203.0.113.7", "10.0.0.5"}, "203.0.113.0/24"},
		"a second proxy in the same line": {[]string{"198.51.100.9", "203.0.113.7, 10.0.0.5"}, "203.0.113.0/24"},
		"proxies alone":                   {[]string{"10.0.0.5", "10.0.0.6"}, "10.0.0.0/24"},
		"no address at the end":           {[]string{"203.0.113.7", "unknown"}, "127.0.0.0/24"},
		"an empty line at the end":        {[]string{"203.0.113.7", ""}, "127.0.0.0/24"},
		"IPv6":                            {[]string{"::1", "2001:db8:1:2:3::9"}, "2001:db8:1:2::/64"},
		"IPv4 in IPv6":                    {[]string{"192.0.2.1", "::ffff:203.0.113.7"}, "203.0.113.0/24"},
	} {
		if got := frame.ClientNet(t, []string{"127.0.0.1", "10.0.0.0/8"}, "127.0.0.1", test.lines...); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
		if got := frame.ClientNet(t, nil, "192.0.2.77", test.lines...); got != "192.0.2.0/24" {
			t.Errorf("%s, from a stranger: %s", name, got)
		}
	}
}
