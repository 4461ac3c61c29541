// Package relay is the far side of a relay, a laptop at the site that stands in
// for its server: the calls to that server, the loop that hands on what the phones
// did and fetches what changed, and the certificate by which phones reach the
// relay. What a relay keeps and judges is in package app, as at every server.
package relay
