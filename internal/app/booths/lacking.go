package booths

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// LackingPapers says that an application cannot be approved as if all were well:
// papers that the law asks for are missing or lapse before the vendor's last day.
type LackingPapers struct {
	Findings []registry.Finding
	Offer    bool // the vendor wanted to take a place that was offered
}

// Error names the papers, for logs and tests.
func (l *LackingPapers) Error() string {
	return "papers lacking: " + strings.Join(named(l.Findings), ", ")
}

// Unwrap makes it an Invalid error at the reason for doors that name no papers; a
// vendor who takes an offer has no reason to give, so for it it is a Conflict.
func (l *LackingPapers) Unwrap() error {
	if l.Offer {
		return registry.E(registry.Conflict, "error.application.lacking_offer", len(l.Findings))
	}
	return registry.At("reason", "error.application.lacking", len(l.Findings))
}

// named writes findings for the audit log: "missing spirit_licence", "lapses
// food_cert 2026-11-28 Bánh khẩu thuy".
func named(findings []registry.Finding) []string {
	lines := make([]string, len(findings))
	for i, f := range findings {
		line, _ := json.Marshal(f) // of texts and numbers: cannot fail
		lines[i] = string(line)
	}
	return lines
}

// FindLacking compares what an application brings with the papers of its vendor,
// on the last day on which it comes.
func FindLacking(ctx context.Context, tx *store.Tx, app registry.Application, e registry.Event) ([]registry.Finding, error) {
	products, err := tx.ProductsByID(ctx, app.Products)
	if err != nil {
		return nil, err
	}
	papers, err := tx.Certificates(ctx, app.Vendor)
	return registry.Lacking(registry.FindingsOf(&app, products, papers, comesUntil(app, e))), err
}

// promised are the states in which a vendor counts on its place.
var promised = []registry.ApplicationState{registry.AppApproved, registry.AppOffered}

// IsPromised reports whether the vendor of an application counts on its place.
func IsPromised(app registry.Application) bool { return slices.Contains(promised, app.State) }

// LackingVendors names the vendors that were promised a place at an event and that
// lack a paper on their last day.
func LackingVendors(ctx context.Context, tx *store.Tx, event registry.EventID) (names []string, err error) {
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: event, States: promised})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var q Queue
	q.wait(tx.NowMS(), rows, 0)
	if err := q.fill(ctx, tx); err != nil {
		return nil, err
	}
	for _, r := range q.Rows {
		if len(registry.Lacking(r.Findings)) > 0 {
			names = append(names, r.VendorName)
		}
	}
	return names, nil
}

// comesUntil is the last day on which a vendor comes, the event's while it has
// chosen none.
func comesUntil(app registry.Application, e registry.Event) string {
	if day := app.LastDay(); day != "" {
		return day
	}
	return e.ClosesOn
}

// despite is the turn of an approval that does without some papers.
func (t turn) despite(lacking []registry.Finding) turn {
	if len(lacking) > 0 {
		t.lacking, t.notice = lacking, "approved_lacking"
	}
	return t
}
