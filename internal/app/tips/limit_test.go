package tips_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strconv"
	"testing"
	"time"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

const (
	market = "198.51.100.0/24"
	script = "curl"
	phone  = "Chrome, Android"
)

func numbered(net, agent string, n int) tips.TipInput {
	return tips.TipInput{Kind: registry.PoorQuality, Place: "chợ", Text: fmt.Sprintf("Hàng kém chất lượng %s %s %d", net, agent, n), Net: net, Agent: agent}
}

// solved pays a toll as the script of the page does.
func solved(toll *tips.Toll) string {
	text := []byte(toll.Text + ":")
	for n := int64(0); ; n++ {
		sum := sha256.Sum256(strconv.AppendInt(text, n, 10))
		if bits.LeadingZeros32(binary.BigEndian.Uint32(sum[:])) >= toll.Bits {
			return strconv.FormatInt(n, 10)
		}
	}
}

// flooded sends 2,000 tips from one address and returns how many were taken in.
func flooded(t *testing.T, k *testkit.Kit, agent string) (passed int) {
	t.Helper()
	for n := range 2000 {
		sent, err := k.App.Tips.SendTip(t.Context(), numbered(market, agent, n))
		switch {
		case err == nil:
			passed++
		case registry.KindOf(err) != registry.Limited || sent.Toll == nil:
			t.Fatalf("tip %d: %v, toll %v", n, err, sent.Toll)
		}
	}
	return passed
}

// TestFloodShutsNobodyOut sends 2,000 tips from one address: what a market sends is taken in,
// the rest is asked for a toll, and a neighbour behind the same address gets through.
func TestFloodShutsNobodyOut(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	if passed := flooded(t, k, script); passed < 100 || passed > 200 {
		t.Errorf("%d of 2,000 tips were taken in without a toll", passed)
	}
	send := func(in tips.TipInput) error {
		_, err := k.App.Tips.SendTip(t.Context(), in)
		return err
	}
	t.Run("another phone behind the address is asked for nothing", func(t *testing.T) {
		testkit.Works(t, send(numbered(market, phone, 1)))
	})
	t.Run("another address is asked for nothing", func(t *testing.T) {
		testkit.Works(t, send(numbered("203.0.113.0/24", script, 1)))
	})
	neighbour := numbered(market, script, 5000) // the same address and browser as the flood's
	first, err := k.App.Tips.SendTip(t.Context(), neighbour)
	if registry.KindOf(err) != registry.Limited || first.Toll == nil {
		t.Fatalf("the neighbour: %v", err)
	}
	toll := *first.Toll
	t.Run("a wrong proof pays nothing, and the same toll is asked again", func(t *testing.T) {
		in := neighbour
		in.Toll, in.Proof = toll.Text, "x"
		again, err := k.App.Tips.SendTip(t.Context(), in)
		if registry.KindOf(err) != registry.Limited || again.Toll.Text != toll.Text {
			t.Errorf("%v, toll %+v", err, again.Toll)
		}
	})
	t.Run("a proof pays", func(t *testing.T) {
		in := neighbour
		in.Toll, in.Proof = toll.Text, solved(&toll)
		testkit.Works(t, send(in))
		if err := send(in); registry.KindOf(err) != registry.Limited {
			t.Errorf("it pays twice: %v", err)
		}
	})
	t.Run("a proof pays for its own words alone", func(t *testing.T) {
		in := numbered(market, script, 6000)
		in.Toll, in.Proof = toll.Text, solved(&toll)
		if err := send(in); registry.KindOf(err) != registry.Limited {
			t.Errorf("other words: %v", err)
		}
	})
	t.Run("waiting pays too", func(t *testing.T) {
		in := numbered(market, script, 7000)
		asked, _ := k.App.Tips.SendTip(t.Context(), in)
		in.Toll = asked.Toll.Text
		if err := send(in); registry.KindOf(err) != registry.Limited {
			t.Errorf("at once: %v", err)
		}
		k.Clock.Add(asked.Toll.Wait)
		testkit.Works(t, send(in))
	})
}

// TestTollStaysSmall floods through paid tolls as well: the sum grows, and stays what an old
// phone works out in seconds or waits for in minutes.
func TestTollStaysSmall(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	flooded(t, k, script)
	least, most := 0, 0
	for n := range 30 {
		in := numbered(market, script, 10_000+n)
		asked, err := k.App.Tips.SendTip(t.Context(), in)
		if registry.KindOf(err) != registry.Limited {
			t.Fatal(err)
		}
		if n == 0 {
			least = asked.Toll.Bits
		}
		most = max(most, asked.Toll.Bits)
		if asked.Toll.Bits > 19 || asked.Toll.Wait > 5*time.Minute {
			t.Fatalf("tip %d is asked for %d bits or %v", n, asked.Toll.Bits, asked.Toll.Wait)
		}
		in.Toll, in.Proof = asked.Toll.Text, solved(asked.Toll)
		testkit.Works(t, testkit.Second(k.App.Tips.SendTip(t.Context(), in)))
	}
	if least >= most {
		t.Errorf("the toll stays at %d bits however much is sent", most)
	}
	k.Clock.Add(time.Hour)
	testkit.Works(t, testkit.Second(k.App.Tips.SendTip(t.Context(), numbered(market, script, 99))))
}
