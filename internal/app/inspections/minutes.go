package inspections

import (
	"context"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// MinutesAsked names the form of minutes, "pdf" or "docx", and their language.
type MinutesAsked struct{ Form, Lang string }

// MinutesFile writes the minutes (biên bản) of a record that was handed in. Rights are those
// of File; what was signed on the screen stands on them for those alone who inspect there or
// handed it in. Conflict before it has a number, NotFound for another form.
func (a *Service) MinutesFile(ctx context.Context, actor registry.Actor, id registry.InspectionID, asked MinutesAsked) (out registry.File, err error) {
	f, err := a.File(ctx, actor, id)
	if err != nil {
		return out, err
	}
	if f.State != inspection.HandedIn {
		return out, registry.E(registry.Conflict, "minutes.error.no_number")
	}
	m := a.minutes(f, asked.Lang)
	if err := a.addPictures(ctx, f, f.Writes || f.Entered == actor.Account, &m); err != nil {
		return out, err
	}
	return minutesFile(m, "bien-ban-"+strings.ReplaceAll(f.Number(), "/", "-"), asked.Form)
}

// BlankMinutes writes the form of a subject of today, to be filled in by hand. The actor
// opens the register; else NotFound.
func (a *Service) BlankMinutes(actor registry.Actor, subject inspection.SubjectKind, asked MinutesAsked) (out registry.File, err error) {
	list, ok := a.Lists.On(subject, a.Today())
	if !ok || !Opens(actor) {
		return out, core.ErrHidden()
	}
	m := report.Minutes{Lang: asked.Lang, Self: subject == inspection.OfBody}
	for _, item := range list.Items {
		m.Items = append(m.Items, a.minutesItem(item, asked.Lang))
	}
	return minutesFile(m, "mau-bien-ban-"+string(subject), asked.Form)
}

// minutesFile writes minutes in one of their forms; a workbook is none.
func minutesFile(m report.Minutes, name, form string) (out registry.File, err error) {
	if form == report.FormXLSX {
		return out, core.ErrHidden()
	}
	return m.Document().File(name, form)
}

func (a *Service) minutesItem(item inspection.Item, lang string) report.MinutesItem {
	return report.MinutesItem{Text: item.Text(lang), Law: a.Laws.Cited(item.Law)}
}

// minutes are the words of a record.
func (a *Service) minutes(f File, lang string) report.Minutes {
	area, _ := a.Areas.Lookup(f.Area)
	m := report.Minutes{Lang: lang, Self: f.Kind == inspection.Self || f.Kind == inspection.VendorSelf, Subject: f.Subject.Name, Event: f.Event.Title, Place: f.Place,
		BeganAt: f.BeganAt, Ended: f.EndedAt, Present: f.Present, Opinion: f.Opinion, Refusal: f.Refusal, Witnesses: f.Witness, Note: f.Note,
		Paper: registry.ResultPaper{Issuer: f.IssuerName, Number: f.Number(), Place: a.Areas.FullName(area, f.On), SignedOn: f.On, Recipients: recipients(f)}}
	if m.Place == "" {
		m.Place = a.Areas.LongName(area, f.On)
	}
	if f.Round.Number != "" {
		m.Basis = []string{f.Round.Title + " (" + f.Round.Number + ")"}
	}
	for _, p := range f.People {
		m.Team = append(m.Team, strings.TrimSuffix(p.Name+", "+p.Body, ", "))
	}
	for _, said := range f.Last {
		item, _ := f.List.Item(said.Item)
		row := a.minutesItem(item, lang)
		row.Answer, row.Note = string(said.Answer), said.Note
		m.Items = append(m.Items, row)
	}
	for _, x := range f.Findings {
		m.Faults = append(m.Faults, report.MinutesFault{Words: x.Words, Remedy: x.Remedy, Due: x.DueOn})
	}
	return m
}

// recipients are to whom minutes go, one a line.
func recipients(f File) string {
	lines := []string{f.Subject.Name}
	if f.Event.Organiser != "" {
		lines = append(lines, f.Event.Organiser)
	}
	return strings.Join(append(lines, "Lưu: VT"), "\n")
}

// addPictures puts the photos of a record below its minutes, and their numbers beside the
// items that they show.
func (a *Service) addPictures(ctx context.Context, f File, signed bool, m *report.Minutes) error {
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		m.Pictures, m.Drawn = nil, nil
		for _, p := range f.Photos {
			if p.File == "" || p.Item == inspection.Signature && !signed {
				continue
			}
			file, err := tx.File(ctx, p.File, registry.PhotoWhole)
			if err != nil {
				return err
			}
			if p.Item == inspection.Signature {
				m.Drawn = file.Data
				continue
			}
			m.AddPicture(file.Data, f.itemAt(p.Item))
		}
		return nil
	})
}

// itemAt is the place of an item among the answers, -1 for none.
func (f File) itemAt(code string) int {
	for i, said := range f.Last {
		if said.Item == code {
			return i
		}
	}
	return -1
}
