// Command assets builds static/ from static/src: styles and scripts are bundled
// and minified by esbuild, icons become one sprite. The result is committed and
// the same on every machine; a test says when it is stale.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run("static"); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

// run builds into the folder root from root/src.
func run(root string) error {
	built, err := Build(root)
	if err != nil {
		return err
	}
	for name, data := range built {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
		fmt.Printf("%7d %s\n", len(data), path)
	}
	return nil
}
