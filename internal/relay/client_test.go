package relay

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"hoicho/internal/gate"
)

// TestForeignAnswers: what is not our server's answer is none, to every call of a
// relay; it never shuts the relay out.
func TestForeignAnswers(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "web", "phone", "testdata", "answers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var answers []struct {
		Name, Type, Location, Body string
		Status                     int
	}
	if err := json.Unmarshal(raw, &answers); err != nil {
		t.Fatal(err)
	}
	answers = append(answers, answers[0])
	last := &answers[len(answers)-1]
	last.Name, last.Type, last.Status, last.Body = "our word with another status", "application/json", 403, `{"error":"device_revoked","message":"x","request_id":"y"}`
	var n int
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", answers[n].Type)
		if answers[n].Location != "" {
			w.Header().Set("Location", answers[n].Location)
		}
		w.WriteHeader(answers[n].Status)
		io.WriteString(w, answers[n].Body)
	}))
	defer server.Close()
	c := newClient(server.URL, "token")
	for name, call := range map[string]func(context.Context) error{
		"pair": func(ctx context.Context) error { _, err := c.pair(ctx, gate.PairRequest{}); return err },
		"list": func(ctx context.Context) error { _, err := c.list(ctx, ""); return err },
		"push": func(ctx context.Context) error {
			_, err := c.push(ctx, gate.RelayBatch{Phones: []gate.RelayPhone{{ID: "a"}}})
			return err
		},
	} {
		for n = range answers {
			if err := call(t.Context()); err == nil || errors.Is(err, ErrRevoked) {
				t.Errorf("%s, %s: %v", name, answers[n].Name, err)
			}
		}
	}
}
