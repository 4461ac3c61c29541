package frame

import (
	"mime/multipart"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/web/view"
)

// Carry takes a reader over the pages of signing in to where they wanted to go,
// and with them the form that they had filled in when their session ended.
type Carry struct {
	Next   string
	Posted string // urlencoded text fields of a form that was posted to Next
	// Files reports that files were chosen too. They are not carried: the reader
	// is told to choose them again.
	Files bool
}

// maxCarried is the largest form that is carried, in bytes.
const maxCarried = 64 << 10

// Carried is what a request without a session was about: a page, or a form. A
// form that cannot be carried leads back to the page that it stood on.
func (s *Server) Carried(c *fiber.Ctx) Carry {
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
		return Carry{Next: view.LocalPath(c.OriginalURL(), "")}
	}
	form, files, err := FormValues(c)
	if err != nil {
		return Carry{Next: s.cameFrom(c)}
	}
	for name := range form {
		if isSecret(name) {
			form.Del(name)
		}
	}
	text := form.Encode()
	if text == "" || len(text) > maxCarried {
		return Carry{Next: s.cameFrom(c)}
	}
	return Carry{Next: view.LocalPath(c.OriginalURL(), ""), Posted: text, Files: anyChosen(files)}
}

// anyChosen reports whether a form came with a file.
func anyChosen(files map[string][]*multipart.FileHeader) bool {
	for _, chosen := range files {
		for _, f := range chosen {
			if f.Size > 0 {
				return true
			}
		}
	}
	return false
}

// isSecret reports fields that are not to stand in a page: they are typed again.
func isSecret(name string) bool {
	return strings.HasPrefix(name, "_") || strings.Contains(name, "password") || name == "old" || name == "code"
}

// cameFrom is the page of this site whose form was sent.
func (s *Server) cameFrom(c *fiber.Ctx) string {
	u, err := url.Parse(c.Get(fiber.HeaderReferer))
	if err != nil || u.Host != string(c.Context().Host()) && u.Scheme+"://"+u.Host != s.Config.Origin() {
		return ""
	}
	return view.LocalPath(u.RequestURI(), "")
}

// formPair is one field of a carried form.
type formPair struct{ Name, Value string }

// Pairs are the fields of the carried form, to be posted again.
func (c Carry) Pairs() []formPair {
	form, err := url.ParseQuery(c.Posted)
	if err != nil {
		return nil
	}
	var pairs []formPair
	for name, values := range form {
		for _, v := range values {
			pairs = append(pairs, formPair{name, v})
		}
	}
	slices.SortStableFunc(pairs, func(a, b formPair) int { return strings.Compare(a.Name, b.Name) })
	return pairs
}

// ReadCarry reads the carry that the page of a form held. It goes nowhere but to
// this site.
func ReadCarry(c *fiber.Ctx) Carry {
	values, _, err := FormValues(c)
	if err != nil {
		return Carry{}
	}
	out := Carry{Next: view.LocalPath(values.Get("_next"), "")}
	if form := values.Get("_form"); out.Next != "" && len(form) <= maxCarried {
		out.Posted, out.Files = form, values.Get("_files") == "1"
	}
	return out
}
