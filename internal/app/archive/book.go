package archive

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// entry is a file of an archive.
type entry struct {
	Path   string `json:"path"`
	Title  string `json:"title"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// book is an archive being written, a file after the other.
type book struct {
	zip     *zip.Writer
	at      time.Time // of every file
	entries []entry
	seen    map[string]bool
}

func newBook(w io.Writer, ms int64) *book {
	return &book{zip: zip.NewWriter(w), at: time.UnixMilli(ms).UTC(), seen: map[string]bool{}}
}

// add writes a file. A name that stands in the archive already is an error.
func (b *book) add(path, title string, data []byte) error {
	if b.seen[path] {
		return fmt.Errorf("archive: %s stands in it twice", path)
	}
	b.seen[path] = true
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, Modified: b.at})
	if err == nil {
		_, err = w.Write(data)
	}
	sum := sha256.Sum256(data)
	b.entries = append(b.entries, entry{path, title, len(data), hex.EncodeToString(sum[:])})
	return err
}

// sums lists the files as sha256sum -c reads them.
func (b *book) sums() []byte {
	var list strings.Builder
	for _, e := range b.entries {
		list.WriteString(e.SHA256 + "  " + e.Path + "\n")
	}
	return []byte(list.String())
}
