package testkit_test

import (
	"crypto/ecdh"
	"encoding/base64"
	"testing"

	"hoicho/internal/testkit"
)

// TestOpenPushed reads the example of RFC 8291, 5, so that the push service of tests
// reads what browsers read.
func TestOpenPushed(t *testing.T) {
	decode := func(text string) []byte {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		testkit.Works(t, err)
		return raw
	}
	key, err := ecdh.P256().NewPrivateKey(decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
	testkit.Works(t, err)
	message := decode("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A" +
		"_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")
	text, err := testkit.OpenPushed(message, key, decode("BTBZMqHH6r4Tts7J_aSIgg"))
	if err != nil || string(text) != "When I grow up, I want to be a watermelon" {
		t.Errorf("%q, %v", text, err)
	}
	message[len(message)-1]++
	if _, err := testkit.OpenPushed(message, key, decode("BTBZMqHH6r4Tts7J_aSIgg")); err == nil {
		t.Error("control: a changed message was read")
	}
}
