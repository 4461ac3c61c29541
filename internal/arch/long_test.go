package arch

import (
	"go/ast"
	"regexp"
	"testing"
)

// takesLong matches the tests that only the whole check runs.
var takesLong = regexp.MustCompile(`^Test(Long|(Postgres)?Heavy)`)

// longFaults finds tests whose name says that they take long and that run nevertheless with
// a plain go test, and those that are left out of it although their name does not say so.
func longFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if !s.isTest() {
			continue
		}
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv != nil || f.Body == nil || len(f.Body.List) == 0 {
				continue
			}
			if leavesOut := s.words(f.Body.List[0]) == "need.Long(t)"; leavesOut != takesLong.MatchString(f.Name.Name) {
				faults = append(faults, s.fault(f, "%s: tests named TestLong or TestHeavy, and no others, begin with need.Long(t): go test ./... stays quick", f.Name.Name))
			}
		}
	}
	return faults
}

// words is a node as it is written.
func (s source) words(n ast.Node) string {
	return s.text[s.set.Position(n.Pos()).Offset:s.set.Position(n.End()).Offset]
}

func TestWhatTakesLongIsLeftOutOfAPlainRun(t *testing.T) {
	holds(t, longFaults)
	catches(t, longFaults,
		sample{"internal/app/a_test.go", "package x\nfunc TestLongA(t *testing.T) {\nneed.Long(t)\n}\nfunc TestB(t *testing.T) { f() }", nil},
		sample{"internal/app/a_test.go", "package x\nfunc TestPostgresHeavyA(t *testing.T) { t.Parallel(); need.Long(t) }", []string{"TestPostgresHeavyA"}},
		sample{"internal/app/a_test.go", "package x\nfunc TestA(t *testing.T) { need.Long(t) }", []string{"TestA: tests named"}},
	)
}
