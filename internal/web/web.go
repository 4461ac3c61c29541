// Package web is the server for browsers and gate phones: server-rendered pages on
// Fiber, joined from its doors. A door is an audience and a package of its own: public,
// account, stall, office with office/events, office/booths and office/gates, phone,
// relay. Each has its routes, handlers and pages (html); a handler parses, calls app and
// answers, while rights and rules live in app.
//
// Package frame is what all doors stand in: server, policies, sessions, layouts, forms
// as they come in, errors. Package view is what they draw, and knows neither Fiber nor
// app.
package web

import (
	"sync"

	"hoicho/internal/web/account"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/office"
	"hoicho/internal/web/office/booths"
	"hoicho/internal/web/office/events"
	"hoicho/internal/web/office/gates"
	"hoicho/internal/web/phone"
	"hoicho/internal/web/public"
	"hoicho/internal/web/relay"
	"hoicho/internal/web/stall"
)

// pageFiles are the pages of all doors.
var pageFiles = []frame.PageFiles{
	{Door: "public", Dir: "public", Files: public.Pages},
	{Door: "account", Dir: "account", Files: account.Pages},
	{Door: "stall", Dir: "stall", Files: stall.Pages},
	{Door: "office", Dir: "office", Files: office.Pages},
	{Door: "events", Dir: "office/events", Files: events.Pages},
	{Door: "booths", Dir: "office/booths", Files: booths.Pages},
	{Door: "gates", Dir: "office/gates", Files: gates.Pages},
	{Door: "phone", Dir: "phone", Files: phone.Pages},
	{Door: "relay", Dir: "relay", Files: relay.Pages},
}

// embeddedPages are the pages that the program carries, parsed once however many
// servers it runs: they know nothing of a server.
var embeddedPages = sync.OnceValues(func() (*frame.Pages, error) { return frame.LoadPages(pageFiles, false) })

// pagesFor are the embedded pages, or with dev those of the source tree.
func pagesFor(dev bool) (*frame.Pages, error) {
	if dev {
		return frame.LoadPages(pageFiles, true)
	}
	return embeddedPages()
}

// Server answers browsers and gate phones.
type Server struct {
	*frame.Server
	public  *public.Door
	account *account.Door
	stall   *stall.Door
	office  *office.Door
	events  *events.Door
	booths  *booths.Door
	gates   *gates.Door
	phone   *phone.Door
	relay   *relay.Door
}

// New builds the server and all its routes.
func New(o frame.Options) (*Server, error) {
	var err error
	if o.Pages, err = pagesFor(o.Dev); err != nil {
		return nil, err
	}
	f, err := frame.NewServer(o)
	if err != nil {
		return nil, err
	}
	s := &Server{Server: f, public: public.New(f), account: account.New(f), stall: stall.New(f), gates: gates.New(f),
		phone: phone.New(f), relay: relay.New(f)}
	s.events = events.New(f, s.stall)
	s.booths = booths.New(f, s.stall)
	s.office = office.New(f, s.events, s.stall)
	s.Ways = frame.WaysIn{SignIn: s.account.AskSignIn, SecondStep: s.account.ToSecondStep}
	s.Install(s.Routes())
	return s, nil
}
