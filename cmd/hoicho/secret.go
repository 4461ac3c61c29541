package main

import (
	"fmt"
	"os"
	"strings"
)

// secret reads a secret from a file, without the line end that editors add.
func secret(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the secret: %w", err)
	}
	return strings.TrimRight(string(raw), "\r\n"), nil
}
