package paste

import (
	"regexp"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Index holds the communes by their names, folded and without their kinds: those of today, and those
// of before July 2025 with what they lay in.
type Index struct {
	areas *registry.Areas
	now   map[string][]place
	was   map[string][]place
}

// place is a unit with all that it lies in, each name folded and without its kind, the unit first.
type place struct {
	registry.AreaHit
	in   []string
	name string            // that people write, in its letters
	kind registry.AreaKind // of the unit that bears the name
	top  registry.AreaRef  // its province of today
}

// eve is the last day of the units of before July 2025.
const eve = "2025-06-30"

// NewIndex reads the communes of today and the former ones.
func NewIndex(areas *registry.Areas, today string) *Index {
	x := &Index{areas: areas, now: map[string][]place{}, was: map[string][]place{}}
	for _, province := range areas.Provinces(today) {
		for _, a := range areas.Communes(province.Ref) {
			p := place{AreaHit: registry.AreaHit{Area: a}, in: x.lying(areas.LongName(a, today)), top: province.Ref}
			x.add(x.now, p, a)
		}
	}
	for _, province := range areas.Provinces(eve) {
		for _, old := range areas.Communes(province.Ref) {
			long := areas.LongName(old, eve)
			for _, next := range areas.Successors(old.Ref) {
				a, known := areas.At(next.Ref, today)
				top, found := areas.Province(next.Ref)
				if known && found && a.Ref.IsCommune() {
					in := append(x.lying(long), vn.Fold(province.Name), vn.Fold(top.Name))
					x.add(x.was, place{AreaHit: registry.AreaHit{Area: a, Was: long}, in: in, top: top.Ref}, old)
				}
			}
		}
	}
	return x
}

func (x *Index) add(to map[string][]place, p place, a registry.Area) {
	p.name, p.kind = strings.ToLower(vn.NFC(a.Name)), a.Kind
	to[vn.Fold(a.Name)] = append(to[vn.Fold(a.Name)], p)
}

// lying are the names of a long one, each without its kind.
func (x *Index) lying(long string) (list []string) {
	for part := range strings.SplitSeq(long, ", ") {
		_, name := x.areas.CutKind(part)
		list = append(list, vn.Fold(name))
	}
	return list
}

// Units reads the communes that cells name.
type Units struct {
	*Index
	Home registry.AreaRef // the province of the site: its communes are meant before others
}

// Unit is what a cell names.
type Unit struct {
	registry.Area                    // of today; without a code the cell names none or several
	Was           string             // the former unit by whose name it was found
	Guess         string             // key of why it is to be confirmed; "" it is not
	Choices       []registry.AreaHit // those that may be meant, where the cell names none or several
}

// choicesMost is how many communes are offered.
const choicesMost = 8

var (
	formerWord = regexp.MustCompile(`\s*\((?:cũ|trước đây|cu)\)\s*$`)
	nameParts  = regexp.MustCompile(`\s*[,;()]\s*`)
	dashParts  = regexp.MustCompile(`\s*(?:[,;()]|\s[–—-]\s)\s*`)
)

// written is what a cell says: the name of the commune with its kind, and what it lies in.
type written struct {
	kinds       []registry.AreaKind // that are said; none is
	name, whole string              // whole has the kind in it
	in          []string            // folded
	former      bool
}

// parts reads a cell, whose names stand between signs.
func (x *Index) parts(text string, between *regexp.Regexp) (w written) {
	text = strings.Join(strings.Fields(strings.ToLower(vn.NFC(text))), " ")
	w.former = formerWord.MatchString(text)
	text = strings.Trim(formerWord.ReplaceAllString(text, ""), " .,;")
	for i, part := range between.Split(text, -1) {
		if part = strings.TrimRight(part, ". "); part == "" {
			continue
		}
		kinds, name := x.areas.CutKind(part)
		if i == 0 {
			w.kinds, w.name, w.whole = kinds, name, part
			continue
		}
		w.in = append(w.in, vn.Fold(name))
	}
	return w
}

// numberName is the name of a quarter that is called by a number: it is meant only with its kind.
var numberName = regexp.MustCompile(`^\d+$`)

// Read says which commune a text names. Those of the home province are meant before others, those of
// today before former ones. A dash is in some names: it parts names where those are none.
func (x *Units) Read(text string) Unit {
	w := x.parts(text, nameParts)
	u, found := x.named(w)
	if !found {
		if dashed := x.parts(text, dashParts); dashed.whole != w.whole {
			w = dashed
			u, found = x.named(w)
		}
	}
	if !found && w.whole != "" && !numberName.MatchString(w.whole) {
		u.Choices = x.alike(vn.Fold(w.name))
	}
	return u
}

// named is the unit that a cell names, or those that it may name; false where there is none.
func (x *Units) named(w written) (u Unit, found bool) {
	if w.whole == "" || len(w.kinds) == 0 && numberName.MatchString(w.whole) {
		return u, false
	}
	for _, tier := range []struct {
		of     map[string][]place
		home   bool
		former bool
	}{{x.now, true, false}, {x.was, true, true}, {x.now, false, false}, {x.was, false, true}} {
		if w.former && !tier.former {
			continue
		}
		hits := x.meant(tier.of, w, tier.home)
		if len(hits) == 0 {
			continue
		}
		if len(hits) > 1 {
			return Unit{Choices: offered(hits)}, true
		}
		u = Unit{Area: hits[0].Area, Was: hits[0].Was}
		switch {
		case !tier.home && len(w.in) == 0:
			u.Guess = "paste.guess.elsewhere"
		case tier.former:
			u.Guess = "paste.guess.former"
		case !hits[0].spelt(w):
			u.Guess = "paste.guess.spelling"
		}
		return u, true
	}
	return u, false
}

// meant are the units that a cell may name: where several bear the name, those that are spelt so.
func (x *Units) meant(of map[string][]place, w written, home bool) (hits []place) {
	keys := []string{vn.Fold(w.name)}
	if whole := vn.Fold(w.whole); whole != keys[0] {
		keys = append(keys, whole)
	}
	for _, key := range keys {
		for _, p := range of[key] {
			if (p.top == x.Home) == home && p.lies(w.in) {
				hits = append(hits, p)
			}
		}
	}
	hits = distinct(hits)
	if len(hits) < 2 {
		return hits
	}
	exact := slices.DeleteFunc(slices.Clone(hits), func(p place) bool { return !p.spelt(w) })
	if len(exact) > 0 {
		return exact // Văn Lang is not Văn Lăng
	}
	return hits
}

// distinct keeps the first of those that are the same unit today.
func distinct(list []place) (kept []place) {
	for _, p := range list {
		if !slices.ContainsFunc(kept, func(q place) bool { return q.Ref == p.Ref }) {
			kept = append(kept, p)
		}
	}
	return kept
}

// lies reports whether a unit lies in what is named, in that order.
func (p place) lies(in []string) bool {
	at := 1
	for _, name := range in {
		i := slices.Index(p.in[min(at, len(p.in)):], name)
		if i < 0 {
			return false
		}
		at += i + 1
	}
	return true
}

// spelt reports whether a cell writes the name of a unit letter by letter, and its kind if it says one.
func (p place) spelt(w written) bool {
	return w.whole == p.name || w.name == p.name && (len(w.kinds) == 0 || slices.Contains(w.kinds, p.kind))
}

func offered(list []place) (hits []registry.AreaHit) {
	for _, p := range list[:min(len(list), choicesMost)] {
		hits = append(hits, p.AreaHit)
	}
	return hits
}

// alike are the communes of the home province whose names differ in a letter or two.
func (x *Units) alike(key string) (list []registry.AreaHit) {
	if len(key) > 60 || key == "" {
		return nil
	}
	for _, a := range x.areas.Communes(x.Home) {
		if far := distance(key, vn.Fold(a.Name)); far <= 1+len(key)/9 && len(list) < choicesMost {
			list = append(list, registry.AreaHit{Area: a})
		}
	}
	return list
}

// distance is how many letters are to be changed, put in or taken out to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
