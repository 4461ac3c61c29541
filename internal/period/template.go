package period

// Template is the Word document into which a province has its papers written.
type Template struct {
	Province string // code
	FileName string // as it was uploaded
	SHA256   string // of Data, in hex
	Data     []byte
	SavedAt  int64 // unix ms; 0: there is none
	SavedBy  string
	Version  int64
}

// Is reports whether there is one.
func (t Template) Is() bool { return t.Version > 0 }
