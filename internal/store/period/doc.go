// Package period is the SQL of what is reported for parts of years: reports with their locks,
// exceptions and addenda, and the figures that registers hold, counted by unit or row by row.
package period
