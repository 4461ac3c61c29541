package imports

import (
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store/intake"
)

// Sample is a workbook with the headings of a register in a language, to be filled in. It is
// NotFound for whoever may not take files into it.
func (s *Service) Sample(actor registry.Actor, kind intake.Kind, lang string) (registry.File, error) {
	r, known := s.registers[kind]
	if !known || !actor.CanSomewhere(r.right()) {
		return registry.File{}, registry.E(registry.NotFound, "error.not_found")
	}
	var labels []string
	for _, c := range r.columns() {
		labels = append(labels, c.Label)
	}
	return report.Headings(lang, "import.kind."+string(kind), labels).File("mau-"+string(kind), report.FormXLSX)
}
