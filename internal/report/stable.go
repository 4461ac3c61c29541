package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/xuri/excelize/v2"
)

// datePDF gives a PDF the day on which its paper was signed, a draft that of no day, so that
// the same paper is the same bytes whenever it is written.
func datePDF(pdf *fpdf.Fpdf, signedOn string) {
	at, err := time.Parse(time.DateOnly, signedOn)
	if err != nil {
		at = time.Unix(0, 0).UTC()
	}
	pdf.SetCreationDate(at)
	pdf.SetModificationDate(at)
	pdf.SetCatalogSort(true)
}

// bytesOf writes a workbook with its parts in the order of their names: the library writes
// sheets in any.
func bytesOf(file *excelize.File) ([]byte, error) {
	var loose, out bytes.Buffer
	if err := file.Write(&loose); err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	in, err := zip.NewReader(bytes.NewReader(loose.Bytes()), int64(loose.Len()))
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	z := zip.NewWriter(&out)
	for _, part := range in.File {
		write := z.Copy
		if part.Name == typesPart {
			write = func(part *zip.File) error { return copyTypes(z, part) }
		}
		if err := write(part); err != nil {
			return nil, fmt.Errorf("xlsx: %w", err)
		}
	}
	err = z.Close()
	return out.Bytes(), err
}

// typesPart lists the types of the parts of a workbook.
const typesPart = "[Content_Types].xml"

// defaultType is the type of all parts with an ending.
var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

// copyTypes copies the list of types with its endings in order: those of pictures stand in
// any.
func copyTypes(z *zip.Writer, part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	endings := defaultType.FindAllString(string(text), -1)
	slices.Sort(endings)
	out, err := z.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = out.Write(defaultType.ReplaceAllFunc(text, func([]byte) (next []byte) {
		next, endings = []byte(endings[0]), endings[1:]
		return next
	}))
	return err
}
