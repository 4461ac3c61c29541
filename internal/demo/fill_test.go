package demo_test

import (
	"testing"
	"time"

	"hoicho/data"
	"hoicho/internal/demo"
	"hoicho/internal/testkit"
)

func TestFill(t *testing.T) {
	k := testkit.NewApp(t)
	began := time.Now()
	m, err := demo.Fill(t.Context(), k.App, demo.Options{Files: data.Demo})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(began), m)
	n, broken, err := k.DB.CheckAudit(t.Context())
	t.Log(n, broken, err)
}
