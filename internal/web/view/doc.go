// Package view is what pages are made of: the base of every page, fields and faults of
// forms, parts such as cards, chips, charts and lists, clocks and addresses as they are
// written. Its html holds the parts; html/README.md lists them.
//
// It is pure: no Fiber, no app, no database. What reads a request belongs to package
// frame.
package view
