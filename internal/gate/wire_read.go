package gate

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"hoicho/internal/registry"
)

// Batches of scans are read by hand as phones of ours write them: known names, plain texts
// and whole numbers. Whatever else a body holds, encoding/json reads it, and says what is
// wrong with it: so this reader never refuses anything, it only steps aside.

// ReadPlain reads a body into b, whose list is used again, and reports whether it could: b
// is then as encoding/json leaves an empty one. Otherwise nothing in b is to be used.
func (b *ScanBatch) ReadPlain(body []byte) bool {
	*b = ScanBatch{Scans: b.Scans[:0]}
	r := plainReader{body}
	if !utf8.Valid(body) || !r.object(b.readField) {
		return false
	}
	r.space()
	return len(r.body) == 0
}

func (b *ScanBatch) readField(r *plainReader, name []byte) bool {
	switch string(name) {
	case "device_seq_from":
		return readNumber(r, &b.DeviceSeqFrom)
	case "boot":
		return readText(r, &b.Boot)
	case "sent_at":
		return readNumber(r, &b.SentAt)
	case "scans":
		return len(b.Scans) == 0 && r.list(func() bool {
			if len(b.Scans) == MaxScans {
				return false
			}
			b.Scans = append(b.Scans, SentScan{})
			return r.object(b.Scans[len(b.Scans)-1].readField)
		})
	}
	return false
}

func (s *SentScan) readField(r *plainReader, name []byte) bool {
	switch string(name) {
	case "id":
		return readText(r, &s.ID)
	case "seq":
		return readNumber(r, &s.Seq)
	case "qr":
		return readText(r, &s.QR)
	case "code":
		return readText(r, &s.Code)
	case "direction":
		return readText(r, &s.Direction, registry.In, registry.Out, registry.Spend)
	case "gate":
		return readNumber(r, &s.Gate)
	case "booth":
		return readText(r, &s.Booth)
	case "at":
		return readNumber(r, &s.At)
	case "mono_ms":
		return readNumber(r, &s.MonoMS)
	case "mode":
		return readText(r, &s.Mode, registry.Online, registry.Offline)
	case "verdict":
		return readText(r, &s.Verdict, registry.VerdictCodes...)
	case "forced_by":
		return readText(r, &s.ForcedBy)
	case "training":
		return r.truth(&s.Training)
	case "void_of":
		return readText(r, &s.VoidOf)
	case "void_reason":
		return readText(r, &s.VoidReason)
	}
	return false
}

// plainReader takes what is plain from the front of a body. Its methods report whether
// they could.
type plainReader struct{ body []byte }

func (r *plainReader) space() { r.body = bytes.TrimLeft(r.body, " \t\r\n") }

// next takes a word of signs that stands next.
func (r *plainReader) next(word string) bool {
	r.space()
	rest, ok := bytes.CutPrefix(r.body, []byte(word))
	r.body = rest
	return ok
}

// text takes a text without escapes.
func (r *plainReader) text() (text []byte, ok bool) {
	if !r.next(`"`) {
		return nil, false
	}
	for i, c := range r.body {
		if c == '"' {
			text, r.body = r.body[:i], r.body[i+1:]
			return text, true
		}
		if c == '\\' || c < ' ' {
			break
		}
	}
	return nil, false
}

// object takes an object whose fields field takes. A field may come twice: the last one
// stands.
func (r *plainReader) object(field func(r *plainReader, name []byte) bool) bool {
	if !r.next("{") {
		return false
	}
	if r.next("}") {
		return true
	}
	for {
		name, ok := r.text()
		if !ok || !r.next(":") || !field(r, name) {
			return false
		}
		if !r.next(",") {
			return r.next("}")
		}
	}
}

// list takes a list of at least one item, which item takes.
func (r *plainReader) list(item func() bool) bool {
	if !r.next("[") {
		return false
	}
	for {
		if !item() {
			return false
		}
		if !r.next(",") {
			return r.next("]")
		}
	}
}

func (r *plainReader) truth(to *bool) bool {
	*to = r.next("true")
	return *to || r.next("false")
}

// readNumber takes a whole number that fits.
func readNumber[T int | int64](r *plainReader, to *T) bool {
	r.space()
	n := 0
	for n < len(r.body) && ('0' <= r.body[n] && r.body[n] <= '9' || n == 0 && r.body[n] == '-') {
		n++
	}
	digits := bytes.TrimPrefix(r.body[:n], []byte("-"))
	if len(digits) > 1 && digits[0] == '0' {
		return false
	}
	v, err := strconv.ParseInt(string(r.body[:n]), 10, 64)
	*to, r.body = T(v), r.body[n:]
	return err == nil && int64(*to) == v
}

// readText takes a text. Of words that are known, none is made anew.
func readText[T ~string](r *plainReader, to *T, words ...T) bool {
	text, ok := r.text()
	for _, w := range words {
		if string(text) == string(w) {
			*to = w
			return ok
		}
	}
	*to = T(text)
	return ok
}
