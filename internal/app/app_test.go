package app_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app"
	"hoicho/internal/app/core"
	"hoicho/internal/testkit"
)

// filledLater are the fields that New leaves empty, with who fills them.
var filledLater = map[string]string{
	"Core.Mail":                "whoever serves, where letters leave at all",
	"Core.Push":                "whoever serves, where phones get notifications",
	"Service.spelling.words":   "the first search that finds nothing",
	"Service.spelling.basis":   "the same",
	"Core.turns.basis":         "the first public page",
	"Core.backups.known.Fault": "a backup that fails",
	"Service.tellings.heard":   "the first phone that tells how it is",
	"Service.senders.by":       "the first phone that hands something in",
	"Service.relay.marks":      "the first round of a relay",
	"Service.relay.fault":      "a call to the server that fails",
	"Service.failedSignIns.n":  "the first failed sign-in",
	"Service.lists.events":     "the first phone that asks for its list",
	"Service.scanned.n":        "the first scan",
	"Service.known.events":     "the first group commit of a gate",
	"Service.known.doubted":    "the first phone that gives an id twice",
	"Service.watch.opened":     "the first opening of a sign",
	"Service.watch.read":       "the first sign that is scanned",
}

// empty names the fields below v that can be nil and are: those of v and of every
// struct of the use cases that it reaches.
func empty(v reflect.Value) []string {
	var names []string
	seen := map[any]bool{}
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Func, reflect.Chan:
			if v.IsNil() {
				names = append(names, path)
				return
			}
		}
		if v.Kind() == reflect.Pointer {
			if v = v.Elem(); !seen[v.Addr().UnsafePointer()] {
				seen[v.Addr().UnsafePointer()] = true
				walk(v.Type().Name(), v)
			}
			return
		}
		if v.Kind() != reflect.Struct || !strings.HasPrefix(v.Type().PkgPath(), "hoicho/internal/app") {
			return
		}
		for field, value := range v.Fields() {
			walk(fmt.Sprintf("%s.%s", path, field.Name), value)
		}
	}
	walk("App", v)
	return names
}

func TestServicesHaveWhatTheyReach(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	t.Run("nothing that New fills in is missing", func(t *testing.T) {
		names := empty(reflect.ValueOf(k.App))
		for name := range filledLater {
			if !slices.Contains(names, name) {
				t.Errorf("%s is filled in by New, or is no field: it stands in filledLater needlessly", name)
			}
		}
		for _, name := range names {
			if filledLater[name] == "" {
				t.Errorf("%s is nil: the first use case that reaches for it panics", name)
			}
		}
	})
	t.Run("a room that is left out is found", func(t *testing.T) {
		lame := *k.App
		lame.Tips = nil
		if got := empty(reflect.ValueOf(&lame)); !slices.Contains(got, "App.Tips") {
			t.Errorf("App without Tips counts as whole: %v", got)
		}
	})
	t.Run("what a room needs and lacks is found", func(t *testing.T) {
		lame := *k.App
		lame.Lifecycle = new(*k.App.Lifecycle)
		lame.Lifecycle.Passes = nil
		if got := empty(reflect.ValueOf(&lame)); !slices.Contains(got, "Service.Passes") {
			t.Errorf("a service without Passes counts as whole: %v", got)
		}
	})
	t.Run("what all share and lacks is found", func(t *testing.T) {
		if got := empty(reflect.ValueOf(&app.App{Core: &core.Core{}})); !slices.Contains(got, "Core.DB") {
			t.Errorf("a Core without database counts as whole: %v", got)
		}
	})
}
