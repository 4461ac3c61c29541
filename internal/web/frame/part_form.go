package frame

import (
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// Limits of a form that is read part by part.
const (
	MaxTipPhoto  = 12 << 20 // what phones make; larger ones are told, the words with them kept
	maxPartWords = 64 << 10 // one field with its header
	maxParts     = 30
)

// partForm is a form with a photo, read from the line part by part: the words are
// there whatever becomes of the photo.
type partForm struct {
	Values url.Values
	Photo  []byte
	Lost   *registry.Error // why the photo was not taken, if one came and was not
}

// ReadParts reads the form of a request whose body nothing has touched. A photo over
// 12 MB, or one for which there is no room now, is passed over and said to be lost.
func (s *Server) ReadParts(c *fiber.Ctx, share *Share) (f partForm, err error) {
	stream := c.Context().RequestBodyStream()
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if stream == nil || err != nil || kind != fiber.MIMEMultipartForm {
		if err := s.takeWhole(c, share); err != nil {
			return f, err
		}
		f.Values, _, err = FormValues(c)
		return f, err
	}
	line := newPaced(c, stream)
	f.Values = url.Values{}
	for form := multipart.NewReader(line, params["boundary"]); ; {
		line.allow(maxPartWords)
		part, err := form.NextPart()
		if err == io.EOF {
			return f, nil
		}
		if err == nil {
			err = f.take(part, line, share)
		}
		if err != nil {
			return f, malformedUnless(err)
		}
	}
}

// malformedUnless makes Malformed of an error that is none of ours.
func malformedUnless(err error) error {
	if registry.KindOf(err) == registry.Internal {
		return registry.E(registry.Malformed, "error.malformed")
	}
	return err
}

// take reads one part to its end.
func (f *partForm) take(part *multipart.Part, line *paced, share *Share) error {
	name := part.FormName()
	switch {
	case name == "photo" && f.Photo == nil && f.Lost == nil:
		return f.takePhoto(part, line, share)
	case part.FileName() != "" || len(f.Values) >= maxParts:
		return registry.E(registry.Malformed, "error.unknown_field", strings.ToValidUTF8(name, "?"))
	}
	words, err := io.ReadAll(part) // as much as the line allows
	f.Values.Add(name, string(words))
	return err
}

// takePhoto reads the photo, or what there is of it, to nowhere.
func (f *partForm) takePhoto(part *multipart.Part, line *paced, share *Share) (err error) {
	line.allow(drainMost)
	f.Photo, err = share.read(part, MaxTipPhoto)
	switch registry.KindOf(err) {
	case registry.TooLarge:
		f.Lost = registry.At("photo", "error.tip.photo_large")
	case registry.Unavailable:
		f.Lost = registry.At("photo", "error.photo_busy")
	default:
		return err
	}
	_, err = io.Copy(io.Discard, part)
	return err
}
