// Package vn holds what is Vietnamese and pure: how text is searched, sorted
// and cleaned, tax codes, bar codes, phones, money, dates and the lunar
// calendar. It knows nothing of fairs and keeps no state that a caller can see.
package vn

// Fault is what is wrong with something that a person typed. Its text is the
// key of the message in the i18n catalogue, so that the caller can attach it
// to the form field at fault without knowing the rule.
type Fault string

// Error returns the key of the message.
func (f Fault) Error() string { return string(f) }

// The faults that this package reports.
const (
	FaultTaxCodeLength Fault = "error.tax_code_length" // neither 10, 12 nor 13 digits
	FaultTaxCodeCheck  Fault = "error.tax_code_check"  // the tenth digit does not fit the nine before it
	FaultTaxCodeBranch Fault = "error.tax_code_branch" // dependent units are numbered 001 to 999
	FaultGTINLength    Fault = "error.gtin_length"     // neither 8, 12, 13 nor 14 digits
	FaultGTINCheck     Fault = "error.gtin_check"      // the last digit does not fit the others
	FaultPhone         Fault = "error.phone"           // neither a mobile nor a landline number of Viet Nam
	FaultNumber        Fault = "error.number"          // not a whole number from zero up
	FaultNegative      Fault = "error.negative"        // less than zero
	FaultMoney         Fault = "error.money"           // not an amount of đồng, or one that may be meant in two ways
	FaultNumberTooBig  Fault = "error.number_too_big"  // more than 64 bits hold
	FaultDate          Fault = "error.date"            // not a date, or a day that the calendar does not have
	FaultClock         Fault = "error.clock"           // not a time of day
)
