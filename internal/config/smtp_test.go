package config

import (
	"strings"
	"testing"
)

// TestMailServerAddress walks addresses as people write them: what would reach
// another server or sign in with another password is refused, in one sentence that
// does not repeat the password.
func TestMailServerAddress(t *testing.T) {
	for _, good := range []string{"", "smtp://localhost:25", "smtp://localhost", "smtps://mail.vn", "smtp://[::1]:25",
		"smtp://user:secret@mail.vn:587", "smtp://user@mail.vn", "smtp://a%40b.vn:s%3Ae%2Fc%23r%40et%25@mail.vn:587"} {
		if err := checkSMTP(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for name, bad := range map[string]string{
		"BOM": "\ufeffsmtp://u:geheim@mail.vn:25", "BOM behind": "smtp://u:geheim@mail.vn:25\ufeff", "blank": "smtp://u:geh eim@mail.vn:25",
		"line end": "smtp://u:geheim@mail.vn:25\n", "no scheme": "mail.vn:25", "no scheme, user": "u:geheim@mail.vn:25",
		"other scheme": "http://u:geheim@mail.vn", "scheme alone": "smtp://", "no host": "smtp://u:geheim@", "no host, port": "smtp://:25",
		"raw @": "smtp://u:geh@eim@mail.vn:25", "raw :": "smtp://u:geh:eim@mail.vn:25", "raw /": "smtp://u:geh/eim@mail.vn:25",
		"raw #": "smtp://u:geh#eim@mail.vn:25", "raw ?": "smtp://u:geh?eim@mail.vn:25", "raw %": "smtp://u:geh%eim@mail.vn:25",
		"raw @ in user": "smtp://a@b.vn:geheim@mail.vn:25", "path": "smtp://u:geheim@mail.vn:25/x", "query": "smtp://u:geheim@mail.vn:25?x=1",
		"port": "smtp://u:geheim@mail.vn:0", "large port": "smtp://u:geheim@mail.vn:70000", "text port": "smtp://u:geheim@mail.vn:smtp",
		"no user": "smtp://:geheim@mail.vn:25",
	} {
		err := checkSMTP(bad)
		if err == nil || !strings.Contains(err.Error(), "--smtp") || strings.Contains(err.Error(), "geh") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
