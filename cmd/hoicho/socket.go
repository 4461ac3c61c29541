package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// socketOf is where the server of a SQLite file takes commands: beside the file.
func socketOf(db string) (string, error) {
	path, err := filepath.Abs(db)
	return path + ".sock", err
}

// removeSocket takes away a socket, which may be gone already.
func removeSocket(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
