// Package demo fills an empty database with a province to try out: real units,
// producers, products and fairs (package data), and made-up sessions, people and
// papers around today. Everything goes through the use cases of package app, with
// the clock of the database put back to when it would have happened, so rights,
// audit lines, passes and notices are those of real life.
//
// session.go plays what happened at an event, timeline.go puts all of it in the
// order of time.
package demo
