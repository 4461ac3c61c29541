package report

import (
	"slices"

	"hoicho/internal/registry"
)

// Key names a figure of the result report. It stands in addresses and in frozen
// reports, so it never changes.
type Key string

// Figure is a figure of one moment.
type Figure struct {
	Key Key   `json:"key"`
	N   int64 `json:"n"`
}

// rule says what a figure is: which rows, and whether it counts or sums them.
type rule struct {
	key    Key
	group  string
	unit   string
	part   bool // of the figure above it
	secret bool // tells of single vendors' sales: see Reader
	count  func(*registry.ResultFacts) int64
	rows   func(texts, *registry.ResultFacts) Table
}

// kept returns the rows that a figure is made of.
func kept[T any](all []T, keep func(*T) bool) []T {
	var rows []T
	for i := range all {
		if keep == nil || keep(&all[i]) {
			rows = append(rows, all[i])
		}
	}
	return rows
}

// kindOf is what the rules of one group share: their rows and how to show them.
type kindOf[T any] struct {
	group, unit string
	of          func(*registry.ResultFacts) []T
	table       func(texts, []T) Table
}

// counts is the figure of how many rows there are.
func (k kindOf[T]) counts(key Key, keep func(*T) bool) rule {
	return k.sums(key, k.unit, keep, func(*T) int64 { return 1 })
}

// sums is the figure of an amount in the rows.
func (k kindOf[T]) sums(key Key, unit string, keep func(*T) bool, amount func(*T) int64) rule {
	return rule{key: key, group: k.group, unit: unit,
		count: func(f *registry.ResultFacts) (sum int64) {
			for _, row := range kept(k.of(f), keep) {
				sum += amount(&row)
			}
			return sum
		},
		rows: func(t texts, f *registry.ResultFacts) Table { return k.table(t, kept(k.of(f), keep)) },
	}
}

var (
	boothFigures = kindOf[registry.BoothFact]{"booths", "report.unit.booth",
		func(f *registry.ResultFacts) []registry.BoothFact { return kept(f.Booths, usable) }, boothTable}
	vendorFigures = kindOf[registry.VendorFact]{"vendors", "report.unit.vendor",
		func(f *registry.ResultFacts) []registry.VendorFact { return f.Vendors }, vendorTable}
	productFigures = kindOf[registry.ProductFact]{"products", "report.unit.product",
		func(f *registry.ResultFacts) []registry.ProductFact { return f.Products }, productTable}
	visitFigures = kindOf[registry.VisitFact]{"visits", "report.unit.visit",
		func(f *registry.ResultFacts) []registry.VisitFact { return f.Visits }, visitTable}
	filedFigures = kindOf[registry.SalesFact]{"sales", "report.unit.vendor",
		func(f *registry.ResultFacts) []registry.SalesFact { return f.Sales }, filedTable}
	salesFigures = kindOf[registry.SalesFact]{"sales", "report.unit.dong",
		func(f *registry.ResultFacts) []registry.SalesFact { return kept(f.Sales, filed) }, salesTable}
	tipFigures = kindOf[registry.TipFact]{"tips", "report.unit.tip",
		func(f *registry.ResultFacts) []registry.TipFact { return f.Tips }, tipTable}
	passFigures = kindOf[registry.PassFact]{"passes", "report.unit.pass",
		func(f *registry.ResultFacts) []registry.PassFact { return f.Passes }, passTable}
)

// rules lists every figure in the order of the report.
var rules = slices.Concat([]rule{
	boothFigures.counts("booths", nil),
	part(boothFigures.counts("booths_standard", ofBoothKind(registry.StandardBooth))),
	part(boothFigures.counts("booths_special", ofBoothKind(registry.SpecialBooth))),
	part(boothFigures.counts("booths_common", ofBoothKind(registry.CommonBooth))),
	part(boothFigures.counts("booths_no_fee", func(b *registry.BoothFact) bool { return b.FeeDong == 0 })),
	part(boothFigures.counts("booths_given", given)),
	part(boothFigures.counts("booths_empty", func(b *registry.BoothFact) bool { return !given(b) })),
	part(boothFigures.counts("booths_no_show", func(b *registry.BoothFact) bool { return len(b.NoShow) > 0 })),

	vendorFigures.counts("vendors", nil),
	part(vendorFigures.counts("vendors_in", func(v *registry.VendorFact) bool { return v.InProvince })),
	part(vendorFigures.counts("vendors_out", func(v *registry.VendorFact) bool { return !v.InProvince })),

	productFigures.counts("products", nil),
	productFigures.counts("ocop", func(p *registry.ProductFact) bool { return p.Stars > 0 }),
	part(productFigures.counts("ocop_5", ofStars(5))),
	part(productFigures.counts("ocop_4", ofStars(4))),
	part(productFigures.counts("ocop_3", ofStars(3))),

	visitFigures.sums("visits", visitFigures.unit, nil, visitsOf),
}, visitRules(), stimulusRules(), []rule{
	filedFigures.counts("sales_filed", filed),
	filedFigures.counts("sales_missing", func(s *registry.SalesFact) bool { return !filed(s) }),
	secret(salesFigures.sums("sales_dong", salesFigures.unit, nil, func(s *registry.SalesFact) int64 { return s.Dong() })),
	part(secret(salesFigures.sums("sales_banded", salesFigures.unit, func(s *registry.SalesFact) bool { return banded(s) > 0 }, banded))),
	secret(salesFigures.sums("contracts", "report.unit.contract", withContracts, func(s *registry.SalesFact) int64 { return int64(s.ContractsN) })),
	secret(salesFigures.sums("contracts_dong", salesFigures.unit, withContracts, func(s *registry.SalesFact) int64 { return s.ContractsDong })),

	tipFigures.counts("tips", nil),
	part(tipFigures.counts("tips_open", func(t *registry.TipFact) bool { return t.State != registry.TipClosed })),

	passFigures.counts("passes", nil),
	part(passFigures.counts("passes_revoked", func(p *registry.PassFact) bool { return p.State == registry.PassRevoked })),
})

// visitRules has one figure for each way of counting, because the visits figure
// always says how it was counted.
func visitRules() []rule {
	var found []rule
	for _, m := range registry.CountMethods {
		found = append(found, part(visitFigures.sums(visitsBy(m), visitFigures.unit,
			func(v *registry.VisitFact) bool { return v.Method == m }, visitsOf)))
	}
	return found
}

// visitsBy is the key of the visits counted one way.
func visitsBy(m registry.CountMethod) Key { return Key("visits_" + string(m)) }

func part(r rule) rule {
	r.part = true
	return r
}

func secret(r rule) rule {
	r.secret = true
	return r
}

func usable(b *registry.BoothFact) bool { return b.State != registry.BoothBlocked }

func given(b *registry.BoothFact) bool { return b.State == registry.BoothAssigned }

func ofBoothKind(kind registry.BoothKind) func(*registry.BoothFact) bool {
	return func(b *registry.BoothFact) bool { return b.Kind == kind }
}

func ofStars(n int) func(*registry.ProductFact) bool {
	return func(p *registry.ProductFact) bool { return p.Stars == n }
}

func visitsOf(v *registry.VisitFact) int64 { return v.N }

func filed(s *registry.SalesFact) bool { return s.Version > 0 }

// banded is the part of a return that was told in bands and so is an estimate.
func banded(s *registry.SalesFact) (sum int64) {
	for _, d := range s.Days {
		if d.Band != "" {
			sum += d.Dong
		}
	}
	return sum
}

func withContracts(s *registry.SalesFact) bool { return s.ContractsN > 0 || s.ContractsDong > 0 }

// ruleOf returns the rule of a figure; false if there is none.
func ruleOf(key Key) (rule, bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.key == key })
	if i < 0 {
		return rule{}, false
	}
	return rules[i], true
}

// About is what is said of a figure.
type About struct {
	Group, Unit string // keys of texts: the group behind "report.group."
	Secret      bool   // it tells of single vendors' sales
	rule        rule
}

// Label names the figure; what is part of the one above begins with a dash.
func (a About) Label(lang string) string { return texts(lang).label(a.rule) }

// AboutOf says what a figure of the result report is; false if it has none of the key.
func AboutOf(key Key) (About, bool) {
	r, ok := ruleOf(key)
	return About{r.group, r.unit, r.secret, r}, ok
}

// Keys lists every figure in the order of the report.
func Keys() []Key {
	keys := make([]Key, len(rules))
	for i, r := range rules {
		keys[i] = r.key
	}
	return keys
}
