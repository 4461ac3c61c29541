package view

// CheckItem is a line of a checklist as a form draws it: the partial "check-item".
type CheckItem struct {
	N        int
	Code     string
	Text     string
	Law      string // "" none was verified
	Safety   bool
	Answers  []Option
	Note     string
	Fault    string
	Finds    bool // asks for a remedy and a deadline too
	Remedy   string
	Due      string
	DueShape string
	Holds    []Option // of a joint check: whether it holds the booth
}
