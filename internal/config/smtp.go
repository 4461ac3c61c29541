package config

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// checkSMTP refuses an address of a mail server that would be read as another one.
// It never repeats the address, in which a password may stand.
func checkSMTP(address string) error {
	if address == "" {
		return nil
	}
	scheme, rest, _ := strings.Cut(address, "://")
	switch {
	case strings.ContainsFunc(address, func(r rune) bool { return r == '\ufeff' || r <= ' ' || r == 0x7f || r == 0xa0 || r == 0x200b }):
		return errors.New("--smtp holds a blank or an invisible sign, such as the mark that some editors put at the beginning of a file: write the address anew, smtp://user:password@host:587")
	case scheme != "smtp" && scheme != "smtps":
		return errors.New("--smtp must begin with smtp:// (or smtps:// for TLS from the start), as in smtp://user:password@host:587")
	}
	who, host, named := strings.Cut(rest, "@")
	if !named {
		who, host = "", rest
	}
	_, password, _ := strings.Cut(who, ":")
	if strings.ContainsAny(host, "@/#?") || strings.ContainsAny(password, ":/#?") || strings.ContainsAny(who, "/#?") {
		return errors.New("--smtp has nothing after the port, and in its user and password the signs @ : / # ? % are written %40 %3A %2F %23 %3F %25: smtp://user:password@host:587")
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || named && u.User.Username() == "" {
		return errors.New("--smtp cannot be read; write it as smtp://user:password@host:587, with % in user or password as %25")
	}
	if port, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || port < 1 || port > 65535) {
		return errors.New("--smtp: the port is a number from 1 to 65535, as in smtp://user:password@host:587")
	}
	return nil
}
