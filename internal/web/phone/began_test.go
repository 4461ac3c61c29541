package phone_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestSlowBodyIsNoSlowClock sends the header of an upload, and its body six seconds
// later: the scan was when the phone says. What a phone claims of it is not believed.
func TestSlowBodyIsNoSlowClock(t *testing.T) {
	g := newGateCall(t)
	batch := g.phone.Batch(g.phone.Scan(g.staff[0]))
	body, err := json.Marshal(batch)
	if err != nil {
		t.Fatal(err)
	}
	conn := testkit.DialServer(t, g.base, 30*time.Second)
	fmt.Fprintf(conn, "POST /api/v1/gate/scans HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"+
		"Hoicho-Began: 1\r\nExpect: 100-continue\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", g.phone.Token, len(body))
	r := bufio.NewReader(conn)
	if line, err := r.ReadString('\n'); err != nil || !strings.Contains(line, "100") {
		t.Fatalf("%q, %v", line, err)
	}
	r.ReadString('\n')
	g.k.Clock.Add(6 * time.Second)
	conn.Write(body)
	res, err := http.ReadResponse(r, nil)
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%v, %v", res, err)
	}
	res.Body.Close()
	g.k.Read(func(tx *store.Tx) error {
		scans, err := tx.ScansByID(t.Context(), []registry.ScanID{batch.Scans[0].ID})
		if s := scans[0]; s.CorrectedAt != s.At || s.ReceivedAt != s.At {
			t.Errorf("a scan of %d was received %+d ms and put %+d ms later", s.At, s.ReceivedAt-s.At, s.CorrectedAt-s.At)
		}
		return err
	})
}
