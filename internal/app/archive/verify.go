package archive

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// Verify reads an archive again and compares every file with its checksum; it returns how many
// files there are. An error names the first file that is changed, missing, there twice or not
// in the list.
func Verify(r io.ReaderAt, size int64) (files int, err error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return 0, fmt.Errorf("this is no archive of a year, or a part of one: %w", err)
	}
	sums, err := readSums(z)
	if err != nil {
		return 0, err
	}
	for _, f := range z.File {
		want, listed := sums[f.Name]
		if f.Name == sumsName {
			continue
		}
		if !listed {
			return files, fmt.Errorf("%s is not in %s, or stands in the archive twice", f.Name, sumsName)
		}
		if err := verifyOne(f, want); err != nil {
			return files, err
		}
		delete(sums, f.Name)
		files++
	}
	for name := range sums {
		return files, fmt.Errorf("%s is missing", name)
	}
	return files, nil
}

func verifyOne(f *zip.File, want string) error {
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return fmt.Errorf("%s was changed: its SHA-256 is %s, not %s", f.Name, got, want)
	}
	return nil
}

// readSums reads the list of checksums.
func readSums(z *zip.Reader) (map[string]string, error) {
	r, err := z.Open(sumsName)
	if err != nil {
		return nil, fmt.Errorf("%s is missing: this is no archive of a year", sumsName)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxSums))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sumsName, err)
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || len(sum) != 2*sha256.Size || sums[name] != "" {
			return nil, fmt.Errorf("%s says nothing in the line %q", sumsName, line)
		}
		sums[name] = sum
	}
	return sums, nil
}

// maxSums is how long a list of checksums may be, in bytes.
const maxSums = 64 << 20
