package view

import (
	"cmp"

	"hoicho/internal/registry"
)

// PaperStyleField chooses what stands above a paper; of the State where nothing is chosen.
func PaperStyleField(b Base, chosen string) Field {
	return Field{Name: "style", Type: "select", Label: b.T("paper.field.style"), Hint: b.T("paper.field.style.hint"),
		Options: Options(b, "paper.style.", registry.PaperStyles, cmp.Or(chosen, string(registry.StateStyle)))}
}
