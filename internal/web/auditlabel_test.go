package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hoicho/internal/fact"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/testkit"
)

var actionForm = regexp.MustCompile(`"((?:account|article|call|event|vendor|product|certificate|application|booth|pass|key|gate|device|difference|relay|tip|sales|report|setting|visit|database|communication|channel|plan|task|body|place|procurement|goods_group|support|matching|cost|survey|keep|offer|measure|voucher|inspection|round|supervision|import|period|template|log|floor_plan)\.[a-z_]+)"`)

// actionSaid is an action of any concept, where a change names it.
var actionSaid = regexp.MustCompile(`Action: "([a-z_]+\.[a-z_]+)"`)

// notActions are literals of the same form: the keys of settings.
var notActions = []string{"booth.hold_minutes", "event.filing_rules", "personal.keep_rules", "personal.erase_days", "offer.hours", "inspection.findings_shown"}

// factForm is how a source names the field of a fact, or a text that it says, which may have the
// form of an action.
var factForm = regexp.MustCompile(`(fact\.\w+\(|Field: |\bsay\()"[a-z._]+"`)

// actionsIn finds the actions that a source writes into the log as literals.
func actionsIn(source string) (actions []string) {
	for _, m := range actionForm.FindAllStringSubmatch(factForm.ReplaceAllString(source, ""), -1) {
		if !slices.Contains(notActions, m[1]) {
			actions = append(actions, m[1])
		}
	}
	for _, m := range actionSaid.FindAllStringSubmatch(source, -1) {
		if !slices.Contains(actions, m[1]) {
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
		actions = append(actions, "pass."+string(s), "voucher."+string(s))
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
	for _, action := range []string{"booth.invented", "invented.save"} {
		found := actionsIn(`return registry.Change{Action: "` + action + `", Object: "booth"}, nil`)
		if len(found) != 1 || found[0] != action || i18n.Has("audit.action."+action) {
			t.Errorf("of %s found is %v, or there is a label for it", action, found)
		}
	}
}

// factCalls are the constructors of facts; the field is what they take first.
var factCalls = strings.Fields("Said Changed Hidden Date Days Instant Count Some Number Numbers Amount Degree Yes Place Ref Handle Code List Moved")

// factsIn finds the facts whose field a source writes as a literal, but for those
// that people are not shown. Fields of tables are walked by the tests of these.
func factsIn(t *testing.T, source string) (facts fact.Facts) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		of, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains(factCalls, of.Sel.Name) {
			return true
		}
		if from, ok := of.X.(*ast.Ident); !ok || from.Name != "fact" {
			return true
		}
		if field, ok := call.Args[0].(*ast.BasicLit); ok && of.Sel.Name != "Handle" {
			name, _ := strconv.Unquote(field.Value)
			facts = append(facts, fact.Said(name, "x"))
		}
		return true
	})
	return facts
}

func TestEveryFactHasALabel(t *testing.T) {
	used := map[string]bool{}
	for _, file := range testkit.GoFiles(t, "../app", "../store") {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range factsIn(t, string(raw)) {
			used[f.LabelKey()] = true
		}
	}
	if len(used) < 80 {
		t.Fatalf("only %d fields of facts found: the test no longer sees them", len(used))
	}
	for _, lang := range i18n.Languages {
		texts := i18n.Texts(lang, "")
		for key := range used {
			if texts[key] == "" {
				t.Errorf("%s: %s is missing", lang, key)
			}
		}
	}
	for key := range i18n.Texts(i18n.Vietnamese, "audit.field.") {
		if !used[key] {
			t.Errorf("%s is a field that nothing writes", key)
		}
	}
}

func TestAnInventedFactIsFoundWithoutALabel(t *testing.T) {
	found := factsIn(t, `package x; import "hoicho/internal/fact"; var f = fact.Said("invented", "x")`)
	if len(found) != 1 || i18n.Has(found[0].LabelKey()) {
		t.Errorf("found %v, and a label for what was invented", found)
	}
}

// TestEveryCodeOfAFactHasAText walks the codes of every kind: one without a text is
// shown as it is stored.
func TestEveryCodeOfAFactHasAText(t *testing.T) {
	for kind, codes := range map[fact.Kind][]string{
		fact.AccountRole: codesOf(registry.Roles), fact.APIScope: codesOf(registry.APIScopes), fact.CallOutcome: codesOf(registry.CallOutcomes),
		fact.CertificateKind: codesOf(registry.CertificateKinds), fact.DifferenceKind: codesOf(registry.DifferenceKinds),
		fact.DifferenceWord: codesOf(registry.DifferenceWords), fact.EventKind: codesOf(registry.EventKinds), fact.EventLevel: codesOf(registry.EventLevels),
		fact.EventState: codesOf(registry.EventStates), fact.Evidence: append(codesOf(registry.EvidenceLadder), "disputed", "excluded"),
		fact.Origin: codesOf(registry.Origins), fact.ProductGroup: codesOf(registry.ProductGroups), fact.Registration: codesOf(registry.Registrations),
		fact.TipKind: codesOf(registry.TipKinds), fact.TipState: codesOf(registry.TipStates), fact.BoothKind: codesOf(registry.BoothKinds),
		fact.VendorKind: codesOf(registry.VendorKinds), fact.MemberRole: {"owner", "member"}, fact.PassState: {"valid", "blocked", "revoked"},
		fact.PassKind: {"booth", "staff", "vehicle", "official", "visitor"}, fact.GateRole: {"steward", "supervisor", "relay"},
		fact.VisitMethod: {"scan", "tap", "clicker", "paper", "estimated"}, fact.VisitorRule: {"once", "daily"}, fact.BoothSeen: {"occupied", "no_show"},
		fact.MailTrial: {"accepted", "refused", "unreached", "filed"}, fact.Reminder: {"file_soon", "file_change", "file_last", "report_soon", "report_last"},
		fact.OfferState: codesOf(stimulus.States), fact.MeasureKind: codesOf(stimulus.MeasureKinds), fact.PromotionBasis: codesOf(registry.PromotionBases),
		fact.PassPaper: {"passes", "signs"}, fact.WholeCountry: {"whole_country"},
		"code:audit.direction.": {"in", "out"}, "code:audit.": {"yes", "no"},
	} {
		for _, code := range codes {
			if !i18n.Has(kind.Texts() + code) {
				t.Errorf("%s%s is missing", kind.Texts(), code)
			}
		}
	}
}

func codesOf[T ~string](values []T) []string {
	codes := make([]string, len(values))
	for i, v := range values {
		codes[i] = string(v)
	}
	return codes
}
