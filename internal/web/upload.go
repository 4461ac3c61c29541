package web

import (
	"io"
	"mime/multipart"

	"github.com/gofiber/fiber/v2"
)

// upload binds a form with one file and reads its bytes, nil where none was sent.
func upload(c *fiber.Ctx, form any, file func() *multipart.FileHeader) ([]byte, error) {
	if err := bind(c, form); err != nil {
		return nil, err
	}
	return readUpload(file())
}

// readUpload reads an uploaded file, nothing if none was chosen.
func readUpload(h *multipart.FileHeader) ([]byte, error) {
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
