// Package papertemplate says for which kinds of paper an office keeps a Word template of its own.
//
// How a template is filled belongs to package docxtemplate, what a paper offers it to
// report/fields.
package papertemplate

// Kind is a kind of paper that can be had in a template.
type Kind string

// The kinds.
const (
	OfPeriod  Kind = "period"  // what a committee reports of a period
	OfCommune Kind = "commune" // what a commune reports of a period
	OfBranch  Kind = "branch"  // what a branch or an organisation reports of a period
	OfSeries  Kind = "series"  // what a series of sessions came to
	OfEvent   Kind = "event"   // the result report of an event
)

// Key names a template: there is one for each kind of paper of an owner.
type Key struct {
	Kind  Kind
	Owner string // a unit or a body; see app/templates
}

// Template is the Word document into which an owner has its papers of a kind written.
type Template struct {
	Key
	FileName string // as it was uploaded
	SHA256   string // of Data, in hex
	Data     []byte
	SavedAt  int64 // unix ms; 0: there is none
	SavedBy  string
	Version  int64
}

// Is reports whether there is one.
func (t Template) Is() bool { return t.Version > 0 }
