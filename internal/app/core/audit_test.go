package core_test

import (
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// auditLine writes a line of the log about a thing in a commune.
func auditLine(t *testing.T, k *testkit.Kit, c registry.Change) {
	t.Helper()
	k.Write(func(tx *store.Tx) error { return tx.Audit(t.Context(), registry.SystemActor("test"), c) })
}

func TestAuditNamesEveryKindOfThing(t *testing.T) {
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running), testkit.Titled("Phiên chợ Ba Bể"))
	k.Gates(event.ID, 1)
	vendor, owner, _ := k.OwnVendor()
	product, paper := k.Product(vendor), k.Certificate(vendor)
	application := k.Application(event, vendor.ID)
	booth := k.Booths(event.ID, "A", 1)[0]
	phone := k.Phone(event.ID, registry.Steward, 1)
	pass := k.Issued(event, registry.VisitorPass, 1)[0]
	of := " · " + event.Title
	want := map[string]string{string(event.ID): event.Title, string(vendor.ID): vendor.Name, string(product.ID): product.Name,
		string(paper.ID): vendor.Name, string(application.ID): vendor.Name + of, string(booth.ID): booth.Code + of,
		string(phone.Device.ID): "Máy của Lan" + of, string(pass.ID): pass.Code + of}
	for id := range want {
		auditLine(t, k, registry.Change{Action: "x.test", Object: "x", ID: id, Scope: registry.Scope{"01843"},
			Detail: fact.Facts{fact.Ref("account", "account", owner.Account), fact.Ref("product", "product", store.NewID[registry.ProductID]())}})
	}
	k.Read(func(tx *store.Tx) error {
		account, err := tx.Account(t.Context(), owner.Account)
		want[string(owner.Account)] = account.Name
		return err
	})
	reader, _ := k.Officer(registry.Admin, "01843")
	lines, err := k.App.Audit(t.Context(), reader, core.AuditFilter{Action: "x."})
	if err != nil {
		t.Fatal(err)
	}
	names, err := k.App.AuditNames(t.Context(), reader, lines)
	if err != nil || len(names) != len(want) {
		t.Errorf("%d names, %v; want %d", len(names), err, len(want))
	}
	for id, name := range want {
		if names[id] != name {
			t.Errorf("named %q, want %q", names[id], name)
		}
	}
}

func TestAuditNamesNoEventOfAnotherArea(t *testing.T) {
	k := testkit.NewApp(t)
	elsewhere := k.Event(testkit.InState(registry.Draft), testkit.Titled("Kế hoạch chưa công bố"),
		testkit.InArea(registry.AreaRef{Edition: registry.Edition2025, Code: "00004"}))
	here := k.Event(testkit.Titled("Bản sao"))
	auditLine(t, k, registry.Change{Action: "event.clone", Object: "event", ID: string(here.ID), Scope: k.App.Areas.Scope(here.Area),
		Detail: fact.Facts{fact.Ref("cloned_from", "event", elsewhere.ID)}})
	for area, want := range map[string]string{testkit.BaBe.Code: "", "": elsewhere.Title} {
		reader, _ := k.Officer(registry.Admin, area)
		lines, err := k.App.Audit(t.Context(), reader, core.AuditFilter{ID: string(here.ID)})
		if err != nil || len(lines) != 1 {
			t.Fatalf("area %q: %d lines, %v", area, len(lines), err)
		}
		names, err := k.App.AuditNames(t.Context(), reader, lines)
		if err != nil || names[string(here.ID)] != here.Title || names[string(elsewhere.ID)] != want {
			t.Errorf("area %q: %v, %v; want the event and %q", area, names, err, want)
		}
	}
}

func TestAuditFromAndUntilAnInstant(t *testing.T) {
	k := testkit.NewApp(t)
	start := k.Clock.Now()
	for i, id := range []string{"before", "first", "last", "after"} {
		k.Clock.Set(start.Add(time.Duration(i) * time.Minute))
		auditLine(t, k, registry.Change{Action: "x.test", Object: "x", ID: id})
	}
	reader, _ := k.Officer(registry.Admin, "")
	f := core.AuditFilter{Action: "x.", FromAt: start.Add(time.Minute).UnixMilli(), UntilAt: start.Add(3 * time.Minute).UnixMilli()}
	lines, err := k.App.Audit(t.Context(), reader, f)
	var ids []string
	for _, l := range lines {
		ids = append(ids, l.ID)
	}
	if got := strings.Join(ids, " "); err != nil || got != "last first" {
		t.Errorf("lines %q, %v; want those from the first instant to before the last", got, err)
	}
}

func TestPageOfTheLogIsBounded(t *testing.T) {
	k := testkit.NewApp(t)
	k.Write(func(tx *store.Tx) error {
		for range 205 {
			if err := tx.Audit(t.Context(), registry.SystemActor("test"), registry.Change{Action: "test.line", Object: "test"}); err != nil {
				return err
			}
		}
		return nil
	})
	for asked, want := range map[int]int{-1: 50, 0: 50, 1: 1, 200: 200, 201: 50} {
		lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Action: "test.line", Limit: asked})
		if err != nil || len(lines) != want {
			t.Errorf("asked for %d: %d lines (%v), want %d", asked, len(lines), err, want)
		}
	}
}
