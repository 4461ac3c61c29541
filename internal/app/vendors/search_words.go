package vendors

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/changes"
	"hoicho/internal/vn"
)

// Limits of what is done for a mistyped word.
const (
	spellNames = 20_000 // names that are read at most
	spellWords = 6      // of a search that are looked at
	spellFor   = 5 * time.Minute

	spellLike     = 3 // words that one may be read as
	spellReadings = 4 // of a search that are looked for
)

// spelling is the words of all public names, by which a mistyped one is read. It is made
// anew when a search finds nothing and what the public sees has changed.
type spelling struct {
	mu    sync.Mutex
	basis *changes.Basis
	made  time.Time
	words map[string]spelledWord // by their key
}

// spelledWord is a word as it is written, with how often it stands in names.
type spelledWord struct {
	written string
	n       int
}

// respell returns the ways to read a search, the likest first: each word that stands in no
// public name replaced by one like it that does, as it is written there. None if there is
// nothing to mend.
func (a *Service) respell(ctx context.Context, tx *store.Tx, q SearchAsk) ([]string, error) {
	known, err := a.spelledWords(ctx, tx, q.home)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(vn.Fold(q.Text))
	words = words[:min(len(words), spellWords)]
	readings, mended := []string{""}, false
	for _, w := range words {
		like := []string{w}
		if _, ok := known[w]; !ok {
			like, mended = likestWords(known, w), true
		}
		var longer []string // none where nothing is like a word: no guess helps then
		for _, l := range like {
			for _, r := range readings {
				longer = append(longer, strings.TrimSpace(r+" "+known[l].written))
			}
		}
		readings = longer[:min(len(longer), spellReadings)]
	}
	if !mended {
		return nil, nil
	}
	return readings, nil
}

// spelledWords returns the words of all public names and of the communes of a province.
func (a *Service) spelledWords(ctx context.Context, tx *store.Tx, province registry.Area) (map[string]spelledWord, error) {
	s := &a.spelling
	s.mu.Lock()
	defer s.mu.Unlock()
	now := a.DB.Now()
	if age := now.Sub(s.made); s.words != nil && age >= 0 && age < spellFor {
		if changed, _ := s.basis.Changed(); !changed {
			s.basis.Use(ctx)
			return s.words, nil
		}
	}
	var names []string
	basis, err := tx.Kept(func() (err error) {
		names, err = tx.PublicNames(ctx, spellNames)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, commune := range a.Areas.Communes(province.Ref) {
		names = append(names, commune.Name)
		for _, was := range a.Areas.Predecessors(commune.Ref) {
			if old, ok := a.Areas.Lookup(was.Ref); ok {
				names = append(names, old.Name)
			}
		}
	}
	s.words = map[string]spelledWord{}
	for _, name := range names {
		for word := range strings.FieldsSeq(name) {
			if key := vn.Fold(word); key != "" && !strings.Contains(key, " ") {
				k := s.words[key]
				s.words[key] = spelledWord{cmp.Or(k.written, strings.ToLower(word)), k.n + 1}
			}
		}
	}
	s.basis, s.made = basis, now
	return s.words, nil
}

// likestWords are the words that a mistyped one is likest to: one slip away, or two in a
// long word; of several those that stand in most names first. Words of two letters are like
// too many.
func likestWords(known map[string]spelledWord, word string) (like []string) {
	most := 1
	if len(word) > 6 {
		most = 2
	}
	if len(word) < 3 || len(word) > 20 {
		return nil
	}
	far := map[string]int{}
	for w := range known {
		if len(w) < 2 || len(w)-len(word) > most || len(word)-len(w) > most {
			continue
		}
		if d := slips(word, w); d <= most {
			far[w] = d
			like = append(like, w)
		}
	}
	slices.SortFunc(like, func(x, y string) int {
		return cmp.Or(cmp.Compare(far[x], far[y]), cmp.Compare(known[y].n, known[x].n), cmp.Compare(x, y))
	})
	return like[:min(len(like), spellLike)]
}

// slips is how many letters have to be put in, left out, exchanged or turned round with
// their neighbour to make one word of the other. Keys of words are almost always ASCII.
func slips(a, b string) int {
	two, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			now[j] = min(last[j]+1, now[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
		}
		two, last, now = last, now, two
	}
	return last[len(b)]
}

// starsAsked finds "4 sao" among the words of a search, and leaves it out.
func starsAsked(words []string) (stars int, rest []string) {
	for i := 0; i+1 < len(words); i++ {
		if w := words[i]; len(w) == 1 && w[0] >= '3' && w[0] <= '5' && words[i+1] == "sao" {
			return int(w[0] - '0'), slices.Concat(words[:i], words[i+2:])
		}
	}
	return 0, words
}

// todayAsked finds "hôm nay" among the words of a search, and leaves it out.
func todayAsked(words []string) (today bool, rest []string) {
	key := strings.Fields(vn.Fold("hôm nay"))
	for i := 0; i+1 < len(words); i++ {
		if words[i] == key[0] && words[i+1] == key[1] {
			return true, slices.Concat(words[:i], words[i+2:])
		}
	}
	return false, words
}

// boothAsked is the code of a booth, where a search is nothing else.
func boothAsked(words []string) string {
	if len(words) != 1 {
		return ""
	}
	code := strings.ToUpper(words[0])
	letters := strings.TrimRight(code, "0123456789")
	digits := len(code) - len(letters)
	if len(letters) < 1 || len(letters) > 3 || digits < 1 || digits > 3 || strings.ContainsFunc(letters, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return ""
	}
	return code
}

// ReadSearch reads what a search asks for beside its words.
func ReadSearch(text string) SearchAsk {
	q := SearchAsk{Asked: text}
	words := strings.Fields(vn.Fold(text))
	q.Stars, words = starsAsked(words)
	q.Today, words = todayAsked(words)
	q.Booth = boothAsked(words)
	q.Text = text
	if q.Stars > 0 || q.Today {
		q.Text = strings.Join(words, " ")
	}
	return q
}

// SearchAsk is a search as it is understood.
type SearchAsk struct {
	Asked string // as typed
	Text  string // its words without what stands below
	Stars int    // "4 sao": products with at least so many in force
	Today bool   // "hôm nay": what is on and sold today
	Booth string // "A05": the search is the code of a booth
	Exact bool   // no word is to be read as another
	// Sold are the products that are sold today; they come first.
	Sold []registry.ProductID

	home registry.Area // the province of the installation
}

// Empty reports whether nothing is asked for.
func (q SearchAsk) Empty() bool { return vn.Fold(q.Text) == "" && q.Stars == 0 && !q.Today }
