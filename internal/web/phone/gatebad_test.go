package phone_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// stored counts the scans and presses that the register holds.
func (g *gateCall) stored() (n int64) {
	g.t.Helper()
	checked, err := g.k.DB.Check(g.t.Context())
	if err != nil {
		g.t.Fatal(err)
	}
	return checked.Rows["scans"] + checked.Rows["counts"]
}

// TestBatchesThatNoPhoneSends: each is 400 and says where, and nothing of it is
// stored, not even the good scan beside the bad one.
func TestBatchesThatNoPhoneSends(t *testing.T) {
	g := newGateCall(t)
	good, bad := g.phone.Scan(g.staff[0]), g.phone.Scan(g.staff[1])
	raw, err := json.Marshal(g.phone.Batch(good, bad))
	if err != nil {
		t.Fatal(err)
	}
	second := strings.LastIndex(string(raw), `{"id"`)
	for old, values := range map[string][]string{
		`"seq":2`:            {`"seq":-1`, `"seq":2.5`, `"seq":1e30`, `"seq":9223372036854775808`, `"seq":null`, `"seq":true`, `"seq":1`},
		`"gate":1`:           {`"gate":"1"`, `"gate":-1`, `"gate":0`, `"gate":2`, `"gate":99999999999999999999`, `"gate":[1]`},
		`"mono_ms":1`:        {`"mono_ms":-1`, `"mono_ms":"1"`, `"mono_ms":1e400`},
		`"mode":"online"`:    {`"mode":"paper"`, `"mode":"ONLINE"`, `"mode":""`, `"mode":1`, `"mode":"online","verdict":"maybe"`, `"mode":"online","verdict":1`},
		`"direction":"in"`:   {`"direction":"inside"`, `"direction":""`, `"direction":null`, `"direction":"in","training":"yes"`, `"direction":"in","Extra":1`},
		`"at":`:              {`"at":-`, `"at":9999999`, `"at":"`, `"at":1.`},
		`"qr":"`:             {`"qr":["`, `"qr":"` + strings.Repeat("x", 600), "\"qr\":\"\xc3\x28", `"code":"1","qr":"`},
		string(bad.ID):       {"", "x", strings.ToUpper(string(bad.ID)), string(bad.ID) + "0", "00000000-0000-0000-0000-00000000000g"},
		`{"id"`:              {`{"void_of":"me","id"`, `{"void_of":"` + uuid.NewString() + `","id"`, `{"forced_by":"` + strings.Repeat("x", 121) + `","id"`, `[{"id"`},
		string(raw[second:]): {"null]}", "[]]}", `"scan"]}`, string(raw[second : len(raw)-1])},
	} {
		for _, value := range values {
			body := string(raw[:second]) + strings.Replace(string(raw[second:]), old, value, 1)
			if body == string(raw) {
				t.Fatalf("%s is not in the batch", old)
			}
			status, answer := contract.Call(t, g.phone.Token, "POST", g.base+"/api/v1/gate/scans", body)
			if status != 400 || !strings.Contains(answer, `"message":"`) {
				t.Errorf("%.40s for %.40s: %d %.200s, want 400", value, old, status, answer)
			}
		}
	}
	if n := g.stored(); n != 0 {
		t.Errorf("%d rows of refused batches are stored", n)
	}
	if status, body := contract.Call(t, g.phone.Token, "POST", g.base+"/api/v1/gate/scans", string(raw)); status != 200 || g.stored() != 2 {
		t.Errorf("control: %d %s", status, body)
	}
}

// TestFarNumbersAreKept: whatever a phone's clock or counter says is no reason to
// lose a scan, nor is what earlier scans of the same phone said.
func TestFarNumbersAreKept(t *testing.T) {
	g := newGateCall(t)
	numbers, sent := []int64{0, 1, 1 << 40, 1<<53 - 1}, int64(0)
	for _, at := range numbers {
		for _, sentAt := range numbers {
			for _, mono := range numbers {
				batch := g.phone.Batch(g.phone.Scan(g.staff[0], func(s *gate.SentScan) { s.At, s.MonoMS = at, mono }))
				batch.SentAt = sentAt
				if status, body := g.scans(g.phone.Token, batch); status != 200 {
					t.Errorf("at %d, sent at %d, after %d ms: %d %s", at, sentAt, mono, status, body)
				}
				sent++
			}
		}
	}
	if status, body := g.scans(g.phone.Token, g.phone.Batch(g.phone.Scan(g.staff[0], func(s *gate.SentScan) { s.Seq = 1<<53 - 1 }))); status != 200 {
		t.Errorf("the last number there is: %d %s", status, body)
	}
	if n := g.stored(); n != sent+1 {
		t.Errorf("%d of %d scans are stored", n, sent+1)
	}
}

// TestIdsOfAnotherPhone: the same id from another phone is a scan of its own, which
// neither sees nor touches the first one's answer.
func TestIdsOfAnotherPhone(t *testing.T) {
	g := newGateCall(t)
	other := g.k.Phone(g.event.ID, registry.Steward, 2)
	mine := g.phone.Scan(g.staff[0])
	_, first := g.scans(g.phone.Token, g.phone.Batch(mine))
	theirs := other.Scan(g.staff[1], func(s *gate.SentScan) { s.ID = mine.ID })
	status, body := g.scans(other.Token, other.Batch(theirs))
	if status != 200 || !strings.Contains(body, g.staff[1].Code) || strings.Contains(body, g.staff[0].Code) {
		t.Errorf("the same id of another phone: %d %s", status, body)
	}
	if _, again := g.scans(g.phone.Token, g.phone.Batch(mine)); again != first || g.stored() != 2 {
		t.Errorf("the first phone's answer is now %s, was %s; %d rows", again, first, g.stored())
	}
	if _, again := g.scans(g.phone.Token, g.phone.Batch(mine)); again == body {
		t.Error("control: both phones are answered alike")
	}
}

// TestSeqThatGoesBack: a counter that began anew loses nothing: the scans are new
// ones by their ids, and what was acknowledged stays so.
func TestSeqThatGoesBack(t *testing.T) {
	g := newGateCall(t)
	g.scans(g.phone.Token, g.phone.Batch(g.phone.Scan(g.staff[0]), g.phone.Scan(g.staff[1]), g.phone.Scan(g.staff[2])))
	g.phone.Seq = 0
	g.k.Clock.Add(time.Minute)
	status, body := g.scans(g.phone.Token, g.phone.Batch(g.phone.Scan(g.staff[0], testkit.Going)))
	if status != 200 || !strings.Contains(body, `"acked_seq":3`) || !strings.Contains(body, "exit_ok") || g.stored() != 4 {
		t.Errorf("seq 1 again: %d %s, %d rows of 4", status, body, g.stored())
	}
}

// TestPhonesThatAreOver: 12 hours after the event, and once revoked, nothing is
// taken, and the answer says which it is. Before, the same batch is taken.
func TestPhonesThatAreOver(t *testing.T) {
	g := newGateCall(t)
	batch := g.phone.Batch(g.phone.Scan(g.staff[0]))
	end := time.UnixMilli(g.phone.Device.ExpiresAt)
	g.k.Clock.Set(end.Add(-time.Millisecond))
	if status, body := g.scans(g.phone.Token, batch); status != 200 {
		t.Errorf("in the last moment: %d %s", status, body)
	}
	g.k.Clock.Set(end)
	late := g.phone.Batch(g.phone.Scan(g.staff[1]))
	if status, body := g.scans(g.phone.Token, late); status != 401 || !strings.Contains(body, "device_expired") {
		t.Errorf("when it is over: %d %s", status, body)
	}
	g.k.Clock.Set(end.Add(-time.Minute))
	if err := g.k.App.Admission.RevokeDevice(t.Context(), registry.SystemActor("t"), g.event.ID, g.phone.Device.ID); err != nil {
		t.Fatal(err)
	}
	if status, body := g.scans(g.phone.Token, late); status != 401 || !strings.Contains(body, "device_revoked") {
		t.Errorf("revoked: %d %s", status, body)
	}
	if n := g.stored(); n != 1 {
		t.Errorf("%d rows, want the one of before", n)
	}
}

// TestTokenOfAnotherEvent: a phone of another event neither sees this one's passes
// nor moves them, whatever it sends; the pass's own phone does.
func TestTokenOfAnotherEvent(t *testing.T) {
	g := newGateCall(t)
	other := g.k.Event(testkit.InState(registry.Running))
	g.k.Gates(other.ID, 1)
	stranger := g.k.Phone(other.ID, registry.Supervisor, 1)
	mine := g.phone.Scan(g.staff[0])
	g.scans(g.phone.Token, g.phone.Batch(mine))
	for name, change := range map[string]func(*gate.SentScan){
		"symbol": testkit.Going, "typed": func(s *gate.SentScan) { s.QR, s.Code, s.Direction = "", g.staff[0].Code, registry.Out },
		"let in offline": testkit.Offline(registry.VerdictExitOK), "forced": func(s *gate.SentScan) { s.ForcedBy, s.Direction = "Lan", registry.Out },
		"void": func(s *gate.SentScan) { s.QR, s.VoidOf, s.VoidReason = "", mine.ID, "nhầm" },
	} {
		status, body := g.scans(stranger.Token, stranger.Batch(stranger.Scan(g.staff[0], change)))
		if status != 200 || strings.Contains(body, "A05") || !strings.Contains(body, "wrong_event") && !strings.Contains(body, "unknown") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	var list gate.Snapshot
	_, body := contract.Call(t, stranger.Token, "GET", g.base+"/api/v1/gate/snapshot", "")
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Passes) != 0 || list.Event.Number != other.Number {
		t.Errorf("the stranger's list holds %d passes of event %d, %v", len(list.Passes), list.Event.Number, err)
	}
	g.k.Read(func(tx *store.Tx) error {
		p, err := tx.GatePasses(t.Context(), []string{g.staff[0].Code})
		if err == nil && (p[0].Presence.Inside() == nil || p[0].Presence.Last.Scan != mine.ID) {
			t.Errorf("the pass was moved from elsewhere: %+v", p[0].Presence)
		}
		return err
	})
	g.k.Clock.Add(time.Minute)
	if status, body := g.scans(g.phone.Token, g.phone.Batch(g.phone.Scan(g.staff[0], testkit.Going))); status != 200 || !strings.Contains(body, "exit_ok") {
		t.Errorf("control: %d %s", status, body)
	}
}

// FuzzScanBatch: no body is an internal fault, and one that is taken is taken again
// with the same answer.
func FuzzScanBatch(f *testing.F) {
	id := uuid.NewString()
	for _, scan := range []string{`"code":"123456789012"`, `"qr":"https://a.vn/t/1#2"`, `"code":"1","verdict":"ok","mode":"offline"`, `"void_of":"` + id + `"`} {
		f.Add(fmt.Sprintf(`{"device_seq_from":1,"boot":"b","sent_at":1,"scans":[{"id":"%s","seq":1,"direction":"in","gate":1,"at":1,"mono_ms":1,"mode":"online",%s}]}`, id, scan))
	}
	f.Add(`{"scans":null}`)
	f.Add("{\"boot\":\"\xff\"}")
	f.Fuzz(func(t *testing.T, body string) {
		var batch gate.ScanBatch
		if err := json.Unmarshal([]byte(body), &batch); err != nil {
			return
		}
		if err := batch.Check(); err != nil {
			if registry.KindOf(err) != registry.Malformed {
				t.Fatalf("%v", err)
			}
			return
		}
		raw, err := json.Marshal(batch)
		var again gate.ScanBatch
		if err != nil || json.Unmarshal(raw, &again) != nil || again.Check() != nil {
			t.Fatalf("a good batch is not good any more: %s, %v", raw, err)
		}
		for _, s := range batch.Scans {
			var keys gate.Keys
			v := gate.Decide(&gate.Snapshot{Keys: keys}, gate.Scan{QR: s.QR, Code: s.Code, Direction: s.Direction, Gate: s.Gate}, s.At)
			if v.Group == registry.Admit {
				t.Fatalf("let in by an empty list: %+v", v)
			}
		}
	})
}
