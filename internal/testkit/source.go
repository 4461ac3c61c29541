package testkit

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// GoFiles lists the Go files of the product in folders and all that lies below them,
// without tests. A folder without any fails the test.
func GoFiles(t *testing.T, folders ...string) (files []string) {
	t.Helper()
	for _, folder := range folders {
		before := len(files)
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				files = append(files, path)
			}
			return err
		})
		if err != nil || len(files) == before {
			t.Fatalf("%s: no Go files: %v", folder, err)
		}
	}
	return files
}
