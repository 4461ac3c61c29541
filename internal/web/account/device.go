package account

import "strings"

// named parts of a User-Agent, the more telling ones first: most browsers claim
// to be several others too.
var (
	browserNames = [][2]string{{"coc_coc", "Cốc Cốc"}, {"Zalo", "Zalo"}, {"FBAN", "Facebook"}, {"SamsungBrowser", "Samsung Internet"},
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"},
		{"Safari", "Safari"}}
	systemNames = [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

// deviceName is how the owner of an account recognises a browser of theirs in the
// list: "Chrome, Android"; "" when it says nothing known.
func deviceName(userAgent string) string {
	var parts []string
	for _, names := range [][][2]string{browserNames, systemNames} {
		for _, n := range names {
			if strings.Contains(userAgent, n[0]) {
				parts = append(parts, n[1])
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}
