// Package period is what is reported for a part of a year: forms as dated data, which figures
// they ask for, how a report goes from open to locked, and who is refused what on the way.
//
// It knows no database and no texts of pages: figures are counted by store/period, pages are
// drawn by web/office/periods.
package period
