package testkit

import (
	"bytes"
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/i18n"
	"hoicho/internal/notify"
	"hoicho/internal/registry"
)

// PushService is a push service on this machine, as browsers have theirs (RFC 8030). It
// lets in who signs with the key that a browser subscribed with (RFC 8292), and reads
// what comes as the browser would (RFC 8291), by code that shares nothing with ours.
type PushService struct {
	t      testing.TB
	server *httptest.Server

	mu       sync.Mutex
	phones   map[string]*PushPhone
	answer   func(http.ResponseWriter) bool
	refusals []string
}

// PushPhone is a browser with a subscription.
type PushPhone struct {
	Service *PushService
	Address registry.PushAddress
	key     *ecdh.PrivateKey
	auth    []byte
	server  []byte // public key that may send

	got []Pushed
}

// Pushed is what a browser was sent.
type Pushed struct {
	ID, Title, Body, Path, Tag, Lang string
	TTL, Urgency, Topic              string `json:"-"`
	Raw                              []byte `json:"-"` // as the service saw it
	Subject                          string `json:"-"` // whom the service may turn to
}

// NewPushService starts a push service, to which the kit's notifications go from now on.
func (k *Kit) NewPushService() *PushService {
	k.T.Helper()
	s := &PushService{t: k.T, phones: map[string]*PushPhone{}}
	s.server = httptest.NewTLSServer(http.HandlerFunc(s.serve))
	k.T.Cleanup(s.server.Close)
	k.App.Push = s.Way()
	return s
}

// Way is how a server reaches this service.
func (s *PushService) Way() *notify.Push {
	roots := x509.NewCertPool()
	roots.AddCert(s.server.Certificate())
	return notify.NewPush(notify.Push{Contact: "https://hoicho.vi-du.vn", Loopback: roots, Texts: func(m registry.Message) (string, string) {
		args := make([]any, len(m.Args))
		for i, a := range m.Args {
			args[i] = a
		}
		return i18n.T(m.Lang, m.Key+".push", args...), m.Args[0]
	}})
}

// Answer has the service answer with a status from now on, 201 with 0; headers are set
// before.
func (s *PushService) Answer(status int, headers ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = func(w http.ResponseWriter) bool {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(cmp.Or(status, http.StatusCreated))
		return status == 0
	}
}

// Refusals are why the service let requests not in, since it was asked last.
func (s *PushService) Refusals() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	said := s.refusals
	s.refusals = nil
	return said
}

// Phone makes a browser that subscribes with a public key of a server.
func (s *PushService) Phone(serverKey string) *PushPhone {
	s.t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	server, err := base64.RawURLEncoding.DecodeString(serverKey)
	if err != nil || len(server) != 65 {
		s.t.Fatalf("public key of the server %q: %v", serverKey, err)
	}
	raw := make([]byte, 32)
	rand.Read(raw)
	encode := base64.RawURLEncoding.EncodeToString
	p := &PushPhone{Service: s, key: key, auth: raw[:16], server: server}
	p.Address = registry.PushAddress{Endpoint: s.server.URL + "/wake/" + encode(raw[16:]), P256dh: encode(key.PublicKey().Bytes()), Auth: encode(p.auth)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phones[p.path()] = p
	return p
}

func (p *PushPhone) path() string {
	u, _ := url.Parse(p.Address.Endpoint)
	return u.Path
}

// Input is the subscription as a page sends it.
func (p *PushPhone) Input() accounts.PushInput {
	return accounts.PushInput{Endpoint: p.Address.Endpoint, P256dh: p.Address.P256dh, Auth: p.Address.Auth,
		Key: base64.RawURLEncoding.EncodeToString(p.server)}
}

// Subscribed makes a browser that gets the notifications of a session.
func (s *PushService) Subscribed(k *Kit, in accounts.SignedIn) *PushPhone {
	s.t.Helper()
	key, _, err := k.App.PushKey(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	p := s.Phone(key.Public)
	if err := k.App.Accounts.Subscribe(s.t.Context(), in, p.Input()); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// Got is what the browser was sent, in its order.
func (p *PushPhone) Got() []Pushed {
	p.Service.mu.Lock()
	defer p.Service.mu.Unlock()
	return append([]Pushed(nil), p.got...)
}

func (s *PushService) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.phones[r.URL.Path]
	switch got, err := s.read(p, r); {
	case p == nil:
		w.WriteHeader(http.StatusNotFound)
	case err != nil:
		s.refusals = append(s.refusals, err.Error())
		w.WriteHeader(http.StatusForbidden)
	case s.answer != nil && !s.answer(w):
	default:
		p.got = append(p.got, got)
		if s.answer == nil {
			w.WriteHeader(http.StatusCreated)
		}
	}
}

func (s *PushService) read(p *PushPhone, r *http.Request) (got Pushed, err error) {
	if p == nil {
		return got, nil
	}
	if r.Method != http.MethodPost || r.Header.Get("Content-Encoding") != "aes128gcm" || r.Header.Get("TTL") == "" {
		return got, fmt.Errorf("%s with coding %q, TTL %q", r.Method, r.Header.Get("Content-Encoding"), r.Header.Get("TTL"))
	}
	subject, err := p.signedBy(r.Header.Get("Authorization"), s.server.URL)
	if err != nil {
		return got, err
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, 4097))
	if err != nil || len(raw) > 4096 {
		return got, fmt.Errorf("%d bytes of body: %w", len(raw), err)
	}
	text, err := OpenPushed(raw, p.key, p.auth)
	if err != nil {
		return got, err
	}
	err = json.Unmarshal(text, &got)
	got.TTL, got.Urgency, got.Topic, got.Raw, got.Subject = r.Header.Get("TTL"), r.Header.Get("Urgency"), r.Header.Get("Topic"), raw, subject
	return got, err
}

// signedBy checks the signature of RFC 8292 and returns whom the token names as contact.
func (p *PushPhone) signedBy(header, audience string) (subject string, err error) {
	params := map[string]string{}
	scheme, rest, _ := strings.Cut(header, " ")
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		params[name] = value
	}
	key, err := base64.RawURLEncoding.DecodeString(params["k"])
	if err != nil || scheme != "vapid" || !bytes.Equal(key, p.server) {
		return "", fmt.Errorf("%q is not signed with the key of the subscription: %w", scheme, err)
	}
	parts := strings.Split(params["t"], ".")
	if len(parts) != 3 {
		return "", errors.New("the token has no three parts")
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	sig, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || len(sig) != 64 {
		return "", fmt.Errorf("a signature of %d bytes: %w", len(sig), err)
	}
	pub, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), key)
	if err != nil {
		return "", err
	}
	if !ecdsa.Verify(pub, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		return "", errors.New("the signature is wrong")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	claimed, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(claimed, &claims)
	}
	if left := time.Unix(claims.Exp, 0).Sub(MachineNow()); err != nil || claims.Aud != audience || left <= 0 || left > 24*time.Hour {
		return "", fmt.Errorf("the token says %s: %w", claimed, err)
	}
	return claims.Sub, nil
}

// OpenPushed reads an encrypted push message with the browser's key and secret.
func OpenPushed(raw []byte, key *ecdh.PrivateKey, auth []byte) ([]byte, error) {
	if len(raw) < 21 || len(raw) < 21+int(raw[20]) {
		return nil, errors.New("too short")
	}
	salt, size, sender, sealed := raw[:16], binary.BigEndian.Uint32(raw[16:20]), raw[21:21+int(raw[20])], raw[21+int(raw[20]):]
	if len(sealed) > int(size) {
		return nil, fmt.Errorf("more than one record of %d", size)
	}
	theirs, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, err
	}
	shared, err := key.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		out, err2 := hkdf.Key(sha256.New, secret, salt, info, n)
		err = errors.Join(err, err2)
		return out
	}
	ikm := derive(shared, auth, "WebPush: info\x00"+string(key.PublicKey().Bytes())+string(sender), 32)
	content, nonce := derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16), derive(ikm, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(content)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	padded, err := aead.Open(nil, nonce, sealed, nil)
	if err != nil {
		return nil, err
	}
	text := bytes.TrimRight(padded, "\x00")
	if len(text) == 0 || text[len(text)-1] != 2 {
		return nil, errors.New("the last record does not end as it must")
	}
	return text[:len(text)-1], nil
}
