package core_test

import (
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/testkit"
)

const onePage = "%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"

func TestOnlyPapersAndPhotosBearOutATask(t *testing.T) {
	photo := string(testkit.PhotoPNG(t))
	for name, c := range map[string]struct {
		sent, data    string
		kind, key, as string
	}{
		"a PDF":                       {"Báo cáo quý.pdf", onePage, "application/pdf", "", "Báo cáo quý.pdf"},
		"a photo":                     {"anh 1.png", photo, "image/jpeg", "", "anh 1.jpg"},
		"a folder in its name":        {`C:\tmp\..\mật.pdf`, onePage, "application/pdf", "", "mật.pdf"},
		"a name that is none":         {"../..", onePage, "application/pdf", "", "tai-lieu.pdf"},
		"signs in its name":           {`a"b<c>.pdf`, onePage, "application/pdf", "", "a-b-c.pdf"},
		"a PDF by its name alone":     {"x.pdf", "<html>", "", "file.error.evidence", ""},
		"a page with a PDF behind it": {"x.pdf", "<script>alert(1)</script>" + onePage, "", "file.error.evidence", ""},
		"a PDF that is cut off":       {"x.pdf", onePage[:len(onePage)-8], "", "file.error.pdf", ""},
		"a PDF that runs":             {"x.pdf", strings.Replace(onePage, "/Catalog", "/Catalog /OpenAction <</S /JavaScript>>", 1), "", "file.error.pdf_active", ""},
		"a photo that is broken":      {"x.jpg", "\xff\xd8\xff\xe0 none", "", "error.photo_format", ""},
		"a sheet":                     {"x.xlsx", "PK\x03\x04", "", "file.error.evidence", ""},
		"nothing":                     {"x.pdf", "", "", "file.error.evidence", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := core.PrepareEvidence(t.Context(), "file", core.Upload{Name: c.sent, Data: []byte(c.data)})
			if c.key != "" {
				if !testkit.HasKey(err, c.key) || testkit.FieldsOf(err)[0] != "file" {
					t.Errorf("refused with %v, want %s", err, c.key)
				}
				return
			}
			if err != nil || f.ContentType != c.kind || f.Name != c.as || f.Public {
				t.Errorf("stored as %s, %q, public %v, %v", f.ContentType, f.Name, f.Public, err)
			}
		})
	}
}
