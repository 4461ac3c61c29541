package web_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/docxtemplate"
	"hoicho/internal/testkit"
)

// TestATemplateAsLargeAsThePageSaysIsTaken: what the page promises goes through the server, its
// form around it too; a byte more is refused in words.
func TestATemplateAsLargeAsThePageSaysIsTaken(t *testing.T) {
	t.Parallel()
	s, c := templateOffice(t)
	root := "/quan-ly/bao-cao/van-ban/" + s.yearPaper().Period.String() + "/mau"
	sample := c.Get(root + "/goi-y").Body
	for size, want := range map[int]int{docxtemplate.MaxBytes: http.StatusSeeOther, docxtemplate.MaxBytes + 1: http.StatusUnprocessableEntity} {
		version := testkit.Page(t, c.Get(root).Body).In("input[name=version]").Attr("value")
		kind, body := filesForm(t, url.Values{"version": {version}}, map[string]string{"mau.docx": grown(t, sample, size)})
		if got := c.Do(http.MethodPost, root, kind, body); got.Status != want {
			t.Errorf("%d bytes: %d, want %d", size, got.Status, want)
		}
	}
}

// grown is a DOCX with a picture that makes it so many bytes large.
func grown(t *testing.T, docx string, size int) string {
	t.Helper()
	with := func(picture int) string {
		from, err := zip.NewReader(strings.NewReader(docx), int64(len(docx)))
		testkit.Works(t, err)
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, f := range from.File {
			testkit.Works(t, z.Copy(f))
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: "word/media/image9.png", Method: zip.Store})
		testkit.Works(t, err)
		testkit.Works(t, testkit.Second(w.Write(make([]byte, picture))))
		testkit.Works(t, z.Close())
		return out.String()
	}
	file := with(size - len(with(0)))
	if len(file) != size {
		t.Fatalf("%d bytes, want %d", len(file), size)
	}
	return file
}
