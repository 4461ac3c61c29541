package gate

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Answers to scans are written by hand, byte for byte as encoding/json writes them: there
// are thousands a second.

// object writes the fields of a JSON object at the end of to.
type object struct {
	to  []byte
	any bool // a field was written
}

func (o *object) name(name string) {
	if o.any {
		o.to = append(o.to, ',')
	}
	o.any = true
	o.to = append(append(append(o.to, '"'), name...), '"', ':')
}

func (o *object) text(name, v string) {
	o.name(name)
	o.to = appendText(o.to, v)
}

// mayText and mayNumber leave out what is empty.
func (o *object) mayText(name, v string) {
	if v != "" {
		o.text(name, v)
	}
}

func (o *object) number(name string, v int64) {
	o.name(name)
	o.to = strconv.AppendInt(o.to, v, 10)
}

func (o *object) mayNumber(name string, v int64) {
	if v != 0 {
		o.number(name, v)
	}
}

// mayList leaves out an empty list.
func (o *object) mayList(name string, n int, item func(to []byte, i int) []byte) {
	if n > 0 {
		o.name(name)
		o.list(n, item)
	}
}

// list writes n items; item writes the one of an index.
func (o *object) list(n int, item func(to []byte, i int) []byte) {
	o.to = append(o.to, '[')
	for i := range n {
		if i > 0 {
			o.to = append(o.to, ',')
		}
		o.to = item(o.to, i)
	}
	o.to = append(o.to, ']')
}

// appendText writes a text. What json escapes, json writes.
func appendText(to []byte, v string) []byte {
	for i := 0; i < len(v); {
		c := v[i]
		if c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return appendEscaped(to, v)
		}
		if c < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(v[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			return appendEscaped(to, v)
		}
		i += size
	}
	return append(append(append(to, '"'), v...), '"')
}

func appendEscaped(to []byte, v string) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts always marshal
	}
	return append(to, raw...)
}

// Append writes the result as it is sent at the end of to.
func (r *ScanResult) Append(to []byte) []byte {
	o := object{to: append(to, '{')}
	o.text("id", string(r.ID))
	o.text("verdict", string(r.Verdict))
	o.text("code", r.Code)
	o.name("detail")
	detail := object{to: append(o.to, '{')}
	r.Detail.fields(&detail)
	o.to = append(detail.to, '}')
	o.mayFirst(r.First)
	return append(o.to, '}')
}

// fields writes a detail's fields.
func (d *Detail) fields(o *object) {
	o.mayText("reason", string(d.Reason))
	o.mayText("kind", string(d.Kind))
	o.mayText("booth", d.Booth)
	o.mayText("label", d.Label)
	o.mayText("vendor", d.Vendor)
	o.mayFirst(d.First)
	o.mayNumber("inside", int64(d.Inside))
	o.mayNumber("limit", int64(d.Limit))
	o.mayText("first_day", d.FirstDay)
	o.mayText("last_day", d.LastDay)
	o.mayNumber("from_at", d.FromAt)
	o.mayNumber("until_at", d.UntilAt)
	o.mayList("gates", len(d.Gates), func(to []byte, i int) []byte { return strconv.AppendInt(to, int64(d.Gates[i]), 10) })
	o.mayNumber("event", int64(d.Event))
	o.mayNumber("age_ms", d.AgeMS)
	o.mayNumber("pack", int64(d.Pack))
	o.mayNumber("serial", int64(d.Serial))
	o.mayText("title", d.Title)
	o.mayNumber("value", d.Value)
	o.mayList("booths", len(d.Booths), func(to []byte, i int) []byte { return appendText(to, d.Booths[i]) })
}

func (o *object) mayFirst(f *First) {
	if f == nil {
		return
	}
	o.name("first")
	first := object{to: append(o.to, '{')}
	first.number("at", f.At)
	first.number("gate", int64(f.Gate))
	first.mayText("booth", f.Booth)
	o.to = append(first.to, '}')
}

// append writes what is stored of an answer, without what is empty.
func (k *kept) append(to []byte) []byte {
	o := object{to: append(to, '{')}
	d := k.Detail
	d.First = nil // said below
	d.fields(&o)
	o.mayFirst(k.First)
	if k.Own {
		o.name("own")
		o.to = append(o.to, "true"...)
	}
	return append(o.to, '}')
}

// Append writes the answer at the end of to.
func (a *ScanReply) Append(to []byte) []byte {
	room := wireBytes
	for _, r := range a.Results {
		room += len(r) + 1
	}
	o := object{to: append(slices.Grow(to, room), '{')}
	o.number("server_time", a.ServerTime)
	o.number("acked_seq", a.AckedSeq)
	o.number("backed_up_seq", a.BackedUpSeq)
	o.name("results")
	o.list(len(a.Results), func(to []byte, i int) []byte { return append(to, a.Results[i]...) })
	return append(o.to, '}')
}
