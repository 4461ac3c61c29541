package arch

import (
	"go/ast"
	"strings"
	"testing"
)

// hiddenBaseFaults finds pages with a field of their own that hides a field of view.Base, or a
// method without parameters: the frame of every page reads it by name, and would get the page's.
func hiddenBaseFaults(sources []source) (faults []string) {
	base := map[string]bool{}
	for _, s := range sources {
		if s.path == "internal/web/view/base.go" {
			eachStruct(s, func(name string, fields *ast.FieldList) {
				if name == "Base" {
					for _, id := range fieldNames(fields) {
						base[id.Name] = true
					}
				}
			})
		}
		for _, d := range s.file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(s.path, "internal/web/view/") && ofBase(fn) && fn.Type.Params.NumFields() == 0 {
				base[fn.Name.Name] = true
			}
		}
	}
	for _, s := range sources {
		if !strings.HasPrefix(s.path, "internal/web/") {
			continue
		}
		eachStruct(s, func(name string, fields *ast.FieldList) {
			for _, id := range fieldNames(fields) {
				if base[id.Name] && embedsBase(fields) {
					faults = append(faults, s.fault(id, "%s.%s hides what view.Base has that the frame of every page reads: give it another name", name, id.Name))
				}
			}
		})
	}
	return faults
}

// ofBase reports whether a function is a method of Base.
func ofBase(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return false
	}
	of := fn.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	id, ok := of.(*ast.Ident)
	return ok && id.Name == "Base"
}

func eachStruct(s source, fn func(name string, fields *ast.FieldList)) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok {
			if of, ok := spec.Type.(*ast.StructType); ok {
				fn(spec.Name.Name, of.Fields)
			}
		}
		return true
	})
}

func embedsBase(fields *ast.FieldList) bool {
	for _, f := range fields.List {
		if sel, ok := f.Type.(*ast.SelectorExpr); ok && len(f.Names) == 0 && sel.Sel.Name == "Base" {
			return true
		}
	}
	return false
}

func TestNoPageHidesAFieldOfTheBase(t *testing.T) {
	holds(t, hiddenBaseFaults)
	const base = "package view\ntype Base struct{ Title, Lang string; Goal *int }\nfunc (b Base) Unread() string { return b.Title }\nfunc (b *Base) Count(n int) int { return n }\n"
	for _, c := range []struct {
		page string
		bad  []string
	}{
		{"type page struct {\nview.Base\nName string\n}", nil},
		{"type row struct{ Title string }", nil},
		{"type page struct {\nview.Base\nName, Goal string\n}", []string{"page.Goal hides"}},
		{"type page struct {\nview.Base\nUnread []string\nCount int\n}", []string{"page.Unread hides"}},
	} {
		sources := []source{mustParse(t, "internal/web/view/base.go", base), mustParse(t, "internal/web/stall/a.go", "package x\n"+c.page)}
		found := hiddenBaseFaults(sources)
		if len(found) != len(c.bad) || len(found) > 0 && !strings.Contains(found[0], c.bad[0]) {
			t.Errorf("%s: %q, want %q", c.page, found, c.bad)
		}
	}
}

func mustParse(t *testing.T, name, text string) source {
	t.Helper()
	s, err := parse(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
