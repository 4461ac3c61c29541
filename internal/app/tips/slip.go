package tips

import (
	"context"
	"strconv"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// SlipDays is how many working days a body is given for its answer unless the officer says
// otherwise. The house's own rule.
const SlipDays = 10

// SlipDue is the day that is proposed for the answer to a slip of today.
func (a *Service) SlipDue() string { return vn.AddWorkingDays(a.Today(), SlipDays) }

// stepSlip writes the slip with which a tip is handed over, or notes the answer to it.
func (a *Service) stepSlip(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.TipID, in TipStepInput) error {
	if in.hands {
		year, err := strconv.Atoi(a.Today()[:4])
		if err != nil {
			return err
		}
		s := registry.TipSlip{Tip: id, Year: year, Body: in.Body, Ask: in.Ask, DueOn: in.DueOn, By: actor.Name}
		return tx.InsertTipSlip(ctx, &s, actor.Account)
	}
	if in.AnsweredOn == "" {
		return nil
	}
	s, err := tx.TipSlip(ctx, id)
	if err != nil {
		return err
	}
	if handed := vn.DateOf(time.UnixMilli(s.IssuedAt)); !s.Open() || in.AnsweredOn < handed {
		return registry.Faults{registry.At("answered_on", "tip.error.answered_before")}
	}
	s.AnsweredOn, s.AnswerPaper = in.AnsweredOn, in.AnswerPaper
	return tx.AnswerSlip(ctx, s)
}

// SlipFile writes the slip of a tip as a PDF in a language, in the form of administrative papers
// (NĐ 30/2020/NĐ-CP). Telephone numbers, addresses of mail and numbers of persons in the words
// of the sender are taken out, and the contact that was left stays sealed in the office. The
// actor needs ManageTips where the tip is dealt with; NotFound for a tip that was not handed over.
func (a *Service) SlipFile(ctx context.Context, actor registry.Actor, id registry.TipID, lang string) (registry.File, error) {
	f, err := a.Tip(ctx, actor, id)
	if err != nil {
		return registry.File{}, err
	}
	if f.Slip.N == 0 {
		return registry.File{}, errTip()
	}
	p := a.slipPaper(&f)
	if f.Event != "" {
		err := a.DB.Read(ctx, func(tx *store.Tx) error {
			e, err := tx.Event(ctx, f.Event)
			p.Issuer = e.Organiser
			return err
		})
		if err != nil {
			return registry.File{}, err
		}
	}
	data, err := report.TipSlip(lang, p)
	return registry.File{Name: "phieu-chuyen-" + strconv.Itoa(f.Slip.Year) + "-" + strconv.Itoa(f.Slip.N) + ".pdf", ContentType: "application/pdf", Data: data}, err
}

// slipPaper is what stands on the slip of a tip.
func (a *Service) slipPaper(f *TipFile) report.SlipPaper {
	s := &f.Slip
	p := report.SlipPaper{Number: s.Number(), On: vn.DateOf(time.UnixMilli(s.IssuedAt)), Body: vn.HidePersonal(s.Body), Ask: vn.HidePersonal(s.Ask), DueOn: s.DueOn,
		Tip: f.Number(), Kind: f.Kind, ReceivedOn: vn.DateOf(time.UnixMilli(f.ReceivedAt)), SentN: f.SentN + f.JoinedN, Event: f.EventTitle,
		Booth: f.BoothCode, Vendor: f.VendorName, Product: f.ProductName, Place: vn.HidePersonal(f.Place), Photos: len(f.Photos),
		Sealed: f.ContactsN > 0, Texts: []string{vn.HidePersonal(f.Text)}}
	for _, j := range f.Joined {
		p.Texts = append(p.Texts, vn.HidePersonal(j.Text))
	}
	return p
}

// RemindSlips writes to the officers who deal with a tip when the answer to its slip is due in
// three days, and once when the day has passed. It returns of how many slips.
func (a *Service) RemindSlips(ctx context.Context) (n int, err error) {
	var open []registry.TipSlip
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		open, err = tx.OpenSlips(ctx, registry.AddDays(a.Today(), registry.SlipSoonDays))
		return err
	})
	for _, s := range open {
		stage := s.ReminderOn(a.Today())
		if stage == "" {
			continue
		}
		err := a.remindSlip(ctx, s, stage)
		if registry.KindOf(err) == registry.Conflict { // another server was quicker, or the answer is in
			continue
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, err
}

// remindSlip writes one reminder. Args of the message: number of the slip, whom it went to, the
// day, number of the tip, its address, how many days.
func (a *Service) remindSlip(ctx context.Context, s registry.TipSlip, stage string) error {
	return a.Change(ctx, registry.SystemActor("system: reminders"), func(tx *store.Tx) (none registry.Change, err error) {
		if err := tx.SlipReminded(ctx, s.Tip, stage); err != nil {
			return none, err
		}
		t, err := tx.Tip(ctx, s.Tip)
		if err != nil {
			return none, err
		}
		scope, err := tx.TipScope(ctx, s.Tip)
		if err != nil {
			return none, err
		}
		var roles []registry.Role
		for _, role := range registry.Roles {
			if role.Allows(registry.ManageTips) {
				roles = append(roles, role)
			}
		}
		to, err := tx.OfficerContacts(ctx, roles, scope)
		if err != nil {
			return none, err
		}
		key, days := "tip.mail.due", registry.DaysBetween(a.Today(), s.DueOn)
		if stage == "0" {
			key, days = "tip.mail.late", -days
		}
		err = core.SendLetters(ctx, tx, to, registry.Message{Key: key, Args: []string{s.Number(), s.Body, vn.ShowDate(s.DueOn), t.Number(),
			a.BaseURL + "/quan-ly/phan-anh/" + string(s.Tip), strconv.Itoa(days)}})
		letters := len(to)
		if a.NoMail {
			letters = 0
		}
		return registry.Change{Action: "tip.remind", Object: "tip", ID: string(s.Tip), Scope: scope,
			Detail: fact.Facts{fact.Date("tip.due_on", s.DueOn), fact.Count("letters", letters)}}, err
	})
}
