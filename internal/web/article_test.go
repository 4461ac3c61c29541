package web_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"hoicho/internal/committee"
	"hoicho/internal/testkit"
)

// atomFeed is what a reader of feeds needs of one (RFC 4287).
type atomFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Links   []struct {
			Href string `xml:"href,attr"`
			Rel  string `xml:"rel,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func readFeed(t *testing.T, c *testkit.Client) (f atomFeed) {
	t.Helper()
	got := wantStatus(t, c.Get("/chuyen-trang.atom"), 200)
	if err := xml.Unmarshal([]byte(got.Body), &f); err != nil {
		t.Fatalf("%v in %s", err, got.Body)
	}
	return f
}

func TestFeedHasWhatEverybodyReads(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	k.Article()
	if f := readFeed(t, c); len(f.Entries) != 1 || f.ID == "" || f.Title == "" {
		t.Fatalf("one article: %+v", f)
	}
	k.Article(func(a *committee.Article) { a.Title = "Thêm một bài <&> nữa" })
	k.Article(func(a *committee.Article) { a.Title, a.State = "Bài nháp", committee.ArticleDraft })
	k.Article(func(a *committee.Article) {
		a.Title, a.PublishAt = "Bài hẹn giờ", k.Clock.Now().Add(time.Hour).UnixMilli()
	})
	k.Clock.Add(time.Minute) // the fixture is no use case, so that the page which is kept has to grow old
	titles := func() string {
		f, all := readFeed(t, c), []string{}
		for _, e := range f.Entries {
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.ID == "" || len(e.Links) == 0 || !strings.Contains(e.Links[0].Href, "/chuyen-trang/") {
				t.Errorf("entry %+v", e)
			}
			all = append(all, e.Title)
		}
		return strings.Join(all, "; ")
	}
	if got := titles(); !strings.Contains(got, "<&>") || strings.Contains(got, "nháp") || strings.Contains(got, "hẹn giờ") {
		t.Errorf("the feed has %s", got)
	}
	k.Clock.Add(61 * time.Minute)
	if got := titles(); !strings.HasPrefix(got, "Bài hẹn giờ; ") {
		t.Errorf("when its hour has come, the feed has %s", got)
	}
}
