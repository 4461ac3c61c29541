package registry

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestPersonalNumberIsNeverPrinted(t *testing.T) {
	t.Parallel()
	const number = "006123456789"
	v := Vendor{TaxCode: number}
	var log strings.Builder
	timeless := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	slog.New(slog.NewJSONHandler(&log, timeless)).Info("x", "vendor", v, "code", v.TaxCode)
	slog.New(slog.NewTextHandler(&log, timeless)).Info("x", "vendor", v, "code", v.TaxCode)
	raw, err := json.Marshal(map[string]any{"vendor": v, "code": v.TaxCode, "more": []TaxCode{number}})
	if err != nil {
		t.Fatal(err)
	}
	for how, text := range map[string]string{"%v": fmt.Sprintf("%v", v), "%+v": fmt.Sprintf("%+v", v), "%#v": fmt.Sprintf("%#v", v),
		"%s": fmt.Sprintf("code %s", v.TaxCode), "%q": fmt.Sprintf("%q", v.TaxCode), "json": string(raw), "log": log.String(),
		"public": v.TaxCode.Public()} {
		if strings.Contains(text, number) || strings.Contains(text, "456") {
			t.Errorf("%s prints %s", how, text)
		}
	}
	if got := v.TaxCode.String(); got != "*********789" {
		t.Errorf("masked as %s", got)
	}
	for _, open := range []TaxCode{"0100047516", "0100047516-001", ""} {
		if open.String() != string(open) || open.Public() != string(open) || open.Personal() {
			t.Errorf("%s is masked", string(open))
		}
	}
}

func TestVendorsThatVisitorsSee(t *testing.T) {
	t.Parallel()
	all := []VendorState{VendorNew, VendorActive, VendorBlocked}
	holdsFor(t, "those that an officer has seen and nobody blocked", all, VendorState.Public, VendorActive)
}

func TestPhoneOfAVendorMasksItself(t *testing.T) {
	t.Parallel()
	phone := func(text string, public bool) string {
		return (&Vendor{Phone: text, PhonePublic: public}).MaskedPhone()
	}
	claims(t, map[string]bool{
		"its last three digits are left":         phone("0912345678", false) == "*******678",
		"one that is public is whole":            phone("0912345678", true) == "0912345678",
		"without a phone there is nothing":       phone("", false) == "",
		"so short a one is no phone of a person": phone("113", false) == "113",
	})
}
