// Command check is the one test command: it installs what the tests need,
// starts a throw-away PostgreSQL, then runs gofmt, vet, staticcheck and every
// test on both database engines and in a real browser. Its last line is
// "N passed, N failed, N skipped".
package main
