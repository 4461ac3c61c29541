package demo

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// archivedOn is when fairs that lie before the product was installed were typed
// in, in the story of the demo.
const archivedOn = "2022-02-21"

// maxBooths is the largest fair that an event can plan.
const maxBooths = 2000

// fairKinds tells what the kinds of the published list are to us.
var fairKinds = map[string]registry.EventKind{
	"hoi-cho": registry.Fair, "ngay-hoi": registry.Fair, "tuan-le": registry.Fair, "hoi-xuan": registry.Fair,
	"phien-cho": registry.MarketSession,
}

// archive plans the published fairs that no session of the story plays.
func (f *filler) archive() error {
	played := map[string]bool{}
	for _, s := range f.facts.madeUp.Sessions {
		played[s.Real] = true
	}
	for _, row := range f.facts.fairs {
		if played[row["id"]] {
			continue
		}
		for _, part := range parts(row) {
			s := &session{from: f.today, StaffPasses: 4}
			if err := f.published(s, part); err != nil {
				return err
			}
			f.archiveOne(s)
		}
	}
	return f.round()
}

// roundSession is a past session of the year of which only the numbers are told.
type roundSession struct {
	Area     string `json:"area"`
	First    int    `json:"first"`
	Days     int    `json:"days"`
	Visitors int    `json:"visitors"`
}

// round plans the past sessions of the year that were typed in afterwards.
func (f *filler) round() error {
	d := f.facts.madeUp.Defaults
	for _, r := range f.facts.madeUp.Round {
		area, err := f.app.Areas.Find(r.Area)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Area, err)
		}
		title := fmt.Sprintf("%s %s, %s", d["round_title"], area.FullName(), vn.ShowDate(f.day(r.First))[len("02/"):])
		f.archiveOne(&session{from: f.today, Area: r.Area, Title: title, Body: d["round_body"],
			Venue: d["round_venue"] + " " + area.FullName(), Kind: string(registry.MarketSession), Level: string(registry.CommuneLevel),
			First: r.First, Days: r.Days, Opens: "7:00", Closes: "19:00", StaffPasses: 3, Booths: 12, visitors: r.Visitors})
	}
	return nil
}

// archiveOne plans that a fair is typed in after it was held. Its report is closed
// a month later.
func (f *filler) archiveOne(s *session) {
	date := max(archivedOn, vn.AddDays(s.on(s.Days-1), 10))
	f.line.add(vn.AddDays(date, 30), "15:00", "close the report of "+s.Title, func(ctx context.Context) error {
		return f.step(ctx, s, registry.Reported, "")
	})
	f.line.add(date, "9:00", "archive "+s.Title, func(ctx context.Context) error {
		f.clock.tick()
		if err := f.create(ctx, s); err != nil {
			return err
		}
		if err := f.step(ctx, s, registry.Announced, ""); err != nil || s.visitors == 0 {
			return err
		}
		return f.app.Admission.AddTally(ctx, f.gateChief(s), s.event.ID, admission.TallyInput{Day: vn.ShowDate(s.on(0)), Hour: 12,
			Method: registry.CountEstimated, N: s.visitors, Note: f.facts.madeUp.Defaults["tally_estimated"]})
	})
}

var sessionsIn = regexp.MustCompile(`^(.*?) \(\d+ phiên: (.*)\)$`)

// parts are the events in a row of the published list: one, or for a sum over
// named sessions each of them with its share. Other sums name no event.
func parts(row map[string]string) []map[string]string {
	if row["status"] != "aggregate" {
		return []map[string]string{row}
	}
	m := sessionsIn.FindStringSubmatch(row["title"])
	if m == nil {
		return nil
	}
	var found []map[string]string
	districts := strings.Split(m[2], ", ")
	for i, district := range districts {
		part := map[string]string{}
		for column, value := range row {
			part[column] = value
		}
		part["title"], part["district"], part["days"] = m[1]+" – "+district, district, "4"
		part["start"] = fmt.Sprintf("2017-0%d-1%d", 4+i, i)
		for _, column := range []string{"enterprises", "visitors"} {
			part[column] = fmt.Sprint(number(row[column]) / len(districts))
		}
		found = append(found, part)
	}
	return found
}

// playReal lets a session have the title, days and place of a published fair.
func (f *filler) playReal(s *session) error {
	i := slices.IndexFunc(f.facts.fairs, func(row map[string]string) bool { return row["id"] == s.Real })
	if i < 0 {
		return fmt.Errorf("no published fair %q", s.Real)
	}
	if err := f.published(s, f.facts.fairs[i]); err != nil {
		return err
	}
	s.from, s.First = s.on(0), 0
	s.Body += "\n\n" + f.facts.madeUp.Defaults["illustrated"]
	return nil
}

// published fills a session from a row of the published list.
func (f *filler) published(s *session, row map[string]string) error {
	first, whole := firstDay(row["start"])
	s.Real, s.Title, s.Kind, s.Venue = row["id"], row["title"], string(fairKinds[row["kind"]]), row["venue"]
	s.First, s.Days = vn.DaysBetween(f.today, first), lengthOf(row)
	if s.Organiser = row["organiser"]; s.Organiser == "" {
		s.Organiser = "Ủy ban nhân dân tỉnh " + row["province"]
	}
	area, err := f.areaOf(row, first)
	if err != nil {
		return fmt.Errorf("%s: %w", row["id"], err)
	}
	s.Area, s.Level = area.Ref.String(), string(levelOf(area.Ref))
	if s.Venue == "" {
		s.Venue = f.app.Areas.FullName(area, first)
	}
	if n := number(row["booths"]); s.boothsN() == 0 && n <= maxBooths {
		s.Booths = n
	}
	if s.Opens == "" {
		s.Opens, s.Closes = "7:30", "21:00"
	}
	s.visitors = number(row["visitors"])
	s.Body = f.told(row)
	if !whole {
		s.Body += "\n\n" + f.facts.madeUp.Defaults["guessed_date"]
	}
	return nil
}

// told is what the source says of a fair beside its name.
func (f *filler) told(row map[string]string) string {
	d := f.facts.madeUp.Defaults
	var figures []string
	for _, column := range []string{"booths", "enterprises", "visitors"} {
		if n := number(row[column]); n > 0 {
			figures = append(figures, vn.Count(int64(n))+" "+d[column])
		}
	}
	lines := []string{d["source"] + " " + row["source"]}
	if len(figures) > 0 {
		lines = append(lines, d["figures"]+" "+strings.Join(figures, ", ")+".")
	}
	if row["note"] != "" {
		lines = append(lines, d["note"]+" "+row["note"])
	}
	return strings.Join(lines, "\n\n")
}

// firstDay completes a date of the published list: YYYY-MM-DD, YYYY-MM, YYYY or
// --MM-DD. whole is false where a part had to be guessed.
func firstDay(date string) (first string, whole bool) {
	switch {
	case vn.ValidDate(date):
		return date, true
	case strings.HasPrefix(date, "--"):
		return "2023" + date[1:], false
	case len(date) == len("2006-01"):
		return date + "-12", false
	}
	return date + "-08-15", false
}

// lengthOf is how many days a published fair took; five where nobody says.
func lengthOf(row map[string]string) int {
	if n := number(row["days"]); n > 0 {
		return n
	}
	from, to := row["start"], row["end"]
	if vn.ValidDate(from) && vn.ValidDate(to) {
		return vn.DaysBetween(from, to) + 1
	}
	return 5
}

func levelOf(ref registry.AreaRef) registry.EventLevel {
	switch {
	case ref.IsProvince():
		return registry.ProvinceLevel
	case ref.IsDistrict():
		return registry.DistrictLevel
	}
	return registry.CommuneLevel
}

// areaOf finds the smallest unit that a row names, in the units of a date.
func (f *filler) areaOf(row map[string]string, date string) (registry.Area, error) {
	area, ok := named(f.app.Areas.Provinces(date), row["province"])
	if !ok {
		return area, fmt.Errorf("no province %q on %s", row["province"], date)
	}
	for _, name := range []string{row["district"], row["commune"]} {
		if name == "" {
			continue
		}
		below, ok := named(f.app.Areas.Children(area.Ref), name)
		if !ok {
			return area, fmt.Errorf("no %q in %s on %s", name, area.Name, date)
		}
		area = below
	}
	return area, nil
}

// named finds a unit by its name, with or without its kind, however it is spelled.
func named(areas []registry.Area, name string) (registry.Area, bool) {
	key := vn.Fold(name)
	i := slices.IndexFunc(areas, func(a registry.Area) bool { return vn.Fold(a.Name) == key || vn.Fold(a.FullName()) == key })
	if i < 0 {
		return registry.Area{}, false
	}
	return areas[i], true
}
