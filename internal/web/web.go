// Package web is the door for browsers: server-rendered pages on Fiber. A
// handler parses, calls app and answers; rights and rules live in app.
//
// routes.go is the one table of routes with the policy of each; render.go turns
// a typed page into HTML; error.go maps errors to answers; one file per resource
// holds its pages.
package web

// New builds the server and all its routes.
func New(o Options) (*Server, error) {
	s, err := newServer(o)
	if err != nil {
		return nil, err
	}
	s.ways = waysIn{signIn: s.askSignIn, secondStep: s.toSecondStep}
	s.install(s.routes())
	return s, nil
}
