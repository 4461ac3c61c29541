package gate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"hoicho/internal/registry"
)

// some are texts with all that json treats in a way of its own.
var some = []string{"", "A05", "HTX Yến Dương", "a\"b", `back\slash`, "<b>&amp;</b>", "\u2028\u2029", "\x00\x1f\x7f", "bad\xff\xc3", "\ufffd", "🎪", "\n\t\r\b\f", "é\u0301"}

func anyText(r *rand.Rand) string {
	if r.IntN(3) == 0 {
		return some[r.IntN(len(some))] + some[r.IntN(len(some))]
	}
	return some[r.IntN(3)]
}

// filled fills a value with anything, a field in three left empty.
func filled(r *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(anyText(r))
	case reflect.Int, reflect.Int64:
		v.SetInt(r.Int64() >> r.IntN(63) * int64(1-2*r.IntN(2)))
	case reflect.Uint32:
		v.SetUint(uint64(r.Uint32()))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(r, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
		for i := range v.Len() {
			filled(r, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if r.IntN(3) > 0 {
				filled(r, v.Field(i))
			}
		}
	default:
		panic("the test does not know how to fill " + v.Kind().String())
	}
}

// TestAnswersAreWrittenAsJSONWritesThem: byte for byte, whatever they say.
func TestAnswersAreWrittenAsJSONWritesThem(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var a ScanAnswer
		filled(r, reflect.ValueOf(&a).Elem())
		if a.Results == nil {
			a.Results = []ScanResult{}
		}
		reply := ScanReply{ServerTime: a.ServerTime, AckedSeq: a.AckedSeq, BackedUpSeq: a.BackedUpSeq}
		for i := range a.Results {
			reply.Results = append(reply.Results, a.Results[i].Wire())
		}
		want, err := json.Marshal(a)
		if got := reply.Append(nil); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%v\nby hand: %s\njson:    %s", err, got, want)
		}
		var k kept
		filled(r, reflect.ValueOf(&k).Elem())
		if want, err = json.Marshal(k); err != nil || string(k.append(nil)) != string(want) {
			t.Fatalf("%v\nkept by hand: %s\njson:         %s", err, k.append(nil), want)
		}
	}
}

// byJSON reads a batch as the API does.
func byJSON(body []byte) (b ScanBatch, err error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err = dec.Decode(&b); err == nil {
		if _, end := dec.Token(); end != io.EOF {
			err = fmt.Errorf("more follows: %w", end)
		}
	}
	return b, err
}

// sameAsJSON fails when the plain reader takes what json refuses, or reads it otherwise.
// The batch that it reads into has been used before.
func sameAsJSON(t *testing.T, used *ScanBatch, body []byte) (plain bool) {
	t.Helper()
	if plain = used.ReadPlain(body); !plain {
		return false
	}
	want, err := byJSON(body)
	if err != nil || !reflect.DeepEqual(*used, want) && len(used.Scans)+len(want.Scans) > 0 {
		t.Fatalf("%s\nby hand: %+v\njson:    %+v, %v", body, *used, want, err)
	}
	return true
}

func plainBatch(r *rand.Rand) ScanBatch {
	b := ScanBatch{DeviceSeqFrom: r.Int64N(100), Boot: "start", SentAt: 1_700_000_000_000}
	for range 1 + r.IntN(3) {
		s := SentScan{Direction: registry.Out, Mode: registry.Offline, Verdict: registry.VerdictOK}
		filled(r, reflect.ValueOf(&s).Elem())
		b.Scans = append(b.Scans, s)
	}
	return b
}

// TestBatchesAreReadAsJSONReadsThem: what is plain, what is not, and what no phone sends.
func TestBatchesAreReadAsJSONReadsThem(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var used ScanBatch
	plain := 0
	for range 20_000 {
		body, err := json.Marshal(plainBatch(r))
		if err != nil {
			t.Fatal(err)
		}
		if sameAsJSON(t, &used, body) {
			plain++
		}
		for range 3 { // one byte of it goes wrong
			broken := bytes.Clone(body)
			broken[r.IntN(len(broken))] = []byte(`{}[]",:\ 0-1.eEtn`)[r.IntN(17)]
			sameAsJSON(t, &used, broken)
		}
	}
	if plain < 1000 {
		t.Errorf("of 20,000 batches %d were plain", plain)
	}
	scan := `{"id":"a","seq":1,"qr":"q","direction":"in","gate":1,"at":5,"mono_ms":6,"mode":"online"}`
	for body, want := range map[string]bool{
		`{"device_seq_from":1,"boot":"b","sent_at":5,"scans":[` + scan + `]}`:         true,
		" {\n\t\"boot\" : \"b\" ,\r\n \"scans\" : [ " + scan + " , " + scan + " ] } ": true,
		`{"boot":"b","boot":"c","scans":[` + scan + `]}`:                              true,
		`{}`:                                      true,
		`{"scans":[` + scan + `],"scans":[{}]}`:   false,
		`{"scans":[{"ID":"a"}]}`:                  false,
		`{"scans":[{"id":null}]}`:                 false,
		`{"scans":[{"id":"\u0061"}]}`:             false,
		`{"scans":[{"seq":1.0}]}`:                 false,
		`{"scans":[{"seq":01}]}`:                  false,
		`{"scans":[{"seq":9223372036854775808}]}`: false,
		`{"scans":[{"more":1}]}`:                  false,
		`{"scans":[]}`:                            false,
		`{"scans":null}`:                          false,
		`{} {}`:                                   false,
		`{"boot":"b",}`:                           false,
		`null`:                                    false,
		`{"boot":"` + "\xff" + `"}`:               false,
		`{"scans":[` + strings.Repeat(scan+",", MaxScans) + scan + `]}`: false,
	} {
		if got := sameAsJSON(t, &used, []byte(body)); got != want {
			t.Errorf("%.80s: plain %v, want %v", body, got, want)
		}
	}
}

// FuzzReadPlain looks for a body that is read in another way than json's.
func FuzzReadPlain(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		body, err := json.Marshal(plainBatch(r))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	var used ScanBatch
	f.Fuzz(func(t *testing.T, body []byte) { sameAsJSON(t, &used, body) })
}

// BenchmarkBatch reads a batch of 500 and writes the answer to it, by hand and by json.
func BenchmarkBatch(b *testing.B) {
	batch := ScanBatch{DeviceSeqFrom: 1, Boot: "0192f3a1-7c1e-7a40-9b1e-1a2b3c4d5e6f", SentAt: 1_700_000_000_000}
	var answer ScanAnswer
	for i := range 500 {
		id := registry.ScanID(fmt.Sprintf("0192f3a1-7c1e-7a40-9b1e-%012d", i))
		batch.Scans = append(batch.Scans, SentScan{ID: id, Seq: int64(i + 1), QR: "https://hoicho.example/t/123456789012#" + strings.Repeat("7", 176),
			Direction: registry.In, Gate: 1, At: 1_700_000_000_000, MonoMS: 123_456, Mode: registry.Offline, Verdict: registry.VerdictOK})
		answer.Results = append(answer.Results, ScanResult{ID: id, Verdict: registry.VerdictOK, Code: "123456789012",
			Detail: Detail{Kind: registry.StaffPass, Booth: "A05", Label: "Lan", Vendor: "HTX Yến Dương"}})
	}
	body, err := json.Marshal(batch)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("hand", func(b *testing.B) {
		b.ReportAllocs()
		var read ScanBatch
		for b.Loop() {
			if !read.ReadPlain(body) {
				b.Fatal("not plain")
			}
			var reply ScanReply
			for i := range answer.Results {
				reply.Results = append(reply.Results, answer.Results[i].Wire())
			}
			reply.Append(nil)
		}
	})
	b.Run("json", func(b *testing.B) {
		b.ReportAllocs()
		type raw struct{ Results []json.RawMessage }
		for b.Loop() {
			if _, err := byJSON(body); err != nil {
				b.Fatal(err)
			}
			var reply raw
			for i := range answer.Results {
				one, err := json.Marshal(&answer.Results[i])
				if err != nil {
					b.Fatal(err)
				}
				reply.Results = append(reply.Results, one)
			}
			if _, err := json.Marshal(reply); err != nil {
				b.Fatal(err)
			}
		}
	})
}
