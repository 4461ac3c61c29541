package gate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/registry"
)

// listCase is a list that a phone holds, an answer of the server, and the list
// afterwards.
type listCase struct {
	Name   string                        `json:"name"`
	Held   *heldList                     `json:"held"`
	Answer heldList                      `json:"answer"`
	Taken  bool                          `json:"taken"`
	Want   map[string]registry.PassState `json:"want"`
}

// heldList is what matters of a snapshot when lists are laid over each other.
type heldList struct {
	Epoch   int64                         `json:"epoch"`
	Version int64                         `json:"version"`
	Partial bool                          `json:"partial,omitempty"`
	Passes  map[string]registry.PassState `json:"passes"` // state by code
}

func (l *heldList) snapshot() *Snapshot {
	if l == nil {
		return nil
	}
	s := &Snapshot{Epoch: l.Epoch, Version: l.Version, Partial: l.Partial, Passes: Passes{}}
	for code, state := range l.Passes {
		s.Passes[code] = Pass{Code: code, State: state}
	}
	return s
}

// The words of the list cases: a and b are codes, the letter after each its state.

func states(words ...string) map[string]registry.PassState {
	all := map[string]registry.PassState{}
	for _, w := range words {
		state := map[byte]registry.PassState{'v': registry.PassValid, 'b': registry.PassBlocked, 'r': registry.PassRevoked}[w[1]]
		all[w[:1]] = state
	}
	return all
}

func whole(epoch, version int64, words ...string) heldList {
	return heldList{Epoch: epoch, Version: version, Passes: states(words...)}
}

func partial(epoch, version int64, words ...string) heldList {
	return heldList{Epoch: epoch, Version: version, Partial: true, Passes: states(words...)}
}

func layCases() []listCase {
	held := whole(1, 5, "av", "br")
	from := func(name string, answer heldList, want ...string) listCase {
		return listCase{Name: "list: " + name, Held: &held, Answer: answer, Taken: true, Want: states(want...)}
	}
	refused := func(name string, answer heldList) listCase {
		return listCase{Name: "list: " + name, Held: &held, Answer: answer, Want: held.Passes}
	}
	return []listCase{
		{Name: "list: the first", Answer: whole(1, 5, "av", "br"), Taken: true, Want: states("av", "br")},
		{Name: "list: the first, partial", Answer: partial(0, 0, "av"), Taken: true, Want: states("av")},
		from("the same once more", whole(1, 5, "av", "br"), "av", "br"),
		from("newer by one", whole(1, 6, "ab", "br"), "ab", "br"),
		from("newer, a pass is gone", whole(1, 6, "br"), "br"),
		from("newer, a pass is new", partial(1, 6, "cv"), "av", "br", "cv"),
		from("partial keeps the rest", partial(1, 7, "ab"), "ab", "br"),
		from("partial and empty", partial(1, 6), "av", "br"),
		from("partial of the same version", partial(1, 5, "ab"), "ab", "br"),
		from("revoked now", partial(1, 6, "ar"), "ar", "br"),
		from("revoked stays, partial", partial(1, 6, "bv"), "av", "br"),
		from("revoked stays, whole", whole(1, 6, "av", "bv"), "av", "br"),
		from("revoked stays, blocked", whole(1, 6, "av", "bb"), "av", "br"),
		from("revoked and left out", whole(1, 6, "av"), "av", "br"),
		refused("older by one", whole(1, 4, "av", "bv")),
		refused("older, partial", partial(1, 4, "ab")),
		refused("older, from the beginning", whole(1, 0)),
		from("another epoch may be older", whole(2, 1, "ab"), "ab", "br"),
		from("another epoch, revoked stays", whole(2, 1, "av", "bv"), "av", "br"),
		from("an epoch of a smaller number", whole(0, 9, "av"), "av", "br"),
	}
}

func runListCase(t *testing.T, c listCase) {
	t.Helper()
	list, ok := Lay(c.Held.snapshot(), *c.Answer.snapshot())
	got := map[string]registry.PassState{}
	for code, p := range list.Passes {
		got[code] = p.State
	}
	if diff := cmp.Diff(c.Want, got); ok != c.Taken || diff != "" {
		t.Errorf("taken %v, want %v; want -, got +\n%s", ok, c.Taken, diff)
	}
}
