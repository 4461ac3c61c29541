package pass

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
)

// CodeDigits is the length of a pass code.
const CodeDigits = 12

// gateCodeDigits is the length of the code in a gate poster's address: long
// enough that one gate is not mistaken for another, short enough to type.
const gateCodeDigits = 8

// damm is the quasigroup of order 10 by H. M. Damm. It finds every single wrong
// digit and every swap of neighbours, which are what people do when they type.
var damm = [10][10]byte{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

// checkDigit is the digit that makes digits whole; 0 for digits that end in
// theirs.
func checkDigit(digits string) byte {
	var c byte
	for i := range len(digits) {
		c = damm[c][digits[i]-'0']
	}
	return '0' + c
}

// NewCode makes a random code with the form of a pass code, for other purposes.
func NewCode() string { return newCode("", CodeDigits) }

// NewCodeIn makes a random pass code in a block, 0 to registry.CodeBlocks-1: its
// first two digits.
func NewCodeIn(block int) string { return newCode(fmt.Sprintf("%02d", block), CodeDigits) }

// NewGateCode makes a random code for a gate poster's address, with the same
// check digit.
func NewGateCode() string { return newCode("", gateCodeDigits) }

func newCode(block string, length int) string {
	random := length - len(block) - 1
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(random)), nil)
	// crypto/rand does not fail: it ends the program when there is no randomness.
	n, _ := rand.Int(rand.Reader, limit)
	digits := block + padded(n, random)
	return digits + string(checkDigit(digits))
}

// ParseCode reads a pass code as typed, with spaces anywhere. ErrMalformed means
// that it is not 12 digits or that the check digit says it was mistyped.
func ParseCode(typed string) (string, error) { return parseCode(typed, CodeDigits) }

// ParseGateCode reads the code of a gate poster as typed.
func ParseGateCode(typed string) (string, error) { return parseCode(typed, gateCodeDigits) }

// codeSpaces are the spaces that keyboards and copied text put between digits.
var codeSpaces = strings.NewReplacer(" ", "", "\t", "", "\u00a0", "", "\u2009", "", "\u202f", "")

func parseCode(typed string, length int) (string, error) {
	if len(typed) > MaxText {
		return "", ErrMalformed
	}
	code := codeSpaces.Replace(typed)
	if len(code) != length || !allDigits(code) || checkDigit(code) != '0' {
		return "", ErrMalformed
	}
	return code, nil
}

// FormatCode groups a code for reading: 1234 5678 9012.
func FormatCode(code string) string {
	var b strings.Builder
	for i, r := range code {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}

// padded writes n in decimal digits with leading zeros.
func padded(n *big.Int, length int) string {
	s := n.String()
	return strings.Repeat("0", length-len(s)) + s
}
