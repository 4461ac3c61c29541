package articles

import (
	"bytes"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// markdown reads CommonMark and nothing beyond it. Raw HTML is never passed on: check
// refuses it, and render shows it as the signs that were typed.
var markdown = goldmark.New()

// lowestHeading is the deepest heading of an article; its first one stands below the
// title.
const lowestHeading = 4

// render makes HTML of the text of an article. What check refuses is shown as plain
// words: links that lead elsewhere than they may, pictures that are not the article's
// own, HTML.
func render(source string, pictures []committee.Picture) (string, error) {
	raw := []byte(source)
	doc := markdown.Parser().Parse(text.NewReader(raw))
	nodes := nodesOf(doc)
	top := topHeading(nodes)
	for _, node := range nodes {
		if h, ok := node.(*ast.Heading); ok {
			h.Level = min(h.Level-top+2, lowestHeading)
		}
		tame(node, raw, pictures)
	}
	var out bytes.Buffer
	err := markdown.Renderer().Render(&out, raw, doc)
	return out.String(), err
}

// topHeading is the highest level of heading that a text uses: it becomes the one below
// the title.
func topHeading(nodes []ast.Node) int {
	top := 6
	for _, node := range nodes {
		if h, ok := node.(*ast.Heading); ok {
			top = min(top, h.Level)
		}
	}
	return top
}

// nodesOf lists a document from the top, so that it can be changed on the way.
func nodesOf(doc ast.Node) (nodes []ast.Node) {
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			nodes = append(nodes, n)
		}
		return ast.WalkContinue, nil
	})
	return nodes
}

// tame makes a part of a document what may be shown.
func tame(node ast.Node, raw []byte, pictures []committee.Picture) {
	switch n := node.(type) {
	case *ast.Link:
		to, ok := linkTarget(string(n.Destination))
		if !ok {
			unwrap(n)
		}
		n.Destination = []byte(to)
	case *ast.AutoLink:
		if _, ok := linkTarget(string(n.URL(raw))); !ok && n.AutoLinkType != ast.AutoLinkEmail {
			instead(n, string(n.Label(raw)))
		}
	case *ast.Image:
		tamePicture(n, raw, pictures)
	case *ast.RawHTML:
		instead(n, string(n.Segments.Value(raw)))
	case *ast.HTMLBlock:
		p := ast.NewParagraph()
		p.AppendChild(p, ast.NewString([]byte(blockText(n, raw))))
		n.Parent().ReplaceChild(n.Parent(), n, p)
	}
}

func tamePicture(n *ast.Image, raw []byte, pictures []committee.Picture) {
	alt := strings.TrimSpace(plainText(n, raw))
	at := slices.IndexFunc(pictures, func(p committee.Picture) bool { return "/tep/"+string(p.File) == string(n.Destination) })
	if at < 0 {
		instead(n, alt)
		return
	}
	if alt == "" {
		n.AppendChild(n, ast.NewString([]byte(pictures[at].Alt)))
	}
	n.SetAttributeString("loading", []byte("lazy"))
}

// instead puts plain words in the place of a node.
func instead(n ast.Node, words string) {
	if parent := n.Parent(); parent != nil {
		parent.ReplaceChild(parent, n, ast.NewString([]byte(words)))
	}
}

// unwrap leaves of a node what stands in it.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		n.RemoveChild(n, child)
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}

func blockText(n *ast.HTMLBlock, raw []byte) string {
	var b strings.Builder
	b.Write(n.Lines().Value(raw))
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(raw))
	}
	return b.String()
}

// plainText is the words below a node.
func plainText(n ast.Node, raw []byte) string {
	var b strings.Builder
	for _, node := range nodesOf(n) {
		switch t := node.(type) {
		case *ast.Text:
			b.Write(t.Segment.Value(raw))
		case *ast.String:
			b.Write(t.Value)
		}
	}
	return b.String()
}

// linkTarget reads where a link leads: a page of the web, a mail address or a place on
// this site. false for everything else, such as javascript: in any disguise.
func linkTarget(typed string) (to string, ok bool) {
	to = html.UnescapeString(strings.TrimSpace(typed))
	if strings.ContainsFunc(to, func(r rune) bool { return unicode.IsControl(r) || r == '\\' }) {
		return "", false
	}
	u, err := url.Parse(to)
	switch {
	case err != nil:
		return "", false
	case u.Scheme == "http" || u.Scheme == "https":
		return to, u.Host != ""
	case u.Scheme == "mailto":
		return to, strings.Contains(u.Opaque, "@")
	}
	return to, u.Scheme == "" && u.Host == "" && (strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") || strings.HasPrefix(to, "#"))
}

// checkMarkdown notes at the field of the text what cannot be shown as it was typed.
func checkMarkdown(faults *registry.Faults, source string, pictures []committee.Picture) {
	raw, headings := []byte(source), 0
	for _, node := range nodesOf(markdown.Parser().Parse(text.NewReader(raw))) {
		switch n := node.(type) {
		case *ast.Heading:
			headings++
		case *ast.Link:
			_, ok := linkTarget(string(n.Destination))
			faults.Check(ok, "text", "article.error.link", string(n.Destination))
		case *ast.AutoLink:
			_, ok := linkTarget(string(n.URL(raw)))
			faults.Check(ok || n.AutoLinkType == ast.AutoLinkEmail, "text", "article.error.link", string(n.URL(raw)))
		case *ast.Image:
			own := slices.ContainsFunc(pictures, func(p committee.Picture) bool { return "/tep/"+string(p.File) == string(n.Destination) })
			faults.Check(own, "text", "article.error.picture_foreign", string(n.Destination))
		case *ast.RawHTML:
			faults.Add("text", "article.error.html", shortened(string(n.Segments.Value(raw))))
		case *ast.HTMLBlock:
			faults.Add("text", "article.error.html", shortened(blockText(n, raw)))
		}
	}
	faults.Check(headings <= committee.MaxHeadings, "text", "article.error.headings", headings, committee.MaxHeadings)
}

// shortened is the beginning of what was typed, to quote it.
func shortened(s string) string {
	const most = 40
	letters := []rune(strings.TrimSpace(s))
	if len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return string(letters)
}

// cleanMarkdown prepares a text as vn.CleanText does, but keeps the spaces by which
// lists stand in lists. false where a sign has no place in a text.
func cleanMarkdown(typed string) (string, bool) {
	clean := vn.NFC(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ", "\u200b", "", "\ufeff", "").Replace(typed))
	bad := func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' || r == unicode.ReplacementChar || isDirection(r)
	}
	return strings.TrimRight(strings.Trim(clean, "\n"), " \n"), !strings.ContainsFunc(clean, bad)
}

// isDirection reports whether a sign turns the reading of a line round.
func isDirection(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
