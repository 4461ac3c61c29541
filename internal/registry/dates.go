package registry

import "slices"

// pastDates are the fields of forms whose day lies behind: a day that is typed there
// without its year is the last such day, elsewhere the next.
var pastDates = []string{"issued_on", "legal_issued_on", "legal_filed_on", "signed_on", "day", "tu", "den"}

// IsPastDate reports whether the day of a form's field lies behind.
func IsPastDate(field string) bool { return slices.Contains(pastDates, field) }
