// Package outline reads the borders of units: SVG path data of M (absolute), l (relative) and z, in
// whole numbers. What the numbers measure is for the table that holds them to say.
package outline

import (
	"fmt"
	"strconv"
)

// Point is a corner of a border; X grows to the east and Y to the south.
type Point struct{ X, Y int }

// Rings reads a path: each ring begins with M and its one corner. Another command, or numbers that
// make no corners, are an error.
func Rings(path string) (rings [][]Point, err error) {
	for rest := path; rest != ""; {
		command := rest[0]
		var numbers []int
		if numbers, rest, err = leading(rest[1:]); err != nil {
			return nil, err
		}
		fits := map[byte]bool{'M': len(numbers) == 2, 'l': len(numbers)%2 == 0 && len(rings) > 0, 'z': len(numbers) == 0}
		if !fits[command] {
			return nil, fmt.Errorf("path command %q with %d numbers", command, len(numbers))
		}
		if command == 'M' {
			rings, numbers = append(rings, []Point{{numbers[0], numbers[1]}}), nil
		}
		for i := 0; i < len(numbers); i += 2 {
			ring := &rings[len(rings)-1]
			at := (*ring)[len(*ring)-1]
			*ring = append(*ring, Point{at.X + numbers[i], at.Y + numbers[i+1]})
		}
	}
	return rings, nil
}

// leading reads the whole numbers up to the next command; a minus sign parts them as a space does.
func leading(s string) (numbers []int, rest string, err error) {
	for s != "" {
		end := 0
		for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && s[end] == '-') {
			end++
		}
		switch {
		case end > 0:
			n, err := strconv.Atoi(s[:end])
			if err != nil {
				return nil, "", err
			}
			numbers, s = append(numbers, n), s[end:]
		case s[0] == ' ' || s[0] == ',':
			s = s[1:]
		default:
			return numbers, s, nil
		}
	}
	return numbers, "", nil
}
