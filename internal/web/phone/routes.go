package phone

import (
	"sync"

	"hoicho/internal/web/frame"
)

// Routes are the gate app. Its version is put together when it is first asked for.
func (s *Door) Routes() []frame.Route {
	shell := sync.OnceValues(s.newGateShell)
	if s.Pages.Dev() {
		shell = s.newGateShell
	}
	return []frame.Route{
		frame.Get("/cong", frame.Public, s.showGateApp(shell)),
		frame.Get("/cong/sw.js", frame.Public, s.gateWorker(shell)),
		frame.Get("/cong/app.webmanifest", frame.Public, s.showGateManifest),
	}
}
