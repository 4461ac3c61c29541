package core

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// News is something that a vendor is to be told.
type News struct {
	Event  registry.EventID // whose call list keeps it until the vendor knows; "" for what concerns no event
	Vendor registry.VendorID
	Topic  string   // a later notice of the same topic says all that an earlier one did
	Moot   []string // other topics of which nothing needs to be told any more
	Key    string
	Args   []string
}

// The topics of what concerns an event.
const (
	TopicEvent       = "event"       // that it is off, moved, changed
	TopicApplication = "application" // what was decided about it
	TopicBooths      = "booths"      // which ones the vendor has
	TopicSales       = "sales"       // that its sales are not told yet
)

// channels are the ways by which a notice of a topic may go beside a letter and a call,
// which every notice has.
var channels = map[string][]registry.NoticeChannel{
	TopicEvent: {registry.ByPush}, TopicApplication: {registry.ByPush}, TopicBooths: {registry.ByPush}, TopicSales: {registry.ByPush},
}

// goesBy reports whether a notice may go by a channel.
func (n News) goesBy(c registry.NoticeChannel) bool {
	return c == registry.ByMail || c == registry.ByCall || slices.Contains(channels[n.Topic], c)
}

// Tell lets a vendor know: a letter to each of its people who has an address, a
// notification on each phone that asked for it. A vendor without an address is called;
// until somebody has, or a notification was opened, it stands on the call list. It
// counts in the Told of whoever hears.
func (a *Core) Tell(ctx context.Context, tx *store.Tx, n News) error {
	contacts, err := n.receivers(ctx, tx)
	if err != nil {
		return err
	}
	phones, err := a.pushTargets(ctx, tx, n)
	if err != nil {
		return err
	}
	mailed := len(contacts) > 0 && !a.NoMail
	id, err := tx.InsertNotice(ctx, registry.Notice{Event: n.Event, Vendor: n.Vendor, Topic: n.Topic, Key: n.Key, Args: n.Args, Mailed: mailed,
		Pushes: len(phones)})
	if err != nil {
		return err
	}
	if err := a.push(ctx, tx, phones, registry.Message{Notice: id, Key: n.Key, Args: n.Args}); err != nil {
		return err
	}
	if !mailed {
		id = "" // a letter that waits in a folder tells nobody
	}
	if told := heard(ctx); told != nil {
		tx.AfterCommit(func() {
			told.Add(n.Event, n.Vendor, mailed)
			if len(phones) > 0 {
				told.NotePushed(n.Vendor)
			}
		})
	}
	return SendLetters(ctx, tx, contacts, registry.Message{Notice: id, Key: n.Key, Args: n.Args})
}

// Confirm writes to a vendor what it has done itself. It knows, so nobody calls.
func (a *Core) Confirm(ctx context.Context, tx *store.Tx, n News) error {
	contacts, err := n.receivers(ctx, tx)
	if err != nil {
		return err
	}
	return SendLetters(ctx, tx, contacts, registry.Message{Key: n.Key, Args: n.Args})
}

// receivers returns whom to write to, and takes what is out of date off the call
// list.
func (n News) receivers(ctx context.Context, tx *store.Tx) ([]store.Contact, error) {
	for _, topic := range append([]string{n.Topic}, n.Moot...) {
		if err := tx.ReplaceNotices(ctx, n.Event, n.Vendor, topic); err != nil {
			return nil, err
		}
	}
	return tx.VendorContacts(ctx, n.Vendor)
}

// SendLetters queues one message for each contact, in its language.
func SendLetters(ctx context.Context, tx *store.Tx, to []store.Contact, m registry.Message) error {
	for _, c := range to {
		m.To, m.Lang = c.Email, c.Lang
		if err := tx.Notify(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// hearing is the key of a context under which a Told lies.
type hearing struct{}

// Hear returns a context whose use cases count in told whom their notices reach,
// once they are stored. Use one context for one request.
func Hear(ctx context.Context) (hears context.Context, told *registry.Told) {
	told = &registry.Told{}
	return context.WithValue(ctx, hearing{}, told), told
}

// heard is where a context counts whom notices reach, nil if nobody hears.
func heard(ctx context.Context) *registry.Told {
	told, _ := ctx.Value(hearing{}).(*registry.Told)
	return told
}

// NoteAsked notes for whoever hears that all applicants of an event are told, be there
// any or not.
func NoteAsked(ctx context.Context) {
	if told := heard(ctx); told != nil {
		told.Asked = true
	}
}
