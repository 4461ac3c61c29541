// Package registry is the ground floor of hoicho: the types, states, rights and
// errors of the domain. It imports the standard library only, so that a reader
// learns the product from it and every other package may rest on it.
//
// One file holds one concept; the same file name goes up the stack: booth.go
// here, store/booth.go, app/booth.go, web/booth.go.
package registry
