package frame

import (
	"io"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"
)

// Upload binds a form with one file and reads its bytes, nil where none was sent.
func Upload(c *fiber.Ctx, form any, file func() *multipart.FileHeader) ([]byte, error) {
	if err := Bind(c, form); err != nil {
		return nil, err
	}
	return ReadUpload(file())
}

// ReadUpload reads an uploaded file, nothing if none was chosen.
func ReadUpload(h *multipart.FileHeader) ([]byte, error) {
	if h == nil {
		return nil, nil
	}
	f, err := h.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
