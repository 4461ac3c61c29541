package web_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

var actionForm = regexp.MustCompile(`"((?:account|call|event|vendor|product|certificate|application|booth|pass|key|gate|device|difference|relay|tip|sales|report|setting|visit|database)\.[a-z_]+)"`)

// notActions are literals of the same form: the keys of settings.
var notActions = []string{"booth.hold_minutes", "event.filing_rules", "tip.contact_rules"}

// actionsIn finds the actions that a source writes into the log as literals.
func actionsIn(source string) (actions []string) {
	for _, m := range actionForm.FindAllStringSubmatch(source, -1) {
		if !slices.Contains(notActions, m[1]) {
			actions = append(actions, m[1])
		}
	}
	return actions
}

// writtenActions are all actions: literals, and those made of a state or verb.
func writtenActions(t *testing.T) []string {
	t.Helper()
	actions := []string{"vendor.block", "vendor.unblock", "vendor.publish"}
	for _, s := range registry.ApplicationStates {
		if s != registry.AppDraft {
			actions = append(actions, "application."+string(s))
		}
	}
	for _, s := range []registry.PassState{registry.PassValid, registry.PassBlocked, registry.PassRevoked} {
		actions = append(actions, "pass."+string(s))
	}
	for _, file := range testkit.GoFiles(t, "../app", "../store", "../../cmd/hoicho") {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		actions = append(actions, actionsIn(string(raw))...)
	}
	return actions
}

func TestEveryAuditActionHasALabel(t *testing.T) {
	actions := writtenActions(t)
	if len(actions) < 100 {
		t.Fatalf("only %d actions found: the pattern no longer sees them", len(actions))
	}
	for _, a := range actions {
		if !i18n.Has("audit.action." + a) {
			t.Errorf("audit.action.%s is missing", a)
		}
	}
	for key := range i18n.Texts(i18n.Vietnamese, "audit.action.") {
		if !slices.Contains(actions, strings.TrimPrefix(key, "audit.action.")) {
			t.Errorf("%s is an action that nothing writes", key)
		}
	}
}

func TestAnInventedActionIsFoundWithoutALabel(t *testing.T) {
	found := actionsIn(`return registry.Change{Action: "booth.invented", Object: "booth"}, nil`)
	if len(found) != 1 || i18n.Has("audit.action."+found[0]) {
		t.Errorf("found %v, and a label for what was invented", found)
	}
}
