// Package app holds the use cases: each one checks a right, opens a
// transaction, applies a rule, writes one audit line and, where people must be
// told, rows of the outbox. Every door (web, api, jobs, command line) comes
// through here, so a rule cannot be forgotten at one of them.
//
// This package only joins the rooms below it, one per subject: a use case belongs to the
// room of its subject, one that spans several to package lifecycle, what all need to core.
package app

import (
	"bytes"
	"io/fs"
	"log/slog"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/admission"
	"hoicho/internal/app/archive"
	"hoicho/internal/app/articles"
	"hoicho/internal/app/booths"
	"hoicho/internal/app/campaign"
	"hoicho/internal/app/communications"
	"hoicho/internal/app/core"
	"hoicho/internal/app/costs"
	"hoicho/internal/app/draw"
	"hoicho/internal/app/events"
	"hoicho/internal/app/floorplans"
	"hoicho/internal/app/imports"
	"hoicho/internal/app/inspections"
	"hoicho/internal/app/lifecycle"
	"hoicho/internal/app/lists"
	"hoicho/internal/app/openfigures"
	"hoicho/internal/app/passes"
	"hoicho/internal/app/periods"
	"hoicho/internal/app/personal"
	"hoicho/internal/app/places"
	"hoicho/internal/app/planning"
	"hoicho/internal/app/procurement"
	"hoicho/internal/app/reports"
	"hoicho/internal/app/seriespaper"
	"hoicho/internal/app/stimulus"
	"hoicho/internal/app/supervision"
	"hoicho/internal/app/surveys"
	"hoicho/internal/app/templates"
	"hoicho/internal/app/tips"
	"hoicho/internal/app/vendors"
	"hoicho/internal/app/vouchers"
	"hoicho/internal/inspection"
	"hoicho/internal/pass"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
	"hoicho/internal/yearplan"
)

// Options are what an App is made of.
type Options struct {
	DB        *store.DB
	Areas     *registry.Areas       // from Units
	Laws      registry.LawPapers    // from package data
	Lists     inspection.Checklists // from package data
	Forms     period.Forms          // from package data
	MasterKey pass.MasterKey        // seals pass keys and second factors
	BaseURL   string
	Demo      bool // throw-away data: no second factor asked of office roles
	NoMail    bool // letters go into a folder: whoever has an address is to be called too
	Log       *slog.Logger
	// Relay says that this is a relay: what its phones send is kept for the server
	// that it stands in for.
	Relay bool
	// CheapPasswords makes hashing quick, for tests only.
	CheapPasswords bool
}

// App runs the use cases on one database: those that belong to no subject by itself,
// those of a subject by the field that is named for it, as in app.Booths.Approve.
type App struct {
	*core.Core
	Accounts       *accounts.Service
	Events         *events.Service
	Vendors        *vendors.Service
	Passes         *passes.Service
	Booths         *booths.Service
	FloorPlans     *floorplans.Service
	Admission      *admission.Service
	Reports        *reports.Service
	Tips           *tips.Service
	Campaign       *campaign.Service
	Communications *communications.Service
	Lifecycle      *lifecycle.Service
	Articles       *articles.Service
	Places         *places.Service
	Planning       *planning.Service
	Stimulus       *stimulus.Service
	Surveys        *surveys.Service
	Vouchers       *vouchers.Service
	Procurement    *procurement.Service
	Costs          *costs.Service
	Inspections    *inspections.Service
	Supervision    *supervision.Service
	Imports        *imports.Service
	OpenFigures    *openfigures.Service
	Periods        *periods.Service
	Archive        *archive.Service
	Personal       *personal.Service
	SeriesPaper    *seriespaper.Service
	Templates      *templates.Service
	Draws          *draw.Service
	Lists          *lists.Service
}

// Units reads the administrative units (package data), with the folding and the
// order that the rest of the product uses.
func Units(files fs.FS) (*registry.Areas, error) {
	return registry.ParseAreas(files, vn.Fold, vn.SortKey)
}

// Rules reads the legal papers and the checklists that name them (package data).
func Rules(papers, checklists []byte) (laws registry.LawPapers, lists inspection.Checklists, err error) {
	if laws, err = registry.ParseLawPapers(bytes.NewReader(papers)); err == nil {
		lists, err = inspection.ParseChecklists(bytes.NewReader(checklists), laws)
	}
	return laws, lists, err
}

// ReportForms reads the forms of reports and when they are filed (package data).
func ReportForms(fields, periods []byte) (period.Forms, error) {
	return period.ParseForms(bytes.NewReader(fields), bytes.NewReader(periods))
}

// New makes an App. The database must have been migrated; it is guarded with the master
// key from now on. Close ends the App.
func New(o Options) (*App, error) {
	c := &core.Core{DB: o.DB, Areas: o.Areas, Laws: o.Laws, MasterKey: o.MasterKey, BaseURL: o.BaseURL,
		Demo: o.Demo, NoMail: o.NoMail, Log: o.Log}
	if err := c.Open(); err != nil {
		return nil, err
	}
	a := &App{Core: c, Accounts: accounts.New(c, o.CheapPasswords), Events: events.New(c), Tips: tips.New(c)}
	a.Vendors = vendors.New(c, a.Events)
	a.Passes = passes.New(c, a.Events)
	a.Booths = booths.New(c, a.Events, a.Passes)
	a.Draws = draw.New(c, a.Events, a.Booths)
	a.FloorPlans = floorplans.New(c, a.Events, a.Booths)
	a.Admission = admission.New(c, a.Events, a.Passes, o.Relay)
	a.Vouchers = vouchers.New(c, a.Events, a.Passes)
	a.Reports = reports.New(c, a.Events)
	a.Campaign = campaign.New(c, a.Events)
	a.Communications = communications.New(c, a.Events)
	a.Articles = articles.New(c, a.Events)
	a.Stimulus = stimulus.New(c, a.Events)
	neighbours, err := yearplan.ReadNeighbours(o.Areas.Tables())
	if err != nil {
		return nil, err
	}
	a.Planning = planning.New(c, a.Events, neighbours)
	a.Places, a.Surveys = places.New(c, a.Events), surveys.New(c)
	a.Procurement, a.Costs = procurement.New(c, a.Events), costs.New(c)
	a.Supervision, a.Imports, a.OpenFigures = supervision.New(c), imports.New(c, a.Vendors), openfigures.New(c)
	a.Periods, a.SeriesPaper = periods.New(c, o.Forms), seriespaper.New(c)
	a.Archive, a.Personal, a.Templates = archive.New(c, a.Periods, a.Reports), personal.New(c), templates.New(c)
	a.Inspections = inspections.New(c, a.Events, o.Lists)
	a.Lists = lists.New(c, lists.Rooms{Events: a.Events, Vendors: a.Vendors, Booths: a.Booths, Passes: a.Passes, Reports: a.Reports, Tips: a.Tips, Campaign: a.Campaign,
		Inspections: a.Inspections, Accounts: a.Accounts, Admission: a.Admission, Articles: a.Articles, Stimulus: a.Stimulus, Surveys: a.Surveys})
	a.Lifecycle = &lifecycle.Service{Core: c, Admission: a.Admission, Booths: a.Booths, Events: a.Events,
		Passes: a.Passes, Reports: a.Reports, Tips: a.Tips}
	return a, nil
}

// Close ends what the application does in the background: everything handed in is
// written and answered first. The database is closed after it.
func (a *App) Close() { a.Admission.CloseGates() }
