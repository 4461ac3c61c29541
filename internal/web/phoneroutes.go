package web

import "sync"

// phoneRoutes are the gate app. Its version is put together when it is first asked for.
func (s *Server) phoneRoutes() []route {
	shell := sync.OnceValues(s.newGateShell)
	if s.pages.dev {
		shell = s.newGateShell
	}
	return []route{
		get("/cong", public, s.showGateApp(shell)),
		get("/cong/sw.js", public, s.gateWorker(shell)),
		get("/cong/app.webmanifest", public, s.showGateManifest),
	}
}
