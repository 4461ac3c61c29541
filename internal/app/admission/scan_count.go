package admission

import "hoicho/internal/registry"

// noteScans counts the scans of a book once they are durable, and notes where they were: two
// places at once tell of a copied pass. A void is none.
func (b *book) noteScans() {
	var verdicts []registry.VerdictCode
	for _, s := range b.newScans {
		if s.VoidOf == "" {
			verdicts = append(verdicts, s.Verdict)
		}
	}
	b.app.scanned.Add(verdicts...)
	for _, s := range b.newScans {
		if s.VoidOf == "" && !s.Training && s.Code != "" && s.Mode != registry.Paper && s.Gate > 0 {
			b.app.Passes.ReadAt(s.Code, s.Direction == registry.In, s.Event, s.Gate, s.CorrectedAt)
		}
	}
}

// ScansStored counts the scans that this process has stored since it began, by the
// server's verdict.
func (a *Service) ScansStored() map[registry.VerdictCode]int64 { return a.scanned.Counts() }
