package frame

import (
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
)

// Limits of a form that is read part by part.
const (
	MaxTipPhoto  = 12 << 20 // what phones make; larger ones are told, the words with them kept
	maxPartWords = 64 << 10 // one field with its header
	maxParts     = 40
)

// maxPartFiles is how many files a form may bring; what the use case takes may be fewer.
const maxPartFiles = 10

// partForm is a form with a photo or files, read from the line part by part: the words are
// there whatever becomes of those.
type partForm struct {
	Values url.Values
	Photo  []byte          // of the field "photo"
	Files  []PartFile      // of the field "file"
	Lost   *registry.Error // why the photo or a file was not taken, if one came and was not
}

// PartFile is a file that a form brought.
type PartFile struct {
	Name string // as it was called where it came from
	Data []byte
}

// ReadParts reads the form of a request whose body nothing has touched. A photo or file
// over 12 MB, or one for which there is no room now, is passed over and said to be lost.
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
	case name == "file" && part.FileName() == "":
		_, err := io.Copy(io.Discard, part) // no file was chosen
		return err
	case name == "file" && len(f.Files) < maxPartFiles && f.Lost == nil:
		return f.takeFile(part, line, share)
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

// takeFile reads a file, or what there is of it, to nowhere. All files of a form together
// are no larger than one may be.
func (f *partForm) takeFile(part *multipart.Part, line *paced, share *Share) error {
	left := MaxTipPhoto
	for _, taken := range f.Files {
		left -= len(taken.Data)
	}
	line.allow(drainMost)
	data, err := share.read(part, left)
	switch registry.KindOf(err) {
	case registry.TooLarge:
		f.Lost = registry.At("file", "task.error.files_large")
	case registry.Unavailable:
		f.Lost = registry.At("file", "error.photo_busy")
	default:
		if err == nil && len(data) > 0 {
			f.Files = append(f.Files, PartFile{part.FileName(), data})
		}
		return err
	}
	_, err = io.Copy(io.Discard, part)
	return err
}

// ReadPhotoForm reads a form with one photo into its value. The words are kept whatever
// becomes of the photo, which comes back as far as it was read.
func (s *Server) ReadPhotoForm(c *fiber.Ctx, share *Share, into any) (photo []byte, err error) {
	parts, err := s.ReadParts(c, share)
	if err == nil {
		err = BindValues(parts.Values, nil, into)
	}
	if err == nil && parts.Lost != nil {
		err = parts.Lost
	}
	return parts.Photo, err
}

// ReadFileForm reads a form with one file, of the field "file", into its value. chosen says that
// a file came, also one that was not taken: the words are kept whatever becomes of it.
func (s *Server) ReadFileForm(c *fiber.Ctx, share *Share, into any) (file *core.Upload, chosen bool, err error) {
	parts, err := s.ReadParts(c, share)
	if err == nil {
		err = BindValues(parts.Values, nil, into)
	}
	if err == nil && parts.Lost != nil {
		err = parts.Lost
	}
	if len(parts.Files) > 0 {
		file = &core.Upload{Name: parts.Files[0].Name, Data: parts.Files[0].Data}
	}
	return file, file != nil || parts.Lost != nil, err
}
