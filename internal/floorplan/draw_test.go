package floorplan

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

func sketch() Sketch {
	return Sketch{Label: "Sơ đồ <hội chợ>", Words: func(k Kind) string { return string(k) }, Booth: func(o Object) Paint {
		return Paint{Class: "assigned", Title: o.Code + ": Hợp tác xã nông nghiệp & dịch vụ Tài Hoan", Href: "?gian=" + o.Code + "#gian",
			Lines: []string{"HTX nông nghiệp", "Tài Hoan"}, Attrs: ` lang="vi"`}
	}}
}

// TestVisitorsPlanIsSmall holds the drawing of a hundred booths to 40 kB, and to being XML.
func TestVisitorsPlanIsSmall(t *testing.T) {
	for _, tpl := range []Template{DoubleRow, UShape, Street} {
		l := New(tpl, nil, 100, counter())
		l.Objects[3].Turn = 17
		l.Objects = append(l.Objects, Object{ID: "z", Kind: Zone, W: 3000, H: 600, Label: `Khu "A" <OCOP>`}, Object{ID: "t", Kind: Text, W: 300, H: 100, Label: "Sân khấu"})
		d := l.Draw(sketch())
		p, ok := d.Find("A50")
		if !ok {
			t.Fatal("no A50")
		}
		win := d.Around(p, 400, 260)
		for name, svg := range map[string]string{"plan": d.SVG(), "detail": d.Detail(win, "Gian"), "whole": d.Whole(p, win, "Gian")} {
			if len(svg) > 40_000 {
				t.Errorf("%s of %s has %d bytes", name, tpl, len(svg))
			}
			for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
				_, err := dec.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s of %s: %v", name, tpl, err)
				}
			}
		}
		if n := strings.Count(d.SVG(), "<a "); n != 100 {
			t.Errorf("%d links", n)
		}
		if win.X < 0 || win.Y < 0 || win.X+win.W > d.Width || win.Y+win.H > d.Height || !strings.Contains(d.Detail(win, ""), ">A50<") {
			t.Errorf("A50 is not in %+v", win)
		}
	}
}

func TestNearest(t *testing.T) {
	l := New(Street, nil, 8, counter())
	gate, cm, ok := l.Nearest(l.Booths()[0], Gate)
	if !ok || gate.Kind != Gate || cm != 224 {
		t.Errorf("%+v, %d cm, %v", gate, cm, ok)
	}
	if _, _, ok := l.Nearest(l.Booths()[0], WC); ok {
		t.Error("a WC that is not there")
	}
	if got := fmt.Sprint(l.Count(Booth)); got != "8" {
		t.Error(got)
	}
}
