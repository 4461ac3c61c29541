package main

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// hoicho runs the command on a database of its own and returns what it prints.
func hoicho(t *testing.T, db string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), append(args, "--db", db), func(string) string { return "" }, &out)
	return out.String(), err
}

// hoichoWith runs the command with an environment and returns what it prints.
func hoichoWith(t *testing.T, vars map[string]string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, func(name string) string { return vars[name] }, &out)
	return out.String(), err
}

// newDatabase makes an empty database, as a first start does.
func newDatabase(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUserCommands(t *testing.T) {
	db := newDatabase(t)
	add := func(role, area, login string) (string, error) {
		return hoicho(t, db, "user", "add", "--role", role, "--area", area, "--name", "Hà Thị Cán", "--login", login)
	}
	out, err := add("admin", "", "0912 345 678")
	if code := regexp.MustCompile(`\d{4} \d{4} \d{4}`).FindString(out); err != nil || code == "" || !strings.Contains(out, "/dat-lai-mat-khau") {
		t.Fatalf("%v: %s", err, out)
	}
	if _, err := add("organiser", "19", "can.bo@vi-du.vn"); err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][3]string{{"king", "", "0911111111"}, {"viewer", "99", "0911111111"}, {"viewer", "", "x"}, {"viewer", "", "0912345678"}} {
		if out, err := add(bad[0], bad[1], bad[2]); err == nil || strings.Contains(err.Error(), "error.") {
			t.Errorf("%q: %v, %s; want a refusal in words", bad, err, out)
		}
	}
	if _, err := add("king", "", "0911111111"); exitCode(err) != exitUsage || !strings.Contains(err.Error(), "organiser") {
		t.Errorf("an unknown role: %v; want the roles that there are", err)
	}
	for _, role := range registry.Roles {
		if _, err := add(string(role), "99", "0922222222"); err == nil || exitCode(err) == exitUsage {
			t.Errorf("role %s: %v; want it known, and the area refused", role, err)
		}
	}
	out, err = hoicho(t, db, "user", "list")
	if err != nil || !strings.Contains(out, "admin") || !strings.Contains(out, "organiser@19") || strings.Count(out, "\n") != 2 {
		t.Errorf("%v: %s", err, out)
	}
	if out, err := hoicho(t, db, "user", "reset-code", "+84 912 345 678"); err != nil || !strings.Contains(out, "three days") {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := hoicho(t, db, "user", "reset-code", "--second-step", "0912345678"); err == nil {
		t.Error("a second step was removed that was never set up")
	}
	if _, err := hoicho(t, db, "user", "disable", "0912345678"); err == nil || !strings.Contains(err.Error(), "last administrator") {
		t.Errorf("the last administrator: %v", err)
	}
	if out, err := hoicho(t, db, "user", "disable", "CAN.BO@vi-du.vn"); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := hoicho(t, db, "user", "disable", "0999999999"); err == nil || !strings.Contains(err.Error(), "no account") {
		t.Errorf("an unknown login: %v", err)
	}
}
