// Package personal has the words of what people ask about their own data as types: kinds of
// requests, their states, the clocks that run, grounds on which one is refused.
//
// Who answers them belongs to app/personal; for how long they are kept is a dated setting of
// registry.
package personal

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hoicho/internal/vn"
)

// ID names a request.
type ID string

// Kind is what a person asks for.
type Kind string

// The kinds.
const (
	See     Kind = "see"     // what is kept of it
	Correct Kind = "correct" // that something is put right
	Erase   Kind = "erase"   // that it is destroyed
	Stop    Kind = "stop"    // that it is used no more: a consent is withdrawn
)

// Kinds lists the kinds in the order shown to people.
var Kinds = []Kind{See, Correct, Erase, Stop}

// Valid reports whether k is a kind.
func (k Kind) Valid() bool { return slices.Contains(Kinds, k) }

// State is where a request stands.
type State string

// The states.
const (
	Received  State = "received"
	Confirmed State = "confirmed" // the person was told that it has come
	Done      State = "done"
	Refused   State = "refused" // on a ground, with a reason
)

// Open reports whether something is still to be done.
func (s State) Open() bool { return s == Received || s == Confirmed }

// Ground is why a request is refused.
type Ground string

// The grounds.
const (
	LegalDuty     Ground = "legal_duty"     // a law bids to keep it, or holds against what is asked
	NotIdentified Ground = "not_identified" // it is not known that the data is of whoever asks
	NotOurs       Ground = "not_ours"       // nothing of it is kept here
)

// Grounds lists the grounds in the order shown to people.
var Grounds = []Ground{LegalDuty, NotIdentified, NotOurs}

// Valid reports whether g is a ground.
func (g Ground) Valid() bool { return slices.Contains(Grounds, g) }

// Limits of what is typed, in letters.
const (
	MaxName   = 100
	MaxWay    = 200
	MaxText   = 2000
	MaxReason = 1000
	MaxCheck  = 200 // how it was found out who asks
)

// Clock says within what time requests that come on From or later are answered, until the
// next clock.
type Clock struct {
	From        string // YYYY-MM-DD
	ConfirmDays int    // working days until the person is told that it has come
	DoDays      int    // days until it is done
	MoreDays    int    // by which that is put off once, for a reason
	Basis       string // number of the paper
	Checked     bool   // the days were compared with the paper itself
}

// Clocks are those known, in the order of their days.
var Clocks = []Clock{{From: "2026-01-01", ConfirmDays: 2, DoDays: 15, MoreDays: 15, Basis: "356/2025/NĐ-CP"}}

// ClockOn is the clock of what comes on a day; what came before the first follows the first.
func ClockOn(day string) Clock {
	clock := Clocks[0]
	for _, c := range Clocks {
		if c.From <= day {
			clock = c
		}
	}
	return clock
}

// Words are what a person wrote. They are sealed, and destroyed some time after the request
// is closed.
type Words struct {
	Name string `json:"name"`
	Way  string `json:"way"` // to reach it: phone, mail or address
	Text string `json:"text"`
}

// shortestAddress is how many letters an address in words has at least.
const shortestAddress = 8

// Reachable reports whether somebody can be reached by what was typed: one of its parts is a
// mail address or a telephone number, or the whole is an address in words.
func Reachable(way string) bool {
	for _, part := range ways(way) {
		if _, err := vn.ParsePhone(part); err == nil || isMail(part) {
			return true
		}
	}
	return !strings.Contains(way, "@") && strings.ContainsFunc(way, unicode.IsLetter) && utf8.RuneCountInString(way) >= shortestAddress
}

// ways are the parts of what was typed to be reached by.
func ways(typed string) []string {
	parts := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;/", r) })
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return parts
}

// Names reports whether a telephone number (0xxxxxxxxx) or mail address is one of those by
// which the person asked to be reached.
func (w Words) Names(login string) bool {
	return slices.ContainsFunc(ways(w.Way), func(part string) bool {
		phone, err := vn.ParsePhone(part)
		return err == nil && phone == login || strings.EqualFold(part, login)
	})
}

// isMail reports whether a text reads as a mail address.
func isMail(text string) bool {
	addr, err := mail.ParseAddress(text)
	return err == nil && addr.Address == text && strings.Contains(text[strings.LastIndex(text, "@"):], ".")
}

// Tally counts requests on a day.
type Tally struct {
	All, Open int
	Late      int // of the open ones: not confirmed, or not done in time
}

// Request is what a person asks about its own data.
type Request struct {
	ID          ID
	N           int64
	Kind        Kind
	State       State
	CodeHash    string // of the code that follows it
	Sealed      string // Words; "" once they are destroyed
	ReceivedAt  int64  // unix ms
	ConfirmBy   string // YYYY-MM-DD
	DueOn       string
	ConfirmedAt int64
	ConfirmedAs string
	ExtendedAt  int64 // 0: it was not put off
	ExtendedAs  string
	ExtendedWhy string
	ClosedAt    int64
	ClosedAs    string
	Ground      Ground // of one that is refused
	Answer      string // what was done, or why it is refused
	WipedAt     int64
	Account     string // id of whoever sent it while signed in; "" of a stranger
	Version     int64
}

// New is a request that comes on a day, with its clocks set.
func New(kind Kind, day string) Request {
	c := ClockOn(day)
	return Request{Kind: kind, State: Received, ConfirmBy: vn.AddWorkingDays(day, c.ConfirmDays), DueOn: vn.AddDays(day, c.DoDays)}
}

// Number is how people name the request.
func (r *Request) Number() string { return fmt.Sprintf("DL-%d", r.N) }

// Unconfirmed reports whether the person should have been told before a day that it has come.
func (r *Request) Unconfirmed(today string) bool { return r.State == Received && r.ConfirmBy < today }

// Late reports whether it should have been done before a day.
func (r *Request) Late(today string) bool { return r.State.Open() && r.DueOn < today }

// Extends reports whether it can still be put off on a day: once, and before it is late.
func (r *Request) Extends(today string) bool {
	return r.State.Open() && r.ExtendedAt == 0 && !r.Late(today)
}

// Later is until when it is put off.
func (r *Request) Later(receivedOn string) string {
	return vn.AddDays(r.DueOn, ClockOn(receivedOn).MoreDays)
}
