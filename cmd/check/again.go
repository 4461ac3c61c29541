package main

import (
	"slices"
	"strings"
)

// mayTryAgain is how many tests of one run may be run once more. More than these are not
// bad luck.
const mayTryAgain = 3

// tryAgain runs each test that has failed since the known failures once more, alone: a
// browser is another program, which a busy machine can keep waiting. What passes then counts
// as passed and is named in the summary as unsteady, since once is a fault to be looked for;
// its first output stands above.
func (r *runner) tryAgain(run testRun, known int) {
	var tests []failure
	for _, f := range r.failures[known:] {
		top, _, _ := strings.Cut(f.test, "/")
		if top == "" { // a step or a package
			return
		}
		if f = (failure{pkg: f.pkg, test: top}); !slices.Contains(tests, f) {
			tests = append(tests, f)
		}
	}
	if len(tests) > mayTryAgain {
		return
	}
	for _, f := range tests {
		r.say("   once more, alone: %s %s\n", short(f.pkg), f.test)
		once := tally{report: r.report}
		alone := testRun{name: run.name + ", once more", engine: run.engine, args: []string{"-run", "^" + f.test + "$", f.pkg}}
		if n, err := r.goTest(alone, &once); err == nil && n > 0 && once.failed == 0 && once.skipped == 0 {
			r.forgive(f)
		}
	}
}

// forgive counts a test and its subtests, which failed, as passed.
func (t *tally) forgive(test failure) {
	of := func(f failure) bool {
		return f.pkg == test.pkg && (f.test == test.test || strings.HasPrefix(f.test, test.test+"/"))
	}
	for _, f := range t.failures {
		if of(f) {
			t.failed--
			t.passed++
			t.unsteady = append(t.unsteady, f.name)
		}
	}
	t.failures = slices.DeleteFunc(t.failures, of)
}
