package gate

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/registry"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew")

const vectorsFile = "testdata/vectors.json"

// vectors is the file that the browser code runs too; testdata/README.md tells
// its form.
type vectors struct {
	RepeatMS  int64                `json:"repeat_ms"`
	Snapshots map[string]*Snapshot `json:"snapshots"`
	Cases     []vectorCase         `json:"cases"`
	Repeats   []repeatCase         `json:"repeats"`
	Lists     []listCase           `json:"lists"`
	Packs     []packCase           `json:"packs"`
}

type vectorCase struct {
	Name     string `json:"name"`
	Snapshot string `json:"snapshot"`
	Steps    []step `json:"steps"`
}

type step struct {
	Scan Scan    `json:"scan"`
	Now  int64   `json:"now"`
	Want Verdict `json:"want"`
}

// packCase lays packs of an answer over those held.
type packCase struct {
	Name    string    `json:"name"`
	Held    *Vouchers `json:"held"`
	Partial bool      `json:"partial"`
	Answer  *Vouchers `json:"answer"`
	Want    *Vouchers `json:"want"`
}

type repeatCase struct {
	Before int64 `json:"before"`
	At     int64 `json:"at"`
	Want   bool  `json:"want"`
}

// The words that the table of cases is written in.

func in(code string, gate int) Scan {
	return Scan{QR: genuine(code), Direction: registry.In, Gate: gate}
}

func out(code string, gate int) Scan {
	return Scan{QR: genuine(code), Direction: registry.Out, Gate: gate}
}

func typed(code string) Scan { return Scan{Code: code, Direction: registry.In, Gate: 1} }

func read(text string) Scan { return Scan{QR: text, Direction: registry.In, Gate: 1} }

func training(scan Scan) Scan { scan.Training = true; return scan }

func supervised(scan Scan) Scan { scan.Supervisor = true; return scan }

func do(scan Scan, when string, want Verdict) step {
	return step{Scan: scan, Now: at(when), Want: want}
}

// a millisecond before
func before(s step) step { s.Now--; return s }

// on is the verdict that shows a pass of the fair.
func on(code string, v registry.VerdictCode) Verdict {
	p := fair().Passes[code]
	return verdict(v, seen(&p))
}

func bare(v registry.VerdictCode, reason Reason) Verdict { return verdict(v, Detail{Reason: reason}) }

func because(v Verdict, reason Reason) Verdict { v.Detail.Reason = reason; return v }

func since(v Verdict, when string, gate int) Verdict {
	v.Detail.First = &First{At: at(when), Gate: gate}
	return v
}

func within(v Verdict, first, last string) Verdict {
	v.Detail.FirstDay, v.Detail.LastDay = first, last
	return v
}

func next(v Verdict, from, until string) Verdict {
	v.Detail.FromAt, v.Detail.UntilAt = at(from), at(until)
	return v
}

func aged(v Verdict, ms int64) Verdict { v.Detail.AgeMS = ms; return v }

func ofKind(v Verdict, kind registry.PassKind) Verdict { v.Detail.Kind = kind; return v }

func tooMany(code string, inside, limit int) Verdict {
	v := on(code, registry.VerdictTooManyInside)
	v.Detail.Inside, v.Detail.Limit = inside, limit
	return v
}

func goTo(v Verdict, gates ...int) Verdict { v.Detail.Gates = gates; return v }

// allCases is the table, in the order of the rules.
func allCases() []vectorCase {
	var all []vectorCase
	for _, part := range [][]vectorCase{
		textCases(), keyCases(), listCases(), trainingCases(), boothCases(), stateCases(), gateCases(),
		clockCases(), dayCases(), hourCases(), vehicleCases(), insideCases(), limitCases(), visitorCases(), exitCases(),
		voucherCases(),
	} {
		all = append(all, part...)
	}
	return all
}

func made() vectors {
	return vectors{
		RepeatMS: RepeatMS, Snapshots: snapshots(), Cases: allCases(),
		Repeats: []repeatCase{{1000, 1000, true}, {1000, 3999, true}, {1000, 4000, false}, {1000, 999, false}},
		Lists:   layCases(), Packs: layPackCases(),
	}
}

// TestVectors runs the file, as the browser does.
func TestVectors(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	var v vectors
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			runCase(t, &v, c)
		})
	}
	for _, c := range v.Lists {
		t.Run(c.Name, func(t *testing.T) { runListCase(t, c) })
	}
	for _, c := range v.Packs {
		t.Run(c.Name, func(t *testing.T) {
			got, _ := Lay(&Snapshot{Vouchers: c.Held}, Snapshot{Partial: c.Partial, Vouchers: c.Answer})
			if diff := cmp.Diff(c.Want, got.Vouchers); diff != "" {
				t.Error(diff)
			}
		})
	}
	for _, r := range v.Repeats {
		if got := Repeats(r.Before, r.At); got != r.Want {
			t.Errorf("Repeats(%d, %d) = %v", r.Before, r.At, got)
		}
	}
}

func runCase(t *testing.T, v *vectors, c vectorCase) {
	t.Helper()
	s := *v.Snapshots[c.Snapshot]
	passes := make(Passes, len(s.Passes))
	for code, p := range s.Passes {
		passes[code] = p
	}
	s.Passes = passes
	for i, step := range c.Steps {
		got := Decide(&s, step.Scan, step.Now)
		if diff := cmp.Diff(step.Want, got); diff != "" {
			t.Errorf("step %d, want -, got +\n%s", i+1, diff)
		}
		happen(&s, step, got)
	}
}

// happen changes the pass of a snapshot as an admitted scan does. A voucher that is on
// no list comes onto it.
func happen(s *Snapshot, step step, got Verdict) {
	code := codeOf(step.Scan)
	p, listed := s.Passes[code]
	if d := got.Detail; !listed && got.Code == registry.VerdictOK && d.Kind == registry.VoucherPass {
		pack := s.pack(d.Pack)
		p, listed = Pass{Code: code, Kind: d.Kind, State: registry.PassValid, Pack: d.Pack, Serial: d.Serial, FirstDay: pack.FirstDay, Days: pack.Days}, true
	}
	if listed {
		s.Passes[code] = s.After(p, step.Scan, got, step.Now)
	}
}

// TestVectorsAreFresh keeps the file equal to the table; -update writes it.
func TestVectorsAreFresh(t *testing.T) {
	want, err := json.MarshalIndent(made(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(vectorsFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(vectorsFile)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the table says (%v): go test ./internal/gate -run TestVectors -update", vectorsFile, err)
	}
}

// TestVectorsCoverTheRules counts what the cases meet, so that a verdict or a
// reason cannot lose its last case.
func TestVectorsCoverTheRules(t *testing.T) {
	t.Parallel()
	verdicts, kinds, names := map[registry.VerdictCode]int{}, map[registry.PassKind]int{}, map[string]bool{}
	reasons, used := map[Reason]bool{}, map[string]bool{}
	cases := allCases()
	for _, c := range cases {
		if names[c.Name] {
			t.Errorf("two cases are named %q", c.Name)
		}
		names[c.Name], used[c.Snapshot] = true, true
		for _, s := range c.Steps {
			verdicts[s.Want.Code]++
			kinds[s.Want.Detail.Kind]++
			reasons[s.Want.Detail.Reason] = true
		}
	}
	for _, v := range registry.VerdictCodes {
		if verdicts[v] == 0 {
			t.Errorf("no case gives %s", v)
		}
	}
	for _, k := range append(slices.Clone(registry.PassKinds), registry.VoucherPass) {
		if kinds[k] == 0 {
			t.Errorf("no case shows a %s pass", k)
		}
	}
	for _, r := range []Reason{ReasonVersion, ReasonKeyDead, ReasonKeyUnknown, ReasonNotListed, ReasonTyped,
		ReasonClock, ReasonNotInside, ReasonBlocked, ReasonRevoked, ReasonTraining, ReasonAtBooth, ReasonNotVoucher} {
		if !reasons[r] {
			t.Errorf("no case gives reason %s", r)
		}
	}
	for name := range snapshots() {
		if !used[name] {
			t.Errorf("snapshot %q is used by no case", name)
		}
	}
	if len(cases) < 120 {
		t.Errorf("%d cases, at least 120", len(cases))
	}
}
