// Package testkit is what the tests share: the application on a temporary
// database of either engine, a real browser with a camera that is not there,
// and readers for the pages it shows. Only tests may import it.
package testkit
