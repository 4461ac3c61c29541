package communications

import (
	"bytes"
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Sheet writes the blank sheet on which entries are noted by hand, for the unit in which
// the actor enters. name names a channel in the language of the sheet. NotFound for
// whoever enters nothing.
func (a *Service) Sheet(ctx context.Context, actor registry.Actor, lang string, name func(committee.Channel) string) (registry.File, error) {
	ch, err := a.Choices(ctx, actor)
	if err != nil {
		return registry.File{}, err
	}
	s := print.EntrySheet{PrintedAt: a.DB.Now().In(vn.Zone)}
	if unit, ok := a.Areas.Lookup(ch.Area); ok && ch.Area.IsCommune() {
		s.Area = unit.FullName()
	}
	for _, c := range ch.Channels {
		if !c.Retired {
			s.Channels = append(s.Channels, print.EntryChannel{Name: name(c), Counts: c.Counts})
		}
	}
	var pdf bytes.Buffer
	err = print.WriteEntrySheet(&pdf, lang, s)
	return registry.File{Name: "phieu-ghi-tay.pdf", ContentType: "application/pdf", Data: pdf.Bytes()}, err
}
