package lists

import (
	"context"
	"slices"

	"hoicho/internal/app/accounts"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/stimulus"
)

// usersPage is how many accounts are read at once.
const usersPage = 200

// UserFile writes the accounts that a filter chooses and the actor manages.
func (a *Service) UserFile(ctx context.Context, actor registry.Actor, f accounts.UserFilter, ask Ask) (file File, err error) {
	var rows []report.UserRow
	for f.After, f.Limit = "", usersPage; ; {
		lines, next, err := a.Accounts.Users(ctx, actor, f)
		if err != nil {
			return file, err
		}
		for _, l := range lines {
			rows = append(rows, report.UserRow{Account: l.Account, Roles: a.roleCells(l.Grants)})
		}
		if len(rows) > report.MaxRows {
			return file, report.ErrTooLong()
		}
		if f.After = next; next == "" {
			break
		}
	}
	note := all(actor, "account.export", "account", registry.ManageUsers, fact.Count("export_personal", len(rows)))
	return report.UserTable(ask.Lang, rows).List("nguoi-dung", ask.Form, note)
}

func (a *Service) roleCells(grants []registry.Grant) []report.RoleCell {
	cells := make([]report.RoleCell, len(grants))
	for i, g := range grants {
		cells[i].Role = string(g.Role)
		if g.Area != "" {
			cells[i].Area = a.placeName(registry.AreaRef{Edition: registry.Edition2025, Code: g.Area})
		}
	}
	return cells
}

// LetterFile writes the letters that failed and have not gone out.
func (a *Service) LetterFile(ctx context.Context, actor registry.Actor, ask Ask) (file File, err error) {
	rows, _, err := a.Undelivered(ctx, actor, report.MaxRows+1)
	if err = tooLong(len(rows) > report.MaxRows, err); err != nil {
		return file, err
	}
	note := all(actor, "setting.export_letters", "setting", registry.ManageSettings, fact.Count("export_personal", len(rows)))
	return report.LetterTable(ask.Lang, rows).List("thu-chua-gui", ask.Form, note)
}

// ArticleFile writes the articles that a filter chooses and the actor reads, without their
// text.
func (a *Service) ArticleFile(ctx context.Context, actor registry.Actor, f committee.ArticleFilter, ask Ask) (file File, err error) {
	var rows []report.ArticleRow
	for f.Skip = 0; ; {
		desk, err := a.Articles.Desk(ctx, actor, f)
		if err != nil {
			return file, err
		}
		columns := map[string]string{}
		for _, c := range desk.Columns {
			columns[c.Code] = c.Name
		}
		for _, r := range desk.Rows {
			rows = append(rows, report.ArticleRow{Title: r.Title, Column: columns[r.Column], State: string(r.StateAt(desk.Now)), Lang: string(r.Lang), Author: r.Author,
				Area: a.placeName(r.Area), Reason: r.Reason, PublishAt: r.PublishAt, UpdatedAt: r.UpdatedAt})
		}
		if len(rows) > report.MaxRows {
			return file, report.ErrTooLong()
		}
		if f.Skip += len(desk.Rows); !desk.More {
			break
		}
	}
	return report.ArticleTable(ask.Lang, rows).List("bai-viet", ask.Form, all(actor, "article.export", "article", registry.ViewPlan))
}

// SurveyFile writes the surveys of the areas whose plans the actor reads, those struck out
// too. It holds totals: who was asked is kept nowhere.
func (a *Service) SurveyFile(ctx context.Context, actor registry.Actor, ask Ask) (file File, err error) {
	figures, _, err := a.Surveys.List(ctx, actor)
	if err != nil {
		return file, err
	}
	rows := make([]report.SurveyRow, len(figures))
	for i, s := range figures {
		rows[i] = report.SurveyRow{Title: s.Title, Question: s.Question, Method: string(s.Method), MethodNote: s.MethodNote, Population: s.Population,
			Area: a.nameThen(s.Survey.Area, s.From), From: s.From, Until: s.Until, By: s.By, Source: s.Source, Link: s.Link, IssuedOn: s.IssuedOn,
			EnteredBy: s.EnteredAs, Struck: s.StruckWhy, Tenths: int64(s.Share), Sample: int64(s.Sample), Public: s.Public}
	}
	return report.SurveyTable(ask.Lang, rows).List("khao-sat", ask.Form, all(actor, "survey.export", "survey", registry.ViewPlan))
}

// nameThen is a unit as it was called on a day.
func (a *Service) nameThen(ref registry.AreaRef, day string) string {
	unit, ok := a.Areas.At(ref, day)
	if !ok {
		return ""
	}
	return unit.FullName()
}

// BodyFile writes the bodies in the areas whose plans the actor reads, those that no longer
// stand last.
func (a *Service) BodyFile(ctx context.Context, actor registry.Actor, ask Ask) (file File, err error) {
	bodies, err := a.Campaign.Bodies(ctx, actor)
	if err != nil {
		return file, err
	}
	rows := make([]report.BodyRow, len(bodies))
	for i, b := range bodies {
		rows[i] = report.BodyRow{Name: b.Name, Kind: string(b.Kind), Area: a.placeName(b.Area), AreaCode: b.Area.Code, Parent: b.ParentName, Phone: b.Phone,
			Email: b.Email, From: b.From, Until: b.Until, Successor: b.SuccessorName, Gone: !b.Stands}
	}
	return report.BodyTable(ask.Lang, rows).List("co-quan", ask.Form, all(actor, "body.export", "body", registry.ViewPlan))
}

// OfferFile writes the offers at an event, of one state or, with "", all.
func (a *Service) OfferFile(ctx context.Context, actor registry.Actor, event registry.EventID, state stimulus.State, ask Ask) (file File, err error) {
	desk, err := a.Stimulus.Desk(ctx, actor, event)
	if err != nil {
		return file, err
	}
	var rows []report.OfferRow
	for _, o := range desk.Offers {
		if state != "" && o.State != state {
			continue
		}
		obstacle := ""
		if o.State.Alive() {
			obstacle = string(o.Obstacle(a.Today()))
		}
		rows = append(rows, report.OfferRow{Vendor: o.VendorName, Product: o.Goods.Name, State: string(o.State), Obstacle: obstacle, Unit: o.Unit, From: o.From, To: o.To,
			Condition: o.Condition, Basis: string(o.Basis), Explained: o.Explained, Reason: o.Reason, Booths: o.Booths, BeforeDong: o.BeforeDong, HereDong: o.HereDong,
			Percent: int64(o.Percent()), Quantity: o.Quantity, SubmittedAt: o.SubmittedAt, DecidedAt: o.DecidedAt, OnPaper: o.OnPaper})
	}
	slices.SortStableFunc(rows, func(x, y report.OfferRow) int {
		return slices.Index(stimulus.States, stimulus.State(x.State)) - slices.Index(stimulus.States, stimulus.State(y.State))
	})
	return report.OfferTable(ask.Lang, rows).List(named("uu-dai", desk.Event), ask.Form, a.ofEvent(desk.Event, "offer.export", "offer"))
}

// CallFile writes the call list of an event: whom it has told what, and by which way.
func (a *Service) CallFile(ctx context.Context, actor registry.Actor, event registry.EventID, ask Ask) (file File, err error) {
	list, err := a.Vendors.CallList(ctx, actor, event)
	if err != nil {
		return file, err
	}
	rows := a.callRows(list)
	note := a.ofEvent(list.Event, "call.export", "event", fact.Count("export_personal", len(rows)))
	return report.CallTable(ask.Lang, rows).List(named("can-goi", list.Event), ask.Form, note)
}

// PhoneFile writes the phones and relays of an event's gates.
func (a *Service) PhoneFile(ctx context.Context, actor registry.Actor, event registry.EventID, ask Ask) (file File, err error) {
	o, err := a.Admission.GateOffice(ctx, actor, event)
	if err != nil {
		return file, err
	}
	names, gates := map[registry.DeviceID]string{}, map[int]string{}
	for _, d := range o.Devices {
		names[d.ID] = d.Name
	}
	for _, g := range o.Gates {
		gates[g.Number] = g.Name
	}
	rows := make([]report.PhoneRow, len(o.Devices))
	for i, d := range o.Devices {
		told := o.Tellings[d.ID]
		d.LastSeenAt = max(d.LastSeenAt, told.At)
		rows[i] = report.PhoneRow{Device: d, Via: names[d.Relay], Standing: d.Standing(a.NowMS()), Told: told}
		for _, n := range d.Gates {
			rows[i].GateNames = append(rows[i].GateNames, gates[n])
		}
	}
	return report.PhoneTable(ask.Lang, rows).List(named("dien-thoai-cong", o.Event), ask.Form, a.ofEvent(o.Event, "device.export", "device"))
}
