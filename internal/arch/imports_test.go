package arch

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport names every package of the tree and which of ours it may import, with
// what lies below each; "*" is all of them. A package that is missing here is a fault.
var mayImport = map[string]string{
	"internal/registry":          "",
	"internal/vn":                "",
	"internal/i18n":              "",
	"internal/config":            "",
	"internal/fonts":             "",
	"internal/arch":              "",
	"static":                     "",
	"data":                       "",
	"internal/pass":              "registry",
	"internal/gate":              "registry pass",
	"internal/store":             "registry vn",
	"internal/notify":            "registry",
	"internal/print":             "registry pass i18n fonts",
	"internal/report":            "registry vn i18n fonts",
	"internal/app":               "app registry vn pass store",
	"internal/app/core":          "registry vn pass store notify",
	"internal/app/accounts":      "app/core registry vn pass store notify",
	"internal/app/events":        "app/core registry vn pass store",
	"internal/app/tips":          "app/core registry vn pass store",
	"internal/app/vendors":       "app/core app/accounts app/events registry vn store",
	"internal/app/passes":        "app/core app/events registry vn pass store print",
	"internal/app/booths":        "app/core app/events app/passes registry vn pass store",
	"internal/app/admission":     "app/core app/events app/passes registry vn pass gate store print",
	"internal/app/reports":       "app/core app/events registry vn store report",
	"internal/app/lifecycle":     "app/core app/accounts app/events app/tips app/vendors app/passes app/booths app/admission app/reports registry vn store",
	"internal/jobs":              "app notify",
	"internal/api":               "app registry gate i18n",
	"internal/web":               "web/frame web/public web/account web/stall web/phone web/relay web/office api",
	"internal/web/view":          "registry vn i18n static",
	"internal/web/frame":         "web/view app registry vn i18n api config static",
	"internal/web/public":        "web/frame web/view app registry vn i18n",
	"internal/web/account":       "web/frame web/view app registry vn i18n",
	"internal/web/stall":         "web/frame web/view app registry vn i18n",
	"internal/web/phone":         "web/frame web/view app registry i18n static",
	"internal/web/relay":         "web/frame web/view web/office/gates app registry vn i18n",
	"internal/web/office":        "web/frame web/view web/stall web/office/events app registry vn i18n",
	"internal/web/office/events": "web/frame web/view web/stall app registry vn i18n",
	"internal/web/office/booths": "web/frame web/view web/stall app registry vn i18n",
	"internal/web/office/gates":  "web/frame web/view app registry vn i18n",
	"internal/relay":             "app gate registry",
	"internal/demo":              "app registry vn pass gate store",
	"internal/testkit":           "*",
	"internal/testkit/need":      "",
	"internal/testkit/contract":  "api",
	"cmd/hoicho":                 "*",
	"cmd/assets":                 "*",
	"cmd/loadtest":               "*",
	"cmd/check":                  "",
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
	"github.com/evanw/esbuild":    "cmd/assets",
}

// fromOutside names what packages of the ground floor may import beside the
// standard library.
var fromOutside = map[string]string{
	"internal/registry": "",
	"internal/vn":       "golang.org/x/text",
	"internal/i18n":     "golang.org/x/text github.com/nicksnyder/go-i18n",
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
		return "the ground floor stands on the standard library"
	}
	return ""
}

// ownFault judges an import of one of our packages. Tests may use all of them, and
// cmd/loadtest what tests make.
func ownFault(s source, allowed, ours string) string {
	name := strings.TrimPrefix(ours, "internal/")
	switch {
	case s.isTest() || s.dir() == "internal/testkit":
		return ""
	case strings.HasPrefix(name, "testkit") && s.dir() != "cmd/loadtest":
		return "only tests may"
	case allowed == "*" || belowAny(name, strings.Fields(allowed)):
		return ""
	}
	return "the import table does not allow it: move what both need into a package that both may import, or the use case up to app/lifecycle"
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
		sample{"internal/app/a.go", `package app; import ("context"; "hoicho/internal/store")`, nil},
		sample{"internal/web/a_test.go", `package web_test; import ("hoicho/internal/testkit"; "hoicho/internal/store")`, nil},
		sample{"internal/i18n/a.go", `package i18n; import ("golang.org/x/text/language"; "github.com/nicksnyder/go-i18n/v2/i18n")`, nil},
		sample{"internal/store/a.go", `package store; import ("database/sql"; "github.com/jackc/pgx/v5/stdlib")`, nil},
		sample{"cmd/hoicho/a.go", `package main; import "hoicho/internal/web"`, nil},
		sample{"internal/store/a.go", `package store; import "hoicho/internal/app"`, []string{"does not allow"}},
		sample{"internal/web/a.go", `package web; import "hoicho/internal/store"`, []string{"does not allow"}},
		sample{"internal/web/a.go", `package web; import "hoicho/cmd/hoicho"`, []string{"does not allow"}},
		sample{"internal/app/a.go", `package app; import "hoicho/internal/testkit"`, []string{"only tests may"}},
		sample{"cmd/hoicho/a.go", `package main; import "hoicho/internal/testkit"`, []string{"only tests may"}},
		sample{"internal/app/a.go", `package app; import "database/sql"`, []string{"internal/store"}},
		sample{"internal/app/a_test.go", `package app_test; import "database/sql/driver"`, []string{"internal/store"}},
		sample{"internal/app/a.go", `package app; import "github.com/gofiber/fiber/v2"`, []string{"internal/web internal/api"}},
		sample{"internal/print/a.go", `package print; import "github.com/skip2/go-qrcode"`, []string{"internal/pass"}},
		sample{"internal/registry/a.go", `package registry; import "github.com/google/uuid"`, []string{"ground floor"}},
		sample{"internal/registry/a.go", `package registry; import "hoicho/internal/vn"`, []string{"does not allow"}},
		sample{"internal/i18n/a.go", `package i18n; import "github.com/pquerna/otp"`, []string{"ground floor"}},
		sample{"internal/utils/a.go", `package utils`, []string{"does not know"}},
		sample{"cmd/extra/a.go", `package main`, []string{"does not know"}},
	)
}
