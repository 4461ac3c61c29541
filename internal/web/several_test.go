package web_test

import (
	"net/url"
	"testing"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestSeveralEntriesAreWrittenAllOrNone(t *testing.T) {
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	actor, token := k.Officer(registry.Communicator, "19")
	c.SignInAs(token)
	const at = "/quan-ly/tuyen-truyen/ghi-nhieu"
	today := vn.ShowDate(k.App.Today())
	rows := func(change func(url.Values)) testkit.Answer {
		form := url.Values{"channel": {"village_meeting", "", "", "banner"}, "times": {"1", "2", "", "3"}, "people": {"45", "60", "", ""},
			"day": {today, "", "", ""}, "area": {"Ba Bể", "", "", "Đức Xuân"}, "village": {"Pác Ngòi", "Bó Lù", "", ""}, "topic": {"", "", "", "Hàng Việt"},
			"client": {"", "", "", ""}, "body": {""}}
		change(form)
		return c.Post(at, form)
	}
	written := func() []communications.Row {
		all, err := k.App.Communications.All(t.Context(), actor, communications.Query{Year: thisYear(k)})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	t.Run("one bad row keeps all back, and is told at its cell", func(t *testing.T) {
		page := rows(func(f url.Values) { f["people"] = []string{"45", "nhiều", "", "12"}; f["area"][3] = "Không Có Xã" })
		if page.Status != 422 || len(written()) != 0 {
			t.Fatalf("status %d, %d written", page.Status, len(written()))
		}
		doc := testkit.Page(t, page.Body)
		for _, id := range []string{"e-people.1", "e-people.3", "e-area.3"} {
			found := false
			for _, fault := range doc.Find(".fault").Each() {
				found = found || fault.Attr("id") == id
			}
			if !found {
				t.Errorf("no fault at %s", id)
			}
		}
	})
	t.Run("what is hardly possible is asked back", func(t *testing.T) {
		crowd := func(f url.Values) { f["people"] = []string{"45", "900", "", ""} }
		page := rows(crowd)
		if page.Status != 200 || len(written()) != 0 {
			t.Fatalf("status %d, %d written", page.Status, len(written()))
		}
		testkit.Page(t, page.Body).In("main").HasText("900 người ở 2 cuộc").HasText("Dòng 2 đúng thế")
		if page = rows(func(f url.Values) { crowd(f); f["confirm"] = []string{"1"} }); page.Status != 303 {
			t.Fatalf("confirmed, it gives %d", page.Status)
		}
	})
	t.Run("rows are like those above, empty ones are passed over", func(t *testing.T) {
		all := written()
		if len(all) != 3 {
			t.Fatalf("%d were written, want 3", len(all))
		}
		for _, row := range all {
			want := committee.VillageMeeting
			if row.Topic == "Hàng Việt" {
				want = committee.Banner
			}
			if row.Channel != want || row.From != k.App.Today() || row.Village == "Bó Lù" && (row.Area != testkit.BaBe || !row.Asked) {
				t.Errorf("a row is %+v", row.Communication)
			}
		}
	})
	t.Run("nothing at all", func(t *testing.T) {
		if page := c.Post(at, url.Values{"times": {"", ""}}); page.Status != 422 {
			t.Errorf("empty rows give %d", page.Status)
		}
	})
}

// thisYear is the year of the clock.
func thisYear(k *testkit.Kit) int {
	n, _ := vn.ParseCount(k.App.Today()[:4])
	return int(n)
}
