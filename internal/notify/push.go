package notify

import (
	"context"
	"crypto/ecdh"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/SherClockHolmes/webpush-go"

	"hoicho/internal/registry"
)

// Push hands notifications to the push services of browsers (RFC 8030), encrypted so
// that only the browser reads them (RFC 8291), signed with the server's key (RFC 8292).
// Addresses come from browsers, so whatever lies inside this network is refused when
// it is dialled, whatever its name says.
type Push struct {
	// Contact is whom a push service may turn to: an https address, or one of mail.
	Contact string
	Texts   PushTexts
	// Loopback lets push services of tests run on this machine, under these roots.
	Loopback *x509.CertPool

	client *http.Client
}

// PushTexts turns a notice into what a locked screen may show.
type PushTexts func(m registry.Message) (title, body string)

const (
	// pushWithin is how long a push service may take.
	pushWithin = 15 * time.Second
	// pushRecord is the size of every notification, padded: it tells nothing of what is in it.
	pushRecord = 2048
	// pushRunes bounds title and text, so that they fit in.
	pushRunes = 160
	// maxEndpoint is how long an address of a push service may be.
	maxEndpoint = 1024
)

// NewPush makes one ready.
func NewPush(p Push) *Push {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error { return p.mayDial(address) }}
	p.client = &http.Client{Timeout: pushWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: 5 * time.Second,
			MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute, TLSClientConfig: &tls.Config{RootCAs: p.Loopback, MinVersion: tls.VersionTLS12}}}
	return &p
}

// errPushAddress is what is wrong with an address that leads nowhere we go.
var errPushAddress = errors.New("not the address of a push service")

// Takes reports why an address is not to be written to, nil if it may be.
func (p *Push) Takes(to registry.PushAddress) error {
	u, err := url.Parse(to.Endpoint)
	switch {
	case err != nil || len(to.Endpoint) > maxEndpoint || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "":
		return errPushAddress
	case p.Loopback == nil && u.Port() != "" && u.Port() != "443":
		return errPushAddress
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !p.reaches(ip) {
		return errPushAddress
	}
	key, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(to.P256dh, "="))
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(key)
	}
	if err != nil {
		return fmt.Errorf("key of the browser: %w", err)
	}
	if auth, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(to.Auth, "=")); err != nil || len(auth) != 16 {
		return errors.New("secret of the browser: want 16 bytes")
	}
	return nil
}

// mayDial refuses addresses inside this network.
func (p *Push) mayDial(address string) error {
	to, err := netip.ParseAddrPort(address)
	if err == nil && p.reaches(to.Addr()) {
		return nil
	}
	return fmt.Errorf("%w: %s is inside this network", registry.ErrUndeliverable, address)
}

// reaches reports whether push services are looked for at an address.
func (p *Push) reaches(ip netip.Addr) bool {
	return public(ip) || p.Loopback != nil && ip.Unmap().IsLoopback()
}

// closed are ranges that lead into networks of somebody, or nowhere, beside those that
// netip knows (RFC 6890 with its successors). Those that wrap an address of version 4
// are closed too, but for the one of NAT64, which is judged by what it wraps.
var closed = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "5f00::/16", "fec0::/10")

// nat64 is the range in which networks of version 6 alone reach those of version 4.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

func prefixes(texts ...string) (all []netip.Prefix) {
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// public reports whether an address is one of the open internet.
func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if nat64.Contains(ip) {
		raw := ip.As16()
		ip = netip.AddrFrom4([4]byte(raw[12:]))
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, c := range closed {
		if c.Contains(ip) {
			return false
		}
	}
	return true
}

// pushed is what the browser gets.
type pushed struct {
	ID    registry.MessageID `json:"id"`
	Title string             `json:"title"`
	Body  string             `json:"body"`
	Path  string             `json:"path"`
	Tag   string             `json:"tag"` // a later notification of the same tag takes the place of this one
	Lang  string             `json:"lang"`
}

// Push sends one notification.
func (p *Push) Push(ctx context.Context, n registry.Push) (registry.PushAnswer, error) {
	if err := p.Takes(n.To); err != nil {
		return registry.PushAnswer{}, fmt.Errorf("%w: %w", registry.ErrUndeliverable, err)
	}
	title, body := p.Texts(n.Message)
	payload, err := json.Marshal(pushed{n.Message.ID, shorten(title), shorten(body), n.Path, n.Topic, n.Message.Lang})
	if err != nil {
		return registry.PushAnswer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, pushWithin)
	defer cancel()
	answer, err := webpush.SendNotificationWithContext(ctx, payload, &webpush.Subscription{Endpoint: n.To.Endpoint,
		Keys: webpush.Keys{P256dh: n.To.P256dh, Auth: n.To.Auth}}, &webpush.Options{HTTPClient: p.client, RecordSize: pushRecord,
		Subscriber: p.Contact, Topic: n.Topic, TTL: int(n.TTL.Seconds()), Urgency: webpush.UrgencyHigh,
		VAPIDPublicKey: n.Public, VAPIDPrivateKey: n.Private})
	if err != nil {
		return registry.PushAnswer{}, unnamed(err)
	}
	defer answer.Body.Close()
	words, _ := io.ReadAll(io.LimitReader(answer.Body, 300)) // the status says what matters
	a := registry.PushAnswer{Status: answer.StatusCode, Said: strings.TrimSpace(answer.Status), RetryAfter: retryAfter(answer)}
	if !a.Taken() {
		a.Said = strings.TrimSpace(a.Said + " " + oneLine(strings.ToValidUTF8(string(words), "")))
	}
	return a, nil
}

// unnamed takes the address out of a fault: whoever reads it in a log could wake the phone.
func unnamed(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// retryAfter is how long a push service asks to wait: in seconds, or until a time by its
// own clock.
func retryAfter(answer *http.Response) time.Duration {
	said := answer.Header.Get("Retry-After")
	if s, err := strconv.Atoi(said); err == nil && s > 0 {
		return time.Duration(min(s, 7*24*3600)) * time.Second
	}
	until, err := http.ParseTime(said)
	now, fault := http.ParseTime(answer.Header.Get("Date"))
	if err != nil || fault != nil {
		return 0
	}
	return max(0, until.Sub(now))
}

// shorten cuts a text to what a notification shows.
func shorten(text string) string {
	text = oneLine(text)
	if runes := []rune(text); len(runes) > pushRunes {
		return string(runes[:pushRunes-1]) + "…"
	}
	return text
}
