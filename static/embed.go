// Package static holds what is served byte for byte: styles, scripts, fonts,
// icons. The sources stand in src/ and are built by cmd/assets; the built files
// are committed, and a test says when they are stale.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed css js fonts *.svg *.png
var embedded embed.FS

// File is a served file.
type File struct {
	ContentType string
	ETag        string
	Data        []byte
	Gzip        []byte // nil where compression does not pay
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".png": "image/png", ".txt": "text/plain; charset=utf-8",
}

var load = sync.OnceValue(func() map[string]File {
	files := map[string]File{}
	err := fs.WalkDir(embedded, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := embedded.ReadFile(name)
		files[name] = newFile(name, data)
		return err
	})
	if err != nil {
		panic(err) // embedded files are always readable
	}
	return files
})

func newFile(name string, data []byte) File {
	sum := sha256.Sum256(data)
	f := File{ContentType: contentTypes[path.Ext(name)], ETag: `"` + hex.EncodeToString(sum[:8]) + `"`, Data: data}
	if path.Ext(name) != ".woff2" && path.Ext(name) != ".png" {
		f.Gzip = zip(data)
	}
	return f
}

func zip(data []byte) []byte {
	var buf bytes.Buffer
	w, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	w.Write(data) // into memory: cannot fail
	w.Close()
	return buf.Bytes()
}

// Open returns a served file by its name, such as "css/app.css".
func Open(name string) (File, bool) {
	f, ok := load()[name]
	return f, ok
}

// Style is the text of a style sheet, for a page that carries it. An unknown name panics.
// Nothing is packed for it: what the program allows by content is known before it starts.
func Style(name string) string {
	data, err := embedded.ReadFile(name)
	if err != nil {
		panic("static: no file " + name)
	}
	return string(data)
}

// StyleDigest allows a style sheet in a page by its content: a source expression of the
// Content-Security-Policy.
func StyleDigest(name string) string {
	sum := sha256.Sum256([]byte(Style(name)))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// URL is the address of a file with its content in it, so that browsers may keep
// it for ever. An unknown name panics: a template asks for what is not there.
func URL(name string) string {
	f, ok := load()[name]
	if !ok {
		panic("static: no file " + name)
	}
	return "/static/" + name + "?v=" + strings.Trim(f.ETag, `"`)
}
