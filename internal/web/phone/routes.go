package phone

import (
	"sync"

	"hoicho/internal/web/frame"
)

// Routes are the apps of gate phones and of inspecting phones, and what keeps passes on
// the phones of vendors.
func (s *Door) Routes() []frame.Route {
	return append(append(s.routesOf(&gateApp), s.routesOf(&inspectApp)...), frame.Get("/gian-hang-sw.js", frame.Public, sendPassWorker))
}

// routesOf are the page of an app with what keeps it on a phone. Its version is put together
// when it is first asked for.
func (s *Door) routesOf(app *keptApp) []frame.Route {
	newShell := func() (*appShell, error) { return s.newShell(*app) }
	shell := sync.OnceValues(newShell)
	if s.Pages.Dev() {
		shell = newShell
	}
	return []frame.Route{
		frame.Get(app.Scope, frame.Public, showApp(shell)),
		frame.Get(app.Scope+"/sw.js", frame.Public, s.sendWorker(*app, shell)),
		frame.Get(app.Scope+"/app.webmanifest", frame.Public, sendManifest(*app)),
	}
}
