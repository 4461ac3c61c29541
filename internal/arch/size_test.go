package arch

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A folder beyond these is more than one subject or one audience.
const (
	maxFolderLines = 6000
	maxFolderFiles = 45
)

// folder is how much code a package has, tests left out.
type folder struct{ files, lines int }

// mayBeLarge names the folders that stay whole beyond the limit, and how far they may
// grow: the engine's Tx and the words of SQL cannot be cut in two.
var mayBeLarge = map[string]folder{
	"internal/store": {files: 122, lines: 16_700},
}

func folderFaults(sources []source) (faults []string) {
	sizes := map[string]folder{}
	for _, s := range sources {
		if s.isTest() || s.isGenerated() {
			continue
		}
		f := sizes[s.dir()]
		sizes[s.dir()] = folder{f.files + 1, f.lines + strings.Count(s.text, "\n")}
	}
	for _, dir := range slices.Sorted(maps.Keys(sizes)) {
		limit, large := mayBeLarge[dir]
		if !large {
			limit = folder{maxFolderFiles, maxFolderLines}
		}
		if got := sizes[dir]; got.files > limit.files || got.lines > limit.lines {
			faults = append(faults, fmt.Sprintf("%s has %d files and %d lines, at most %d and %d: give one of its subjects a package of its own, as the rooms of internal/app and the doors of internal/web have",
				dir, got.files, got.lines, limit.files, limit.lines))
		}
	}
	return faults
}

func TestFoldersAreSmall(t *testing.T) {
	holds(t, folderFaults)
	long := "package x\n" + strings.Repeat("\n", maxFolderLines)
	catches(t, folderFaults,
		sample{"internal/app/tips/a.go", "package x\n", nil},
		sample{"internal/app/tips/a.go", long, []string{"internal/app/tips has 1 files and 6001 lines"}},
		sample{"internal/app/tips/a_test.go", long, nil},
		sample{"internal/store/a.go", long, nil},
	)
	many := make([]source, maxFolderFiles+1)
	for i := range many {
		s, err := parse(fmt.Sprintf("internal/app/tips/a%d.go", i), "package x\n")
		if err != nil {
			t.Fatal(err)
		}
		many[i] = s
	}
	if got := folderFaults(many); len(got) != 1 || !strings.Contains(got[0], "46 files") {
		t.Errorf("46 files in a folder give %q, want one fault", got)
	}
	if got := folderFaults(many[1:]); len(got) != 0 {
		t.Errorf("45 files in a folder give %q, want none", got)
	}
}
