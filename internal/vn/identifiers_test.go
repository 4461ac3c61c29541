package vn

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseTaxCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		want TaxCode
		err  error
	}{
		{"0100047516", TaxCode{"0100047516", TaxOrganisation}, nil},
		{" 0100 047 516 ", TaxCode{"0100047516", TaxOrganisation}, nil},
		{"4799999013", TaxCode{"4799999013", TaxOrganisation}, nil},
		{"4799999020", TaxCode{"4799999020", TaxOrganisation}, nil},
		{"4799999038", TaxCode{"4799999038", TaxOrganisation}, nil},
		{"4799999045", TaxCode{"4799999045", TaxOrganisation}, nil},
		{"4799999052", TaxCode{"4799999052", TaxOrganisation}, nil},
		{"0100047516-001", TaxCode{"0100047516-001", TaxBranch}, nil},
		{"0100047516001", TaxCode{"0100047516-001", TaxBranch}, nil},
		{"001085012345", TaxCode{"001085012345", TaxPersonal}, nil},
		{in: "0100047515", err: FaultTaxCodeCheck},
		{in: "0100047515-001", err: FaultTaxCodeCheck},
		{in: "0100047516-000", err: FaultTaxCodeBranch},
		{in: "", err: FaultTaxCodeLength},
		{in: "01000475166", err: FaultTaxCodeLength},
		{in: "01000475I6", err: FaultTaxCodeLength},
		{in: "０１０００４７５１６", err: FaultTaxCodeLength},
	} {
		got, err := ParseTaxCode(c.in)
		if err != c.err || (err == nil && got != c.want) {
			t.Errorf("ParseTaxCode(%q) = %v, %v, want %v, %v", c.in, got, err, c.want, c.err)
		}
	}
}

// Nine digits whose weighted sum leaves nothing have no tenth digit at all.
func TestTaxCodeThatCannotExist(t *testing.T) {
	t.Parallel()
	for _, nine := range []string{"000000000", "479999906"} {
		for d := range 10 {
			if code, err := ParseTaxCode(fmt.Sprint(nine, d)); err == nil {
				t.Errorf("%v was taken", code)
			}
		}
	}
}

func TestTaxCodeFindsOneWrongDigit(t *testing.T) {
	t.Parallel()
	const good = "0100047516"
	for i := range good {
		for d := '0'; d <= '9'; d++ {
			bad := good[:i] + string(d) + good[i+1:]
			if _, err := ParseTaxCode(bad); bad != good && err == nil {
				t.Errorf("%s was taken for %s", bad, good)
			}
		}
	}
}

func TestParseGTIN(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, want string
		err      error
		vietnam  bool
	}{
		{in: "7622200004607", want: "7622200004607"},
		{in: "4006381333931", want: "4006381333931"},
		{in: "8939999999991", want: "8939999999991", vietnam: true},
		{in: "893 0000 000019", want: "8930000000019", vietnam: true},
		{in: "18939999999998", want: "18939999999998", vietnam: true},
		{in: "96385074", want: "96385074"},
		{in: "036000291452", want: "036000291452"},
		{in: "8939999999990", err: FaultGTINCheck},
		{in: "893999999999", err: FaultGTINCheck},
		{in: "89399999999911234", err: FaultGTINLength},
		{in: "893-ABC", err: FaultGTINLength},
		{in: "", err: FaultGTINLength},
	} {
		got, err := ParseGTIN(c.in)
		if got != c.want || err != c.err || GTINLicensedByVietnam(got) != c.vietnam {
			t.Errorf("ParseGTIN(%q) = %q, %v, want %q, %v", c.in, got, err, c.want, c.err)
		}
	}
	if GTINLicensedByVietnam("893000000019") {
		t.Error("a GTIN-12 begins with 0 in GTIN-13 form and is never of prefix 893")
	}
}

func TestGTINFindsOneWrongDigit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`([0-9]{7}|[0-9]{11}|[0-9]{12}|[0-9]{13})`).Draw(t, "body")
		good := body + string(gtinCheck(body))
		if _, err := ParseGTIN(good); err != nil {
			t.Fatalf("%s: %v", good, err)
		}
		i := rapid.IntRange(0, len(good)-1).Draw(t, "place")
		d := string(rapid.RuneFrom([]rune("0123456789")).Draw(t, "digit"))
		bad := good[:i] + d + good[i+1:]
		if _, err := ParseGTIN(bad); bad != good && err == nil {
			t.Fatalf("%s was taken for %s", bad, good)
		}
	})
}

func TestParsePhone(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"0912345678": "0912345678", "+84 912 345 678": "0912345678", "84912345678": "0912345678",
		"0084.912.345.678": "0912345678", "(+84) 0912-345-678": "0912345678", "0912\u00a0345\u00a0678": "0912345678",
		"0209 3870 123": "02093870123", "+84 24 3825 1234": "02438251234",
		"0312345678": "0312345678", "0512345678": "0512345678", "0712345678": "0712345678", "0812345678": "0812345678",
		"01234567890": "", "0412345678": "", "0612345678": "", "091234567": "", "09123456789": "", "0209387012": "",
		"1900 1234": "", "+1 202 555 0123": "", "": "", "0912 345 67B": "", "09123456７8": "",
	} {
		got, err := ParsePhone(in)
		if got != want || (want == "") != (err == FaultPhone) {
			t.Errorf("ParsePhone(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestShowPhone(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"0912345678": "0912 345 678", "02093870123": "0209 3870 123", "02438251234": "024 3825 1234", "": "", "113": "113",
	} {
		if got := ShowPhone(in); got != want {
			t.Errorf("ShowPhone(%q) = %q, want %q", in, got, want)
		}
		if back, err := ParsePhone(want); len(in) > 3 && (err != nil || back != in) {
			t.Errorf("%q is read back as %q, %v", want, back, err)
		}
	}
	if got := DialPhone("0912345678"); got != "+84912345678" {
		t.Errorf("DialPhone: %q", got)
	}
}

func TestFaultsAreMessageKeys(t *testing.T) {
	t.Parallel()
	for _, f := range []error{FaultTaxCodeCheck, FaultGTINCheck, FaultPhone, FaultNumber, FaultDate, FaultClock} {
		if !strings.HasPrefix(f.Error(), "error.") {
			t.Errorf("%q is no key of a message", f)
		}
	}
}
