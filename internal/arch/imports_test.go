package arch

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport names every package of the tree and which of ours it may import, with
// what lies below each; "*" is all of them. A package that is missing here is a
// fault, and so is a word of a row that its package does not use. Blocks stand from
// the ground floor up: rooms on core, doors on frame, and what joins them last.
var mayImport = map[string]string{
	"internal/fact":       "",
	"internal/outline":    "",
	"internal/registry":   "fact outline",
	"internal/vn":         "",
	"internal/i18n":       "",
	"internal/draw":       "registry",
	"internal/recurrence": "registry vn i18n",
	"internal/config":     "",
	"internal/fonts":      "",
	"internal/chart":      "vn fonts outline",
	"internal/card":       "fonts",
	"internal/arch":       "",
	"static":              "",
	"data":                "",
	"internal/pass":       "registry",
	"internal/gate":       "registry pass",
	"internal/committee":  "registry",
	"internal/stimulus":   "registry vn",
	"internal/inspection": "registry",
	"internal/period":     "committee registry vn",
	"internal/store":      "registry committee inspection recurrence stimulus vn fact store/changes",
	"internal/personal":   "vn",
	"internal/notify":     "registry",
	"internal/print":      "floorplan registry pass i18n fonts",
	"internal/report":     "chart outline period registry report/fields vn i18n fonts",
	"internal/sheet":      "registry vn",
	"internal/floorplan":  "",
	"internal/yearplan":   "registry vn",

	"internal/yearplan/paste": "registry sheet vn",

	"internal/docxtemplate":     "",
	"internal/papertemplate":    "",
	"internal/report/fields":    "docxtemplate",
	"internal/report/own":       "personal registry vn i18n",
	"internal/report/drawpaper": "draw registry report vn i18n",
	"internal/report/series":    "chart period registry report report/fields vn i18n",

	"internal/store/draw":     "draw registry store",
	"internal/store/intake":   "registry store",
	"internal/store/yearplan": "registry store",

	"internal/store/changes":       "", // the store's, and of whoever keeps ready what it was made from
	"internal/store/floorplan":     "floorplan registry store",
	"internal/store/openfigures":   "registry store",
	"internal/store/period":        "period registry store vn",
	"internal/store/personal":      "personal registry store vn",
	"internal/store/papertemplate": "papertemplate registry store",
	"internal/store/seriespaper":   "recurrence registry store",

	"internal/app/core":            "personal registry vn pass store store/changes fact",
	"internal/app/field":           "app/core registry vn fact",
	"internal/app/accounts":        "app/core personal registry vn pass store fact",
	"internal/app/events":          "app/core app/field registry vn pass store fact",
	"internal/app/tips":            "app/core registry vn pass store fact report print",
	"internal/app/vendors":         "app/core app/field app/accounts app/events personal registry vn store store/changes fact",
	"internal/app/planning":        "app/core app/events fact recurrence registry store vn committee yearplan yearplan/paste store/yearplan",
	"internal/app/passes":          "app/core app/events registry pass store print fact vn",
	"internal/app/booths":          "app/core app/events app/field app/passes app/vendors draw registry stimulus vn store store/draw fact print store/floorplan floorplan",
	"internal/app/floorplans":      "app/booths app/core app/events fact floorplan registry store store/floorplan vn",
	"internal/app/admission/known": "gate registry store",
	"internal/app/admission":       "app/admission/known app/core app/events app/passes registry vn pass gate store store/changes print fact",
	"internal/app/templates":       "app/core docxtemplate fact papertemplate registry report store",
	"internal/app/reports":         "app/core app/events app/templates papertemplate registry stimulus vn store report fact",
	"internal/app/articles":        "app/core app/events registry committee stimulus vn fact store print",
	"internal/app/campaign":        "app/core app/accounts app/events app/procurement committee fact inspection registry vn store",
	"internal/app/communications":  "app/core app/events committee fact registry report print vn store",
	"internal/app/places":          "app/core app/events committee fact registry report store vn",
	"internal/app/stimulus":        "app/core app/events fact print registry stimulus store vn",
	"internal/app/surveys":         "app/core committee fact registry store vn",
	"internal/app/vouchers":        "app/core app/events app/passes registry vn pass gate store print report fact",
	"internal/app/supervision":     "app/core committee fact registry report store vn",
	"internal/app/imports":         "app/core app/field app/vendors fact registry report sheet store vn",
	"internal/app/personal":        "app/accounts app/core fact pass personal registry report/own store vn",
	"internal/app/openfigures":     "app/core registry report store vn",
	"internal/app/draw":            "app/booths app/core app/events draw fact registry report/drawpaper store store/draw vn",
	"internal/app/periods":         "app/core app/templates committee fact papertemplate period registry report store vn",
	"internal/app/seriespaper":     "app/core app/periods app/templates fact papertemplate period recurrence registry report report/series store",
	"internal/app/archive":         "app/core app/periods app/reports fact i18n period registry report store vn",
	"internal/app/costs":           "app/core committee fact registry report store vn",
	"internal/app/inspections":     "app/core app/events committee fact inspection registry report stimulus store",
	"internal/app/procurement":     "app/core app/events committee fact registry report store vn",
	"internal/app/lifecycle":       "app/core app/events app/tips app/passes app/booths app/admission app/reports registry stimulus vn store store/draw fact",
	"internal/app/lists":           "app/core app/accounts app/admission app/articles app/booths app/campaign app/events app/inspections app/passes app/reports app/stimulus app/surveys app/tips app/vendors committee fact inspection registry report stimulus store vn",
	"internal/app":                 "app inspection period registry vn pass store yearplan",

	"internal/web/view":                  "draw personal registry stimulus vn i18n static outline",
	"internal/web/frame":                 "web/view app committee fonts registry store/changes vn i18n api config static floorplan",
	"internal/web/public":                "web/frame web/view app app/draw app/openfigures app/personal card committee draw inspection personal registry static stimulus vn i18n",
	"internal/web/account":               "web/frame web/view app/accounts personal registry vn i18n static",
	"internal/web/stall":                 "web/frame web/view app inspection print registry stimulus vn",
	"internal/web/phone":                 "web/frame web/view i18n static",
	"internal/web/office/gates":          "web/frame web/view app registry vn",
	"internal/web/office/vouchers":       "web/frame web/view app registry vn",
	"internal/web/office/floorplans":     "web/frame web/view app app/floorplans floorplan registry vn",
	"internal/web/office/booths":         "web/frame web/view web/stall app registry vn",
	"internal/web/office/events":         "web/frame web/view web/stall app fact registry stimulus vn",
	"internal/web/office/articles":       "web/frame web/view app committee registry stimulus vn print",
	"internal/web/office/campaign":       "web/frame web/view app/campaign app/core committee registry vn",
	"internal/web/office/communications": "web/frame web/view app/communications committee registry vn",
	"internal/web/office/surveys":        "web/frame web/view app/surveys committee registry vn",
	"internal/web/office/planning":       "web/frame web/view app/planning recurrence registry vn yearplan yearplan/paste store/yearplan",
	"internal/web/office/personal":       "web/frame web/view app/personal personal registry vn",
	"internal/web/office/places":         "web/frame web/view app/places committee registry vn",
	"internal/web/office/inspections":    "web/frame web/view app/inspections inspection registry vn",
	"internal/web/office/supervision":    "web/frame web/view app/supervision committee registry vn",
	"internal/web/office/imports":        "web/frame web/view app registry store/intake vn",
	"internal/web/office/periods":        "web/frame web/view app/archive app/periods app/seriespaper app/templates period recurrence registry vn",
	"internal/web/office/costs":          "web/frame web/view app/costs committee registry vn",
	"internal/web/office/draws":          "web/frame web/view app/booths app/draw draw i18n registry",
	"internal/web/office/procurement":    "web/frame web/view app/procurement committee registry vn",
	"internal/web/office":                "web/frame web/view web/stall web/office/events app registry vn fact i18n",
	"internal/web/relay":                 "web/frame web/view web/office/gates app/admission registry",
	"internal/web":                       "web/frame web/public web/account web/stall web/phone web/relay web/office api",

	"internal/api":              "app app/planning app/seriespaper app/templates inspection recurrence registry stimulus gate vn yearplan/paste app/floorplans floorplan",
	"internal/jobs":             "app",
	"internal/relay":            "app gate registry",
	"internal/demo":             "app committee inspection period personal recurrence registry stimulus vn pass gate store",
	"internal/testkit":          "*",
	"internal/testkit/need":     "",
	"internal/testkit/site":     "app config web testkit",
	"internal/testkit/contract": "api",
	"cmd/hoicho":                "data web app config demo draw i18n jobs notify pass registry relay store vn",
	"cmd/assets":                "",
	"cmd/loadtest":              "data app demo gate pass print registry store testkit vn web",
	"cmd/check":                 "",
}

// onlyIn names the packages that alone may import a path or what lies below it.
// cmd/loadtest measures the bare engine and the bare database beside ours.
var onlyIn = map[string]string{
	"database/sql":                "internal/store internal/testkit cmd/loadtest",
	"modernc.org/sqlite":          "internal/store internal/testkit cmd/loadtest",
	"github.com/jackc/pgx":        "internal/store internal/testkit cmd/loadtest",
	"github.com/gofiber/fiber":    "internal/web internal/api internal/testkit cmd/loadtest",
	"github.com/valyala/fasthttp": "internal/web internal/api internal/testkit cmd/loadtest",
	"github.com/skip2/go-qrcode":  "internal/pass",
	"github.com/yuin/goldmark":    "internal/app/articles",
	"github.com/xuri/nfp":         "internal/sheet",
	"github.com/evanw/esbuild":    "cmd/assets",
}

// fromOutside names what packages that must stay pure may import beside the standard
// library.
var fromOutside = map[string]string{
	"internal/registry": "",
	"internal/fact":     "",
	"internal/vn":       "golang.org/x/text",
	"internal/i18n":     "golang.org/x/text github.com/nicksnyder/go-i18n",
	"internal/web/view": "",
}

// belongsIn says where a thing belongs instead, by the folder of the package that
// imports and of the one imported; the first row that fits speaks.
var belongsIn = []struct{ from, to, where string }{
	{"web/view", "app", "view draws what it is handed: the door or web/frame asks app and passes the value"},
	{"web/view", "web", "view is below frame and the doors: what reads a request belongs in web/frame"},
	{"web/frame", "web", "frame is below the doors: what one audience alone needs belongs in its door"},
	{"web", "web", "doors do not import each other: what both draw belongs in web/view, what both need of a request in web/frame, " +
		"what officers do on a vendor's behalf in exported forms of web/stall"},
	{"web", "store", "doors reach the database through a use case of a room of app"},
	{"app/core", "app", "core knows no room: a hook that the room sets, or the room itself, is the place"},
	{"app", "app", "rooms import each other only as the table says: what several need belongs in app/core, " +
		"a use case that touches several subjects in app/lifecycle"},
	{"", "", "move what both need into a package that both may import, or the use case up into app/lifecycle"},
}

func importFaults(sources []source) (faults []string) {
	for _, s := range sources {
		allowed, known := mayImport[s.dir()]
		if !known {
			faults = append(faults, s.path+": the import table does not know the package "+s.dir())
			continue
		}
		for _, spec := range s.file.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			if why := importFault(s, allowed, target); why != "" {
				faults = append(faults, s.fault(spec, "imports %s: %s", target, why))
			}
		}
	}
	return faults
}

// importFault says why the file may not import the target, "" when it may.
func importFault(s source, allowed, target string) string {
	for limited, holders := range onlyIn {
		if below(target, limited) && !belowAny(s.dir(), strings.Fields(holders)) {
			return "that belongs to " + holders
		}
	}
	if ours, ok := strings.CutPrefix(target, "hoicho/"); ok {
		return ownFault(s, allowed, ours)
	}
	outside, limited := fromOutside[s.dir()]
	if limited && !s.isTest() && !isStandard(target) && !belowAny(target, strings.Fields(outside)) {
		return "the package stays pure: what needs another module belongs in a package above it, what needs Fiber belongs in web/frame"
	}
	return ""
}

// ownFault judges an import of one of our packages. Tests may use all of them, and
// cmd/loadtest what tests make, as the packages below testkit may.
func ownFault(s source, allowed, ours string) string {
	name := strings.TrimPrefix(ours, "internal/")
	switch {
	case s.isTest() || s.dir() == "internal/testkit":
		return ""
	case strings.HasPrefix(name, "testkit") && s.dir() != "cmd/loadtest" && !strings.HasPrefix(s.dir(), "internal/testkit/"):
		return "only tests may"
	case allowed == "*" || belowAny(name, strings.Fields(allowed)):
		return ""
	}
	return "the import table does not allow it: " + placeFor(strings.TrimPrefix(s.dir(), "internal/"), name)
}

func placeFor(from, to string) string {
	for _, b := range belongsIn {
		if (b.from == "" || below(from, b.from)) && (b.to == "" || below(to, b.to)) {
			return b.where
		}
	}
	return ""
}

// idleFaults finds words of the table that allow more than the code uses: through a row
// that is too wide the next arrow comes in unseen.
func idleFaults(sources []source) (faults []string) {
	used := map[string][]string{}
	for _, s := range sources {
		if !s.isTest() {
			used[s.dir()] = append(used[s.dir()], ownImports(s)...)
		}
	}
	for dir, row := range mayImport {
		for _, word := range strings.Fields(row) {
			inUse := func(name string) bool { return below(name, word) }
			if _, present := used[dir]; present && word != "*" && !slices.ContainsFunc(used[dir], inUse) {
				faults = append(faults, dir+": the import table allows "+word+", which it does not use: take the word out of its row")
			}
		}
	}
	return faults
}

func ownImports(s source) (names []string) {
	for _, spec := range s.file.Imports {
		if ours, ok := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "hoicho/"); ok {
			names = append(names, strings.TrimPrefix(ours, "internal/"))
		}
	}
	return names
}

func isStandard(target string) bool {
	first, _, _ := strings.Cut(target, "/")
	return !strings.Contains(first, ".") && first != "hoicho"
}

func below(target, parent string) bool {
	return target == parent || strings.HasPrefix(target, parent+"/")
}

func belowAny(target string, parents []string) bool {
	return slices.ContainsFunc(parents, func(p string) bool { return below(target, p) })
}

func TestPackagesImportWhatTheTableAllows(t *testing.T) {
	holds(t, importFaults)
	catches(t, importFaults,
		sample{"internal/app/core/a.go", `package core; import ("context"; "hoicho/internal/store")`, nil},
		sample{"internal/app/booths/a.go", `package booths; import ("hoicho/internal/app/core"; "hoicho/internal/app/passes")`, nil},
		sample{"internal/web/a_test.go", `package web_test; import ("hoicho/internal/testkit"; "hoicho/internal/store")`, nil},
		sample{"internal/web/office/events/a.go", `package events; import ("hoicho/internal/app/events"; "hoicho/internal/web/stall")`, nil},
		sample{"internal/i18n/a.go", `package i18n; import ("golang.org/x/text/language"; "github.com/nicksnyder/go-i18n/v2/i18n")`, nil},
		sample{"internal/store/a.go", `package store; import ("database/sql"; "github.com/jackc/pgx/v5/stdlib")`, nil},
		sample{"cmd/hoicho/a.go", `package main; import "hoicho/internal/web"`, nil},
		sample{"internal/store/a.go", `package store; import "hoicho/internal/app"`, []string{"does not allow"}},
		sample{"internal/registry/a.go", `package registry; import "hoicho/internal/vn"`, []string{"does not allow"}},
		sample{"internal/web/a.go", `package web; import "hoicho/cmd/hoicho"`, []string{"does not allow"}},
		sample{"internal/utils/a.go", `package utils`, []string{"does not know"}},
		sample{"cmd/extra/a.go", `package main`, []string{"does not know"}},
	)
}

func TestRoomsDoNotImportEachOther(t *testing.T) {
	catches(t, importFaults,
		sample{"internal/app/booths/a.go", `package booths; import "hoicho/internal/app/lifecycle"`, []string{"in app/core, a use case that touches several subjects in app/lifecycle"}},
		sample{"internal/app/events/a.go", `package events; import "hoicho/internal/app/vendors"`, []string{"rooms import each other only"}},
		sample{"internal/app/tips/a.go", `package tips; import "hoicho/internal/app"`, []string{"rooms import each other only"}},
		sample{"internal/app/core/a.go", `package core; import "hoicho/internal/app/accounts"`, []string{"core knows no room"}},
	)
}

func TestDoorsDoNotImportEachOther(t *testing.T) {
	catches(t, importFaults,
		sample{"internal/web/public/a.go", `package public; import "hoicho/internal/web/stall"`, []string{"belongs in web/view, what both need of a request in web/frame"}},
		sample{"internal/web/office/booths/a.go", `package booths; import "hoicho/internal/web/office"`, []string{"doors do not import each other"}},
		sample{"internal/web/frame/a.go", `package frame; import "hoicho/internal/web/public"`, []string{"frame is below the doors"}},
		sample{"internal/web/public/a.go", `package public; import "hoicho/internal/store"`, []string{"through a use case"}},
	)
}

func TestViewIsPure(t *testing.T) {
	catches(t, importFaults,
		sample{"internal/web/view/a.go", `package view; import ("html/template"; "hoicho/internal/registry")`, nil},
		sample{"internal/web/view/a.go", `package view; import "hoicho/internal/app"`, []string{"asks app and passes the value"}},
		sample{"internal/web/view/a.go", `package view; import "hoicho/internal/app/vendors"`, []string{"asks app and passes the value"}},
		sample{"internal/web/view/a.go", `package view; import "hoicho/internal/web/frame"`, []string{"view is below frame"}},
		sample{"internal/web/view/a.go", `package view; import "github.com/gofiber/fiber/v2"`, []string{"what needs Fiber belongs in web/frame"}},
	)
}

func TestModulesAreUsedInTheirPlaceAlone(t *testing.T) {
	catches(t, importFaults,
		sample{"internal/app/a.go", `package app; import "hoicho/internal/testkit"`, []string{"only tests may"}},
		sample{"cmd/hoicho/a.go", `package main; import "hoicho/internal/testkit"`, []string{"only tests may"}},
		sample{"internal/app/core/a.go", `package core; import "database/sql"`, []string{"internal/store"}},
		sample{"internal/app/tips/a_test.go", `package tips_test; import "database/sql/driver"`, []string{"internal/store"}},
		sample{"internal/app/tips/a.go", `package tips; import "github.com/gofiber/fiber/v2"`, []string{"internal/web internal/api"}},
		sample{"internal/print/a.go", `package print; import "github.com/skip2/go-qrcode"`, []string{"internal/pass"}},
		sample{"internal/registry/a.go", `package registry; import "github.com/google/uuid"`, []string{"stays pure"}},
		sample{"internal/i18n/a.go", `package i18n; import "github.com/pquerna/otp"`, []string{"stays pure"}},
	)
}

func TestTheTableAllowsNoMoreThanTheCodeUses(t *testing.T) {
	holds(t, idleFaults)
	catches(t, idleFaults,
		sample{"internal/gate/a.go", `package gate; import ("hoicho/internal/pass"; "hoicho/internal/registry")`, nil},
		sample{"internal/gate/a.go", `package gate; import "hoicho/internal/pass"`, []string{"internal/gate: the import table allows registry"}},
		sample{"internal/web/view/a.go", `package view; import "html/template"`, []string{"", "", "", "", "", "", "", ""}},
	)
}
