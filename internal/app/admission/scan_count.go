package admission

import "hoicho/internal/registry"

// noteScans counts the scans of a book once they are durable. A void is none.
func (b *book) noteScans() {
	var verdicts []registry.VerdictCode
	for _, s := range b.newScans {
		if s.VoidOf == "" {
			verdicts = append(verdicts, s.Verdict)
		}
	}
	b.app.scanned.Add(verdicts...)
}

// ScansStored counts the scans that this process has stored since it began, by the
// server's verdict.
func (a *Service) ScansStored() map[registry.VerdictCode]int64 { return a.scanned.Counts() }
