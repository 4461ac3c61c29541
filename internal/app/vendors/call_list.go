package vendors

import (
	"context"
	"slices"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// CallList is whom an event has told what, and by which way: each vendor once, by
// the least sure of its notices.
type CallList struct {
	Event  registry.Event
	ToCall []CallLine // nobody has told them
	Called []CallLine // the last call first
	Sent   []CallLine // by letter
	Opened []CallLine // somebody opened the notification on a phone
	OnWay  []CallLine // letters that have not gone out yet
}

// CallLine is a vendor on a call list.
type CallLine struct {
	registry.Callee
	News  []registry.Notice // what is to be said, or was
	Calls []registry.Call   // the oldest first
	UpTo  int64             // when the last of the news was written
}

// LastCall is the last call to the vendor, the zero one if there was none.
func (l CallLine) LastCall() (c registry.Call) {
	if len(l.Calls) > 0 {
		c = l.Calls[len(l.Calls)-1]
	}
	return c
}

// Fault is why a letter to the vendor did not go out, "" where none was tried.
func (l CallLine) Fault() string {
	for _, n := range l.News {
		if n.Fault != "" {
			return n.Fault
		}
	}
	return ""
}

// Vendors counts the vendors of the list.
func (l CallList) Vendors() int {
	return len(l.ToCall) + len(l.Called) + len(l.Sent) + len(l.Opened) + len(l.OnWay)
}

// CallList returns the call list of an event. It needs ReviewApplications in its
// area, as whoever decides about vendors has to tell them.
func (a *Service) CallList(ctx context.Context, actor registry.Actor, id registry.EventID) (list CallList, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if list.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ReviewApplications, id); err != nil {
			return err
		}
		lines, err := callLines(ctx, tx, id, "")
		if err != nil {
			return err
		}
		list.sort(lines)
		return nil
	})
	return list, err
}

// VendorCalls returns what a vendor is to know that concerns no event: a list of
// this one vendor. It needs ViewPersonal in its area; else there is nothing to see.
func (a *Service) VendorCalls(ctx context.Context, actor registry.Actor, v registry.Vendor) (list CallList, err error) {
	if !actor.Can(registry.ViewPersonal, a.Areas.Scope(v.Area)) {
		return list, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		lines, err := callLines(ctx, tx, "", v.ID)
		list.sort(lines)
		return err
	})
	return list, err
}

// callLines gathers the notices of an event, or of one vendor, by vendor, in the
// order of their names on the list.
func callLines(ctx context.Context, tx *store.Tx, event registry.EventID, vendor registry.VendorID) ([]CallLine, error) {
	notices, err := tx.Notices(ctx, event, vendor)
	if err != nil {
		return nil, err
	}
	callees, err := tx.Callees(ctx, event, vendor)
	if err != nil {
		return nil, err
	}
	calls, err := tx.Calls(ctx, event, vendor)
	if err != nil {
		return nil, err
	}
	var lines []CallLine
	at := map[registry.VendorID]int{}
	for _, n := range notices {
		i, known := at[n.Vendor]
		if !known {
			i = len(lines)
			at[n.Vendor], lines = i, append(lines, CallLine{Callee: callees[n.Vendor]})
		}
		lines[i].News = append(lines[i].News, n)
	}
	for _, c := range calls {
		if i, known := at[c.Vendor]; known {
			lines[i].Calls = append(lines[i].Calls, c)
		}
	}
	return lines, nil
}

// sort puts every vendor where it belongs, with the news that put it there.
func (list *CallList) sort(lines []CallLine) {
	for _, l := range lines {
		switch {
		case l.keep(registry.Notice.ToCall):
			list.ToCall = append(list.ToCall, l)
		case l.keep(func(n registry.Notice) bool { return n.Call == "" && n.SentAt == 0 && n.OpenedAt == 0 }):
			list.OnWay = append(list.OnWay, l)
		case l.keep(func(n registry.Notice) bool { return n.Call != "" }):
			list.Called = append(list.Called, l)
		case l.keep(func(n registry.Notice) bool { return n.SentAt > 0 && n.OpenedAt == 0 }):
			list.Sent = append(list.Sent, l)
		case l.keep(func(n registry.Notice) bool { return n.OpenedAt > 0 }):
			list.Opened = append(list.Opened, l)
		}
	}
	slices.SortStableFunc(list.Called, func(x, y CallLine) int { return int(y.LastCall().At - x.LastCall().At) })
}

// keep leaves only the news that a test chooses, if there are any.
func (l *CallLine) keep(wanted func(registry.Notice) bool) bool {
	var news []registry.Notice
	for _, n := range l.News {
		if wanted(n) {
			news, l.UpTo = append(news, n), n.At
		}
	}
	if len(news) > 0 {
		l.News = news
	}
	return len(news) > 0
}

// CallInput is what came of calling a vendor.
type CallInput struct {
	Event   registry.EventID // "" for what concerns no event
	Vendor  registry.VendorID
	Outcome registry.CallOutcome
	UpTo    int64 // CallLine.UpTo as it was shown: what came later is still to be told
}

// NoteCall notes a call. A vendor that it told leaves the call list. It is a
// Conflict if the vendor no longer stands on it: somebody else has called.
func (a *Service) NoteCall(ctx context.Context, actor registry.Actor, in CallInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		scope, err := a.callScope(ctx, tx, actor, in.Event, in.Vendor)
		if err != nil {
			return registry.Change{}, err
		}
		if !slices.Contains(registry.CallOutcomes, in.Outcome) {
			return registry.Change{}, registry.At("outcome", "error.choose")
		}
		if err := isToCall(ctx, tx, in); err != nil {
			return registry.Change{}, err
		}
		c := registry.Call{ID: store.NewID[registry.CallID](), Event: in.Event, Vendor: in.Vendor, Outcome: in.Outcome, By: actor.Account, ByName: actor.Name}
		if err := tx.InsertCall(ctx, c); err != nil {
			return registry.Change{}, err
		}
		if in.Outcome.Told() {
			err = tx.TellByCall(ctx, c, in.UpTo)
		}
		return callChange("call.note", c, scope, callFacts(c)), err
	})
}

// isToCall refuses a call to whom nothing is left to be told.
func isToCall(ctx context.Context, tx *store.Tx, in CallInput) error {
	notices, err := tx.Notices(ctx, in.Event, in.Vendor)
	if err == nil && !slices.ContainsFunc(notices, registry.Notice.ToCall) {
		return registry.E(registry.Conflict, "error.call.done")
	}
	return err
}

// UndoCall takes a call back that was noted by mistake: what it told is on the call
// list again.
func (a *Service) UndoCall(ctx context.Context, actor registry.Actor, event registry.EventID, id registry.CallID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		c, err := tx.DeleteCall(ctx, event, id)
		if err != nil {
			return registry.Change{}, err
		}
		scope, err := a.callScope(ctx, tx, actor, event, c.Vendor)
		return callChange("call.undo", c, scope, callFacts(c)), err
	})
}

// callScope checks the right to call a vendor: that of the event's reviewers, or of
// who sees the vendor's personal data.
func (a *Service) callScope(ctx context.Context, tx *store.Tx, actor registry.Actor, event registry.EventID, vendor registry.VendorID) (registry.Scope, error) {
	if event == "" {
		v, err := a.officeVendorFor(ctx, tx, actor, registry.ViewPersonal, vendor)
		return a.Areas.Scope(v.Area), err
	}
	e, err := a.Events.EventFor(ctx, tx, actor, registry.ReviewApplications, event)
	return a.Areas.Scope(e.Area), err
}

func callFacts(c registry.Call) fact.Facts {
	return fact.Facts{fact.Ref("vendor", "vendor", c.Vendor), fact.Code("outcome", fact.CallOutcome, c.Outcome)}
}

func callChange(action string, c registry.Call, scope registry.Scope, facts fact.Facts) registry.Change {
	change := registry.Change{Action: action, Object: "event", ID: string(c.Event), Scope: scope, Detail: facts}
	if c.Event == "" {
		change.Object, change.ID = "vendor", string(c.Vendor)
	}
	return change
}
