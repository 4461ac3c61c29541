package view

// ListFiles are the addresses at which a list of the office goes out as a file, narrowed as
// its page is.
type ListFiles struct{ XLSX, CSV string }
