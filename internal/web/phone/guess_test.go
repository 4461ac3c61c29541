package phone_test

import (
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// lookAt opens a page with a browser of a name, and returns the status and how long
// it is asked to wait.
func lookAt(t *testing.T, address, agent string) (int, string) {
	t.Helper()
	req, err := http.NewRequest("GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", agent)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode, res.Header.Get("Retry-After")
}

// TestHonestVisitorsAreNotLimited: five hundred phones behind one address open the
// poster, say that they came, and look at stalls, while somebody among them tries
// codes and is held up.
func TestHonestVisitorsAreNotLimited(t *testing.T) {
	g := newGateCall(t)
	gates, err := g.k.App.Admission.GateOffice(t.Context(), registry.SystemActor("t"), g.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	poster := g.base + "/c/" + gates.Gates[0].Code
	held := 0
	for range 100 {
		if status, wait := lookAt(t, g.base+"/t/"+pass.NewCode(), "guesser"); status == 429 && wait != "" {
			held++
		}
		if status, wait := lookAt(t, g.base+"/c/"+pass.NewGateCode(), "guesser"); status == 429 && wait != "" {
			held++
		}
	}
	if held < 150 {
		t.Errorf("one who tries codes was held up %d times of 200", held)
	}
	var wg sync.WaitGroup
	for lane := range 10 {
		wg.Go(func() {
			for i := range 50 {
				agent := fmt.Sprintf("phone %d", (lane*50+i)%7)
				if status, _ := lookAt(t, poster, agent); status != 200 {
					t.Errorf("poster: %d", status)
				}
				if status, _ := lookAt(t, g.base+"/t/"+g.staff[i%len(g.staff)].Code, agent); status != 200 {
					t.Errorf("pass: %d", status)
				}
				res, err := http.PostForm(poster, url.Values{"phone": {admission.NewPhone()}})
				if err != nil || res.StatusCode != 200 {
					t.Errorf("tap: %v, %v", res, err)
					return
				}
				res.Body.Close()
			}
		})
	}
	wg.Wait()
	if v, err := g.k.App.Admission.Visits(t.Context(), g.event.ID); err != nil || v.Today.Total != 500 {
		t.Errorf("%d visits of 500, %v", v.Today.Total, err)
	}
	g.k.Clock.Add(time.Hour)
	if status, _ := lookAt(t, g.base+"/t/"+pass.NewCode(), "guesser"); status != 404 {
		t.Errorf("an hour later: %d", status)
	}
}

// TestPhoneThatGuessesIsHeldUp: typed codes of no pass are let through a few dozen
// times and then slowed, whatever the size of the batches; symbols go on, and so
// does another phone. Five hundred scans in a row of good codes are not limited.
func TestPhoneThatGuessesIsHeldUp(t *testing.T) {
	g := newGateCall(t)
	typed := func(code string) func(*gate.SentScan) {
		return func(s *gate.SentScan) { s.QR, s.Code = "", code }
	}
	for i := range 500 {
		if status, body := g.scans(g.phone.Token, g.phone.Batch(g.phone.Scan(g.staff[i%4], typed(g.staff[i%4].Code)))); status != 200 {
			t.Fatalf("good code %d: %d %s", i, status, body)
		}
	}
	guesses := make([]gate.SentScan, 200)
	for i := range guesses {
		guesses[i] = g.phone.Scan(g.staff[0], typed(pass.NewCode()))
	}
	if status, body := g.scans(g.phone.Token, g.phone.Batch(guesses...)); status != 200 {
		t.Fatalf("the first guesses: %d %s", status, body)
	}
	next := g.phone.Scan(g.staff[0], typed(pass.NewCode()))
	status, body := g.scans(g.phone.Token, g.phone.Batch(next))
	if status != 429 {
		t.Errorf("the next guess: %d %s", status, body)
	}
	if status, body := g.scans(g.phone.Token, g.phone.Batch(g.phone.Scan(g.staff[0]))); status != 200 {
		t.Errorf("a symbol: %d %s", status, body)
	}
	other := g.k.Phone(g.event.ID, registry.Steward, 2)
	if status, body := g.scans(other.Token, other.Batch(other.Scan(g.staff[0], typed(g.staff[0].Code)))); status != 200 {
		t.Errorf("another phone: %d %s", status, body)
	}
	g.k.Clock.Add(200 * 6 * time.Second) // what two hundred guesses cost
	if status, body := g.scans(g.phone.Token, g.phone.Batch(next)); status != 200 {
		t.Errorf("sent again after the wait: %d %s", status, body)
	}
}
