package app

import (
	"context"
	"strconv"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// tellTurn tells the vendor's people of the state that an application has come
// to. Args of the message: event, its days, number of the application, reason,
// booths granted, end of an offer, address of the application.
func (a *App) tellTurn(ctx context.Context, tx *store.Tx, app registry.Application, t turn) error {
	key, e := "application.mail."+string(app.State), t.event
	if t.notice != "" {
		key = "application.mail." + t.notice
	}
	reason := app.Reason
	if reason == "" {
		reason = "–"
	}
	return a.tellVendor(ctx, tx, app, key, []string{e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), strconv.FormatInt(app.Number, 10),
		reason, strconv.Itoa(app.Granted), showDeadline(app.OfferUntil), a.applicationURL(app)})
}

// tellBooth tells a vendor which booth it has been given. Args of the message:
// event, its days, booth, address of the application.
func (a *App) tellBooth(ctx context.Context, tx *store.Tx, e registry.Event, b registry.Booth) error {
	app, err := tx.Application(ctx, b.Application)
	if err != nil {
		return err
	}
	return a.tellVendor(ctx, tx, app, "application.mail.booth",
		[]string{e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), b.Code, a.applicationURL(app)})
}

func (a *App) tellVendor(ctx context.Context, tx *store.Tx, app registry.Application, key string, args []string) error {
	contacts, err := tx.VendorContacts(ctx, app.Vendor)
	if err != nil {
		return err
	}
	for _, c := range contacts {
		if err := tx.Notify(ctx, registry.Message{To: c.Email, Lang: c.Lang, Key: key, Args: args}); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) applicationURL(app registry.Application) string {
	return a.BaseURL + "/gian-hang/" + string(app.Vendor) + "/don/" + string(app.ID)
}
