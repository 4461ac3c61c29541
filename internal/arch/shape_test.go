package arch

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"testing"
)

const (
	maxFile     = 400
	maxTestFile = 600
	maxFunc     = 80
	maxTestFunc = 100
	maxParams   = 5
)

// mayBeLong names the tables of routes and wiring, which are read from top to
// bottom like a list, as "path function".
var mayBeLong = map[string]bool{
	"internal/api/routes.go routes": true,
}

func lengthFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if s.isGenerated() {
			continue
		}
		inFile, limit := maxFile, maxFunc
		if s.isTest() {
			inFile, limit = maxTestFile, maxTestFunc
		}
		if lines := strings.Count(s.text, "\n"); lines > inFile {
			faults = append(faults, s.fault(s.file, "the file has %d lines, at most %d: move one of its subjects into a file beside it", lines, inFile))
		}
		for _, f := range functions(s) {
			lines := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
			if lines > limit && !mayBeLong[s.path+" "+f.Name.Name] {
				faults = append(faults, s.fault(f, "%s has %d lines, at most %d", f.Name.Name, lines, limit))
			}
		}
	}
	return faults
}

func paramFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if s.isGenerated() {
			continue
		}
		for _, f := range functions(s) {
			if n := f.Type.Params.NumFields(); n > maxParams {
				faults = append(faults, s.fault(f, "%s has %d parameters, at most %d", f.Name.Name, n, maxParams))
			}
		}
	}
	return faults
}

func functions(s source) (found []*ast.FuncDecl) {
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			found = append(found, f)
		}
	}
	return found
}

// docFaults finds exported names without a comment. Commands export nothing,
// tests are read by their claims.
func docFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if s.isTest() || s.isMain() || s.isGenerated() {
			continue
		}
		for _, d := range s.file.Decls {
			for _, name := range undocumented(d) {
				faults = append(faults, s.fault(d, "%s is exported and has no comment", name))
			}
		}
	}
	return faults
}

func undocumented(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && receiverIsExported(d) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		if d.Tok == token.IMPORT || d.Doc != nil {
			return nil
		}
		for _, spec := range d.Specs {
			names = append(names, undocumentedSpec(spec)...)
		}
	}
	return names
}

func undocumentedSpec(spec ast.Spec) (names []string) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() && spec.Doc == nil && spec.Comment == nil {
			names = append(names, spec.Name.Name)
		}
	case *ast.ValueSpec:
		for _, n := range spec.Names {
			if n.IsExported() && spec.Doc == nil && spec.Comment == nil {
				names = append(names, n.Name)
			}
		}
	}
	return names
}

// receiverIsExported reports whether the function is no method or one of an
// exported type: methods of unexported types serve an interface.
func receiverIsExported(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	exported := true
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = id.IsExported()
			return false
		}
		return exported
	})
	return exported
}

// packageFaults finds packages of which no file says what they are for.
func packageFaults(sources []source) (faults []string) {
	said := map[string]bool{}
	for _, s := range sources {
		said[s.dir()] = said[s.dir()] || !s.isTest() && s.file.Doc != nil
	}
	for _, s := range sources {
		if !said[s.dir()] {
			said[s.dir()] = true
			faults = append(faults, s.dir()+": no file has a comment on the package")
		}
	}
	return faults
}

var leftOver = regexp.MustCompile(`\b(TODO|FIXME|XXX)\b|[-=*/#]{6,}`)

// leftOverFaults finds notes to oneself and banners in comments.
func leftOverFaults(sources []source) (faults []string) {
	for _, s := range sources {
		for _, group := range s.file.Comments {
			for _, c := range group.List {
				if m := leftOver.FindString(strings.TrimLeft(c.Text, "/*")); m != "" {
					faults = append(faults, s.fault(c, "the comment has %s in it", m))
				}
			}
		}
	}
	return faults
}

func TestFilesAndFunctionsAreShort(t *testing.T) {
	holds(t, lengthFaults)
	long := func(lines int) string {
		return "package x\n\nfunc routes() {\n" + strings.Repeat("\n", lines-2) + "}\n"
	}
	catches(t, lengthFaults,
		sample{"internal/app/a.go", long(maxFunc), nil},
		sample{"internal/app/a.go", long(maxFunc + 1), []string{"routes has 81 lines"}},
		sample{"internal/app/a_test.go", long(maxTestFunc), nil},
		sample{"internal/app/a_test.go", long(maxTestFunc + 1), []string{"routes has 101 lines"}},
		sample{"internal/api/routes.go", long(maxFunc + 1), nil},
		sample{"internal/app/a.go", "package x\n" + strings.Repeat("\n", maxFile), []string{"the file has 401 lines"}},
		sample{"internal/app/a_test.go", "package x\n" + strings.Repeat("\n", maxFile), nil},
		sample{"internal/app/a_test.go", "package x\n" + strings.Repeat("\n", maxTestFile), []string{"the file has 601 lines"}},
		sample{"internal/app/a.go", "// Code generated by x. DO NOT EDIT.\n\npackage x\n" + strings.Repeat("\n", maxFile), nil},
	)
}

func TestFunctionsTakeFewParameters(t *testing.T) {
	holds(t, paramFaults)
	catches(t, paramFaults,
		sample{"internal/app/a.go", "package x\nfunc f(a, b, c int, d, e string) {}", nil},
		sample{"internal/app/a.go", "package x\nfunc f(a, b, c int, d, e string, g ...any) {}\nfunc g() {}", []string{"f has 6 parameters"}},
		sample{"internal/app/a.go", "package x\nfunc f(a, b, c int, d, e, g string) {}", []string{"f has 6 parameters"}},
	)
}

func TestExportedNamesAreDocumented(t *testing.T) {
	holds(t, docFaults)
	catches(t, docFaults,
		sample{"internal/app/a.go", "package x\n// F is.\nfunc F() {}\n// Ts.\nconst (\nA = 1\nB = 2\n)", nil},
		sample{"internal/app/a.go", "package x\ntype t int\nfunc (t) String() string { return \"\" }\nfunc g() {}", nil},
		sample{"cmd/hoicho/a.go", "package main\nfunc F() {}", nil},
		sample{"internal/app/a_test.go", "package x\nfunc F() {}", nil},
		sample{"internal/app/a.go", "package x\nfunc F() {}\ntype T struct{}", []string{"F is exported", "T is exported"}},
		sample{"internal/app/a.go", "package x\n// T is.\ntype T[K any] struct{}\nfunc (*T[K]) M() {}", []string{"M is exported"}},
		sample{"internal/app/a.go", "package x\nvar (\nA int // one\nB int\n)", []string{"B is exported"}},
	)
}

func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	holds(t, packageFaults)
	catches(t, packageFaults,
		sample{"internal/app/a.go", "// Package app is.\npackage app", nil},
		sample{"internal/app/a.go", "package app", []string{"internal/app: no file"}},
		sample{"internal/app/a_test.go", "// Package app is.\npackage app", []string{"internal/app: no file"}},
	)
}

func TestCommentsHoldNoLeftOvers(t *testing.T) {
	holds(t, leftOverFaults)
	catches(t, leftOverFaults,
		sample{"internal/app/a.go", "package x\n\n// one -- two\n", nil},
		sample{"internal/app/a.go", "package x\n\n// TODO later\n", []string{"TODO"}},
		sample{"internal/app/a.go", "package x\n\n// " + strings.Repeat("-", 20) + "\n", []string{"----"}},
	)
}
