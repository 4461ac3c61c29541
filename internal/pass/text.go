package pass

import (
	"strings"
	"unicode"
)

// MaxText is the longest text looked at, in bytes.
const MaxText = 256

// Token is what a QR text or a typed code comes to. Nothing in it is verified.
type Token struct {
	Code  string
	proof []byte // nil for a typed code
}

// Typed reports whether the token is a code without a proof, so that only the
// register can say whether it is genuine.
func (t Token) Typed() bool { return t.proof == nil }

// Text is the text of a pass's symbol. base is the address of the site without a
// slash at its end, such as https://hoicho.thainguyen.gov.vn.
func Text(base, code, proof string) string { return PageURL(base, code) + "#" + proof }

// PageURL is the address of a pass's public page.
func PageURL(base, code string) string { return strings.TrimSuffix(base, "/") + "/t/" + code }

// GateURL is the text of a gate poster's symbol.
func GateURL(base, gateCode string) string { return strings.TrimSuffix(base, "/") + "/c/" + gateCode }

// Parse reads a QR text or a typed code of 12 digits. The host is not looked at:
// what makes a pass genuine is its signature. ErrMalformed and ErrVersion are the
// errors.
func Parse(text string) (Token, error) {
	if len(text) > MaxText {
		return Token{}, ErrMalformed
	}
	text = strings.TrimFunc(text, isAround)
	rest, ok := cutScheme(text)
	if !ok {
		code, err := ParseCode(text)
		return Token{Code: code}, err
	}
	return parseLink(rest)
}

// isAround reports what scanners put around a text: white space and the byte order
// mark.
func isAround(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }

// cutScheme takes off the scheme. http is what the demonstration on localhost
// prints.
func cutScheme(text string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(text, "https://"); ok {
		return rest, true
	}
	return strings.CutPrefix(text, "http://")
}

func parseLink(rest string) (Token, error) {
	host, path, _ := strings.Cut(rest, "/")
	path, ok := strings.CutPrefix(path, "t/")
	if !ok || !validHost(host) {
		return Token{}, ErrMalformed
	}
	code, digits, ok := strings.Cut(path, "#")
	if !ok || len(code) != CodeDigits {
		return Token{}, ErrMalformed
	}
	if _, err := ParseCode(code); err != nil {
		return Token{}, err
	}
	proof, err := proofFromDigits(digits)
	if err != nil {
		return Token{}, err
	}
	if proof[0]>>4 != version {
		return Token{}, ErrVersion
	}
	return Token{Code: code, proof: proof}, nil
}

// validHost accepts names, addresses and ports, and nothing that could be taken
// for another part of a URL.
func validHost(host string) bool {
	for i := range len(host) {
		c := host[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case strings.IndexByte(".-:[]", c) >= 0:
		default:
			return false
		}
	}
	return host != ""
}
