// Package committee holds the words of the campaign as types: the bodies that carry it,
// the plan of a year, its strands and tasks, what was done to spread it, and their rules
// of one value. Package registry says the same of fairs, vendors and passes.
//
// Nothing here reads or stores: that is app/campaign and store.
package committee
