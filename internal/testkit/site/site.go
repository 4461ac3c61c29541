// Package site gives the tests that import it the pages to serve: testkit itself knows none
// of them, so that the tests of rooms need not be linked with all doors and built anew when a
// page changes.
package site

import (
	"log/slog"

	"hoicho/internal/app"
	"hoicho/internal/config"
	"hoicho/internal/testkit"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

func init() {
	testkit.NewSite = func(a *app.App, c config.Config, log *slog.Logger) (testkit.Site, error) {
		return web.New(frame.Options{App: a, Config: c, Log: log, Version: "test"})
	}
}

// Of starts the web server of a kit as its Serve does, for tests that need the server itself
// too.
func Of(k *testkit.Kit) (*web.Server, string) {
	k.T.Helper()
	d := k.Door()
	return d.Site.(*web.Server), d.Base
}
