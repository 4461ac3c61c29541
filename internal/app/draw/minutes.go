package draw

import (
	"context"
	"strconv"
	"strings"

	"hoicho/internal/draw"
	"hoicho/internal/registry"
	"hoicho/internal/report/drawpaper"
	"hoicho/internal/store"
	stored "hoicho/internal/store/draw"
)

// Minutes writes the minutes of a draw whose list is published, with room for the signatures, as a PDF. The actor needs
// ViewOffice where the event is. NotFound for a draw that is only prepared.
func (a *Service) Minutes(ctx context.Context, actor registry.Actor, event registry.EventID, n int, lang string) (f registry.File, err error) {
	m, e := drawpaper.Minutes{Lang: lang}, registry.Event{}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if e, err = a.Events.EventFor(ctx, tx, actor, registry.ViewOffice, event); err != nil {
			return err
		}
		if m.Draw, err = stored.Numbered(ctx, tx, event, n); err != nil {
			return err
		}
		if !m.Draw.State.Public() {
			return registry.E(registry.NotFound, "error.not_found")
		}
		all, err := stored.Of(ctx, tx, event)
		if err == nil {
			m.Notes, err = notesOn(ctx, tx, all, &m.Draw)
		}
		return err
	})
	if err != nil {
		return f, err
	}
	m.Organiser, m.Link = e.Organiser, a.BaseURL+"/su-kien/"+e.Slug+"/boc-tham?luot="+strconv.Itoa(m.Draw.N)
	data, err := m.Document().PDF()
	return registry.File{Name: "bien-ban-" + fileName(e, m.Draw.N) + ".pdf", ContentType: "application/pdf", Data: data}, err
}

// names say which lots, in one line.
func names(list []draw.Entry) string {
	said := make([]string, len(list))
	for i, e := range list {
		said[i] = e.Name + " (" + e.ID + ")"
	}
	return strings.Join(said, "; ")
}
