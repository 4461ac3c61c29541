package core

import (
	"bytes"
	"context"
	"path"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Upload is a file as a person sent it.
type Upload struct {
	Name string // as it was called where it came from
	Data []byte
}

// maxFileName is how long the name of a stored file may be, in characters, without its
// ending.
const maxFileName = 100

// activeWords begin what makes a PDF run something where it is opened. A file that hides
// them in packed parts passes: it is kept as a file to be downloaded, never shown on a page.
var activeWords = [][]byte{[]byte("/JavaScript"), []byte("/Launch")}

// PreparePDF checks an uploaded PDF and makes of it a file to store, under the name that it
// had. Invalid at field for anything else, one that is cut off, and one that runs programs.
func PreparePDF(field string, u Upload) (registry.File, error) {
	const tail = 2048
	whole := bytes.HasPrefix(u.Data, []byte("%PDF-")) && bytes.Contains(u.Data[max(0, len(u.Data)-tail):], []byte("%%EOF"))
	if !whole {
		return registry.File{}, registry.At(field, "file.error.pdf")
	}
	for _, word := range activeWords {
		if bytes.Contains(u.Data, word) {
			return registry.File{}, registry.At(field, "file.error.pdf_active")
		}
	}
	return registry.File{ContentType: "application/pdf", Name: fileName(u.Name, "tai-lieu") + ".pdf", Data: u.Data}, nil
}

// PrepareEvidence is PreparePDF for a PDF, and PreparePhoto for everything else; a photo
// keeps its name too.
func PrepareEvidence(ctx context.Context, field string, u Upload) (registry.File, error) {
	if bytes.HasPrefix(u.Data, []byte("%PDF-")) {
		return PreparePDF(field, u)
	}
	f, err := PreparePhoto(ctx, field, u.Data)
	f.Name = fileName(u.Name, "anh") + ".jpg"
	if registry.KindOf(err) == registry.Invalid && !looksLikePhoto(u.Data) {
		err = registry.At(field, "file.error.evidence")
	}
	return f, err
}

// looksLikePhoto reports whether a file begins as the photos do that are taken.
func looksLikePhoto(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte(pngSignature)) || bytes.HasPrefix(raw, []byte("\xff\xd8\xff"))
}

// fileName is a name for a stored file without its ending: of what was sent, without any
// folder and what names of files may not hold.
func fileName(sent, otherwise string) string {
	name, ok := vn.CleanLine(path.Base(strings.ReplaceAll(sent, `\`, "/")))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, name), " .-")
	if runes := []rune(name); len(runes) > maxFileName {
		name = string(runes[:maxFileName])
	}
	if !ok || name == "" {
		return otherwise
	}
	return name
}
