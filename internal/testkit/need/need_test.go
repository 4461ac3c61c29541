package need

import "testing"

func TestProgramSkipsOutsideCIOnly(t *testing.T) {
	for _, c := range []struct{ ci, program, want string }{
		{"", "go", "went on"},
		{"1", "go", "went on"},
		{"", "no-such-program", "skipped"},
		{"1", "no-such-program", "failed"},
	} {
		t.Setenv("HOICHO_CI", c.ci)
		e := EndingOf(t, func(tb testing.TB) { Program(tb, c.program) })
		if e.How != c.want {
			t.Errorf("HOICHO_CI=%q Program(%q) %s, want %s", c.ci, c.program, e.How, c.want)
		}
	}
}

func TestWhatTakesLongRunsWhereItIsAskedFor(t *testing.T) {
	for _, c := range []struct{ ci, long, want string }{
		{"", "", "skipped"},
		{"", "0", "skipped"},
		{"", "1", "went on"},
		{"1", "", "went on"},
	} {
		t.Setenv("HOICHO_CI", c.ci)
		t.Setenv("HOICHO_LONG", c.long)
		if e := EndingOf(t, Long); e.How != c.want {
			t.Errorf("HOICHO_CI=%q HOICHO_LONG=%q: it %s, want %s", c.ci, c.long, e.How, c.want)
		}
	}
}
