package paste

import (
	"regexp"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Units reads the communes that cells name.
type Units struct {
	Areas *registry.Areas
	Home  registry.AreaRef // the province of the site: its communes are meant before others
	known map[string]Unit
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

var formerWord = regexp.MustCompile(`(?i)\s*\((?:cũ|trước đây|cu)\)\s*$`)

// Read says which commune a text names on a day.
func (x *Units) Read(text, on string) Unit {
	key := on[:min(4, len(on))] + text
	if u, ok := x.known[key]; ok {
		return u
	}
	u := x.look(text, on)
	if x.known == nil {
		x.known = map[string]Unit{}
	}
	x.known[key] = u
	return u
}

// found is more than so many units bear a name.
const found = 60

func (x *Units) look(text, on string) Unit {
	former := formerWord.MatchString(text)
	text = formerWord.ReplaceAllString(text, "")
	var now, was []registry.AreaHit
	if !former {
		for _, h := range x.Areas.SearchNear(text, on, x.Home, found) {
			if h.Was == "" && h.Ref.IsCommune() && named(x.names(h.Area, on), text) {
				now = append(now, h)
			}
		}
	}
	if len(now) == 0 {
		was = x.became(text, on)
	}
	now, was = x.nearer(now), x.nearer(was)
	if one := x.written(now, text, on); len(now) > 1 && len(one) == 1 {
		now = one // Văn Lang is not Văn Lăng
	}
	switch {
	case len(now) == 1:
		u := Unit{Area: now[0].Area}
		if !spelt(x.names(now[0].Area, on), text) {
			u.Guess = "paste.guess.spelling"
		}
		return u
	case len(now) > 1:
		return Unit{Choices: now[:min(len(now), choicesMost)]}
	case len(was) == 1:
		return Unit{Area: was[0].Area, Was: was[0].Was, Guess: "paste.guess.former"}
	case len(was) > 1:
		return Unit{Choices: was[:min(len(was), choicesMost)]}
	}
	return Unit{Choices: x.alike(text)}
}

// eve is the last day of the units of before July 2025.
const eve = "2025-06-30"

// became are the communes of a day that came of former ones of a name.
func (x *Units) became(text, on string) (list []registry.AreaHit) {
	if registry.EditionOn(on) != registry.Edition2025 {
		return nil
	}
	for _, old := range x.Areas.SearchNear(text, eve, x.Home, found) {
		if !old.Ref.IsCommune() || !named(formerNames(x.Areas.LongName(old.Area, eve)), text) {
			continue
		}
		for _, next := range x.Areas.Successors(old.Ref) {
			if a, ok := x.Areas.At(next.Ref, on); ok && a.Ref.IsCommune() {
				list = append(list, registry.AreaHit{Area: a, Was: x.Areas.LongName(old.Area, eve)})
			}
		}
	}
	return list
}

// nearer keeps the units of the home province where there are any.
func (x *Units) nearer(hits []registry.AreaHit) []registry.AreaHit {
	near := slices.DeleteFunc(slices.Clone(hits), func(h registry.AreaHit) bool {
		p, ok := x.Areas.Province(h.Ref)
		return !ok || p.Ref != x.Home
	})
	if len(near) > 0 {
		return near
	}
	return hits
}

// names are what people call a unit: its name alone, with its kind, with what it lies in.
func (x *Units) names(a registry.Area, on string) (list []string) {
	parent := x.Areas.ParentName(a, on)
	for _, name := range []string{a.Name, x.Areas.FullName(a, on)} {
		list = append(list, name)
		for _, word := range []string{"", "tỉnh ", "t. ", "thành phố ", "tp. "} {
			list = append(list, name+", "+word+parent)
		}
	}
	return list
}

// formerNames are the names of a former unit, of its long one: with each thing that it lay in, and
// with its kind or without.
func formerNames(long string) (list []string) {
	parts := strings.Split(long, ", ")
	kinds := regexp.MustCompile(`^(thị trấn|đặc khu|phường|xã|Phường) `)
	for n := 1; n <= len(parts); n++ {
		name := strings.Join(parts[:n], ", ")
		list = append(list, name, kinds.ReplaceAllString(name, ""))
	}
	return list
}

// written keeps the units whose name a text writes letter by letter.
func (x *Units) written(hits []registry.AreaHit, text, on string) []registry.AreaHit {
	return slices.DeleteFunc(slices.Clone(hits), func(h registry.AreaHit) bool { return !spelt(x.names(h.Area, on), text) })
}

func named(names []string, text string) bool {
	key := vn.Fold(text)
	return slices.ContainsFunc(names, func(name string) bool { return vn.Fold(name) == key })
}

// spelt reports whether a text writes one of the names letter by letter, whatever stands between.
func spelt(names []string, text string) bool {
	letters := func(s string) string {
		s = strings.NewReplacer(",", " ", ".", " ", ";", " ").Replace(strings.ToLower(vn.NFC(s)))
		return strings.Join(strings.Fields(s), " ")
	}
	return slices.ContainsFunc(names, func(name string) bool { return letters(name) == letters(text) })
}

// alike are the communes of the home province whose names differ in a letter or two.
func (x *Units) alike(text string) (list []registry.AreaHit) {
	key := vn.Fold(text)
	for _, word := range []string{"xa ", "phuong ", "thi tran ", "dac khu ", "x ", "p "} {
		key = strings.TrimPrefix(key, word)
	}
	if len(key) > 60 || key == "" {
		return nil
	}
	for _, a := range x.Areas.Communes(x.Home) {
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
