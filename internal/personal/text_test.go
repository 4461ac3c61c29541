package personal

import "testing"

func TestATextHoldsUntilTheNext(t *testing.T) {
	versions := []TextVersion{{Text: SignUp, Version: "a", From: "2026-11-01"}, {Text: Pledge, Version: "v1", From: "2026-11-01"}, {Text: SignUp, Version: "b", From: "2027-03-01"}}
	for day, want := range map[string]string{"2026-01-01": "a", "2027-02-28": "a", "2027-03-01": "b", "2030-01-01": "b"} {
		if got := TextOn(versions, SignUp, day).Version; got != want {
			t.Errorf("on %s holds %s, want %s", day, got, want)
		}
	}
	if got := TextOn(versions, Pledge, "2030-01-01").Version; got != "v1" {
		t.Errorf("the pledge is %s", got)
	}
}

func TestVersionsOfTextsAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range TextVersions {
		name := string(v.Text) + " " + v.Version
		if found, ok := TextOf(v.Text, v.Version); !ok || found != v || seen[name] {
			t.Errorf("%s: %+v", name, found)
		}
		seen[name] = true
	}
	if _, ok := TextOf(SignUp, "2020"); ok {
		t.Error("a version that never was")
	}
}
