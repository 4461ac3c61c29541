package main

import (
	"fmt"
	"os"
	"strings"
	"unicode/utf8"
)

// secret reads a secret from a file, without the line end that editors add.
func secret(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the secret: %w", err)
	}
	if strings.HasPrefix(string(raw), "\ufeff") || !utf8.Valid(raw) {
		return "", fmt.Errorf("%s is not plain UTF-8: save it again without a byte order mark", path)
	}
	return strings.TrimRight(string(raw), "\r\n"), nil
}
