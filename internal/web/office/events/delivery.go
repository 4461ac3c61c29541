package events

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// deliveriesPage is the log of deliveries of an event.
type deliveriesPage struct {
	view.Base
	Head  frame.EventHead
	Calls string // address of the call list
	Only  string // the vendor that it is of alone; "" for all
	Rows  []deliveryRow
	Next  string
	None  view.Empty
}

// deliveryRow is a notice with all that was done to tell it.
type deliveryRow struct {
	At       string
	Vendor   string
	Href     string // the notices to the vendor alone
	Subject  string
	Replaced bool
	ToCall   bool
	Tries    []deliveryTry
}

// deliveryTry is one way in which it was tried.
type deliveryTry struct {
	Channel string // a key's end
	To      string
	Class   string // of its chip
	Icon    string
	Text    string
}

// showDeliveries shows the log of deliveries of an event, or of one of its vendors.
func (s *Door) showDeliveries(c *fiber.Ctx) error {
	id, vendor := frame.EventParam(c), registry.VendorID(c.Query("co-so"))
	q := registry.DeliveryQuery{Event: id, Vendor: vendor, Before: registry.NoticeID(c.Query("truoc"))}
	log, err := s.App.Vendors.Deliveries(c.UserContext(), frame.Actor(c), q)
	if err != nil {
		return err
	}
	p := deliveriesPage{Base: s.OfficePage(c, "delivery.title", log.Event.Title), Calls: view.EventRoot(id) + "/goi"}
	p.Head = s.EventHead(c, p.Base, log.Event)
	p.None = view.Empty{Icon: "scroll-text", Title: p.T("delivery.none"), Text: p.T("call.empty_text")}
	root := p.Calls + "/nhat-ky"
	for _, l := range log.Lines {
		row := newDeliveryRow(p.Base, l)
		row.Href = root + "?co-so=" + string(l.Vendor)
		p.Rows = append(p.Rows, row)
	}
	if vendor != "" && len(log.Lines) > 0 {
		p.Only = log.Lines[0].VendorName
	}
	if log.Next != "" {
		p.Next = root + "?truoc=" + string(log.Next)
		if vendor != "" {
			p.Next += "&co-so=" + string(vendor)
		}
	}
	return s.Render(c, frame.LayoutOffice, "events/deliveries", p)
}

func newDeliveryRow(b view.Base, l registry.DeliveryLine) deliveryRow {
	args := make([]any, len(l.Args))
	for i, a := range l.Args {
		args[i] = a
	}
	row := deliveryRow{At: view.ShowTime(l.At), Vendor: l.VendorName, Replaced: l.Replaced, ToCall: !l.Replaced && l.ToCall()}
	row.Subject = b.T(l.Key+".subject", args...)
	for _, d := range l.Tries {
		row.Tries = append(row.Tries, newDeliveryTry(b, d))
	}
	if call := l.Called; call != nil {
		row.Tries = append(row.Tries, deliveryTry{Channel: string(registry.ByCall), Class: "go", Icon: "check",
			Text: b.T("delivery.called", b.T("call.outcome."+string(call.Outcome)), call.ByName, view.ShowTime(call.At))})
	}
	return row
}

func newDeliveryTry(b view.Base, d registry.Delivery) deliveryTry {
	t := deliveryTry{Channel: string(d.Channel), To: cmp.Or(d.To, b.T("delivery.device"))}
	say := func(class, icon, key string, args ...any) deliveryTry {
		t.Class, t.Icon, t.Text = class, icon, b.T(key, args...)
		return t
	}
	switch {
	case d.OpenedAt > 0:
		return say("go", "check", "delivery.opened", view.ShowTime(d.OpenedAt))
	case d.SentAt > 0 && d.Channel == registry.ByPush:
		return say("wait", "bell", "delivery.taken", view.ShowTime(d.SentAt))
	case d.SentAt > 0:
		return say("go", "check", "delivery.sent", view.ShowTime(d.SentAt))
	case d.FailedAt > 0:
		return say("stop", "ban", "delivery.failed", whyNot(b, d.Fault))
	case d.Fault != "":
		return say("wait", "clock", "delivery.trying", d.Attempts, view.ShowTime(d.DueAt), whyNot(b, d.Fault))
	}
	return say("off", "clock", "delivery.waiting")
}

// whyNot says why a notice did not go out: in our words, or those of the other server.
func whyNot(b view.Base, fault string) string {
	switch fault {
	case registry.PushSuperseded, registry.PushEnded, registry.MailExpired:
		return b.T("delivery.why." + fault)
	}
	return fault
}
