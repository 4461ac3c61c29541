// Package pass makes and checks what is printed on a pass: the code, the proof
// behind it and the QR symbol of both.
//
// The text of a symbol is
//
//	https://<host>/t/<code>#<proof>
//
// The code is 12 decimal digits: 11 random ones and a Damm check digit. The proof
// is 73 bytes, read as one big-endian number and written in 176 decimal digits
// with leading zeros, because a QR symbol packs digits best. It stands behind #,
// so no browser sends it to a server.
//
//	byte 0      version 1 (high four bits), key id 1 to 15 (low four bits)
//	byte 1      kind 1 to 6 (high), flags (low): bit 0 = test pass, others 0
//	bytes 2-5   event number
//	bytes 6-7   first day, counted from 2020-01-01
//	byte 8      number of days, 1 to 255
//	bytes 6-8   of a voucher (kind 6) instead: pack, 10 bits, and serial, 14 bits
//	bytes 9-72  ECDSA P-256 SHA-256 signature, r then s, 32 bytes each, over
//	            "hoicho/pass/1\n", the code and bytes 0 to 8
//
// There is one way to write a proof: other lengths, signs, spaces and numbers of
// more than 73 bytes are malformed. The signature itself can be rewritten by
// anybody into another good one, so a pass is known by its code and never by its
// proof.
//
// Keys live in a KeyRing; their private halves are sealed with a MasterKey.
package pass
