package arch

import (
	"go/ast"
	"go/token"
	"go/types"
	"testing"
)

// builtinFaults finds names that hide a function, type or constant of the language:
// who reads max(a, b) further down must not look up what max is here.
func builtinFaults(sources []source) (faults []string) {
	for _, s := range sources {
		ast.Inspect(s.file, func(n ast.Node) bool {
			for _, id := range declared(n) {
				if types.Universe.Lookup(id.Name) != nil {
					faults = append(faults, s.fault(id, "%s is a name of the language: say what it holds here", id.Name))
				}
			}
			return true
		})
	}
	return faults
}

// declared are the names that a node declares in the scope around it. Methods and
// fields hide nothing.
func declared(n ast.Node) (names []*ast.Ident) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		names = fieldNames(n.Recv)
		if n.Recv == nil {
			names = append(names, n.Name)
		}
	case *ast.FuncType:
		for _, list := range []*ast.FieldList{n.TypeParams, n.Params, n.Results} {
			names = append(names, fieldNames(list)...)
		}
	case *ast.TypeSpec:
		names = append(fieldNames(n.TypeParams), n.Name)
	case *ast.ValueSpec:
		names = n.Names
	case *ast.ImportSpec:
		if n.Name != nil {
			names = append(names, n.Name)
		}
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE {
			names = identifiers(n.Lhs...)
		}
	case *ast.RangeStmt:
		if n.Tok == token.DEFINE {
			names = identifiers(n.Key, n.Value)
		}
	}
	return names
}

func fieldNames(list *ast.FieldList) (names []*ast.Ident) {
	if list == nil {
		return nil
	}
	for _, f := range list.List {
		names = append(names, f.Names...)
	}
	return names
}

func identifiers(exprs ...ast.Expr) (names []*ast.Ident) {
	for _, e := range exprs {
		if id, ok := e.(*ast.Ident); ok {
			names = append(names, id)
		}
	}
	return names
}

func TestNoNameHidesABuiltin(t *testing.T) {
	holds(t, builtinFaults)
	catches(t, builtinFaults,
		sample{"internal/app/a.go", "package x\nfunc f(most int) { low := min(most, 1); _ = low }", nil},
		sample{"internal/app/a.go", "package x\ntype t struct{ len int }\nfunc (t) close() {}", nil},
		sample{"internal/app/a.go", "package x\nfunc f(max int) (new string) { return }", []string{"max is a name", "new is a name"}},
		sample{"internal/app/a_test.go", "package x\nfunc f() {\nmake, n := 1, 2\nfor cap := range n { _ = cap }\nvar copy = func(any int) {}\n}",
			[]string{":3: make is", ":4: cap is", ":5: copy is", ":5: any is"}},
		sample{"internal/app/a.go", "package x\nimport print \"fmt\"\ntype error[string any] int\nfunc real() {}",
			[]string{"print is", "string is", "error is", "real is"}},
	)
}
