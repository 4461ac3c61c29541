// Package inspection is what an inspection of the campaign is, as types: checklists as
// dated data, records with their answers, findings and what becomes of them, rounds with
// their teams, and the rules of one of them (S06 of the campaign's plans).
//
// Who may do what, and what is stored, belongs to package app/inspections; supervision by
// the Front to a package of its own.
package inspection
