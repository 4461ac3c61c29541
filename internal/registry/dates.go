package registry

import "slices"

// pastDates are the fields of forms whose day lies behind: a day that is typed there
// without its year is the last such day, elsewhere the next.
var pastDates = []string{"issued_on", "legal_issued_on", "legal_filed_on", "signed_on", "day", "down_on", "tu", "den", "since_on", "ended_on", "answered_on", "handed_on"}

// IsPastDate reports whether the day of a form's field lies behind.
func IsPastDate(field string) bool { return slices.Contains(pastDates, field) }

// LastDay is later than every day of the product.
const LastDay = "9999-12-31"
