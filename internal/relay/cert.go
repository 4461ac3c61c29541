package relay

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// Issuer makes the certificates by which phones reach a relay over HTTPS, which
// browsers want before they open a camera or keep an app. It may name nothing but
// addresses of private networks and local names, so that a phone that trusts it
// trusts it for no other site, even if the laptop is stolen.
type Issuer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	now  func() time.Time

	mu     sync.Mutex
	leaves map[string]*tls.Certificate
}

// How long the certificates hold: the issuer for a season of fairs, those of an
// address as long as the strictest browser takes.
const (
	issuerLife = 2 * 365 * 24 * time.Hour
	leafLife   = 180 * 24 * time.Hour
)

// privateRanges are the only addresses that an issuer may name.
var privateRanges = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"}

// LoadIssuer reads the issuer from a file, which is made at first use and can be
// read by its owner alone. One that holds for less than a month is made anew.
func LoadIssuer(path string, now func() time.Time) (*Issuer, error) {
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return makeIssuer(path, now)
	case err != nil:
		return nil, fmt.Errorf("read the relay's certificate: %w", err)
	}
	pair, err := tls.X509KeyPair(raw, raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; remove the file, then a new one is made", path, err)
	}
	key, ok := pair.PrivateKey.(*ecdsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s holds a key of another kind; remove the file, then a new one is made", path)
	}
	if pair.Leaf.NotAfter.Before(now().AddDate(0, 1, 0)) {
		return makeIssuer(path, now)
	}
	return &Issuer{cert: pair.Leaf, key: key, now: now, leaves: map[string]*tls.Certificate{}}, nil
}

func makeIssuer(path string, now func() time.Time) (*Issuer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial := serialNumber()
	t := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: fmt.Sprintf("hoicho relay %08x", serial.Uint64()&0xffffffff)},
		NotBefore: now().Add(-24 * time.Hour), NotAfter: now().Add(issuerLife), IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign, PermittedDNSDomainsCritical: true, PermittedDNSDomains: []string{"localhost", "local", "lan", "home.arpa"}}
	for _, text := range privateRanges {
		_, r, err := net.ParseCIDR(text)
		if err != nil {
			return nil, err
		}
		t.PermittedIPRanges = append(t.PermittedIPRanges, r)
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	both := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...)
	if err := os.WriteFile(path, both, 0o600); err != nil {
		return nil, fmt.Errorf("keep the relay's certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	return &Issuer{cert: cert, key: key, now: now, leaves: map[string]*tls.Certificate{}}, err
}

func serialNumber() *big.Int {
	raw := make([]byte, 12)
	rand.Read(raw) // never fails
	return new(big.Int).SetBytes(raw)
}

// PEM is the public part of the issuer, for phones to trust.
func (i *Issuer) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.cert.Raw})
}

// Config serves TLS with a certificate for whatever address of this machine is
// called: a laptop gets another one with every Wi-Fi.
func (i *Issuer) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		name := hello.ServerName
		if name == "" {
			host, _, err := net.SplitHostPort(hello.Conn.LocalAddr().String())
			if err != nil {
				return nil, err
			}
			name = host
		}
		return i.leaf(name, i.now())
	}}
}

// leaf returns the certificate of an address or local name.
func (i *Issuer) leaf(name string, now time.Time) (*tls.Certificate, error) {
	name = strings.ToLower(name)
	i.mu.Lock()
	defer i.mu.Unlock()
	if kept := i.leaves[name]; kept != nil && kept.Leaf.NotAfter.After(now.AddDate(0, 0, 1)) {
		return kept, nil
	}
	ip := net.ParseIP(name)
	if ip == nil && !slices.ContainsFunc(i.cert.PermittedDNSDomains, func(d string) bool { return name == d || strings.HasSuffix(name, "."+d) }) {
		return nil, fmt.Errorf("the relay has no certificate for %q", name)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	t := &x509.Certificate{SerialNumber: serialNumber(), Subject: pkix.Name{CommonName: "hoicho relay at " + name}, NotBefore: now.Add(-24 * time.Hour),
		NotAfter: now.Add(leafLife), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	if ip != nil {
		t.IPAddresses = []net.IP{ip}
	} else {
		t.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, i.cert, &key.PublicKey, i.key)
	if err != nil {
		return nil, err
	}
	made := &tls.Certificate{Certificate: [][]byte{der, i.cert.Raw}, PrivateKey: key}
	if made.Leaf, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	if len(i.leaves) > 100 {
		clear(i.leaves)
	}
	i.leaves[name] = made
	return made, nil
}
