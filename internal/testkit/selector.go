package testkit

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// step is one step of a selector: all that is set must match.
type step struct {
	tag, id string
	classes []string
	attrs   []attrTest
}

type attrTest struct {
	name, value string
	anyValue    bool
}

var (
	stepPart = regexp.MustCompile(`^(?:([.#]?)([\pL_][\pL\d_-]*)|\[([\w:-]+)(?:=("[^"]*"|[^\]"]*))?\])`)
	stepGap  = regexp.MustCompile(`^\s+`)
)

func parseSelector(selector string) ([]step, error) {
	rest := strings.TrimSpace(selector)
	steps := []step{{}}
	for rest != "" {
		if gap := stepGap.FindString(rest); gap != "" {
			steps, rest = append(steps, step{}), rest[len(gap):]
			continue
		}
		m := stepPart.FindStringSubmatch(rest)
		if m == nil {
			return nil, errors.New("cannot read " + rest)
		}
		steps[len(steps)-1].add(m)
		rest = rest[len(m[0]):]
	}
	if steps[0].empty() {
		return nil, errors.New("it is empty")
	}
	return steps, nil
}

func (s *step) add(m []string) {
	switch {
	case m[3] != "":
		s.attrs = append(s.attrs, attrTest{
			name: m[3], value: strings.Trim(m[4], `"`), anyValue: !strings.Contains(m[0], "="),
		})
	case m[1] == ".":
		s.classes = append(s.classes, m[2])
	case m[1] == "#":
		s.id = m[2]
	default:
		s.tag = m[2]
	}
}

func (s step) empty() bool {
	return s.tag == "" && s.id == "" && len(s.classes)+len(s.attrs) == 0
}

func (s step) matches(n *html.Node) bool {
	if n.Type != html.ElementNode || s.tag != "" && n.Data != s.tag {
		return false
	}
	if id, _ := attr(n, "id"); s.id != "" && id != s.id {
		return false
	}
	class, _ := attr(n, "class")
	have := strings.Fields(class)
	for _, want := range s.classes {
		if !slices.Contains(have, want) {
			return false
		}
	}
	for _, want := range s.attrs {
		if got, ok := attr(n, want.name); !ok || !want.anyValue && got != want.value {
			return false
		}
	}
	return true
}

// descendants returns the nodes below the roots that match, each once and in
// document order.
func descendants(roots []*html.Node, match func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	seen := map[*html.Node]bool{}
	for _, root := range roots {
		for n := range root.Descendants() {
			if match(n) && !seen[n] {
				seen[n] = true
				found = append(found, n)
			}
		}
	}
	return found
}
