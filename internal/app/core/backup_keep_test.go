package core

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/testkit/need"
	"hoicho/internal/vn"
)

// noon is the instant of the table: a Wednesday in Vietnam.
var noon = time.Date(2026, 12, 2, 12, 0, 0, 0, vn.Zone)

// ago makes a whole backup of so long ago.
func ago(d time.Duration) backupCopy {
	at := noon.Add(-d)
	return backupCopy{Name: "hoicho-" + at.UTC().Format("20060102T150405Z") + ".db", At: at, Whole: true}
}

func unchecked(c backupCopy) backupCopy { c.Whole = false; return c }

const day = 24 * time.Hour

// TestSpentBackups says of each backup by its place whether it goes.
func TestSpentBackups(t *testing.T) {
	for name, c := range map[string]struct {
		copies []backupCopy
		gone   []int
	}{
		"none":                                  {nil, nil},
		"one, however old":                      {[]backupCopy{ago(900 * day)}, nil},
		"two old ones":                          {[]backupCopy{ago(900 * day), ago(901 * day)}, []int{1}},
		"two of a quarter":                      {[]backupCopy{ago(3 * time.Minute), ago(9 * time.Minute)}, []int{1}},
		"two quarters":                          {[]backupCopy{ago(3 * time.Minute), ago(17 * time.Minute)}, nil},
		"quarters at the edge of four hours":    {[]backupCopy{ago(time.Minute), ago(4*time.Hour - 15*time.Minute), ago(4 * time.Hour)}, nil},
		"quarters beyond four hours":            {[]backupCopy{ago(time.Minute), ago(4*time.Hour + 16*time.Minute), ago(4*time.Hour + 31*time.Minute)}, []int{2}},
		"hours within two days":                 {[]backupCopy{ago(time.Minute), ago(30 * time.Hour), ago(31 * time.Hour)}, nil},
		"hours beyond two days":                 {[]backupCopy{ago(time.Minute), ago(49 * time.Hour), ago(50 * time.Hour)}, []int{2}},
		"a day ends at midnight in Vietnam":     {[]backupCopy{ago(time.Minute), ago(5*day + 11*time.Hour), ago(5*day + 13*time.Hour)}, nil},
		"days beyond 30":                        {[]backupCopy{ago(time.Minute), ago(33 * day), ago(34 * day)}, []int{2}},
		"months":                                {[]backupCopy{ago(time.Minute), ago(33 * day), ago(63 * day), ago(64 * day), ago(300 * day)}, []int{3}},
		"beyond a year":                         {[]backupCopy{ago(time.Minute), ago(367 * day)}, []int{1}},
		"a gap of ten days keeps what there is": {[]backupCopy{ago(10 * day), ago(10*day + 20*time.Minute), ago(40 * day)}, []int{1}},
		"a clock that ran ahead":                {[]backupCopy{ago(-400 * day), ago(-400*day - time.Minute), ago(time.Minute), ago(20 * time.Minute)}, nil},
		"only a clock that ran ahead":           {[]backupCopy{ago(-time.Minute)}, nil},
		"unchecked beside checked":              {[]backupCopy{unchecked(ago(time.Minute)), ago(5 * time.Minute)}, []int{0}},
		"unchecked is newest, checked is old":   {[]backupCopy{unchecked(ago(time.Minute)), ago(900 * day)}, nil},
		"unchecked and old":                     {[]backupCopy{unchecked(ago(900 * day))}, []int{0}},
	} {
		var gone []int
		for _, g := range spent(c.copies, noon) {
			gone = append(gone, slices.Index(c.copies, g))
		}
		slices.Sort(gone)
		if !slices.Equal(gone, c.gone) {
			t.Errorf("%s: %v go, want %v", name, gone, c.gone)
		}
	}
}

// TestBackupsOfOneSecondAreOrdered: of the same second that with the higher number is newer.
func TestBackupsOfOneSecondAreOrdered(t *testing.T) {
	first := ago(time.Minute)
	second := first
	second.Name = strings.TrimSuffix(first.Name, ".db") + "-2.db"
	if gone := spent([]backupCopy{second, first}, noon); len(gone) != 1 || gone[0] != first {
		t.Errorf("%v go", gone)
	}
}

// TestLongYearOfBackups makes a backup every quarter of an hour for 14 months with nights in
// which nothing changes, and thins each time. At every moment there are few, the newest
// is there, and for every age there is one as near as was promised.
func TestLongYearOfBackups(t *testing.T) {
	need.Long(t)
	var copies []backupCopy
	start := time.Date(2025, 10, 3, 0, 0, 0, 0, vn.Zone)
	most := 0
	for at := start; at.Before(noon); at = at.Add(15 * time.Minute) {
		if at.Hour() < 5 {
			continue
		}
		copies = append(copies, backupCopy{Name: fmt.Sprint(at.Unix()), At: at, Whole: true})
		gone := spent(copies, at)
		copies = slices.DeleteFunc(copies, func(c backupCopy) bool { return slices.Contains(gone, c) })
		if most = max(most, len(copies)); !copies[len(copies)-1].At.Equal(at) {
			t.Fatalf("at %v the newest is gone", at)
		}
	}
	if most > 110 {
		t.Errorf("%d backups lie there at once", most)
	}
	now := noon.Add(-15 * time.Minute)
	for _, want := range []struct{ age, apart time.Duration }{
		{3*time.Hour + 45*time.Minute, 15 * time.Minute}, {5 * time.Hour, time.Hour}, {44 * time.Hour, 6 * time.Hour}, // hours, but for the night
		{29 * day, day}, {350 * day, 31 * day},
	} {
		if !slices.ContainsFunc(copies, func(c backupCopy) bool {
			age := now.Sub(c.At)
			return age >= want.age-want.apart && age <= want.age+want.apart
		}) {
			t.Errorf("none is about %v old", want.age)
		}
	}
}
