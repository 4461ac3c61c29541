package booths

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// PledgeVersion names the pledge that vendors agree to now. Its text is the i18n
// message application.pledge.<version>; a new text gets a new version, and the old
// one stays for those who agreed to it.
const PledgeVersion = "v1"

// Limits of an application.
const (
	maxStaff       = 50
	maxVehicles    = 6
	maxNoteRunes   = 1000
	maxReasonRunes = 1000
)

// ApplicationInput is what a vendor asks for, as it is filled in.
type ApplicationInput struct {
	Days       []string
	Products   []registry.ProductID
	Booths     int
	Zone       string
	NeedsPower bool
	StaffN     int
	Vehicles   string // plates, one to a line or between commas
	Note       string
	Promotion  registry.Promotion
	Version    int64           // of the application as it was shown
	Unread     registry.Faults // what could not be read at all, told with the rest
}

var plateForm = regexp.MustCompile(`^[0-9A-ZĐ][0-9A-ZĐ .-]{3,14}$`)

// apply checks the input and writes it into an application. What may still be
// missing from a draft is not asked for here.
func (in ApplicationInput) apply(a *registry.Application, zones []string) error {
	f := core.Input{Faults: in.Unread}
	a.Days = slices.Compact(slices.Sorted(slices.Values(in.Days)))
	a.Products = slices.Compact(slices.Sorted(slices.Values(in.Products)))
	a.Zone, a.NeedsPower = in.Zone, in.NeedsPower
	a.Booths, a.StaffN = in.Booths, in.StaffN
	a.Note = f.Text("note", in.Note, maxNoteRunes)
	f.Faults.Check(in.Booths >= 1 && in.Booths <= registry.MaxBoothsEach, "booths", "error.application.booths", registry.MaxBoothsEach)
	f.Faults.Check(in.Zone == "" || slices.Contains(zones, in.Zone), "zone", "error.choose")
	f.Faults.Check(in.StaffN >= 0, "staff_n", "error.negative")
	f.Faults.Check(in.StaffN <= maxStaff, "staff_n", "error.application.staff", maxStaff)
	a.Vehicles = readPlates(&f, in.Vehicles)
	a.Promotion = in.Promotion
	f.Faults.Check(in.Promotion.Percent >= 0 && in.Promotion.Percent <= 100, "promo_percent", "error.application.promo_percent")
	f.Faults.Check(in.Promotion.Basis.Valid(), "promo_basis", "error.choose")
	return f.Faults.Err()
}

// readPlates reads number plates, capitals and each once.
func readPlates(in *core.Input, s string) []string {
	var plates []string
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		plate := strings.ToUpper(strings.Join(strings.Fields(line), " "))
		if plate == "" || slices.Contains(plates, plate) {
			continue
		}
		if !plateForm.MatchString(plate) {
			in.Faults.Add("vehicles", "error.application.plate", shortText(plate))
			return nil
		}
		plates = append(plates, plate)
	}
	in.Faults.Check(len(plates) <= maxVehicles, "vehicles", "error.application.vehicles", maxVehicles)
	return plates
}

// shortText cuts what is quoted in a message.
func shortText(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// incomplete says what an application lacks before it can be sent.
func incomplete(a registry.Application, e registry.Event) error {
	var f registry.Faults
	f.Check(len(a.Days) > 0, "days", "error.application.no_day")
	for _, d := range a.Days {
		if !e.HasDay(d) {
			f.Add("days", "error.application.day")
			break
		}
	}
	f.Check(len(a.Products) > 0, "products", "error.application.no_product")
	f.Check(a.StaffN >= 1, "staff_n", "error.application.no_staff")
	return f.Err()
}

// ownApplication reads an application for those who may act for its vendor: its
// members, and for one typed in from paper the reviewers of the event's area.
// It is NotFound for anybody else.
func (a *Service) ownApplication(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.ApplicationID) (registry.Application, registry.Event, error) {
	app, err := tx.Application(ctx, id)
	if err != nil {
		return app, registry.Event{}, err
	}
	event, err := tx.Event(ctx, app.Event)
	if err != nil {
		return app, event, err
	}
	if actor.Owns(app.Vendor) || app.OnPaper && actor.Can(registry.ReviewApplications, a.Areas.Scope(event.Area)) {
		return app, event, nil
	}
	return registry.Application{}, registry.Event{}, registry.E(registry.NotFound, "error.not_found")
}

// lockOwn is ownApplication once all who decide on places of the event have gone
// before. Whoever may not act for the vendor makes nobody wait.
func (a *Service) lockOwn(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.ApplicationID) (registry.Application, registry.Event, error) {
	app, e, err := a.ownApplication(ctx, tx, actor, id)
	if err != nil {
		return app, e, err
	}
	if err := tx.LockPlaces(ctx, e.ID); err != nil {
		return app, e, err
	}
	return a.ownApplication(ctx, tx, actor, id)
}

// windowFault says why nothing can be sent or changed now: the event does not
// take applications, or no longer. Who was asked for more may answer until the
// event begins; an officer may type in paper forms after the window.
func windowFault(e registry.Event, app registry.Application, now int64) error {
	live := e.State == registry.Announced || e.State == registry.Open || e.State == registry.Closed || e.State == registry.Moved
	switch {
	case !live:
		return registry.E(registry.Conflict, "error.application.event_state")
	case now >= e.BeginsAt:
		return registry.E(registry.Conflict, "error.application.begun")
	case app.OnPaper || app.State == registry.AppNeedsInfo:
		return nil
	case now < e.ApplyFrom || e.State == registry.Announced:
		return registry.E(registry.Conflict, "error.application.not_yet", core.ShowInstant(e.ApplyFrom))
	case !e.AcceptsApplications(now):
		return registry.E(registry.Conflict, "error.application.window_over", core.ShowDeadline(e.ApplyUntil))
	}
	return nil
}

// StartApplication opens a draft of a vendor to an event. A vendor has one
// application per event: the second try returns the first one, with made=false.
// An officer who reviews in the area of the event may open one from a paper form.
// It is NotFound for anybody else, and a Conflict if the event takes no
// applications now or the vendor is blocked.
func (a *Service) StartApplication(ctx context.Context, actor registry.Actor, event registry.EventID, vendor registry.VendorID) (app registry.Application, made bool, err error) {
	return a.start(ctx, actor, event, vendor, func(*store.Tx, registry.Event, *registry.Application) error { return nil })
}

// start opens a draft with what fill writes into it.
func (a *Service) start(ctx context.Context, actor registry.Actor, event registry.EventID, vendor registry.VendorID,
	fill func(*store.Tx, registry.Event, *registry.Application) error,
) (app registry.Application, made bool, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.Event(ctx, event)
		if err != nil {
			return err
		}
		if app, err = a.newApplication(ctx, tx, actor, e, vendor); err != nil {
			return err
		}
		first, err := tx.ApplicationOf(ctx, event, vendor)
		if err == nil {
			app, made = first, false
			return nil
		}
		if err := fill(tx, e, &app); err != nil {
			return err
		}
		if made, err = a.insertDraft(ctx, tx, actor, e, &app); err != nil || !made {
			return err
		}
		return tx.Audit(ctx, actor, a.applicationChange("application.start", app, e))
	})
	return app, made, err
}

// newApplication checks who may open an application and whether it is time.
func (a *Service) newApplication(ctx context.Context, tx *store.Tx, actor registry.Actor, e registry.Event, vendor registry.VendorID) (registry.Application, error) {
	app := registry.Application{ID: store.NewID[registry.ApplicationID](), Event: e.ID, Vendor: vendor, State: registry.AppDraft,
		Booths: 1, StaffN: 1, CreatedBy: actor.Account, Version: 1}
	v, err := tx.Vendor(ctx, vendor)
	if err != nil {
		return app, err
	}
	scope := a.Areas.Scope(e.Area)
	app.OnPaper = !actor.Owns(vendor)
	if app.OnPaper && !actor.Can(registry.ReviewApplications, scope) || !e.Public() && !actor.Can(registry.ViewOffice, scope) {
		return app, registry.E(registry.NotFound, "error.not_found")
	}
	if v.State == registry.VendorBlocked {
		return app, registry.E(registry.Conflict, "error.application.vendor_blocked")
	}
	return app, nil
}

// insertDraft stores a draft unless it is out of time or another came first; then
// app becomes the first one.
func (a *Service) insertDraft(ctx context.Context, tx *store.Tx, actor registry.Actor, e registry.Event, app *registry.Application) (bool, error) {
	if err := windowFault(e, *app, tx.NowMS()); err != nil {
		return false, err
	}
	var err error
	if app.Number, err = tx.NextNumber(ctx, "application"); err != nil {
		return false, err
	}
	made, err := tx.InsertApplication(ctx, *app)
	if err != nil {
		return false, err
	}
	if !made {
		*app, err = tx.ApplicationOf(ctx, e.ID, app.Vendor)
		return false, err
	}
	if err := tx.SaveApplicationDays(ctx, *app); err != nil {
		return false, err
	}
	if err := tx.SaveApplicationProducts(ctx, *app); err != nil {
		return false, err
	}
	return true, tx.InsertApplicationNote(ctx, registry.ApplicationNote{Application: app.ID, AuthorID: actor.Account,
		Author: actor.Name, State: registry.AppDraft})
}

// applicationChange is the audit line of a change to an application.
func (a *Service) applicationChange(action string, app registry.Application, e registry.Event, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "application", ID: string(app.ID), Scope: a.Areas.Scope(e.Area), Detail: fact.Facts(facts)}
}

// EditApplication saves what a vendor asks for. A draft may lack things; one that
// has been sent may not. It is a Conflict once it is decided on, after the window,
// or if somebody saved it since it was shown.
func (a *Service) EditApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID, in ApplicationInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, e, err := a.ownApplication(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := editable(app, e, tx.NowMS(), in.Version); err != nil {
			return registry.Change{}, err
		}
		zones, err := tx.Zones(ctx, e.ID)
		if err != nil {
			return registry.Change{}, err
		}
		if err := in.apply(&app, zones); err != nil {
			return registry.Change{}, err
		}
		if err := checkPromotion(ctx, tx, app); err != nil {
			return registry.Change{}, err
		}
		if app.State == registry.AppSubmitted {
			if err := incomplete(app, e); err != nil {
				return registry.Change{}, err
			}
		}
		return a.applicationChange("application.edit", app, e), saveAnswers(ctx, tx, app)
	})
}

func editable(app registry.Application, e registry.Event, now, version int64) error {
	switch {
	case !app.State.Editable():
		return registry.E(registry.Conflict, "error.application.decided")
	case app.Version != version:
		return registry.E(registry.Conflict, "error.stale")
	}
	return windowFault(e, app, now)
}

// saveAnswers saves an application in the state it has, with days and goods.
func saveAnswers(ctx context.Context, tx *store.Tx, app registry.Application) error {
	if err := tx.SaveApplication(ctx, app, app.State); err != nil {
		return err
	}
	if err := tx.SaveApplicationDays(ctx, app); err != nil {
		return err
	}
	return tx.SaveApplicationProducts(ctx, app)
}

// Pledge is the agreement that goes with sending an application.
type Pledge struct {
	Agreed  bool   // the box was ticked by a person
	Answer  string // to what the office asked for, for the story; "" says nothing
	Text    string // version of the text that was shown
	Version int64  // of the application as it was shown
}

// SubmitApplication sends an application to the office: a draft, the answer to a
// question, or again after withdrawing. It is Invalid if something is missing or
// the pledge was not agreed to, and a Conflict as in EditApplication.
func (a *Service) SubmitApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID, p Pledge) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, e, err := a.ownApplication(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := editable(app, e, tx.NowMS(), p.Version); err != nil {
			return registry.Change{}, err
		}
		in := core.Input{}
		answer := in.Text("answer", p.Answer, maxReasonRunes)
		if in.Faults = append(in.Faults, checkPledge(p)...); len(in.Faults) > 0 {
			return registry.Change{}, in.Faults.Err()
		}
		if err := incomplete(app, e); err != nil {
			return registry.Change{}, err
		}
		if err := tx.SaveApplicationProducts(ctx, app); err != nil {
			return registry.Change{}, err
		}
		app.PledgeVersion, app.PledgedAt = PledgeVersion, tx.NowMS()
		t := turn{actor: actor, event: e, to: registry.AppSubmitted, answer: answer}
		return a.applicationChange("application.submit", app, e), a.step(ctx, tx, app, t)
	})
}

func checkPledge(p Pledge) (f registry.Faults) {
	if p.Text != PledgeVersion {
		f.Add("pledge", "error.application.pledge_changed")
		return f
	}
	f.Check(p.Agreed, "pledge", "error.application.pledge")
	return f
}

// WithdrawApplication takes an application back, on the wish of its vendor: also
// an offer or an approval, whose booths go to others then. It is a Conflict once
// the event has begun or the application is over.
func (a *Service) WithdrawApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		app, e, err := a.lockOwn(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := withdrawFault(e, app); err != nil {
			return registry.Change{}, err
		}
		t := turn{actor: actor, event: e, to: registry.AppWithdrawn}
		return a.applicationChange("application.withdraw", app, e), a.leave(ctx, tx, app, t)
	})
}

// withdrawFault says why an application can no longer be taken back.
func withdrawFault(e registry.Event, app registry.Application) error {
	switch {
	case e.State == registry.Running || e.State == registry.Ended || e.State == registry.Reported:
		return registry.E(registry.Conflict, "error.application.begun")
	case !app.State.CanBecome(registry.AppWithdrawn):
		return registry.E(registry.Conflict, "error.application.step")
	}
	return nil
}
