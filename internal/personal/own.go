package personal

// OwnPart is a table of what is kept of a person. A column that ends in _at, or is "at", holds
// unix ms, 0 for never; one that ends in _on a day.
type OwnPart struct {
	Name    string
	Columns []string
	Rows    [][]any
	More    bool // there are older rows that it leaves out
}

// OwnData is all that is kept of a person.
type OwnData struct {
	Parts []OwnPart
	Areas map[string]string // names of the areas that stand in it by their codes
	At    int64             // unix ms
}

// Count is how many rows it has.
func (d OwnData) Count() (n int) {
	for _, p := range d.Parts {
		n += len(p.Rows)
	}
	return n
}
