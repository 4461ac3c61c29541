package web_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hoicho/internal/app/planning"
	"hoicho/internal/registry"
	stored "hoicho/internal/store/yearplan"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
	"hoicho/internal/yearplan/paste"
)

const pasteAt = "/quan-ly/lich-nam/dan"

// pastedBy makes a plan of two sessions next year.
func pastedBy(t *testing.T, k *testkit.Kit, actor registry.Actor) stored.PasteID {
	t.Helper()
	pattern := k.Event(testkit.InState(registry.Draft), testkit.Titled("Phiên mẫu của lịch dán"))
	year := nextYear(k)
	table, err := paste.Read([]byte("Xã\tNgày\tNơi họp\nNghĩa Tá\t19/10\tSân chợ\nNa Rì\t20/10\tSân xã\n"))
	testkit.Works(t, err)
	in := planning.PasteInput{Pattern: pattern.ID, Year: year, Table: table, Key: planning.NewPasteKey()}
	plan, err := k.App.Planning.CheckPaste(t.Context(), actor, in)
	testkit.Works(t, err)
	in.Shown = plan.Digest
	made, _, err := k.App.Planning.MakePaste(t.Context(), actor, in)
	testkit.Works(t, err)
	return made.ID
}

func nextYear(k *testkit.Kit) (year int) {
	_, _ = fmt.Sscan(k.App.Today()[:4], &year)
	return year + 1
}

// yearText is a plan of n rows as it comes from a spreadsheet, with seven wrong ones where it is long.
func yearText(k *testkit.Kit, n int) string {
	list := k.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	wrong := map[int][2]string{3: {"Xã", "Không Đâu"}, 50: {"Ngày", "30/2"}, 90: {"Ngày", "mai"}, 130: {"Số gian", "hai mươi"}, 170: {"Xã", "Bắc Cạn"}, 210: {"Ngày", "31/4"}, 250: {"Số gian", "-3"}}
	var b strings.Builder
	b.WriteString("Xã\tNgày\tSố gian\tNơi họp\n")
	for i := range n {
		day := vn.AddDays(fmt.Sprintf("%d-03-01", nextYear(k)), i/len(list)*60+i%50)
		cells := map[string]string{"Xã": list[i%len(list)].FullName(), "Ngày": vn.ShowDate(day), "Số gian": fmt.Sprint(10 + i%20)}
		if x, bad := wrong[i]; bad && n == 300 {
			cells[x[0]] = x[1]
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\tSân %d\n", cells["Xã"], cells["Ngày"], cells["Số gian"], i)
	}
	return b.String()
}

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)
	badCell     = regexp.MustCompile(`name="fix_at" value="([^"]*)">\s*<input id="[^"]*" name="fix" value="([^"]*)"`)
	guessTick   = regexp.MustCompile(`name="yes" value="([^"]*)"`)
	planText    = regexp.MustCompile(`(?s)<textarea name="plan"[^>]*>\n(.*?)</textarea>`)
)

// formOf is the form of a trial as a browser without a script would send it.
func formOf(t *testing.T, body string) url.Values {
	t.Helper()
	f := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(body, -1) {
		if m[1] != "fix_at" {
			f.Set(m[1], html.UnescapeString(m[2]))
		}
	}
	m := planText.FindStringSubmatch(body)
	if m == nil {
		t.Fatal("the page carries no plan")
	}
	f.Set("plan", html.UnescapeString(m[1]))
	for _, m := range badCell.FindAllStringSubmatch(body, -1) {
		f.Add("fix_at", html.UnescapeString(m[1]))
		f.Add("fix", html.UnescapeString(m[2]))
	}
	return f
}

// ticks are the guesses that a page asks to confirm.
func ticks(body string) (list []string) {
	for _, m := range guessTick.FindAllStringSubmatch(body, -1) {
		list = append(list, html.UnescapeString(m[1]))
	}
	return list
}

var rowsText = regexp.MustCompile(`(?s)<textarea[^>]*name="rows"[^>]*>\n?(.*?)</textarea>`)

// rowsOf is what stands in the field for a table.
func rowsOf(body string) string {
	m := rowsText.FindStringSubmatch(body)
	return html.UnescapeString(append(m, "", "")[1])
}

// planner is an organiser at the planner, with an event to copy.
type planner struct {
	*testkit.Kit
	*testkit.Client
	pattern registry.Event
}

func newPlanner(t *testing.T) planner {
	t.Helper()
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	return planner{k, c, k.Event(testkit.InState(registry.Draft))}
}

// paste sends a text at first.
func (p planner) paste(text string) string {
	return p.Post(pasteAt, url.Values{"pattern": {string(p.pattern.ID)}, "year": {fmt.Sprint(nextYear(p.Kit))}, "rows": {text}}).Body
}

// TestWhatIsShownIsMade: every cell goes from the first page through a second look into the sessions.
func TestWhatIsShownIsMade(t *testing.T) {
	p := newPlanner(t)
	year := nextYear(p.Kit)
	body := p.paste("Xã\tNgày\tSố ngày\tSố gian\tNơi họp\tTên phiên\tChủ đề\tGiờ\tGhi chú\nBa Bể\t19/3\t1\t20 gian\tSân\tPhiên \"Sắc xuân\", đợt 1\tHàng Việt; về xã\t7h00-11h30\tx\n")
	f := formOf(t, body)
	f.Set("do", "xem")
	again := p.Post(pasteAt, f).Body
	for _, page := range []string{body, again} {
		if !strings.Contains(page, fmt.Sprintf("19/03/%d", year)) || strings.Contains(page, "ngày như mẫu") || strings.Count(page, "Không dùng các cột: Ghi chú") != 1 {
			t.Error("a page does not say one day, or not which column was left")
		}
	}
	f = formOf(t, again)
	f.Set("do", "tao")
	made := p.Post(pasteAt, f)
	id := regexp.MustCompile(`/quan-ly/su-kien/([0-9a-f-]{36})`).FindStringSubmatch(p.Get(made.Location).Body)
	if id == nil {
		t.Fatalf("made: %d", made.Status)
	}
	e, err := p.App.Events.OfficeEvent(t.Context(), registry.SystemActor("test"), registry.ManageEvents, registry.EventID(id[1]))
	testkit.Works(t, err)
	if e.OpensOn != e.ClosesOn || e.BoothsN != 20 || e.Venue != "Sân" || e.Title != `Phiên "Sắc xuân", đợt 1` || e.Summary != "Hàng Việt; về xã" || len(e.Days) != 1 || e.Days[0].OpensAt != 7*60 || e.Days[0].ClosesAt != 11*60+30 {
		t.Errorf("made %+v", e)
	}
}

// TestWhatIsMendedIsShownFirst: a row that is left out, a cell that is mended or a guess that is ticked
// with the button that makes the plan makes nothing yet, and says so.
func TestWhatIsMendedIsShownFirst(t *testing.T) {
	p := newPlanner(t)
	body := p.paste("Xã\tNgày\tNơi họp\nBa Bể\t19/3\tA\nNghĩa Tá\t20/3\tB\n")
	f := formOf(t, body)
	f.Set("do", "tao")
	f.Set("out", "3")
	got := p.Post(pasteAt, f)
	if got.Status != http.StatusConflict || !strings.Contains(got.Body, "vừa sửa hoặc bỏ dòng") || !strings.Contains(got.Body, "Tạo 1 phiên nháp") {
		t.Errorf("made although a row was left out with it: %d", got.Status)
	}
	f = formOf(t, got.Body)
	f.Set("do", "tao")
	f.Set("out", "3")
	if got := p.Post(pasteAt, f); got.Status != http.StatusSeeOther {
		t.Errorf("made: %d", got.Status)
	}
}

// TestTheWholeTableIsEdited: it goes back into the field as a text, without what was left out.
func TestTheWholeTableIsEdited(t *testing.T) {
	p := newPlanner(t)
	f := formOf(t, p.paste("Xã\tNgày\tNơi họp\nBa Bể\t19/3\tSân \"A\"\nNghĩa Tá\t20/3\tB\n"))
	f.Set("do", "sua")
	f.Set("out", "3")
	if got := rowsOf(p.Post(pasteAt, f).Body); got != "Xã, phường\tNgày\tNơi họp\nBa Bể\t19/3\tSân \"A\"\n" {
		t.Errorf("the field holds %q", got)
	}
}

// TestATableThatIsTooLargeIsRefusedWhole, and nothing of it is lost.
func TestATableThatIsTooLargeIsRefusedWhole(t *testing.T) {
	p := newPlanner(t)
	text := "Xã\tNgày\tChủ đề\n" + strings.Repeat("Ba Bể\t19/3\t"+strings.Repeat("chủ đề ", 60)+"\n", 400)
	got := p.Post(pasteAt, url.Values{"pattern": {string(p.pattern.ID)}, "year": {"2027"}, "rows": {text}})
	if kept := rowsOf(got.Body); got.Status != http.StatusUnprocessableEntity || strings.TrimSpace(kept) != strings.TrimSpace(text) {
		t.Errorf("%d, %d of %d signs came back", got.Status, len(kept), len(text))
	}
}

// TestAYearIsPlannedByPaste: 300 rows, 7 of them wrong, mended on the page, made, and the same again
// makes nothing; then it is taken back.
func TestAYearIsPlannedByPaste(t *testing.T) {
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	pattern := k.Event(testkit.InState(registry.Draft))
	first := url.Values{"pattern": {string(pattern.ID)}, "year": {fmt.Sprint(nextYear(k))}, "rows": {yearText(k, 300)}}
	got := c.Post(pasteAt, first)
	if got.Status != http.StatusOK || !strings.Contains(got.Body, "293 dòng được, 0 dòng hỏi lại, 7 dòng sai") {
		t.Fatalf("%d, the answer is not there", got.Status)
	}
	f := formOf(t, got.Body)
	if len(f["fix"]) != 7 {
		t.Fatalf("%d cells are to be mended: %v", len(f["fix"]), f["fix_at"])
	}
	for i, at := range f["fix_at"] { // the choice of a commune that nobody has is typed over
		f["fix"][i] = map[string]string{"commune": "Ba Bể", "date": fmt.Sprintf("%d/11", i+1), "booths": "20"}[at[strings.Index(at, "|")+1:]]
	}
	f.Set("do", "xem")
	got = c.Post(pasteAt, f)
	f = formOf(t, got.Body)
	if len(f["fix"]) != 0 || !strings.Contains(got.Body, "Tạo 300 phiên nháp") {
		t.Fatalf("after mending: %v", f["fix_at"])
	}
	f.Set("do", "tao")
	made := c.Post(pasteAt, f)
	if made.Status != http.StatusSeeOther {
		t.Fatalf("made: %d", made.Status)
	}
	if again := c.Post(pasteAt, f); again.Status != http.StatusSeeOther || again.Location != made.Location {
		t.Errorf("sent twice: %d %s", again.Status, again.Location)
	}
	page := c.Get(made.Location)
	if !strings.Contains(page.Body, "300 phiên nháp đã tạo từ lịch dán, còn 300") {
		t.Error("the page of the plan does not count")
	}
	if form := c.Get(pasteAt); !strings.Contains(form.Body, made.Location) {
		t.Error("the plan is not found again")
	}
	if repeated := c.Post(pasteAt, first); !strings.Contains(repeated.Body, "Đã có trong lịch, không tạo nữa: 293 dòng") {
		t.Error("the same plan pasted again is not known")
	}
	if back := c.Post(made.Location+"/hoan-tac", url.Values{"version": {"1"}}); back.Status != http.StatusSeeOther {
		t.Errorf("taken back: %d", back.Status)
	}
	if page := c.Get(made.Location); !strings.Contains(page.Body, "300 phiên đã xóa") {
		t.Error("the plan is not taken back")
	}
}

// TestAGuessIsConfirmedByATick of the page or by mending its cell, and a row is left out by one.
func TestAGuessIsConfirmedByATick(t *testing.T) {
	p := newPlanner(t)
	body := p.paste("Xã;Ngày;Nơi họp\nNa Ri;12/2 âm;Sân\nKhông Đâu;1/6;Sân\nNghia Ta;mùng 3 tháng Ba;Sân\n")
	for _, want := range []string{"Hiểu là xã Na Rì, Thái Nguyên", "(12/2 âm)", "Không có xã, phường nào tên như vậy", "Còn 1 dòng sai", "Hiểu là ngày âm"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	f, yes := formOf(t, body), ticks(body)
	if len(yes) != 3 || yes[0] != "2|commune|xã Na Rì, Thái Nguyên" {
		t.Fatalf("to confirm: %q", yes)
	}
	for i, at := range f["fix_at"] {
		if at == "4|commune" {
			f["fix"][i] = "Ba Bể" // typed over: the tick beside it does not count
		}
	}
	f["yes"] = yes
	f.Set("out", "3")
	if body = p.Post(pasteAt, f).Body; !strings.Contains(body, "Tạo 2 phiên nháp") || !strings.Contains(body, "Đã bỏ: 1 dòng") || !strings.Contains(body, "xã Ba Bể, Thái Nguyên") {
		t.Error("the plan is not ready")
	}
}

// TestOneSessionIsAddedQuickly from an empty cell of the board.
func TestOneSessionIsAddedQuickly(t *testing.T) {
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	year := nextYear(k)
	pattern := k.Event(testkit.InState(registry.Draft), testkit.OnDays(fmt.Sprintf("%d-09-05", year), 1))
	link := fmt.Sprintf("/quan-ly/lich-nam/them?nam=%d&amp;xa=%s&amp;thang=3", year, testkit.BaBe.Code)
	if board := c.Get(fmt.Sprintf("/quan-ly/lich-nam?nam=%d", year)).Body; !strings.Contains(board, link) {
		t.Errorf("the board does not lead to %s", link)
	}
	if page := c.Get(html.UnescapeString(link)).Body; !strings.Contains(page, `value="xã Ba Bể, Thái Nguyên"`) || !strings.Contains(page, `name="month" value="3"`) {
		t.Error("the form does not know the commune and the month")
	}
	f := url.Values{"pattern": {string(pattern.ID)}, "year": {fmt.Sprint(year)}, "month": {"9"}, "commune": {"xã Ba Bể, Thái Nguyên"}, "date": {"5"}, "days": {"2"}, "booths": {"12"}}
	got := c.Post(pasteAt, f)
	if !strings.Contains(got.Body, "Đã có trong lịch") {
		t.Error("the session that is there is not known")
	}
	f.Set("date", "thứ Bảy")
	if got := c.Post(pasteAt, f); !strings.Contains(got.Body, "ngày ấy đầu tiên của tháng") {
		t.Error("a weekday is not a guess")
	}
	for _, bad := range []url.Values{{}, {"pattern": {string(pattern.ID)}, "year": {"1"}, "rows": {"Xã;Ngày\nBa Bể;1/6"}}, {"year": {"x"}}, {"pattern": {string(pattern.ID)}, "year": {fmt.Sprint(year)}, "rows": {"x"}}} {
		if got := c.Post(pasteAt, bad).Status; got != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", bad, got)
		}
	}
}
