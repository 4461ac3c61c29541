package booths

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// tellTurn tells the vendor's people of the state that an application has come
// to. Args of the message: event, its days, number of the application, reason,
// booths granted, end of an offer, address of the application, and the names alone of what
// is asked for, which stand before the reason too.
func (a *Service) tellTurn(ctx context.Context, tx *store.Tx, app registry.Application, t turn) error {
	key, e := "application.mail."+string(app.State), t.event
	if t.notice != "" {
		key = "application.mail." + t.notice
	}
	named := askedNames(t.asks)
	reason := app.Reason
	if len(named) > 0 {
		reason = strings.TrimSpace("– " + strings.Join(named, "\n– ") + "\n" + reason)
	}
	n := core.News{Event: e.ID, Vendor: app.Vendor, Topic: core.TopicApplication, Key: key,
		Args: []string{e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), strconv.FormatInt(app.Number, 10),
			cmp.Or(reason, "–"), strconv.Itoa(app.Granted), core.ShowDeadline(app.OfferUntil), a.ApplicationURL(app), strings.Join(named, ", ")}}
	if t.to != registry.AppApproved {
		n.Moot = []string{core.TopicBooths}
	}
	if t.to == registry.AppSubmitted && t.notice == "" || t.actor.Owns(app.Vendor) {
		return a.Confirm(ctx, tx, n)
	}
	return a.Tell(ctx, tx, n)
}

// askedNames names what is asked for, in the words of whoever reads it.
func askedNames(asks []registry.Asked) []string {
	names := make([]string, len(asks))
	for i, a := range asks {
		sentence, label := a.Said()
		names[i] = core.Told(sentence, "@"+label, a.Goods)
	}
	return names
}

// tellBooths tells a vendor which booths it has now. Args of the message: event,
// its days, booths, address of the application.
func (a *Service) tellBooths(ctx context.Context, c *boothChange, id registry.ApplicationID) error {
	booths, err := c.tx.BoothsOf(ctx, id)
	if err != nil {
		return err
	}
	var codes []string
	for _, b := range booths {
		if b.State == registry.BoothAssigned {
			codes = append(codes, b.Code)
		}
	}
	return a.tellBooth(ctx, c, id, "application.mail.booth", strings.Join(codes, ", "))
}

// tellBooth tells a vendor what became of a booth. Args as in tellBooths.
func (a *Service) tellBooth(ctx context.Context, c *boothChange, id registry.ApplicationID, key, booths string) error {
	app, err := c.tx.Application(ctx, id)
	if err != nil {
		return err
	}
	n := core.News{Event: c.event.ID, Vendor: app.Vendor, Topic: core.TopicBooths, Key: key,
		Args: []string{c.event.Title, vn.ShowRange(c.event.OpensOn, c.event.ClosesOn), booths, a.ApplicationURL(app)}}
	if c.actor.Owns(app.Vendor) {
		return a.Confirm(ctx, c.tx, n)
	}
	return a.Tell(ctx, c.tx, n)
}

// ApplicationURL is the address of an application at its vendor's desk, for letters.
func (a *Service) ApplicationURL(app registry.Application) string {
	return a.BaseURL + "/gian-hang/" + string(app.Vendor) + "/don/" + string(app.ID)
}
