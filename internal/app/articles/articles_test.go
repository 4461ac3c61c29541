package articles_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/articles"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// typed is an article as somebody types it.
func typed() articles.Input {
	return articles.Input{Title: "Chè Shan Bằng Phúc", Lead: "Chè cổ thụ.", Text: "Một đoạn.", Column: "guong-dien-hinh", Lang: "vi", AreaRef: "2025:19"}
}

func kitOf(t *testing.T) (*testkit.Kit, registry.Actor) {
	t.Helper()
	k := testkit.NewApp(t)
	writer, _ := k.Officer(registry.Communicator, "19")
	return k, writer
}

func jpegOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 300)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fileOf reads an article in the office.
func fileOf(t *testing.T, k *testkit.Kit, actor registry.Actor, id registry.ArticleID) articles.File {
	t.Helper()
	f, err := k.App.Articles.File(t.Context(), actor, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func created(t *testing.T, k *testkit.Kit, actor registry.Actor, change func(*articles.Input)) articles.File {
	t.Helper()
	in := typed()
	if change != nil {
		change(&in)
	}
	a, err := k.App.Articles.Create(t.Context(), actor, in)
	if err != nil {
		t.Fatal(err)
	}
	return fileOf(t, k, actor, a.ID)
}

func TestWhatCannotBeShownIsRefusedAtItsField(t *testing.T) {
	k, writer := kitOf(t)
	for name, c := range map[string]struct {
		change func(*articles.Input)
		field  string
	}{
		"no title":                      {func(in *articles.Input) { in.Title = "" }, "title"},
		"no text":                       {func(in *articles.Input) { in.Text = " \n " }, "text"},
		"raw HTML":                      {func(in *articles.Input) { in.Text = "a <script>alert(1)</script>" }, "text"},
		"a block of HTML":               {func(in *articles.Input) { in.Text = "<div onclick=x>\n\nb" }, "text"},
		"a link that runs a script":     {func(in *articles.Input) { in.Text = "[a](javascript:alert(1))" }, "text"},
		"the same in disguise":          {func(in *articles.Input) { in.Text = "[a](&#106;ava&#115;cript:alert(1))" }, "text"},
		"a link with data":              {func(in *articles.Input) { in.Text = "[a](data:text/html,x)" }, "text"},
		"an address in pointed signs":   {func(in *articles.Input) { in.Text = "<javascript:alert(1)>" }, "text"},
		"a link without a scheme":       {func(in *articles.Input) { in.Text = "[a](//evil.example/x)" }, "text"},
		"a picture from elsewhere":      {func(in *articles.Input) { in.Text = "![a](https://evil.example/x.png)" }, "text"},
		"a stored picture of others":    {func(in *articles.Input) { in.Text = "![a](/tep/0193-x)" }, "text"},
		"200 headings":                  {func(in *articles.Input) { in.Text = strings.Repeat("## a\n\n", 200) }, "text"},
		"100,000 characters":            {func(in *articles.Input) { in.Text = strings.Repeat("chữ ", 25_000) }, "text"},
		"signs that turn the line":      {func(in *articles.Input) { in.Text = "a\u202eb" }, "text"},
		"control signs":                 {func(in *articles.Input) { in.Text = "a\x07b" }, "text"},
		"a language that is none":       {func(in *articles.Input) { in.Lang = "xx" }, "article_lang"},
		"a column that is none":         {func(in *articles.Input) { in.Column = "khong-co" }, "column"},
		"a body that is none":           {func(in *articles.Input) { in.Body = "khong-co" }, "body"},
		"an event that is none":         {func(in *articles.Input) { in.Event = "khong-co" }, "event"},
		"goods that are none":           {func(in *articles.Input) { in.Goods = "/doanh-nghiep/khong-co" }, "goods"},
		"goods that are no address":     {func(in *articles.Input) { in.Goods = "miến dong" }, "goods"},
		"another province":              {func(in *articles.Input) { in.AreaRef = "2025:01" }, "area"},
		"a unit that is none":           {func(in *articles.Input) { in.AreaRef = "2025:98765" }, "area"},
		"a picture that is none":        {func(in *articles.Input) { in.Picture, in.Alt = []byte("GIF89a"), "a" }, "photo"},
		"a picture without words":       {func(in *articles.Input) { in.Picture = jpegOf(t) }, "picture_alt"},
		"words without a picture":       {func(in *articles.Input) { in.Alt = "Giàn phơi" }, "photo"},
		"a title as long as an opening": {func(in *articles.Input) { in.Title = strings.Repeat("a", 151) }, "title"},
	} {
		t.Run(name, func(t *testing.T) {
			in := typed()
			c.change(&in)
			_, err := k.App.Articles.Create(t.Context(), writer, in)
			if fields := testkit.FieldsOf(err); !slices.Equal(fields, []string{c.field}) {
				t.Errorf("refused at %v (%v), want %s", fields, err, c.field)
			}
		})
	}
}

func TestMarkdownIsShownBelowTheTitle(t *testing.T) {
	k, writer := kitOf(t)
	f := created(t, k, writer, func(in *articles.Input) {
		in.Text = "# Một\n\n###### Hai\n\n- a\n  - b\n\n**đậm** [trang](/su-kien) [ngoài](https://vi-du.vn/?a=1&b=2) <https://vi-du.vn> [thư](mailto:a@vi-du.vn)\n\n> lời & trích"
	})
	for _, want := range []string{"<h2>Một</h2>", "<h4>Hai</h4>", "<ul>\n<li>b</li>\n</ul>", "<strong>đậm</strong>", `<a href="/su-kien">`,
		`href="https://vi-du.vn/?a=1&amp;b=2"`, `href="mailto:a@vi-du.vn"`, "<blockquote>", "lời &amp; trích"} {
		if !strings.Contains(f.HTML, want) {
			t.Errorf("%s is not in %s", want, f.HTML)
		}
	}
}

func TestPicturesOfAnArticle(t *testing.T) {
	k, writer := kitOf(t)
	f := created(t, k, writer, func(in *articles.Input) {
		in.Picture, in.Alt, in.Caption = jpegOf(t), "Giàn phơi miến", "Tháng 11"
	})
	if len(f.Pictures) != 1 || f.Pictures[0].Alt != "Giàn phơi miến" {
		t.Fatalf("pictures %+v", f.Pictures)
	}
	file := string(f.Pictures[0].File)
	edit := typed()
	edit.Version, edit.Files, edit.Alts, edit.Captions, edit.Text = f.Version, []string{file}, []string{"Giàn phơi dưới núi"}, []string{""}, "a ![](/tep/"+file+")"
	t.Run("their words change, and stand in the text", func(t *testing.T) {
		if _, err := k.App.Articles.Edit(t.Context(), writer, f.ID, edit); err != nil {
			t.Fatal(err)
		}
		f = fileOf(t, k, writer, f.ID)
		if want := `<img src="/tep/` + file + `" alt="Giàn phơi dưới núi" loading="lazy">`; !strings.Contains(f.HTML, want) {
			t.Errorf("%s is not in %s", want, f.HTML)
		}
	})
	t.Run("one that the text shows stays", func(t *testing.T) {
		edit.Version, edit.Drop = f.Version, []string{file}
		_, err := k.App.Articles.Edit(t.Context(), writer, f.ID, edit)
		if fields := testkit.FieldsOf(err); !slices.Equal(fields, []string{"text"}) {
			t.Errorf("dropped: %v", err)
		}
	})
}

func step(t *testing.T, k *testkit.Kit, actor registry.Actor, id registry.ArticleID, in articles.StepInput) error {
	t.Helper()
	in.Version = fileOf(t, k, actor, id).Version
	return k.App.Articles.Step(t.Context(), actor, id, in)
}

func TestLifeOfAnArticle(t *testing.T) {
	k, writer := kitOf(t)
	f := created(t, k, writer, nil)
	read := func() (articles.Reading, registry.Kind) {
		r, err := k.App.Articles.Read(t.Context(), f.Slug)
		return r, registry.KindOf(err)
	}
	if _, kind := read(); kind != registry.NotFound {
		t.Errorf("the public reads a draft: %v", kind)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "published", On: "1/1/2020"}); !slices.Equal(testkit.FieldsOf(err), []string{"publish_on"}) {
		t.Errorf("published in the past: %v", err)
	}
	day := k.Clock.Now().AddDate(0, 0, 2).Format("02/01/2006")
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "published", On: day, At: "6h30"}); err != nil {
		t.Fatal(err)
	}
	if _, kind := read(); kind != registry.NotFound || fileOf(t, k, writer, f.ID).StateNow() != committee.ArticleScheduled {
		t.Errorf("a scheduled article is read: %v", kind)
	}
	k.Clock.Add(72 * time.Hour)
	if r, kind := read(); kind != registry.None || r.HTML == "" {
		t.Errorf("after its hour it cannot be read: %v", kind)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "withdrawn"}); !slices.Equal(testkit.FieldsOf(err), []string{"reason"}) {
		t.Errorf("withdrawn without a reason: %v", err)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "withdrawn", Reason: "Sai số liệu"}); err != nil {
		t.Fatal(err)
	}
	if r, kind := read(); kind != registry.None || r.Text != "" || r.Title != "" || r.Reason != "Sai số liệu" {
		t.Errorf("withdrawn, the public reads %+v", r)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "draft"}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("what was read becomes a draft: %v", err)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "published"}); err != nil {
		t.Fatal(err)
	}
	if r, kind := read(); kind != registry.None || vnDay(r.PublishAt) != day {
		t.Errorf("published again on %s, want %s", vnDay(r.PublishAt), day)
	}
}

func vnDay(ms int64) string {
	return time.UnixMilli(ms).In(time.FixedZone("+07", 7*3600)).Format("02/01/2006")
}

func TestPraiseIsPublishedOnlyWithProof(t *testing.T) {
	k, writer := kitOf(t)
	f := created(t, k, writer, func(in *articles.Input) { in.Text = "Đây là chè ngon nhất tỉnh." })
	if len(f.Findings) != 1 {
		t.Errorf("findings %+v", f.Findings)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "published"}); !slices.Equal(testkit.FieldsOf(err), []string{"proof"}) {
		t.Errorf("published without proof: %v", err)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "published", Proof: "Giải nhất hội thi, QĐ số 12 ngày 1/10"}); err != nil {
		t.Error(err)
	}
}

func TestAddressFollowsTheTitleUntilItIsKnown(t *testing.T) {
	k, writer := kitOf(t)
	f := created(t, k, writer, nil)
	rename := func(title string) articles.File {
		in := typed()
		in.Title, in.Version = title, fileOf(t, k, writer, f.ID).Version
		if _, err := k.App.Articles.Edit(t.Context(), writer, f.ID, in); err != nil {
			t.Fatal(err)
		}
		return fileOf(t, k, writer, f.ID)
	}
	if got := rename("Rượu men lá"); got.Slug != "ruou-men-la" {
		t.Errorf("the draft stands at %s", got.Slug)
	}
	if err := step(t, k, writer, f.ID, articles.StepInput{To: "published"}); err != nil {
		t.Fatal(err)
	}
	if got := rename("Tên khác"); got.Slug != "ruou-men-la" {
		t.Errorf("the published article moved to %s", got.Slug)
	}
}

func TestFormerWordsComeBack(t *testing.T) {
	k, writer := kitOf(t)
	f := created(t, k, writer, nil)
	in := typed()
	in.Text, in.Version = "Chữ mới.", f.Version
	if _, err := k.App.Articles.Edit(t.Context(), writer, f.ID, in); err != nil {
		t.Fatal(err)
	}
	if _, err := k.App.Articles.Edit(t.Context(), writer, f.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("an old version is saved: %v", err)
	}
	if err := k.App.Articles.Restore(t.Context(), writer, f.ID, 1); err != nil {
		t.Fatal(err)
	}
	if f = fileOf(t, k, writer, f.ID); f.Text != "Một đoạn." || len(f.Versions) != 3 {
		t.Errorf("the text is %q in %d versions", f.Text, len(f.Versions))
	}
	if err := k.App.Articles.Restore(t.Context(), writer, f.ID, 9); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a version that is none: %v", err)
	}
}

func TestVersionsInLanguagesLeadToEachOther(t *testing.T) {
	k, writer := kitOf(t)
	f := created(t, k, writer, nil)
	tay := created(t, k, writer, func(in *articles.Input) { in.Original, in.Lang, in.Title = string(f.ID), "tyz", "Chè" })
	again := typed()
	again.Original, again.Lang = string(tay.ID), "tyz"
	if _, err := k.App.Articles.Create(t.Context(), writer, again); !slices.Equal(testkit.FieldsOf(err), []string{"lang"}) {
		t.Errorf("twice in one language: %v", err)
	}
	for _, a := range []articles.File{f, tay} {
		if err := step(t, k, writer, a.ID, articles.StepInput{To: "published"}); err != nil {
			t.Fatal(err)
		}
	}
	r, err := k.App.Articles.Read(t.Context(), tay.Slug)
	if err != nil || len(r.Languages) != 2 || r.Languages[0].ID != f.ID {
		t.Errorf("languages %d, %v", len(r.Languages), err)
	}
}

func TestColumnsAreChangedByWhoeverWritesForTheProvince(t *testing.T) {
	k, writer := kitOf(t)
	commune, _ := k.Officer(registry.Communicator, testkit.BaBe.Code)
	add := articles.ColumnInput{Name: "Tiếng Tày", Lang: "tyz"}
	if err := k.App.Articles.SaveColumn(t.Context(), commune, add); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a commune adds a column: %v", err)
	}
	if err := k.App.Articles.SaveColumn(t.Context(), writer, add); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		in   articles.ColumnInput
		want string
	}{
		"twice the same name": {add, "name"},
		"no name":             {articles.ColumnInput{Lang: "vi"}, "name"},
		"no language":         {articles.ColumnInput{Name: "Mới", Lang: "xx"}, "column_lang"},
	} {
		if fields := testkit.FieldsOf(k.App.Articles.SaveColumn(t.Context(), writer, c.in)); !slices.Equal(fields, []string{c.want}) {
			t.Errorf("%s: refused at %v", name, fields)
		}
	}
	for _, in := range []articles.ColumnInput{{Code: "tieng-tay", Up: true}, {Code: "tieng-tay", Name: "Tiếng Tày, Nùng", Lang: "tyz", Version: 2}, {Code: "tieng-tay", Remove: true}} {
		if err := k.App.Articles.SaveColumn(t.Context(), writer, in); err != nil {
			t.Errorf("%+v: %v", in, err)
		}
	}
	if err := k.App.Articles.SaveColumn(t.Context(), writer, articles.ColumnInput{Code: "khong-co", Remove: true}); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a column that is none: %v", err)
	}
}

func TestWhoMayDoWhatWithArticles(t *testing.T) {
	k := testkit.NewApp(t)
	draft := k.Article(func(a *committee.Article) { a.State, a.PublishAt = committee.ArticleDraft, 0 })
	event := k.Event()
	none, forbidden, missing := registry.None, registry.Forbidden, registry.NotFound
	for _, c := range []struct {
		role               registry.Role
		area               string
		read, write, texts registry.Kind
	}{
		{registry.Admin, "", none, none, none}, {registry.Admin, "19", none, none, none}, {registry.Admin, "01", missing, missing, missing},
		{registry.Organiser, "19", none, forbidden, none}, {registry.Reviewer, "19", none, forbidden, forbidden},
		{registry.Inspector, "19", none, forbidden, forbidden}, {registry.GateChief, "19", missing, missing, forbidden},
		{registry.Communicator, "19", none, none, none}, {registry.Communicator, "01", missing, missing, missing},
		{registry.Reporter, "19", none, forbidden, forbidden}, {registry.Viewer, "19", none, forbidden, forbidden},
		{registry.Branch, "19", missing, missing, none},
	} {
		t.Run(string(c.role)+" "+c.area, func(t *testing.T) {
			actor, _ := k.Officer(c.role, c.area)
			_, err := k.App.Articles.File(t.Context(), actor, draft.ID)
			if got := registry.KindOf(err); got != c.read {
				t.Errorf("reads a draft: %v, want %v", got, c.read)
			}
			if got := registry.KindOf(k.App.Articles.Restore(t.Context(), actor, draft.ID, 1)); got != c.write {
				t.Errorf("writes: %v, want %v", got, c.write)
			}
			_, err = k.App.Articles.Kit(t.Context(), actor, event.ID)
			if got := registry.KindOf(err); got != c.texts {
				t.Errorf("texts of an event: %v, want %v", got, c.texts)
			}
		})
	}
}

func TestWhoTookATextIsToldThatTheEventMoved(t *testing.T) {
	k, writer := kitOf(t)
	event := k.Event()
	if _, err := k.App.Articles.Take(t.Context(), writer, event.ID, committee.ScriptText); err != nil {
		t.Fatal(err)
	}
	if _, err := k.App.Articles.Take(t.Context(), writer, event.ID, "song"); registry.KindOf(err) != registry.Invalid {
		t.Errorf("a kind that is none: %v", err)
	}
	stale := func() int {
		kit, err := k.App.Articles.Kit(t.Context(), writer, event.ID)
		if err != nil || len(kit.Takings) != 1 {
			t.Fatalf("takings %+v, %v", kit.Takings, err)
		}
		return kit.StaleN()
	}
	if n := stale(); n != 0 {
		t.Errorf("%d are out of date before the event has changed", n)
	}
	organiser, _ := k.Officer(registry.Organiser, "19")
	testkit.StepEvent(t, k, organiser, &event, registry.Postponed)
	if n := stale(); n != 1 {
		t.Errorf("%d are out of date after it was postponed, want 1", n)
	}
}
