package gate

import (
	"encoding/json"
	"testing"

	"hoicho/internal/registry"
)

// TestAnAnswerIsToldAgainAsItWasGiven: what Keep stores and the names of the pass make the
// answer once more; what the names say is not stored a second time.
func TestAnAnswerIsToldAgainAsItWasGiven(t *testing.T) {
	names := Detail{Kind: registry.StaffPass, Booth: "A05", Label: "Lan", Vendor: "HTX Yến Dương"}
	voucher := Detail{Kind: registry.VoucherPass, Pack: 3, Serial: 7, Title: "Khuổi Nặm", Value: 50_000}
	with := func(d Detail, change func(*Detail)) Detail {
		change(&d)
		return d
	}
	for name, c := range map[string]struct {
		detail Detail
		first  *First
		names  Detail
		kept   string
	}{
		"names alone":              {names, nil, names, ""},
		"no pass":                  {Detail{}, nil, Detail{}, ""},
		"a first entry":            {names, &First{At: 5, Gate: 2}, names, `{"first":{"at":5,"gate":2}}`},
		"a first taking":           {voucher, &First{At: 5, Booth: "B2"}, voucher, `{"first":{"at":5,"gate":0,"booth":"B2"}}`},
		"a reason":                 {with(names, func(d *Detail) { d.Reason = ReasonTyped }), nil, names, `{"reason":"typed"}`},
		"gates":                    {with(names, func(d *Detail) { d.Gates = []int{1, 3} }), nil, names, `{"gates":[1,3]}`},
		"a limit":                  {with(names, func(d *Detail) { d.Inside, d.Limit = 4, 4 }), nil, names, `{"inside":4,"limit":4}`},
		"names of what is no pass": {Detail{Kind: registry.StaffPass, AgeMS: 7}, nil, Detail{}, `{"kind":"staff","age_ms":7,"own":true}`},
		"other names than today's": {names, nil, voucher, `{"kind":"staff","booth":"A05","label":"Lan","vendor":"HTX Yến Dương","own":true}`},
		"no names where today has": {Detail{Reason: ReasonTyped}, nil, names, `{"reason":"typed","own":true}`},
	} {
		t.Run(name, func(t *testing.T) {
			r := ScanResult{ID: "a", Verdict: registry.VerdictOK, Code: "123", Detail: c.detail, First: c.first}
			kept := r.Keep(c.names)
			if kept != c.kept {
				t.Fatalf("kept is %s, want %s", kept, c.kept)
			}
			told, err := Told("a", "123", registry.VerdictOK, kept, c.names)
			if err != nil || wire(t, told) != wire(t, r) {
				t.Errorf("told again: %s, %v\nas given:   %s", wire(t, told), err, wire(t, r))
			}
		})
	}
}

// TestAnAnswerIsToldWithTheNamesOfToday: a booth that has got another name since is called
// by that.
func TestAnAnswerIsToldWithTheNamesOfToday(t *testing.T) {
	then := Detail{Kind: registry.StaffPass, Booth: "A05", Vendor: "HTX"}
	r := ScanResult{Verdict: registry.VerdictAlreadyInside, Detail: then, First: &First{At: 5, Gate: 2}}
	told, err := Told("b", "123", registry.VerdictAlreadyInside, r.Keep(then), Detail{Kind: registry.StaffPass, Booth: "B01", Vendor: "HTX"})
	if err != nil || told.Detail.Booth != "B01" || told.First == nil || told.First.At != 5 {
		t.Errorf("told %+v, %v", told, err)
	}
	if _, err := Told("b", "123", registry.VerdictOK, "{", Detail{}); err == nil {
		t.Error("an answer that cannot be read is told all the same")
	}
}

func wire(t *testing.T, r ScanResult) string {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
