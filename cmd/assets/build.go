package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Build makes every served file from root/src, by name below root.
func Build(root string) (map[string][]byte, error) {
	built := map[string][]byte{}
	entries, err := entryPoints(filepath.Join(root, "src"))
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		data, err := bundle(filepath.Join(root, "src", e.source))
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(e.target, ".css") {
			data = ruleLines(data)
		}
		built[e.target] = data
	}
	if built["icons.svg"], err = sprite(filepath.Join(root, "src", "icons")); err != nil {
		return nil, err
	}
	return built, nil
}

// entry is a source that becomes a served file.
type entry struct{ source, target string }

// styles are the style sheets that pages load; the others are parts of them.
var styles = []string{"app.css", "work.css", "office.css", "gate.css", "inspect.css", "month.css", "event.css", "read.css", "open.css", "draw.css"}

// entryPoints are the style sheets above and every script that stands directly
// in js/ or is named main in a folder of its own.
func entryPoints(src string) ([]entry, error) {
	var all []entry
	for _, name := range styles {
		all = append(all, entry{"css/" + name, "css/" + name})
	}
	scripts, err := fs.Glob(os.DirFS(src), "js/*.js")
	if err != nil {
		return nil, err
	}
	for _, name := range scripts {
		all = append(all, entry{name, name})
	}
	mains, err := fs.Glob(os.DirFS(src), "*/main.js")
	if err != nil {
		return nil, err
	}
	for _, name := range mains {
		all = append(all, entry{name, "js/" + strings.TrimSuffix(name, "/main.js") + ".js"})
	}
	return all, nil
}

// bundle minifies a style sheet or script with all that it imports.
func bundle(path string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{path}, Bundle: true, Write: false, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true, LegalComments: api.LegalCommentsNone,
		Format: api.FormatIIFE, Target: api.ES2020, External: []string{"/static/*"},
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	return result.OutputFiles[0].Contents, nil
}

// ruleLines gives every rule of a style sheet a line of its own: two changes then
// meet in different lines, and the few bytes all but vanish in compression.
func ruleLines(css []byte) []byte {
	var out bytes.Buffer
	depth, quote := 0, byte(0)
	for _, c := range css {
		out.WriteByte(c)
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				out.WriteByte('\n')
			}
		}
	}
	return append(bytes.TrimSpace(out.Bytes()), '\n')
}

var svgBody = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)

// sprite joins the icons of a folder as symbols named like their files.
func sprite(dir string) ([]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.svg"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var out bytes.Buffer
	out.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		body := svgBody.FindSubmatch(raw)
		if body == nil {
			return nil, fmt.Errorf("%s is no SVG", name)
		}
		id := strings.TrimSuffix(filepath.Base(name), ".svg")
		fmt.Fprintf(&out, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`, id, strings.Join(strings.Fields(string(body[1])), " "))
	}
	out.WriteString("</svg>\n")
	return out.Bytes(), nil
}
