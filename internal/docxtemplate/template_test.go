package docxtemplate

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

const (
	types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`
)

// docx packs entries, and a document of a body, in order; an entry of the same name takes its place.
func docx(t *testing.T, body string, more ...string) []byte {
	t.Helper()
	return docxAs(t, types, body, more...)
}

func docxAs(t *testing.T, types, body string, more ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	entries := append([]string{"[Content_Types].xml", types, "word/document.xml", "<w:document " + space + "><w:body>" + body + "</w:body></w:document>"}, more...)
	for i := 0; i < len(entries); i += 2 {
		w, err := z.Create(entries[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, entries[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// p is a paragraph of runs.
func p(runs ...string) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString("<w:r><w:rPr><w:b/></w:rPr><w:t>" + r + "</w:t></w:r>")
	}
	return `<w:p w14:paraId="1">` + b.String() + "</w:p>"
}

func tc(content ...string) string { return "<w:tc>" + strings.Join(content, "") + "</w:tc>" }
func tr(cells ...string) string   { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }

// said is the text of an entry, a line for each paragraph.
func said(t *testing.T, data []byte, name string) string {
	t.Helper()
	var lines strings.Builder
	d := xml.NewDecoder(strings.NewReader(entry(t, data, name)))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return lines.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.CharData:
			lines.Write(x)
		case xml.EndElement:
			if x.Name.Local == "p" || x.Name.Local == "br" {
				lines.WriteByte('\n')
			}
		}
	}
}

func entry(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var data = Data{
	Texts: map[string]string{"tinh": "Thái Nguyên", "trong": "", "loi": "Dòng 1\n{{tinh}} <b>", "xa.sessions": "19"},
	Lists: map[string][]Data{
		"don_vi": {
			{Texts: map[string]string{"ten": "Ba Bể", "chu": "x"}, Lists: map[string][]Data{"viec": {{Texts: map[string]string{"so": "1"}}, {Texts: map[string]string{"so": "2"}}}}},
			{Texts: map[string]string{"ten": "Na Rì {{tinh}}", "chu": ""}},
		},
		"khong": nil,
	},
}

var schema = Schema{Texts: []string{"tinh", "trong", "loi", "xa.sessions"}, Lists: map[string]Schema{
	"don_vi": {Texts: []string{"ten", "chu"}, Lists: map[string]Schema{"viec": {Texts: []string{"so"}}}}, "khong": {Texts: []string{"ten"}}}}

func TestFill(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, want string }{
		"a field":                       {p("Tỉnh {{tinh}}."), "Tỉnh Thái Nguyên.\n"},
		"in capitals":                   {p("{{ TINH }}"), "THÁI NGUYÊN\n"},
		"cut by Word":                   {p("Tỉnh {", "{ti", "nh}} có {{xa.", "sessions}", "} phiên"), "Tỉnh Thái Nguyên có 19 phiên\n"},
		"lines and what looks like XML": {p("{{loi}}"), "Dòng 1\n{{tinh}} <b>\n"},
		"nothing to say":                {p("[{{trong}}]"), "[]\n"},
		"a passage in a line":           {p("Gồm: {{#don_vi}}{{ten}}; {{/don_vi}}hết."), "Gồm: Ba Bể; Na Rì {{tinh}}; hết.\n"},
		"one within it":                 {p("{{#don_vi}}{{ten}}({{#viec}}{{so}},{{/viec}}) {{/don_vi}}"), "Ba Bể(1,2,) Na Rì {{tinh}}() \n"},
		"paragraphs": {p("{{#don_vi}}") + p("{{ten}} ở {{tinh}}") + p("{{chu}}") + p("{{/don_vi}}") + p("Hết"),
			"Ba Bể ở Thái Nguyên\nx\nNa Rì {{tinh}} ở Thái Nguyên\nHết\n"},
		"a row":                   {"<w:tbl>" + tr(tc(p("Tên"))) + tr(tc(p("{{#don_vi}}{{ten}}")), tc(p("{{chu}}{{/don_vi}}"))) + "</w:tbl>", "Tên\nBa Bể\nx\nNa Rì {{tinh}}\n\n"},
		"several rows":            {"<w:tbl>" + tr(tc(p("{{#don_vi}}{{ten}}"))) + tr(tc(p("-{{chu}}{{/don_vi}}"))) + "</w:tbl>", "Ba Bể\n-x\nNa Rì {{tinh}}\n-\n"},
		"rows within a paragraph": {p("{{#don_vi}}") + "<w:tbl>" + tr(tc(p("{{#viec}}{{ten}}")), tc(p("{{so}}{{/viec}}"))) + "</w:tbl>" + p("{{/don_vi}}"), "Ba Bể\n1\nBa Bể\n2\n"},
		"within a cell":           {"<w:tbl>" + tr(tc(p("{{#don_vi}}"), p("{{ten}}"), p("{{/don_vi}}")), tc(p("y"))) + "</w:tbl>", "Ba Bể\nNa Rì {{tinh}}\ny\n"},
		"an empty list":           {p("a") + p("{{#khong}}") + p("{{ten}}") + p("{{/khong}}") + "<w:tbl>" + tr(tc(p("{{#khong}}"), p("x"), p("{{/khong}}"))) + "</w:tbl>", "a\n\n"},
	} {
		file := docx(t, c.body, "word/header1.xml", "<w:hdr "+space+">"+p("Trang của {{tinh}}")+"</w:hdr>", "word/media/a.png", "\x89PNG{{tinh}}")
		template, err := Parse(file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := template.Check(schema); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for range 2 { // filled often
			out, err := template.Fill(data)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got := said(t, out, "word/document.xml"); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
			if got := said(t, out, "word/header1.xml"); got != "Trang của Thái Nguyên\n" {
				t.Errorf("%s: the header says %q", name, got)
			}
			if entry(t, out, "word/media/a.png") != "\x89PNG{{tinh}}" {
				t.Errorf("%s: a picture has changed", name)
			}
		}
	}
}

// TestACopyIsNoTwin: what may stand in a file once does not stand there twice, and a picture in a
// passage is shown for each row.
func TestACopyIsNoTwin(t *testing.T) {
	t.Parallel()
	picture := `<w:p><w:bookmarkStart w:id="7" w:name="a"/><w:r><w:drawing><wp:inline><wp:docPr id="3" name="Ảnh"/></wp:inline></w:drawing></w:r><w:r><w:t>{{ten}}</w:t></w:r><w:bookmarkEnd w:id="7"/></w:p>`
	template, err := Parse(docx(t, p("{{#don_vi}}")+picture+p("{{/don_vi}}")))
	if err != nil {
		t.Fatal(err)
	}
	out, err := template.Fill(data)
	if err != nil {
		t.Fatal(err)
	}
	text := entry(t, out, "word/document.xml")
	for what, n := range map[string]int{"<w:drawing>": 2, ` id="1"`: 1, ` id="2"`: 1, ` id="3"`: 0, "bookmark": 0, "paraId": 0, `<w:body>`: 1} {
		if got := strings.Count(text, what); got != n {
			t.Errorf("%s stands there %d times, want %d:\n%s", what, got, n, text)
		}
	}
}

func TestWhatIsNoTemplate(t *testing.T) {
	t.Parallel()
	relations := func(line string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + line + `</Relationships>`
	}
	for name, c := range map[string]struct {
		file []byte
		want What
	}{
		"no ZIP":       {[]byte("%PDF-1.7"), NotWord},
		"nothing":      {nil, NotWord},
		"too large":    {make([]byte, MaxBytes+1), TooLarge},
		"a bomb":       {docx(t, p("a"), "word/media/a.bin", strings.Repeat("\x00", maxUnpacked)), TooLarge},
		"twice":        {docx(t, p("a"), "WORD/document.xml", "<a/>"), Broken},
		"out of it":    {docx(t, p("a"), "../a", "a"), Broken},
		"no XML":       {docx(t, "<w:p>"), Broken},
		"another name": {docx(t, p("a"), "word/header1.xml", `<x:hdr xmlns:x="a"/>`), Broken},
		"a DTD":        {docx(t, p("a"), "word/header1.xml", `<!DOCTYPE a [<!ENTITY b "c">]><w:hdr `+space+`/>`), Broken},
		"deep":         {docx(t, strings.Repeat("<w:sdt>", 300)+strings.Repeat("</w:sdt>", 300)), Broken},
		"macros":       {docx(t, p("a"), "word/vbaProject.bin", "a"), Macros},
		"a .dotx":      {docxAs(t, strings.Replace(types, "document.main", "template.main", 1), p("a")), NotWord},
		"a .docm":      {docxAs(t, strings.Replace(types, "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main", 1), p("a")), Macros},
		"from outside": {docx(t, p("a"), "word/_rels/settings.xml.rels", relations(`<Relationship Id="a" Type="http://x/attachedTemplate" Target="http://x/a.dotm" TargetMode="External"/>`)), Outside},
		"a link":       {docx(t, p("a"), "word/_rels/document.xml.rels", relations(`<Relationship Id="a" Type="http://x/hyperlink" Target="http://x/" TargetMode="External"/>`)), ""},

		"an unknown field":     {docx(t, p("{{tinh}} {{tỉnh}}")), Unknown},
		"another unknown one":  {docx(t, p("{{xa.nothing}}")), Unknown},
		"of a row, outside":    {docx(t, p("{{ten}}")), Unknown},
		"an unknown list":      {docx(t, p("{{#xa}}a{{/xa}}")), Unknown},
		"a list in itself":     {docx(t, p("{{#don_vi}}{{#don_vi}}a{{/don_vi}}{{/don_vi}}")), Unknown},
		"a list of a row":      {docx(t, p("{{#viec}}{{so}}{{/viec}}")), Unknown},
		"half a mark":          {docx(t, p("{{tinh")), Unclosed},
		"the other half":       {docx(t, p("tinh}}")), Unclosed},
		"half, and a mark":     {docx(t, p("{{ {{tinh}}")), Unclosed},
		"no end":               {docx(t, p("{{#don_vi}}")+p("{{ten}}")), Unclosed},
		"no begin":             {docx(t, p("{{/don_vi}}")), Unclosed},
		"another end":          {docx(t, p("{{#don_vi}}{{#viec}}{{/don_vi}}{{/viec}}")), Unclosed},
		"from text to a table": {docx(t, p("{{#don_vi}}")+"<w:tbl>"+tr(tc(p("{{/don_vi}}")))+"</w:tbl>"), Crossed},
		"not alone":            {docx(t, p("Gồm {{#don_vi}}")+p("{{/don_vi}}")), Crossed},
	} {
		template, err := Parse(c.file)
		if err == nil {
			err = template.Check(schema)
		}
		switch f := FaultOf(err); {
		case c.want == "" && err != nil, c.want != "" && f == nil, c.want != "" && f.What != c.want:
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestMoreThanAPaperHolds: passages in one another do not fill the memory.
func TestMoreThanAPaperHolds(t *testing.T) {
	t.Parallel()
	rows := make([]Data, 2000)
	many := Data{Lists: map[string][]Data{"a": rows, "b": rows}}
	for _, body := range []string{p("{{#a}}") + p("{{#b}}") + p("x") + p("{{/b}}") + p("{{/a}}"), p("{{#a}}{{#b}}x{{/b}}{{/a}}"),
		p("{{#a}}" + strings.Repeat("x", 10_000) + "{{/a}}")} {
		template, err := Parse(docx(t, body))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = template.Fill(many); FaultOf(err) == nil || FaultOf(err).What != TooMuch {
			t.Errorf("%v", err)
		}
	}
}

// FuzzFill: whatever a template holds, it is refused or filled, and what was filled is a file
// that opens.
func FuzzFill(f *testing.F) {
	for _, body := range []string{"{{tinh}}", "{{#don_vi}}|{{ten}}|{{/don_vi}}", "{{#don_vi}}{{ten}}{{/don_vi}}", "{{|tinh}}", "{{#don_vi}}{{#viec}}|{{/viec}}{{/don_vi}}"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var all strings.Builder
		for _, line := range strings.Split(body, "|") {
			var b bytes.Buffer
			if xml.EscapeText(&b, []byte(line)) != nil {
				return
			}
			all.WriteString(p(b.String()))
		}
		template, err := Parse(docx(t, all.String()))
		if err != nil || template.Check(schema) != nil {
			return
		}
		out, err := template.Fill(data)
		if err != nil {
			t.Fatalf("%q was accepted and not filled: %v", body, err)
		}
		if _, err := Parse(out); err != nil {
			t.Fatalf("%q gives %v", body, err)
		}
	})
}
