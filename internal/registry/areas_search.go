package registry

import (
	"cmp"
	"slices"
	"strings"
)

// kindWord is what people write before a name, and the kinds they may mean.
type kindWord struct {
	text  string
	kinds []AreaKind
}

// kindWords has longer ones first. An index keeps them folded.
var kindWords = []kindWord{
	{"thành phố", []AreaKind{AreaCity, AreaProvincialCity}},
	{"thị trấn", []AreaKind{AreaTownship}},
	{"đặc khu", []AreaKind{AreaSpecialZone}},
	{"thị xã", []AreaKind{AreaDistrictTown}},
	{"phường", []AreaKind{AreaWard}},
	{"huyện", []AreaKind{AreaDistrict}},
	{"tỉnh", []AreaKind{AreaProvince}},
	{"quận", []AreaKind{AreaUrbanDistrict}},
	{"xã", []AreaKind{AreaCommune}},
	{"tp", []AreaKind{AreaCity, AreaProvincialCity}},
	{"tt", []AreaKind{AreaTownship}},
	{"tx", []AreaKind{AreaDistrictTown}},
	{"dk", []AreaKind{AreaSpecialZone}},
	{"p", []AreaKind{AreaWard}},
	{"h", []AreaKind{AreaDistrict}},
	{"q", []AreaKind{AreaUrbanDistrict}},
	{"x", []AreaKind{AreaCommune}},
	{"t", []AreaKind{AreaProvince}},
}

// reading is one way to understand the words of a query: a name, perhaps with
// its kind said before it.
type reading struct {
	kinds []AreaKind // nil: any
	words []string
}

// readings returns the ways to read folded words. A kind word may also be a part
// of the name (đảo Quan Lạn), so there are up to two.
func (x *Areas) readings(words []string) []reading {
	all := []reading{{words: words}}
	text := strings.Join(words, " ")
	for _, w := range x.kindWords {
		rest, ok := strings.CutPrefix(text, w.text)
		if !ok || rest == "" || rest[0] != ' ' && !isDigit(rest[0]) {
			continue
		}
		named := strings.Fields(rest)
		named[0] = trimZero(named[0])
		return append(all, reading{w.kinds, named})
	}
	return all
}

// CutKind takes the kind from before a name as people write it ("xã Ba Bể", "x. ba be", "TT.Chợ Rã");
// where none is said there are no kinds, and the name is as it was.
func (x *Areas) CutKind(name string) (kinds []AreaKind, rest string) {
	letters := []rune(name)
	for _, w := range x.kindWords {
		n := len([]rune(w.text))
		if len(letters) <= n || letters[n] != '.' && letters[n] != ' ' || x.fold(string(letters[:n])) != w.text {
			continue
		}
		if rest = strings.TrimLeft(string(letters[n:]), ". "); rest != "" {
			return w.kinds, rest
		}
	}
	return nil, name
}

// trimZero takes the leading zero off a number: wards are numbered 6, not 06.
func trimZero(word string) string {
	if len(word) == 2 && isDigit(word[1]) {
		return strings.TrimPrefix(word, "0")
	}
	return word
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// How well a name fits; less is better. A query that also names the parent
// ranks after one that is all name.
const (
	fitsExactly = iota
	fitsStart
	fitsWord
	fitsWithParent
	fitsNot = 99
)

// maxSearchWords is more than the longest name takes with all that it lies in.
const maxSearchWords = 24

// Search returns at most limit units of the edition of a date whose name fits
// the query, as they were on that date, best first: exact names, then names
// that start so, then names with a later word that starts so; provinces before
// districts before communes, by alphabet. Case, diacritics and i/y do not
// count, but a name that fits with its diacritics comes before its likes. The
// query may begin with the kind ("xã", "p.", "TP") and end with the parent
// ("ba be thai nguyen").
//
// What lies in a province or district of that name follows, and then, for
// dates of today's edition, what has become of the old units of that name: who
// looks for huyện Ba Bể finds its communes.
func (x *Areas) Search(query, date string, limit int) []Area {
	hits := x.SearchNear(query, date, AreaRef{}, limit)
	areas := make([]Area, len(hits))
	for n, hit := range hits {
		areas[n] = hit.Area
	}
	return areas
}

// AreaHit is a unit that a search found.
type AreaHit struct {
	Area
	Was string // the unit of before 07/2025 by whose name it was found, with what it lay in
}

// SearchNear is Search with the units of a home province, of Edition2025, before others whose
// names fit as well; in an older edition those of the provinces that went into it.
func (x *Areas) SearchNear(query, date string, home AreaRef, limit int) []AreaHit {
	words := strings.Fields(x.fold(query))
	if len(words) == 0 || len(words) > maxSearchWords || limit <= 0 {
		return nil
	}
	s := areaSearch{index: x, date: date, limit: limit, seen: map[int]bool{}, home: map[int]bool{}}
	if !home.IsZero() {
		s.home[x.at[home]] = true
		for _, old := range x.predecessors[home] {
			s.home[x.at[old.Ref]] = true
		}
	}
	found := s.match(words, strings.ToLower(strings.TrimSpace(query)), EditionOn(date))
	s.add(found...)
	for _, i := range found {
		s.add(x.units[i].children...)
	}
	if EditionOn(date) == Edition2025 && len(s.places) < limit {
		s.addSuccessors(words)
	}
	hits := make([]AreaHit, len(s.places))
	for n, i := range s.places {
		hits[n].Area = x.version(x.units[i].Area, date)
		if old, ok := s.was[i]; ok {
			hits[n].Was = x.LongName(x.version(x.units[old].Area, edition2025Eve), edition2025Eve)
		}
	}
	return hits
}

// areaSearch gathers the answer to one query.
type areaSearch struct {
	index  *Areas
	date   string
	limit  int
	places []int
	seen   map[int]bool
	home   map[int]bool // places of the provinces whose units come first
	was    map[int]int  // the old unit that led to a place
}

func (s *areaSearch) add(places ...int) {
	for _, i := range places {
		if len(s.places) == s.limit {
			return
		}
		if !s.seen[i] {
			s.seen[i] = true
			s.places = append(s.places, i)
		}
	}
}

// addSuccessors adds what became of the old units that fit the query.
func (s *areaSearch) addSuccessors(words []string) {
	for _, i := range s.match(words, "", Edition2025Before) {
		if len(s.places) == s.limit {
			return
		}
		for _, next := range s.index.Successors(s.index.units[i].Ref) {
			place := s.index.at[next.Ref]
			if !s.seen[place] {
				if s.was == nil {
					s.was = map[int]int{}
				}
				s.was[place] = i
			}
			s.add(place)
		}
	}
}

// match returns the places of the units of an edition that fit, best first.
// raw is the query in lower case with its diacritics.
func (s *areaSearch) match(words []string, raw string, edition AreaEdition) []int {
	type hit struct{ place, rank, away int }
	var hits []hit
	ways := s.index.readings(words)
	span := s.index.editions[edition]
	for i := span[0]; i < span[1]; i++ {
		rank := fitsNot
		for _, way := range ways {
			if strings.Contains(s.index.units[i].key, way.words[0]) {
				rank = min(rank, s.fit(i, way))
			}
		}
		if rank == fitsNot {
			continue
		}
		rank *= 2
		if !fitsWithMarks(s.index.units[i].Name, raw) {
			rank++
		}
		away := 1
		if s.home[s.index.top(i)] {
			away = 0
		}
		hits = append(hits, hit{i, rank, away})
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.away, b.away)) })
	places := make([]int, len(hits))
	for n, h := range hits {
		places[n] = h.place
	}
	return places
}

func fitsWithMarks(name, raw string) bool {
	name = strings.ToLower(name)
	return strings.Contains(raw, name) || raw != "" && strings.HasPrefix(name, raw)
}

// fit ranks one unit against one reading: all words as its name, or the first
// as its name and the rest as what it lies in.
func (s *areaSearch) fit(i int, way reading) int {
	u := &s.index.units[i]
	if way.kinds != nil && !slices.Contains(way.kinds, s.index.version(u.Area, s.date).Kind) {
		return fitsNot
	}
	if rank := fitName(u.key, strings.Join(way.words, " ")); rank != fitsNot {
		return rank
	}
	for n := len(way.words) - 1; n > 0; n-- {
		rank := fitName(u.key, strings.Join(way.words[:n], " "))
		if rank != fitsNot && s.liesIn(i, way.words[n:]) {
			return fitsWithParent + rank
		}
	}
	return fitsNot
}

func fitName(key, text string) int {
	switch {
	case key == text:
		return fitsExactly
	case strings.HasPrefix(key, text):
		return fitsStart
	case strings.Contains(key, " "+text):
		return fitsWord
	}
	return fitsNot
}

// liesIn reports whether words name what the unit lies in: one ancestor, the
// last perhaps not typed to its end, or several from the inside out.
func (s *areaSearch) liesIn(i int, words []string) bool {
	if len(words) == 0 {
		return true
	}
	for p := s.index.units[i].parent; p >= 0; p = s.index.units[p].parent {
		key := s.index.units[p].key
		for _, way := range s.index.readings(words) {
			if strings.HasPrefix(key, strings.Join(way.words, " ")) {
				return true
			}
			n := strings.Count(key, " ") + 1
			if n < len(way.words) && key == strings.Join(way.words[:n], " ") && s.liesIn(p, way.words[n:]) {
				return true
			}
		}
	}
	return false
}
