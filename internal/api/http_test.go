package api_test

import (
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
)

// answer is what a function of a request says of one with a header.
func answer[T any](t *testing.T, header, value string, say func(*fiber.Ctx) T) (said T) {
	t.Helper()
	a := fiber.New()
	a.Get("/", func(c *fiber.Ctx) error {
		said = say(c)
		return nil
	})
	r := httptest.NewRequest("GET", "/", nil)
	if value != "" {
		r.Header.Set(header, value)
	}
	if _, err := a.Test(r); err != nil {
		t.Fatal(err)
	}
	return said
}

func TestTakesGzip(t *testing.T) {
	for value, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip": true, "br": false, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0.5": true,
		"gzip ; q=1": true, "gzip;level=9": true, "gzip;q=x": false, "xgzip": false, "*": false, "deflate;q=0,gzip": true,
	} {
		if got := answer(t, "Accept-Encoding", value, api.TakesGzip); got != want {
			t.Errorf("%q: %t", value, got)
		}
	}
}

func TestHolds(t *testing.T) {
	const tag = `"7.12"`
	for value, want := range map[string]bool{
		"": false, tag: true, "W/" + tag: true, `"7.11"`: false, `"7.11", ` + tag: true, "*": true, `7.12`: false, `W/"7.11",W/"7.12"`: true,
	} {
		if got := answer(t, "If-None-Match", value, func(c *fiber.Ctx) bool { return api.Holds(c, tag) }); got != want {
			t.Errorf("%q: %t", value, got)
		}
	}
}

func TestBearer(t *testing.T) {
	for value, want := range map[string]string{
		"": "", "Bearer abc": "abc", "bearer abc": "abc", " Bearer  abc ": "abc", "Basic abc": "", "Bearer": "", "abc": "", "Bearerabc": "", "Bearer a b": "a b",
	} {
		if got := answer(t, "Authorization", value, api.Bearer); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}
