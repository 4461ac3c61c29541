package sheet

import (
	"bytes"

	"hoicho/internal/registry"
)

// refuse is a fault of a file, told at the field by which it was sent.
func refuse(key string, args ...any) error { return registry.At("file", "import.file."+key, args...) }

// Read reads a table of a file: of a workbook the sheet of that name, or the first one
// with something in it. What is no table that can be read is Invalid at the field "file",
// with what to do about it.
func Read(raw []byte, name string) (*Book, error) {
	if len(raw) > MaxFile {
		return nil, refuse("large", MaxFile>>20)
	}
	var b *Book
	var err error
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, refuse("empty")
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		b, err = readWorkbook(raw, name)
	case bytes.HasPrefix(raw, oleMagic):
		return nil, compoundFault(raw)
	default:
		b, err = readText(raw)
	}
	if err != nil {
		return nil, err
	}
	if len(b.Rows) == 0 {
		return nil, refuse("empty")
	}
	return b, nil
}

var oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// compoundFault tells apart what comes in the container of old Office programs: a
// workbook of Excel 97, one that is locked by a password, and anything else.
func compoundFault(raw []byte) error {
	switch {
	case bytes.Contains(raw, wide("EncryptedPackage")):
		return refuse("locked")
	case bytes.Contains(raw, wide("Workbook")), bytes.Contains(raw, wide("Book")):
		return refuse("xls")
	}
	return refuse("no_table")
}

// wide is a name as the directory of such a container holds it.
func wide(name string) (raw []byte) {
	for _, b := range []byte(name) {
		raw = append(raw, b, 0)
	}
	return raw
}
