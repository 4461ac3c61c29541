package web_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/web"
)

// marked are letters that only Vietnamese has among the languages of the site.
var marked = regexp.MustCompile(`(?i)[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]`)

// unread are elements whose text is not read from the page, or is a choice of a form.
var unread = []string{"script", "style", "title", "textarea", "option", "label"}

// word is a run of letters.
var word = regexp.MustCompile(`\pL+`)

// quoting are sentences of ours with a name, or papers of law, in them, and money: names need no mark.
var quoting = regexp.MustCompile(`^(Report sales|Print or keep the passes|Apply for a booth|Offer|Made in|Remember|Food|before July 2025|holds|Commune, province)\b` +
	`|(Nghị định|Thông tư|Luật|Quyết định) \d|\((đồng|VND)\)|^đ$|For example: |· (by|sold today)\b|· Sở\b|^Face to face`)

// unmarked lists the texts of a page in English that are Vietnamese by their letters and do
// not say so. A sentence with a name in it is English: half of the words have to have marks.
// What a reader typed into a form stands as it was typed.
func unmarked(n *html.Node, lang string) (found []string) {
	switch {
	case n.Type == html.ElementNode && n.Data == "dd" && len(n.Attr) > 0 && n.Attr[0].Val == "pre":
		return nil // of a summary: answers of a form, one beside the other
	case n.Type == html.ElementNode && slices.Contains(unread, n.Data):
		return nil
	case n.Type == html.ElementNode:
		for _, a := range n.Attr {
			if a.Key == "lang" {
				lang = a.Val
			}
		}
	case n.Type == html.TextNode && lang != "vi":
		words := word.FindAllString(n.Data, -1)
		if foreign := len(markedWords(words)); 2*foreign >= len(words) && foreign > 0 && !quoting.MatchString(strings.TrimSpace(n.Data)) {
			found = append(found, strings.Join(strings.Fields(n.Data), " "))
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		found = append(found, unmarked(c, lang)...)
	}
	return found
}

// markedWords are the words that have a letter of Vietnamese.
func markedWords(words []string) (out []string) {
	for _, w := range words {
		if marked.MatchString(w) {
			out = append(out, w)
		}
	}
	return out
}

// TestEnglishPagesSayWhatIsVietnamese opens every page of visitors and vendors in English:
// a voice that reads them has to know where a name, a title, an address is Vietnamese.
func TestEnglishPagesSayWhatIsVietnamese(t *testing.T) {
	t.Parallel()
	s := newStall(t)
	clients := map[string]*testkit.Client{"": testkit.NewClient(t, s.base), "vendor": testkit.NewClient(t, s.base)}
	clients["vendor"].SignInAs(s.vendorToken)
	visits := append(visitsOf(&s, web.Policies(s.server)), visit{"/su-kien?xem=lich", ""}, visit{"/tim?q=mien", ""}, visit{"/su-kien?dia-ban=" + testkit.BaBe.Code, ""},
		visit{"/phan-anh?the=" + s.pass(registry.BoothPass).Code, ""})
	seen := 0
	for _, v := range visits {
		c := clients[v.who]
		if c == nil || strings.HasPrefix(v.path, "/quan-ly") || strings.HasPrefix(v.path, "/cong") || strings.HasPrefix(v.path, "/kiem-tra") {
			continue
		}
		mark := "?"
		if strings.Contains(v.path, "?") {
			mark = "&"
		}
		got := c.Get(v.path + mark + "lang=en")
		root, err := html.Parse(strings.NewReader(got.Body))
		if err != nil || got.Status != 200 {
			continue // another test says so
		}
		seen++
		if found := unmarked(root, ""); len(found) > 0 {
			t.Errorf("%s: not marked as Vietnamese:\n\t%s", v.path, strings.Join(found, "\n\t"))
		}
	}
	if seen < 40 {
		t.Errorf("only %d pages were read", seen)
	}
}

func TestWhatCountsAsVietnamese(t *testing.T) {
	for text, want := range map[string]int{`<p>Phiên chợ</p>`: 1, `<p lang="vi">Phiên chợ</p>`: 0, `<p>Market in xã Ba Bể on three days of this month</p>`: 0,
		`<div lang="vi"><p lang="en">chợ</p></div>`: 1, `<title>chợ</title><p>no</p>`: 0} {
		root, err := html.Parse(strings.NewReader(text))
		if err != nil || len(unmarked(root, "en")) != want {
			t.Errorf("%s: %q", text, unmarked(root, "en"))
		}
	}
}
