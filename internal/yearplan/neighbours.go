package yearplan

import (
	"encoding/csv"
	"fmt"
	"io/fs"
)

// neighbourFile is the table of communes that share a border, each pair once.
const neighbourFile = "units-2025-neighbours.csv"

// Neighbours are the communes of Edition2025 that share a border with each, by code.
type Neighbours map[string][]string

// ReadNeighbours reads the table among the units.
func ReadNeighbours(tables fs.FS) (Neighbours, error) {
	file, err := tables.Open(neighbourFile)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", neighbourFile, err)
	}
	n := Neighbours{}
	for _, row := range rows[1:] {
		n[row[0]], n[row[1]] = append(n[row[0]], row[1]), append(n[row[1]], row[0])
	}
	return n, nil
}
