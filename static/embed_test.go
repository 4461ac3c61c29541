package static

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// TestFirstVisitIsLight holds what every public page loads beside its own HTML
// to its share of the 50 kB of a first visit.
func TestFirstVisitIsLight(t *testing.T) {
	total := 0
	for name, most := range map[string]int{
		"css/app.css": 8192, "js/public.js": 4500, "icons.svg": 4500, "band.svg": 500, "mark.svg": 500,
		"fonts/bvp-400.woff2": 10_000, "fonts/bvp-700.woff2": 10_500,
	} {
		f, ok := Open(name)
		if !ok {
			t.Fatalf("no file %s", name)
		}
		size := len(f.Data)
		if f.Gzip != nil {
			size = len(f.Gzip)
		}
		if total += size; size > most {
			t.Errorf("%s: %d bytes sent, at most %d", name, size, most)
		}
	}
	if total > 38_000 {
		t.Errorf("%d bytes before the page itself, at most 38,000", total)
	}
}

func TestAddressChangesWithTheContent(t *testing.T) {
	a, b := newFile("a.css", []byte("a{}")), newFile("a.css", []byte("b{}"))
	if a.ETag == b.ETag {
		t.Error("two contents have one tag")
	}
	if got := URL("css/app.css"); !strings.HasPrefix(got, "/static/css/app.css?v=") {
		t.Errorf("address %q", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a file that is not there has an address")
		}
	}()
	URL("css/no.css")
}

// TestDrawingsAreXML reads every SVG as browsers do: one fault and nothing shows.
func TestDrawingsAreXML(t *testing.T) {
	for name, f := range load() {
		if !strings.HasSuffix(name, ".svg") {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(f.Data))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

func TestNothingServedComesFromElsewhere(t *testing.T) {
	for name, f := range load() {
		if !strings.HasSuffix(name, ".css") && !strings.HasSuffix(name, ".js") {
			continue
		}
		text := strings.ReplaceAll(string(f.Data), "http://www.w3.org/", "")
		if strings.Contains(text, "https://") || strings.Contains(text, "http://") || strings.Contains(text, "url(//") {
			t.Errorf("%s names another host", name)
		}
	}
}
