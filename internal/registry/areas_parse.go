package registry

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"time"
)

// ParseAreas reads the tables of administrative units (see data/units/NOTICE.md
// for their columns) and builds the index. fold makes the search key of a name
// and sortKey a text that sorts it. Any row that does not fit the others is an
// error: the tables ship with the program.
func ParseAreas(tables fs.FS, fold, sortKey func(string) string) (*Areas, error) {
	b := areasBuilder{tables: tables, fold: fold, sortKey: sortKey, index: &Areas{
		tables: tables, fold: fold, at: map[AreaRef]int{}, editions: map[AreaEdition][2]int{}, changes: map[AreaRef][]Area{},
		successors: map[AreaRef][]Succession{}, predecessors: map[AreaRef][]Succession{},
	}}
	for _, w := range kindWords {
		b.index.kindWords = append(b.index.kindWords, kindWord{fold(w.text), w.kinds})
	}
	for _, step := range []func() error{
		func() error { return b.readUnits("units-2025-before.csv", Edition2025Before) },
		func() error { return b.readUnits("units-2025.csv", Edition2025) },
		b.link, b.readChanges, b.readPoints, b.readSuccession,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("administrative units: %w", err)
		}
	}
	return b.index, nil
}

type areasBuilder struct {
	tables        fs.FS
	fold, sortKey func(string) string
	index         *Areas
}

// each reads a table row by row, without its header.
func (b *areasBuilder) each(name string, columns int, row func([]string) error) error {
	f, err := b.tables.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = columns
	for n := 1; ; n++ {
		fields, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil && n > 1 {
			err = row(fields)
		}
		if err != nil {
			return fmt.Errorf("%s, line %d: %w", name, n, err)
		}
	}
}

// readUnits reads code, name, kind and parent of one edition and puts its units
// in order: by level, then by alphabet and number.
func (b *areasBuilder) readUnits(name string, edition AreaEdition) error {
	type sortable struct {
		unit
		sort string
	}
	var units []sortable
	err := b.each(name, 4, func(f []string) error {
		a := Area{Ref: AreaRef{edition, f[0]}, Name: trimZero(f[1]), Kind: AreaKind(f[2])}
		if edition == Edition2025 {
			a.ValidFrom = edition2025From
		} else {
			a.ValidTo = edition2025Eve
		}
		if f[3] != "" {
			a.Parent = AreaRef{edition, f[3]}
		}
		units = append(units, sortable{unit{Area: a, key: b.fold(a.Name)}, b.sortKey(a.Name)})
		return checkArea(a)
	})
	slices.SortFunc(units, func(a, b sortable) int {
		return cmp.Or(cmp.Compare(len(a.Ref.Code), len(b.Ref.Code)), cmp.Compare(a.sort, b.sort), cmp.Compare(a.Ref.Code, b.Ref.Code))
	})
	first := len(b.index.units)
	for _, u := range units {
		b.index.units = append(b.index.units, u.unit)
	}
	b.index.editions[edition] = [2]int{first, len(b.index.units)}
	return err
}

func checkArea(a Area) error {
	if _, err := ParseAreaRef(a.Ref.String()); err != nil {
		return fmt.Errorf("code %q", a.Ref.Code)
	}
	if areaTerms[a.Kind] == "" || a.Name == "" {
		return fmt.Errorf("kind %q, name %q", a.Kind, a.Name)
	}
	if a.Ref.IsProvince() != a.Parent.IsZero() {
		return fmt.Errorf("parent %q of %q", a.Parent.Code, a.Ref.Code)
	}
	return nil
}

// link ties every unit to its parent.
func (b *areasBuilder) link() error {
	x := b.index
	for i, u := range x.units {
		if _, twice := x.at[u.Ref]; twice {
			return fmt.Errorf("%s stands twice", u.Ref)
		}
		x.at[u.Ref] = i
	}
	for i, u := range x.units {
		parent, ok := x.at[u.Parent]
		if !ok && !u.Parent.IsZero() {
			return fmt.Errorf("%s lies in %s, which is missing", u.Ref, u.Parent)
		}
		x.units[i].parent = -1
		if ok {
			x.units[i].parent = parent
			x.units[parent].children = append(x.units[parent].children, i)
		}
	}
	return nil
}

// place finds a unit that a table speaks of.
func (b *areasBuilder) place(edition AreaEdition, code string) (*unit, error) {
	i, ok := b.index.at[AreaRef{edition, code}]
	if !ok {
		return nil, fmt.Errorf("no unit %s:%s", edition, code)
	}
	return &b.index.units[i], nil
}

// readChanges reads the changes of name and kind since Edition2025 began,
// oldest first: effective, code, name, old kind, new kind, parent, act.
func (b *areasBuilder) readChanges() error {
	return b.each("units-2026-changes.csv", 7, func(f []string) error {
		u, err := b.place(Edition2025, f[1])
		if err != nil {
			return err
		}
		if f[0] <= u.ValidFrom || AreaKind(f[3]) != u.Kind || f[5] != u.Parent.Code {
			return fmt.Errorf("change of %s does not follow from what it was", f[1])
		}
		versions := b.index.changes[u.Ref]
		if versions == nil {
			versions = []Area{u.Area}
		}
		versions[len(versions)-1].ValidTo = dayBefore(f[0])
		u.ValidFrom, u.Name, u.Kind, u.key = f[0], f[2], AreaKind(f[4]), b.fold(f[2])
		b.index.changes[u.Ref] = append(versions, u.Area)
		return checkArea(u.Area)
	})
}

func (b *areasBuilder) readPoints() error {
	return b.each("units-2025-points.csv", 3, func(f []string) error {
		u, err := b.place(Edition2025, f[0])
		if err != nil {
			return err
		}
		if u.Lat, err = strconv.ParseFloat(f[1], 64); err != nil {
			return err
		}
		u.Lon, err = strconv.ParseFloat(f[2], 64)
		for i := range b.index.changes[u.Ref] {
			b.index.changes[u.Ref][i].Lat, b.index.changes[u.Ref][i].Lon = u.Lat, u.Lon
		}
		return err
	})
}

// readSuccession reads level, old code, new code, extent and how it was checked.
func (b *areasBuilder) readSuccession() error {
	x := b.index
	err := b.each("units-succession.csv", 5, func(f []string) error {
		before, err := b.place(Edition2025Before, f[1])
		if err != nil {
			return err
		}
		after, err := b.place(Edition2025, f[2])
		if err != nil {
			return err
		}
		if f[3] != "full" && f[3] != "partial" {
			return fmt.Errorf("extent %q", f[3])
		}
		whole := f[3] == "full"
		x.successors[before.Ref] = append(x.successors[before.Ref], Succession{after.Ref, whole})
		x.predecessors[after.Ref] = append(x.predecessors[after.Ref], Succession{before.Ref, whole})
		return nil
	})
	for _, lists := range []map[AreaRef][]Succession{x.successors, x.predecessors} {
		for _, list := range lists {
			slices.SortFunc(list, bySuccessor)
		}
	}
	return err
}

func bySuccessor(a, b Succession) int { return cmp.Compare(a.Ref.Code, b.Ref.Code) }

// dayBefore returns the date before a date of the tables.
func dayBefore(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}
