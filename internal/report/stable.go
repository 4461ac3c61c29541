package report

import (
	"archive/zip"
	"bytes"
	"fmt"
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
		if err := z.Copy(part); err != nil {
			return nil, fmt.Errorf("xlsx: %w", err)
		}
	}
	err = z.Close()
	return out.Bytes(), err
}
