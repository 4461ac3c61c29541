package gate

import (
	"encoding/json"
	"fmt"

	"hoicho/internal/registry"
)

// What a phone was answered to a scan is not stored whole: the verdict has a column, and
// what the answer says of the pass by name is in the pass's own row. Kept is the rest. An
// answer that is told again has the verdict, the detail and the first time and gate as they
// were stored, and the names as they are today.

// kept is what is stored of an answer beside its verdict.
type kept struct {
	Detail
	First *First `json:"first,omitempty"`
	Own   bool   `json:"own,omitempty"` // the names of Detail stand, whatever the pass is called
}

// Names is what every verdict on a pass of the list says of it. It is empty for no pass.
func (s *Snapshot) Names(p *Pass) Detail {
	if p == nil {
		return Detail{}
	}
	return s.about(p)
}

// nameless is a detail without what Names tells, and Names' part alone.
func nameless(d Detail) (rest, names Detail) {
	names = Detail{Kind: d.Kind, Booth: d.Booth, Label: d.Label, Vendor: d.Vendor, Pack: d.Pack, Serial: d.Serial, Title: d.Title, Value: d.Value}
	d.Kind, d.Booth, d.Label, d.Vendor, d.Pack, d.Serial, d.Title, d.Value = "", "", "", "", 0, 0, "", 0
	return d, names
}

// sameNames reports whether two details from nameless are equal.
func sameNames(a, b Detail) bool {
	return a.Kind == b.Kind && a.Booth == b.Booth && a.Label == b.Label && a.Vendor == b.Vendor &&
		a.Pack == b.Pack && a.Serial == b.Serial && a.Title == b.Title && a.Value == b.Value
}

// Keep is what has to be stored of an answer beside its verdict, given the names of its
// pass: empty where these are all that it says.
func (r *ScanResult) Keep(names Detail) string {
	rest, said := nameless(r.Detail)
	k := kept{Detail: rest, First: r.First}
	if !sameNames(said, names) {
		k.Detail, k.Own = r.Detail, true
	}
	raw := k.append(make([]byte, 0, wireBytes))
	if string(raw) == "{}" {
		return ""
	}
	return string(raw)
}

// Told is an answer as it is told again: to a scan under this id of a pass with this code,
// from what Keep stored and the names of the pass today.
func Told(id registry.ScanID, code string, verdict registry.VerdictCode, stored string, names Detail) (ScanResult, error) {
	r := ScanResult{ID: id, Verdict: verdict, Code: code, Detail: names}
	if stored == "" {
		return r, nil
	}
	var k kept
	if err := json.Unmarshal([]byte(stored), &k); err != nil {
		return r, fmt.Errorf("answer to scan %s as it was kept: %w", id, err)
	}
	r.First = k.First
	if r.Detail = k.Detail; !k.Own {
		r.Detail.Kind, r.Detail.Booth, r.Detail.Label, r.Detail.Vendor = names.Kind, names.Booth, names.Label, names.Vendor
		r.Detail.Pack, r.Detail.Serial, r.Detail.Title, r.Detail.Value = names.Pack, names.Serial, names.Title, names.Value
	}
	return r, nil
}
