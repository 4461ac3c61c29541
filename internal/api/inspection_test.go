package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"hoicho/internal/app/inspections"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/contract"
)

// officerPhone is the browser of somebody who is signed in.
type officerPhone struct {
	t     *testing.T
	base  string
	token string
}

func (p officerPhone) do(method, path string, body []byte) (int, string) {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, bytes.NewReader(body))
	testkit.Works(p.t, err)
	kind := "application/json"
	if method == http.MethodPut {
		kind = "image/png"
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if p.token != "" {
		req.AddCookie(&http.Cookie{Name: "s", Value: p.token})
	}
	res, err := http.DefaultClient.Do(req)
	testkit.Works(p.t, err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	testkit.Works(p.t, err)
	req.Header.Del("Cookie") // the session and what browsers add are not described as parameters
	req.Header.Del("Sec-Fetch-Site")
	req.Body, res.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(answer))
	contract.Kept(p.t, req, res)
	return res.StatusCode, string(answer)
}

func typed(t *testing.T, in inspections.HandIn) []byte {
	t.Helper()
	raw, err := json.Marshal(in)
	testkit.Works(t, err)
	return raw
}

func TestAPhoneHandsInARecordWithItsPhotos(t *testing.T) {
	d := newDesk(t)
	stall := d.k.Stall(d.k.Event(testkit.InState(registry.Running)), 1)[0]
	lan, token := d.k.Officer(registry.Inspector, "19")
	phone, photo := officerPhone{t, d.base, token}, testkit.PhotoPNG(t)
	hash := testkit.HashOf(photo)
	in := d.k.TypedInspection(stall)
	in.Photos = []inspections.Photo{{Hash: hash, Item: "label"}}
	records := "/inspections/records"
	for _, c := range []struct {
		name, method, path string
		body               []byte
		status             int
		says               string
	}{
		{"the working set", "GET", "/inspections/working-set", nil, 200, `"label"`},
		{"a record whose photo is missing", "POST", records, typed(t, in), 200, `"state":"received","missing":["` + hash + `"]`},
		{"its status", "GET", records + "/" + in.Client, nil, 200, `"missing":["` + hash + `"]`},
		{"another photo under its hash", "PUT", records + "/" + in.Client + "/photos/" + hash, testkit.PictureOf(t, 30, 30), 422, `"inspection.error.hash"`},
		{"its photo", "PUT", records + "/" + in.Client + "/photos/" + hash, photo, 200, `"number":"01/BB-KT"`},
		{"its photo again", "PUT", records + "/" + in.Client + "/photos/" + hash, photo, 200, `"number":"01/BB-KT"`},
		{"the record again", "POST", records, typed(t, in), 200, `"number":"01/BB-KT","missing":[]`},
		{"a photo that it does not name", "PUT", records + "/" + in.Client + "/photos/" + strings.Repeat("0", 64), photo, 404, `"not_found"`},
		{"a field that there is not", "POST", records, []byte(`{"clientt":"x"}`), 400, `"unknown_json"`},
		{"what is no JSON", "POST", records, []byte(`{`), 400, ""},
		{"a record of nothing", "POST", records, []byte(`{"client":"` + in.Client + `"}`), 422, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, answer := phone.do(c.method, c.path, c.body)
			if status != c.status || !strings.Contains(answer, c.says) {
				t.Errorf("%d %s, want %d with %s", status, answer, c.status, c.says)
			}
		})
	}
	t.Run("whoever is disabled meanwhile is refused, and told why", func(t *testing.T) {
		next := d.k.TypedInspection(stall)
		testkit.Works(t, d.k.App.Accounts.DisableAccount(t.Context(), registry.SystemActor("test"), lan.Account))
		if status, answer := phone.do("POST", records, typed(t, next)); status != 401 || !strings.Contains(answer, `"sign_in_first"`) {
			t.Errorf("%d %s", status, answer)
		}
		if status, _ := phone.do("GET", records+"/"+in.Client, nil); status != 401 {
			t.Errorf("the status gives %d", status)
		}
	})
	for name, token := range map[string]string{"nobody": "", "a program's token in the place of a session": d.all} {
		t.Run(name, func(t *testing.T) {
			if status, _ := (officerPhone{t, d.base, token}).do("GET", "/inspections/working-set", nil); status != 401 {
				t.Errorf("%d, want 401", status)
			}
		})
	}
	t.Run("another officer reads nothing of the record", func(t *testing.T) {
		_, token := d.k.Officer(registry.Admin, "")
		if status, _ := (officerPhone{t, d.base, token}).do("GET", records+"/"+in.Client, nil); status != 404 {
			t.Errorf("%d, want 404", status)
		}
	})
	t.Run("another site cannot hand in for whoever is signed in", func(t *testing.T) {
		status, _ := contract.Call(t, "", "POST", d.base+records, "{}")
		if status != 401 {
			t.Errorf("%d", status)
		}
	})
}
