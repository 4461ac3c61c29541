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
	"hoicho/internal/web/office/articles"
	"hoicho/internal/web/office/booths"
	"hoicho/internal/web/office/campaign"
	"hoicho/internal/web/office/communications"
	"hoicho/internal/web/office/costs"
	"hoicho/internal/web/office/draws"
	"hoicho/internal/web/office/events"
	"hoicho/internal/web/office/floorplans"
	"hoicho/internal/web/office/gates"
	"hoicho/internal/web/office/imports"
	"hoicho/internal/web/office/inspections"
	"hoicho/internal/web/office/periods"
	"hoicho/internal/web/office/personal"
	"hoicho/internal/web/office/places"
	"hoicho/internal/web/office/planning"
	"hoicho/internal/web/office/procurement"
	"hoicho/internal/web/office/supervision"
	"hoicho/internal/web/office/surveys"
	"hoicho/internal/web/office/vouchers"
	"hoicho/internal/web/phone"
	"hoicho/internal/web/public"
	"hoicho/internal/web/relay"
	"hoicho/internal/web/stall"
)

// pageFiles are the pages of all doors.
var pageFiles = []frame.PageFiles{
	{Dir: "public", Files: public.Pages},
	{Dir: "account", Files: account.Pages},
	{Dir: "stall", Files: stall.Pages},
	{Dir: "office", Files: office.Pages},
	{Dir: "office/events", Files: events.Pages},
	{Dir: "office/booths", Files: booths.Pages},
	{Dir: "office/floorplans", Files: floorplans.Pages},
	{Dir: "office/gates", Files: gates.Pages},
	{Dir: "office/vouchers", Files: vouchers.Pages},
	{Dir: "office/articles", Files: articles.Pages},
	{Dir: "office/campaign", Files: campaign.Pages},
	{Dir: "office/communications", Files: communications.Pages},
	{Dir: "office/places", Files: places.Pages},
	{Dir: "office/planning", Files: planning.Pages},
	{Dir: "office/surveys", Files: surveys.Pages},
	{Dir: "office/procurement", Files: procurement.Pages},
	{Dir: "office/costs", Files: costs.Pages},
	{Dir: "office/draws", Files: draws.Pages},
	{Dir: "office/imports", Files: imports.Pages},
	{Dir: "office/supervision", Files: supervision.Pages},
	{Dir: "office/periods", Files: periods.Pages},
	{Dir: "office/inspections", Files: inspections.Pages},
	{Dir: "office/personal", Files: personal.Pages},
	{Dir: "phone", Files: phone.Pages},
	{Dir: "relay", Files: relay.Pages},
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
	public         *public.Door
	account        *account.Door
	stall          *stall.Door
	office         *office.Door
	events         *events.Door
	booths         *booths.Door
	floorplans     *floorplans.Door
	gates          *gates.Door
	vouchers       *vouchers.Door
	phone          *phone.Door
	relay          *relay.Door
	communications *communications.Door
	campaign       *campaign.Door
	places         *places.Door
	planning       *planning.Door
	surveys        *surveys.Door
	procurement    *procurement.Door
	costs          *costs.Door
	draws          *draws.Door
	imports        *imports.Door
	supervision    *supervision.Door
	inspections    *inspections.Door
	periods        *periods.Door
	articles       *articles.Door
	personal       *personal.Door
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
	s := &Server{Server: f, public: public.New(f), account: account.New(f), stall: stall.New(f), floorplans: floorplans.New(f), gates: gates.New(f), vouchers: vouchers.New(f),
		phone: phone.New(f), relay: relay.New(f), campaign: campaign.New(f), communications: communications.New(f), places: places.New(f), planning: planning.New(f), surveys: surveys.New(f),
		articles: articles.New(f), procurement: procurement.New(f), costs: costs.New(f), draws: draws.New(f), imports: imports.New(f), supervision: supervision.New(f), inspections: inspections.New(f), periods: periods.New(f), personal: personal.New(f)}
	s.events = events.New(f, s.stall)
	s.booths = booths.New(f, s.stall)
	s.office = office.New(f, s.events, s.stall)
	s.Ways = frame.WaysIn{SignIn: s.account.AskSignIn, SecondStep: s.account.ToSecondStep}
	s.Install(s.Routes())
	return s, nil
}
