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
	if err := q.fill(ctx, tx, rows, 0); err != nil {
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

// Choice is an application as it was shown in a list.
type Choice struct {
	ID      registry.ApplicationID
	Version int64
}

// Left is an application that was chosen and not approved.
type Left struct {
	Choice
	Number int64  // 0: there is no such application
	Vendor string // name
	Fault  error  // *LackingPapers where a reason is needed
}

// ApproveMany approves applications one by one, each with the booths it asks for,
// and returns how many were approved and which were left, in the order of choice.
// One that lacks a paper is left: it needs a reason of its own.
func (a *Service) ApproveMany(ctx context.Context, actor registry.Actor, choices []Choice) (approved int, left []Left, err error) {
	for _, c := range choices {
		app, vendor, err := a.chosen(ctx, actor, c.ID)
		if err == nil {
			err = a.ApproveApplication(ctx, actor, c.ID, Decision{Version: c.Version, Granted: app.Booths})
		}
		switch registry.KindOf(err) {
		case registry.None:
			approved++
		case registry.Internal, registry.Unavailable:
			return approved, left, err
		default:
			left = append(left, Left{c, app.Number, vendor, err})
		}
	}
	return approved, left, nil
}

// chosen reads an application that was chosen, with the name of its vendor. It is
// NotFound unless the actor may see it.
func (a *Service) chosen(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (app registry.Application, vendor string, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.Application(ctx, id)
		if err != nil {
			return err
		}
		e, err := tx.Event(ctx, found.Event)
		if err != nil {
			return err
		}
		if err := a.mayReview(actor, found, e); err != nil {
			return err
		}
		v, err := tx.Vendor(ctx, found.Vendor)
		app, vendor = found, v.Name
		return err
	})
	return app, vendor, err
}
