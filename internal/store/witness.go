package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ManifestHeads are the heads of the audit log that stand in the manifests of backups
// in a folder, of those that belong to the master key of a fingerprint; none where
// there is no folder. strange names what is no readable manifest.
func ManifestHeads(dir, key string) (heads []Witness, strange []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the backup folder: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".db.json") {
			continue
		}
		m, err := ReadManifest(filepath.Join(dir, e.Name()))
		if err != nil {
			strange = append(strange, fmt.Sprintf("%s: %v", e.Name(), err))
		} else if m.Key == key {
			heads = append(heads, Witness{Name: e.Name(), Head: m.Checked.Head, At: m.MadeAt})
		}
	}
	return heads, strange, nil
}

// ReadManifest reads what a backup says of itself, from the file beside it.
func ReadManifest(path string) (m Manifest, err error) {
	raw, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	return m, err
}
