package demo

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// table is the rows of a CSV file by the names of its columns.
type table []map[string]string

// readTable reads a CSV file with a header line.
func readTable(files fs.FS, name string) (table, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	var rows table
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// facts is all that the demo is made from: published facts, and what was made up
// around them.
type facts struct {
	products table // ocop-bac-kan.csv
	fairs    table // fairs-real.csv
	vendors  table // madeup-vendors.csv
	goods    table // madeup-products.csv
	madeUp   madeUp
}

// madeUp is the file madeup.json.
type madeUp struct {
	Defaults map[string]string `json:"defaults"`
	Evidence map[string]string `json:"evidence"`
	People   []person          `json:"people"`
	Round    []roundSession    `json:"round"`
	Tips     []tip             `json:"tips"`
	Copies   []copied          `json:"copies"`
	Sessions []*session        `json:"sessions"`
	Series   []*market         `json:"series"`
}

func readFacts(files fs.FS) (f facts, err error) {
	for name, into := range map[string]*table{"ocop-bac-kan.csv": &f.products, "fairs-real.csv": &f.fairs,
		"madeup-vendors.csv": &f.vendors, "madeup-products.csv": &f.goods} {
		if *into, err = readTable(files, name); err != nil {
			return f, err
		}
	}
	raw, err := files.Open("madeup.json")
	if err != nil {
		return f, err
	}
	defer raw.Close()
	strict := json.NewDecoder(raw)
	strict.DisallowUnknownFields()
	if err := strict.Decode(&f.madeUp); err != nil {
		return f, fmt.Errorf("read madeup.json: %w", err)
	}
	return f, nil
}

// number reads a count; an empty one is 0.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// rating reads the OCOP rank of a published product. Where the source names the
// year only, the rank is taken to be of the end of the year and to last three.
func rating(row map[string]string) (r registry.Rating, ok bool) {
	if row["stars"] == "" || row["year"] == "" {
		return r, false
	}
	r = registry.Rating{Stars: number(row["stars"]), Decision: "OCOP " + row["year"], IssuedOn: row["year"] + "-12-29", ValidTo: row["valid_to"]}
	if strings.Contains(row["source"], "QĐ 2616/QĐ-UBND") {
		r.Decision = "2616/QĐ-UBND"
	}
	if r.ValidTo == "" {
		r.ValidTo = threeYears(r.IssuedOn, 3)
	} else {
		r.IssuedOn = threeYears(r.ValidTo, -3)
	}
	return r, true
}

// threeYears moves a date by a number of years, and a day back.
func threeYears(date string, years int) string {
	return registry.AddDays(strconv.Itoa(number(date[:4])+years)+date[4:], -1)
}
